"""Which findings stand in a document: every candidate of the filters, judged by the table of ``rules.selection``."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session

from models.queries import calendar, reported
from models.queries import scope as scopes
from models.queries.scope import Scope, below
from models.queries.selecting import Choice, Judged, Selection
from models.records import Feedback, Finding, Inspection
from models.rules.deadlines import limit
from models.rules.lifecycle import AT_UNIT, Status
from models.rules.numbering import in_order
from models.rules.outcomes import Outcome
from models.rules.selection import Feature, Source, Trait, judge, source_of

TABLE = "finding"
_LABEL = 24
"""Characters of a fact that tell it from others."""
_BY_DAY = frozenset({Trait.BEFORE_PERIOD, Trait.AFTER_PERIOD})
_READ = (
    Finding.id, Finding.uuid, Finding.serial, Finding.fact, Finding.status, Finding.source_level, Finding.self_found,
    Finding.found_on, Finding.closed_on, Finding.deadline, Finding.review_on, Finding.handed_on, Finding.publicised,
    Finding.backfilled, Finding.campaign_id, Finding.inspection_id, Finding.deleted_at,
)  # fmt: skip


def select_findings(session: Session, choice: Choice, inspections: Sequence[Inspection] = ()) -> Selection:
    """Every finding the filters reach, with the table's answer, by day and serial.

    Args:
        session: to read with.
        choice: kind, date, filters and ticks of the document.
        inspections: those a report tells of; then its findings are theirs.
    """
    where = _of_inspections(choice, inspections) if choice.kind == "inspection_report" else _inside(choice)
    rows = session.execute(select(*_READ).where(*where)).all()
    return Selection(tuple(_judged(session, choice, rows)))


def judge_findings(session: Session, choice: Choice, uuids: Iterable[str]) -> Selection:
    """These findings, wherever they are now: what the check before issue asks of a draft's records."""
    chosen = list(uuids)
    rows: list[Any] = []
    for start in range(0, len(chosen), 500):
        rows += session.execute(select(*_READ).where(Finding.uuid.in_(chosen[start : start + 500]))).all()
    return Selection(tuple(_judged(session, choice, rows)))


def _inside(choice: Choice) -> list[ColumnElement[bool]]:
    """All of the filters but the days where the table judges them; what has no day is told, not passed over."""
    scope = choice.scope
    if choice.kind == "self_inspection_report" and not scope.finding_ids:
        scope = replace(scope, self_found=True)
    if choice.row.keys() >= _BY_DAY or not (scope.from_ or scope.until):
        return scopes.findings(replace(scope, from_=None, until=None))
    days = [Finding.found_on >= scope.from_] if scope.from_ else []
    days += [Finding.found_on <= scope.until] if scope.until else []
    whole = scopes.findings(replace(scope, from_=None, until=None))
    return [*whole, or_(Finding.found_on.is_(None), and_(*days))]


def _of_inspections(choice: Choice, inspections: Sequence[Inspection]) -> list[ColumnElement[bool]]:
    """The findings of inspections, and those of the same days and units that belong to none."""
    whole = scopes.findings(Scope(campaign_id=choice.scope.campaign_id))
    theirs: list[ColumnElement[bool]] = [Finding.inspection_id.in_([one.id for one in inspections])]
    for one in inspections:
        if one.unit_id and one.starts_on:
            units = below((one.unit_id,))
            day = Finding.found_on.between(one.starts_on, one.ends_on or one.starts_on)
            theirs.append(and_(Finding.inspection_id.is_(None), day, Finding.unit_id.in_(units)))
    return [*whole, or_(false(), *theirs)]


