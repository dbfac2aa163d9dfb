"""What an issued bulletin says of somebody that was changed on appeal (申诉变更) since."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Date, func, select
from sqlalchemy.orm import Session

from models.domain.cases.stages import Stage
from models.domain.documents.states import DocumentState
from models.records import AccountabilityCase, Change, Disposition, Document, DocumentRecord, Party

BULLETIN: Final = "accountability_bulletin"
_SAID: Final = ("measure", "detail", "organ", "decided_on", "decided_text", "publicised_widely")
"""What a bulletin tells of a disposition."""


@dataclass(frozen=True, slots=True)
class AmendedParty:
    """A party with what the bulletin said of it and what holds by now; nothing where it was taken back whole."""

    party: Party
    before: tuple[Disposition, ...]
    after: tuple[Disposition, ...]


@dataclass(frozen=True, slots=True)
class AmendedCase:
    """A case the bulletin tells, with its parties of whom something else holds by now, and when that was written."""

    case: AccountabilityCase
    parties: tuple[AmendedParty, ...]
    at: dt.datetime


def to_correct(session: Session, case_ids: Iterable[int] = ()) -> list[Document]:
    """The issued bulletins that state what was changed on appeal since, the oldest first.

    Args:
        session: to read with.
        case_ids: only for these cases; all of them where there are none.
    """
    wanted = list(case_ids)
    appealed = select(Change.record_uuid).where(
        Change.table == AccountabilityCase.__tablename__, Change.after["stage"].as_string() == Stage.AMENDED
    )
    cases = select(AccountabilityCase.uuid).where(AccountabilityCase.uuid.in_(appealed))
    if wanted:
        cases = cases.where(AccountabilityCase.id.in_(wanted))
    query = (
        select(Document)
        .join(DocumentRecord, DocumentRecord.document_id == Document.id)
        .where(Document.kind == BULLETIN, Document.state == DocumentState.ISSUED, Document.deleted_at.is_(None))
        .where(DocumentRecord.record_uuid.in_(cases))
        .order_by(Document.issued_at, Document.id)
        .distinct()
    )
    return [one for one in session.scalars(query) if amended(session, one, wanted)]


def amended(session: Session, document: Document, case_ids: Iterable[int] = ()) -> list[AmendedCase]:
    """The cases of a bulletin of whose parties something else holds by now, as the bulletin tells them one by one."""
    issued = _issued(session, document)
    wanted = set(case_ids)
    found = []
    for case in _stated(session, document):
        told = not wanted or case.id in wanted
        if told and _appealed(session, case, issued) and (parties := _parties(session, document, case, issued)):
            found.append(AmendedCase(case, parties, _last_written(session, parties)))
    return found


def stated(session: Session, document: Document) -> frozenset[str]:
    """The uuids of the cases a bulletin tells."""
    return frozenset(case.uuid for case in _stated(session, document))


def _stated(session: Session, document: Document) -> list[AccountabilityCase]:
    query = (
        select(AccountabilityCase)
        .join(DocumentRecord, DocumentRecord.record_uuid == AccountabilityCase.uuid)
        .where(DocumentRecord.document_id == document.id, DocumentRecord.deleted_at.is_(None))
        .order_by(DocumentRecord.id)
    )
    return list(session.scalars(query))


def _issued(session: Session, document: Document) -> int:
    """The last entry of the log at the issue: what was written later, the bulletin does not know."""
    query = select(func.max(Change.id)).where(
        Change.record_uuid == document.uuid, Change.after["state"].as_string() == DocumentState.ISSUED
    )
    return session.scalar(query) or 0


def _appealed(session: Session, case: AccountabilityCase, issued: int) -> bool:
    query = select(Change.id).where(
        Change.record_uuid == case.uuid, Change.id > issued, Change.after["stage"].as_string() == Stage.AMENDED
    )
    return session.scalars(query.limit(1)).first() is not None


def _parties(session: Session, document: Document, case: AccountabilityCase, issued: int) -> tuple[AmendedParty, ...]:
    told = set(session.scalars(select(DocumentRecord.record_uuid).where(DocumentRecord.document_id == document.id)))
    found = []
    for party in session.scalars(select(Party).where(Party.case_id == case.id).order_by(Party.position, Party.id)):
        rows = session.scalars(
            select(Disposition).where(Disposition.party_id == party.id).order_by(Disposition.decided_on, Disposition.id)
        ).all()
        before = tuple(_at_issue(session, row, issued) for row in rows if row.uuid in told)
        gone = party.deleted_at is not None
        after = () if gone else tuple(row for row in rows if row.deleted_at is None)
        if (before or not gone) and party.uuid in told and _said(before) != _said(after):
            found.append(AmendedParty(party, before, after))
    return tuple(found)


def _said(dispositions: Iterable[Disposition]) -> list[tuple[str, ...]]:
    return sorted(tuple(str(getattr(one, name) or "") for name in _SAID) for one in dispositions)


def _at_issue(session: Session, row: Disposition, issued: int) -> Disposition:
    """A disposition as it was when the bulletin was issued, belonging to no session."""
    values: dict[str, Any] = {name: getattr(row, name) for name in _SAID}
    later = select(Change.before).where(Change.record_uuid == row.uuid, Change.id > issued).order_by(Change.id.desc())
    for before in session.scalars(later):
        values.update(_restored(before or {}))
    return Disposition(**values)


def _restored(before: Mapping[str, Any]) -> dict[str, Any]:
    """What the log says a field was; it keeps days in ISO form."""
    columns = Disposition.__table__.columns
    return {
        name: dt.date.fromisoformat(value) if value and isinstance(columns[name].type, Date) else value
        for name, value in before.items()
        if name in _SAID
    }


def _last_written(session: Session, parties: Iterable[AmendedParty]) -> dt.datetime:
    ids = [one.party.id for one in parties]
    uuids = list(session.scalars(select(Disposition.uuid).where(Disposition.party_id.in_(ids))))
    uuids += [one.party.uuid for one in parties]
    found = session.scalar(select(func.max(Change.at)).where(Change.record_uuid.in_(uuids)))
    return found or dt.datetime.min
