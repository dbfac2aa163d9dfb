import datetime as dt

import pytest
from filling import load, pick_first, type_text
from PySide6.QtWidgets import QLabel

from gui.forms.panels.case_panel import CasePanel
from gui.forms.panels.inspection_panel import InspectionPanel
from gui.forms.panels.team_panel import TeamPanel
from models.queries.lookups import earlier_cases, pickers, roster
from models.records import AccountabilityCase, Disposition, Member, Party, Shift, Visit
from models.services import records


@pytest.fixture
def panel(context, qtbot, office):
    def make(cls):
        made = cls(context)
        qtbot.addWidget(made)
        made.resize(560, 640)
        made.show()
        return made

    return make


@pytest.fixture
def case(workspace, office) -> int:
    values = {"title": "擅离职守的问题", "unit_id": office.cheng, "fact": "3月5日擅自离岗。"}
    return records.create(workspace, AccountabilityCase, values).id


def latest(workspace, cls):
    with workspace.reading() as session:
        return pickers.latest(session, cls)


def party(workspace, case: int, **values) -> int:
    usual = {"name": "李建军", "duty": "直接责任", "identities": ["中共党员", "公职人员"]}
    return records.create(workspace, Party, usual | values | {"case_id": case}).id


def test_a_case_with_a_leader_and_a_measure_is_entered_in_one_go(panel, office, workspace):
    cases = panel(CasePanel)
    cases.new_record()
    type_text(cases.form["title"].edit, "擅离职守的问题")
    type_text(cases.form["unit_id"].edit, "cgz")
    pick_first(cases.form["unit_id"].edit)
    type_text(cases.form["fact"].edit, "3月5日擅自离岗。")
    with workspace.reading() as session:
        leader = earlier_cases.leaders(session, office.cheng)[0]
    assert (leader.name, leader.duty) == ("赵志国", "主要领导责任")
    cases._add_leader(leader)
    assert cases.save()
    kept = latest(workspace, Party)
    assert (kept.case_id, kept.name, kept.unit_id) == (cases.record_id, "赵志国", office.cheng)
    row = cases.parties.rows[0]
    row.open()
    inner = row.nested.add()
    type_text(inner.form["measure"].edit, "tbpp")
    pick_first(inner.form["measure"].edit)
    assert cases.save()
    assert latest(workspace, Disposition).measure == "通报批评"
    assert "通报批评" in cases.parties.describe(cases.parties.rows[0].record)[1]


def test_a_picked_person_fills_the_party(panel, office, workspace, case):
    cases = panel(CasePanel)
    cases.show_record(case)
    form = cases.parties.add().form
    type_text(form["name"].edit, "ljj")
    pick_first(form["name"].edit)
    assert form["name"].value() == "李建军"
    assert form["unit_id"].value() == office.cheng
    assert form["identities"].value() == ["中共党员", "公职人员"]


def test_the_end_of_the_effect_is_worked_out_while_typing(panel, workspace, case):
    id_ = party(workspace, case)
    cases = panel(CasePanel)
    cases.show_record(case)
    row = cases.parties.rows[0]
    row.open()
    form = row.nested.add().form
    form["measure"].show_value("政务警告")
    type_text(form["decided_on"].edit, "3.10")
    assert form["effect_end"].value() == dt.date(2022, 9, 9)
    assert cases.save()
    kept = latest(workspace, Disposition)
    assert (kept.party_id, kept.effect_end) == (id_, dt.date(2022, 9, 9))
    assert "影响期至 2022年9月9日" in cases.status_mark.words


def test_a_measure_that_does_not_fit_is_told_at_its_field_and_kept(panel, workspace, case):
    party(workspace, case, identities=["群众"])
    cases = panel(CasePanel)
    cases.show_record(case)
    row = cases.parties.rows[0]
    row.open()
    inner = row.nested.add()
    type_text(inner.form["measure"].edit, "党内警告")
    type_text(inner.form["organ"].edit, "县监委")
    assert "中共党员" in inner.form.cells["measure"].advice.text()
    assert "应为“政务警告”" in inner.form.cells["organ"].advice.text()
    assert not inner.form.cells["organ"].advice.isHidden()
    assert cases.save()
    assert latest(workspace, Disposition).measure == "党内警告"


