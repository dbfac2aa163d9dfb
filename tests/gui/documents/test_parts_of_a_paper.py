"""Tables, pictures and attachments in the editor: by mouse and by keys alone, kept when the records move on."""

import msgspec
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QInputDialog, QMessageBox
from sqlalchemy import select

from exporters.composing import Options, compose
from gui.documents import picture_row
from gui.documents.block_list import annex_of, lines, part_of_key
from gui.documents.draft_session import Draft
from gui.documents.picture_picker import PhotoChoice
from gui.documents.window import DocumentWindow
from models.errors import Refusal
from models.paper.elements import Paragraph, Table
from models.records import Attachment, Document, Finding
from models.services import records

TABLE = "annexes.0.blocks.0"


@pytest.fixture
def window(qtbot, demo):
    options = Options(annex_table=True, photos=False, version="internal")
    with demo.workspace.reading() as session:
        paper = compose(session, "findings_bulletin", options)
    shown = DocumentWindow(demo, Draft(demo, paper, msgspec.to_builtins(options)))
    qtbot.addWidget(shown, before_close_func=let_go)
    with qtbot.waitSignal(shown.draft.laidOut):
        shown.show()
    shown.activateWindow()
    return shown


def let_go(shown):
    shown.draft.state = "已印发"


@pytest.fixture
def grid(window):
    window.parts.choose(TABLE)
    window.parts.grid.choose(1, 3)
    return window.parts.grid


@pytest.fixture
def pictures(tmp_path):
    """Three photos as files."""
    made = []
    for name in ("整改前.jpg", "整改后.jpg", "另一张.png"):
        image = QImage(80, 60, QImage.Format.Format_RGB32)
        image.fill(len(made) * 40)
        image.save(str(tmp_path / name))
        made.append(tmp_path / name)
    return made


def table(window) -> Table:
    return window.draft.paper.annexes[0].blocks[0]


def press(widget, key, modifiers=Qt.KeyboardModifier.ControlModifier):
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, modifiers))


# ---- tables


def test_a_cell_is_written_in_the_grid_or_in_the_line_below(qtbot, window, grid):
    grid.model.setData(grid.model.index(1, 3), "两栋楼没有消毒")
    assert table(window).rows[1][3] == "两栋楼没有消毒"
    assert grid.bar.toPlainText() == "两栋楼没有消毒"
    with qtbot.waitSignal(window.draft.laidOut):
        qtbot.keyClicks(grid.bar, "abc")
    assert "abc" in table(window).rows[1][3]
    assert grid.row == 1
    shown = "".join(line.text for page in window._layout.pages for line in page.lines)
    assert "两栋楼没有消毒" in shown.replace("abc", "")
    assert window.draft.undo() == "修改表格"
    assert table(window).rows[1][3] == "两栋楼没有消毒"


def test_rows_are_added_moved_and_taken_out_and_counted_anew(window, grid):
    before = table(window)
    grid.add_row()
    assert (grid.row, grid.column) == (2, 1)
    grid.model.setData(grid.model.index(2, 1), "丁家村")
    grid.move_row(-1)
    assert grid.row == 1
    assert [row[0] for row in table(window).rows[:4]] == ["1", "2", "3", "4"]
    assert table(window).rows[1][1] == "丁家村"
    assert table(window).keys[1] == ""
    grid.drop_rows()
    assert table(window) == before
    assert grid.row == 1


def test_cells_are_copied_and_pasted_as_in_a_spreadsheet(qtbot, window, grid):
    QApplication.clipboard().setText("甲\t乙\r\n丙\t丁")
    press(grid.view, Qt.Key.Key_V)
    assert [row[3:5] for row in table(window).rows[1:3]] == [("甲", "乙"), ("丙", "丁")]
    grid.view.selectRow(1)
    press(grid.view, Qt.Key.Key_C)
    assert QApplication.clipboard().text().split("\t")[3:5] == ["甲", "乙"]


def test_columns_are_named_added_and_taken_out(window, grid, monkeypatch):
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("备注", True))
    count = len(table(window).columns)
    grid.add_column()
    assert table(window).columns[4].title == "备注"
    grid.rename_column(1)
    assert table(window).columns[1].title == "备注"
    grid.choose(0, 4)
    grid.drop_column()
    assert len(table(window).columns) == count


