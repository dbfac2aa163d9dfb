"""What an office acts on: the law of its campaign, and whose supervision its inspections are."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.paper.checks.law import GOVERNMENTS_OWN
from models.records import Campaign, Document, Finding, Inspection


def legal_basis(session: Session, document: Document) -> str:
    """法律依据 of the campaign chosen for a document, else of the current one."""
    chosen = document.campaign_id or (document.options or {}).get("campaign_id")
    query = select(Campaign.legal_basis).where(Campaign.deleted_at.is_(None))
    query = query.where(Campaign.id == chosen) if chosen else query.where(Campaign.active)
    return session.scalars(query.order_by(Campaign.id.desc())).first() or ""


def authorities(session: Session, rows: Iterable[Finding]) -> frozenset[str]:
    """督查性质 of the inspections some findings came of."""
    ids = {row.inspection_id for row in rows if row.inspection_id}
    query = select(Inspection.authority).where(Inspection.id.in_(ids), Inspection.authority != "")
    return frozenset(session.scalars(query)) if ids else frozenset()


_APPROVAL = {"approver": "批准人", "approved_on": "批准日期", "approval_number": "批准文号"}


def unapproved(session: Session, rows: Iterable[Finding]) -> tuple[tuple[str, str], ...]:
    """The government's own inspections some findings came of, with what of their approval is not written down.

    The head of the government approves them (政府督查工作条例 11); a 批准文号 is practice.
    """
    ids = {row.inspection_id for row in rows if row.inspection_id}
    query = select(Inspection).where(Inspection.id.in_(ids), Inspection.authority.in_(GOVERNMENTS_OWN))
    found = []
    for one in session.scalars(query.order_by(Inspection.id)) if ids else ():
        lacking = [label for name, label in _APPROVAL.items() if not getattr(one, name)]
        if lacking:
            found.append((one.title, "、".join(lacking)))
    return tuple(found)