def test_what_is_plainly_impossible_is_refused_at_its_field(panel, workspace, case):
    party(workspace, case, is_unit=True, name="柳河镇", identities=[])
    cases = panel(CasePanel)
    cases.show_record(case)
    row = cases.parties.rows[0]
    row.open()
    inner = row.nested.add()
    type_text(inner.form["measure"].edit, "党内警告")
    assert not cases.save()
    assert "只适用于个人" in inner.form.cells["measure"].error.text()


def test_a_bare_word_asks_which_and_a_period_beyond_the_law_is_told(panel, workspace, case):
    party(workspace, case)
    cases = panel(CasePanel)
    cases.show_record(case)
    row = cases.parties.rows[0]
    row.open()
    form = row.nested.add().form
    type_text(form["measure"].edit, "记过")
    type_text(form["organ"].edit, "县监委")
    assert "“政务记过”" in form.cells["measure"].advice.text()
    form["measure"].edit.clear()
    type_text(form["measure"].edit, "停职检查")
    type_text(form["term"].edit, "9")
    form["term"].left.emit()
    assert "不超过 6 个月" in form.cells["term"].advice.text()
    assert form.cells["measure"].advice.isHidden()


def test_the_two_dates_of_probation(panel, workspace, case):
    party(workspace, case)
    cases = panel(CasePanel)
    cases.show_record(case)
    row = cases.parties.rows[0]
    row.open()
    form = row.nested.add().form
    type_text(form["measure"].edit, "留党察看")
    type_text(form["decided_on"].edit, "2022-3-1")
    type_text(form["term"].edit, "12")
    for name in ("decided_on", "term"):
        form[name].left.emit()
    hint = next(one.text() for one in row.nested.findChildren(QLabel) if "察看期至" in one.text())
    assert "察看期至2023年2月28日" in hint
    assert form["effect_end"].value() is None
    type_text(form["restored_on"].edit, "2023-3-10")
    form["restored_on"].left.emit()
    assert form["effect_end"].value() == dt.date(2025, 3, 9)


def test_the_duties_of_the_ground_are_offered(panel, workspace, case):
    cases = panel(CasePanel)
    cases.show_record(case)
    form = cases.parties.add().form
    type_text(form["ground"].edit, "中国共产党问责条例")
    offered = [one.text for one in form["duty"]._suggest("")]
    assert offered == ["全面领导责任", "主要领导责任", "重要领导责任"]
    type_text(form["duty"].edit, "直接责任")
    assert "第六条" in form.cells["duty"].advice.text()


def test_masking_is_per_person_and_seen_on_the_line(panel, workspace, case):
    party(workspace, case)
    party(workspace, case, name="王芳", public_name=True)
    cases = panel(CasePanel)
    cases.show_record(case)
    lines = [cases.parties.describe(row.record)[0] for row in cases.parties.rows]
    assert lines == ["李建军（公开版写“李某某”）", "王芳"]


def test_parties_move_up_and_down(panel, workspace, case):
    party(workspace, case)
    party(workspace, case, name="王芳")
    cases = panel(CasePanel)
    cases.show_record(case)
    cases.parties._move(cases.parties.rows[1].record.id, -1)
    assert [row.record.name for row in cases.parties.rows] == ["王芳", "李建军"]


def test_an_earlier_case_of_the_same_person_is_known(workspace, office, case):
    first = party(workspace, case, person_id=office.person)
    records.create(workspace, Disposition, {"party_id": first, "measure": "诫勉"})
    other = records.create(workspace, AccountabilityCase, {"unit_id": office.liu, "fact": "另一事实。"}).id
    second = party(workspace, other, person_id=office.person)
    with workspace.reading() as session:
        found = earlier_cases.earlier(session, session.get(Party, second))
    assert [(one.case_id, one.measure) for one in found] == [(case, "诫勉")]


def test_a_case_goes_through_its_stages(panel, workspace, case):
    cases = panel(CasePanel)
    cases.show_record(case)
    cases.next_step()
    assert load(workspace, AccountabilityCase, case).stage == "核实"
    cases.next_step()
    cases.step_form.form["proposer"].show_value("县疫情防控指挥部办公室")
    cases.next_step()
    assert "请先添加“责任人员”" in cases.step_form._trouble.text()
    cases.close_step()
    party(workspace, case)
    cases.refresh()
    cases.next_step()
    cases.step_form.form["proposer"].show_value("县疫情防控指挥部办公室")
    cases.next_step()
    assert load(workspace, AccountabilityCase, case).stage == "问责建议"
    assert cases.life.words[2] == "建议"


