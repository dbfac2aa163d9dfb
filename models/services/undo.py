"""Taking an operation back: a new version forward, never an old one back.

An operation can be undone while nothing depends on it: no record it wrote was changed since by an
operation that still stands, and nothing was issued from it. What founded the office or left it as a
package stays.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Date, DateTime, and_, func, select
from sqlalchemy.orm import Session, aliased

from models.domain.cases import stages
from models.domain.documents.states import DocumentState
from models.errors import Refusal
from models.records import AccountabilityCase, Change, Document, DocumentRecord, Office, Package, Record
from models.records.history import UPGRADE
from models.services.unit_of_work import ChangeSet, UnitOfWork, Workspace, record_class

DEPTH = 50
"""How many operations back can be taken back."""


@dataclass(frozen=True, slots=True)
class UndoEntry:
    """One operation that could be undone, by its name."""

    operation: str
    deed: str
    at: dt.datetime
    who: str


def recent(session: Session, limit: int = DEPTH) -> list[UndoEntry]:
    """The last operations, newest first, without undos, what they took back, and what an update changed."""
    undone = select(Change.undoes).where(Change.undoes != "")
    query = (
        select(Change.operation, func.max(Change.deed), func.max(Change.at), func.max(Change.who))
        .where(Change.undoes == "", Change.operation.not_in(undone), Change.who != UPGRADE)
        .group_by(Change.operation)
        .order_by(func.max(Change.id).desc())
        .limit(limit)
    )
    return [UndoEntry(*row) for row in session.execute(query)]


def latest(session: Session) -> UndoEntry | None:
    """The last operation, where it is of a kind that can be taken back at all."""
    last = next(iter(recent(session, 1)), None)
    return None if last is None or _final(_changes(session, last.operation)) else last


def offered(session: Session) -> list[tuple[UndoEntry, str]]:
    """What ``recent`` gives, each with the reason why it cannot be undone now, empty where it can."""
    return [(one, _hindrance(session, _changes(session, one.operation), one.operation)) for one in recent(session)]


def undo(workspace: Workspace, operation: str) -> ChangeSet:
    """Take an operation back.

    Raises:
        Refusal: later work depends on it; says on which record.
    """
    with workspace.writing("", undoes=operation) as work:
        changes = _changes(work.session, operation)
        _refuse_unless_undoable(work.session, changes, operation)
        work.deed = f"撤销“{changes[0].deed}”"
        for change in reversed(changes):
            _take_back(work, change)
    return work.done


def _changes(session: Session, operation: str) -> Sequence[Change]:
    return session.scalars(select(Change).where(Change.operation == operation).order_by(Change.id)).all()


def _refuse_unless_undoable(session: Session, changes: Sequence[Change], operation: str) -> None:
    if not changes:
        raise Refusal("找不到要撤销的操作。")
    if operation not in {o.operation for o in recent(session)}:
        raise Refusal(f"只能撤销最近 {DEPTH} 步操作，这一步已经撤销过或太早。")
    reason = _hindrance(session, changes, operation)
    if reason:
        raise Refusal(reason)


def _hindrance(session: Session, changes: Sequence[Change], operation: str) -> str:
    """Why these changes of one operation cannot be undone now; empty where they can."""
    if final := _final(changes):
        return final
    later = _changed_later(session, operation)
    if later is not None:
        return f"“{later}”后来又有改动，请先撤销后面的操作。"
    issued = _issued_since(session, operation)
    if issued is not None:
        return f"“{issued[0]}”已写入印发的《{issued[1]}》，不能撤销。"
    for change in changes:
        if any(isinstance(value, str) and value.startswith("sha256:") for value in change.after.values()):
            return f"“{change.title}”的文稿已改写，不能撤销，请在文稿里修改。"
    return ""


def _final(changes: Sequence[Change]) -> str:
    """Why an operation of this kind is never taken back; empty where it may be.

    A package that left is in another office's hands, its batch number used up and its feedbacks closed.
    """
    made = [change for change in changes if change.before is None]
    if any(change.table == Office.__tablename__ for change in made):
        return "本机构已经建立，不能撤销。名称有误，请在“资料 › 设置”里改。"
    if any(change.table == Package.__tablename__ and change.after.get("direction") == "sent" for change in made):
        return "数据包已经写出，可能已交给对方，不能撤销。内容有误，请改正后再发一次。"
    return ""


def _changed_later(session: Session, operation: str) -> str | None:
    """The title of a record that was changed since, by an operation that still stands; updates do not count."""
    own = aliased(Change)
    undone = select(Change.undoes).where(Change.undoes != "")
    query = (
        select(own.title)
        .join(Change, and_(Change.record_uuid == own.record_uuid, Change.id > own.id))
        .where(own.operation == operation, Change.operation != operation)
        .where(Change.undoes == "", Change.operation.not_in(undone), Change.who != UPGRADE)
    )
    return session.scalars(query.limit(1)).first()


def _issued_since(session: Session, operation: str) -> tuple[str, str] | None:
    """A record the operation wrote and the issued document it went into since."""
    query = (
        select(Change.title, Document.title)
        .join(DocumentRecord, DocumentRecord.record_uuid == Change.record_uuid)
        .join(Document, DocumentRecord.document_id == Document.id)
        .where(Change.operation == operation, Change.table.not_in(("document", "document_record")))
        .where(Document.issued_at >= Change.at, Document.state == DocumentState.ISSUED)
    )
    found = session.execute(query.limit(1)).first()
    return (found[0], found[1]) if found else None


def _take_back(work: UnitOfWork, change: Change) -> None:
    record = work.get(record_class(change.table), change.record_id)
    if change.before is None:
        work.set(record, deleted_at=work.workspace.now)
        return
    work.set(record, **{n: _restored(record, n, v) for n, v in change.before.items() if n != "version"})
    if isinstance(record, AccountabilityCase):  # the log may hold a stage that is none any more
        work.set(record, stage=stages.current(record.stage, publicised=record.publicised))


def _restored(record: Record, name: str, value: Any) -> Any:
    kind = record.__table__.columns[name].type
    if value is None:
        return None
    if isinstance(kind, DateTime):
        return dt.datetime.fromisoformat(value)
    return dt.date.fromisoformat(value) if isinstance(kind, Date) else value
