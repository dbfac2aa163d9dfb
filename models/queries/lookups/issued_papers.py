"""Which issued documents cover a record."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records import Document, DocumentRecord, Record


def papers_of(session: Session, record: Record) -> list[Document]:
    """The documents that cover a record, drafts left out, the oldest first."""
    query = (
        select(Document)
        .join(DocumentRecord, DocumentRecord.document_id == Document.id)
        .where(DocumentRecord.record_uuid == record.uuid, Document.issued_at.is_not(None))
        .where(Document.deleted_at.is_(None), DocumentRecord.deleted_at.is_(None))
        .order_by(Document.id)
    )
    return list(session.scalars(query).unique())
