"""Days on which something goes wrong: a crash, two clerks, a locked file, a workbook with a mistake."""

import os
import shutil
from dataclasses import replace

import pytest
from clerk import CTRL, ENTER, press, write
from openpyxl import Workbook
from PySide6.QtCore import Qt
from sqlalchemy import func, select

from gui.dialogs.import_workbook import import_file
from gui.shell.page_tabs import FEEDBACK, FINDINGS
from models.queries.lists.listing import ListQuery
from models.records import Draft, Finding
from models.storage.data_folder import DataFolder


@pytest.fixture
def tab(window, qtbot):
    """督查问题 with its first record in the form."""
    return opened(window, qtbot, FINDINGS)


def opened(window, qtbot, n, chip=""):
    qtbot.waitExposed(window)
    window.activateWindow()
    window.tabs.setCurrentIndex(n)
    tab = window.front()
    if chip:
        tab.show_only(ListQuery(chip=chip))
    qtbot.rest(window.context)
    tab.form()
    tab.go_to(tab.model.id_at(0))
    qtbot.waitUntil(lambda: tab.panel.record_id == tab.model.id_at(0))
    qtbot.rest(window.context)
    return tab


def drafted(context):
    """What the drafts hold, as text."""
    with context.workspace.reading() as session:
        return str(session.scalars(select(Draft.values)).all())


def test_what_was_typed_comes_back_after_a_crash(qtbot, demo_folder, started, tmp_path):
    session = started(demo_folder)
    qtbot.waitUntil(lambda: session.window.is_furnished)
    press(session.window, Qt.Key.Key_3, CTRL)
    qtbot.rest(session.context)
    press(session.window, Qt.Key.Key_N, CTRL)
    form = session.window.front().panel.form
    write(form["fact"].edit, "写到一半断电")
    qtbot.waitUntil(lambda: "写到一半断电" in drafted(session.context))
    left = DataFolder(tmp_path / "断电以后")  # the folder as the crash left it: nothing was closed
    shutil.copytree(demo_folder.root, left.root)
    again = started(left)
    qtbot.waitUntil(lambda: again.window.is_furnished)
    press(again.window, Qt.Key.Key_3, CTRL)
    qtbot.rest(again.context)
    press(again.window, Qt.Key.Key_N, CTRL)
    panel = again.window.front().panel
    assert panel.form["fact"].value() == "写到一半断电"
    assert panel.dirty


def test_a_return_and_the_round_after_it_are_told_by_the_time_line(qtbot, window, demo):
    tab = opened(window, qtbot, FEEDBACK, "waiting")
    panel = tab.panel
    id_ = panel.finding.id
    write(panel.reason.edit, "照片不清，请重拍。")
    press(panel.reason.edit, Qt.Key.Key_R, CTRL)
    qtbot.rest(demo)
    with demo.workspace.reading() as session:
        kept = session.get(Finding, id_)
        assert (kept.status, kept.returned_reason) == ("退回重改", "照片不清，请重拍。")
    assert panel.finding.id != id_, "the next one that waits comes up"
    panel.show_finding(id_)
    assert panel.usual_step().key in ("report", "sign_for")


def test_two_clerks_change_one_record_and_neither_is_lost(qtbot, window, tab, demo):
    panel = tab.panel
    write(panel.form["note"].edit, "我写的备注")
    version = panel.drafts.version
    with demo.workspace.writing("别处修改") as work:
        work.set(work.get(Finding, panel.record_id, version), advice="别处写的建议")
    qtbot.rest(demo)
    press(panel.form["note"].edit, Qt.Key.Key_S, CTRL)
    qtbot.rest(demo)
    assert "已在别处修改" in panel.notice.text
    assert "我写的备注" in panel.form["note"].value()
    assert panel.save()
    with demo.workspace.reading() as session:
        kept = session.get(Finding, panel.record_id)
        assert "我写的备注" in kept.note
        assert kept.advice == "别处写的建议"


