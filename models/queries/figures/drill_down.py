"""The rows behind a figure: which findings a number on the 首页 or in a table adds up."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from models.domain.cases.discipline import EXPULSION
from models.domain.findings.lifecycle import Status
from models.queries.figures.conditions import booked, bucket, counted
from models.queries.figures.scope import Scope
from models.records import Disposition, Finding, Party


@dataclass(frozen=True, slots=True)
class DrillDown:
    """One figure of the office's own book: what is empty does not narrow.

    ``week`` is its Monday, by the day of finding.
    """

    campaign_id: int | None = None
    unit_id: int = 0
    status: str = ""
    kind: str | None = None
    bucket: str = ""
    week: dt.date | None = None


def findings(session: Session, figure: DrillDown, today: dt.date) -> tuple[int, ...]:
    """Ids of the findings a figure counts."""
    last = figure.week + dt.timedelta(days=6) if figure.week else None
    units = (figure.unit_id,) if figure.unit_id else ()
    scope = Scope(campaign_id=figure.campaign_id, from_=figure.week, until=last, unit_ids=units)
    where: list[Any] = [*counted(booked(scope))]
    if figure.status:
        where.append(Finding.status == figure.status)
    if figure.kind is not None:
        where.append(Finding.kind == figure.kind)
    if figure.bucket:
        where.append(bucket(today) == figure.bucket)
    return tuple(session.scalars(select(Finding.id).where(*where)))


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
