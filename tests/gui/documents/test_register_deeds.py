"""An issued document in the register: its signed copy shown and replaced, withdrawn, void, drafts taken out."""

import pytest
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget
from sqlalchemy import select

from gui.documents import register
from gui.documents.draft_session import Draft
from gui.documents.window import DocumentWindow
from gui.pages import page_specs
from gui.pages.list_page import RecordTab
from gui.widgets import picture_viewer
from models.errors import Refusal
from models.paper.elements import Paper, Paragraph
from models.records import Document
from models.services import documents


@pytest.fixture
def issued(demo) -> int:
    with demo.workspace.reading() as session:
        query = select(Document.id).where(Document.state == "已印发", Document.number != "")
        return session.scalars(query).first()


@pytest.fixture
def parent(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def scan(tmp_path, monkeypatch):
    """Two files to choose: a picture, then a PDF."""
    image = QImage(60, 80, QImage.Format.Format_RGB32)
    image.fill(0)
    image.save(str(tmp_path / "盖章件.png"))
    (tmp_path / "盖章件.pdf").write_bytes(b"%PDF-1.4")
    files = iter(("盖章件.png", "盖章件.pdf"))
    monkeypatch.setattr(register.QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / next(files)), ""))


def reasons(monkeypatch, *given):
    """Answer every question for a reason; what was said against it is returned."""
    said = []

    def ask(dialog):
        for text in given:
            dialog.text.setPlainText(text)
            dialog.accept()
            said.append(dialog._wrong.text())
        return dialog.result()

    monkeypatch.setattr(register.Reason, "exec", ask)
    return said


def state(demo, id_) -> str:
    with demo.workspace.reading() as session:
        return session.get(Document, id_).state


def test_the_signed_copy_is_shown_and_replaced_for_a_reason(demo, issued, parent, scan, monkeypatch):
    with pytest.raises(Refusal, match="还没有附"):
        register.show_scan(demo, issued, parent)
    assert "已存入" in register.attach_scan(demo, issued, parent)
    shown = []
    monkeypatch.setattr(picture_viewer.Viewer, "exec", lambda dialog: shown.append(dialog.windowTitle()))
    assert register.show_scan(demo, issued, parent) == ""
    assert shown == ["盖章件.png（1/1）"]
    said = reasons(monkeypatch, " ", "原件缺一页")
    assert "已存入" in register.attach_scan(demo, issued, parent)
    assert "写明原因" in said[0]
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or False)
    told = register.show_scan(demo, issued, parent)
    assert opened[0].endswith("盖章件.pdf")
    assert opened[0] in told


def test_a_document_is_withdrawn_and_declared_void_for_a_reason(demo, issued, parent, monkeypatch):
    said = reasons(monkeypatch, "", "数据有误")
    assert "已撤回" in register.withdraw(demo, issued, parent)
    assert "原因" in said[0]
    assert state(demo, issued) == "已撤回"
    with pytest.raises(Refusal, match="不能撤回"):
        register.withdraw(demo, issued, parent)
    assert "已作废" in register.void(demo, issued, parent)
    with pytest.raises(Refusal, match="不能作废"):
        register.void(demo, issued, parent)


def test_given_up_nothing_is_done(demo, issued, parent, monkeypatch):
    monkeypatch.setattr(register.Reason, "exec", lambda _dialog: QDialog.DialogCode.Rejected)
    monkeypatch.setattr(register.QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    assert register.void(demo, issued, parent) == register.attach_scan(demo, issued, parent) == ""
    assert state(demo, issued) == "已印发"


def test_the_list_offers_the_same_and_takes_drafts_out(qtbot, demo, issued, monkeypatch):
    draft = documents.draft(demo.workspace, Paper(kind="reminder", title="草稿", blocks=(Paragraph("一段"),))).id
    tab = RecordTab(demo, page_specs.kept("document"))
    qtbot.addWidget(tab)
    said = []
    demo.status = said.append
    deeds = {action.label: action.do for action in tab.spec.actions}
    deeds["查看签章扫描件"](tab, [issued])
    assert "还没有附" in said[-1]
    deeds["删去草稿"](tab, [draft])
    assert "回收站" in said[-1]
    with pytest.raises(Refusal, match="不能删去"):
        documents.discard(demo.workspace, [issued])
    reasons(monkeypatch, "数据有误")
    deeds["作废…"](tab, [issued])
    assert state(demo, issued) == "作废"
    with pytest.raises(Refusal, match="先印发"):
        register.attach_scan(demo, draft, tab)
    tab.model.close()


def test_leaving_the_program_asks_for_a_document_being_edited(qtbot, window, demo, monkeypatch):
    editor = DocumentWindow(demo, Draft(demo, Paper(kind="reminder", title="草稿"), {}), window)
    editor.show()
    answers = iter(("继续编辑", "不保存"))

    def answered(box):
        answer = next(answers)
        box.clickedButton = lambda: next(b for b in box.buttons() if b.text() == answer)

    monkeypatch.setattr(QMessageBox, "exec", answered)
    assert not window.close()
    assert editor.isVisible()
    assert window.close()
    assert not editor.isVisible()


def test_only_of_a_bulletin_it_is_said_that_its_records_become_unknown(qtbot, demo, parent, monkeypatch):
    told = {}
    monkeypatch.setattr(register.Reason, "__init__", lambda _self, verb, said, *_more: told.__setitem__(verb, said))
    monkeypatch.setattr(register.Reason, "exec", lambda _self: 0)
    with demo.workspace.reading() as session:
        kinds = dict(session.execute(select(Document.kind, Document.id).where(Document.state == "已印发")).all())
    register.withdraw(demo, kinds["findings_bulletin"], parent)
    assert "已通报" in told["撤回"]
    register.withdraw(demo, kinds["rectification_notice"], parent)
    assert "已通报" not in told["撤回"]
