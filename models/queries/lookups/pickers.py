"""What a form offers: records by Chinese, pinyin or initials, entries of a dictionary, what goes without saying."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from models.domain import dictionaries
from models.domain.text import guess, pinyin
from models.domain.text.entry import text_half
from models.records import (
    RECORDS,
    AccountabilityCase,
    Campaign,
    Finding,
    Inspection,
    Measure,
    Member,
    Person,
    Record,
    Site,
    Team,
    Term,
    Unit,
    Visit,
)

MOST_SCANNED = 5000
"""Rows that are spelt out one by one when the kept pinyin finds nothing (柳河zf)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One record a picker offers; ``detail`` tells namesakes apart."""

    id: int
    name: str
    detail: str = ""


def candidates(session: Session, table: str, typed: str = "", limit: int = 30) -> list[Candidate]:
    """Records outside the recycle bin that the typed text finds, the nearest first."""
    query, searched = _query(table)
    typed = "".join(text_half(typed).split()).lower()
    if not typed:
        return _rows(session, query.limit(limit))
    name = searched[0]
    hits = or_(*(column.icontains(typed, autoescape=True) for column in searched))
    nearness = case((func.lower(name) == typed, 0), (name.istartswith(typed, autoescape=True), 1), else_=2)
    order = list(query._order_by_clauses)
    found = _rows(session, query.where(hits).order_by(None).order_by(nearness, *order).limit(limit))
    return found or _spelt(session, query, typed, limit)


def named(session: Session, table: str, ids: Iterable[int]) -> dict[int, Candidate]:
    """The records with these ids, deleted ones too, by id."""
    query, _ = _query(table, alive=False)
    wanted = list(ids)
    return {c.id: c for c in _rows(session, query.where(RECORDS[table].id.in_(wanted)))} if wanted else {}


def exactly(session: Session, table: str, name: str) -> Candidate | None:
    """The one record of that name; None where there is none or namesakes."""
    query, searched = _query(table)
    found = _rows(session, query.where(searched[0] == name.strip()).limit(2))
    return found[0] if len(found) == 1 else None


def entries(session: Session, dictionary: str) -> list[str]:
    """The words of a dictionary in their order: the office's own, then shipped ones it has not yet taken in."""
    query = select(Term.name, Term.deleted_at.is_(None) & Term.retired.is_(False)).where(Term.dictionary == dictionary)
    rows = session.execute(query.order_by(Term.position.is_(None), Term.position, Term.id)).all()
    known = {name for name, _ in rows}
    return [name for name, used in rows if used] + [word for word in shipped(dictionary) if word not in known]


def shipped(dictionary: str) -> list[str]:
    """The words of a dictionary as the program brings them."""
    return [term.name for term in dictionaries.terms() if term.dictionary == dictionary]


def _rows(session: Session, query: Select[Any]) -> list[Candidate]:
    return [Candidate(row[0], row[1] or "", row[2] or "") for row in session.execute(query)]


def _spelt(session: Session, query: Select[Any], typed: str, limit: int) -> list[Candidate]:
    if not typed.isascii() and not any(c.isascii() and c.isalpha() for c in typed):
        return []
    rows = _rows(session, query.limit(MOST_SCANNED))
    return [one for one in rows if pinyin.matches(typed, one.name)][:limit]


def _query(table: str, *, alive: bool = True) -> tuple[Select[Any], tuple[Any, ...]]:
    cls = RECORDS[table]
    query, searched = _QUERIES.get(table, lambda: _plain(cls))()
    return (query.where(cls.deleted_at.is_(None)) if alive else query), searched


_Query = tuple[Select[Any], tuple[Any, ...]]


def _plain(cls: type[Record]) -> _Query:
    column = cls.__table__.columns
    name: ColumnElement[Any] = next((column[n] for n in ("name", "title", "number") if n in column), column["id"])
    return select(cls.id, name, literal("")).order_by(cls.id.desc()), (name,)


def _unit() -> _Query:
    parent = aliased(Unit)
    query = select(Unit.id, Unit.name, parent.name).outerjoin(parent, parent.id == Unit.parent_id)
    query = query.order_by(Unit.closed_on.is_not(None), Unit.rank.is_(None), Unit.rank, Unit.id)
    return query, (Unit.name, Unit.short_name, Unit.pinyin, Unit.former_names)


