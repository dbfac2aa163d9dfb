"""The register of documents: numbers given, what a document covers, by which document a record was issued."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session

from models import clock
from models.domain.cases.stages import Stage
from models.domain.documents.mentions import left_out, ticked_in
from models.domain.documents.numbering import DocumentNumber, document_number, next_number
from models.domain.documents.states import GIVEN, DocumentState
from models.domain.findings.books import Book, book_of
from models.domain.findings.counting import solved
from models.domain.findings.lifecycle import Status
from models.paper.checks.before_issue import Facts, FindingFact, PersonFact
from models.paper.editing import records_of, text_of
from models.paper.elements import Block, Paper
from models.paper.kinds import BULLETINS, BY_KEY
from models.queries.facts import known_names, powers
from models.queries.facts.cases import PartyFacts, cases_for_documents
from models.queries.facts.findings import answered
from models.queries.figures.scope import EVERYTHING, Scope
from models.queries.lookups.places import Places
from models.queries.selection.cases import as_of
from models.records import (
    RECORDS,
    AccountabilityCase,
    Attachment,
    Change,
    Document,
    DocumentRecord,
    Finding,
    Office,
    Site,
)

SCAN, OLD_SCAN = "签章扫描件", "已更换的扫描件"
"""What an attachment is for: the signed and sealed copy, and one that another took the place of."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The next numbers: 发文字号 of the office's code, 期号 of the kind, both of one year.

    ``in_issues`` says whether this kind is to carry a 期号.
    """

    number: DocumentNumber
    issue: int
    in_issues: bool = False


def proposal(session: Session, kind: str, year: int, code: str) -> Proposal:
    """What comes after the numbers given so far; those of withdrawn and void documents stay given."""
    return Proposal(
        DocumentNumber(code, year, next_number(numbers_used(session, code, year))),
        next_number(issues_used(session, kind, year)),
        in_issues(session, kind),
    )


def in_issues(session: Session, kind: str) -> bool:
    """Whether a kind carries a 期号: as the one issued last, else as the kind does by itself."""
    if kind not in BULLETINS:
        return False
    query = select(Document.issue).where(
        Document.kind == kind, Document.state.in_(GIVEN), Document.deleted_at.is_(None)
    )
    last = session.execute(query.order_by(Document.issued_at.desc(), Document.id.desc()).limit(1)).first()
    return bool(last[0]) if last else BY_KEY[kind].in_issues


def numbers_used(session: Session, code: str, year: int, besides: int = 0) -> frozenset[int]:
    """Serials given under a code in a year."""
    query = select(Document.number, Document.number_serial).where(
        Document.state.in_(GIVEN), Document.number_year == year, Document.id != besides, Document.deleted_at.is_(None)
    )
    return frozenset(serial for text, serial in session.execute(query) if serial and code_of(text) == code)


def issues_used(session: Session, kind: str, year: int, besides: int = 0) -> frozenset[int]:
    """期号 given to a kind in a year."""
    given_in = func.coalesce(Document.issue_year, cast(func.strftime("%Y", Document.dated_on), Integer))
    query = select(Document.issue).where(
        Document.state.in_(GIVEN), Document.kind == kind, given_in == year,
        Document.id != besides, Document.deleted_at.is_(None), Document.issue.is_not(None),
    )  # fmt: skip
    return frozenset(issue for issue in session.scalars(query) if issue)


def code_of(number: str) -> str:
    """代字 of a document number; empty where it is none."""
    try:
        return document_number(number).code
    except ValueError:
        return ""


def registered(session: Session, scope: Scope = EVERYTHING) -> list[Document]:
    """发文登记簿: what has been issued, withdrawn and void ones too, by day and number."""
    query = select(Document).where(Document.deleted_at.is_(None), Document.state != DocumentState.DRAFT)
    if scope.campaign_id:
        query = query.where(Document.campaign_id == scope.campaign_id)
    if scope.from_:
        query = query.where(Document.dated_on >= scope.from_)
    if scope.until:
        query = query.where(Document.dated_on <= scope.until)
    order = (Document.dated_on, Document.number_year, Document.number_serial, Document.id)
    return list(session.scalars(query.order_by(*order)))


def covered(paper: Paper) -> tuple[tuple[str, str], ...]:
    """(table, uuid) of every record the paper's blocks state, each once."""
    refs = (ref for block in _blocks(paper) for ref in records_of(block))
    return tuple(dict.fromkeys((table, uuid) for table, _, uuid in (ref.partition(":") for ref in refs)))