def test_a_workbook_is_previewed_and_only_its_sound_rows_come_in(qtbot, window, demo, dialogs, tmp_path, monkeypatch):
    path = tmp_path / "问题 三月.xlsx"
    book = Workbook()
    sheet = book.active
    sheet.title = "督查问题"
    sheet.append(["发现日期", "问题来源", "属地单位", "问题类别", "问题事实"])
    sheet.append(["2022-3-5", "县", "柳河镇", "人员不在岗", "卡点夜间无人值守。"])
    sheet.append(["前天下午", "县", "柳河镇", "人员不在岗", "日期看不懂的一行。"])
    book.save(path)
    monkeypatch.setattr("gui.dialogs.import_workbook.QFileDialog.getOpenFileName", lambda *_: (str(path), ""))
    with demo.workspace.reading() as session:
        before = session.scalar(select(func.count(Finding.id)))
    import_file(demo, window)
    dialog = dialogs[-1]
    qtbot.rest(demo)
    assert [str(row.verdict) for row in dialog.preview.rows] == ["新增", "待确认"]
    qtbot.mouseClick(dialog._do, Qt.MouseButton.LeftButton)
    qtbot.rest(demo)
    with demo.workspace.reading() as session:
        assert session.scalar(select(func.count(Finding.id))) == before + 1
        assert session.scalar(select(Finding.id).where(Finding.fact == "卡点夜间无人值守。"))


def test_a_file_that_cannot_be_written_is_told_and_left_as_it_was(
    qtbot, window, tab, demo, dialogs, tmp_path, monkeypatch
):
    demo.state.set("export.folder", str(tmp_path))
    tab.model.ask(replace(tab.model.query, search="口罩"))
    qtbot.rest(demo)
    press(window, Qt.Key.Key_P, CTRL)
    qtbot.rest(demo)
    dialog, said = dialogs[-1], []
    target = dialog.target("docx")
    target.write_bytes(b"before")
    dialog._target = target
    monkeypatch.setattr("gui.core.error_reporting.refuse", lambda refusal, *_: said.append(refusal.sentence))

    def busy(*_):
        raise PermissionError(13, "in use")

    with monkeypatch.context() as locked:
        locked.setattr(os, "replace", busy)
        dialog.write("docx")
        qtbot.rest(demo)
    assert len(said) == 1
    assert "请" in said[0]
    assert target.read_bytes() == b"before"
    assert [path.name for path in tmp_path.glob("*.docx")] == [target.name]
    dialog.write("docx")
    qtbot.rest(demo)
    assert target.read_bytes()[:2] == b"PK"


def test_an_entry_nobody_knows_is_named_when_it_is_left(qtbot, window, tab):
    press(window, Qt.Key.Key_N, CTRL)
    cell = tab.panel.form.cells["site_id"]
    cell.editor.edit.clear()
    write(cell.editor.edit, "zzzz")
    press(cell.editor.edit, ENTER)
    qtbot.waitUntil(lambda: bool(cell.error.text()))
    assert "“zzzz”" in cell.error.text()


def test_enter_in_the_list_picks_and_goes_on(qtbot, window, tab, qapp):
    press(window, Qt.Key.Key_N, CTRL)
    form = tab.panel.form
    form["kind"].edit.clear()
    write(form["kind"].edit, "rybzg")
    form["kind"].edit.suggest()
    press(qapp.activePopupWidget(), ENTER)
    assert form["kind"].value() == "人员不在岗"
    qtbot.waitUntil(form["fact"].edit.hasFocus)  # what stands between is proposed already


def test_nothing_shown_says_what_to_do(qtbot, window, tab):
    tab.panel.show_record(None)
    assert not tab.panel.save_button.isVisible()
    assert tab.panel._hint.isVisible()
    tab.panel.show_record(tab.model.id_at(1))
    assert tab.panel.save_button.isVisible()
    assert not tab.panel._hint.isVisible()


def test_leaving_the_demo_leaves_no_snapshot_of_it(qtbot, demo_folder, started):
    from gui.shell.first_run import FirstRun
    from models.storage import backup

    session = started(demo_folder)
    qtbot.waitUntil(lambda: session.window.is_furnished)
    qtbot.rest(session.context)
    backup.snapshot(demo_folder, "每日", session.context.workspace.now)
    assert backup.snapshots(demo_folder)
    session.window.leaving.emit()
    qtbot.waitUntil(lambda: isinstance(session.window.centralWidget(), FirstRun))
    qtbot.rest(session.context)
    assert not backup.snapshots(demo_folder)
    assert not list(demo_folder.attachments.iterdir())
