"""What issued papers have told already: which records, up to which day, and which letters went out."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.domain.documents.states import DocumentState
from models.records import RECORDS, Document, DocumentRecord, Recheck, Transfer, Verification

_REBOUND, _NOT_SOLVED = "反弹", "未整改到位"


def _issued(kind: str) -> tuple[Any, ...]:
    """Conditions on ``Document``: withdrawn and void papers tell nothing any more."""
    return Document.kind == kind, Document.state == DocumentState.ISSUED, Document.deleted_at.is_(None)


def covered(session: Session, kind: str, table: str) -> dict[str, dt.datetime]:
    """When the records of one table were last told by an issued paper of a kind, by uuid."""
    query = (
        select(DocumentRecord.record_uuid, func.max(Document.issued_at))
        .join(Document, Document.id == DocumentRecord.document_id)
        .where(*_issued(kind), DocumentRecord.table == table, DocumentRecord.deleted_at.is_(None))
        .group_by(DocumentRecord.record_uuid)
    )
    return {uuid: at or dt.datetime.min for uuid, at in session.execute(query).tuples()}


class Since:
    """The day of the last issued paper of a kind, 专项 by 专项."""

    def __init__(self, session: Session, kind: str, table: str, until: dt.date) -> None:
        papers = select(Document.id, Document.campaign_id, Document.dated_on).where(
            *_issued(kind), Document.dated_on.is_not(None), Document.dated_on <= until
        )
        told = _campaigns(session, kind, table)
        self._last: dict[int | None, dt.date] = {}
        for id_, campaign, day in session.execute(papers).tuples():
            assert day is not None  # asked for
            for one in {campaign} if campaign else told.get(id_) or {None}:
                self._last[one] = max(day, self._last.get(one, day))

    def of(self, campaign_id: int | None) -> dt.date | None:
        """The last paper's day for a record of a 专项; a paper of no 专项 in particular counts for all."""
        days = [self._last[one] for one in {campaign_id, None} if one in self._last]
        return max(days, default=None)


def _campaigns(session: Session, kind: str, table: str) -> dict[int, set[int | None]]:
    """The 专项 of the records that issued papers of a kind tell, by the paper's id."""
    cls: Any = RECORDS[table]
    query = (
        select(DocumentRecord.document_id, cls.campaign_id)
        .join(cls, cls.uuid == DocumentRecord.record_uuid)
        .join(Document, Document.id == DocumentRecord.document_id)
        .where(*_issued(kind), DocumentRecord.table == table)
        .distinct()
    )
    found: dict[int, set[int | None]] = {}
    for document, campaign in session.execute(query).tuples():
        found.setdefault(document or 0, set()).add(campaign)
    return found


def asked_again(session: Session, finding_ids: Iterable[int] | None = None) -> dict[int, dt.datetime]:
    """When findings were last returned, came back or went to another unit: from then on a new notice is due."""
    steps: tuple[tuple[Any, Any], ...] = (
        (Verification, Verification.conclusion == _NOT_SOLVED),
        (Recheck, Recheck.result == _REBOUND),
        (Transfer, Transfer.to_unit_id.is_not(None)),
    )
    found: dict[int, dt.datetime] = {}
    for cls, which in steps:
        query = select(cls.finding_id, func.max(cls.created_at)).where(which, cls.deleted_at.is_(None))
        if finding_ids is not None:
            query = query.where(cls.finding_id.in_(list(finding_ids)))
        for finding, at in session.execute(query.group_by(cls.finding_id)).tuples():
            found[finding] = max(at, found.get(finding, at))
    return found
