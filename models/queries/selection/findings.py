"""Which findings stand in a document: every candidate of the filters, judged by the table of ``rules.selection``."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session

from models.domain.documents.numbering import in_order
from models.domain.documents.selection import Feature, Source, Trait, Verdict, judge, source_of
from models.domain.findings.deadlines import limit
from models.domain.findings.lifecycle import AT_UNIT, Status
from models.domain.findings.outcomes import Outcome
from models.queries.figures import scope as scopes
from models.queries.figures.scope import Scope, below
from models.queries.lookups import calendar
from models.queries.selection import reported
from models.queries.selection.choices import Choice, Judged, Selection
from models.records import Feedback, Finding, Inspection

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
    whole = scopes.findings(Scope(campaign_id=choice.scope.campaign_id, source_levels=choice.scope.source_levels))
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
        self.near = calendar.bounds(session, choice.date).near_until if Trait.NOT_DUE in row else choice.date
        by_rows = scope.finding_ids or scope.inspection_ids or scope.from_ or scope.until
        judged = row.keys() >= _BY_DAY and not by_rows and rows
        self.since = reported.Since(session, choice.kind, TABLE, choice.date) if judged else None


class _State(NamedTuple):
    """What the table is asked about a finding: many findings share one, so that each is judged once."""

    status: str
    source_level: str
    self_found: bool
    deleted: bool
    reported: bool
    attached: bool
    backfilled: bool
    objecting: bool
    notified: bool
    due: Trait | None
    after_date: bool
    day: Trait | None


def _judged(session: Session, choice: Choice, rows: Sequence[Any]) -> Iterator[Judged]:
    seen = _Seen(session, choice, rows)
    verdicts: dict[_State, Verdict] = {}
    for row in sorted(rows, key=lambda one: (one.found_on or dt.date.max, in_order(one.serial), one.id)):
        state = _state(seen, row)
        verdict = verdicts.get(state)
        if verdict is None:
            verdict = verdicts[state] = judge(choice.row, _features(state))
        label = f"{row.serial} {row.fact.strip()[:_LABEL]}".strip().replace("\n", " ")
        yield Judged(TABLE, row.id, row.uuid, label, verdict, choice.takes(row.uuid, verdict))


def _state(seen: _Seen, row: Any) -> _State:
    return _State(
        row.status or Status.DRAFT,
        row.source_level,
        row.self_found,
        deleted=row.deleted_at is not None,
        reported=row.publicised or row.uuid in seen.told,
        attached=row.inspection_id is not None,
        backfilled=row.backfilled and row.handed_on is not None,
        objecting=row.id in seen.objecting,
        notified=_notified(seen, row),
        due=_due(seen, row),
        after_date=row.found_on is not None and row.found_on > seen.choice.date,
        day=_day(seen, row),
    )


def _features(state: _State) -> Iterator[Feature]:
    status = Status(state.status)
    source = source_of(state.source_level, self_found=state.self_found)
    yield status
    yield source
    if status is Status.PENDING:
        yield Trait.SELF_NEVER_HANDED if source is Source.SELF else Trait.NEVER_HANDED
    if state.objecting and status in (*AT_UNIT, Status.VERIFYING):
        yield Trait.OBJECTION_RETURNED if status is Status.RETURNED else Trait.OBJECTION
    if state.backfilled and status in AT_UNIT:
        yield Trait.BACKFILLED
    so = (
        (state.deleted, Trait.DELETED), (state.reported, Trait.REPORTED), (not state.attached, Trait.UNATTACHED),
        (state.notified, Trait.NOTIFIED), (state.after_date, Trait.AFTER_DATE),
    )  # fmt: skip
    yield from (trait for held, trait in so if held)
    yield from (trait for trait in (state.due, state.day) if trait is not None)


def _notified(seen: _Seen, row: Any) -> bool:
    """Whether the last word to the unit is a notice that has gone out already."""
    notice = seen.told.get(row.uuid)
    if notice is None:
        return False
    step = seen.again.get(row.id)
    return step is None or step <= notice


def _due(seen: _Seen, row: Any) -> Trait | None:
    """Whether nothing is due yet; only a reminder asks."""
    if Trait.NOT_DUE not in seen.choice.row:
        return None
    due = limit(Status(row.status or Status.DRAFT), row.deadline, row.review_on)
    if due is None:
        return Trait.NO_DEADLINE
    return Trait.NOT_DUE if due > seen.near else None


def _day(seen: _Seen, row: Any) -> Trait | None:
    """Whether a finding is of another period, or of no day in a chosen one; a closed one goes by its closing day."""
    scope = seen.choice.scope
    found: dt.date | None = row.found_on
    first = scope.from_ or (seen.since.of(row.campaign_id) if seen.since else None)
    if row.status == Status.CLOSED and _between(row.closed_on, first, scope.until):
        return None
    if found is None:
        return Trait.UNDATED if scope.from_ or scope.until else None
    if first and found < first:
        return Trait.BEFORE_PERIOD
    return Trait.AFTER_PERIOD if scope.until and found > scope.until else None


def _between(day: dt.date | None, first: dt.date | None, last: dt.date | None) -> bool:
    """Whether a closing day is within the period; where it has no end, up to the document."""
    return day is not None and (first is None or day >= first) and (last is None or day <= last)


def _objecting(session: Session) -> frozenset[int]:
    """Findings whose last due answer is that they are not true."""
    due = (Feedback.deleted_at.is_(None), Feedback.unexpected.is_(False))
    last = select(func.max(Feedback.id)).where(*due).group_by(Feedback.finding_id)
    query = select(Feedback.finding_id).where(Feedback.id.in_(last), Feedback.outcome == Outcome.OBJECTION)
    return frozenset(id_ for id_ in session.scalars(query) if id_ is not None)
