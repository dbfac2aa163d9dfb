import os
import subprocess
import sys
from pathlib import Path

import hostile
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMessageBox
from sqlalchemy import select

from gui.dialogs.edit_many import EditMany
from gui.dialogs.export_document import ExportDocument
from gui.dialogs.import_workbook import ImportDialog
from gui.dialogs.settings import Settings
from gui.dialogs.unsaved_changes import CloseChoice
from gui.exchange.overview import Packages
from gui.lists import cached_first_page
from gui.pages import page_specs
from gui.shell.first_run import FirstRun, leave_demo
from gui.shell.manual import ORDER, Manual, chapters
from gui.shell.page_tabs import CASES, FEEDBACK, FINDINGS, HOME, TEAMS, TITLES
from gui.shell.single_instance import InstanceServer, raise_first
from models.queries.lists.listing import ListQuery
from models.records import Disposition, Feedback, Finding, Office, Party, Unit, Visit
from models.services import form_drafts, records

ROOT = Path(__file__).resolve().parents[2]


def test_the_tabs_stand_in_the_wanted_order(window):
    assert [window.tabs.tabText(n) for n in range(5)] == list(TITLES)


@pytest.mark.parametrize("n", range(5))
def test_every_tab_opens_and_its_table_has_rows(qtbot, window, n):
    window.tabs.setCurrentIndex(n)
    front = window.front()
    assert (front is None) == (n == HOME)
    if front is not None:
        assert front.model.rowCount() > 0
        front.table.selectRow(0)
        assert front.form() is not None


def test_every_number_on_the_first_page_leads_to_as_many_rows(qtbot, window):
    window.tabs.setCurrentIndex(HOME)
    home = window.body(HOME)
    qtbot.waitUntil(lambda: all(card._number.text() != "…" for card in home.cards))
    for card in home.cards:
        shown = int(card._number.text().replace(",", ""))
        card.opened.emit()
        qtbot.rest(window.context)
        assert window.front().model.rowCount() == shown, card.figure.label


def test_shortcuts_change_tabs_and_reach_the_search(qtbot, window):
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.tabs.currentIndex() == FINDINGS
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.front().search.hasFocus()


def test_the_form_takes_no_horizontal_scroll_at_1280(qtbot, window):
    window.resize(1280, 720)
    for n in (FINDINGS, CASES, FEEDBACK):
        window.tabs.setCurrentIndex(n)
        tab = window.front()
        qtbot.waitUntil(lambda tab=tab: tab.isVisible() and tab.model.rowCount() > 0)
        tab.table.selectRow(0)
        scroller = tab.form().scroller
        qtbot.waitUntil(scroller.isVisible)
        assert scroller.widget().minimumSizeHint().width() <= scroller.viewport().width(), TITLES[n]


def test_undo_takes_the_last_operation_back_and_the_list_follows(qtbot, window):
    window.tabs.setCurrentIndex(FINDINGS)
    tab, workspace = window.front(), window.context.workspace
    qtbot.rest(window.context)
    before = tab.model.rowCount()
    records.create(workspace, Finding, {"fact": "撤销我", "found_on": workspace.today, "source_level": "县"})
    qtbot.waitUntil(lambda: tab.model.rowCount() == before + 1)
    window.navigator.undo()
    qtbot.waitUntil(lambda: tab.model.rowCount() == before)
    assert "已撤销" in window.statusBar().currentMessage()


def test_deleting_goes_to_the_bin_and_comes_back(qtbot, window):
    window.tabs.setCurrentIndex(FINDINGS)
    tab, workspace = window.front(), window.context.workspace
    id_ = records.create(workspace, Finding, {"fact": "删我", "found_on": workspace.today, "source_level": "县"}).id
    qtbot.waitUntil(lambda: tab.model.place_of(id_) is not None)
    tab.table.select_id(id_)
    qtbot.keyClick(tab.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: tab.model.place_of(id_) is None)
    bin_window = window.navigator.open_list("bin")
    qtbot.addWidget(bin_window)
    bin_window.tab.table.selectRow(0)
    bin_window.tab.spec.actions[0].do(bin_window.tab, bin_window.tab.table.selected_ids())
    qtbot.waitUntil(lambda: tab.model.place_of(id_) is not None)
    qtbot.rest(window.context)
    bin_window.tab.model.close()


