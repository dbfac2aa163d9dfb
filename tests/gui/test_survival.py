import datetime as dt
import shutil
import sqlite3
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QMessageBox
from sqlalchemy import event, select

from gui.core import error_reporting
from gui.dialogs import backups as backups_room
from gui.dialogs.about import About, Licences, News, licences
from gui.dialogs.backups import RestorePreview, described
from gui.dialogs.recovery import ask_for_backup, find_newest
from gui.dialogs.undo_list import UndoList
from gui.forms.panels.record_panel import RecordPanel
from gui.shell import application as room
from models.records import Attachment, Finding, Site
from models.services import records
from models.services.attachments import attach
from models.storage import attachments as files
from models.storage import backup, schema
from models.storage.data_folder import DataFolder


def new_finding(workspace, fact: str) -> int:
    return records.create(workspace, Finding, {"fact": fact, "found_on": workspace.today, "source_level": "县"}).id


@pytest.fixture(autouse=True)
def stays_running(monkeypatch):
    """Leaving the program would stop every event loop that follows."""
    monkeypatch.setattr(room.QApplication, "exit", lambda _code=0: None)


@pytest.fixture
def session(qtbot, qapp, demo_folder):
    """The whole program on a copy of the demo office."""
    made = room.Session(demo_folder)
    made.start()
    qtbot.waitUntil(lambda: made.window.is_furnished)
    qtbot.rest(made.context)
    yield made
    made.window.keeper.stop()
    made._give_back()
    made.window.hide()


def test_the_day_s_backup_is_made_in_the_background_and_told(qtbot, window):
    folder = window.context.folder
    assert window.bar._backup.text() == "今天还没有备份"
    with qtbot.waitSignal(window.keeper.kept) as kept:
        window.keeper.look()
    assert kept.args == [""]
    assert window.bar._backup.text() == "今天备份过"
    made = backup.snapshots(folder)
    assert [backup.read_name(path).reason for path in made] == ["每日"]
    window.keeper.look()
    qtbot.rest(window.context)
    assert backup.snapshots(folder) == made


def test_a_backup_that_fails_is_told_in_a_sentence(qtbot, window):
    folder = window.context.folder
    shutil.rmtree(folder.backups)
    folder.backups.write_text("在这个位置不能建文件夹")
    with qtbot.waitSignal(window.keeper.kept) as kept:
        window.keeper.look()
    assert "没有写成" in kept.args[0]
    assert window.bar._backup.text() == "备份没有成功"
    assert window.bar._backup.toolTip() == kept.args[0]
    folder.backups.unlink()


def test_closing_backs_up_only_what_was_changed(qtbot, window):
    keeper, folder = window.keeper, window.context.folder
    window.keeper.back_up("每日")
    qtbot.rest(window.context)
    keeper.close()
    assert len(backup.snapshots(folder)) == 1
    new_finding(window.context.workspace, "退出前新增")
    keeper.close()
    assert "退出" in {backup.read_name(path).reason for path in backup.snapshots(folder)}


def test_one_click_writes_the_whole_office_to_the_place_used_last(qtbot, window, tmp_path):
    stick = tmp_path / "U 盘"
    stick.mkdir()
    window.state.set("backup.folder", str(stick))
    dialog = window.backups()
    qtbot.addWidget(dialog)
    assert dialog.out.text() == f"备份到 {stick}"
    dialog.out.click()
    qtbot.waitUntil(lambda: "已备份" in dialog.notice._text.text())
    made = next(stick.glob("*.dcb"))
    assert backup.describe(made).counts["finding"] == described(window.context.folder.database).counts["finding"]
    shutil.rmtree(stick)
    dialog.out.click()
    qtbot.waitUntil(lambda: "没有写成" in dialog.notice._text.text())
    assert dialog.out.isEnabled()


@pytest.fixture
def torn(window):
    """One attachment of the office is rotten; gives its name."""
    workspace = window.context.workspace
    with workspace.reading() as session:
        finding = session.scalars(select(Finding)).first()
    attach(workspace, finding, b"evidence", "现场照片.txt")
    with workspace.reading() as session:
        sha256 = session.scalar(select(Attachment.sha256).where(Attachment.name == "现场照片.txt"))
    files.path_of(window.context.folder, sha256).write_bytes(b"rotten")
    return "现场照片.txt"


def test_a_backup_that_lacks_a_file_is_not_called_one(qtbot, window, torn, tmp_path):
    window.state.set("backup.folder", str(tmp_path))
    dialog = window.backups()
    qtbot.addWidget(dialog)
    dialog.out.click()
    qtbot.waitUntil(lambda: "不完整" in dialog.notice._text.text())
    assert f"“{torn}”已损坏" in dialog.notice._text.text()


