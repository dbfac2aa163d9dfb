"""Drafts that say all a finding must say: the clerk decides which of them count."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.documents.numbering import in_order
from models.domain.documents.states import DocumentState
from models.domain.findings import completeness
from models.domain.findings.lifecycle import Status, is_report
from models.records import Document, DocumentRecord, Finding, Site, Unit


@dataclass(frozen=True, slots=True)
class WholeDraft:
    """One such draft.

    Attributes:
        id: of the finding.
        serial: its number.
        found_on: its day.
        place: its unit, and its site where it has one.
        fact: what was found.
        count: how many problems it tells.
        reported: whether the public reported it, so that somebody must have verified it first.
        papers: numbers or titles of the issued documents that name it.
    """

    id: int
    serial: str
    found_on: dt.date
    place: str
    fact: str
    count: int
    reported: bool
    papers: tuple[str, ...]


def whole_drafts(session: Session) -> list[WholeDraft]:
    """Every complete draft but those a unit found itself, by number."""
    query = (
        select(Finding, Unit.name, Site.name)
        .outerjoin(Unit, Unit.id == Finding.unit_id)
        .outerjoin(Site, Site.id == Finding.site_id)
        .where(Finding.status == Status.DRAFT, Finding.deleted_at.is_(None), Finding.self_found.is_(False))
    )
    papers = _papers(session)
    found = []
    for finding, unit, site in session.execute(query):
        facts = {name: getattr(finding, name) for name in completeness.NEEDED}
        if not completeness.lacking(facts):
            place = " ".join(filter(None, (unit, site)))
            reported = is_report({"source_level": finding.source_level})
            told = papers.get(finding.uuid, ())
            found.append(
                WholeDraft(
                    finding.id, finding.serial, finding.found_on, place, finding.fact, finding.count, reported, told
                )
            )
    return sorted(found, key=lambda one: (in_order(one.serial), one.id))


def _papers(session: Session) -> dict[str, tuple[str, ...]]:
    """The issued documents that name a draft, by the draft's uuid."""
    query = (
        select(DocumentRecord.record_uuid, Document.number, Document.title)
        .join(Document, Document.id == DocumentRecord.document_id)
        .join(Finding, Finding.uuid == DocumentRecord.record_uuid)
        .where(Finding.status == Status.DRAFT, Document.state == DocumentState.ISSUED)
        .where(Document.deleted_at.is_(None), DocumentRecord.deleted_at.is_(None))
        .order_by(Document.id)
    )
    told: dict[str, tuple[str, ...]] = {}
    for uuid, number, title in session.execute(query):
        told[uuid] = (*told.get(uuid, ()), number or title)
    return told