def test_a_list_that_was_closed_opens_again_with_what_was_typed(qtbot, window):
    units = window.navigator.open_list("unit")
    qtbot.addWidget(units)
    units.tab.new()
    qtbot.waitUntil(units.tab.panel.isVisible)
    units.tab.panel.form["name"].show_raw("没写完的单位")
    units.tab.panel.form.edited.emit()
    units.close()
    kept = form_drafts.load(window.context.workspace, "unit", None)
    assert kept is not None
    assert kept.values["name"] == "没写完的单位"
    assert window.navigator.open_list("unit") is units
    assert units.tab.isVisible()
    qtbot.rest(window.context)
    units.tab.model.close()


def searching_units(qtbot, window):
    """The window of the units, with the cursor in its search."""
    units = window.navigator.open_list("unit")
    qtbot.addWidget(units)
    units.activateWindow()
    qtbot.waitUntil(units.isActiveWindow)
    units.tab.search.setFocus()
    return units


def test_enter_in_the_search_of_a_list_goes_to_its_rows_and_presses_nothing(qtbot, window):
    units = searching_units(qtbot, window)
    units.tab.search.setText("镇")
    qtbot.keyClick(units.tab.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: units.tab.panel is not None and units.tab.panel.record_id is not None)
    assert units.tab.table.hasFocus()
    assert units.tab.table.selected_ids() == [units.tab.panel.record_id]
    qtbot.rest(window.context)
    units.tab.model.close()


def test_esc_goes_back_to_the_list_then_out_of_its_window(qtbot, window):
    units = searching_units(qtbot, window)
    qtbot.keyClick(units.tab.search, Qt.Key.Key_Escape)
    assert units.tab.table.hasFocus()
    qtbot.keyClick(units.tab.table, Qt.Key.Key_Escape)
    assert not units.isVisible()
    qtbot.rest(window.context)
    units.tab.model.close()


def test_a_refused_deletion_says_who_still_uses_the_record(qtbot, window, monkeypatch):
    said = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.text()))
    units = window.navigator.open_list("unit")
    qtbot.addWidget(units)
    with window.context.workspace.reading() as session:
        from sqlalchemy import select

        used = session.scalars(select(Finding.unit_id).where(Finding.unit_id.is_not(None))).first()
    units.tab.table.select_id(used)
    units.tab.delete()
    assert "不能删除" in said[0]
    qtbot.rest(window.context)
    units.tab.model.close()


def test_typed_and_unsaved_shows_on_the_tab_and_is_guarded_at_closing(qtbot, window, monkeypatch):
    window.tabs.setCurrentIndex(FINDINGS)
    tab = window.front()
    tab.new()
    tab.panel.form["fact"].show_raw("没有保存的事实")
    tab.panel.form.edited.emit()
    assert window.tabs.tabText(FINDINGS).endswith("●")
    asked = []
    monkeypatch.setattr(
        "gui.dialogs.unsaved_changes.ask_closing", lambda _w, titles: asked.append(titles) or CloseChoice.STAY
    )
    assert not window.close()
    assert asked == [["督查问题"]]
    tab.panel.discard()
    assert not window.tabs.tabText(FINDINGS).endswith("●")


