"""What a form takes over is marked and in sight, and goes where the place, the 专项 or the day typed is another."""

import datetime as dt

import pytest
from filling import load, pick_first, type_text

from gui.dialogs.quick_new import QuickNew
from gui.forms.panels.answer_panel import AnswerPanel
from gui.forms.panels.by_record import panel_for
from gui.forms.panels.case_panel import CasePanel
from gui.forms.panels.feedback_panel import FeedbackPanel
from gui.forms.panels.finding_panel import FindingPanel
from gui.forms.panels.inspection_panel import InspectionPanel
from gui.forms.workflow.step_form import StepForm
from models.domain.findings import lifecycle
from models.domain.text import pinyin
from models.records import (
    AccountabilityCase,
    Campaign,
    Finding,
    Inspection,
    Member,
    Office,
    Party,
    Person,
    Shift,
    Site,
    Team,
    Unit,
    Visit,
)
from models.services import findings, records, unit_answers

DAY = dt.date(2022, 3, 15)


@pytest.fixture
def panel(context, show, office):
    return lambda cls, *more: show(
        cls(context, *more) if not isinstance(cls, str) else panel_for(context, *more), width=578
    )


@pytest.fixture
def world(workspace, office):
    """An inspection of 城关镇 by a team of that area, a finding of it, and a site in 柳河镇."""
    records.update(workspace, Team, office.team, None, {"area_ids": [office.cheng]})
    values = {"starts_on": DAY, "unit_id": office.cheng, "team_id": office.team, "campaign_id": office.campaign}
    office.inspection = records.create(
        workspace, Inspection, {**values, "kind": "综合", "basis": "云防指〔2022〕3号"}
    ).id
    office.other = records.create(workspace, Campaign, {"name": "防汛抗旱", "basis": "云汛〔2022〕1号\n第二份"}).id
    market = {"name": "柳河集贸市场", "kind": "农贸市场", "unit_id": office.liu, "pinyin": pinyin.index("柳河集贸市场")}
    office.market_site = records.create(workspace, Site, market).id
    shop = {"name": "平价超市", "kind": "商超", "unit_id": office.cheng, "pinyin": pinyin.index("平价超市")}
    office.shop = records.create(workspace, Site, shop).id
    office.last = office.finding(
        inspection_id=office.inspection, team_id=office.team, found_on=DAY, severity="较重", source_level="市",
        deadline_kind="指定日期", deadline=dt.date(2022, 3, 20),
    )  # fmt: skip
    return office


CARRIED = {
    "source_level", "inspection_id", "team_id", "found_on", "site_id", "unit_id", "department_id", "severity",
    "deadline_kind", "deadline",
}  # fmt: skip


def choose(context, campaign):
    context.state.set("campaign", campaign)


def place(panel, name, id_):
    panel.form[name].show_value(id_)
    panel.form[name].edited.emit()


def held(panel, *names):
    return [panel.form[name].value() for name in names]


@pytest.fixture
def begun(panel, world, context):
    """A new finding after the last one."""
    choose(context, world.campaign)
    made = panel(FindingPanel)
    made.new_record()
    return made


def test_what_is_taken_over_is_marked_in_sight_and_told(begun, world):
    assert set(begun.form.carried) == CARRIED
    for name in CARRIED:
        assert begun.form[name]._badge.text() == "沿用×"
        assert begun.form.cells[name].isVisibleTo(begun.form), name
    told = begun.carry_line.text
    assert "取自上一条（2022-0001）" in told
    assert "督查活动 2022-03-15 城关镇" in told
    assert "督查组 第二督查组" in told
    assert not begun.dirty


@pytest.mark.parametrize("typed", ["", "写了一半"])
def test_a_record_opened_instead_says_nothing_of_it(begun, world, typed):
    type_text(begun.form["fact"].edit, typed)
    begun.show_record(world.last)
    assert begun.carry_line.text == ""
    assert begun.form.carried == {}
    begun.show_record(None)
    assert begun.carry_line.text == ""


