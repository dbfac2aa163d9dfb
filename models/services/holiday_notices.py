"""A pasted notice of holidays kept as the office's calendar: shown before, one operation, undone as one.

Deadlines in working days that waited for it (暂定) are worked out anew with it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.findings.deadlines import DeadlineKind, due_day
from models.domain.findings.lifecycle import Status
from models.domain.holiday_notice import HolidayNotice, NamedDay
from models.domain.workdays import Calendar
from models.errors import Refusal
from models.queries.lookups import calendar
from models.records import Finding, Holiday, Office
from models.services import records
from models.services.unit_of_work import ChangeSet, Workspace

_OVER = frozenset({Status.CLOSED, Status.VOID, Status.REVOKED, Status.DRAFT, Status.PENDING})
"""Where a deadline is past mattering, or not set yet."""


@dataclass(frozen=True, slots=True)
class MovedDeadline:
    """A deadline that was provisional, as it is with the notice; ``day`` may be the same, then only the mark goes."""

    finding_id: int
    serial: str
    before: dt.date
    day: dt.date
    provisional: bool


@dataclass(frozen=True, slots=True)
class NoticePlan:
    """What keeping a notice changes.

    Attributes:
        added: days the office does not keep yet.
        changed: days it keeps otherwise, with the id of the row.
        same: how many days are kept as they are.
        besides: days off or worked of the office's own in that year, which the notice has not; they stay.
        deadlines: provisional deadlines with what becomes of them.
    """

    added: tuple[NamedDay, ...]
    changed: tuple[tuple[int, NamedDay], ...]
    same: int
    besides: tuple[NamedDay, ...]
    deadlines: tuple[MovedDeadline, ...]


def plan(session: Session, days: Iterable[NamedDay], year: int) -> NoticePlan:
    """What keeping these days would change; writes nothing."""
    kept = {row.on: row for row in session.scalars(select(Holiday).where(Holiday.deleted_at.is_(None)))}
    wanted = {one.day: one for one in days}
    added = tuple(one for day, one in wanted.items() if day not in kept)
    changed = tuple(
        (row.id, one) for day, one in wanted.items() if (row := kept.get(day)) is not None and row.works != one.works
    )
    besides = tuple(
        NamedDay(day, row.name, row.works)
        for day, row in sorted(kept.items(), key=lambda pair: str(pair[0]))
        if day is not None and day.year == year and day not in wanted
    )
    same = len(wanted) - len(added) - len(changed)
    return NoticePlan(added, changed, same, besides, _moved(session, kept.values(), wanted.values()))


def _moved(session: Session, kept: Iterable[Holiday], wanted: Iterable[NamedDay]) -> tuple[MovedDeadline, ...]:
    """The office's own provisional deadlines that nobody has changed since, worked out with the days wanted too."""
    if session.scalars(select(Office.role)).first() == "unit":
        return ()
    before = calendar.load(session)
    rows = {row.on: row.works for row in kept if row.on} | {one.day: one.works for one in wanted}
    after = Calendar.of(rows.items())
    query = select(Finding).where(
        Finding.deadline_provisional, Finding.deadline_kind == DeadlineKind.WORKDAYS,
        Finding.status.not_in([str(one) for one in _OVER]), Finding.deleted_at.is_(None),
        Finding.handed_on.is_not(None), Finding.deadline.is_not(None), Finding.deadline_days.is_not(None),
    )  # fmt: skip
    found = []
    for one in session.scalars(query.order_by(Finding.id)):
        assert one.handed_on is not None
        assert one.deadline is not None
        if due_day(DeadlineKind.WORKDAYS, one.deadline_days, one.handed_on, before).day != one.deadline:
            continue
        due = due_day(DeadlineKind.WORKDAYS, one.deadline_days, one.handed_on, after)
        if due.day != one.deadline or not due.provisional:
            found.append(MovedDeadline(one.id, one.serial, one.deadline, due.day, due.provisional))
    return tuple(found)


def keep(workspace: Workspace, notice: HolidayNotice) -> ChangeSet:
    """Keep the days of a notice, and work out the provisional deadlines anew.

    Raises:
        Refusal: everything in it is kept already.
    """
    with workspace.reading() as session:
        made = plan(session, notice.days, notice.year)
    if not made.added and not made.changed and not made.deadlines:
        raise Refusal(f"{notice.year}年的放假安排已经存过，没有变化。")
    with workspace.writing(f"存入{notice.year}年放假安排") as work:
        for one in made.added:
            records.add(work, Holiday, {"on": one.day, "name": one.name, "works": one.works})
        for id_, one in made.changed:
            work.set(work.get(Holiday, id_), name=one.name, works=one.works)
        for moved in made.deadlines:
            finding = work.get(Finding, moved.finding_id)
            original = moved.day if finding.original_deadline == finding.deadline else finding.original_deadline
            work.set(finding, deadline=moved.day, original_deadline=original, deadline_provisional=moved.provisional)
    return work.done
