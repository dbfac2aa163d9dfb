"""An issued paper exported again, from the window or the command line, is the same file; a draft's is stamped."""

import datetime as dt
from pathlib import Path

import pytest
from pypdf import PdfReader

from exporters.composing import compose
from exporters.draft_stamp import DRAFT
from exporters.returned.sent_copies import Sent, export
from gui.documents import window
from gui.documents.draft_session import Draft
from gui.documents.window import DocumentWindow
from models.records import Document
from models.services import documents


@pytest.fixture
def opened(qtbot, demo, monkeypatch):
    """A window on a document, which says nothing at the end of an export."""
    monkeypatch.setattr(window.Finished, "exec", lambda _done: 0)

    def open_(draft):
        made = DocumentWindow(demo, draft)
        qtbot.addWidget(made, before_close_func=lambda one: setattr(one.draft, "state", "已印发"))
        return made

    return open_


def bulletin(demo):
    with demo.workspace.reading() as session:
        return compose(session, "findings_bulletin")


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_the_window_and_the_command_line_write_the_same_bytes(demo, opened, tmp_path: Path, suffix: str) -> None:
    with demo.workspace.reading() as session:
        paper = documents.numbered(session, bulletin(demo))
    id_ = documents.draft(demo.workspace, paper).id
    documents.issue(demo.workspace, id_, gap_reason="演示", despite_warnings=True)
    files = [tmp_path / f"{n}.{suffix}" for n in range(3)]
    for target in files[:2]:
        opened(Draft.of_document(demo, id_)).write(target)
        demo.runner.wait()
    with demo.workspace.reading() as session:
        document = session.get_one(Document, id_)
    whole = documents.paper_of(document)
    export(demo.folder, documents.exported(document, masked=False), files[2], Sent(whole=whole), at=document.issued_at)
    assert len({target.read_bytes() for target in files}) == 1


def test_a_draft_is_stamped_until_the_clerk_takes_it_off(demo, opened, qtbot, tmp_path: Path) -> None:
    editor = opened(Draft(demo, bulletin(demo), {}))
    assert editor.versions.stamp.isVisibleTo(editor)
    for on, name in ((True, "盖"), (False, "不盖")):
        editor.versions.stamp.setChecked(on)
        editor.write(tmp_path / f"{name}.pdf")
        demo.runner.wait()
        pages = [page.extract_text() for page in PdfReader(tmp_path / f"{name}.pdf").pages]
        assert {DRAFT in text for text in pages} == {on}
    editor.draft.issued_at = dt.datetime(2026, 11, 20)
    editor.draft.state = "已印发"
    editor.versions.show_version()
    assert not editor.versions.stamp.isVisibleTo(editor)
    assert editor.draft.stamp == ""