def test_the_bulletin_is_composed_worded_and_written(qtbot, window, tmp_path, monkeypatch):
    monkeypatch.setattr("gui.dialogs.export_document.Finished.exec", lambda self: 0)
    window.state.set("export.folder", str(tmp_path))
    window.tabs.setCurrentIndex(CASES)
    ids = tuple(window.front().model.all_ids())
    dialog = ExportDocument(window.context, "accountability_bulletin", {"case_ids": ids}, "列表中的案件", window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: "保存到" in dialog._said.text())
    dialog.wording._fields["title"].setPlainText("关于若干典型问题的通报")
    assert dialog.target("docx").name.endswith("关于若干典型问题的通报.docx")
    dialog.write("docx")
    qtbot.waitUntil(lambda: any(tmp_path.glob("*.docx")))
    qtbot.rest(window.context)
    import docx

    text = "\n".join(p.text for p in docx.Document(str(next(tmp_path.glob("*.docx")))).paragraphs)
    assert "关于若干典型问题的通报" in text.replace("\n", "")


def test_hand_edits_survive_another_choice(qtbot, window):
    window.tabs.setCurrentIndex(FINDINGS)
    ids = tuple(window.front().model.all_ids())[:20]
    dialog = ExportDocument(window.context, "findings_bulletin", {"finding_ids": ids}, "20 条", window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.wording._fields))
    proposed = dialog.form["number"].value()
    assert proposed == dialog.wording.paper().header.number
    assert "〔" in proposed
    dialog.wording._fields["title"].setPlainText("我改的标题")
    before = dialog.wording._paper
    dialog.form["number"].show_value("7")
    dialog.compose()
    qtbot.waitUntil(lambda: dialog.wording._paper is not before)
    assert dialog.wording.paper().title == "我改的标题"
    assert "7号" in dialog.wording.paper().header.number
    qtbot.rest(window.context)


def test_an_import_is_previewed_and_then_done(qtbot, window):
    from models.intake.workbook import of_rows

    rows = [["单位名称", "单位类别"], ["新桥镇", "乡镇"], ["", "乡镇"]]
    dialog = ImportDialog(window.context, of_rows("粘贴的内容", "单位", rows), window)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.preview is not None)
    assert dialog._do.text() == "导入 1 行"
    dialog.accept()
    qtbot.rest(window.context)
    with window.context.workspace.reading() as session:
        from sqlalchemy import select

        assert session.scalars(select(Unit).where(Unit.name == "新桥镇")).one()


def test_what_a_ledger_lacks_is_asked_once_for_all_its_rows(qtbot, window):
    """A paste without 问题类别 and 问题来源: one choice each, and the import ends with what is only a draft."""
    from models.intake.workbook import of_rows

    head = ["属地单位", "发现日期", "问题事实"]
    rows = [head, ["柳河镇", "2022-3-1", "北门岗亭空着甲"], ["柳河镇", "", "北门岗亭空着乙"]]
    dialog = ImportDialog(window.context, of_rows("粘贴的内容", "督查问题", rows), window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.preview is not None)
    qtbot.rest(window.context)
    assert set(dialog.asking.choices) == {"kind", "source_level"}
    assert "其中 1 行缺发现日期，记为草稿，不计入。" in dialog._notes.text()
    kind = dialog.asking.choices["kind"]
    assert kind.currentText() == "其他，以后补填"
    dialog.asking.choices["source_level"].setCurrentText("市")
    kind.setCurrentText("人员不在岗")
    kind.activated.emit(kind.currentIndex())
    qtbot.waitUntil(lambda: "记为“人员不在岗”。" in dialog._notes.text())
    qtbot.rest(window.context)
    dialog.accept()
    qtbot.rest(window.context)
    with window.context.workspace.reading() as session:
        kept = session.scalars(
            select(Finding).where(Finding.fact.contains("北门岗亭空着")).order_by(Finding.fact)
        ).all()
    assert [(one.status, one.kind, one.source_level, one.missing) for one in kept] == [
        ("草稿", "人员不在岗", "市", ""),
        ("待交办", "人员不在岗", "市", ""),
    ]


