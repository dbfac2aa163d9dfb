"""Which records name a record: what a deletion would leave pointing nowhere."""

from dataclasses import dataclass

from sqlalchemy import String, cast, select
from sqlalchemy.orm import Session

from models.records import RECORDS, Record, fields_of


@dataclass(frozen=True, slots=True)
class Link:
    """A record that names another."""

    table: str
    noun: str
    id: int
    title: str


def named_by(session: Session, record: Record) -> list[Link]:
    """Records outside the recycle bin whose refs name this one."""
    links = []
    for table, cls in RECORDS.items():
        for name, field in fields_of(cls).items():
            if field.target != record.__tablename__:
                continue
            column = getattr(cls, name)
            many = field.kind == "refs"
            where = cast(column, String).contains(str(record.id)) if many else column == record.id
            for other in session.scalars(select(cls).where(where, cls.deleted_at.is_(None))):
                if not many or record.id in getattr(other, name):
                    links.append(Link(table, cls.noun, other.id, other.title))
    return links