def _blocks(paper: Paper) -> Iterable[Block]:
    yield from paper.blocks
    for annex in paper.annexes:
        yield from annex.blocks


def records_covered(session: Session, paper: Paper, table: str) -> list[Any]:
    """The records of one table that the paper states."""
    cls = RECORDS[table]
    uuids = [uuid for name, uuid in covered(paper) if name == table]
    return list(session.scalars(select(cls).where(cls.uuid.in_(uuids))))


def not_executed(session: Session, document: Document) -> list[AccountabilityCase]:
    """The cases an accountability bulletin made known before they were carried out (宣布执行)."""
    if document.kind != "accountability_bulletin":
        return []
    stated = select(DocumentRecord.record_uuid).where(
        DocumentRecord.document_id == document.id, DocumentRecord.table == AccountabilityCase.__tablename__
    )
    query = select(AccountabilityCase).where(
        AccountabilityCase.uuid.in_(stated), AccountabilityCase.stage == Stage.DECIDED
    )
    return list(session.scalars(query.order_by(AccountabilityCase.id)))


def issued_by(session: Session, record_uuid: str) -> list[Document]:
    """The issued documents that state a record, oldest first."""
    query = select(Document).join(DocumentRecord, DocumentRecord.document_id == Document.id)
    where = (DocumentRecord.record_uuid == record_uuid, DocumentRecord.deleted_at.is_(None))
    issued = (Document.state == DocumentState.ISSUED, Document.deleted_at.is_(None))
    return list(session.scalars(query.where(*where, *issued).order_by(Document.issued_at, Document.id)))


def known_only_by(session: Session, document: Document, table: str) -> list[Any]:
    """The records of one table that a document states, no other issued bulletin does, and issuing made known.

    What was known before, by hand or by a document taken in without its text, is not known by it.
    """
    cls = RECORDS[table]
    stated = select(DocumentRecord.record_uuid).where(
        DocumentRecord.document_id == document.id, DocumentRecord.table == table
    )
    elsewhere = select(DocumentRecord.record_uuid).join(Document, DocumentRecord.document_id == Document.id).where(
        Document.id != document.id, Document.state == DocumentState.ISSUED, Document.kind.in_(BULLETINS),
        Document.deleted_at.is_(None), DocumentRecord.deleted_at.is_(None),
    )  # fmt: skip
    made_known = (
        select(Change.operation).where(Change.record_uuid == cls.uuid, Change.after["publicised"].as_boolean())
        .order_by(Change.id.desc()).limit(1).correlate(cls).scalar_subquery()
    )  # fmt: skip
    issuings = select(Change.operation).where(
        Change.record_uuid.in_(select(Document.uuid)), Change.after["state"].as_string() == DocumentState.ISSUED
    )
    alone = (cls.uuid.in_(stated), cls.uuid.not_in(elsewhere), made_known.in_(issuings))
    return list(session.scalars(select(cls).where(*alone)))


def scans(session: Session, documents: Iterable[Document]) -> dict[str, Attachment]:
    """The signed and sealed copies of some documents, by the document's uuid."""
    uuids = [document.uuid for document in documents]
    query = select(Attachment).where(
        Attachment.owner_uuid.in_(uuids), Attachment.role == SCAN, Attachment.deleted_at.is_(None)
    )
    return {scan.owner_uuid: scan for scan in session.scalars(query.order_by(Attachment.id))}


def facts_for_checks(session: Session, document: Document, paper: Paper, gap_reason: str = "") -> Facts:
    """What the records behind a paper say, for ``checks.before_issue``."""
    year = paper.signature.date.year if paper.signature else (document.dated_on or clock.today()).year
    number = paper.header.number
    used = numbers_used(session, code_of(number), year, document.id or 0) if number else frozenset()
    rows = records_covered(session, paper, "finding")
    date = paper.signature.date if paper.signature else clock.today()
    return Facts(
        findings=_findings(session, rows, date),
        named=_findings(session, _named_by_serial(session, paper, {row.id for row in rows}), date),
        people=tuple(_people(session, paper, document.options or {})),
        units=_units_of_cases(session, paper),
        used=used,
        issues_used=issues_used(session, document.kind, year, document.id or 0),
        issue=document.issue,
        gap_reason=gap_reason or document.gap_reason,
        last_issued=_last_issued(session, number, year),
        organs=known_names.organs(session),
        names=known_names.persons(session),
        asked=known_names.asked_often(session, paper.addressees, date),
        legal_basis=powers.legal_basis(session, document),
        authorities=powers.authorities(session, rows),
        unapproved=powers.unapproved(session, rows),
    )


