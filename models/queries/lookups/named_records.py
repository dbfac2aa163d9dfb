"""Records named in a few words, for a list of what stands behind a number."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.queries.lookups.places import Places
from models.records import RECORDS, Record

_MANY = 500
"""Records asked for at a time."""


@dataclass(frozen=True, slots=True)
class Named:
    """One record: "table:uuid", what kind of record it is, and its words."""

    ref: str
    noun: str
    words: str
    gone: bool = False


def named(session: Session, refs: Iterable[str]) -> list[Named]:
    """The records in the order given; one that is not there any more says so."""
    wanted = list(dict.fromkeys(refs))
    places = Places.load(session)
    known: dict[str, Named] = {}
    for table, cls in RECORDS.items():
        uuids = [ref.partition(":")[2] for ref in wanted if ref.startswith(f"{table}:")]
        for start in range(0, len(uuids), _MANY):
            found = session.scalars(select(cls).where(cls.uuid.in_(uuids[start : start + _MANY])))
            known |= {f"{table}:{one.uuid}": _named(one, places) for one in found}
    return [known.get(ref) or _lost(ref) for ref in wanted]


def _lost(ref: str) -> Named:
    table = ref.partition(":")[0]
    return Named(ref, RECORDS[table].noun if table in RECORDS else "", "已不在台账中", gone=True)


def _named(record: Record, places: Places) -> Named:
    table = record.__tablename__
    words = _WORDS[table](record, places) if table in _WORDS else record.title
    gone = record.deleted_at is not None
    return Named(f"{table}:{record.uuid}", record.noun, f"{words}（已删除）" if gone else words, gone)


def _joined(*parts: str) -> str:
    return "　".join(filter(None, parts))


_WORDS: Final[Mapping[str, Callable[[Any, Places], str]]] = {
    "finding": lambda one, places: _joined(
        one.serial, places.name(one.unit_id or one.department_id), one.fact, str(one.status)
    ),
    "inspection": lambda one, places: _joined(one.title, places.name(one.unit_id), str(one.starts_on or "")),
    "site": lambda one, places: _joined(places.name(one.unit_id), one.name),
    "accountability_case": lambda one, _places: _joined(one.code, one.title, one.stage),
    "document": lambda one, _places: _joined(one.number, one.title.replace("\n", "")),
    "opening_figures": lambda one, places: _joined(one.title, places.name(one.unit_id) if one.unit_id else "全部单位"),
}