class _Seen:
    """What other records say of the findings, read once where the row asks for it."""

    def __init__(self, session: Session, choice: Choice, rows: Sequence[Any]) -> None:
        row, scope = choice.row, choice.scope
        self.choice = choice
        by_papers = Trait.REPORTED in row or Trait.NOTIFIED in row
        self.told = reported.covered(session, choice.kind, TABLE) if by_papers else {}
        self.again = reported.asked_again(session) if Trait.NOTIFIED in row else {}
        self.objecting = _objecting(session) if Trait.OBJECTION in row else frozenset[int]()
        self.near = calendar.near_until(session, choice.date) if Trait.NOT_DUE in row else choice.date
        by_rows = scope.finding_ids or scope.inspection_ids or scope.from_ or scope.until
        judged = row.keys() >= _BY_DAY and not by_rows and rows
        self.since = reported.Since(session, choice.kind, TABLE, choice.date) if judged else None


def _judged(session: Session, choice: Choice, rows: Sequence[Any]) -> Iterator[Judged]:
    seen = _Seen(session, choice, rows)
    for row in sorted(rows, key=lambda one: (one.found_on or dt.date.max, in_order(one.serial), one.id)):
        verdict = judge(choice.row, _features(seen, row))
        label = f"{row.serial} {' '.join(row.fact.split())[:_LABEL]}".strip()
        yield Judged(TABLE, row.id, row.uuid, label, verdict, choice.takes(row.uuid, verdict))


def _features(seen: _Seen, row: Any) -> Iterator[Feature]:
    status = Status(row.status or Status.DRAFT)
    source = source_of(row.source_level, self_found=row.self_found)
    yield status
    yield source
    if row.deleted_at:
        yield Trait.DELETED
    if row.publicised or row.uuid in seen.told:
        yield Trait.REPORTED
    if status is Status.PENDING:
        yield Trait.SELF_NEVER_HANDED if source is Source.SELF else Trait.NEVER_HANDED
    if row.inspection_id is None:
        yield Trait.UNATTACHED
    if row.backfilled and row.handed_on and status in AT_UNIT:
        yield Trait.BACKFILLED
    if row.id in seen.objecting and status in (*AT_UNIT, Status.VERIFYING):
        yield Trait.OBJECTION_RETURNED if status is Status.RETURNED else Trait.OBJECTION
    if _notified(seen, row):
        yield Trait.NOTIFIED
    yield from _days(seen, row, status)


def _notified(seen: _Seen, row: Any) -> bool:
    """Whether the last word to the unit is a notice that has gone out already."""
    notice, step = seen.told.get(row.uuid), seen.again.get(row.id)
    return notice is not None and (step is None or step <= notice)


def _days(seen: _Seen, row: Any, status: Status) -> Iterator[Feature]:
    choice, scope = seen.choice, seen.choice.scope
    due = limit(status, row.deadline, row.review_on)
    if due is None:
        yield Trait.NO_DEADLINE
    elif due > seen.near:
        yield Trait.NOT_DUE
    found: dt.date | None = row.found_on
    if found is not None and found > choice.date:
        yield Trait.AFTER_DATE
    first = scope.from_ or (seen.since.of(row.campaign_id) if seen.since else None)
    if status is Status.CLOSED and _between(row.closed_on, first, scope.until):
        return
    if found is None:
        if scope.from_ or scope.until:
            yield Trait.UNDATED
    elif first and found < first:
        yield Trait.BEFORE_PERIOD
    elif scope.until and found > scope.until:
        yield Trait.AFTER_PERIOD


def _between(day: dt.date | None, first: dt.date | None, last: dt.date | None) -> bool:
    """Whether a closing day is within the period; where it has no end, up to the document."""
    return day is not None and (first is None or day >= first) and (last is None or day <= last)


def _objecting(session: Session) -> frozenset[int]:
    """Findings whose last due answer is that they are not true."""
    due = (Feedback.deleted_at.is_(None), Feedback.unexpected.is_(False))
    last = select(func.max(Feedback.id)).where(*due).group_by(Feedback.finding_id)
    query = select(Feedback.finding_id).where(Feedback.id.in_(last), Feedback.outcome == Outcome.OBJECTION)
    return frozenset(id_ for id_ in session.scalars(query) if id_ is not None)
