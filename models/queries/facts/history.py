"""Who did what when: the operation log, and one record's time line in words."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.domain.documents.states import DocumentState
from models.paper.numbering import full_day
from models.queries.facts.documents import issued_by
from models.records import RECORDS, Change, Record, fields_of, plain
from models.records.fields import Field

SILENT = frozenset({"version", "origin", "uuid", "pinyin"})


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a time line."""

    at: dt.datetime
    who: str
    deed: str
    details: tuple[str, ...]
    operation: str


def of(session: Session, record: Record, *, with_children: bool = True) -> list[Event]:
    """The record's time line, oldest first; its children's and the documents that made it known are part of it."""
    where = [Change.record_uuid == record.uuid]
    if with_children:
        where += [Change.record_uuid.in_(_children(record))]
    changes = session.scalars(select(Change).where(or_(*where)).order_by(Change.id)).all()
    events = [_event(session, group) for group in _by_operation(changes)]
    return sorted([*events, *_documents(session, record, events)], key=lambda event: event.at)


def _documents(session: Session, record: Record, known: Sequence[Event]) -> Iterable[Event]:
    """Issued documents that state the record and changed nothing in it, such as a notice or a report."""
    for document in issued_by(session, record.uuid):
        query = select(Change).where(Change.record_uuid == document.uuid).order_by(Change.id)
        issued = [c for c in session.scalars(query) if c.after.get("state") == DocumentState.ISSUED]
        if issued and issued[0].operation not in {event.operation for event in known}:
            yield Event(issued[0].at, issued[0].who, issued[0].deed, ("这条记录写进了这份公文",), issued[0].operation)


def _children(record: Record) -> Any:
    children = []
    for cls in RECORDS.values():
        for name, field in fields_of(cls).items():
            if field.kind == "ref" and field.required and field.target == record.__tablename__:
                children.append(select(cls.uuid).where(getattr(cls, name) == record.id))
    if not children:
        return []
    return children[0].union_all(*children[1:])


def _by_operation(changes: Sequence[Change]) -> Iterable[list[Change]]:
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(change.operation, []).append(change)
    return groups.values()


def _event(session: Session, group: list[Change]) -> Event:
    first = group[0]
    details = [line for change in group for line in describe(session, change)]
    if first.note:
        details.insert(0, first.note)
    return Event(first.at, first.who, first.deed, tuple(details), first.operation)


def describe(session: Session, change: Change) -> list[str]:
    """What a change changed, a line each: “整改时限：3月5日 → 3月12日”."""
    cls = RECORDS.get(change.table)
    if cls is None:
        return []
    declared, before, lines = fields_of(cls), change.before, []
    for name, new in change.after.items():
        field = declared.get(name)
        if name == "deleted_at":
            lines.append("移入回收站" if new else "从回收站恢复")
        if field is None or name in SILENT or field.kind == "data":
            continue
        old = before.get(name) if before is not None else None
        if before is None and (new in (None, "", [], False) or (field.hidden and name != "status")):
            continue
        shown = in_words(session, field, new)
        was = in_words(session, field, old)
        lines.append(f"{field.label}：{shown}" if before is None else f"{field.label}：{was} → {shown}")
    return lines


def differences(session: Session, old: Record, fresh: Record) -> list[str]:
    """What two states of a record differ in, a line each: “整改时限 3月5日 → 3月12日”."""
    lines = []
    for name, field in fields_of(type(old)).items():
        before, after = getattr(old, name), getattr(fresh, name)
        if before != after and field.kind != "data" and name not in SILENT:
            was, now = (in_words(session, field, plain(value)) for value in (before, after))
            lines.append(f"{field.label} {was} → {now}")
    return lines


def in_words(session: Session, field: Field, value: Any) -> str:
    """A logged value as the screen would say it."""
    if value in (None, "", []):
        return "（空）"
    if field.kind == "day":
        return full_day(dt.date.fromisoformat(str(value)[:10]))
    if field.kind == "flag":
        return "是" if value else "否"
    if field.kind in ("ref", "refs"):
        return _named(session, field.target, value if isinstance(value, list) else [value])
    if field.kind == "choices":
        return "、".join(value)
    words = str(value)
    return words if len(words) <= 60 else words[:58] + "……"


def _named(session: Session, table: str, ids: list[int]) -> str:
    found = {r.id: r.title for r in session.scalars(select(RECORDS[table]).where(RECORDS[table].id.in_(ids)))}
    return "、".join(found.get(i, "（已删除）") for i in ids)
