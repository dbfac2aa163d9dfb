"""起草公文: a paper from a blank page or a pasted text, edited, issued and registered like any other."""

import pytest
from PySide6.QtWidgets import QMessageBox

from exporters.composing import compose, from_data
from gui.dialogs import new_paper
from gui.dialogs.new_paper import NewPaper
from gui.pages import page_specs
from gui.pages.list_page import RecordTab
from models.records import Document
from models.services import documents

TITLE = "关于做好汛期值守工作的通知"


@pytest.fixture
def dialog(qtbot, demo):
    made = NewPaper(demo)
    qtbot.addWidget(made)
    return made


def test_the_type_is_read_from_the_title_or_chosen(dialog) -> None:
    dialog.form.fill({"title": "关于增加经费的请示"})
    dialog._told()
    assert dialog._type_told.text() == "请示，文件格式，上行文，写签发人"
    dialog.type.setCurrentIndex(dialog.type.findData("函"))
    assert dialog._type_told.text() == "函，信函格式"


def test_without_a_title_it_says_so_and_keeps_what_was_typed(dialog) -> None:
    dialog.text.setPlainText("汛期已到。")
    dialog.accept()
    assert "请填写标题" in dialog._wrong.text()
    assert dialog.text.toPlainText() == "汛期已到。"


def test_a_text_is_not_thrown_away_without_asking(dialog, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()))
    dialog.text.setPlainText("汛期已到。")
    dialog.show()
    dialog.reject()
    assert asked
    assert dialog.isVisible()
    dialog.text.clear()
    dialog.reject()
    assert not dialog.isVisible()


def test_it_is_edited_issued_and_registered(qtbot, demo, dialog) -> None:
    dialog.form.fill({"title": TITLE, "addressees": "各乡镇人民政府、县水务局"})
    dialog.text.setPlainText("汛期已到，现就有关事项通知如下。\n一、落实值班\n昼夜有人在岗。")
    dialog.accept()
    window = dialog.window_
    qtbot.addWidget(window)
    draft = window.draft
    assert draft.paper.addressees == ("各乡镇人民政府", "县水务局")
    window.show()
    assert not window.refresh_button.isVisible()
    assert not window.left_button.isVisible()
    assert window.save()
    assert [n.code for n in draft.notices() if n.code != "number_missing"] == ["addressee_unknown"]
    with demo.workspace.reading() as session:
        paper = documents.numbered(session, draft.paper)
    documents.save(demo.workspace, draft.document_id, draft.version, paper)
    documents.issue(demo.workspace, draft.document_id, despite_warnings=True)
    with demo.workspace.reading() as session:
        document = session.get_one(Document, draft.document_id)
        again = compose(session, document.kind, from_data(document.options))
    assert (document.kind, document.state, document.title) == ("free_paper", "已印发", TITLE)
    assert [block.text for block in again.blocks] == [block.text for block in draft.paper.blocks]
    documents.withdraw(demo.workspace, draft.document_id, "另行印发")


def test_the_register_begins_one(qtbot, demo, monkeypatch) -> None:
    begun = []
    monkeypatch.setattr(new_paper, "begin", lambda *given: begun.append(given))
    tab = RecordTab(demo, page_specs.kept("document"))
    qtbot.addWidget(tab)
    tab.new()
    assert len(begun) == 1
    tab.model.close()