def _last_issued(session: Session, number: str, year: int) -> tuple[str, dt.date] | None:
    try:
        given = document_number(number)
    except ValueError:
        return None
    return known_names.last_issued(session, given.code, year, given.serial)


def _named_by_serial(session: Session, paper: Paper, known: Collection[int]) -> list[Finding]:
    """Findings that the text names by their 台账编号, and that its blocks do not state."""
    texts = [text_of(block) for block in _blocks(paper)]
    serials = {serial for text in texts for serial in _SERIAL.findall(text)}
    query = select(Finding).where(Finding.serial.in_(serials), Finding.deleted_at.is_(None))
    return [row for row in session.scalars(query) if row.id not in known] if serials else []


_SERIAL = re.compile(r"(?<![\d-])(?:自查)?\d{4}-\d{4,6}(?![\d-])")


def _findings(session: Session, rows: Sequence[Finding], day: dt.date) -> tuple[FindingFact, ...]:
    told = answered(session, list(rows))
    places = session.scalars(select(Site).where(Site.id.in_([one.site_id for one in rows if one.site_id])))
    sites = {place.id: place.name for place in places}
    role = session.scalars(select(Office.role)).first() or "county"
    own = role == "unit"  # a unit counts by its own word
    found = []
    for one in rows:
        status = Status(one.status or Status.DRAFT)
        fact = FindingFact(
            f"finding:{one.uuid}",
            one.serial,
            status,
            one.count,
            one.deadline,
            answered=one.id in told or status is Status.RETURNED,
            solved=one.count
            if own and told.get(one.id)
            else solved(status, one.count, one.solved_count, closed_on=one.closed_on, day=day),
            above=book_of(one.source_level, self_found=one.self_found, role=role) is Book.ABOVE,
            fact=one.fact,
            site=sites.get(one.site_id or 0, ""),
            found_on=one.found_on,
        )
        found.append(fact)
    return tuple(found)


def _units_of_cases(session: Session, paper: Paper) -> frozenset[str]:
    """The units the paper's cases are about, by name and by the whole way to them."""
    ids = {case.unit_id for case in records_covered(session, paper, "accountability_case") if case.unit_id}
    places = Places.load(session) if ids else None
    return frozenset(name for id_ in ids if places for name in (places.name(id_), places.path(id_)) if name)


def _people(session: Session, paper: Paper, options: Mapping[str, Any]) -> Iterable[PersonFact]:
    """The parties of every case the paper tells, as they are now: one added since drafting too.

    A correction names those of whom something else holds by now, and nobody else.
    """
    if paper.kind == "correction":
        return
    keys = {
        ref.partition(":")[2]: block.origin.key
        for block in paper.blocks
        if block.origin and len([r for r in block.origin.records if r.startswith("accountability_case:")]) == 1
        for ref in block.origin.records
        if ref.startswith("accountability_case:")
    }
    ids = [case.id for case in records_covered(session, paper, "accountability_case")]
    date = paper.signature.date if paper.signature else dt.date.max
    cases = [as_of(case, date) for case in cases_for_documents(session, ids)] if ids else []
    ticked = tuple(options.get("leave_out", ()))
    places = Places.load(session) if any(p.party.is_unit for one in cases for p in one.parties) else None
    for one in cases:
        for facts in one.parties:
            if key := keys.get(one.case.uuid):
                yield _person(facts, key, ticked_in(one.case.code, ticked), places)


def _person(facts: PartyFacts, key: str, ticked: Collection[str], places: Places | None) -> PersonFact:
    party, dealt = facts.party, bool(facts.dispositions)
    also = (places.path(party.unit_id), places.name(party.unit_id)) if places and party.is_unit else ()
    return PersonFact(
        f"party:{party.uuid}",
        party.name,
        key,
        settled=dealt or bool(party.elsewhere or party.mention),
        left_out=left_out(party.name, party.mention, dealt=dealt, ticked=ticked, elsewhere=party.elsewhere),
        also=tuple(filter(None, also)),
        stated=tuple(_stated(facts)),
    )


def _stated(facts: PartyFacts) -> Iterator[tuple[str, str]]:
    """The words of a party's records that a text tells as they are."""
    if facts.party.post:
        yield "职务", facts.party.post
    for one in facts.dispositions:
        told = (("处理", one.measure.removesuffix("处分")), ("决定机关", one.organ), ("决定时间", one.decided_text))
        yield from ((label, word) for label, word in told if word)
        if one.decided_on:
            yield "决定日期", f"{one.decided_on.month}月{one.decided_on.day}日"
