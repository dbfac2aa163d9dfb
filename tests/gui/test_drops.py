"""Every drop is a copy: whatever accepts one answers COPY to a program that proposes MOVE."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QPlainTextEdit,
    QStyleOptionViewItem,
    QTextEdit,
    QWidget,
)

import gui
from exporters.composing import Options, compose
from gui.core import drops
from gui.dialogs.bulk_step import BulkStep
from gui.dialogs.edit_many import EditMany
from gui.dialogs.export_document import ExportDocument
from gui.dialogs.quick_new import QuickNew
from gui.dialogs.settings import Settings
from gui.dialogs.split_merge import MergeDialog, SplitDialog
from gui.documents.draft_session import Draft
from gui.documents.issuing import IssueDialog
from gui.documents.table_editor import GridEditor
from gui.documents.window import DocumentWindow
from gui.exchange import receiving
from gui.forms.font_settings import FontsBox
from gui.forms.panels.answer_panel import AnswerPanel, OwnPanel
from gui.pages import page_specs
from gui.shell.manual import Manual
from gui.shell.page_tabs import CASES, FEEDBACK, FINDINGS, TEAMS
from models.paper.elements import Column, Table
from models.records import Finding, Site

BOTH = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
COPY, MOVE = Qt.DropAction.CopyAction, Qt.DropAction.MoveAction
LEFT, MOVED = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
"""With Shift held a drag that allows both is proposed as a move."""
SOURCES = sorted(Path(gui.__file__).parent.rglob("*.py"))
QT_INPUTS = {"QLineEdit", "QPlainTextEdit", "QTextEdit"}
KNOWN = {"gui/shell/main_window.py", "gui/forms/attachments.py", "gui/forms/panels/evidence_panel.py"}
"""Where drops of files are accepted; a new place joins the tests below before it joins this list."""


def told(path: Path) -> str:
    return f"gui/{path.relative_to(SOURCES[0].parent).as_posix()}"


def names(path: Path) -> set[str]:
    """What a file calls and what its classes derive from."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        called = [node.func] if isinstance(node, ast.Call) else node.bases if isinstance(node, ast.ClassDef) else []
        found |= {getattr(one, "id", getattr(one, "attr", "")) for one in called}
    return found


def test_no_input_is_made_that_answers_what_is_proposed():
    assert not {told(path) for path in SOURCES if names(path) & QT_INPUTS} - {"gui/core/drops.py"}
    assert not {told(path) for path in SOURCES if "acceptProposedAction" in names(path)}


def test_every_place_that_accepts_drops_is_known_here():
    def takes(path):
        text = path.read_text(encoding="utf-8")
        return "setAcceptDrops(True)" in text or "def dropEvent" in text

    assert {told(path) for path in SOURCES if takes(path)} == KNOWN | {"gui/core/drops.py"}


def of_files(*paths) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    data.setText("\n".join(url.toString() for url in data.urls()))  # as file managers do
    return data


def of_text() -> QMimeData:
    data = QMimeData()
    data.setText("拖来的字")
    return data


def of_picture() -> QMimeData:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(QColor("green"))
    data = QMimeData()
    data.setImageData(image)
    return data


def drag(widget, data: QMimeData, at: QPoint | None = None, *, drop: bool = True) -> list[QDropEvent]:
    """Enter, move and drop, as a file manager that proposes MOVE sends them; the events that were accepted."""
    at = at or widget.rect().center()
    events = [
        QDragEnterEvent(at, BOTH, data, LEFT, MOVED),
        QDragMoveEvent(at, BOTH, data, LEFT, MOVED),
        QDropEvent(QPointF(at), BOTH, data, LEFT, MOVED),
    ]
    for event in events:
        assert event.proposedAction() == MOVE
        event.setDropAction(MOVE)
        QApplication.sendEvent(widget, event)
        if not event.isAccepted():
            break
        if event is events[1] and not drop:
            break
    return [event for event in events if event.isAccepted()]


