"""The office's working-day calendar and the bounds of the lights: what is shipped with what the clerk changed."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.findings.deadlines import Bounds
from models.domain.workdays import Calendar, official
from models.records import Holiday, Office


def load(session: Session) -> Calendar:
    """The calendar as it stands in this data folder; the shipped one before the office was founded."""
    rows = _holidays(session)
    return Calendar.of(rows) if rows else official()


def bounds(session: Session, today: dt.date) -> Bounds:
    """The bounds of the lights on a day, by the office's calendar and its own 临期提醒."""
    return Bounds.of_rows(today, _holidays(session), session.scalars(select(Office.near_days)).first())


def _holidays(session: Session) -> list[tuple[dt.date, bool]]:
    query = select(Holiday.on, Holiday.works).where(Holiday.deleted_at.is_(None), Holiday.on.is_not(None))
    return [(day, works) for day, works in session.execute(query) if day is not None]
