"""Records into rows and rows into records; every look-up by UUID is made once, in bulk."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.exchange.content import TRAVELS, Row
from models.records import RECORDS, Record, fields_of, plain

T = TypeVar("T")
AT_ONCE = 500
"""How many keys one query asks for."""


def some(keys: Iterable[T]) -> Iterator[list[T]]:
    """The keys in handfuls, as many as a query may carry."""
    every = list(keys)
    return (every[i : i + AT_ONCE] for i in range(0, len(every), AT_ONCE))


@cache
def refs_of(table: str) -> dict[str, str]:
    """The travelling fields of a table that name other records, with the table they name."""
    declared = fields_of(RECORDS[table])
    return {name: declared[name].target for name in TRAVELS[table] if declared[name].kind == "ref"}


class Writer:
    """Turns records into rows."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._uuids: dict[str, dict[int, str]] = defaultdict(dict)

    def rows(self, records: Iterable[Record]) -> list[Row]:
        """The records as they leave this office."""
        every = list(records)
        self._learn(every)
        return [self._row(record) for record in every]

    def _learn(self, records: list[Record]) -> None:
        wanted: dict[str, set[int]] = defaultdict(set)
        for record in records:
            for name, target in refs_of(record.__tablename__).items():
                wanted[target].add(getattr(record, name) or 0)
        for table, ids in wanted.items():
            cls = RECORDS[table]
            for handful in some(ids - self._uuids[table].keys()):
                found = self._session.execute(select(cls.id, cls.uuid).where(cls.id.in_(handful)))
                self._uuids[table].update((id_, uuid) for id_, uuid in found)

    def _row(self, record: Record) -> Row:
        refs = refs_of(record.__tablename__)
        values: dict[str, Any] = {}
        for name in TRAVELS[record.__tablename__]:
            value = getattr(record, name)
            values[name] = self._uuids[refs[name]].get(value) if name in refs else plain(value)
        return Row(record.__tablename__, record.uuid, record.version, record.origin, values)


class Reader:
    """Finds the local counterparts of rows, and turns rows into local values."""

    def __init__(self, session: Session, rows: Iterable[Row]) -> None:
        self._session = session
        self._records: dict[tuple[str, str], Record] = {}
        self._ids: dict[tuple[str, str], int] = {}
        wanted: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            wanted[row.table].add(row.uuid)
            for name, target in refs_of(row.table).items():
                wanted[target].add(row.text(name))
            if row.table == "attachment":
                wanted[row.text("owner_table")].add(row.text("owner_uuid"))
        for table, uuids in wanted.items():
            cls = RECORDS[table]
            for handful in some(uuids):
                for record in session.scalars(select(cls).where(cls.uuid.in_(handful))):
                    self.know(record)

    def know(self, record: Record) -> None:
        """Take note of a record that was just made or given another identity."""
        self._records[record.__tablename__, record.uuid] = record
        self._ids[record.__tablename__, record.uuid] = record.id

    def know_id(self, table: str, uuid: str, id_: int) -> None:
        """Take note of a record that was just made in bulk."""
        self._ids[table, uuid] = id_

    def record(self, table: str, uuid: str) -> Record | None:
        """The local record of that UUID, in the recycle bin or not."""
        return self._records.get((table, uuid))

    def live(self, table: str, uuid: str) -> Record | None:
        """The local record of that UUID unless it lies in the recycle bin."""
        found = self.record(table, uuid)
        return found if found is not None and found.deleted_at is None else None

    def values(self, row: Row) -> dict[str, Any]:
        """Attribute values for the local record; a reference this office does not know becomes empty."""
        refs, days = refs_of(row.table), _days_of(row.table)
        values = dict(row.values)
        for name in refs.keys() & values.keys():
            values[name] = self._ids.get((refs[name], values[name]))
        for name in days.keys() & values.keys():
            values[name] = days[name](values[name]) if values[name] else None
        return values

    def knows(self, table: str, uuid: str) -> bool:
        """Whether a reference can be resolved here."""
        return (table, uuid) in self._ids


@cache
def _days_of(table: str) -> dict[str, Callable[[str], dt.date]]:
    """The travelling days and moments of a table, with what reads them."""
    reads = {"day": dt.date.fromisoformat, "moment": dt.datetime.fromisoformat}
    declared = fields_of(RECORDS[table])
    return {name: reads[declared[name].kind] for name in TRAVELS[table] if declared[name].kind in reads}