def text_of(widget) -> str:
    return widget.text() if isinstance(widget, QLineEdit) else widget.toPlainText()


def takers(earlier: set[QWidget]) -> list[QWidget]:
    every = [one for one in QApplication.allWidgets() if one.acceptDrops() and one.isEnabled()]
    return [one for one in every if one.window() not in earlier]


@pytest.fixture
def earlier():
    """Windows of earlier tests that Qt has not let go yet: what runs in the background for them has ended."""
    return set(QApplication.topLevelWidgets())


@pytest.fixture
def everything(earlier, qtbot, window, demo, monkeypatch):
    """Every tab, list, form and dialog at once."""
    taken = []
    monkeypatch.setattr(receiving, "receive", lambda _context, paths, _parent: taken.append(list(paths)))
    for n in (TEAMS, FINDINGS, CASES, FEEDBACK):
        body = window.body(n)
        for name in [spec.name for spec in page_specs.TEAMS] if n == TEAMS else [""]:
            tab = body.choose_list(name) if name else body
            tab.form().show_record(1)
    opened = [window.navigator.open_list(spec.name) for spec in page_specs.KEPT]
    for one in opened:
        if one.tab.form() is not None:
            one.tab.form().new_record()
    with demo.workspace.reading() as session:
        draft = Draft(demo, compose(session, "findings_bulletin", Options()), {})
        one, two = session.get(Finding, 1), session.get(Finding, 2)
    some = [
        BulkStep(demo, [1, 2]), EditMany(demo, Finding, [1, 2]), QuickNew(demo, Site, {}), SplitDialog(demo, one),
        MergeDialog(demo, [one, two]), Settings(demo), Manual(), FontsBox(),
        ExportDocument(demo, "findings_bulletin", "finding", [1, 2], window),
        DocumentWindow(demo, draft), IssueDialog(demo, draft), AnswerPanel(demo), OwnPanel(demo),
    ]  # fmt: skip
    for dialog in some:
        qtbot.addWidget(dialog)
    qtbot.rest(demo)
    yield taken
    demo.drafted = lambda: None  # the status bar may go before the forms
    draft.state = "已印发"  # closes without a question
    demo.runner.wait()
    for one in opened:
        one.tab.model.close()


def test_whatever_takes_a_drop_answers_copy(everything, earlier, window, tmp_path, qtbot, demo):
    paper = tmp_path / "佐证.txt"
    paper.write_text("佐证", encoding="utf-8")
    seen = set()
    for widget in takers(earlier):
        for data in (of_files(paper), of_text(), of_picture()):
            for event in drag(widget, data, drop=not isinstance(widget, QWidget) or data.hasText()):
                assert event.dropAction() == COPY, (widget, data.formats())
                seen.add(type(widget).__name__)
        if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
            assert "file:" not in text_of(widget), widget
    assert {"MainWindow", "FilesView", "FindingPanel", "CasePanel", "InspectionPanel", "SuggestEdit"} <= seen
    qtbot.rest(demo)


def test_every_class_of_ours_that_takes_drops_was_there(everything):
    """A new class with a drop handler fails here until it stands in the window or a dialog above."""

    def ours(cls):
        for one in cls.__subclasses__():
            yield from ours(one)
            if one.__module__.startswith("gui.") and {"dropEvent", "dragEnterEvent"} & set(vars(one)):
                yield one

    there = [type(widget) for widget in QApplication.allWidgets()]
    assert all(any(issubclass(one, cls) for one in there) for cls in ours(QWidget))


def test_text_is_put_in_and_stays_where_it_came_from(qtbot):
    for made in (drops.LineInput(), drops.TextInput()):
        qtbot.addWidget(made)
        made.show()
        target = made if isinstance(made, QLineEdit) else made.viewport()
        events = drag(target, of_text())
        assert [event.dropAction() for event in events] == [COPY] * 3
        assert text_of(made) == "拖来的字"
        made.setReadOnly(True)
        assert not drag(target, of_text())


