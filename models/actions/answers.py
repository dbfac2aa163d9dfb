"""What an answering unit types: plans and feedback for the findings it was sent."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from models.actions import records
from models.actions.findings import facts_of, round_of
from models.actions.work import Desk, Done, Work
from models.errors import Problem, Refusal
from models.records import Attachment, Feedback, Finding, Plan, fields_of
from models.rules import lifecycle, local
from models.rules.lifecycle import Status
from models.rules.local import LocalStatus
from models.rules.outcomes import outcome

Values = Mapping[str, Any]


def write_feedback(desk: Desk, finding_id: int, values: Values, *, feedback_id: int | None = None) -> Done:
    """Write a feedback, or mend one that has not left this office yet.

    Raises:
        Refusal: it is incomplete, or it has already gone to the county.
    """
    with desk.writing("填报整改反馈") as work:
        finding = work.get(Finding, finding_id)
        feedback = work.get(Feedback, feedback_id) if feedback_id else None
        if feedback is not None and feedback.sent_batch:
            raise Refusal("这一轮反馈已经上报，不能再改。如需补充，请另填一轮。")
        _check(work, finding, feedback, values)
        known = {n: v for n, v in values.items() if n in fields_of(Feedback)}
        known["outcome"] = str(outcome(values["outcome"]))
        if feedback is None:
            fixed = {"finding_id": finding.id, "round": round_of(work.session, finding), "submitted_by": desk.operator}
            records.add(work, Feedback, known | fixed)
        else:
            records.change(work, feedback, known)
        _mark(work, finding, "write")
    return work.done


def write_plan(desk: Desk, finding_id: int, values: Values) -> Done:
    """Write what the unit means to do about a finding; there is one plan a finding.

    Raises:
        Refusal: it is incomplete.
    """
    with desk.writing("填写整改计划") as work:
        finding = work.get(Finding, finding_id)
        where = (Plan.finding_id == finding.id, Plan.deleted_at.is_(None))
        plan = work.session.scalars(select(Plan).where(*where)).first()
        known = {n: v for n, v in values.items() if n in fields_of(Plan)}
        if plan is None:
            records.add(work, Plan, known | {"finding_id": finding.id})
        else:
            records.change(work, plan, known)
    return work.done


def withdraw(desk: Desk, feedback_id: int) -> Done:
    """Take back a feedback that has not left this office yet.

    Raises:
        Refusal: it has already gone to the county.
    """
    with desk.writing("撤回整改反馈") as work:
        feedback = work.get(Feedback, feedback_id)
        if feedback.sent_batch:
            raise Refusal("这一轮反馈已经上报，不能撤回。")
        work.set(feedback, deleted_at=desk.now)
        _mark(work, work.get(Finding, feedback.finding_id or 0), "clear")
    return work.done


def _check(work: Work, finding: Finding, feedback: Feedback | None, values: Values) -> None:
    """The guards of the step this feedback will take at the county."""
    found = outcome(values.get("outcome"))
    if found is None:
        raise Refusal(Problem("outcome", "请先选择“整改结果”。"))
    step = lifecycle.feedback_step(Status(finding.status or Status.HANDED), found)
    if step is None:
        raise Refusal(f"这个问题现为“{finding.status}”，不需要再反馈。")
    owners = [finding.uuid, *([feedback.uuid] if feedback else [])]
    where = (Attachment.owner_uuid.in_(owners), Attachment.deleted_at.is_(None))
    evidence = len(work.session.scalars(select(Attachment.id).where(*where)).all())
    facts = {**facts_of(finding, work.desk.today), "evidence": evidence}
    problems = step.check(facts, {"evidence": evidence, **values}, "unit")
    if problems:
        raise Refusal(*problems)


def _mark(work: Work, finding: Finding, event: local.Event) -> None:
    moved = local.moved(LocalStatus(finding.local_status or LocalStatus.EMPTY), event)
    if moved is not None and moved != finding.local_status:
        work.set(finding, local_status=str(moved))