def test_one_click_empties_one_or_all(begun, world, qtbot):
    begun.form["inspection_id"]._badge.click()
    assert held(begun, "inspection_id", "team_id") == [None, world.team]
    assert "督查活动" not in begun.carry_line.text
    qtbot.waitUntil(begun.form["inspection_id"].edit.hasFocus)
    next(one for one in begun.carry_line._buttons if one.text() == "全部清除").click()
    assert begun.form.carried == {}
    assert held(begun, "found_on", "site_id", "unit_id", "team_id", "deadline") == [None] * 5
    assert held(begun, "source_level") == ["县"]
    assert begun.carry_line.text == ""


def test_what_is_typed_is_the_records_own(begun, world):
    begun.form["found_on"].edit.clear()
    type_text(begun.form["found_on"].edit, "3.15")
    assert "found_on" not in begun.form.carried
    assert not begun.form["found_on"]._badge.isVisible()


def test_another_site_of_the_same_township_keeps_what_fits(begun, world):
    place(begun, "site_id", world.shop)
    assert held(begun, "unit_id", "inspection_id", "team_id", "found_on") == [
        world.cheng, world.inspection, world.team, DAY,
    ]  # fmt: skip
    assert "没有沿用" not in begun.carry_line.text


def test_another_township_takes_none_of_it(begun, world, workspace):
    place(begun, "site_id", world.market_site)
    assert held(begun, "unit_id", "department_id") == [world.liu, None]
    assert held(begun, "inspection_id", "team_id", "found_on", "deadline") == [None] * 4
    assert held(begun, "source_level", "severity", "deadline_kind") == ["县", "较重", "指定日期"]
    assert "没有沿用" in begun.carry_line.text
    for label in ("督查活动", "督查组", "发现日期", "整改时限", "问题来源"):
        assert label in begun.carry_line.text
    begun.form["kind"].show_value("人员不在岗")
    type_text(begun.form["fact"].edit, "无人值守。")
    assert begun.save()
    kept = load(workspace, Finding, begun.record_id)
    assert (kept.unit_id, kept.inspection_id, kept.team_id) == (world.liu, None, None)


def test_another_unit_typed_by_itself_takes_none_of_it_either(begun, world):
    place(begun, "unit_id", world.liu)
    assert held(begun, "site_id", "inspection_id", "team_id", "found_on") == [None] * 4


def test_a_team_whose_area_is_both_stays(begun, world, workspace):
    records.update(workspace, Team, world.team, None, {"area_ids": [world.cheng, world.liu]})
    place(begun, "site_id", world.market_site)
    assert held(begun, "team_id", "inspection_id") == [world.team, None]


def test_another_campaign_takes_how_and_nothing_else(panel, world, context):
    choose(context, world.other)
    made = panel(FindingPanel)
    made.new_record()
    assert set(made.form.carried) == {"severity", "deadline_kind"}
    assert held(made, "campaign_id", "source_level") == [world.other, "县"]
    assert held(made, "inspection_id", "team_id", "found_on", "site_id", "unit_id") == [None] * 5


def test_a_campaign_typed_in_the_form_lets_go_of_the_others(begun, world):
    place(begun, "campaign_id", world.other)
    assert held(begun, "inspection_id", "team_id", "found_on", "site_id", "unit_id") == [None, None, None, None, None]


def test_a_day_outside_the_inspection_lets_go_of_it_alone(begun, world):
    begun.form["found_on"].show_value(dt.date(2022, 3, 12))
    begun.form["found_on"].edited.emit()
    assert held(begun, "inspection_id", "team_id", "site_id") == [None, world.team, world.site]


def test_a_new_day_begins_anew(panel, world, context, clock):
    clock.forward(days=1)
    choose(context, world.campaign)
    made = panel(FindingPanel)
    made.new_record()
    assert set(made.form.carried) == {"severity", "deadline_kind", "team_id"}
    assert made.form.carried["team_id"] == "默认"  # the only team at work
    assert held(made, "found_on", "site_id") == [None, None]