def test_a_case_is_filed_before_its_effects_end(panel, workspace, case):
    """The day the effects end is a reminder that stays, never a condition."""
    dealt = {"party_id": party(workspace, case), "measure": "政务记过", "decided_on": workspace.today}
    records.create(workspace, Disposition, dealt)
    with workspace.writing("登记通报") as work:
        work.set(work.get(AccountabilityCase, case), stage="通报", publicised=True)
    cases = panel(CasePanel)
    cases.show_record(case)
    assert "影响期至" in cases.status_mark.words
    assert cases.life.words == ["线索", "核实", "建议", "报批", "移交", "决定", "执行", "通报", "归档"]
    assert "归档" in cases.next_button.text()
    cases.next_step()
    assert load(workspace, AccountabilityCase, case).stage == "归档"
    assert "影响期至" in cases.status_mark.words
    offered = {action.text(): action.isEnabled() for action in cases.more_actions()}
    assert offered["申诉变更"]


def test_members_are_added_one_after_the_other(panel, office, workspace):
    teams = panel(TeamPanel)
    teams.show_record(office.team)
    for name in ("王芳", "张伟"):
        form = teams.members.add({"role": "成员"}).form
        type_text(form["name"].edit, name)
        assert teams.save()
    assert [row.record.name for row in teams.members.rows] == ["王芳", "张伟"]


@pytest.fixture
def staffed(workspace, office) -> list[int]:
    return [
        records.create(workspace, Member, {"team_id": office.team, "name": name, "role": "成员"}).id
        for name in ("王芳", "张伟", "刘洋")
    ]


def test_a_day_of_the_roster_is_set_by_clicks(panel, office, workspace, staffed):
    teams = panel(TeamPanel)
    teams.show_record(office.team)
    day = dt.date(2022, 3, 18)
    teams.roster.choose(day)
    teams.roster._toggle(staffed[0], True)
    teams.roster._toggle(staffed[2], True)
    assert teams.roster.on_duty(day) == [staffed[0], staffed[2]]
    teams.roster._toggle(staffed[0], False)
    teams.roster._toggle(staffed[2], False)
    assert latest(workspace, Shift) is None


def test_a_rotation_is_fair_and_leaves_set_days_alone(panel, office, workspace, staffed):
    teams = panel(TeamPanel)
    teams.show_record(office.team)
    kept = dt.date(2022, 3, 1)
    teams.roster.put(kept, [staffed[1]])
    teams.roster.propose()
    with workspace.reading() as session:
        month = roster.month(session, 2022, 3)
    assert [s.member_ids for s in month.on(kept)] == [[staffed[1]]]
    days = [sum(i in s.member_ids for s in month.shifts) for i in staffed]
    assert max(days) - min(days) <= 1
    assert sum(days) == 61
    assert roster.clashes(month) == []


def test_clashes_are_told(workspace, office, staffed):
    day = dt.date(2022, 3, 8)
    records.update(workspace, Member, staffed[1], None, {"left_on": dt.date(2022, 3, 1)})
    for ids in ([staffed[0], staffed[1]], [staffed[0]]):
        records.create(workspace, Shift, {"team_id": office.team, "on": day, "member_ids": ids, "vehicle": "川A12345"})
    with workspace.reading() as session:
        said = [clash.sentence for clash in roster.clashes(roster.month(session, 2022, 3))]
    assert said == ["张伟当天不在组（未到岗或已离岗）。", "王芳当天排了两次。", "车辆“川A12345”当天用了两次。"]


def test_visits_say_clean_or_how_many_problems(panel, office, workspace, monkeypatch):
    shown = panel(InspectionPanel)
    shown.new_record({"team_id": office.team, "unit_id": office.cheng, "kind": "综合"})
    type_text(shown.form["starts_on"].edit, "3.15")
    row = shown.visits.add()
    type_text(row.form["site_id"].edit, "hmyd")
    pick_first(row.form["site_id"].edit)
    row.form["clean"].box.click()
    assert row.form["on"].value() == dt.date(2022, 3, 15)
    assert shown.save()
    visit = latest(workspace, Visit)
    assert shown.visits.describe(visit) == ("惠民药店", "3月15日，药店，未发现问题")
    office.finding(visit_id=visit.id, count=3)
    shown.visits.read()
    assert "问题 3 个" in shown.visits.describe(visit)[1]
    assert shown.visits.site_counts([visit]) == (1, 1)