def test_what_a_restore_will_not_bring_is_said_before_it(qtbot, window, torn, monkeypatch):
    kept = backup.snapshot(window.context.folder, "手动", window.context.workspace.now)
    asked = []
    monkeypatch.setattr(RestorePreview, "exec", lambda self: asked.append(self) or QDialog.DialogCode.Rejected)
    window.backups().preview(kept)
    qtbot.waitUntil(lambda: bool(asked))
    assert any(f"缺 1 个附件（“{torn}”已损坏）" in label.text() for label in asked[0].findChildren(backups_room.QLabel))


def test_the_day_s_backup_tells_once_of_a_rotten_file(qtbot, window, torn, monkeypatch):
    said = []
    monkeypatch.setattr("gui.core.error_reporting.refuse", lambda refusal, *_: said.append(refusal.sentence))
    for _ in range(2):
        with qtbot.waitSignal(window.keeper.kept):
            window.keeper.back_up("每日")
    assert len(said) == 1
    assert f"“{torn}”已损坏" in said[0]


def test_no_more_than_two_snapshots_are_dropped_between_a_start_and_its_end(qtbot, window):
    folder, now = window.context.folder, window.context.workspace.now
    for hours in range(100):
        made = now - dt.timedelta(hours=hours + 25)
        (folder.backups / f"{made:%Y-%m-%d_%H%M%S}_每日.db").write_bytes(b"")
    for _ in range(3):
        with qtbot.waitSignal(window.keeper.kept):
            window.keeper.back_up("每日")
    new_finding(window.context.workspace, "退出前新增")
    window.keeper.close()
    assert len(backup.snapshots(folder)) == 100 + 4 - 2


def test_every_snapshot_says_what_it_holds(qtbot, window):
    folder = window.context.folder
    backup.snapshot(folder, "退出", dt.datetime(2022, 3, 16, 17, 2))
    (folder.backups / "2022-03-15_090000_每日.db").write_bytes(b"broken")
    dialog = window.backups()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.read()
    qtbot.waitUntil(lambda: "不能恢复" in dialog.table.item(1, 3).text())
    assert [dialog.table.item(0, n).text() for n in (0, 1)] == ["2022-03-16 17:02", "退出"]
    assert "120 个问题" in dialog.table.item(0, 3).text()
    dialog.table.selectRow(1)
    dialog.restore_selected()
    qtbot.waitUntil(lambda: "不能恢复" in dialog.notice._text.text())


def test_a_backup_is_restored_in_the_window_and_can_be_taken_back(qtbot, session, monkeypatch):
    workspace, window = session.context.workspace, session.window
    kept = backup.snapshot(session.folder, "手动", workspace.now)
    id_ = new_finding(workspace, "备份以后才有的问题")
    asked = []
    monkeypatch.setattr(RestorePreview, "exec", lambda self: asked.append(self) or QDialog.DialogCode.Accepted)
    dialog = window.backups()
    dialog.preview(kept)
    qtbot.waitUntil(lambda: session.window is not window and session.window.is_furnished)
    qtbot.rest(session.context)
    assert session.window.isVisible()
    assert not window.isVisible()
    assert "已恢复到" in session.window.statusBar().currentMessage()
    with session.context.workspace.reading() as reading:
        assert reading.get(Finding, id_) is None
    before = next(p for p in backup.snapshots(session.folder) if "恢复前" in p.name)
    assert backup.describe(before).counts["finding"] == backup.describe(kept).counts["finding"] + 1
    shown = {label.text() for label in asked[0].findChildren(backups_room.QLabel)}
    assert {"恢复后", "121", "120"} <= shown


def test_what_is_typed_is_asked_about_before_a_restore(qtbot, session, monkeypatch):
    from gui.dialogs.unsaved_changes import CloseChoice
    from gui.shell.page_tabs import FINDINGS

    window = session.window
    kept = backup.snapshot(session.folder, "手动", session.context.workspace.now)
    window.tabs.setCurrentIndex(FINDINGS)
    window.front().new()
    window.front().panel.form["fact"].show_raw("没有保存的事实")
    window.front().panel.form.edited.emit()
    asked = []
    monkeypatch.setattr(
        "gui.dialogs.unsaved_changes.ask_closing", lambda _w, titles: asked.append(titles) or CloseChoice.STAY
    )
    monkeypatch.setattr(RestorePreview, "exec", lambda _self: QDialog.DialogCode.Accepted)
    window.backups().preview(kept)
    qtbot.waitUntil(lambda: bool(asked))
    qtbot.wait(50)
    assert session.window is window
    window.front().panel.discard()


