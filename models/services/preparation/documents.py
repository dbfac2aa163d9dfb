"""What happens to a document before it is written: its state and the parts of its number."""

from sqlalchemy import inspect

from models.domain.documents.numbering import DocumentNumber, document_number
from models.domain.documents.states import DocumentState
from models.errors import Problem, Refusal
from models.records import Document, fields_of
from models.services.preparation.hook import Hook
from models.services.unit_of_work import UnitOfWork


def _prepare(_work: UnitOfWork, document: Document) -> None:
    """State, and the number in the parts it is ordered and counted by; what was issued stays as it is."""
    _refuse_rewriting(document)
    _refuse_secrets(document)
    document.state = document.state or DocumentState.DRAFT
    if document.number:
        number = _parsed(document.number)
        document.number = str(number)
        document.number_year, document.number_serial = number.year, number.serial
    else:
        document.number_year = document.number_serial = None
    year = document.dated_on.year if document.dated_on else document.number_year
    document.issue_year = year if document.issue else None


def _refuse_rewriting(document: Document) -> None:
    state = inspect(document)
    if not state.persistent or document.historical or document.state == DocumentState.DRAFT:
        return
    frozen = (n for n, f in fields_of(Document).items() if not f.hidden and state.attrs[n].history.has_changes())
    if any(True for _ in frozen):
        raise Refusal(f"这份发文是“{document.state}”，不能再修改。需要更正的，请撤回后重新起草。")


_SECRET = ("秘密", "机密", "绝密")
_TELLING = ("title", "addressees", "copy_to", "void_reason", "gap_reason")


def _refuse_secrets(document: Document) -> None:
    """Of a paper with a state secret the register keeps number and date only (保守国家秘密法 22, 31).

    A draft is told by the check, and cannot be issued.
    """
    drafted = (document.state or DocumentState.DRAFT) == DocumentState.DRAFT
    if drafted or not (document.secrecy or "").startswith(_SECRET):
        return
    labels = [fields_of(Document)[name].label for name in _TELLING if getattr(document, name)]
    if labels:
        told = "、".join(f"“{label}”" for label in labels)
        sentence = f"密级是“{document.secrecy}”的公文只登记文号和日期，请把{told}留空。"
        raise Refusal(Problem("secrecy", sentence))


def _parsed(text: str) -> DocumentNumber:
    try:
        return document_number(text)
    except ValueError as error:
        raise Refusal(Problem("number", f"“{text}”{error}")) from error


HOOKS = (Hook(Document, _prepare),)
