"""A corrected draft that came back as Word: its changes kept in the draft, the file itself beside the document."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.documents.states import DocumentState
from models.errors import Refusal
from models.paper.elements import Paper
from models.paper.titles import issue_of
from models.records import Document
from models.services import attachments, documents, records
from models.services.unit_of_work import ChangeSet, Workspace, record_class

ROLE = "取回的改稿"
"""What the attachment is for."""


def document_of(session: Session, uuid: str) -> Document | None:
    """The document a draft went out from; None where it was kept nowhere, or is gone."""
    if not uuid:
        return None
    return session.scalars(select(Document).where(Document.uuid == uuid, Document.deleted_at.is_(None))).first()


def refuse_unless_draft(document: Document | None) -> None:
    """Only a draft takes changes.

    Raises:
        Refusal: it is issued, withdrawn or void.
    """
    if document is not None and document.state != DocumentState.DRAFT:
        raise Refusal(f"《{document.title}》是“{document.state}”，内容已经固定，不能改；请另发更正，或撤回后重新起草。")


def take_back(
    workspace: Workspace, document_id: int | None, paper: Paper, file: Path, options: Mapping[str, Any]
) -> Document:
    """Keep the corrected paper, in its draft or as a new one, and the file it came from; returns the document.

    Args:
        workspace: to write with.
        document_id: of the draft; None where the paper was kept nowhere.
        paper: with the changes that were taken over.
        file: the .docx that came back.
        options: what a paper that was kept nowhere was composed with.

    Raises:
        Refusal: the document is no draft any more, or the file cannot be read.
    """
    content = attachments.prepared(*attachments.read(file))
    with workspace.writing(f"取回改稿“{file.name}”") as work:
        if document_id is None:
            document = documents.add_draft(work, paper, issue=issue_of(paper.title), options=options)
        else:
            document = work.get(Document, document_id)
            refuse_unless_draft(document)
            documents.keep_paper(work, document, paper, issue=issue_of(paper.title))
        attachments.keep(work, document, content, role=ROLE)
    return document


def change_record(workspace: Workspace, table: str, id_: int, version: int, values: Mapping[str, Any]) -> ChangeSet:
    """Change a record as the paper that states it was changed.

    Raises:
        Refusal: a value will not do.
        Stale: the record has moved on.
    """
    return records.update(workspace, record_class(table), id_, version, values)
