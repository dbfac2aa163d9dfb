"""A notice of holidays kept: days added and changed, provisional deadlines worked out anew, undone as one."""

import datetime as dt

import pytest
from sqlalchemy import select

from models.domain.holiday_notice import NamedDay, read_notice
from models.errors import Refusal
from models.queries.lookups import calendar
from models.records import Finding, Holiday
from models.services import findings, holiday_notices, undo
from tests.exporters.composing.paperwork import Bureau
from tests.models.domain.test_holiday_notice import OF_2027

HANDED = dt.datetime(2027, 1, 25, 9, 0)


@pytest.fixture
def bureau(tmp_path) -> Bureau:
    made = Bureau(tmp_path / "office")
    made.workspace.clock = lambda: HANDED
    return made


def handed_over(bureau: Bureau, days: int) -> int:
    unit = bureau.unit("柳河镇")
    id_ = bureau.finding("值守记录不全。", unit_id=unit, found_on=dt.date(2027, 1, 24))
    given = {"unit_id": unit, "deadline_kind": "工作日", "deadline_days": days, "requirement": "补齐记录"}
    findings.take(bureau.workspace, id_, "hand_over", given)
    return id_


def finding(bureau: Bureau, id_: int) -> Finding:
    with bureau.workspace.reading() as session:
        return session.get_one(Finding, id_)


def test_the_days_are_kept_and_the_calendar_knows_the_year(bureau: Bureau) -> None:
    notice = read_notice(OF_2027)
    assert notice is not None
    holiday_notices.keep(bureau.workspace, notice)
    with bureau.workspace.reading() as session:
        made = calendar.load(session)
    assert 2027 in made.published
    assert made.is_workday(dt.date(2027, 1, 31))
    assert not made.is_workday(dt.date(2027, 2, 12))
    with pytest.raises(Refusal, match="已经存过"):
        holiday_notices.keep(bureau.workspace, notice)


def test_provisional_deadlines_are_worked_out_anew_and_back(bureau: Bureau) -> None:
    id_ = handed_over(bureau, 10)
    before = finding(bureau, id_)
    # The statutory days alone: 2-05 (Fri) and 2-08 (Mon) are off.
    assert (before.deadline, before.deadline_provisional) == (dt.date(2027, 2, 10), True)
    notice = read_notice(OF_2027)
    assert notice is not None
    holiday_notices.keep(bureau.workspace, notice)
    after = finding(bureau, id_)
    # 1-31 and 2-14 are worked, 2-05 to 2-12 are off.
    assert (after.deadline, after.deadline_provisional) == (dt.date(2027, 2, 14), False)
    assert after.original_deadline == after.deadline
    with bureau.workspace.reading() as session:
        latest = undo.latest(session)
    assert latest is not None
    undo.undo(bureau.workspace, latest.operation)
    again = finding(bureau, id_)
    assert (again.deadline, again.deadline_provisional) == (before.deadline, True)
    with bureau.workspace.reading() as session:
        assert not session.scalars(
            select(Holiday).where(Holiday.on == dt.date(2027, 2, 5), Holiday.deleted_at.is_(None))
        ).first()


def test_a_deadline_that_was_changed_by_hand_stays(bureau: Bureau) -> None:
    id_ = handed_over(bureau, 10)
    bureau.set(Finding, id_, deadline=dt.date(2027, 2, 20))
    notice = read_notice(OF_2027)
    assert notice is not None
    holiday_notices.keep(bureau.workspace, notice)
    assert finding(bureau, id_).deadline == dt.date(2027, 2, 20)


def test_a_day_of_the_office_s_own_stays_and_is_told(bureau: Bureau) -> None:
    bureau.add(Holiday, on=dt.date(2027, 7, 1), name="县庆")
    bureau.add(Holiday, on=dt.date(2027, 1, 31), name="值班", works=False)
    notice = read_notice(OF_2027)
    assert notice is not None
    with bureau.workspace.reading() as session:
        plan = holiday_notices.plan(session, notice.days, notice.year)
    assert plan.besides == (NamedDay(dt.date(2027, 7, 1), "县庆"),)
    assert [one.day for _, one in plan.changed] == [dt.date(2027, 1, 31)]