def test_the_only_team_is_no_default_for_a_place_outside_its_area(panel, world, context, clock):
    clock.forward(days=1)
    choose(context, world.campaign)
    made = panel(FindingPanel)
    made.new_record()
    place(made, "site_id", world.market_site)
    assert held(made, "team_id") == [None]


def test_a_copy_goes_to_another_township_without_who_when_and_by_what_right(panel, world):
    made = panel(FindingPanel)
    made.show_record(world.last)
    made.new_like(made.record)
    assert held(made, "inspection_id", "fact") == [world.inspection, "店内没有员工每日测温记录。"]
    assert {"inspection_id", "team_id", "found_on"} <= set(made.form.carried)
    place(made, "site_id", world.market_site)
    assert held(made, "inspection_id", "team_id", "found_on", "deadline") == [None] * 4
    assert held(made, "fact", "severity") == ["店内没有员工每日测温记录。", "较重"]


def test_a_draft_keeps_its_marks_and_lets_go_later(begun, panel, world, context):
    type_text(begun.form["fact"].edit, "写了一半")
    begun.show_record(None)
    again = panel(FindingPanel)
    again.new_record()
    assert again.form["fact"].value() == "写了一半"
    assert set(again.form.carried) == CARRIED
    place(again, "site_id", world.market_site)
    assert held(again, "inspection_id", "team_id") == [None, None]


@pytest.mark.parametrize("first", ["shop", None])
def test_a_draft_knows_where_the_last_one_was(begun, panel, world, first):
    """Its place was typed anew or cleared before it was put by: another township lets go of the rest still."""
    place(begun, "site_id", world.shop if first else "")
    if first is None:
        begun.form["unit_id"]._badge.click()
    type_text(begun.form["fact"].edit, "写了一半")
    for _twice in range(2):
        begun.show_record(None)
        begun = panel(FindingPanel)
        begun.new_record()
        assert {"source_level", "found_on", "deadline"} <= set(begun.form.carried)
    place(begun, "site_id", world.market_site)
    assert held(begun, "source_level", "inspection_id", "team_id", "found_on", "deadline") == ["县", *[None] * 4]


def test_values_from_elsewhere_are_no_longer_the_last_ones(panel, world, context):
    choose(context, world.campaign)
    made = panel(FindingPanel)
    made.new_record({"site_id": world.shop, "unit_id": world.cheng})
    assert not {"site_id", "unit_id"} & set(made.form.carried)


def test_an_inspection_of_another_township_lets_go_of_the_place(begun, world, workspace):
    """What is found at it lies there: the site taken over is another's, one that was typed stays."""
    there = {"starts_on": DAY, "unit_id": world.liu, "team_id": world.team, "campaign_id": world.campaign}
    other = records.create(workspace, Inspection, {**there, "kind": "综合"}).id
    place(begun, "inspection_id", other)
    assert held(begun, "inspection_id", "site_id", "unit_id", "department_id", "team_id", "found_on", "deadline") == [
        other, *[None] * 6,
    ]  # fmt: skip
    assert set(begun.form.carried) == {"severity", "deadline_kind"}
    assert "没有沿用" in begun.carry_line.text
    begun.new_record()
    place(begun, "site_id", world.shop)
    place(begun, "inspection_id", other)
    assert held(begun, "site_id", "unit_id") == [world.shop, world.cheng]


def of_inspection(world, workspace, **values):
    return records.create(workspace, Inspection, {"starts_on": DAY, "kind": "综合", "team_id": world.team, **values}).id


def test_an_inspection_of_another_campaign_lets_go_and_names_its_own(begun, world, workspace):
    """The 专项 of a new finding is the one in force: nobody typed it, the inspection that is chosen says it."""
    flood = of_inspection(world, workspace, unit_id=world.cheng, campaign_id=world.other)
    place(begun, "inspection_id", flood)
    assert held(begun, "campaign_id", "inspection_id") == [world.other, flood]
    assert held(begun, "site_id", "unit_id", "team_id", "found_on", "deadline") == [None] * 5
    assert set(begun.form.carried) == {"severity", "deadline_kind"}
    place(begun, "inspection_id", world.inspection)
    assert held(begun, "campaign_id") == [world.campaign]