def test_keys_mean_the_row_in_the_grid_and_the_part_elsewhere(window, grid, monkeypatch):
    parts = window.parts
    monkeypatch.setattr(parts, "focusWidget", lambda: grid.view)
    first = table(window).rows[1][3]
    parts._keyed("down")
    assert table(window).rows[2][3] == first
    rows = len(table(window).rows)
    parts._keyed("add")
    parts._keyed("drop")
    assert len(table(window).rows) == rows
    monkeypatch.setattr(parts, "focusWidget", lambda: parts.list)
    parts.choose("blocks.1")
    parts._keyed("up")
    assert parts.part == "blocks.0"
    blocks = len(window.draft.paper.blocks)
    parts._keyed("add")
    assert len(window.draft.paper.blocks) == blocks + 1


def test_a_table_of_the_clerks_own_is_put_in(window):
    window.parts.choose("blocks.0")
    window.parts._add_table()
    made = window.draft.paper.blocks[1]
    assert [column.title for column in made.columns] == ["序号", "项目", "内容"]
    assert window.parts.part == "blocks.1"
    assert window.parts.grid.isVisible()


def test_cells_edited_by_hand_stay_and_the_row_is_named_when_its_record_changes(qtbot, window, grid, demo):
    uuid = table(window).keys[1].partition(":")[2]
    with demo.workspace.reading() as session:
        finding = session.scalars(select(Finding).where(Finding.uuid == uuid)).one()
    grid.model.setData(grid.model.index(1, 3), "手写的事实")
    records.update(
        demo.workspace, Finding, finding.id, finding.version, {"fact": "另有事实。", "requirement": "立即补齐。"}
    )
    found = []
    window.draft.recompose(lambda mismatches, _selection: found.append(mismatches), pytest.fail)
    qtbot.waitUntil(lambda: bool(found))
    named = [m for m in window.draft.mismatches if m.key == f"table:problems#finding:{uuid}"]
    assert len(named) == 1
    row = table(window).rows[table(window).keys.index(f"finding:{uuid}")]
    assert row[3] == "手写的事实"
    assert "立即补齐" in row[5]
    window.notices.show_notices((), window.draft.mismatches)
    window.tabs.setCurrentWidget(window.notices)
    at = list(window.draft.mismatches).index(named[0])
    window.notices.list.setCurrentRow(at)
    assert "另有事实" in window.notices.list.item(at).text()
    assert window.parts.part == TABLE
    assert table(window).keys[window.parts.grid.row] == f"finding:{uuid}"
    window.notices._take.click()
    assert "另有事实" in table(window).rows[window.parts.grid.row][3]


# ---- pictures


def choose_files(monkeypatch, files):
    """The findings have pictures already; these come from files all the same."""
    monkeypatch.setattr(PhotoChoice, "exec", lambda dialog: (dialog._to_files(), dialog.result())[1])
    monkeypatch.setattr(picture_row.QFileDialog, "getOpenFileNames", lambda *_: ([str(f) for f in files], ""))
    monkeypatch.setattr(picture_row.QFileDialog, "getOpenFileName", lambda *_: (str(files[0]), ""))


def test_a_pair_of_pictures_is_put_in_and_belongs_to_the_document(window, demo, pictures, monkeypatch):
    choose_files(monkeypatch, pictures[:2])
    window.parts.choose("blocks.0")
    window.parts._add_photos()
    row = window.draft.paper.blocks[1]
    assert [photo.caption for photo in row.photos] == ["整改前", "整改后"]
    assert all(window.draft.photo(photo.sha256).is_file() for photo in row.photos)
    with demo.workspace.reading() as session:
        document = session.get(Document, window.draft.document_id)
        kept = session.scalars(select(Attachment).where(Attachment.owner_uuid == document.uuid)).all()
    assert {(one.role, one.sha256) for one in kept} == {("公文照片", photo.sha256) for photo in row.photos}


def test_pictures_are_changed_moved_named_and_taken_out(qtbot, window, pictures, monkeypatch):
    choose_files(monkeypatch, pictures[:2])
    window.parts.choose("blocks.0")
    window.parts._add_photos()
    editor = window.parts.photos
    row = lambda: window.draft.paper.blocks[1]  # noqa: E731 - read anew after every edit
    editor.choose(0)
    editor.move_photo(1)
    assert [photo.caption for photo in row().photos] == ["整改后", "整改前"]
    assert editor.at == 1
    before = row().photos[1]
    choose_files(monkeypatch, pictures[2:])
    editor.wanted.emit(0)
    assert row().photos[1].sha256 != before.sha256
    assert row().photos[1].caption == "整改前"
    editor.add()
    assert len(row().photos) == 3
    editor.choose(2)
    qtbot.keyClicks(editor.words, "xyz")
    qtbot.keyClicks(editor.caption, "row")
    assert (row().photos[2].caption, row().caption) == ("xyz", "row")
    editor.drop()
    assert len(row().photos) == 2


