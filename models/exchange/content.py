"""What travels of each record: rows of plain JSON, references as UUIDs, every value checked on reading."""

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

import msgspec

from models.domain.findings.lifecycle import Status
from models.domain.findings.outcomes import outcome
from models.domain.text.file_names import mended
from models.exchange.manifest import Number, Uuid
from models.records import RECORDS, fields_of

TRAVELS: Final[Mapping[str, tuple[str, ...]]] = {
    table: names
    for table, record in RECORDS.items()
    if (names := tuple(name for name, field in fields_of(record).items() if field.travels_since))
}
"""By table, the fields that leave the office, in the order tables depend on each other.

Notes, names of teams and the program's own marks do not leave: their ``Field.travels_since`` is 0.
"""
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    table: tuple(name for name in names if fields_of(RECORDS[table])[name].travels_always)
    for table, names in TRAVELS.items()
}
FROM_COUNTY = ("campaign", "unit", "site", "finding", "verification", "extension", "attachment")
FROM_UNIT = ("plan", "feedback", "attachment")
OWNERS = {"county": "feedback", "unit": "finding"}
"""By the role of who receives, the table the attachments in a package belong to."""


class Row(msgspec.Struct, frozen=True):
    """One record on its way. ``version`` is its owner's; refs in ``values`` are UUIDs."""

    table: str
    uuid: Uuid
    version: Number
    origin: str
    values: dict[str, Any]

    @property
    def digest(self) -> str:
        """What tells two states of a record apart."""
        content = msgspec.json.encode([self.uuid, self.values], order="deterministic")
        return hashlib.sha256(content).hexdigest()

    def text(self, name: str) -> str:
        """A value as text; empty where it is not there."""
        return str(self.values.get(name) or "")


class Ack(msgspec.Struct, frozen=True):
    """A package that came in, told to its sender: the receipt (回执)."""

    package: Uuid
    batch: Number
    at: str


class Content(msgspec.Struct, frozen=True):
    """The records of a package.

    ``held`` are all the feedbacks of the unit's that the county holds; ``you`` is the county's
    record of the unit it writes to.
    """

    rows: tuple[Row, ...] = ()
    held: tuple[Uuid, ...] = ()
    acks: tuple[Ack, ...] = ()
    you: str = ""


def encode(content: Content) -> bytes:
    """The content as JSON."""
    return msgspec.json.encode(content)


def decode(data: bytes, role: str) -> Content:
    """The content again, as an office of this role may receive it; its rows in the order of ``TRAVELS``.

    Raises:
        ValueError: it is not of this shape, a row holds what no record could, or is not the sender's to write.
    """
    content = msgspec.json.decode(data, type=Content)
    lawful = FROM_UNIT if role == "county" else FROM_COUNTY
    for row in content.rows:
        if row.table not in lawful:
            raise ValueError(row.table)
        _check(row, role)
    if len({row.uuid for row in content.rows}) != len(content.rows):
        raise ValueError("twice")
    places = {table: place for place, table in enumerate(TRAVELS)}
    rows = sorted(map(_mended, content.rows), key=lambda row: places[row.table])
    return msgspec.structs.replace(content, rows=tuple(rows))


def _mended(row: Row) -> Row:
    """A file's name without folders and signs nobody sees; whether the file is taken in is asked later."""
    if row.table != "attachment":
        return row
    return msgspec.structs.replace(row, values={**row.values, "name": mended(row.text("name"))})


def _check(row: Row, role: str) -> None:
    missing = [name for name in NEEDED[row.table] if not row.values.get(name)]
    lawful = _lawful(row.table)
    if missing or not row.values.keys() <= lawful.keys() or len(row.origin) > 32:
        raise ValueError(row.table, missing)
    for name, value in row.values.items():
        kind, limit, nullable, special = lawful[name]
        fits = nullable if value is None else _fits(kind, limit, value)
        if not fits or (special is not None and not special(value)):
            raise ValueError(row.table, name)
    if row.table == "attachment" and row.values["owner_table"] != OWNERS[role]:
        raise ValueError(row.table, "owner_table")


@cache
def _lawful(table: str) -> dict[str, tuple[str, int, bool, Callable[[Any], bool] | None]]:
    """By travelling field of a table: its kind, its limit, whether it may be null, and what else is asked of it."""
    declared, columns = fields_of(RECORDS[table]), RECORDS[table].__table__.columns
    return {
        name: (declared[name].kind, declared[name].limit, bool(columns[name].nullable), _SPECIAL.get((table, name)))
        for name in TRAVELS[table]
    }


def _fits(kind: str, limit: int, value: Any) -> bool:
    if kind == "number":
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12
    if kind == "flag":
        return isinstance(value, bool)
    if not isinstance(value, str):
        return False
    if kind == "ref":
        return _is_uuid(value)
    return _is_moment(value, kind) if kind in ("day", "moment") else len(value) <= (limit or 100_000)


def _is_uuid(text: str) -> bool:
    return re.fullmatch("[0-9a-f]{32}", text) is not None


def _is_hash(text: str) -> bool:
    return re.fullmatch("[0-9a-f]{64}", text) is not None


def _is_moment(text: str, kind: str) -> bool:
    shape = r"\d{4}-\d\d-\d\d" if kind == "day" else r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"
    try:
        return re.fullmatch(shape, text) is not None and 1950 <= dt.datetime.fromisoformat(text).year <= 2200
    except ValueError:
        return False


_SPECIAL: dict[tuple[str, str], Callable[[Any], bool]] = {
    ("finding", "status"): lambda text: text in set(Status),
    ("feedback", "outcome"): lambda text: outcome(text) == text,
    ("attachment", "owner_uuid"): _is_uuid,
    ("attachment", "sha256"): _is_hash,
}
