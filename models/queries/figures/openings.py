"""期初数 in the totals: what was counted before the office began, added where a total covers it whole.

A row without a unit holds the whole office's figures of its period and 专项; rows of units in the same period are its
parts and are not added to it again. A filter by team, inspection or single finding leaves them out, and so
does a period that covers a row's only in part, which is told.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from models.domain.openings import FIGURES, PARTS, Amount, amount
from models.queries.figures import scope as scopes
from models.queries.figures.conditions import counted
from models.queries.figures.scope import Scope
from models.records import Finding, Inspection, OpeningFigures, Visit


@dataclass(frozen=True, slots=True)
class Opening:
    """What is added to a scope's totals.

    Attributes:
        amounts: by the names of ``models.domain.openings.FIGURES``; only those somebody recorded.
        sources: each row ("opening_figures:uuid") with what it adds to a figure.
        first: first day of the periods, and ``last`` the last.
        partly: periods that the scope covers only in part; they are not added.
    """

    amounts: Mapping[str, Amount] = field(default_factory=dict)
    sources: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    first: dt.date | None = None
    last: dt.date | None = None
    partly: tuple[str, ...] = ()

    def of(self, name: str) -> int:
        """What is added to a figure."""
        return self.amounts[name].value if name in self.amounts else 0

    @property
    def knows_solved(self) -> bool:
        """Whether what was solved of the problems is told too: else no share of them can be."""
        return "solved" in self.amounts or "problems" not in self.amounts

    def more(self, name: str) -> bool:
        """Whether a figure is at least so many (余)."""
        return name in self.amounts and self.amounts[name].more


NONE = Opening()


Counting = Callable[[Scope, dt.date], Mapping[str, int]]
"""How the records of a scope are counted by themselves, as of a day."""


def opening(session: Session, scope: Scope, counting: Counting) -> Opening:
    """The opening figures that a scope's totals cover; a part whose whole nobody gave is left out."""
    if _narrowed(scope):
        return NONE
    rows = _without_parts(session.scalars(select(OpeningFigures).where(*_where(scope))).all())
    whole = [row for row in rows if _inside(row, scope)]
    partly = tuple(row.title for row in rows if row not in whole and _touches(row, scope))
    amounts, sources = _summed(whole, counting)
    for part in [part for part, of in PARTS if part in amounts and of not in amounts]:
        del amounts[part], sources[part]
    days = [day for row in whole for day in (row.starts_on, row.ends_on) if day]
    return Opening(amounts, sources, min(days, default=None), max(days, default=None), partly)


def _narrowed(scope: Scope) -> bool:
    """Whether a scope asks for less than opening figures are known by."""
    by_record = scope.team_ids or scope.inspection_ids or scope.finding_ids or scope.source_levels
    return bool(by_record or scope.book) or scope.self_found is not None


def _where(scope: Scope) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [OpeningFigures.deleted_at.is_(None)]
    if scope.campaign_id:
        where.append(OpeningFigures.campaign_id == scope.campaign_id)
    if scope.unit_ids:
        where.append(OpeningFigures.unit_id.in_(scopes.below(scope.unit_ids)))
    return where


def _without_parts(rows: Iterable[OpeningFigures]) -> list[OpeningFigures]:
    """The rows without those of units whose figures the whole office's row of that time holds."""
    found = list(rows)
    wholes = [row for row in found if row.unit_id is None]
    return [row for row in found if row.unit_id is None or not any(_meet(row, whole) for whole in wholes)]


def _meet(one: OpeningFigures, other: OpeningFigures) -> bool:
    if one.campaign_id != other.campaign_id or not (one.starts_on and one.ends_on):
        return False
    return bool(other.starts_on and other.ends_on and one.starts_on <= other.ends_on and other.starts_on <= one.ends_on)


def _inside(row: OpeningFigures, scope: Scope) -> bool:
    starts, ends = row.starts_on, row.ends_on
    return bool(starts and ends and (not scope.from_ or starts >= scope.from_) and (
        not (last := scope.until or scope.as_of) or ends <= last
    ))  # fmt: skip


def _touches(row: OpeningFigures, scope: Scope) -> bool:
    starts, ends = row.starts_on, row.ends_on
    return bool(starts and ends and (not scope.from_ or ends >= scope.from_) and (
        not scope.until or starts <= scope.until
    ))  # fmt: skip


def _summed(
    rows: Iterable[OpeningFigures], counting: Counting
) -> tuple[dict[str, Amount], dict[str, tuple[tuple[str, int], ...]]]:
    amounts: dict[str, Amount] = {}
    sources: dict[str, tuple[tuple[str, int], ...]] = {}
    for row in rows:
        recorded = _recorded(row, counting) if row.includes_recorded else {}
        for name in FIGURES:
            given = amount(getattr(row, name))
            if given is None:
                continue
            value = max(given.value - recorded.get(name, 0), 0)
            known = amounts.get(name, Amount(0))
            amounts[name] = Amount(known.value + value, known.more or given.more)
            sources[name] = (*sources.get(name, ()), (f"opening_figures:{row.uuid}", value))
    return amounts, sources


def _recorded(row: OpeningFigures, counting: Counting) -> Mapping[str, int]:
    """What the records of a row's period come to themselves, so that they are not counted twice."""
    units = (row.unit_id,) if row.unit_id else ()
    scope = Scope(campaign_id=row.campaign_id, from_=row.starts_on, until=row.ends_on, unit_ids=units)
    return counting(scope, row.ends_on or dt.date.max)


def first_record(session: Session, campaign_id: int | None, unit_id: int | None) -> dt.date | None:
    """The day of the first record of a unit (with all below it) and 专项."""
    scope = Scope(campaign_id=campaign_id, unit_ids=(unit_id,) if unit_id else ())
    days = (
        session.scalar(select(func.min(Finding.found_on)).where(*counted(scope))),
        session.scalar(select(func.min(Inspection.starts_on)).where(*scopes.inspections(scope))),
        session.scalar(select(func.min(Visit.on)).where(*scopes.visits(scope))),
    )
    return min((day for day in days if day), default=None)
