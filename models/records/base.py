"""What every record has: an identity that travels, a version, and a place in the recycle bin."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar

from sqlalchemy import Date, DateTime, LargeBinary, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from models import clock
from models.records.fields import Field, FieldOrder

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def new_uuid() -> str:
    """A new record's identity, the same in every office."""
    return uuid.uuid4().hex


class Base(DeclarativeBase):
    """The root of every mapped class."""

    metadata = MetaData(naming_convention=NAMING)


class Record(Base):
    """A record a clerk can see. Written only by ``models.services``.

    ``version`` rises by one at each change and is what a stale form is refused by; ``base_version``
    is the owner's version as it last came in from another office; ``origin`` is
    the uuid of the office that wrote the record first; ``deleted_at`` puts it in the recycle bin.
    """

    __abstract__ = True
    noun: ClassVar[str] = ""
    field_order: ClassVar[FieldOrder] = FieldOrder()

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(32), unique=True, default=new_uuid)
    origin: Mapped[str] = mapped_column(String(32), default="")
    version: Mapped[int] = mapped_column(default=1)
    base_version: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[dt.datetime] = mapped_column(default=lambda: clock.now().replace(microsecond=0))
    updated_at: Mapped[dt.datetime] = mapped_column(default=lambda: clock.now().replace(microsecond=0))
    deleted_at: Mapped[dt.datetime | None] = mapped_column(default=None)

    @property
    def title(self) -> str:
        """The record in a few words, for the log, the recycle bin and messages."""
        for name in ("serial", "name", "number"):
            value = getattr(self, name, "")
            if value:
                return str(value)
        return f"{self.noun}{self.id or ''}"


@cache
def fields_of(record: type[Record]) -> Mapping[str, Field]:
    """The fields of a record in their declared order, by attribute name."""
    return MappingProxyType({c.key: c.info["field"] for c in record.__table__.columns if "field" in c.info})


UNLOGGED_COLUMNS = frozenset({"id", "updated_at", "created_at"})
"""Columns no ``Change`` tells of."""


def values_of(record: Record, names: Iterable[str] | None = None) -> dict[str, Any]:
    """The columns' values, of all or of those named, JSON-ready: what a ``Change`` keeps before and after."""
    wanted = record.__table__.columns.keys() if names is None else names
    return {name: plain(getattr(record, name)) for name in wanted if name not in UNLOGGED_COLUMNS}


def logged_values_of(record: type[Record], row: Mapping[str, Any]) -> dict[str, Any]:
    """``values_of`` a row that never was a record."""
    told = {name: value for name, value in row.items() if name not in UNLOGGED_COLUMNS}
    for name in _foreign_to_json(record) & told.keys():
        told[name] = plain(told[name])
    return told


@cache
def _foreign_to_json(record: type[Record]) -> frozenset[str]:
    return frozenset(c.key for c in record.__table__.columns if isinstance(c.type, (Date, DateTime, LargeBinary)))


def plain(value: Any) -> Any:
    """A column value as JSON knows it: days and moments in ISO form, bytes by their hash only."""
    if isinstance(value, bytes):
        return f"sha256:{hashlib.sha256(value).hexdigest()}"
    return value.isoformat() if isinstance(value, dt.date) else value
