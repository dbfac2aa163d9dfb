import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QToolButton

from gui.lists.filters import FilterMark, RangePopup, TextPopup, ValuesPopup, popup, presets
from gui.pages import page_specs
from gui.pages.list_page import RecordTab
from models.queries.lists.listing import Filter, ListQuery
from models.records import Finding
from models.services import records


@pytest.fixture
def tab(qtbot, demo):
    made = RecordTab(demo, page_specs.FINDINGS)
    qtbot.addWidget(made)
    demo.workspace.listeners.append(made.touched)
    made.resize(1366, 700)
    made.show()
    qtbot.waitUntil(lambda: bool(made.counts))
    yield made
    demo.runner.wait()
    made.model.close()


def cell(tab, row, key):
    column = [c.key for c in tab.list.columns].index(key)
    return tab.model.index(row, column).data()


def column(tab, key):
    return [cell(tab, row, key) for row in range(tab.model.rowCount())]


def section(tab, key):
    return [c.key for c in tab.list.columns].index(key)


def test_counts_on_chips_agree_with_the_rows_they_give(qtbot, tab):
    for chip in tab.list.chips:
        tab.chips._choose(chip.key)
        assert tab.model.rowCount() == tab.counts[chip.key], chip.label


def test_the_drafts_say_that_they_do_not_count_and_stay_in_sight(qtbot, tab):
    tab.resize(1366, 700)
    qtbot.waitUntil(lambda: "draft" in tab.counts)
    button = tab.chips._buttons["draft"]
    assert button.text() == f"草稿 {tab.counts['draft']}（不计入、不写入）"
    assert button.isVisibleTo(tab)
    button.click()
    assert {tab.list.chips[0].label} == {"草稿"}
    assert set(column(tab, "status")) == {"草稿"}


def test_a_click_on_a_head_sorts_up_down_and_back(tab):
    start = column(tab, "serial")
    tab._sort_clicked(section(tab, "found_on"))
    days = column(tab, "found_on")
    assert days == sorted(days)
    tab._sort_clicked(section(tab, "found_on"))
    assert column(tab, "found_on") == sorted(days, reverse=True)
    tab._sort_clicked(section(tab, "found_on"))
    assert column(tab, "serial") == start


def test_typing_searches_after_a_moment(qtbot, tab):
    tab.search.setText("测温")
    qtbot.waitUntil(lambda: tab.model.query.search == "测温")
    assert 0 < tab.model.rowCount() < 120


def test_a_filter_in_force_is_shown_and_taken_away(qtbot, tab):
    everything = tab.model.rowCount()
    tab.filter(Filter("status", "values", ("整改中",), ("整改中",)), "status")
    assert set(column(tab, "status")) == {"整改中"}
    mark = tab.findChild(FilterMark)
    assert mark.isVisibleTo(tab)
    mark.removed.emit()
    assert tab.model.rowCount() == everything
    assert not tab._mark_bar.isVisibleTo(tab)


def test_the_popup_offers_values_with_counts_and_gives_the_ticked(qtbot, tab):
    got = []
    asking = popup(tab.list.column("status"), None, lambda: tab.model.values("status"), dt.date(2022, 3, 16))
    qtbot.addWidget(asking)
    assert isinstance(asking, ValuesPopup)
    asking.chosen.connect(got.append)
    tick = next(tick for tick, value, _label in asking.ticks if value == "已销号")
    assert tick.text().split()[-1] == str(tab.counts["closed"])
    tick.setChecked(True)
    asking.accept()
    assert got == [Filter("status", "values", ("已销号",), ("已销号",))]


def test_days_are_typed_kindly_and_slips_said_in_place(qtbot, tab):
    got = []
    asking = RangePopup(tab.list.column("deadline"), None, dt.date(2022, 3, 16))
    qtbot.addWidget(asking)
    asking.chosen.connect(got.append)
    asking._low.setText("三月")
    asking.accept()
    assert got == []
    assert "从" in asking._wrong.text()
    asking._low.setText("３．５")
    asking.accept()
    assert got == [Filter("deadline", "days", low="2022-03-05")]


@pytest.mark.parametrize(("key", "year"), [("found_on", 2026), ("deadline", 2027)])
def test_a_filter_takes_a_day_without_its_year_as_the_form_does(qtbot, tab, key, year):
    asking = RangePopup(tab.list.column(key), None, dt.date(2026, 11, 22))
    qtbot.addWidget(asking)
    asking._high.setText("3.5")
    assert asking.asked() == Filter(key, "days", high=f"{year}-03-05")


def test_text_filters_contain(qtbot, tab):
    asking = TextPopup(tab.list.column("fact"), None)
    qtbot.addWidget(asking)
    assert asking.asked() is None
    asking._text.setText(" 测温 ")
    assert asking.asked() == Filter("fact", "text", text="测温")


def test_presets_are_whole_months():
    named = {name: (low, high) for name, low, high in presets(dt.date(2022, 3, 16))}
    assert named["本月"] == (dt.date(2022, 3, 1), dt.date(2022, 3, 31))
    assert named["上月"] == (dt.date(2022, 2, 1), dt.date(2022, 2, 28))
    assert named["本周"] == (dt.date(2022, 3, 14), dt.date(2022, 3, 20))


def test_what_is_written_is_read_again_and_the_selection_stays(qtbot, tab, demo):
    tab.table.selectRow(5)
    id_ = tab.table.current_id
    records.update(demo.workspace, Finding, id_, None, {"note": "已电话核对"})
    qtbot.waitUntil(lambda: cell(tab, 5, "note") == "已电话核对")
    tab.context.runner.wait()
    assert tab.table.current_id == id_
    assert tab.table.selected_ids() == [id_]


