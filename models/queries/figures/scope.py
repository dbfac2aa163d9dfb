"""Which records a figure or a document is about: one filter for screen, Word, Excel and JSON."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, not_, or_, select

from models.domain.findings.books import Book
from models.domain.findings.lifecycle import ABOVE, SELF_FOUND
from models.records import Finding, Inspection, Office, Site, Unit, Visit


@dataclass(frozen=True, slots=True)
class Scope:
    """A filter over findings, visits and inspections; what is empty does not narrow.

    Attributes:
        campaign_id: 专项.
        from_: first day, by the day a problem was found or a place was seen.
        until: last day.
        unit_ids: units with all below them, as 属地 or 行业主管部门.
        team_ids: 督查组.
        finding_ids: these findings only; visits and inspections are those they came from.
        inspection_ids: these inspections only, with their visits and findings.
        source_levels: findings of these 问题来源 only.
        self_found: only what the office found itself (乡自查), or only what it did not.
        book: only what is counted in this book.
        as_of: judged as of this day: what was found, visited or closed later was not yet.
    """

    campaign_id: int | None = None
    from_: dt.date | None = None
    until: dt.date | None = None
    unit_ids: tuple[int, ...] = ()
    team_ids: tuple[int, ...] = ()
    finding_ids: tuple[int, ...] = ()
    inspection_ids: tuple[int, ...] = ()
    source_levels: tuple[str, ...] = ()
    self_found: bool | None = None
    book: Book | None = None
    as_of: dt.date | None = None


EVERYTHING = Scope()


def findings(scope: Scope) -> list[ColumnElement[bool]]:
    """Conditions on ``Finding``, the recycle bin left out."""
    where = [Finding.deleted_at.is_(None), *_days(Finding.found_on, scope)]
    if scope.campaign_id:
        where.append(Finding.campaign_id == scope.campaign_id)
    if scope.unit_ids:
        inside = below(scope.unit_ids)
        where.append(or_(Finding.unit_id.in_(inside), Finding.department_id.in_(inside)))
    if scope.team_ids:
        of_team = select(Inspection.id).where(Inspection.team_id.in_(scope.team_ids))
        where.append(or_(Finding.team_id.in_(scope.team_ids), Finding.inspection_id.in_(of_team)))
    if scope.finding_ids:
        where.append(Finding.id.in_(scope.finding_ids))
    if scope.inspection_ids:
        where.append(Finding.inspection_id.in_(scope.inspection_ids))
    if scope.source_levels:
        where.append(Finding.source_level.in_(scope.source_levels))
    if scope.self_found is not None:
        where.append(_own() if scope.self_found else not_(_own()))
    if scope.book is not None:
        where.append(in_book(scope.book))
    return where + _known_by(Finding.found_on, scope)


def _known_by(column: Any, scope: Scope) -> list[ColumnElement[bool]]:
    """Not after the day a scope is judged as of; what has no day was there."""
    return [or_(column.is_(None), column <= scope.as_of)] if scope.as_of else []


def _own() -> ColumnElement[bool]:
    return or_(Finding.self_found, func.coalesce(Finding.source_level, "") == SELF_FOUND)


def in_book(book: Book) -> ColumnElement[bool]:
    """``books.book_of`` in SQL, by the role of the office the folder belongs to; a test holds the two together."""
    role = select(Office.role).order_by(Office.id).limit(1).scalar_subquery()
    above = func.coalesce(Finding.source_level, "").in_(ABOVE)
    of_county = case((_own(), str(Book.SELF)), (above, str(Book.ABOVE)), else_=str(Book.OWN))
    of_unit = case((_own(), str(Book.OWN)), else_=str(Book.ABOVE))
    return case((func.coalesce(role, "county") == "unit", of_unit), else_=of_county) == str(book)


def inspections(scope: Scope) -> list[ColumnElement[bool]]:
    """Conditions on ``Inspection``; one that reaches into the period counts."""
    where: list[ColumnElement[bool]] = [Inspection.deleted_at.is_(None)]
    if scope.campaign_id:
        where.append(Inspection.campaign_id == scope.campaign_id)
    if scope.from_:
        where.append(or_(Inspection.ends_on >= scope.from_, Inspection.starts_on >= scope.from_))
    if scope.until:
        where.append(Inspection.starts_on <= scope.until)
    if scope.unit_ids:
        where.append(Inspection.unit_id.in_(below(scope.unit_ids)))
    if scope.team_ids:
        where.append(Inspection.team_id.in_(scope.team_ids))
    if scope.finding_ids:
        where.append(Inspection.id.in_(select(Finding.inspection_id).where(Finding.id.in_(scope.finding_ids))))
    if scope.inspection_ids:
        where.append(Inspection.id.in_(scope.inspection_ids))
    return where + _known_by(Inspection.starts_on, scope)


def visits(scope: Scope) -> list[ColumnElement[bool]]:
    """Conditions on ``Visit``: by its own day, its inspection's campaign and team, its site's unit."""
    where = [Visit.deleted_at.is_(None), *_days(Visit.on, scope)]
    of_inspection: list[ColumnElement[bool]] = []
    if scope.campaign_id:
        of_inspection.append(Inspection.campaign_id == scope.campaign_id)
    if scope.team_ids:
        of_inspection.append(Inspection.team_id.in_(scope.team_ids))
    if of_inspection:
        where.append(Visit.inspection_id.in_(select(Inspection.id).where(*of_inspection)))
    if scope.unit_ids:
        where.append(Visit.site_id.in_(select(Site.id).where(Site.unit_id.in_(below(scope.unit_ids)))))
    if scope.finding_ids:
        where.append(Visit.id.in_(select(Finding.visit_id).where(Finding.id.in_(scope.finding_ids))))
    if scope.inspection_ids:
        where.append(Visit.inspection_id.in_(scope.inspection_ids))
    return where + _known_by(Visit.on, scope)


def _days(column: Any, scope: Scope) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if scope.from_:
        found.append(column >= scope.from_)
    if scope.until:
        found.append(column <= scope.until)
    return found


def below(unit_ids: tuple[int, ...]) -> Select[tuple[int]]:
    """Ids of the units and of all below them."""
    tree = select(Unit.id).where(Unit.id.in_(unit_ids)).cte(recursive=True)
    tree = tree.union(select(Unit.id).where(Unit.parent_id == tree.c.id))
    return select(tree.c.id)
