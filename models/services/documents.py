"""A document's way: drafted, numbered, checked, issued and frozen; withdrawn, void, taken in from before."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import clock
from models.domain.cases.stages import Stage
from models.domain.documents.numbering import DocumentNumber, completed
from models.domain.documents.states import DocumentState
from models.errors import Problem, Refusal
from models.paper import editing
from models.paper.checks.before_issue import Notice, before_issue, in_order
from models.paper.checks.catalog import BY_CODE
from models.paper.elements import Paper, from_json, to_json
from models.paper.kinds import BULLETINS
from models.paper.masking import public
from models.paper.titles import issue_of, with_issue
from models.queries.facts import documents as register
from models.queries.facts.documents import OLD_SCAN, SCAN, Proposal
from models.queries.lookups.masked_names import with_masks
from models.queries.selection import check as selection_check
from models.records import AccountabilityCase, Document, DocumentRecord, Finding, Office
from models.services import attachments, handing_over, records
from models.services.numbering import at_least, last_number
from models.services.unit_of_work import ChangeSet, UnitOfWork, Workspace

Values = Mapping[str, Any]
_WANTS_REASON = ("number_gap", "issue_gap")
PHOTO = "公文照片"
"""What an attachment put into a document's text is for."""
_DESCRIPTION = 200


def propose(session: Session, kind: str, year: int) -> Proposal:
    """The next 发文字号 and 期号; a number once given is not proposed again, not even after an undo.

    Whether a 期号 is wanted is what the office did with this kind last; a kind that never was issued
    has one where the kind is published in issues (``Kind.in_issues``).
    """
    code = session.scalars(select(Office.number_code)).first() or ""
    found = register.proposal(session, kind, year, code)
    number = max(found.number.serial, last_number(session, _numbers(code), year) + 1)
    issue = max(found.issue, last_number(session, _issues(kind), year) + 1)
    return Proposal(DocumentNumber(code, year, number), issue, found.in_issues)


def next_number(session: Session, kind: str, year: int) -> str:
    """The 发文字号 a document would get next, as it is printed; empty where the office has no 发文代字."""
    found = propose(session, kind, year).number
    return str(found) if found.code else ""


def numbered(session: Session, paper: Paper, number: str = "", issue: int | None = None) -> Paper:
    """A paper with its numbers: those given, those it has, else the next ones.

    Args:
        session: to see which were given.
        paper: a draft's.
        number: 发文字号, or only its serial.
        issue: 期号.

    Raises:
        Refusal: what was given is no document number.
    """
    year = paper.signature.date.year if paper.signature else clock.today().year
    found = propose(session, paper.kind, year)
    if number:
        try:
            number = str(completed(number, found.number.code, found.number.year))
        except ValueError as error:
            raise Refusal(f"“{number}”{error}") from error
    issue = issue or issue_of(paper.title) or (found.issue if found.in_issues else None)
    values = {"number": number or paper.header.number or str(found.number), "title": with_issue(paper.title, issue)}
    return editing.with_fields(paper, values)


def _numbers(code: str) -> str:
    return f"document:{code}"


def _issues(kind: str) -> str:
    return f"issue:{kind}"


def draft(
    workspace: Workspace,
    paper: Paper,
    *,
    issue: int | None = None,
    options: Values | None = None,
    campaign_id: int | None = None,
) -> ChangeSet:
    """Keep a composed paper as a draft; ``options`` is what it was composed with, to compose it again."""
    with workspace.writing(f"起草“{_one_line(paper.title)}”") as work:
        add_draft(work, paper, issue=issue, options={"campaign_id": campaign_id, **(options or {})})
    return work.done


