"""What an answering unit types: plans and feedback for the findings it was sent."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.documents import numbering
from models.domain.findings import lifecycle
from models.domain.findings.lifecycle import AT_UNIT, Status
from models.domain.findings.outcomes import Outcome, outcome
from models.domain.findings.unit_status import LocalStatus
from models.errors import Problem, Refusal
from models.records import Attachment, Feedback, Finding, Office, Plan, fields_of
from models.services import attachments, records
from models.services.findings import facts_of, round_of
from models.services.numbering import next_serial
from models.services.unit_of_work import ChangeSet, UnitOfWork, Workspace

Values = Mapping[str, Any]


def write_feedback(
    workspace: Workspace, finding_id: int, values: Values, *, feedback_id: int | None = None
) -> ChangeSet:
    """Write a feedback, or mend one that has not left this office yet.

    Raises:
        Refusal: it is incomplete, or it has already gone to the county.
    """
    with workspace.writing("填报整改反馈") as work:
        finding = work.get(Finding, finding_id)
        feedback = work.get(Feedback, feedback_id) if feedback_id else None
        if feedback is not None and feedback.sent_batch:
            raise Refusal("这一轮反馈已经上报，不能再改。如需补充，请另填一轮。")
        _check(work, finding, feedback, values)
        known = {n: v for n, v in values.items() if n in fields_of(Feedback)}
        known["outcome"] = str(outcome(values["outcome"]))
        if feedback is None:
            fixed = {
                "finding_id": finding.id,
                "round": round_of(work.session, finding),
                "submitted_by": workspace.operator,
            }
            records.add(work, Feedback, known | fixed)
        else:
            records.change(work, feedback, known)
        _mark(work, finding)
    return work.done


def write_plan(workspace: Workspace, finding_id: int, values: Values) -> ChangeSet:
    """Write what the unit means to do about a finding; there is one plan a finding.

    Raises:
        Refusal: it is incomplete.
    """
    with workspace.writing("填写整改计划") as work:
        finding = work.get(Finding, finding_id)
        where = (Plan.finding_id == finding.id, Plan.deleted_at.is_(None))
        plan = work.session.scalars(select(Plan).where(*where)).first()
        known = {n: v for n, v in values.items() if n in fields_of(Plan)}
        if plan is None:
            records.add(work, Plan, known | {"finding_id": finding.id})
        else:
            records.change(work, plan, known)
    return work.done


def withdraw(workspace: Workspace, feedback_id: int) -> ChangeSet:
    """Take back a feedback that has not left this office yet.

    Raises:
        Refusal: it has already gone to the county.
    """
    with workspace.writing("撤回整改反馈") as work:
        feedback = work.get(Feedback, feedback_id)
        if feedback.sent_batch:
            raise Refusal("这一轮反馈已经上报，不能撤回。")
        work.set(feedback, deleted_at=workspace.now)
        _mark(work, work.get(Finding, feedback.finding_id or 0))
    return work.done


def local_status(told: str, feedbacks: Sequence[Any]) -> LocalStatus:
    """Where the answer to a finding stands: written, on its way, wanted again, or not begun.

    Args:
        told: the finding's status as the county last told it.
        feedbacks: this unit's, oldest first, without those it took back; their ``sent_batch``,
            ``arrived`` and ``outcome`` are read.
    """
    if any(not feedback.sent_batch for feedback in feedbacks):
        return LocalStatus.WRITING
    status = Status(told or Status.HANDED)
    if status not in AT_UNIT:
        return LocalStatus.SENT if feedbacks else LocalStatus.EMPTY
    if any(not feedback.arrived for feedback in feedbacks):
        return LocalStatus.SENT
    if status is Status.RETURNED:
        return LocalStatus.RETURNED
    last = outcome(feedbacks[-1].outcome) if feedbacks else None
    # An answer that had gone to verification, and the problem is with the unit again: rebound or resumed.
    return LocalStatus.SENT if last is not None and not last.moves else LocalStatus.EMPTY


def unproven(session: Session, feedbacks: Iterable[Feedback]) -> list[Feedback]:
    """Those that say 已整改 and hold neither evidence nor the reason why there is none."""
    bare = [f for f in feedbacks if outcome(f.outcome) is Outcome.DONE and not f.no_evidence_reason]
    shown: set[str] = set()
    for start in range(0, len(bare), 500):
        owners = [f.uuid for f in bare[start : start + 500]]
        where = (Attachment.owner_uuid.in_(owners), Attachment.deleted_at.is_(None))
        shown.update(session.scalars(select(Attachment.owner_uuid).where(*where)))
    return [f for f in bare if f.uuid not in shown]


def _check(work: UnitOfWork, finding: Finding, feedback: Feedback | None, values: Values) -> None:
    """The guards of the step this feedback will take at the county."""
    found = outcome(values.get("outcome"))
    if found is None:
        raise Refusal(Problem("outcome", "请先选择“整改结果”。"))
    if finding.local_status == LocalStatus.LEFT:
        raise Refusal("这个问题已改派给其他单位，不需要再反馈。")
    step = lifecycle.feedback_step(Status(finding.status or Status.HANDED), found)
    if step is None:
        raise Refusal(f"这个问题现为“{finding.status}”，不需要再反馈。")
    evidence = len(attachments.of(work.session, [feedback])) if feedback else 0
    problems = step.check(facts_of(finding, work.workspace.today), {"evidence": evidence, **values}, "unit")
    if problems:
        raise Refusal(*problems)


def _mark(work: UnitOfWork, finding: Finding) -> None:
    """Let the finding say where its answer stands now."""
    work.session.flush()
    where = (Feedback.finding_id == finding.id, Feedback.deleted_at.is_(None))
    written = work.session.scalars(select(Feedback).where(*where).order_by(Feedback.id)).all()
    stands = local_status(finding.status, written)
    if finding.local_status not in (stands, LocalStatus.LEFT):
        work.set(finding, local_status=str(stands))


def add_self_found(workspace: Workspace, values: Values) -> ChangeSet:
    """Write down a problem this unit found itself (乡自查); it stays here, for the 排查起底报告.

    Raises:
        Refusal: a value is missing or will not do.
    """
    with workspace.writing("新增自查问题") as work:
        office = work.session.scalars(select(Office)).first()
        place = {"unit_id": office.unit_id if office else None, "found_on": workspace.today}
        known = {n: v for n, v in values.items() if n in fields_of(Finding) and v not in (None, "")}
        serial = next_serial(work, numbering.SELF_FOUND, (known.get("found_on") or workspace.today).year)
        fixed = {"self_found": True, "source_level": lifecycle.SELF_FOUND, "serial": serial}
        finding = records.add(work, Finding, place | known | fixed)
        if finding.status == Status.DRAFT:
            raise Refusal(*lifecycle.step("submit").check(facts_of(finding, workspace.today), {}, "county"))
    return work.done


def finish_self_found(workspace: Workspace, finding_id: int, values: Values) -> ChangeSet:
    """Note what was done about a self-found problem: done, it is closed here; begun, it is under way.

    Raises:
        Refusal: it is the county's, or the feedback is incomplete.
    """
    with workspace.writing("登记自查整改") as work:
        finding = work.get(Finding, finding_id)
        if not finding.self_found:
            raise Refusal("这个问题是县里交办的，请填报整改反馈。")
        found = outcome(values.get("outcome"))
        if found is None:
            raise Refusal(Problem("outcome", "请先选择“整改结果”。"))
        given = {"evidence": len(attachments.of(work.session, [finding])), **values}
        step = lifecycle.step("report" if found.moves else "progress")
        problems = step.check({**facts_of(finding, workspace.today), "status": Status.RECTIFYING}, given, "unit")
        if problems:
            raise Refusal(*problems)
        known = {n: v for n, v in values.items() if n in fields_of(Feedback)}
        fixed = {"finding_id": finding.id, "round": round_of(work.session, finding), "submitted_by": workspace.operator}
        records.add(work, Feedback, {**known, "outcome": str(found), **fixed, "submitted_at": workspace.now})
        done = {"closed_on": known.get("finished_on") or workspace.today, "solved_count": finding.count}
        closed = {"status": str(Status.CLOSED), **done} if found.solves else {"status": str(Status.RECTIFYING)}
        work.set(finding, **closed)
    return work.done
