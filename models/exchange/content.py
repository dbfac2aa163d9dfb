"""What travels of each record: rows of plain JSON, references as UUIDs, every value checked on reading."""

import datetime as dt
import hashlib
from typing import Any

import msgspec
from sqlalchemy import Date, DateTime
from sqlalchemy.orm import Session

from models.records import RECORDS, Record, fields_of, plain

TRAVELS: dict[str, tuple[str, ...]] = {
    "campaign": ("name", "starts_on", "ends_on", "basis"),
    "unit": ("name", "short_name", "kind", "parent_id", "rank", "pinyin"),
    "site": ("name", "kind", "unit_id", "department_id", "address", "pinyin"),
    "finding": (
        "serial", "status", "campaign_id", "source_level", "source_number", "site_id", "unit_id", "department_id",
        "found_on", "kind", "aspect", "fact", "count", "severity", "requirement", "advice", "deadline_kind",
        "deadline_days", "deadline", "original_deadline", "deadline_provisional", "handed_on", "received_on",
        "solved_count", "closed_on", "submitted_on", "coordinator", "review_on", "fixed_on_spot", "rebound_count",
        "returned_reason",
    ),
    "verification": ("finding_id", "feedback_id", "round", "verifier", "method", "verified_on", "conclusion", "reason"),
    "extension": ("finding_id", "applicant", "reason", "old_deadline", "new_deadline", "approver", "approved_on"),
    "plan": ("finding_id", "measures", "due_on", "due_text", "person", "post"),
    "feedback": (
        "finding_id", "outcome", "measures", "done", "total", "finished_on", "person", "post", "next_steps", "lessons",
        "no_evidence_reason", "reason", "submitted_by", "submitted_at",
    ),
    "attachment": (
        "owner_table", "owner_uuid", "sha256", "original_sha256", "name", "media_type", "size", "taken_on", "role",
        "description",
    ),
}  # fmt: skip
"""By table, the fields that leave the office. Notes, names of teams and the program's own marks do not."""

FROM_COUNTY = ("campaign", "unit", "site", "finding", "verification", "extension", "attachment")
FROM_UNIT = ("plan", "feedback", "attachment")


class Row(msgspec.Struct, frozen=True):
    """One record on its way. ``version`` is its owner's; refs in ``values`` are UUIDs."""

    table: str
    uuid: str
    version: int
    origin: str
    values: dict[str, Any]

    @property
    def digest(self) -> str:
        """What tells two rows of the same version apart."""
        content = msgspec.json.encode([self.uuid, self.values], order="deterministic")
        return hashlib.sha256(content).hexdigest()


class Ack(msgspec.Struct, frozen=True):
    """A package that came in, told to its sender: the receipt (回执)."""

    package: str
    batch: int
    at: str
    result: str = ""
    taken: tuple[str, ...] = ()


class Content(msgspec.Struct, frozen=True):
    """The records of a package."""

    rows: tuple[Row, ...] = ()
    left: tuple[str, ...] = ()
    acks: tuple[Ack, ...] = ()
    greeting: str = ""


def encode(content: Content) -> bytes:
    """The content as JSON."""
    return msgspec.json.encode(content)


def decode(data: bytes) -> Content:
    """The content again.

    Raises:
        ValueError: it is not of this shape, or a row holds what no record could.
    """
    content = msgspec.json.decode(data, type=Content)
    for row in content.rows:
        _check(row)
    return content


def _check(row: Row) -> None:
    travels = TRAVELS.get(row.table)
    if travels is None or not _is_uuid(row.uuid) or not 0 < row.version < 10**9 or not set(row.values) <= set(travels):
        raise ValueError(row.table)
    declared = fields_of(RECORDS[row.table])
    for name, value in row.values.items():
        if not _fits(declared[name].kind if name in declared else "line", declared[name].limit, value):
            raise ValueError(f"{row.table}.{name}")


def _fits(kind: str, limit: int, value: Any) -> bool:
    if value is None:
        return kind in ("day", "moment", "number", "ref")
    if kind == "number":
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12
    if kind == "flag":
        return isinstance(value, bool)
    if not isinstance(value, str) or len(value) > (limit or 100_000):
        return False
    if kind == "ref":
        return _is_uuid(value)
    return _is_moment(value) if kind in ("day", "moment") else True


def _is_uuid(text: str) -> bool:
    return len(text) == 32 and all(c in "0123456789abcdef" for c in text)


def _is_moment(text: str) -> bool:
    try:
        return 1950 <= dt.datetime.fromisoformat(text).year <= 2200
    except ValueError:
        return False


class Writer:
    """Turns records into rows; each referenced record's UUID is looked up once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._uuids: dict[tuple[str, int], str] = {}

    def row(self, record: Record) -> Row:
        """The record as it leaves this office."""
        declared = fields_of(type(record))
        values: dict[str, Any] = {}
        for name in TRAVELS[record.__tablename__]:
            value = getattr(record, name)
            is_ref = name in declared and declared[name].kind == "ref"
            values[name] = self.uuid(declared[name].target, value) if is_ref and value else plain(value)
        return Row(record.__tablename__, record.uuid, record.version, record.origin, values)

    def uuid(self, table: str, id_: int) -> str | None:
        """The UUID of a record by its local id."""
        if (table, id_) not in self._uuids:
            found = self._session.get(RECORDS[table], id_)
            self._uuids[table, id_] = found.uuid if found else ""
        return self._uuids[table, id_] or None


class Reader:
    """Turns rows into local values; a reference this office does not know becomes empty."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def values(self, row: Row) -> dict[str, Any]:
        """Attribute values for the local record."""
        cls = RECORDS[row.table]
        declared = fields_of(cls)
        found: dict[str, Any] = {}
        for name, value in row.values.items():
            is_ref = name in declared and declared[name].kind == "ref"
            found[name] = self.id_of(declared[name].target, value) if is_ref and value else _typed(cls, name, value)
        return found

    def id_of(self, table: str, uuid: str) -> int | None:
        """The local id of a record by its UUID, None where it is not known here."""
        record = self.record(table, uuid)
        return record.id if record else None

    def record(self, table: str, uuid: str) -> Record | None:
        """The local record of that UUID."""
        cls = RECORDS[table]
        return self._session.query(cls).filter(cls.uuid == uuid).one_or_none()


def _typed(cls: type[Record], name: str, value: Any) -> Any:
    kind = cls.__table__.columns[name].type
    if value is None:
        return None
    if isinstance(kind, DateTime):
        return dt.datetime.fromisoformat(value).replace(tzinfo=None)
    return dt.date.fromisoformat(value[:10]) if isinstance(kind, Date) else value
