"""The office's own look beside its settings, and the number of issue in the title."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from gui.dialogs.export_document import ExportDocument
from gui.dialogs.settings import Settings
from gui.documents.draft_session import Draft
from gui.documents.window import DocumentWindow
from models.services import documents


def lines_of(dialog) -> str:
    layout = dialog.look.pages._layout
    return "\n".join(line.text for page in layout.pages for line in page.lines) if layout else ""


@pytest.fixture
def settings(qtbot, demo):
    dialog = Settings(demo)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: "工作要求" in lines_of(dialog))
    return dialog


def test_the_sample_follows_the_form_before_it_is_saved(qtbot, settings):
    settings.form.fill({"mark": "云水县防汛抗旱指挥部", "number_code": "云汛办", "copy_to": "县融媒体中心"})
    settings._preview()
    qtbot.waitUntil(lambda: "云水县防汛抗旱指挥部文件" in lines_of(settings))
    assert "云汛办〔" in lines_of(settings)
    assert "县融媒体中心。" in lines_of(settings)
    assert settings._context.workspace.office().number_code != "云汛办"


def test_a_font_that_is_missing_is_named_with_what_stands_in(qtbot, settings):
    settings.fonts.boxes["body"].setEditText("本机没有的仿宋")
    qtbot.waitUntil(lambda: "本机没有的仿宋 用 " in settings.look.fonts.text())


def test_the_preview_of_an_export_is_the_pages_that_print(qtbot, window):
    with window.context.workspace.reading() as session:
        from models.records import Finding

        ids = tuple(session.query(Finding.id).limit(5).all()[n][0] for n in range(5))
    dialog = ExportDocument(window.context, "findings_bulletin", {"finding_ids": ids}, "5 条", window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.wording._fields))
    dialog.views.setCurrentIndex(1)
    assert dialog.pages._layout.paper == dialog.wording.paper()


def test_the_version_chosen_in_the_dialog_is_the_editors_and_its_prints(qtbot, window, monkeypatch):
    """A name the clerk hid came back whole in the editor, its preview and its print."""
    from models.records import AccountabilityCase, Party
    from models.services import records

    workspace = window.context.workspace
    with workspace.reading() as session:
        parties = [p for p in session.query(Party).all() if p.name and not p.is_unit and "某" not in p.name]
        # One that was decided and not yet reported: another is not in the bulletin without the clerk's tick.
        ids = tuple(session.query(AccountabilityCase.id).filter_by(stage="宣布执行", publicised=False).first())
    agreed = parties[0]
    records.update_many(workspace, Party, [agreed.id], {"public_name": True})
    dialog = ExportDocument(window.context, "accountability_bulletin", {"case_ids": ids}, "1 件", window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.wording._fields))
    names = [p.name for p in parties if p.name != agreed.name]
    assert [n for n in names if n in str(dialog.wording.paper().blocks)]
    choose(dialog._choices.boxes["version"], "public")
    qtbot.waitUntil(lambda: not [n for n in names if n in str(dialog.wording.paper().blocks)])
    assert "公开版" in dialog.target("docx").name
    lead = next(key for key in dialog.wording._fields if key.startswith("lead"))
    dialog.wording._fields[lead].setPlainText("改过的开头。")
    opened = []
    monkeypatch.setattr(DocumentWindow, "show", lambda self: opened.append(self))  # noqa: PLW0108
    dialog.open_editor()
    qtbot.addWidget(opened[0])
    editor = opened[0]
    assert (editor.draft.public, editor.pages._stamp) == (True, "公开版")
    assert not [n for n in names if n in str(editor.draft.paper)]
    editor.draft.lay_out()
    qtbot.waitUntil(lambda: editor.pages._layout is not None)
    assert not [n for n in names if n in str(editor.pages._layout.paper)]
    printed = []
    monkeypatch.setattr("gui.documents.printing.print_layouts", lambda layouts, *_: printed.append(layouts[0].paper))
    editor.print_()
    assert not [n for n in names if n in str(printed[0])]
    assert [n for n in names if n in str(editor.draft.whole.blocks)]
    assert editor.draft.whole.blocks[0].text == "改过的开头。"
    editor.versions.buttons["内部版"].click()
    assert editor.pages._stamp == "内部版"
    assert [n for n in names if n in str(editor.draft.paper.blocks)]
    editor.versions.buttons["公开版"].click()
    assert editor.save()
    again = Draft.of_document(window.context, editor.draft.document_id)
    assert again.public
    assert again.paper == editor.draft.paper


def choose(box, value):
    box.setCurrentIndex(box.findData(value))


def test_the_number_of_issue_stands_in_the_title_and_in_the_register(qtbot, demo):
    from exporters.composing import Options, compose
    from gui.documents.draft_session import Draft
    from gui.documents.issuing import IssueDialog
    from models.records import Document

    with demo.workspace.reading() as session:
        draft = Draft(demo, compose(session, "findings_bulletin", Options()), {})
        wanted = documents.propose(session, "findings_bulletin", demo.workspace.today.year).issue
    draft.save()
    dialog = IssueDialog(demo, draft)
    qtbot.addWidget(dialog)
    dialog.issue_number.setText(str(wanted))
    dialog._look()
    dialog.issue()
    with demo.workspace.reading() as session:
        document = session.get(Document, draft.document_id)
    assert document.issue == wanted
    assert document.title.endswith(f"（第{wanted}期）")


def test_the_wheel_scrolls_past_a_font_and_changes_it_only_after_a_click(qtbot, settings):
    settings.activateWindow()
    settings.form["contact"].setFocus()
    box = settings.fonts.boxes["body"]
    box.addItems(["仿宋甲", "仿宋乙"])
    before = box.currentText()
    assert box.focusPolicy() == Qt.FocusPolicy.StrongFocus
    wheel(box)
    assert box.currentText() == before
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    wheel(box)
    assert box.currentText() != before


def wheel(box):
    middle = QPointF(box.rect().center())
    event = QWheelEvent(
        middle, box.mapToGlobal(middle), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, event)
