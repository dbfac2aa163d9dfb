"""The papers an answer answers: 来文 of the problems, for its lead."""

import re
from collections.abc import Sequence

from sqlalchemy import select

from exporters.composing.frame import Frame
from exporters.composing.wording import clause, listed_shortly
from models.domain.documents.states import DocumentState
from models.queries.facts.findings import FindingFacts
from models.records import Document, DocumentRecord

_NUMBER = re.compile(r"^[^《》]*[〔\[（(]\d{4}[〕\])）]第?\d+号$")


def source_papers(frame: Frame, facts: Sequence[FindingFacts]) -> str:
    """《关于……的通知》（……〔2022〕6号）: what the problems came with; who handed them over where no paper is known.

    Empty where neither is known: the lead then says nothing of it.
    """
    numbers = [number for one in facts if (number := clause(one.finding.source_number))]
    if numbers:
        return listed_shortly((_called(number) for number in numbers), "文件")
    if frame.role == "county" and (notices := _notices(frame, facts)):
        return listed_shortly(notices, "通知")
    return f"{frame.superior}交办" if frame.superior else ""


def _called(number: str) -> str:
    """临安办〔2024〕15号文件: a number alone is said to be a paper's."""
    return f"{number}文件" if _NUMBER.match(number) else number


def _notices(frame: Frame, facts: Sequence[FindingFacts]) -> list[str]:
    """The issued notices that handed these problems over, as texts name them."""
    uuids = [one.finding.uuid for one in facts]
    query = (
        select(Document)
        .join(DocumentRecord, DocumentRecord.document_id == Document.id)
        .where(DocumentRecord.record_uuid.in_(uuids), Document.kind == "rectification_notice")
        .where(Document.state == DocumentState.ISSUED, Document.deleted_at.is_(None), Document.number != "")
        .order_by(Document.dated_on, Document.id)
    )
    papers = frame.session.scalars(query).unique()
    return [f"《{one.title.replace(chr(10), '')}》（{one.number}）" for one in papers]
