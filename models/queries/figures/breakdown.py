"""Problems broken down by unit, kind, status and the like, and week by week."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, distinct, func, select
from sqlalchemy.orm import Session

from models.domain.findings.deadlines import Bucket
from models.domain.findings.lifecycle import Status
from models.queries.figures import sites
from models.queries.figures.conditions import booked, bucket, counted, solved
from models.queries.figures.scope import EVERYTHING, Scope
from models.records import Finding, Inspection, Site, Team, Unit

Dimension = Literal["unit", "department", "status", "kind", "aspect", "site_kind", "team", "source_level", "severity"]
Naming = Callable[[Any], tuple[int, str]]
BUCKETS: tuple[Bucket, ...] = tuple(one for one in Bucket if one is not Bucket.NOT_COUNTED)
UNKNOWN = "未填"

_WORDS: dict[str, Any] = {
    "status": Finding.status, "kind": Finding.kind, "aspect": Finding.aspect,
    "source_level": Finding.source_level, "severity": Finding.severity,
}  # fmt: skip


def share(part: int, whole: int) -> float | None:
    """A part of a whole; None of nothing."""
    return part / whole if whole else None


def on_time(buckets: dict[Bucket, int]) -> float | None:
    """Share done in time of all that is done or overdue; what is not due yet and has no limit is left out."""
    due = sum(buckets[one] for one in (Bucket.ON_TIME, Bucket.LATE, Bucket.OVERDUE))
    return share(buckets[Bucket.ON_TIME], due)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a breakdown: ``findings`` are ledger rows, the others are problems and sites.

    All are of the office's own book, so that the rows add up to its totals. ``sites`` are sites visited that
    have a problem; where no visit was written down, sites that have one. ``id`` is the unit's,
    department's or team's; 0 where the value is a word.
    """

    id: int
    name: str
    findings: int
    problems: int
    solved: int
    sites: int
    buckets: dict[Bucket, int]

    @property
    def unsolved(self) -> int:
        """Problems not solved yet."""
        return self.problems - self.solved

    @property
    def overdue(self) -> int:
        """Problems overdue and not done."""
        return self.buckets[Bucket.OVERDUE]

    @property
    def closure_rate(self) -> float | None:
        """Share of problems solved."""
        return share(self.solved, self.problems)

    @property
    def on_time_rate(self) -> float | None:
        """Share done in time of all that is done or overdue."""
        return on_time(self.buckets)


def by(session: Session, dimension: Dimension, today: dt.date, scope: Scope = EVERYTHING) -> list[Row]:
    """Problems broken down by one dimension, most problems first; units and teams in the office's order.

    A unit's row holds all below it, up to the level under the county.
    """
    return by_each(session, (dimension,), today, scope)[0]


def by_each(
    session: Session, dimensions: tuple[Dimension, ...], today: dt.date, scope: Scope = EVERYTHING
) -> list[list[Row]]:
    """Several breakdowns from one pass over the findings."""
    keys = [_key(dimension).label(dimension) for dimension in dimensions]
    names = [*dimensions, "bucket"]
    sums = (func.count(), func.sum(Finding.count), func.sum(solved(today)))
    scope = booked(replace(scope, as_of=scope.as_of or today))
    query = select(*keys, bucket(today).label("bucket"), *sums).where(*counted(scope)).group_by(*names)
    found = session.execute(query).all()
    return [_rows(session, d, _summed(found, i), scope) for i, d in enumerate(dimensions)]


def _summed(found: Iterable[Any], place: int) -> list[tuple[Any, str, int, int, int]]:
    """The counts of one dimension alone: (key, bucket, findings, problems, solved)."""
    sums: dict[tuple[Any, str], list[int]] = {}
    for row in found:
        *_, bucket_name, rows, total, done = row
        known = sums.get((row[place], bucket_name))
        if known is None:
            sums[row[place], bucket_name] = [rows, total, done]
        else:
            known[0] += rows
            known[1] += total
            known[2] += done
    return [(*key, *numbers) for key, numbers in sums.items()]


