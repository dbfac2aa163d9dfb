"""Number series: a number once given is never given again, not even after an undo."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.documents.numbering import Series
from models.records import Sequence
from models.services.unit_of_work import UnitOfWork


def next_number(work: UnitOfWork, series: str, year: int) -> int:
    """Take the next number of a series in a year."""
    row = _row(work, series, year)
    row.last += 1
    return row.last


def next_serial(work: UnitOfWork, series: Series, year: int) -> str:
    """Take the next number of a ledger, as it is shown."""
    return series.written(year, next_number(work, series.name, year))


def at_least(work: UnitOfWork, series: str, year: int, number: int) -> None:
    """Let the series go on after ``number``, as after old records were taken in."""
    row = _row(work, series, year)
    row.last = max(row.last, number)


def _row(work: UnitOfWork, series: str, year: int) -> Sequence:
    row = work.session.scalars(select(Sequence).where(Sequence.series == series, Sequence.year == year)).first()
    if row is None:
        row = Sequence(series=series, year=year, last=0)
        work.session.add(row)
        work.session.flush()
    return row


def last_number(session: Session, series: str, year: int) -> int:
    """The highest number of a series given so far; 0 where none was."""
    query = select(Sequence.last).where(Sequence.series == series, Sequence.year == year)
    return session.scalars(query).first() or 0
