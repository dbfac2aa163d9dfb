"""取回改稿 in the window: changes ticked, side by side, and the records behind them."""

from pathlib import Path

import docx
import pytest
from PySide6.QtCore import Qt
from word_editing import corrected

from exporters.composing import compose, from_data, to_data
from exporters.returned.comes_back import come_back
from exporters.returned.sent_copies import Sent, export
from gui.dialogs.return_draft import ReturnDraft
from models.records import Document, Finding
from models.services import documents
from models.storage.attachments import path_of


def photo(demo):
    return lambda sha256: path_of(demo.folder, sha256)


@pytest.fixture
def sent(demo, tmp_path) -> Path:
    """A bulletin that went out as Word."""
    with demo.workspace.reading() as session:
        options = from_data({"detail": "full"})
        paper = compose(session, "findings_bulletin", options)
    export(demo.folder, paper, tmp_path / "通报.docx", Sent(whole=paper, options=to_data(options)))
    return tmp_path / "通报.docx"


def dialog_of(qtbot, demo, path: Path) -> ReturnDraft:
    made = ReturnDraft(demo, come_back(demo.folder, path, photo(demo)), path)
    qtbot.addWidget(made)
    return made


def test_the_ticked_changes_go_into_the_draft_and_the_record(qtbot, demo, sent) -> None:
    with demo.workspace.reading() as session:
        text = "\n".join(one.text for one in docx.Document(str(sent)).paragraphs)
        found = session.query(Finding).all()
        finding = next(one for one in found if one.fact.rstrip("。") in text and "2名" in one.fact)
        start = finding.fact[: finding.fact.index("2名")]
    corrected(sent, f"{start}2名", f"{start}3名")
    corrected(sent, "有关问题通报", "有关情况通报")
    dialog = dialog_of(qtbot, demo, sent)
    assert dialog.table.rowCount() == 2
    offer = next(at for at, one in enumerate(dialog._offers) if one.offer.field == "fact")
    box = dialog.records.item(offer, 0)
    assert box.checkState() == Qt.CheckState.Unchecked
    box.setCheckState(Qt.CheckState.Checked)
    lead = next(at for at in range(2) if "情况通报" in dialog.table.item(at, 4).text())
    dialog.table.item(lead, 0).setCheckState(Qt.CheckState.Unchecked)
    dialog.accept()
    with demo.workspace.reading() as session:
        draft = session.get_one(Document, dialog.document_id)
        said = "".join(getattr(block, "text", "") for block in documents.paper_of(draft).blocks)
        assert f"{start}3名" in said
        assert "有关问题通报" in said
        assert f"{start}3名" in session.get_one(Finding, finding.id).fact
    for window in demo_windows(qtbot):
        qtbot.addWidget(window)
        window.draft.state = "已印发"
        window.close()


def demo_windows(_qtbot):
    from PySide6.QtWidgets import QApplication

    from gui.documents.window import DocumentWindow

    return [one for one in QApplication.topLevelWidgets() if isinstance(one, DocumentWindow)]


def test_a_file_without_changes_has_nothing_to_take(qtbot, demo, sent) -> None:
    dialog = dialog_of(qtbot, demo, sent)
    assert dialog.table.rowCount() == 0
    assert not dialog.go.isEnabled()