def test_a_file_that_is_no_picture_is_refused(window, tmp_path, monkeypatch):
    wrong = tmp_path / "台账.jpg"
    wrong.write_text("no picture", encoding="utf-8")
    choose_files(monkeypatch, [wrong])
    with pytest.raises(Refusal, match="不是能用的照片"):
        picture_row.ask_pictures(window.context, window, several=True)


# ---- attachments


def test_an_attachment_is_added_named_moved_turned_and_dropped(qtbot, window):
    parts = window.parts
    parts.choose("blocks.0")
    parts._add_annex()
    assert parts.part == "annexes.1"
    assert parts.landscape.isVisible()
    qtbot.keyClicks(parts.text, "Photos")
    assert window.draft.paper.annexes[1].title == "Photos"
    parts._move(-1)
    assert [annex.title for annex in window.draft.paper.annexes] == ["Photos", "问题清单"]
    assert parts.part == "annexes.0"
    parts._turn(True)
    assert window.draft.paper.annexes[0].landscape
    parts._drop()
    assert [annex.title for annex in window.draft.paper.annexes] == ["问题清单"]
    parts.choose("annexes.0")
    parts._drop()
    assert window.draft.paper.annexes == ()
    assert parts.part == "title"


def test_an_empty_paragraph_gives_its_place_to_a_table(window):
    window.parts.choose("blocks.0")
    window.parts._add_annex()
    window.parts.choose("annexes.1.blocks.0")
    window.parts._add_table()
    assert [type(block) for block in window.draft.paper.annexes[1].blocks] == [Table]
    window.parts._add()
    window.parts._add()
    assert [type(block) for block in window.draft.paper.annexes[1].blocks] == [Table, Paragraph, Paragraph]


def test_every_part_has_a_line_and_keys_lead_to_it(window):
    found = lines(window.draft.paper)
    assert [line.part for line in found][-2:] == ["annexes.0", TABLE]
    assert part_of_key(window.draft.paper, "annex:问题清单") == "annexes.0"
    assert part_of_key(window.draft.paper, "table:problems#finding:x") == TABLE
    assert part_of_key(window.draft.paper, "number") == "header"
    assert (annex_of("annexes.2"), annex_of("blocks.2")) == (2, None)


# ---- undo, keys, leaving


def test_undo_in_a_field_is_the_papers_and_goes_where_the_edit_was(qtbot, window):
    window.parts.choose("blocks.0")
    before = window.draft.paper.blocks[0]
    qtbot.keyClicks(window.parts.text, "abc")
    window.parts.choose("blocks.2")
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    event.ignore()
    QApplication.sendEvent(window.parts.text, event)
    assert not event.isAccepted()
    window.undo()
    assert window.draft.paper.blocks[0] == before
    assert window.parts.part == "blocks.0"
    window.redo()
    assert window.draft.paper.blocks[0] != before


def test_typing_after_a_pause_is_a_step_of_its_own(qtbot, window):
    window.parts.choose("blocks.0")
    qtbot.keyClicks(window.parts.text, "abc")
    window.draft._typing.stop()
    qtbot.keyClicks(window.parts.text, "def")
    window.undo()
    assert "abc" in window.draft.paper.blocks[0].text
    assert "def" not in window.draft.paper.blocks[0].text


def test_the_list_is_worked_by_keys(window):
    parts = window.parts
    parts.choose("blocks.1")
    count = len(window.draft.paper.blocks)
    press(parts.list, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier)
    assert len(window.draft.paper.blocks) == count - 1
    press(parts.list, Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier)
    press(parts.text, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert window.isVisible()


def test_the_draft_is_kept_by_itself(window):
    window.parts.choose("blocks.0")
    window.parts._add()
    assert window.draft.dirty
    window.draft._keep()
    assert not window.draft.dirty
    assert "已自动保存" in window._said.text()


@pytest.mark.parametrize(
    ("answer", "stays", "saved"), [("保存草稿", False, True), ("不保存", False, False), ("继续编辑", True, False)]
)
def test_escape_asks_before_an_unsaved_document_goes(window, monkeypatch, answer, stays, saved):
    def answered(box):
        box.clickedButton = lambda: next(b for b in box.buttons() if b.text() == answer)

    monkeypatch.setattr(QMessageBox, "exec", answered)
    window.parts._add()
    press(window, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert window.isVisible() == stays
    assert (window.draft.document_id is not None) == saved