def test_a_campaign_that_was_typed_stays(begun, world, workspace):
    third = records.create(workspace, Campaign, {"name": "安全生产"}).id
    place(begun, "campaign_id", third)
    place(begun, "inspection_id", of_inspection(world, workspace, unit_id=world.cheng, campaign_id=world.other))
    assert held(begun, "campaign_id") == [third]


def test_a_copy_follows_the_inspection_that_is_chosen_in_it(panel, world, workspace):
    made = panel(FindingPanel)
    made.show_record(world.last)
    made.new_like(made.record)
    place(made, "inspection_id", of_inspection(world, workspace, unit_id=world.cheng, campaign_id=world.other))
    assert held(made, "campaign_id", "site_id", "team_id", "found_on") == [world.other, None, None, None]


def test_a_team_of_another_area_lets_go_of_the_place(begun, world, workspace):
    values = {"name": "第三督查组", "number": 3, "area_ids": [world.liu], "campaign_id": world.campaign}
    third = records.create(workspace, Team, values).id
    place(begun, "team_id", third)
    assert held(begun, "team_id", "inspection_id", "site_id", "unit_id", "found_on", "deadline") == [third, *[None] * 5]
    begun.new_record()
    place(begun, "site_id", world.shop)
    place(begun, "team_id", third)
    assert held(begun, "site_id", "unit_id") == [world.shop, world.cheng]


def test_a_team_of_the_whole_county_or_of_both_lets_go_of_nothing(begun, world, workspace):
    for areas in ([], [world.liu, world.cheng]):
        values = {"name": f"第{len(areas)}组", "area_ids": areas, "campaign_id": world.campaign}
        place(begun, "team_id", records.create(workspace, Team, values).id)
        assert held(begun, "inspection_id", "unit_id", "found_on") == [world.inspection, world.cheng, DAY]


def test_a_team_of_another_campaign_lets_go_too(begun, world, workspace):
    values = {"name": "防汛组", "campaign_id": world.other}
    place(begun, "team_id", records.create(workspace, Team, values).id)
    assert held(begun, "campaign_id", "inspection_id", "site_id", "found_on") == [world.other, None, None, None]


def test_an_inspection_of_the_same_place_with_another_team_or_day(begun, world, workspace):
    """Team and day are the chosen inspection's, the place stays."""
    third = records.create(workspace, Team, {"name": "第三督查组", "number": 3, "area_ids": [world.cheng]}).id
    later = {"starts_on": DAY + dt.timedelta(days=9), "unit_id": world.cheng, "campaign_id": world.campaign}
    place(begun, "inspection_id", of_inspection(world, workspace, **later, team_id=third))
    assert held(begun, "unit_id", "team_id", "found_on", "deadline") == [world.cheng, third, None, None]
    assert begun.form.carried["team_id"] == "默认"
    place(begun, "inspection_id", of_inspection(world, workspace, **later, team_id=world.team))
    assert held(begun, "team_id") == [world.team]


def test_a_last_finding_without_a_place_was_where_its_inspection_was(panel, world, context, workspace):
    records.update(workspace, Finding, world.last, None, {"site_id": None, "unit_id": None, "department_id": None})
    choose(context, world.campaign)
    made = panel(FindingPanel)
    made.new_record()
    assert held(made, "inspection_id", "site_id", "unit_id") == [world.inspection, None, None]
    place(made, "site_id", world.market_site)
    assert held(made, "inspection_id", "team_id", "found_on", "deadline") == [None] * 4
    made.new_record()
    place(made, "inspection_id", of_inspection(world, workspace, unit_id=world.liu, campaign_id=world.campaign))
    assert held(made, "team_id", "found_on", "deadline") == [None] * 3


# ---- a site made inside a finding


@pytest.fixture
def asked(monkeypatch):
    """The dialogs for a new record, left open for the test to look at."""
    seen = []

    def note(dialog):
        seen.append(dialog)
        dialog.show()
        return 0

    monkeypatch.setattr(QuickNew, "exec", note)
    return seen