def test_a_photo_dropped_on_a_text_field_becomes_evidence(qtbot, window, demo, tmp_path):
    window.tabs.setCurrentIndex(FINDINGS)
    qtbot.rest(demo)
    tab = window.front()
    tab.table.selectRow(0)
    panel = tab.form()
    before, fact = len(panel.files.files), panel.form["fact"].raw()
    photo = tmp_path / "现场.png"
    assert of_picture().imageData().save(str(photo))
    events = drag(panel.form["fact"].edit.viewport(), of_files(photo))
    assert [event.dropAction() for event in events] == [COPY] * 3
    qtbot.rest(demo)
    assert [one.name for one in panel.files.files][before:] == ["现场.png"]
    assert panel.form["fact"].raw() == fact
    assert photo.is_file()


def test_a_package_dropped_on_a_text_field_goes_to_the_window(qtbot, window, demo, tmp_path, monkeypatch):
    taken = []
    monkeypatch.setattr(receiving, "receive", lambda _context, paths, _parent: taken.append(list(paths)))
    window.tabs.setCurrentIndex(FINDINGS)
    qtbot.rest(demo)
    panel = window.front().form()
    panel.new_record()
    package = tmp_path / "任务包.dct"
    package.write_bytes(b"")
    events = drag(panel.form["fact"].edit.viewport(), of_files(package))
    assert [event.dropAction() for event in events] == [COPY] * 3
    qtbot.waitUntil(lambda: taken == [[package]])


def test_where_no_record_is_shown_files_are_the_windows(qtbot, window, demo, tmp_path):
    window.tabs.setCurrentIndex(FINDINGS)
    qtbot.rest(demo)
    panel = window.front().form()
    panel.show_record(None)
    event = QDragEnterEvent(QPoint(5, 5), BOTH, of_files(tmp_path / "a.jpg"), LEFT, MOVED)
    panel.dragEnterEvent(event)
    assert not event.isAccepted()
    drop = QDropEvent(QPointF(5, 5), BOTH, of_files(tmp_path / "a.jpg"), LEFT, MOVED)
    panel.dropEvent(drop)
    assert not drop.isAccepted()


def test_a_cell_that_is_edited_takes_no_drop(qtbot):
    grid = GridEditor()
    qtbot.addWidget(grid)
    grid.show_table(Table((Column("问题"),), (("一",),)), read_only=False)
    delegate = grid.view.itemDelegate()
    editor = delegate.createEditor(grid.view.viewport(), QStyleOptionViewItem(), grid.model.index(0, 0))
    assert not editor.acceptDrops()


@pytest.mark.parametrize("make", [QInputDialog, QFileDialog])
def test_inputs_qt_makes_are_offered_a_copy_only(qapp, qtbot, make):
    guard = drops.CopiesOnly(qapp)
    dialog = make()
    if isinstance(dialog, QFileDialog):
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    guard._watch(dialog.windowHandle())
    edit = dialog.findChild(QLineEdit)
    at = edit.mapTo(dialog, edit.rect().center())
    data = of_files("/tmp/a.jpg")
    for event in (
        QDragEnterEvent(at, BOTH, data, LEFT, MOVED),
        QDragMoveEvent(at, BOTH, data, LEFT, MOVED),
        QDropEvent(QPointF(at), BOTH, data, LEFT, MOVED),
    ):
        assert event.proposedAction() == MOVE
        event.setDropAction(MOVE)
        QCoreApplication.sendEvent(dialog.windowHandle(), event)
        assert event.isAccepted()
        assert event.dropAction() == COPY
    qapp.focusWindowChanged.disconnect(guard._watch)
    guard.deleteLater()


def test_the_program_starts_with_its_guard(qapp):
    from gui.shell.application import application

    application()
    assert application().findChild(drops.CopiesOnly) is not None