def add_draft(work: UnitOfWork, paper: Paper, *, issue: int | None, options: Values) -> Document:
    """``draft`` inside a deed that does more; the 专项 is the one of the options."""
    given = {name: value for name, value in options.items() if name != "campaign_id" or value is not None}
    values = {**_shown(paper), "issue": issue, "campaign_id": options.get("campaign_id"), "options": given}
    document = records.add(work, Document, {"kind": paper.kind, "state": DocumentState.DRAFT, **values})
    document.content = to_json(paper)
    return document


def save(
    workspace: Workspace, document_id: int, version: int | None, paper: Paper, *, issue: int | None = None, **more: Any
) -> ChangeSet:
    """Keep an edited paper in its draft; ``issue`` is 期号 where the title does not say it.

    Raises:
        Refusal: it is issued or void and cannot be changed any more.
        Stale: the draft has moved on.
    """
    with workspace.writing(f"修改文稿“{_one_line(paper.title)}”") as work:
        document = work.get(Document, document_id, version)
        _refuse_unless(document, DocumentState.DRAFT, "只有草稿可以修改")
        keep_paper(work, document, paper, issue=issue, **more)
    return work.done


def keep_paper(work: UnitOfWork, document: Document, paper: Paper, *, issue: int | None, **more: Any) -> None:
    """``save`` inside a deed that does more."""
    records.change(work, document, {**_shown(paper), "issue": issue_of(paper.title) or issue, **more})
    work.set(document, content=to_json(paper))


def discard(workspace: Workspace, ids: Iterable[int]) -> ChangeSet:
    """Move drafts to the recycle bin.

    Raises:
        Refusal: one of them was issued; it can only be withdrawn or declared void.
    """
    chosen = list(ids)
    with workspace.reading() as session:
        query = select(Document.number).where(Document.id.in_(chosen), Document.state != DocumentState.DRAFT)
        issued = session.scalars(query).first()
    if issued is not None:
        raise Refusal(f"{issued or '有的发文'}已经印发，不能删去，只能撤回或作废。")
    return records.delete(workspace, Document, chosen)


def _shown(paper: Paper) -> dict[str, Any]:
    """The register's columns as the paper has them."""
    header, colophon, signature = paper.header, paper.colophon, paper.signature
    return {
        "title": _one_line(paper.title),
        "number": header.number,
        "addressees": "\n".join(paper.addressees),
        "copy_to": "\n".join(colophon.copy_to) if colophon else "",
        "signer": "、".join(header.signers),
        "dated_on": signature.date if signature else None,
        "approver": paper.approver,
        "approved_on": paper.approved_on,
        "secrecy": header.secrecy,
        "urgency": header.urgency,
        "copy_number": header.copy_number,
    }


def _one_line(title: str) -> str:
    return title.replace("\n", "")


def paper_of(document: Document) -> Paper:
    """The paper of a draft as it stands, of an issued document as it was frozen.

    Raises:
        Refusal: the register holds no text, as of documents taken in from before.
    """
    if document.content is None:
        raise Refusal("这份发文是补录的，没有文稿，只能查看扫描件。")
    if document.hashes.get("content") and _digest(document.content) != document.hashes["content"]:
        raise Refusal("这份发文的内容与印发时不一致，数据可能已损坏，请从备份恢复。")
    return from_json(document.content)


def paper_as_it_is(session: Session, document: Document) -> Paper:
    """``paper_of`` with the masks of a draft as the records say them now: consent may come, and be taken back."""
    paper = paper_of(document)
    return with_masks(session, paper) if document.state == DocumentState.DRAFT else paper


def exported(document: Document, *, masked: bool) -> Paper:
    """The paper for one of the two exports of an issue: internal with full names, or public with masks."""
    paper = paper_of(document)
    return public(paper) if masked else paper


def check(session: Session, document: Document, gap_reason: str = "") -> tuple[Notice, ...]:
    """What stands against issuing a draft, errors first."""
    paper = with_masks(session, paper_of(document))
    found = before_issue(paper, register.facts_for_checks(session, document, paper, gap_reason))
    selected = selection_check.notices(session, document, paper)
    return in_order((*selected, *found))


