"""The office's working-day calendar: the shipped holidays with what the clerk changed."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.findings import deadlines
from models.domain.workdays import Calendar, official
from models.records import Holiday, Office


def load(session: Session) -> Calendar:
    """The calendar as it stands in this data folder; the shipped one before the office was founded."""
    query = select(Holiday.on, Holiday.works).where(Holiday.deleted_at.is_(None), Holiday.on.is_not(None))
    rows = [(day, works) for day, works in session.execute(query) if day is not None]
    return Calendar.of(rows) if rows else official()


def near_until(session: Session, today: dt.date) -> dt.date:
    """The last day that counts as near today, by the office's calendar and its own number of days."""
    days = session.scalars(select(Office.near_days)).first()
    return deadlines.near_until(today, load(session), deadlines.NEAR_WORKDAYS if days is None else days)
