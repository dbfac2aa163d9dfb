"""What is to be done after a decision: told near its day, until it is ticked or the case is filed."""

import datetime as dt

import pytest

from models.queries.figures import case_clocks, drill_down, home
from models.records import AccountabilityCase, Disposition, Party, Unit
from models.services import cases, records

DECIDED = dt.date(2022, 2, 14)


@pytest.fixture
def case(workspace):
    unit = records.create(workspace, Unit, {"name": "柳河镇", "kind": "乡镇"}).id
    return records.create(workspace, AccountabilityCase, {"unit_id": unit, "fact": "脱岗", "stage": "决定"}).id


def dealt(workspace, case, measure, **more):
    party = records.create(workspace, Party, {"case_id": case, "name": "何平", "duty": "直接责任"}).id
    return records.create(workspace, Disposition, {"party_id": party, "measure": measure, "decided_on": DECIDED} | more)


def tasks(workspace, today, **more):
    with workspace.reading() as session:
        return [one.clock.task for one in case_clocks.waiting(session, today, **more)]


def test_it_is_told_near_its_day_and_after(workspace, case):
    dealt(workspace, case, "党内警告")
    assert tasks(workspace, dt.date(2022, 2, 20)) == []
    assert tasks(workspace, dt.date(2022, 3, 1)) == ["宣布", "办理手续"]
    assert tasks(workspace, dt.date(2022, 8, 10)) == ["宣布", "办理手续", "报告执行情况"]
    assert tasks(workspace, dt.date(2023, 3, 1)) == []
    assert tasks(workspace, dt.date(2022, 2, 20), case_id=case) == ["宣布", "办理手续", "报告执行情况"]


def test_what_is_ticked_announced_or_filed_is_not_waited_for(workspace, case):
    one = dealt(workspace, case, "党内警告", done=["办理手续"])
    assert tasks(workspace, dt.date(2022, 3, 1)) == ["宣布"]
    records.update(workspace, Disposition, one.id, None, {"done": ["办理手续", "报告执行情况"]})
    cases.take(workspace, case, "execute", {})
    assert tasks(workspace, dt.date(2022, 9, 1)) == []
    records.update(workspace, Disposition, one.id, None, {"done": []})
    assert tasks(workspace, dt.date(2022, 9, 1)) == ["办理手续", "报告执行情况"]
    cases.take(workspace, case, "file", {})
    assert tasks(workspace, dt.date(2022, 9, 1)) == []


def test_the_report_after_an_admonition_is_told_under_any_of_its_names(workspace, case):
    dealt(workspace, case, "诫勉谈话")
    assert tasks(workspace, dt.date(2022, 8, 1)) == ["诫勉期满报告"]
    with workspace.reading() as session:
        assert case_clocks.cases_of(case_clocks.waiting(session, dt.date(2022, 8, 1))) == (case,)


def test_five_years_after_an_expulsion_hold_nothing_open(workspace, case):
    dealt(workspace, case, "开除党籍", effect_end=dt.date(2027, 2, 13))
    with workspace.reading() as session:
        near = dt.date(2027, 2, 1)
        assert cases.facts_of(session, session.get(AccountabilityCase, case), near)["effect_end"] is None
        assert home.effects_ending(session, near) == 0
        assert drill_down.cases_with_effects_ending(session, near, 30) == ()
    assert tasks(workspace, dt.date(2022, 9, 1)) == ["宣布", "办理手续", "报告执行情况"]