def test_a_broken_file_is_told_in_words(qtbot, window, tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(b"not a workbook")
    dialog = ImportDialog(window.context, path, window)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog._title.text() == "不能导入")
    assert "台账.xlsx" in dialog._notes.text()
    qtbot.rest(window.context)


def test_a_workbook_that_no_memory_would_hold_leaves_the_window_alive(qtbot, window, tmp_path):
    dialog = ImportDialog(window.context, hostile.strings(tmp_path / "台账.xlsx", 200), window)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog._title.text() == "不能导入", timeout=10_000)
    assert "展开后超过" in dialog._notes.text()
    qtbot.rest(window.context)


def next_field(widget):
    """Where Tab goes."""
    after = widget.nextInFocusChain()
    while not (after.focusPolicy() & Qt.FocusPolicy.TabFocus and after.isVisibleTo(after.window())):
        after = after.nextInFocusChain()
    return after


def test_many_records_get_one_value(qtbot, window):
    window.tabs.setCurrentIndex(FINDINGS)
    ids = list(window.front().model.all_ids())[:3]
    dialog = EditMany(window.context, Finding, ids, window)
    qtbot.addWidget(dialog)
    dialog.which.setCurrentIndex(dialog.which.findData("note"))
    assert next_field(dialog.which) is dialog.form["note"].edit
    dialog.form["note"].show_raw("统一备注")
    dialog.accept()
    with window.context.workspace.reading() as session:
        assert {session.get(Finding, id_).note for id_ in ids} == {"统一备注"}
    qtbot.rest(window.context)


@pytest.mark.parametrize("cls", [Feedback, Party, Disposition, Visit])
def test_no_bulk_edit_ties_records_to_another(qtbot, window, cls):
    dialog = EditMany(window.context, cls, [1, 2], window)
    qtbot.addWidget(dialog)
    offered = {dialog.which.itemData(n) for n in range(dialog.which.count())}
    assert offered
    assert not offered & {"finding_id", "case_id", "party_id", "inspection_id"}
    qtbot.rest(window.context)


def test_settings_change_the_office(qtbot, window):
    dialog = Settings(window.context, window)
    qtbot.addWidget(dialog)
    dialog.form["contact"].show_raw("周敏")
    dialog.accept()
    assert window.context.workspace.office().contact == "周敏"
    qtbot.rest(window.context)


def test_the_manual_has_every_chapter_and_opens_at_the_tab(qtbot, window):
    assert chapters()[: len(ORDER)] == list(ORDER)
    window.tabs.setCurrentIndex(CASES)
    manual = Manual()
    qtbot.addWidget(manual)
    manual.open_at(window.tabs.manual_page())
    assert manual.list.currentItem().text() == "问责通报"
    manual.find_in.setText("回收站")
    manual.search()
    assert "回收站" in manual.text.toPlainText()
    for spec in (*page_specs.TEAMS, *page_specs.KEPT, page_specs.FINDINGS, page_specs.CASES, page_specs.FEEDBACK):
        assert spec.manual in chapters()


def test_the_first_page_founds_an_office(qtbot, workspace, tmp_path, qapp):
    from gui.core.context import Context, Runner, UiState

    context = Context(workspace, Runner(), UiState(tmp_path / "ui.json"))
    page = FirstRun(context)
    qtbot.addWidget(page)
    page.start()
    assert workspace.office() is None
    assert page.form.cells["name"].error.text()
    page.form["name"].show_raw("云水县疫情防控指挥部办公室")
    page.form["name"].edited.emit()
    page.form["number_code"].show_raw("云防指办")
    page.operator.setText("王晓燕")
    with qtbot.waitSignal(page.founded):
        page.start()
    office = workspace.office()
    assert (office.county_name, office.mark, office.role) == ("云水县", "云水县疫情防控指挥部办公室", "county")
    assert workspace.operator == "王晓燕"


