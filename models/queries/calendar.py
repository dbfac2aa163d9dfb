"""The office's working-day calendar: the shipped holidays with what the clerk changed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records import Holiday
from models.rules.workdays import Calendar, official


def load(session: Session) -> Calendar:
    """The calendar as it stands in this data folder; the shipped one before the office was founded."""
    query = select(Holiday.on, Holiday.works).where(Holiday.deleted_at.is_(None), Holiday.on.is_not(None))
    rows = [(day, works) for day, works in session.execute(query) if day is not None]
    return Calendar.of(rows) if rows else official()
