"""At an answering unit: what it was sent, and what it found itself (乡自查)."""

from collections import Counter

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from models.records import Finding, Plan
from models.rules.local import LocalStatus


def sent() -> list[ColumnElement[bool]]:
    """Conditions on ``Finding``: what the county sent, what went to another unit left out."""
    left = Finding.local_status != LocalStatus.LEFT
    return [Finding.deleted_at.is_(None), Finding.self_found.is_(False), left]


def own() -> list[ColumnElement[bool]]:
    """Conditions on ``Finding``: what the unit found itself."""
    return [Finding.deleted_at.is_(None), Finding.self_found.is_(True)]


def by_local_status(session: Session) -> dict[LocalStatus, int]:
    """How many of the county's problems stand where, in the order of an answer's life."""
    theirs = (Finding.deleted_at.is_(None), Finding.self_found.is_(False))
    counted = Counter(session.scalars(select(Finding.local_status).where(*theirs)))
    return {status: counted[str(status)] for status in LocalStatus}


def without_plan(session: Session) -> list[Finding]:
    """The county's problems that still want an answer and have no 整改计划 yet, the most urgent first."""
    planned = select(Plan.finding_id).where(Plan.deleted_at.is_(None))
    open_ = Finding.local_status.in_((LocalStatus.EMPTY, LocalStatus.WRITING, LocalStatus.RETURNED))
    query = select(Finding).where(*sent(), open_, Finding.id.not_in(planned))
    return list(session.scalars(query.order_by(Finding.deadline.is_(None), Finding.deadline, Finding.id)))
