"""The office's working-day calendar: the shipped holidays with what the clerk changed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records import Holiday
from models.rules.workdays import Calendar


def load(session: Session) -> Calendar:
    """The calendar as it stands in this data folder."""
    rows = session.execute(select(Holiday.on, Holiday.works).where(Holiday.deleted_at.is_(None))).all()
    off = frozenset(row.on for row in rows if not row.works and row.on)
    on = frozenset(row.on for row in rows if row.works and row.on)
    return Calendar(holidays=off, makeup_days=on, published_years=frozenset(d.year for d in off))