def test_deleted_rows_leave_and_the_rest_stays_selected(qtbot, tab, demo):
    before = tab.model.rowCount()
    tab.table.selectRow(3)
    current = tab.table.current_id
    gone = tab.model.id_at(7)
    with demo.workspace.writing("删") as work:
        work.set(work.get(Finding, gone), deleted_at=demo.workspace.now)
    qtbot.waitUntil(lambda: tab.model.rowCount() == before - 1)
    assert tab.table.current_id == current
    assert tab.model.place_of(gone) is None


def test_a_new_record_appears_and_becomes_current(qtbot, tab, demo):
    before = tab.model.rowCount()
    done = records.create(
        demo.workspace, Finding, {"fact": "新问题", "found_on": demo.workspace.today, "source_level": "县"}
    )
    tab.panel.show_record(done.id)
    tab._saved(done)
    qtbot.waitUntil(lambda: tab.model.rowCount() == before + 1)
    qtbot.waitUntil(lambda: tab.table.current_id == done.id)


def test_rows_go_to_the_clipboard_with_their_heads(qtbot, tab):
    tab.table.selectRow(0)
    qtbot.keyClick(tab.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().split("\n")
    assert len(lines) == 2
    assert lines[0].split("\t")[:3] == ["灯", "编号", "状态"]
    assert lines[1].split("\t")[1] == cell(tab, 0, "serial")


def test_pasted_rows_reach_the_hook(qtbot, tab, monkeypatch):
    got = []
    monkeypatch.setattr(tab, "on_paste", got.append)
    QApplication.clipboard().setText("问题事实\t点位\r\n未测温\t惠民药店\r\n\r\n")
    tab.table.setFocus()
    qtbot.keyClick(tab.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert got == [[["问题事实", "点位"], ["未测温", "惠民药店"]]]


def test_columns_come_back_as_they_were_left(qtbot, tab, demo):
    tab.table.show_column("note", True)
    tab.table.setColumnWidth(section(tab, "unit_id"), 177)
    tab.table.head.moveSection(tab.table.head.visualIndex(section(tab, "kind")), 1)
    again = RecordTab(demo, page_specs.FINDINGS)
    qtbot.addWidget(again)
    assert not again.table.isColumnHidden(section(again, "note"))
    assert again.table.columnWidth(section(again, "unit_id")) == 177
    assert again.table.head.visualIndex(section(again, "kind")) == 1
    demo.runner.wait()
    again.model.close()


def test_filters_chip_and_order_come_back_but_not_the_search(qtbot, tab, demo):
    tab.ask(ListQuery("测温", (Filter("kind", "text", text="人"),), "closed", "deadline", True))
    again = RecordTab(demo, page_specs.FINDINGS)
    qtbot.addWidget(again)
    assert again.model.query == ListQuery("", (Filter("kind", "text", text="人"),), "closed", "deadline", True)
    demo.runner.wait()
    again.model.close()


def test_jumping_far_reads_only_pages(qtbot, tab):
    last = tab.model.rowCount() - 1
    assert tab.model.row(last)[0] == tab.model.id_at(last)


def test_an_empty_list_says_what_to_do_first(qtbot, demo):
    with demo.workspace.writing("清空") as work:
        from sqlalchemy import update

        work.session.execute(update(Finding).values(deleted_at=demo.workspace.now))
    made = RecordTab(demo, page_specs.FINDINGS)
    qtbot.addWidget(made)
    assert made._pages.currentWidget() is made.empty
    demo.runner.wait()
    made.model.close()


def test_the_filter_popup_opens_at_the_head(qtbot, tab):
    tab.ask_filter(section(tab, "unit_id"), QPoint(10, 10))
    assert isinstance(tab.asking, ValuesPopup)
    assert tab.asking.isVisible()
    tab.asking.close()


def test_what_a_filter_hides_is_not_counted_as_selected(tab):
    tab.table.selectAll()
    assert tab.selected == tab.model.rowCount()
    tab.filter(Filter("fact", "text", text="哪里都没有这几个字"), "fact")
    assert (tab.model.rowCount(), tab.selected, tab.table.selected_ids()) == (0, 0, [])


def test_a_filter_asked_for_in_the_menu_opens_under_its_button(tab):
    button = next(one for one in tab.findChildren(QToolButton) if one.text().startswith("筛选"))
    button.menu().aboutToShow.emit()
    button.menu().move(3, 3)  # where a menu as high as the screen stands
    button.menu().actions()[1].trigger()
    assert tab.asking.pos().y() >= button.mapToGlobal(QPoint(0, button.height())).y()
    tab.asking.close()


def test_a_list_without_a_form_shows_what_can_be_done_with_its_rows(tab, demo, qtbot):
    id_ = tab.model.ids([0])[0]
    records.delete(demo.workspace, Finding, [id_])
    binned = RecordTab(demo, page_specs.kept("bin"))
    qtbot.addWidget(binned)
    binned.show()
    menu = next(one for one in binned.findChildren(QToolButton) if one.text().startswith("操作")).menu()
    menu.aboutToShow.emit()
    assert [(one.text(), one.isEnabled()) for one in menu.actions()] == [("恢复", False)]
    binned.table.selectRow(0)
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()
    with demo.workspace.reading() as session:
        assert session.get_one(Finding, id_).deleted_at is None
    binned.model.close()


def test_rows_pasted_without_their_heads_are_refused_with_what_to_copy(tab, monkeypatch):
    said = []
    monkeypatch.setattr("gui.core.error_reporting.refuse", lambda refusal, _parent: said.append(refusal.sentence))
    tab.paste("2022-3-6\t城关镇\t无人值守")
    assert said[0].startswith("粘贴的内容没有认出列名，没有读取。请连同标题行一起复制")
    assert "“问题事实”" in said[0]
