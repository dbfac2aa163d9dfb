"""What the office already knows and a paper is read with: its units, what measures are called."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.cases import discipline
from models.records import Measure, Unit


def unit_names(session: Session) -> tuple[str, ...]:
    """Names and short names of the office's units."""
    rows = session.execute(select(Unit.name, Unit.short_name).where(Unit.deleted_at.is_(None)))
    return tuple(dict.fromkeys(name for row in rows for name in row if name))


def measure_words(session: Session) -> dict[str, str]:
    """What a measure may be called in a paper, and its name in the office's catalogue."""
    own = session.scalars(select(Measure.name).where(Measure.deleted_at.is_(None)))
    return shipped_measure_words() | {name: name for name in own}


def shipped_measure_words() -> dict[str, str]:
    """The same by the shipped catalogue alone."""
    return dict(_words(discipline.measures()))


def _words(measures: Iterable[discipline.Measure]) -> Iterable[tuple[str, str]]:
    for one in measures:
        for word in (one.name, *one.aliases):
            # What is told otherwise stays as it is told: 诫勉谈话, 责令作出书面检查.
            yield word, one.name if word.removesuffix("处分") == one.name else word