def break_file(database: Path) -> bytes:
    """Zeroes where the schema is kept."""
    damaged = bytearray(database.read_bytes())
    damaged[:4096] = bytes(4096)
    database.write_bytes(damaged)
    return bytes(damaged)


def test_a_damaged_file_at_the_start_is_offered_its_newest_backup(qtbot, qapp, demo_folder, monkeypatch):
    backup.snapshot(demo_folder, "退出", dt.datetime(2022, 3, 16, 17, 2))
    damage = break_file(demo_folder.database)
    offered = []

    def ask(_window, sentence, found, _folder):
        offered.append((sentence, found.counts["finding"]))
        return found.path

    monkeypatch.setattr("gui.dialogs.recovery.ask_for_backup", ask)
    session = room.Session(demo_folder)
    session.start()
    qtbot.waitUntil(lambda: session.window.is_furnished)
    qtbot.rest(session.context)
    assert "已损坏" in offered[0][0]
    assert offered[0][1] == 120
    assert [path.read_bytes() for path in demo_folder.root.glob("duchatong.damaged-*.db")] == [damage]
    with session.context.workspace.reading() as reading:
        assert len(reading.scalars(select(Finding.id)).all()) == 120
    session.window.keeper.stop()
    session._give_back()
    session.window.hide()


def test_nothing_is_touched_where_the_clerk_leaves(qtbot, qapp, demo_folder, monkeypatch):
    damage = break_file(demo_folder.database)
    monkeypatch.setattr("gui.dialogs.recovery.ask_for_backup", lambda *_: None)
    session = room.Session(demo_folder)
    session.start()
    qtbot.waitUntil(lambda: session.code == 1)
    assert demo_folder.database.read_bytes() == damage


def test_the_offer_names_the_backup_and_its_verbs(qtbot, window, monkeypatch):
    folder = window.context.folder
    backup.snapshot(folder, "退出", dt.datetime(2022, 3, 16, 17, 2))
    said = []

    def answer(box):
        said.append((box.informativeText(), [one.text() for one in box.buttons()]))
        monkeypatch.setattr(QMessageBox, "clickedButton", lambda box: box.buttons()[0])

    monkeypatch.setattr(QMessageBox, "exec", answer)
    found = find_newest(folder)
    assert ask_for_backup(window, "数据文件已损坏。", found, folder) == found.path
    words, verbs = said[0]
    assert "120 个问题" in words
    assert set(verbs) == {"恢复这份备份", "选择其他备份…", "退出"}


