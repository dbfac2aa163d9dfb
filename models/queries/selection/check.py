"""Whether what a draft tells may still stand in it: the same table as when it was composed, asked again at issue."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import clock
from models.domain.documents.selection import Answer, may_compose
from models.domain.findings import lifecycle
from models.domain.findings.lifecycle import Status
from models.domain.state_machine import Role
from models.paper.checks.before_issue import Notice, Severity
from models.paper.editing import key_of, records_of
from models.paper.elements import Paper
from models.paper.kinds import NAMES
from models.paper.numbering import full_day
from models.queries.facts.amendments import to_correct
from models.queries.figures.scope import Scope
from models.queries.selection import measures
from models.queries.selection.cases import judge_cases
from models.queries.selection.choices import Choice, Judged
from models.queries.selection.corrections import select_corrections
from models.queries.selection.findings import judge_findings
from models.records import AccountabilityCase, Disposition, Document, Finding, Office, Party

_MOST = 500


def notices(session: Session, document: Document, paper: Paper) -> tuple[Notice, ...]:
    """What of a draft's records is out by now, wants a tick, was decided too late or cannot be handed over."""
    choice = _choice(session, document, paper)
    if choice is None:
        return ()
    uuids = _covered(paper)
    judged = [
        *_findings(session, choice, uuids),
        *_cases(session, choice, uuids, (document.options or {}).get("corrects")),
    ]
    found = (n for one in judged if (n := _notice(paper, choice, one)) is not None)
    decisions = _decisions(session, paper, choice.date, uuids.get("disposition", ()))
    laws = _laws(session, paper, uuids)
    return (*found, *decisions, *laws, *_not_to_hand_over(session, paper, uuids.get("finding", ())))


def _covered(paper: Paper) -> dict[str, list[str]]:
    """The records a paper tells, by table."""
    blocks = (*paper.blocks, *(block for annex in paper.annexes for block in annex.blocks))
    found: dict[str, list[str]] = {}
    for ref in dict.fromkeys(ref for block in blocks for ref in records_of(block)):
        table, _, uuid = ref.partition(":")
        found.setdefault(table, []).append(uuid)
    return found


def _choice(session: Session, document: Document, paper: Paper) -> Choice | None:
    """The choices the draft was composed with; None for a kind this office does not write."""
    role: Role = "unit" if session.scalars(select(Office.role)).first() == "unit" else "county"
    if not may_compose(paper.kind, role):
        return None
    kept: Mapping[str, Any] = document.options or {}
    scope = Scope(
        from_=_day(kept.get("from_")), until=_day(kept.get("until")), finding_ids=tuple(kept.get("finding_ids", ())),
        inspection_ids=tuple(kept.get("inspection_ids", ())),
    )  # fmt: skip
    date = paper.signature.date if paper.signature else document.dated_on or clock.today()
    return Choice(
        paper.kind, role, date, scope, ticks=kept.get("ticks", {}), include=bool(kept.get("include")),
        approver=kept.get("approver", ""), leave_out=tuple(kept.get("leave_out", ())),
    )  # fmt: skip


def _day(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) and value else value or None


def _findings(session: Session, choice: Choice, uuids: Mapping[str, list[str]]) -> tuple[Judged, ...]:
    # A case's bulletin names the problem it came of, which is not what it makes known.
    if choice.kind in ("accountability_bulletin", "correction"):
        return ()
    return judge_findings(session, choice, uuids.get("finding", ())).judged


def _cases(
    session: Session, choice: Choice, uuids: Mapping[str, list[str]], corrects: int | None
) -> tuple[Judged, ...]:
    if choice.kind not in ("accountability_bulletin", "correction"):
        return ()
    ids = tuple(row.id for row in _of(session, AccountabilityCase, uuids.get("accountability_case", ())))
    if choice.kind == "accountability_bulletin":
        return judge_cases(session, choice, ids).judged
    corrected = session.get(Document, corrects) if corrects else next(iter(to_correct(session, ids)), None)
    return select_corrections(session, replace(choice, case_ids=ids), corrected).judged if corrected and ids else ()


