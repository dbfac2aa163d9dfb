"""What the clerk need not type: kinds told by names, units by sites, fields proposed and passed over."""

import datetime as dt

import pytest
from filling import load, pick_first, type_text
from PySide6.QtCore import Qt

from gui.dialogs.quick_new import QuickNew
from gui.forms.panels.case_panel import CasePanel
from gui.forms.panels.finding_panel import FindingPanel
from gui.forms.panels.inspection_panel import InspectionPanel
from gui.forms.panels.team_panel import TeamPanel
from models.records import AccountabilityCase, Finding, Inspection, Member, Party, Site, Team, Unit, Visit
from models.services import records

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def panel(context, show, office):
    return lambda cls: show(cls(context))


@pytest.fixture
def accepted(monkeypatch):
    """Enter on the button that has the cursor is all the dialog needs; gives the dialogs back."""
    seen = []

    def agree(dialog):
        seen.append(dialog)
        dialog.accept()
        return 1

    monkeypatch.setattr(QuickNew, "exec", agree)
    return seen


def test_a_new_unit_is_of_the_kind_its_name_tells(panel, office, workspace, accepted):
    findings = panel(FindingPanel)
    findings.new_record()
    unit = findings.form["unit_id"]
    type_text(unit.edit, "青石镇")
    pick_first(unit.edit)
    assert load(workspace, Unit, unit.value()).kind == "乡镇"
    assert not findings.form.cells["unit_id"].error.text()


def test_a_new_site_lies_where_the_inspection_is(panel, office, workspace, accepted):
    inspections = panel(InspectionPanel)
    values = {"starts_on": dt.date(2022, 3, 15), "team_id": office.team, "unit_id": office.liu, "kind": "综合"}
    inspections.show_record(records.create(workspace, Inspection, values).id)
    row = inspections.visits.add()
    type_text(row.form["site_id"].edit, "万家福超市")
    pick_first(row.form["site_id"].edit)
    site = load(workspace, Site, row.form["site_id"].value())
    assert (site.kind, site.unit_id) == ("商超", office.liu)
    assert row.form["on"].value() == dt.date(2022, 3, 15)


def test_ctrl_enter_in_a_row_writes_it_and_opens_the_next(panel, office, workspace):
    teams = panel(TeamPanel)
    teams.show_record(office.team)
    for name in ("黄晓燕", "周海"):
        row = next((one for one in teams.members.rows if one.record is None), None) or teams.members.add()
        type_text(row.form["name"].edit, name)
        row.form["role"].show_value("成员")
        row.form["name"].edit.setFocus()
        teams.next_step()
    assert [row.record.name for row in teams.members.rows if row.record] == ["黄晓燕", "周海"]
    assert teams.members.rows[-1].record is None


def test_a_known_name_ties_the_member_to_the_person_and_another_name_unties(panel, office, workspace):
    teams = panel(TeamPanel)
    teams.show_record(office.team)
    row = teams.members.add()
    type_text(row.form["name"].edit, "ljj")
    pick_first(row.form["name"].edit)
    assert row.form["post"].value() == "副镇长"
    row.form["role"].show_value("成员")
    assert row.save()
    made = next(one.record for one in teams.members.rows)
    assert load(workspace, Member, made.id).person_id == office.person
    row = teams.members.rows[0]
    row.open()
    row.form["name"].edit.clear()
    type_text(row.form["name"].edit, "李建华")
    assert row.save()
    assert load(workspace, Member, made.id).person_id is None


def test_initials_that_find_nobody_do_not_become_a_person(panel, office, qtbot):
    teams = panel(TeamPanel)
    teams.show_record(office.team)
    row = teams.members.add()
    row.form["role"].show_value("成员")
    type_text(row.form["name"].edit, "hxy")
    assert not row.save()
    assert "请输入汉字姓名" in row.form.cells["name"].error.text()
    assert not [one for one in teams.members.rows if one.record]


def test_initials_that_find_no_entry_do_not_become_one(panel, office):
    findings = panel(FindingPanel)
    findings.new_record()
    kind = findings.form["kind"]
    type_text(kind.edit, "qqqq")
    kind.edit.suggest()
    assert [one.hint for one in kind.edit.suggestions] == [True]
    with pytest.raises(ValueError, match="请输入汉字"):
        kind.value()


def test_a_half_typed_chinese_name_is_kept_as_typed(panel, office, qtbot):
    teams = panel(TeamPanel)
    teams.show_record(office.team)
    name = teams.members.add().form["name"]
    type_text(name.edit, "李建")
    qtbot.keyClick(name.edit, Qt.Key.Key_Return)
    assert name.value() == "李建"


