"""连续新增 in every list: the next form is empty, whatever row is current, filtered, hidden or deleted."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from gui.pages import page_specs
from gui.shell.page_tabs import CASES, FEEDBACK, FINDINGS, TEAMS
from models.queries.lists.listing import Filter, ListQuery
from models.queries.lookups import pickers
from models.records import AccountabilityCase, Finding, Party
from models.services import records

CTRL = Qt.KeyboardModifier.ControlModifier
TIMES = 5
IN_TABS = {"finding": FINDINGS, "accountability_case": CASES, "feedback": FEEDBACK}
IN_TABS |= dict.fromkeys((spec.name for spec in page_specs.TEAMS), TEAMS)
ADDED = [
    spec.name for spec in (page_specs.FINDINGS, page_specs.CASES, *page_specs.TEAMS, *page_specs.KEPT) if spec.record
]


@pytest.fixture
def listed(qtbot, window, demo):
    """A list of the program, in its tab or its window, with its form built and a row current."""

    def show(name):
        if name in IN_TABS:
            window.tabs.setCurrentIndex(IN_TABS[name])
            body = window.body(IN_TABS[name])
            tab, at = (body.choose_list(name) if hasattr(body, "choose_list") else body), window
        else:
            at = window.navigator.open_list(name)
            tab = at.tab
        at.activateWindow()
        qtbot.waitUntil(at.isActiveWindow)
        qtbot.rest(demo)
        tab.form()
        return tab, at

    yield show
    demo.runner.wait()
    for one in window.navigator.list_windows.values():
        one.tab.model.close()


def make_current(qtbot, demo, tab, place=0):
    if not tab.model.rowCount():
        tab.panel.new_record()
        fill(demo, tab.panel, 90)
        assert tab.panel.save()
        qtbot.rest(demo)
    tab.table.selectRow(min(place, tab.model.rowCount() - 1))
    qtbot.rest(demo)
    assert tab.panel.record is not None


def fill(demo, panel, n: int) -> None:
    """What must be filled in, and what tells one record from another, as if it were typed."""
    form = panel.form
    own = {"name", "fact", "title", "text", "number", "problems"}
    for name, cell in form.cells.items():
        if cell.isHidden() or (form[name].raw() and name not in own):
            continue
        if cell.field.required or name in own or cell.field.kind == "day":
            form[name].show_value(value_for(demo, name, cell.field, n))
            form[name].edited.emit()


def value_for(demo, name, field, n):
    if field.kind in ("day", "moment"):
        return dt.date(2022, 3, 1) + dt.timedelta(days=n)
    if field.kind == "number" or name == "problems":
        return 700 + n
    if field.kind == "flag":
        return False
    with demo.workspace.reading() as session:
        if field.kind in ("ref", "refs"):
            found = pickers.candidates(session, field.target)[0].id
            return [found] if field.kind == "refs" else found
        if field.kind in ("choice", "choices"):
            found = pickers.entries(session, field.term)[0]
            return [found] if field.kind == "choices" else found
    return f"连续{n}号"


def is_empty_new(panel) -> bool:
    own = [name for name in ("name", "fact", "title", "text") if name in panel.form.cells]
    return panel.usable and panel.record is None and not panel.dirty and not any(panel.form[n].raw() for n in own)


def press(at, key) -> None:
    QTest.keyClick(at, key, CTRL)


@pytest.mark.parametrize("name", ADDED)
def test_the_next_form_is_empty_every_time(qtbot, listed, demo, name):
    tab, at = listed(name)
    make_current(qtbot, demo, tab, 3)
    press(at, Qt.Key.Key_N)
    tab.panel.again.setChecked(True)
    written = tab.model.rowCount()
    for n in range(TIMES):
        assert is_empty_new(tab.panel), n
        fill(demo, tab.panel, n)
        press(at, Qt.Key.Key_S)
        assert [c.error.text() for c in tab.panel.form.cells.values() if c.error.text()] == []
        qtbot.rest(demo)
    assert is_empty_new(tab.panel)
    tab.clear_filters()
    qtbot.rest(demo)
    assert is_empty_new(tab.panel)
    assert tab.model.rowCount() >= written + TIMES


def test_a_feedback_is_begun_with_no_problem_chosen(qtbot, listed, demo):
    tab, at = listed("feedback")
    make_current(qtbot, demo, tab, 2)
    press(at, Qt.Key.Key_N)
    tab.model.refresh([], around=True)
    qtbot.rest(demo)
    assert tab.panel.record is None
    assert not tab.panel.picker_box.isHidden()
    assert not tab.panel.picker.raw()


def test_from_a_filtered_list_and_where_the_filter_hides_what_is_saved(qtbot, listed, demo):
    tab, at = listed("finding")
    with demo.workspace.reading() as session:
        kind = session.scalars(select(Finding.kind).where(Finding.kind != "")).first()
    tab.filter(Filter("kind", "values", (kind,), (kind,)), "kind")
    qtbot.rest(demo)
    make_current(qtbot, demo, tab, 1)
    listed_before = tab.model.rowCount()
    press(at, Qt.Key.Key_N)
    tab.panel.again.setChecked(True)
    for n in range(TIMES):
        assert is_empty_new(tab.panel), n
        fill(demo, tab.panel, n)
        tab.panel.form["kind"].show_value("自定类别")
        press(at, Qt.Key.Key_S)
        qtbot.rest(demo)
    assert is_empty_new(tab.panel)
    assert tab.model.rowCount() == listed_before


def test_what_a_filter_hid_is_not_waited_for(qtbot, listed, demo):
    """Saved out of sight, then another record is looked at: clearing the filter stays with that one."""
    tab, at = listed("finding")
    tab.show_only(ListQuery(search="没有这样的问题"))
    qtbot.rest(demo)
    press(at, Qt.Key.Key_N)
    fill(demo, tab.panel, 1)
    press(at, Qt.Key.Key_S)
    qtbot.rest(demo)
    saved = tab.panel.record_id
    other = next(id_ for id_ in (1, 2) if id_ != saved)
    tab.panel.show_record(other)
    tab.clear_filters()
    qtbot.rest(demo)
    assert tab.panel.record_id == other


def test_after_rows_were_deleted(qtbot, listed, demo):
    tab, at = listed("finding")
    rest = records.create(demo.workspace, Finding, {"fact": "要删的"}).id
    qtbot.rest(demo)
    make_current(qtbot, demo, tab, 2)
    press(at, Qt.Key.Key_N)
    records.delete(demo.workspace, Finding, [rest])
    qtbot.rest(demo)
    assert is_empty_new(tab.panel)
    tab.table.select_id(tab.model.id_at(1))
    tab.delete()
    press(at, Qt.Key.Key_N)
    qtbot.rest(demo)
    assert is_empty_new(tab.panel)


def test_a_chip_or_another_campaign_leaves_the_new_form(qtbot, listed, demo):
    tab, at = listed("finding")
    make_current(qtbot, demo, tab, 0)
    press(at, Qt.Key.Key_N)
    tab.panel.form["fact"].edit.setPlainText("写了一半")
    tab.panel.form["fact"].edited.emit()
    for campaign in (demo.state.get("campaign"), None):
        tab.set_campaign(campaign)
        qtbot.rest(demo)
        assert tab.panel.record is None
        assert tab.panel.form["fact"].value() == "写了一半"


def test_a_click_on_the_current_row_shows_it_in_place_of_the_new_form(qtbot, listed, demo):
    tab, at = listed("finding")
    make_current(qtbot, demo, tab, 1)
    shown = tab.panel.record_id
    press(at, Qt.Key.Key_N)
    assert tab.panel.record is None
    where = tab.table.visualRect(tab.model.index(1, tab.table.shown_columns()[0])).center()
    qtbot.mouseClick(tab.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert tab.panel.record_id == shown


def test_a_sub_record_is_added_to_the_case_it_was_begun_from(qtbot, listed, demo):
    """连续新增 is ticked, a new case is typed, and its first party added: the case is saved and stays."""
    tab, at = listed("accountability_case")
    make_current(qtbot, demo, tab, 0)
    press(at, Qt.Key.Key_N)
    tab.panel.again.setChecked(True)
    fill(demo, tab.panel, 1)
    row = tab.panel.parties.add()
    assert row is not None
    row.form["name"].edit.setText("周海林")
    row.form["name"].edited.emit()
    row.form["duty"].show_value("直接责任")
    row.save_and_next()
    qtbot.rest(demo)
    with demo.workspace.reading() as session:
        case = session.scalars(select(AccountabilityCase).order_by(AccountabilityCase.id.desc())).first()
        names = list(session.scalars(select(Party.name).where(Party.case_id == case.id)))
    assert names == ["周海林"]
    assert tab.panel.record_id == case.id


def test_a_photo_goes_to_the_finding_it_was_added_to(qtbot, listed, demo, tmp_path):
    tab, at = listed("finding")
    make_current(qtbot, demo, tab, 0)
    press(at, Qt.Key.Key_N)
    tab.panel.again.setChecked(True)
    fill(demo, tab.panel, 1)
    paper = tmp_path / "说明.txt"
    paper.write_text("佐证", encoding="utf-8")
    assert tab.panel.files.add([paper])
    qtbot.waitUntil(lambda: [one.name for one in tab.panel.files.files] == ["说明.txt"])
    assert tab.panel.record.fact == "连续1号"


def test_ctrl_d_copies_what_is_shown_or_was_just_saved(qtbot, listed, demo):
    tab, at = listed("finding")
    make_current(qtbot, demo, tab, 1)
    press(at, Qt.Key.Key_N)
    tab.panel.form["note"].edit.setPlainText("写了一半")
    tab.panel.form["note"].edited.emit()
    tab.table.selectRow(2)
    shown = tab.panel.record
    press(at, Qt.Key.Key_D)
    assert tab.panel.record is None
    assert (tab.panel.form["fact"].value(), tab.panel.form["note"].value()) == (shown.fact, shown.note)
    tab.panel.again.setChecked(True)
    tab.panel.form["fact"].edit.setPlainText("连续中的一条。")
    press(at, Qt.Key.Key_S)
    qtbot.rest(demo)
    assert is_empty_new(tab.panel)
    press(at, Qt.Key.Key_D)
    assert tab.panel.form["fact"].value() == "连续中的一条。"