def by_week(session: Session, scope: Scope = EVERYTHING) -> list[tuple[dt.date, int, int]]:
    """(Monday, problems found, of them solved) of every week from the first to the last; none is skipped."""
    monday = func.date(Finding.found_on, "weekday 0", "-6 days")
    where = (*counted(booked(scope)), Finding.found_on.is_not(None))
    query = select(monday, func.sum(Finding.count), func.sum(solved(scope.as_of))).where(*where).group_by(monday)
    found = {dt.date.fromisoformat(day): (total, done) for day, total, done in session.execute(query)}
    if not found:
        return []
    first, last = min(found), max(found)
    weeks = (first + dt.timedelta(weeks=n) for n in range((last - first).days // 7 + 1))
    return [(week, *found.get(week, (0, 0))) for week in weeks]


def top_units(session: Session) -> dict[int, tuple[int, str]]:
    """Every unit's forebear right under the county (itself, for a township), as id and name."""
    units = {u.id: u for u in session.execute(select(Unit.id, Unit.parent_id, Unit.name, Unit.kind))}
    tops = {id_: _top(id_, units) for id_ in units}
    return {id_: (top, units[top].name) for id_, top in tops.items()}


def _top(id_: int, units: dict[int, Any]) -> int:
    way = [id_]
    while (parent := units[way[-1]].parent_id) in units and parent not in way:
        way.append(parent)
    last = units[way[-1]]
    county = last.kind == "县" or last.name.endswith(("县", "区", "市", "旗"))
    return way[-2] if county and len(way) > 1 else way[-1]


@dataclass(slots=True)
class _Tally:
    """A row in the making."""

    findings: int = 0
    problems: int = 0
    solved: int = 0
    buckets: dict[Bucket, int] | None = None

    def add(self, name: str, rows: int, total: int, done: int) -> None:
        self.findings += rows
        self.problems += total
        self.solved += done
        self.buckets = self.buckets or dict.fromkeys(BUCKETS, 0)
        self.buckets[Bucket(name)] += total


def _rows(session: Session, dimension: Dimension, found: Iterable[Any], scope: Scope) -> list[Row]:
    naming = _naming(session, dimension)
    tallies: dict[tuple[int, str], _Tally] = {}
    for key, *numbers in found:
        tallies.setdefault(naming(key), _Tally()).add(*numbers)
    at = _sites(session, dimension, naming, scope)
    rows = [Row(*key, t.findings, t.problems, t.solved, at.get(key, 0), t.buckets or {}) for key, t in tallies.items()]
    return _in_order(session, dimension, rows)


def _sites(session: Session, dimension: Dimension, naming: Naming, scope: Scope) -> dict[tuple[int, str], int]:
    """Sites with a problem in every row; units are folded upwards, so their sites are told apart here."""
    where = sites.with_problems(session, scope)
    if dimension not in ("unit", "department"):
        query = select(_key(dimension).label("key"), func.count(distinct(Finding.site_id))).where(*where)
        return {naming(key): number for key, number in session.execute(query.group_by("key"))}
    found: dict[tuple[int, str], set[int]] = {}
    for key, site in session.execute(select(_key(dimension), Finding.site_id).where(*where).distinct()):
        found.setdefault(naming(key), set()).add(site)
    return {key: len(seen) for key, seen in found.items()}


def _key(dimension: Dimension) -> ColumnElement[Any]:
    if dimension in _WORDS:
        return func.coalesce(_WORDS[dimension], "")
    if dimension == "site_kind":
        return func.coalesce(select(Site.kind).where(Site.id == Finding.site_id).scalar_subquery(), "")
    if dimension == "team":
        of_inspection = select(Inspection.team_id).where(Inspection.id == Finding.inspection_id).scalar_subquery()
        return func.coalesce(Finding.team_id, of_inspection, 0)
    if dimension == "department":
        return func.coalesce(Finding.department_id, 0)
    return func.coalesce(Finding.unit_id, Finding.department_id, 0)


def _naming(session: Session, dimension: Dimension) -> Naming:
    if dimension == "team":
        teams = dict(_pairs(session, select(Team.id, Team.name)))
        return lambda key: (key, teams[key]) if key else (0, UNKNOWN)
    if dimension in ("unit", "department"):
        tops = top_units(session)
        return lambda key: tops[key] if key else (0, UNKNOWN)
    return lambda key: (0, key or UNKNOWN)


def _in_order(session: Session, dimension: Dimension, rows: list[Row]) -> list[Row]:
    if dimension == "status":
        order = {str(one): place for place, one in enumerate(Status)}
        return sorted(rows, key=lambda row: order.get(row.name, len(order)))
    if dimension in ("unit", "department", "team"):
        query = select(Team.id, Team.number) if dimension == "team" else select(Unit.id, Unit.rank)
        ranks = dict(_pairs(session, query))
        return sorted(rows, key=lambda row: (row.id == 0, place_of(ranks.get(row.id)), row.id))
    return sorted(rows, key=lambda row: (row.name == UNKNOWN, -row.problems, row.name))


def place_of(rank: int | None) -> int:
    """A rank as a sort key; what has none comes last."""
    return 10**9 if rank is None else rank


def _pairs(session: Session, query: Select[Any]) -> list[tuple[Any, Any]]:
    return [(a, b) for a, b in session.execute(query)]