def _person() -> _Query:
    detail = func.trim(func.coalesce(Unit.name, "") + " " + Person.post)
    query = select(Person.id, Person.name, detail).outerjoin(Unit, Unit.id == Person.unit_id)
    return query.order_by(Person.name, Person.id), (Person.name, Person.pinyin)


def _site() -> _Query:
    detail = func.trim(func.coalesce(Unit.name, "") + " " + Site.kind)
    query = select(Site.id, Site.name, detail).outerjoin(Unit, Unit.id == Site.unit_id)
    return query.order_by(Site.id.desc()), (Site.name, Site.pinyin)


def _team() -> _Query:
    detail = func.coalesce(Campaign.name, "")
    query = select(Team.id, Team.name, detail).outerjoin(Campaign, Campaign.id == Team.campaign_id)
    return query.order_by(Team.number.is_(None), Team.number, Team.id), (Team.name,)


def _member() -> _Query:
    detail = func.trim(func.coalesce(Team.name, "") + " " + Member.role)
    query = select(Member.id, Member.name, detail).outerjoin(Team, Team.id == Member.team_id)
    return query.order_by(Team.number, Member.id), (Member.name,)


def _inspection() -> _Query:
    day = func.strftime("%Y-%m-%d", Inspection.starts_on)
    name = func.trim(day + " " + func.coalesce(Unit.name, ""))
    query = select(Inspection.id, name, Inspection.kind + " " + Inspection.code)
    query = query.outerjoin(Unit, Unit.id == Inspection.unit_id)
    return query.order_by(Inspection.starts_on.desc(), Inspection.id.desc()), (name, Inspection.code, Unit.pinyin)


def _visit() -> _Query:
    name = func.trim(func.strftime("%Y-%m-%d", Visit.on) + " " + func.coalesce(Site.name, ""))
    query = select(Visit.id, name, literal("")).outerjoin(Site, Site.id == Visit.site_id)
    return query.order_by(Visit.on.desc(), Visit.id.desc()), (name, Site.pinyin)


def _finding() -> _Query:
    query = select(Finding.id, Finding.serial, func.substr(Finding.fact, 1, 40)).order_by(Finding.id.desc())
    return query, (Finding.serial, Finding.fact)


def _case() -> _Query:
    query = select(AccountabilityCase.id, AccountabilityCase.title, AccountabilityCase.code)
    return query.order_by(AccountabilityCase.id.desc()), (AccountabilityCase.title, AccountabilityCase.code)


def _measure() -> _Query:
    query = select(Measure.id, Measure.name, Measure.group)
    return query.order_by(Measure.position.is_(None), Measure.position, Measure.id), (Measure.name,)


_QUERIES: dict[str, Callable[[], _Query]] = {
    "unit": _unit,
    "person": _person,
    "site": _site,
    "team": _team,
    "member": _member,
    "inspection": _inspection,
    "visit": _visit,
    "finding": _finding,
    "accountability_case": _case,
    "measure": _measure,
}


def latest(session: Session, cls: type[Record]) -> Record | None:
    """The record of a class that was entered last."""
    return session.scalars(select(cls).where(cls.deleted_at.is_(None)).order_by(cls.id.desc()).limit(1)).first()


def unit_named_in(session: Session, name: str) -> int | None:
    """The township, street, village or community a site's name speaks of, where it is one alone."""
    where = (Unit.deleted_at.is_(None), Unit.closed_on.is_(None), Unit.kind.in_(("乡镇", "街道", "村", "社区")))
    units = session.execute(select(Unit.id, Unit.name, Unit.short_name).where(*where)).tuples()
    return guess.unit_named_in(name, units)


def only_team(session: Session, today: dt.date) -> int | None:
    """The team at work, where there is just one."""
    where = (Team.deleted_at.is_(None), Team.ends_on.is_(None) | (Team.ends_on >= today))
    found = session.scalars(select(Team.id).where(*where).limit(2)).all()
    return found[0] if len(found) == 1 else None


def campaign_now(session: Session, chosen: int | None) -> int | None:
    """The campaign a new record belongs to: the chosen one while it is active, else the newest active one."""
    where = (Campaign.deleted_at.is_(None), Campaign.active.is_(True))
    active = session.scalars(select(Campaign.id).where(*where).order_by(Campaign.id.desc())).all()
    return chosen if chosen in active else next(iter(active), None)
