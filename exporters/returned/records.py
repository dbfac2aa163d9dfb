"""Where a changed name, number or day came from a record: the record that may be changed too."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from exporters.returned.comparing import Change
from models.paper import marks
from models.paper.elements import Paper, Table
from models.paper.numbering import full_day
from models.records import Record, fields_of
from models.services.unit_of_work import record_class

_TOKEN: Final = re.compile(r"\d+|[A-Za-z]+|.", re.DOTALL)
_DAY: Final = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日")
_KINDS: Final = frozenset({"line", "text", "day", "number"})
_SHORTEST: Final = 2


@dataclass(frozen=True, slots=True)
class Offer:
    """A record's field that says what was changed in the paper.

    Attributes:
        table: of the record; ``uuid``, ``id`` and ``version`` are its own.
        label: what the clerk calls the record, and the field.
        before: what the field says; ``after`` what it would say.
    """

    table: str
    uuid: str
    id: int
    version: int
    label: str
    field: str
    before: str
    after: str
    value: Any


def offers(session: Session, paper: Paper, change: Change) -> tuple[Offer, ...]:
    """The fields of records that a changed line was composed from and that may be changed like it.

    Args:
        session: to read them.
        paper: as it went out.
        change: of a text or a row.
    """
    if change.kind != "text":
        return ()
    found: list[Offer] = []
    for record in _records(session, _refs(paper, change.mark)):
        found += _of(record, change)
    return tuple(found)


def _refs(paper: Paper, mark: str) -> tuple[str, ...]:
    """The records a line states, each as table and uuid."""
    for one in marks.all_blocks(paper):
        if one.mark == mark and one.block.origin:
            return one.block.origin.records
        if isinstance(one.block, Table) and one.block.keys:
            names = marks.rows(one.mark, one.block)
            if mark in names:
                return tuple(filter(None, (one.block.keys[names.index(mark)],)))
    return ()


def _records(session: Session, refs: Iterable[str]) -> Iterator[Record]:
    for ref in refs:
        table, _, uuid = ref.partition(":")
        cls = record_class(table)
        record = session.scalars(select(cls).where(cls.uuid == uuid, cls.deleted_at.is_(None))).first()
        if record is not None:
            yield record


def _of(record: Record, change: Change) -> Iterator[Offer]:
    for name, field in fields_of(type(record)).items():
        value = getattr(record, name)
        if field.kind not in _KINDS or field.hidden or value in (None, "", 0):
            continue
        for said in _ways(value):
            new = mapped(change.before, change.after, said)
            read = _read(value, new) if new is not None else None
            if read is not None and read != value:
                yield Offer(
                    record.__tablename__, record.uuid, record.id, record.version, f"{record.title} {field.label}",
                    name, _words(value), _words(read), read,
                )  # fmt: skip
                break


def _ways(value: Any) -> tuple[str, ...]:
    """How a value may stand in a paper."""
    if isinstance(value, dt.date):
        return (full_day(value), f"{value.month}月{value.day}日")
    if isinstance(value, int):
        return (f"{value}个", f"{value}名", f"{value}处", f"{value}条", f"{value}人")
    text = str(value).strip()
    return tuple(dict.fromkeys((text, text.rstrip("。；")))) if len(text) >= _SHORTEST else ()


def mapped(before: str, after: str, said: str) -> str | None:
    """What became of a piece of a line; None where the line does not hold it, or nothing is left of it."""
    at = before.find(said)
    if at < 0 or said in after:
        return None
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    starts, ends = _edges(old), _edges(new)
    found: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        low, high = max(starts[a], at), min(starts[b], at + len(said))
        inside = low < high or (tag == "insert" and at < starts[a] < at + len(said))
        if not inside or tag == "delete":
            continue
        if tag == "equal":
            shift = ends[c] - starts[a]
            found.append(after[low + shift : high + shift])
        else:
            found.append("".join(new[c:d]))
    return "".join(found) or None


def _edges(tokens: list[str]) -> list[int]:
    """Where each token begins, and the end."""
    edges = [0]
    for token in tokens:
        edges.append(edges[-1] + len(token))
    return edges


def _read(value: Any, said: str) -> Any:
    """A piece of text as a value of the same kind; None where it is none."""
    if isinstance(value, dt.date):
        found = _DAY.search(said)
        try:
            return dt.date(int(found[1] or value.year), int(found[2]), int(found[3])) if found else None
        except ValueError:
            return None
    if isinstance(value, int):
        digits = re.match(r"\d+", said)
        return int(digits[0]) if digits else None
    # A full stop that the paper left out stays.
    end = value[len(value.rstrip("。；")) :]
    return said if said.endswith(end) else said + end


def _words(value: Any) -> str:
    return full_day(value) if isinstance(value, dt.date) else str(value)