def new_site(panel, name):
    edit = panel.form["site_id"].edit
    edit.clear()
    type_text(edit, name)
    pick_first(edit)


def test_the_unit_of_a_new_site_is_not_the_last_records(begun, world, asked, qtbot):
    new_site(begun, "平安诊所")
    assert asked[0].form["unit_id"].raw() == ""
    qtbot.waitUntil(lambda: asked[0].focusWidget() is asked[0].form["unit_id"].edit)


def test_it_is_guessed_from_the_name(begun, world, asked):
    for name in ("柳河镇中心卫生院", "柳河加油站"):
        new_site(begun, name)
        assert asked[-1].form["unit_id"].value() == world.liu


def test_it_is_the_one_the_clerk_typed_for_this_record(begun, world, asked):
    place(begun, "unit_id", world.liu)
    new_site(begun, "平安诊所")
    assert asked[0].form["unit_id"].value() == world.liu


def test_a_site_of_the_list_is_guessed_from_its_name_and_marked(panel, world, workspace):
    records.create(workspace, Site, {"name": "惠民二店", "kind": "药店", "unit_id": world.cheng})
    sites = panel("site", Site)
    sites.new_record()
    assert held(sites, "unit_id", "kind") == [None, ""]
    type_text(sites.form["name"].edit, "柳河卫生院")
    sites.form["name"].left.emit()
    assert held(sites, "unit_id", "kind") == [world.liu, "卫生院"]
    assert sites.form.carried == {"unit_id": "按名称", "kind": "按名称"}


# ---- other forms


def test_the_basis_of_a_disposition_follows_its_measure(panel, world, workspace):
    case = records.create(
        workspace, AccountabilityCase, {"title": "值守缺位", "unit_id": world.cheng, "fact": "无人。"}
    ).id
    party = {"case_id": case, "name": "周海", "duty": "直接责任", "identities": ["中共党员", "公职人员"]}
    records.create(workspace, Party, party)
    cases = panel(CasePanel)
    cases.show_record(case)
    cases.parties.rows[0].open()
    dealt = cases.parties.rows[0].nested
    row = dealt.add()

    def measure(name):
        row.form["measure"].show_value(name)
        row.form["measure"].edited.emit()
        return row.form["basis"].value(), row.form["effect_end"].value()

    row.form["decided_on"].show_value(DAY)
    basis, end = measure("政务记过")
    assert "政务处分法" in basis
    assert end == dt.date(2023, 3, 14)
    other, nothing = measure("提醒谈话")
    assert other != basis
    assert nothing is None
    assert measure("政务记过") == (basis, end)
    row.form["basis"].show_value("按县纪委决定")
    assert measure("提醒谈话")[0] == "按县纪委决定"
    measure("政务记过")
    row.form["organ"].show_value("县监委")
    assert row.save()
    second = dealt.add()
    assert second.form.carried == {"organ": "沿用", "decided_on": "沿用"}
    assert second.form["basis"].value() == ""


def test_a_new_inspection_rests_on_its_own_campaigns_document(panel, world, context):
    choose(context, world.other)
    made = panel(InspectionPanel)
    made.new_record()
    assert held(made, "basis", "team_id", "kind") == ["云汛〔2022〕1号", None, "综合"]
    assert made.form.carried == {"basis": "默认", "kind": "沿用"}
    place(made, "unit_id", world.liu)
    assert held(made, "basis") == ["云汛〔2022〕1号"]
    place(made, "campaign_id", world.campaign)
    assert held(made, "basis") == [""]


def test_a_new_inspection_of_another_township_takes_no_team_of_the_first(panel, world, context):
    choose(context, world.campaign)
    made = panel(InspectionPanel)
    made.new_record()
    assert held(made, "team_id") == [world.team]
    place(made, "unit_id", world.liu)
    assert held(made, "team_id", "kind") == [None, "综合"]