def _of(session: Session, cls: Any, uuids: Iterable[str]) -> list[Any]:
    chosen = list(uuids)
    parts = (chosen[start : start + _MOST] for start in range(0, len(chosen), _MOST))
    return [row for some in parts for row in session.scalars(select(cls).where(cls.uuid.in_(some)))]


def _notice(paper: Paper, choice: Choice, one: Judged) -> Notice | None:
    """Red for what is out or lacks what its tick wanted, amber for what was never ticked."""
    if one.taken:
        return None
    ref, name = f"{one.table}:{one.uuid}", NAMES[choice.kind]
    key, at = _place(paper, ref)
    if one.verdict.answer is Answer.OUT:
        sentence = f"“{one.label}”{one.verdict.words}，不能写入{name}，请按最新记录更新，或删去这一条。"
        return Notice("selection_out", sentence, key, ref, "error", at)
    if one.hindrance:
        return Notice("selection_lacks", f"“{one.label}”{one.hindrance}。", key, ref, "error", at)
    sentence = f"“{one.label}”{one.verdict.words}，没有勾选写入，请确认是否写入。"
    return Notice("selection_ask", sentence, key, ref, "warning", at)


def _place(paper: Paper, ref: str) -> tuple[str, int]:
    """Key and index of the block that speaks of a record most closely."""
    holding = [(len(records_of(block)), at) for at, block in enumerate(paper.blocks) if ref in records_of(block)]
    if not holding:
        return "", -1
    _, at = min(holding)
    return key_of(paper.blocks[at]) or f"blocks.{at}", at


def _decisions(session: Session, paper: Paper, date: dt.date, uuids: Iterable[str]) -> Iterator[Notice]:
    """Dispositions a paper tells that were decided after its own date, or nobody knows when or by whom."""
    rows = _of(session, Disposition, uuids)
    people = select(Party.id, Party.name).where(Party.id.in_([row.party_id for row in rows]))
    names = dict(session.execute(people).tuples().all())
    for row in rows:
        what, place = f"“{names.get(row.party_id, '')}”的{row.measure}", _place(paper, f"disposition:{row.uuid}")
        if row.decided_on and row.decided_on > date:
            sentence = f"{what}决定日期{full_day(row.decided_on)}晚于成文日期，请删去或核对日期。"
            yield _about("decided_later", sentence, row, place, "error")
        elif not row.decided_on and not row.decided_text.strip():
            yield _about("undated_decision", f"{what}没有决定日期，请核对。", row, place, "warning")
        if not row.organ.strip():
            yield _about("no_organ", f"{what}没有决定机关，请核对。", row, place, "warning")


def _laws(session: Session, paper: Paper, uuids: Mapping[str, list[str]]) -> Iterator[Notice]:
    """Measures that do not fit organ or person, and duties that do not fit their ground."""
    rows, parties = _of(session, Disposition, uuids.get("disposition", ())), _of(session, Party, uuids.get("party", ()))
    for code, sentence, ref in measures.told(session, rows, parties):
        key, at = _place(paper, ref)
        yield Notice(code, sentence, key, ref, "warning", at)


def _about(code: str, sentence: str, row: Disposition, place: tuple[str, int], severity: Severity) -> Notice:
    key, at = place
    return Notice(code, sentence, key, f"disposition:{row.uuid}", severity, at)


def _not_to_hand_over(session: Session, paper: Paper, uuids: Iterable[str]) -> Iterator[Notice]:
    """Findings a notice would hand over when it is issued, and what they lack for it."""
    if paper.kind != "rectification_notice":
        return
    wants = [one for one in lifecycle.step("hand_over").wants if one.field in ("deadline", "requirement")]
    for row in _of(session, Finding, uuids):
        given = {"deadline": row.deadline, "requirement": row.requirement}
        lacking = [w.label for w in wants if w.problem({}, given) and not (w.field == "deadline" and row.deadline_kind)]
        if row.status == Status.PENDING and lacking:
            ref = f"finding:{row.uuid}"
            key, at = _place(paper, ref)
            sentence = f"问题{row.serial}还没有填写{'、'.join(f'“{name}”' for name in lacking)}，填好才能随通知书交办。"
            yield Notice("not_to_hand_over", sentence, key, ref, "error", at)
