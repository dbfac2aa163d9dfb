"""The last round of inspections: what a first 督查通报 is usually about."""

import datetime as dt
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.domain.documents.states import DocumentState
from models.records import Document, Inspection

ROUND: Final = dt.timedelta(days=7)
"""Inspections that ended within so many days of the last one are of its round."""


def last_round(session: Session, kind: str) -> tuple[int, ...]:
    """The inspections of the last round, oldest first; none once a paper of the kind was issued.

    From then on such a paper goes on from the last one.
    """
    issued = select(Document.id).where(
        Document.kind == kind, Document.state == DocumentState.ISSUED, Document.deleted_at.is_(None)
    )
    if session.scalars(issued.limit(1)).first() is not None:
        return ()
    ended = func.coalesce(Inspection.ends_on, Inspection.starts_on)
    last = session.scalar(select(func.max(ended)).where(Inspection.deleted_at.is_(None)))
    if last is None:
        return ()
    query = select(Inspection.id).where(Inspection.deleted_at.is_(None), ended >= last - ROUND)
    return tuple(session.scalars(query.order_by(Inspection.starts_on, Inspection.id)))