def test_a_visit_to_another_township_is_of_another_inspection(panel, world, workspace, context):
    choose(context, world.campaign)
    member = records.create(workspace, Member, {"team_id": world.team, "name": "黄晓燕", "role": "成员"}).id
    visit = {"inspection_id": world.inspection, "site_id": world.shop, "on": DAY, "member_ids": [member]}
    records.create(workspace, Visit, visit)
    visits = panel("visit", Visit)
    visits.new_record()
    assert held(visits, "inspection_id", "on", "member_ids") == [world.inspection, DAY, [member]]
    place(visits, "site_id", world.site)
    assert held(visits, "inspection_id", "on", "member_ids") == [world.inspection, DAY, [member]]
    place(visits, "site_id", world.market_site)
    assert held(visits, "inspection_id", "on", "member_ids") == [None, None, []]


def test_members_and_shifts_of_another_campaign_begin_empty(panel, world, workspace, context):
    records.create(workspace, Member, {"team_id": world.team, "name": "黄晓燕", "role": "组长", "joined_on": DAY})
    records.create(workspace, Shift, {"team_id": world.team, "on": DAY})
    choose(context, world.other)
    members = panel("member", Member)
    members.new_record()
    assert held(members, "team_id", "role", "joined_on") == [None, "组长", None]
    shifts = panel("shift", Shift)
    shifts.new_record()
    assert held(shifts, "team_id", "on") == [None, None]
    choose(context, world.campaign)
    members.new_record()
    assert held(members, "team_id", "joined_on") == [world.team, DAY]
    place(members, "team_id", records.create(workspace, Team, {"name": "第三督查组", "number": 3}).id)
    assert held(members, "joined_on") == [None]


def test_a_case_takes_nothing_over_and_its_copy_goes_elsewhere_without_who_and_when(panel, world, workspace):
    values = {
        "title": "值守缺位", "unit_id": world.cheng, "fact": "无人。", "proposer": "县防控办", "place": "惠民药店",
        "receiving_organ": "县纪委监委", "conduct_from": DAY, "campaign_id": world.campaign,
    }  # fmt: skip
    case = records.create(workspace, AccountabilityCase, values).id
    cases = panel(CasePanel)
    cases.new_record()
    assert cases.form.carried == {}
    assert held(cases, "proposer", "receiving_organ") == ["", ""]
    cases.show_record(case)
    cases.new_like(cases.record)
    assert held(cases, "proposer", "conduct_from") == ["县防控办", DAY]
    place(cases, "unit_id", world.liu)
    assert held(cases, "title", "proposer", "receiving_organ", "conduct_from", "place") == [
        "值守缺位",
        "",
        "",
        None,
        "",
    ]


def test_a_party_is_of_the_unit_before_and_its_duty_is_chosen(panel, world, workspace):
    case = records.create(
        workspace, AccountabilityCase, {"title": "值守缺位", "unit_id": world.cheng, "fact": "无人。"}
    ).id
    records.create(workspace, Party, {"case_id": case, "name": "周海", "duty": "直接责任", "unit_id": world.liu})
    cases = panel(CasePanel)
    cases.show_record(case)
    row = cases.parties.add()
    assert row.form.carried == {"unit_id": "沿用"}
    assert (row.form["unit_id"].value(), row.form["duty"].value()) == (world.liu, "")


def test_people_and_units_are_marked(panel, world, workspace):
    records.create(workspace, Person, {"name": "何平", "unit_id": world.liu})
    people = panel("person", Person)
    people.new_record()
    assert people.form.carried == {"unit_id": "沿用"}
    records.create(workspace, Unit, {"name": "新桥村", "kind": "村", "parent_id": world.liu})
    units = panel("unit", Unit)
    units.new_record()
    assert set(units.form.carried) == {"kind", "parent_id"}


# ---- steps and answers


def answered(workspace, id_):
    findings.take(workspace, id_, "hand_over", {"deadline": dt.date(2022, 3, 20), "requirement": "立即整改。"})
    return id_


