"""The rows behind a figure: which findings a number on the 首页 or in a table adds up."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from models.domain.cases.discipline import EXPULSION
from models.domain.findings.books import Book
from models.domain.findings.deadlines import Bucket
from models.domain.findings.lifecycle import Status
from models.queries.figures.breakdown import UNKNOWN, top_units
from models.queries.figures.conditions import bucket, counted
from models.queries.figures.scope import Scope
from models.records import Disposition, Finding, Party, Unit


@dataclass(frozen=True, slots=True)
class DrillDown:
    """One figure of the office's own book, or of another one: what is empty does not narrow.

    ``unit_id`` is a row of the breakdown by unit, with all it holds; 0 are problems of no unit.
    ``week`` is its Monday, by the day of finding; ``due`` only those that on-time rates are a share of.
    """

    campaign_id: int | None = None
    unit_id: int | None = None
    status: str = ""
    kind: str | None = None
    bucket: str = ""
    week: dt.date | None = None
    book: Book = Book.OWN
    due: bool = False


_DUE = (Bucket.ON_TIME, Bucket.LATE, Bucket.OVERDUE)


def findings(session: Session, figure: DrillDown, today: dt.date) -> tuple[int, ...]:
    """Ids of the findings a figure counts."""
    last = figure.week + dt.timedelta(days=6) if figure.week else None
    scope = Scope(campaign_id=figure.campaign_id, from_=figure.week, until=last, book=figure.book)
    where: list[Any] = [*counted(scope)]
    if figure.unit_id is not None:
        where.append(_in_row(session, figure.unit_id))
    if figure.status:
        where.append(Finding.status == figure.status)
    if figure.kind is not None:
        where.append(Finding.kind == ("" if figure.kind == UNKNOWN else figure.kind))
    if figure.bucket:
        where.append(bucket(today) == figure.bucket)
    if figure.due:
        where.append(bucket(today).in_([str(one) for one in _DUE]))
    return tuple(session.scalars(select(Finding.id).where(*where)))


def _in_row(session: Session, unit_id: int) -> ColumnElement[bool]:
    """Findings of one row of the breakdown by unit, which holds the units below it."""
    unit = func.coalesce(Finding.unit_id, Finding.department_id)
    inside = [id_ for id_, (top, _) in top_units(session).items() if top == unit_id]
    return unit.in_(inside) if unit_id else unit.is_(None)


def words(session: Session, figure: DrillDown) -> str:
    """What a figure counts, in words: 本级发现：云溪街道逾期未办."""
    unit = session.scalar(select(Unit.name).where(Unit.id == figure.unit_id)) or (
        "未填单位" if figure.unit_id == 0 else ""
    )
    week = f"{figure.week.month}月{figure.week.day}日起一周发现" if figure.week else ""
    due = "到期的" if figure.due else ""
    return f"{figure.book}：{unit}{week}{figure.kind or ''}{figure.status}{figure.bucket}{due}".removesuffix("：")


def cases_with_effects_ending(session: Session, today: dt.date, days: int) -> tuple[int, ...]:
    """Ids of the cases whose parties' effect periods end within some days."""
    last = today + dt.timedelta(days=days)
    ends = and_(Disposition.effect_end.between(today, last), Disposition.measure.not_like(f"{EXPULSION}%"))
    query = select(Party.case_id).join(Disposition, Disposition.party_id == Party.id)
    found = session.scalars(query.where(ends, Disposition.deleted_at.is_(None), Party.deleted_at.is_(None)).distinct())
    return tuple(id_ for id_ in found if id_ is not None)


def to_review(session: Session, today: dt.date, campaign_id: int | None = None) -> tuple[int, ...]:
    """Ids of suspended findings whose review date has come."""
    due = (Finding.status == Status.SUSPENDED, Finding.review_on <= today)
    return tuple(session.scalars(select(Finding.id).where(*counted(Scope(campaign_id=campaign_id)), *due)))
