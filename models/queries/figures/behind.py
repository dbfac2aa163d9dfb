"""The records behind every figure: which rows a number adds up, and what each of them adds to it.

The conditions are those of ``statistics``; a test holds that each list adds up to its figure.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.findings.books import Book
from models.domain.findings.deadlines import Bucket
from models.paper.kinds import BULLETINS
from models.queries.figures import scope as scopes
from models.queries.figures import sites, statistics
from models.queries.figures.breakdown import top_units
from models.queries.figures.conditions import booked, bucket, closed, counted, solved
from models.queries.figures.scope import Scope
from models.records import Finding, Inspection, Record, Site, Unit, Visit

Source = tuple[str, int]
"""A record as "table:uuid", and what it adds to the figure."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A finding that is counted."""

    ref: str
    unit: int
    count: int
    solved: int
    on_spot: bool
    closed: bool
    bucket: Bucket
    rebounds: int
    advised: bool


@dataclass(frozen=True)
class Sources:
    """What stands behind the figures of a scope, read once."""

    session: Session
    today: dt.date
    scope: Scope
    _read: dict[Book, list[Counted]] = field(default_factory=dict)

    def findings(self, book: Book | None = None) -> list[Counted]:
        """The findings of a book; without one those of the scope's own."""
        scope = booked(self._at) if book is None else replace(self._at, book=book, self_found=None)
        key = scope.book or Book.OWN
        if key not in self._read:
            self._read[key] = self._findings(scope)
        return self._read[key]

    def _findings(self, scope: Scope) -> list[Counted]:
        columns = (
            Finding.uuid, Finding.unit_id, Finding.department_id, Finding.count, solved(self.today),
            Finding.fixed_on_spot,
            closed(self.today), bucket(self.today), Finding.rebound_count, Finding.advice,
        )  # fmt: skip
        query = select(*columns).where(*counted(scope)).order_by(Finding.id)
        return [self._row(tuple(row)) for row in self.session.execute(query)]

    def _row(self, row: tuple[Any, ...]) -> Counted:
        uuid, unit, department, count, done, on_spot, is_closed, late, rebounds, advice = row
        top = self._tops.get(unit or department or 0, (0, ""))[0]
        return Counted(
            f"finding:{uuid}", top, count, done, bool(on_spot and is_closed), bool(is_closed), Bucket(late), rebounds,
            bool((advice or "").strip()),
        )  # fmt: skip

    @cached_property
    def _at(self) -> Scope:
        """The scope as of the day it is judged."""
        return replace(self.scope, as_of=self.scope.as_of or self.today)

    @cached_property
    def _tops(self) -> dict[int, tuple[int, str]]:
        return top_units(self.session)

    def of(self, name: str) -> list[Source]:
        """The records behind a figure of ``statistics.Summary``; none where nothing stands behind it."""
        return [(ref, number) for ref, number in self._of(name) if number]

    def _of(self, name: str) -> list[Source]:
        if name in _PROBLEMS:
            book, weight = _PROBLEMS[name]
            return [(one.ref, weight(one)) for one in self.findings(book)]
        if name in _RECORDS:
            return [(ref, 1) for ref in _RECORDS[name](self)]
        if name == "suggestions":
            return [*((one.ref, int(one.advised)) for one in self.findings()), *self._advised()]
        return []

    def bucket(self, which: Bucket) -> list[Source]:
        """Problems of one bucket."""
        return [(one.ref, one.count) for one in self.findings() if one.bucket is which]

    def _advised(self) -> list[Source]:
        query = select(Inspection.uuid, Inspection.advice).where(*scopes.inspections(self._at))
        return [(f"inspection:{uuid}", statistics.points(advice or "")) for uuid, advice in self.session.execute(query)]

    def refs(self, record: type[Record], *where: Any) -> list[str]:
        """Records that meet conditions, as "table:uuid"."""
        query = select(record.uuid).where(*where).order_by(record.id)
        return [f"{record.__tablename__}:{uuid}" for uuid in self.session.scalars(query)]

    def inspections(self) -> list[str]:
        """Inspections that reach into the period."""
        return self.refs(Inspection, *scopes.inspections(self._at))

    def units_inspected(self) -> list[str]:
        """Units a team went to."""
        went = select(Inspection.unit_id).where(*scopes.inspections(self._at))
        return self.refs(Unit, Unit.id.in_(went))

    def sites_visited(self) -> list[str]:
        """Sites seen, each once."""
        if not sites.told(self.session, self._at):
            return []
        return self.refs(Site, Site.id.in_(select(sites.seen(self._at).subquery())))

    def sites_concerned(self) -> list[str]:
        """Sites that have a problem, seen ones only where visits were written down."""
        where = sites.with_problems(self.session, self._at)
        return self.refs(Site, Site.id.in_(select(Finding.site_id).where(*where)))

    def problem_sites(self) -> list[str]:
        """Sites seen that have a problem."""
        return self.sites_concerned() if sites.told(self.session, self._at) else []

    def bulletins(self, *kinds: str) -> list[str]:
        """Bulletins issued."""
        return statistics.refs_of_bulletins(self.session, self._at, kinds or BULLETINS)


_PROBLEMS: dict[str, tuple[Book | None, Callable[[Counted], int]]] = {
    "problems": (None, lambda one: one.count),
    "solved": (None, lambda one: one.solved),
    "unsolved": (None, lambda one: one.count - one.solved),
    "solved_on_spot": (None, lambda one: one.count if one.on_spot else 0),
    "rebounds": (None, lambda one: one.rebounds),
    "from_above": (Book.ABOVE, lambda one: one.count),
    "from_above_solved": (Book.ABOVE, lambda one: one.solved),
    "from_above_closed": (Book.ABOVE, lambda one: one.count if one.closed else 0),
    "found_by_units": (Book.SELF, lambda one: one.count),
    "found_by_units_solved": (Book.SELF, lambda one: one.solved),
}
_RECORDS: dict[str, Callable[[Sources], list[str]]] = {
    "inspections": Sources.inspections,
    "units_inspected": Sources.units_inspected,
    "sites_visited": Sources.sites_visited,
    "visits": lambda sources: sources.refs(Visit, *scopes.visits(sources._at)),
    "problem_sites": Sources.problem_sites,
    "sites_concerned": Sources.sites_concerned,
    "bulletins": lambda sources: sources.bulletins(),
    "findings_bulletins": lambda sources: sources.bulletins("findings_bulletin"),
    "accountability_bulletins": lambda sources: sources.bulletins("accountability_bulletin"),
}
