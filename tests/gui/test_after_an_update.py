"""The first start after an update: old and new totals once, and the complete drafts of a county to decide on."""

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from sqlalchemy import select

from gui.dialogs import update_note
from gui.dialogs.update_note import UpdateNotes
from gui.dialogs.whole_drafts import WholeDrafts
from gui.shell import application as room
from gui.shell.page_tabs import FINDINGS
from models import clock
from models.queries.figures import statistics
from models.queries.integrity import check
from models.records import Finding, UpdateNote
from models.services import undo
from models.storage.data_folder import DataFolder

STORED = Path(__file__).parents[1] / "data" / "schema_0001.zip"


@pytest.fixture
def shown(monkeypatch) -> list:
    """The dialogs that were opened, each left standing beside the test."""
    seen: list = []

    def beside(dialog):
        seen.append(dialog)
        dialog.show()
        return 0

    for kind in (UpdateNotes, WholeDrafts):
        monkeypatch.setattr(kind, "exec", beside)
    monkeypatch.setattr(room.QApplication, "exit", lambda _code=0: None)
    yield seen
    for one in seen:
        one.close()
    clock.believe(None)


@pytest.fixture
def old(tmp_path) -> DataFolder:
    """A folder of version 1.0 with four complete drafts, one of them a report from the public."""
    with zipfile.ZipFile(STORED) as archive:
        archive.extractall(tmp_path / "旧 数据")
    folder = DataFolder(tmp_path / "旧 数据")
    with closing(sqlite3.connect(folder.database)) as connection, connection:
        connection.execute("UPDATE finding SET source_level = '群众举报' WHERE id = 117")
    return folder


@pytest.fixture
def start(qtbot, qapp, shown):
    running = []

    def begin(folder):
        made = room.Session(folder)
        running.append(made)
        made.start()
        qtbot.waitUntil(lambda: made.window.is_furnished)
        qtbot.rest(made.context)
        return made

    def end():
        while running:
            made = running.pop()
            made.window.keeper.stop()
            made._give_back()
            made.window.hide()

    yield begin, end
    end()


def test_old_and_new_totals_are_shown_once(qtbot, old, start, shown):
    begin, end = start
    begin(old)
    qtbot.waitUntil(lambda: bool(shown))
    note = shown[0]
    told = {note.table.item(n, 0).text(): n for n in range(note.table.rowCount())}
    before, after = (note.table.item(told["问题数"], n).text() for n in (1, 2))
    assert int(before) > int(after)
    with note._context.workspace.reading() as session:
        assert int(after) == statistics.problems(session)
        assert session.scalars(select(UpdateNote)).one().seen_at is not None
    assert "有 4 条草稿内容完整" in note.drafts.text()
    end()
    shown.clear()
    again = begin(old)
    qtbot.wait(200)
    assert shown == []
    update_note.show_again(again.context, again.window)
    assert len(shown) == 1
    end()
    assert check(old) == []


def test_the_complete_drafts_are_sent_on_in_one_step(qtbot, old, start, shown):
    begin, end = start
    session = begin(old)
    qtbot.waitUntil(lambda: bool(shown))
    workspace = session.context.workspace
    shown[0].decide.click()
    drafts = shown[1]
    ticked = {one.serial for one in drafts.chosen()}
    assert ticked == {one.serial for one in drafts.drafts if one.papers}
    assert ticked
    drafts._tick(on=True)
    assert "其中 1 条是群众举报" in drafts.reports.text()
    assert drafts.go.text().startswith("送交办 4 条")
    drafts.go.click()
    assert drafts.form.cells["confirmed_by"].error.text() == "请先选择“核实人”。"
    drafts.form["confirmed_by"].show_value("王晓燕")
    drafts.go.click()
    assert "已送交办 4 条" in drafts.notice.text
    with workspace.reading() as reading:
        assert reading.scalars(select(Finding).where(Finding.status == "草稿")).all() == []
        assert "群众举报已核实：王晓燕" in reading.get_one(Finding, 117).note
        last = undo.recent(reading, 1)[0]
    assert shown[0].drafts.isHidden() is False  # asked anew when the list is closed
    undo.undo(workspace, last.operation)
    with workspace.reading() as reading:
        assert len(reading.scalars(select(Finding).where(Finding.status == "草稿")).all()) == 4
    end()
    assert check(old) == []


def test_what_is_not_ticked_stays_a_draft(qtbot, old, start, shown):
    begin, end = start
    workspace = begin(old).context.workspace
    qtbot.waitUntil(lambda: bool(shown))
    shown[0].decide.click()
    drafts = shown[1]
    drafts._tick(on=False)
    assert not drafts.go.isEnabled()
    drafts._box(0).setCheckState(Qt.CheckState.Checked)
    assert not drafts._verifying.isVisible()
    drafts.go.click()
    with workspace.reading() as reading:
        assert len(reading.scalars(select(Finding).where(Finding.status == "草稿")).all()) == 3
    end()


def entry(window, label: str) -> QAction:
    return next(one for one in window.findChildren(QAction) if one.text() == label)


def test_the_chip_and_the_menu_lead_there_later(qtbot, window, shown):
    window.tabs.setCurrentIndex(FINDINGS)
    tab = window.body(FINDINGS)
    tab.chips._choose("draft")
    link = tab._flow.itemAt(0).widget()
    assert link.text() == "内容完整的草稿，批量送交办…"
    link.click()
    assert isinstance(shown[0], WholeDrafts)
    entry(window, "草稿送交办…").trigger()
    assert len(shown) == 2
    entry(window, "更新前后对照…").trigger()
    assert len(shown) == 2
    tab.chips._choose("")
    assert not tab._mark_bar.isVisible()
