"""Problems handed over by a 整改通知书: with its issue, and back again when it is withdrawn by the clerk's choice."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.documents.states import DocumentState
from models.domain.findings.lifecycle import Status, step
from models.errors import Problem, Refusal
from models.paper.elements import Paper
from models.queries.facts.documents import records_covered
from models.records import Change, Document, Finding
from models.services import findings
from models.services.unit_of_work import UnitOfWork

KIND = "rectification_notice"


def hand_over(work: UnitOfWork, paper: Paper) -> None:
    """Hand over what a notice tells and nobody handed over yet, in the transaction that issues it.

    Raises:
        Refusal: one of them lacks its deadline or what is wanted.
    """
    for finding in records_covered(work.session, paper, Finding.__tablename__):
        if finding.status == Status.PENDING:
            try:
                findings.move(work, finding, step("hand_over"), {})
            except Refusal as refusal:
                raise Refusal(Problem("", f"问题{finding.serial}不能随通知书交办。"), *refusal.problems) from refusal


def handed_by(session: Session, document: Document) -> list[Finding]:
    """The problems that the issue of a notice handed over and that still wait for the unit to sign."""
    if document.kind != KIND:
        return []
    issuing = (
        select(Change.operation)
        .where(Change.record_uuid == document.uuid, Change.after["state"].as_string() == DocumentState.ISSUED)
        .order_by(Change.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    handed = select(Change.record_uuid).where(
        Change.operation == issuing, Change.table == "finding", Change.after["status"].as_string() == Status.HANDED
    )
    query = select(Finding).where(
        Finding.uuid.in_(handed), Finding.status == Status.HANDED, Finding.deleted_at.is_(None)
    )
    return list(session.scalars(query.order_by(Finding.serial)))


def take_back(work: UnitOfWork, document: Document) -> None:
    """What a notice handed over waits to be handed over again, as if it had not been issued."""
    for finding in handed_by(work.session, document):
        work.set(finding, status=str(Status.PENDING), handed_on=None)