def test_the_next_finding_starts_where_the_last_was_and_enter_passes_what_is_proposed(panel, office, workspace, qtbot):
    office.finding(severity="一般")
    findings = panel(FindingPanel)
    findings.new_record()
    form = findings.form
    assert form["site_id"].value() == office.site
    qtbot.waitUntil(form["site_id"].edit.hasFocus)
    assert form["site_id"].edit.selectedText() == "惠民药店"
    qtbot.keyClick(form["site_id"].edit, Qt.Key.Key_Return)
    qtbot.waitUntil(form["kind"].edit.hasFocus)
    form.advance_from("kind")
    assert form["fact"].edit.hasFocus()


def test_another_site_brings_its_own_unit(panel, office, workspace):
    other = records.create(workspace, Site, {"name": "柳河集贸市场", "kind": "农贸市场", "unit_id": office.liu}).id
    office.finding()
    findings = panel(FindingPanel)
    findings.new_record()
    findings.form["site_id"].show_value(other)
    findings.form["site_id"].edited.emit()
    assert findings.form["unit_id"].value() == office.liu
    assert findings.form["department_id"].value() is None


def test_in_a_series_ctrl_enter_sends_the_finding_on_and_begins_the_next(panel, office, workspace):
    findings = panel(FindingPanel)
    findings.again.setChecked(True)
    for n in range(2):
        findings.new_record({"found_on": dt.date(2022, 3, 5), "site_id": office.site}) if not n else None
        findings.form["kind"].show_value("人员不在岗")
        type_text(findings.form["fact"].edit, f"第{n + 1}处无人值守。")
        findings.next_step()
        assert findings.record is None
    with workspace.reading() as session:
        kept = session.query(Finding).all()
    assert [one.status for one in kept] == ["待交办", "待交办"]


def test_a_series_is_still_one_the_next_day(panel, context):
    first = panel(FindingPanel)
    first.new_record()
    first.again.setChecked(True)
    second = panel(FindingPanel)
    assert second.again.isChecked()


def test_a_new_party_is_dealt_with_at_once(panel, office, workspace):
    values = {"title": "值守缺位的问题", "unit_id": office.cheng, "fact": "无人值守。"}
    cases = panel(CasePanel)
    cases.show_record(records.create(workspace, AccountabilityCase, values).id)
    row = cases.parties.add()
    assert row.form["unit_id"].value() == office.cheng
    type_text(row.form["name"].edit, "周海林")
    row.form["duty"].show_value("直接责任")
    row.form["name"].edit.setFocus()
    cases.next_step()
    made = cases.parties.rows[0]
    assert load(workspace, Party, made.record.id).name == "周海林"
    assert [one.record for one in made.nested.rows] == [None]
    made.nested.rows[0].form["measure"].show_value("提醒谈话")
    made.nested.rows[0].form.edited.emit()
    made.nested.rows[0].form["measure"].edit.setFocus()
    cases.next_step()
    assert made.nested.rows[0].record.measure == "提醒谈话"
    assert cases.parties.rows[-1].record is None


def test_enter_presses_the_button_that_has_the_cursor(panel, office, workspace, qtbot):
    teams = panel(TeamPanel)
    teams.new_record()
    type_text(teams.form["name"].edit, "第三督查组")
    teams.save_button.setFocus()
    qtbot.keyClick(teams.save_button, Qt.Key.Key_Return)
    assert load(workspace, Team, teams.record_id).name == "第三督查组"


def test_an_end_follows_its_start_and_a_start_is_not_months_ahead(panel, office):
    teams = panel(TeamPanel)  # it is 16 March 2022
    teams.new_record()
    type_text(teams.form["starts_on"].edit, "10.8")
    type_text(teams.form["ends_on"].edit, "1.31")
    assert teams.form["starts_on"].value() == dt.date(2021, 10, 8)
    assert teams.form["ends_on"].value() == dt.date(2022, 1, 31)


def test_a_finding_at_a_visited_site_belongs_to_the_visit(office, workspace):
    values = {"starts_on": dt.date(2022, 3, 5), "team_id": office.team, "unit_id": office.cheng, "kind": "综合"}
    inspection = records.create(workspace, Inspection, values).id
    visit = records.create(
        workspace, Visit, {"inspection_id": inspection, "site_id": office.site, "on": dt.date(2022, 3, 5)}
    ).id
    tied = load(workspace, Finding, office.finding())
    assert (tied.visit_id, tied.inspection_id, tied.team_id) == (visit, inspection, office.team)
    free = load(workspace, Finding, office.finding(found_on=dt.date(2022, 3, 6)))
    assert free.visit_id is None