def test_who_asked_for_an_extension_is_not_proposed_to_another_unit(panel, world, workspace, context):
    one, two = (
        answered(workspace, world.finding()),
        answered(workspace, world.finding(site_id=world.market_site, unit_id=world.liu)),
    )
    same = answered(workspace, world.finding())
    shown = panel(FindingPanel)
    shown.show_record(one)
    shown.start("extend")
    given = {"applicant": "赵志国", "reason": "施工未完", "new_deadline": dt.date(2022, 3, 25), "approver": "周明"}
    shown.step_form.form.fill(given)
    shown.next_step()
    for id_, applicant in ((two, ""), (same, "赵志国")):
        shown.show_record(id_)
        shown.start("extend")
        form = shown.step_form.form
        assert (form["applicant"].value(), form["approver"].value()) == (applicant, "周明")
        assert form.carried["approver"] == "沿用"
        assert ("applicant" in form.carried) == bool(applicant)
        shown.close_step()
    records.update(workspace, Finding, same, None, {"campaign_id": world.other})
    shown.show_record(same)
    shown.start("extend")
    assert (shown.step_form.form["applicant"].value(), shown.step_form.form["approver"].value()) == ("", "")


def test_many_at_once_share_the_office_and_nobody_of_one_unit(context, qtbot, world):
    context.state.set("step.extend", {"applicant": "赵志国", "approver": "周明", "of.place": "2", "of.campaign": 1})
    facts = {"status": "已交办", "today": DAY}
    for about, applicant in (({}, ""), ({"unit_id": world.cheng, "campaign_id": 1}, "赵志国")):
        form = StepForm(context, lifecycle.step("extend"), facts, about=about)
        qtbot.addWidget(form)
        assert form.form["approver"].value() == "周明"
        assert form.form["applicant"].value() == applicant


def test_an_odd_memory_of_a_step_is_none(context, qtbot, world):
    for kept in ({"of.place": "x -1 2.5", "of.campaign": "一", "approver": "周明"}, {"approver": ""}, {}):
        context.state.set("step.extend", kept)
        form = StepForm(context, lifecycle.step("extend"), {"status": "已交办", "today": DAY, "unit_id": world.cheng})
        qtbot.addWidget(form)
        assert form.form["applicant"].value() == ""


def test_the_verification_takes_its_approver_over_in_sight(panel, world, workspace):
    done = {
        "outcome": "已整改", "measures": "已补。", "finished_on": DAY, "person": "赵志国", "no_evidence_reason": "已看",
    }  # fmt: skip
    one, two = (answered(workspace, world.finding(fact=fact)) for fact in ("甲", "乙"))
    for id_ in (one, two):
        findings.take(workspace, id_, "report", done)
    shown = panel(FeedbackPanel)
    shown.show_finding(one)
    shown.step_form.form.fill({"conclusion": "已整改到位", "method": "现场核查", "approver": "周明"})
    shown.next_step()
    shown.show_finding(two)
    form = shown.step_form.form
    assert form["approver"].value() == "周明"
    assert form.carried["approver"] == "沿用"
    form["approver"]._badge.click()
    assert form["approver"].value() == ""


def test_who_answered_for_one_unit_is_not_proposed_for_another(panel, world, workspace):
    """At the answering unit: the person of the last feedback goes to the same unit and department only."""
    one = answered(workspace, world.finding())
    same = answered(workspace, world.finding(fact="另一个"))
    other = answered(workspace, world.finding(site_id=world.market_site, unit_id=world.liu))
    values = {"role": "unit", "name": "城关镇人民政府", "short_name": "城关镇", "unit_id": world.cheng}
    records.create(workspace, Office, values)
    given = {"outcome": "正在推进", "measures": "已派人。", "person": "赵志国", "post": "镇长"}
    unit_answers.write_feedback(workspace, one, given)
    shown = panel(AnswerPanel)
    for id_, person in ((same, "赵志国"), (other, "")):
        shown.show_record(id_)
        shown.next_step()
        form = next(row.form for row in shown.answer_list.rows if row.form is not None)
        assert form["person"].value() == person
        assert ("person" in form.carried) == bool(person)