def test_data_of_a_newer_program_are_refused_with_a_sentence(qtbot, qapp, demo_folder, monkeypatch):
    from contextlib import closing

    from models.storage.connection import connect

    with closing(connect(demo_folder.database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num='9999'")
    said = []
    monkeypatch.setattr("gui.core.error_reporting.refuse", lambda refusal, *_: said.append(refusal.sentence))
    session = room.Session(demo_folder)
    session.start()
    qtbot.waitUntil(lambda: bool(said))
    assert "更新版本" in said[0]
    assert session.code == 1


@pytest.fixture
def full_disk(demo):
    """The disk takes no further page, until the function given is called."""
    engine = demo.workspace.store.engine

    def limit(connection, _record):
        connection.execute("PRAGMA max_page_count=1")

    engine.dispose()
    event.listen(engine, "connect", limit)

    def free():
        event.remove(engine, "connect", limit)
        engine.dispose()

    return free


def test_a_full_disk_keeps_what_was_typed_and_saves_it_later(qtbot, demo, full_disk):
    panel = RecordPanel(demo, Site)
    qtbot.addWidget(panel)
    panel.new_record({"kind": "药店"})
    panel.form["name"].show_raw("惠民药店")
    panel.form["unit_id"].show_value(2)
    panel.form["note"].show_raw("长" * 1000)
    panel.form["address"].show_raw("东" * 100)
    for _ in range(40):  # fill what is left of the free pages
        if not panel.save():
            break
        panel.new_record({"kind": "药店", "name": "惠民药店", "unit_id": 2, "note": "长" * 1000})
    assert panel.notice.text == "磁盘已满，没有保存。请腾出空间后再试。"
    assert panel.form["note"].value() == "长" * 1000
    panel.drafts.keep()
    full_disk()
    assert panel.save()
    with demo.workspace.reading() as reading:
        assert reading.get(Site, panel.record_id).note == "长" * 1000


def test_the_last_operations_are_listed_by_name_with_why_not(qtbot, window):
    workspace = window.context.workspace
    id_ = new_finding(workspace, "先写")
    records.update(workspace, Finding, id_, None, {"note": "后改"})
    dialog = UndoList(window.context, window)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: len(dialog.offered) >= 2)
    assert len(dialog.offered) <= 50
    assert dialog.table.item(0, 3).text() == "可以撤销"
    assert "请先撤销后面的操作" in dialog.table.item(1, 3).text()
    dialog.table.selectRow(1)
    assert not dialog.do.isEnabled()
    dialog.undo()
    assert "请先撤销后面的操作" in dialog.notice._text.text()
    dialog.table.selectRow(0)
    dialog.do.click()
    assert "已撤销" in dialog.notice._text.text()
    with workspace.reading() as reading:
        assert reading.get(Finding, id_).note == ""
    qtbot.rest(window.context)
    assert dialog.table.item(0, 3).text() == "可以撤销"


def test_the_program_tells_its_version_its_news_and_its_licences(qtbot, window):
    about = About(window.context, window)
    qtbot.addWidget(about)
    words = " ".join(label.text() for label in about.findChildren(backups_room.QLabel))
    assert "数据包（.dct）：第 1 版" in words
    assert str(window.context.folder.root) in words
    news = News(window)
    qtbot.addWidget(news)
    shown = Licences(window)
    qtbot.addWidget(shown)
    assert "MIT" in shown.text.toPlainText()
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in licences()["Qt for Python"]


def test_a_new_pc_starts_from_a_backup(qtbot, qapp, demo_folder, tmp_path):
    packed = backup.pack(demo_folder, tmp_path / "旧电脑", dt.datetime(2022, 3, 16))
    fresh = DataFolder(tmp_path / "新电脑")
    fresh.prepare()
    session = room.Session(fresh)
    session.start()
    qtbot.waitUntil(lambda: hasattr(session, "_page"))
    session.window.centralWidget().restoring.emit(packed)
    qtbot.waitUntil(lambda: session.window.is_furnished)
    qtbot.rest(session.context)
    with session.context.workspace.reading() as reading:
        assert len(reading.scalars(select(Finding.id)).all()) == 120
    session.window.keeper.stop()
    session._give_back()
    session.window.hide()


def test_the_log_is_searched_and_written_to_excel(qtbot, window, tmp_path, monkeypatch):
    from openpyxl import load_workbook

    from gui.dialogs.export_workbook import write_shown

    monkeypatch.setattr("gui.dialogs.export_workbook.Finished.exec", lambda _self: 0)
    id_ = new_finding(window.context.workspace, "找得到的一条")
    records.update(window.context.workspace, Finding, id_, None, {"note": "=1+1"})
    log = window.navigator.open_list("change")
    qtbot.addWidget(log)
    log.tab.search.setText("修改问题")
    qtbot.waitUntil(lambda: log.tab.model.query.search == "修改问题")
    shown = log.tab.model.rowCount()
    write_shown(window.context, log.tab.shown(), tmp_path / "操作日志.xlsx", log)
    qtbot.rest(window.context)
    rows = list(load_workbook(tmp_path / "操作日志.xlsx").active.iter_rows(values_only=True))
    assert rows[0][0] == "操作日志"
    assert rows[2][:3] == ("时间", "操作人", "做了什么")
    assert len(rows) == shown + 3
    assert rows[3][2].startswith("修改问题")
    log.tab.model.close()


def test_damage_met_while_reading_is_asked_about_once(qtbot, window, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "gui.core.error_reporting.ask", lambda _window, sentence, verb, *_: asked.append((sentence, verb))
    )
    database = window.context.folder.database
    broken = sqlite3.DatabaseError("database disk image is malformed")
    broken.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    for _ in range(3):
        error_reporting.tell(broken)
    error_reporting.tell(schema.Damaged(f"数据文件已损坏：{database}。"))
    assert asked == [("数据文件已损坏，请从备份恢复。", "查看备份")]
    assert "已损坏" in window.statusBar().currentMessage()
    window.keeper.stop()
    assert error_reporting.on_damage is None


def test_a_disk_that_is_gone_is_a_sentence_while_reading(qtbot, window, monkeypatch):
    said = []
    monkeypatch.setattr("gui.core.error_reporting.refuse", lambda refusal, *_: said.append(refusal.sentence))
    gone = sqlite3.OperationalError("unable to open database file")
    gone.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
    error_reporting.tell(gone)
    assert said == ["数据文件夹打不开。请检查磁盘或 U 盘是否还在，然后再试。"]


def test_what_fails_a_moment_later_is_told(qtbot, window, monkeypatch):
    told = []
    monkeypatch.setattr("gui.core.error_reporting.tell", told.append)
    error = ValueError("later")

    def fail():
        raise error

    error_reporting.later(window, fail)
    qtbot.waitUntil(lambda: told == [error])
