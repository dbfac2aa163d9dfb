"""A morning in one township, the afternoon in another: nothing of the morning's inspection is said of the second."""

import pytest
from clerk import CTRL, ENTER, press, write
from PySide6.QtCore import Qt
from sqlalchemy import select

from gui.shell.page_tabs import FINDINGS
from models.domain.text import pinyin
from models.records import Campaign, Finding, Inspection, Site, Team, Unit
from models.services import records


@pytest.fixture
def morning(demo):
    """An inspection of 石门乡 and a place in each of two townships."""
    space = demo.workspace
    with space.reading() as session:
        units = {u.name: u.id for u in session.scalars(select(Unit).where(Unit.name.in_(("石门乡", "青石镇"))))}
        team = session.scalars(select(Team.id).where(Team.deleted_at.is_(None))).first()
        campaign = session.scalars(select(Campaign.id).where(Campaign.active.is_(True))).first()
    demo.state.set("campaign", campaign)
    trip = {"starts_on": space.today, "unit_id": units["石门乡"], "team_id": team, "campaign_id": campaign}
    inspection = records.create(space, Inspection, {**trip, "kind": "日常"}).id
    for name, unit in (("早市口卡点", "石门乡"), ("午桥药店", "青石镇")):
        values = {"name": name, "kind": "卡点", "unit_id": units[unit], "pinyin": pinyin.index(name)}
        records.create(space, Site, values)
    return units, inspection


def choose(form, name, typed):
    form[name].edit.clear()
    write(form[name].edit, typed)
    press(form[name].edit, ENTER)


def test_the_second_township_is_not_said_to_have_been_inspected_with_the_first(qtbot, window, demo, morning):
    units, inspection = morning
    window.tabs.setCurrentIndex(FINDINGS)
    window.activateWindow()
    qtbot.rest(demo)
    tab = window.front()
    tab.table.selectRow(4)
    press(window, Qt.Key.Key_N, CTRL)
    panel = tab.panel
    panel.again.setChecked(True)
    form = panel.form
    choose(form, "found_on", "今天")
    choose(form, "site_id", "zskkd")
    choose(form, "kind", "rybzg")
    form["inspection_id"].show_value(inspection)
    form["inspection_id"].edited.emit()
    write(form["fact"].edit, "卡点无人值守。")
    press(form["fact"].edit, Qt.Key.Key_S, CTRL)
    qtbot.rest(demo)
    assert panel.record is None
    assert form["inspection_id"].value() == inspection
    assert form.carried["inspection_id"] == "沿用"
    assert form["inspection_id"].isVisibleTo(panel)
    choose(form, "site_id", "wqyd")
    assert "没有沿用" in panel.carry_line.text
    qtbot.waitUntil(form["found_on"].edit.hasFocus)  # the day was the morning's
    write(form["found_on"].edit, "今天")
    press(form["found_on"].edit, ENTER)
    choose(form, "kind", "rybzg")
    write(form["fact"].edit, "药店无人登记。")
    press(form["fact"].edit, Qt.Key.Key_S, CTRL)
    qtbot.rest(demo)
    with demo.workspace.reading() as session:
        first, second = session.scalars(select(Finding).order_by(Finding.id.desc()).limit(2)).all()[::-1]
    assert (first.unit_id, first.inspection_id) == (units["石门乡"], inspection)
    assert (second.fact, second.unit_id) == ("药店无人登记。", units["青石镇"])
    assert (second.inspection_id, second.visit_id, second.found_on) == (None, None, demo.workspace.today)
    assert second.status == "待交办"