def check_paper(session: Session, paper: Paper, options: Values) -> tuple[Notice, ...]:
    """``check`` of a paper that was composed with these options and is kept nowhere."""
    values = _shown(paper)
    document = Document(kind=paper.kind, options=dict(options), issue=issue_of(paper.title), gap_reason="", hashes={})
    document.content, document.dated_on = to_json(paper), values["dated_on"]
    return check(session, document)


def issue(
    workspace: Workspace,
    document_id: int,
    version: int | None = None,
    *,
    gap_reason: str = "",
    despite_warnings: bool = False,
) -> ChangeSet:
    """Issue a draft: check it, freeze it, mark what it makes known, and give its number for good.

    Raises:
        Refusal: an error stands against it, or a warning the clerk has not passed over; a gap in the numbers
            is passed over with its reason only, which the register keeps.
        Stale: the draft has moved on since it was seen.
    """
    with workspace.writing("") as work:
        document = work.get(Document, document_id, version)
        _refuse_unless(document, DocumentState.DRAFT, "只有草稿可以印发")
        notices = check(work.session, document, gap_reason)
        unexplained = () if (gap_reason or document.gap_reason).strip() else _WANTS_REASON
        passed = {n for n in notices if n.severity != "error" and (despite_warnings or BY_CODE[n.code].hint)}
        standing = [n for n in notices if n not in passed or n.code in unexplained]
        if standing:
            raise Refusal(*(Problem(n.key, n.sentence) for n in standing))
        work.deed = f"印发{document.number or ''}《{document.title}》"
        _freeze(work, document, gap_reason)
        _cover(work, document)
        _give_numbers(work, document)
    return work.done


def _freeze(work: UnitOfWork, document: Document, gap_reason: str) -> None:
    """Freeze the text, and who is masked in its public version as the records say it now."""
    paper = with_masks(work.session, paper_of(document))
    content = to_json(paper)
    hashes = {"content": _digest(content), "public": _digest(to_json(public(paper)))}
    reason = gap_reason.strip() or document.gap_reason
    work.set(document, content=content, hashes=hashes, gap_reason=reason)
    work.set(document, state=DocumentState.ISSUED, issued_at=work.workspace.now)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _cover(work: UnitOfWork, document: Document) -> None:
    """Note every record the paper states, and mark what a bulletin makes known."""
    paper = paper_of(document)
    rows = [
        {"document_id": document.id, "table": table, "record_uuid": uuid} for table, uuid in register.covered(paper)
    ]
    work.bulk_add(DocumentRecord, rows)
    if document.kind == handing_over.KIND:
        handing_over.hand_over(work, paper)
    if document.kind not in BULLETINS:
        return
    for finding in register.records_covered(work.session, paper, Finding.__tablename__):
        work.set(finding, publicised=True)
    if document.kind == "accountability_bulletin":
        for case in register.records_covered(work.session, paper, AccountabilityCase.__tablename__):
            work.set(case, publicised=True)
            if case.stage == Stage.EXECUTED:
                work.set(case, stage=str(Stage.PUBLICISED))


def _give_numbers(work: UnitOfWork, document: Document) -> None:
    if document.number_year and document.number_serial:
        code = register.code_of(document.number)
        at_least(work, _numbers(code), document.number_year, document.number_serial)
    if document.issue and document.issue_year:
        at_least(work, _issues(document.kind), document.issue_year, document.issue)


def withdraw(
    workspace: Workspace, document_id: int, reason: str, version: int | None = None, *, take_back: bool = False
) -> ChangeSet:
    """Call an issued document back (撤回): its text and number stay, what it alone made known is not known any more.

    With ``take_back`` the problems its issue handed over wait to be handed over again.

    Raises:
        Refusal: it is not issued, or no reason is given.
    """
    return _end(workspace, document_id, version, reason, DocumentState.WITHDRAWN, take_back=take_back)


