"""The requirements of a document are picked from the office's store in the dialog, and proposed the next time."""

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from gui.dialogs.export_document import ExportDocument
from models.records import Document, Finding, Phrase
from models.services import records


@pytest.fixture
def dialog(qtbot, demo):
    with demo.workspace.reading() as session:
        ids = tuple(session.scalars(select(Finding.id).where(Finding.status == "整改中").limit(3)))
    made = ExportDocument(demo, "findings_bulletin", {"finding_ids": ids}, "选中的 3 条", None)
    qtbot.addWidget(made)
    compose(qtbot, made)
    return made


def compose(qtbot, dialog):
    dialog._later.stop()
    dialog.compose()
    dialog._context.runner.wait()
    qtbot.waitUntil(dialog._doing[-1].isEnabled)


def wording(dialog):
    return "\n".join(f"{block.heading}{block.text}" for block in dialog.wording.paper().blocks)


def test_what_is_proposed_is_ticked_and_what_is_ticked_is_written(qtbot, dialog):
    picker = dialog.requirements
    assert picker.ticked(), "the proposal stands ticked"
    assert picker.picks() is None
    last = picker.list.item(picker.list.count() - 1)
    text = last.text()
    assert last.checkState() is Qt.CheckState.Unchecked
    last.setCheckState(Qt.CheckState.Checked)
    compose(qtbot, dialog)
    qtbot.waitUntil(lambda: text[:6] in wording(dialog))
    for n in range(picker.list.count()):
        picker.list.item(n).setCheckState(Qt.CheckState.Unchecked)
    compose(qtbot, dialog)
    qtbot.waitUntil(lambda: "工作要求" not in wording(dialog))


def test_a_new_requirement_goes_into_the_store_and_the_next_document_proposes_it(qtbot, demo, dialog, monkeypatch):
    dialog.requirements.field.setText("错峰轮岗，每班留人。交接要有记录。")
    dialog.show()
    pressed = []
    monkeypatch.setattr(dialog, "write", pressed.append)
    qtbot.keyClick(dialog.requirements.field, Qt.Key.Key_Return)
    assert not pressed, "Enter adds the requirement and presses no button"
    compose(qtbot, dialog)
    qtbot.waitUntil(lambda: "错峰轮岗，每班留人" in wording(dialog))
    dialog.requirements.field.setText("错峰轮岗，每班留人。交接要有记录。")
    dialog.requirements.add()
    with demo.workspace.reading() as session:
        kept = session.scalars(select(Phrase).where(Phrase.name == "错峰轮岗")).one()
        assert (kept.document_kind, kept.slot) == ("findings_bulletin", "requirements")
    opened = []
    monkeypatch.setattr(
        "gui.documents.window.open_paper", lambda _context, _paper, options, _parent: opened.append(options)
    )
    dialog.open_editor()
    assert kept.id in opened[0]["requirement_ids"]
    records.create(demo.workspace, Document, {"kind": "findings_bulletin", "state": "草稿", "options": opened[0]})
    again = ExportDocument(demo, "findings_bulletin", dict(dialog._records), "选中的 3 条", None)
    qtbot.addWidget(again)
    compose(qtbot, again)
    qtbot.waitUntil(lambda: kept.id in again.requirements.ticked())