def test_the_demo_office_is_emptied_and_one_s_own_never(qtbot, window):
    workspace = window.context.workspace
    qtbot.rest(window.context)
    with workspace.writing("是自己的") as work:
        work.set(work.get(Office, workspace.office().id), demo=False)
    leave_demo(window.context, window)
    assert window.context.folder.database.exists()
    with workspace.writing("是演示") as work:
        work.set(work.get(Office, workspace.office().id), demo=True)
    with qtbot.waitSignal(window.restart):
        leave_demo(window.context, window)
    assert not window.context.folder.database.exists()


def test_the_first_page_is_read_again_by_plain_sql(qtbot, window):
    window.tabs.setCurrentIndex(FINDINGS)
    tab = window.front()
    tab.ask(ListQuery(sort="deadline"))
    kept = cached_first_page.remember(tab.table, tab.days())
    rows = cached_first_page.read(window.context.folder.database, kept, window.context.workspace.today)
    shown = tab.table.shown_columns()
    assert rows[:10] == [tuple(tab.model.row(n)[c + 1] for c in shown) for n in range(10)]
    page = cached_first_page.FirstPage(rows, kept)
    qtbot.addWidget(page)
    assert page.table.model().headerData(1, Qt.Orientation.Horizontal) == "编号"
    assert (
        cached_first_page.read(window.context.folder.database, {"sql": "SELECT broken"}, window.context.workspace.today)
        == []
    )


def test_a_second_start_brings_the_first_window_to_the_front(qtbot, window):
    from models.storage.data_folder import DataFolder

    folder = window.context.folder
    assert not raise_first(DataFolder(folder.root / "other"))
    doorman = InstanceServer(folder, window)
    window.hide()
    assert raise_first(folder)
    qtbot.waitUntil(window.isVisible)
    doorman.deleteLater()


def test_narrowing_to_a_campaign_reaches_every_list(qtbot, window):
    window.tabs.setCurrentIndex(FINDINGS)
    window.tabs.set_campaign(987654)
    assert window.front().model.rowCount() == 0
    window.tabs.set_campaign(None)
    assert window.front().model.rowCount() > 0


def test_teams_are_five_lists(qtbot, window):
    window.tabs.setCurrentIndex(TEAMS)
    group = window.body(TEAMS)
    for n, spec in enumerate(page_specs.TEAMS):
        group.choose(n)
        assert group.current.list.name == spec.name
        assert group.current.model.rowCount() > 0


@pytest.mark.parametrize("scale", ["1", "1.5"])
def test_pictures_of_every_screen(demo_folder, scale):
    """The whole program from its entrance: every tab and dialog drawn, nothing said to the log but Qt's own."""
    target = ROOT / "screenshots" / f"{round(float(scale) * 100)}%"
    run = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--data", str(demo_folder.root), "--screenshots", str(target)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale},
        capture_output=True, timeout=240, check=False,
    )  # fmt: skip
    log = (demo_folder.logs / "duchatong.log").read_text("utf-8")
    assert "Traceback" not in log, log
    assert run.returncode == 0, run.stderr.decode()
    assert len(list(target.glob("*.png"))) >= 27


def test_the_smallest_window_fits_its_screen(window):
    room = window.screen().availableSize()
    assert window.minimumWidth() <= room.width()
    assert window.minimumHeight() < room.height()


def test_no_shortcut_is_one_a_text_field_keeps_for_itself(window):
    """Ctrl+U clears a line on Linux: a field with the focus would swallow it."""
    shown = [key.toString() for action in window.findChildren(QAction) for key in action.shortcuts()]
    assert "F9" in shown
    assert not {"Ctrl+U", "Ctrl+K", "Ctrl+E", "Ctrl+W", "Ctrl+H"} & set(shown)


def test_sending_is_what_enter_does(qtbot, window):
    dialog = Packages(window.context)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.standings))
    assert dialog.send_button.isDefault()
    assert dialog.focusWidget() is dialog.table