def void(
    workspace: Workspace, document_id: int, reason: str, version: int | None = None, *, take_back: bool = False
) -> ChangeSet:
    """Declare a document void (作废); its number is never given again. ``take_back`` as in ``withdraw``.

    Raises:
        Refusal: it is void already, or no reason is given.
    """
    return _end(workspace, document_id, version, reason, DocumentState.VOID, take_back=take_back)


def _end(
    workspace: Workspace, document_id: int, version: int | None, reason: str, state: str, *, take_back: bool
) -> ChangeSet:
    verb = state.removeprefix("已")
    if not reason.strip():
        raise Refusal(Problem("void_reason", f"请填写{verb}原因。"))
    with workspace.writing("") as work:
        document = work.get(Document, document_id, version)
        issued = document.state == DocumentState.ISSUED
        if document.state == DocumentState.VOID or (state == DocumentState.WITHDRAWN and not issued):
            raise Refusal(f"这份发文是“{document.state}”，不能{verb}。")
        work.deed = f"{verb}{document.number or ''}《{document.title}》"
        work.set(document, state=state, void_reason=reason.strip(), voided_on=work.workspace.today)
        work.session.flush()
        _make_unknown(work, document)
        if take_back:
            handing_over.take_back(work, document)
    return work.done


def _make_unknown(work: UnitOfWork, document: Document) -> None:
    """Take 已通报 from findings and cases that no other issued bulletin states."""
    for finding in register.known_only_by(work.session, document, Finding.__tablename__):
        work.set(finding, publicised=False)
    for case in register.known_only_by(work.session, document, AccountabilityCase.__tablename__):
        work.set(case, publicised=False)
        if case.stage == Stage.PUBLICISED:
            work.set(case, stage=str(Stage.EXECUTED))


def attach_scan(
    workspace: Workspace,
    document_id: int,
    source: Path | bytes | attachments.Prepared,
    name: str = "",
    *,
    reason: str = "",
) -> ChangeSet:
    """Keep the signed and sealed copy with its document; one it replaces stays with the document, with the reason.

    Raises:
        Refusal: the file cannot be read or kept, the document is still a draft, or a copy is there already
            and no reason is given.
    """
    if not isinstance(source, attachments.Prepared):
        source = attachments.prepared(*attachments.read(source, name))
    with workspace.writing("") as work:
        document = work.get(Document, document_id)
        if document.state == DocumentState.DRAFT:
            raise Refusal("草稿还没有印发，请先印发再上传签章扫描件。")
        old = register.scans(work.session, [document]).get(document.uuid)
        if old is not None and not reason.strip():
            raise Refusal(Problem("reason", "这份发文已有签章扫描件，更换请写明原因。"))
        work.deed = f"{'更换' if old else '附上'}{document.number}签章扫描件"
        if old is not None:
            work.set(old, role=OLD_SCAN, description=f"{workspace.today}更换：{reason.strip()}"[:_DESCRIPTION])
        scan = attachments.keep(work, document, source, role=SCAN)
        work.set(document, hashes={**document.hashes, "scan": scan.sha256})
    return work.done


def note_export(workspace: Workspace, document_id: int, file_name: str, sha256: str, *, masked: bool) -> ChangeSet:
    """Keep the hash of a file made from an issued document, so that a copy can be told genuine."""
    with workspace.writing(f"导出{file_name}") as work:
        document = work.get(Document, document_id)
        _refuse_unless(document, DocumentState.ISSUED, "只登记已印发文件的校验值")
        files = dict(document.hashes.get("files", {}))
        files[sha256] = {"name": file_name, "public": masked, "at": work.workspace.now.isoformat()}
        work.set(document, hashes={**document.hashes, "files": files})
    return work.done


def _refuse_unless(document: Document, state: str, sentence: str) -> None:
    if document.state != state:
        raise Refusal(f"这份发文是“{document.state}”，{sentence}。")
