"""A finding's life: every change of its status, from whatever side, is a ``take`` of a rule's step."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.domain.findings import completeness, deadlines, lifecycle
from models.domain.findings.lifecycle import Status
from models.domain.findings.outcomes import Outcome, outcome, solved_part
from models.domain.objections import LAST, Ruling
from models.domain.state_machine import Role, Step
from models.errors import Problem, Refusal
from models.paper.numbering import full_day
from models.queries.facts.finding_life import last_outcome, last_outcomes
from models.queries.lookups import calendar
from models.records import Attachment, Extension, Feedback, Finding, Recheck, Transfer, Verification, fields_of
from models.services import first_status, records
from models.services.unit_of_work import ChangeSet, UnitOfWork, Workspace

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one row of a bulk step: ``reason`` is empty where it went through."""

    id: int
    serial: str
    reason: str


def facts_of(finding: Finding, today: Any) -> dict[str, Any]:
    """The finding as the rules see it."""
    facts = {name: getattr(finding, name) for name in fields_of(Finding)}
    facts |= {"status": Status(finding.status or Status.DRAFT), "today": today}
    return facts | completeness.stood_in(facts) if facts["status"] is Status.DRAFT else facts


def take(workspace: Workspace, finding_id: int, key: str, given: Values, *, version: int | None = None) -> ChangeSet:
    """Take one step of a finding's life.

    Raises:
        Refusal: a guard stands against it; one problem a field, nothing was written.
        Stale: ``version`` was seen, and the finding has moved on.
    """
    step = lifecycle.step(key)
    with workspace.writing("") as work:
        finding = work.get(Finding, finding_id, version)
        work.deed = f"{step.name} {finding.serial}"
        move(work, finding, step, given)
    return work.done


def save(
    workspace: Workspace, finding_id: int, version: int | None, values: Values, *, keep_draft: bool = False
) -> ChangeSet:
    """Save a finding as its form does: a complete draft is 待交办 with it, unless the clerk keeps it back.

    A report from the public stays a draft until it is sent on with who verified it (``take`` of ``submit``).

    Raises:
        Stale: the finding has moved on since ``version`` was seen; nothing was written.
        Refusal: a value will not do.
    """
    with workspace.writing("") as work:
        finding = work.get(Finding, finding_id, version)
        was = finding.status
        records.change(work, finding, values)
        work.deed = records.told("修改", finding)
        if keep_draft and was in (Status.DRAFT, Status.PENDING):
            work.set(finding, status=str(Status.DRAFT))
        elif finding.status == Status.DRAFT:
            first_status.start(work, finding)
    return work.done


def take_many(workspace: Workspace, ids: Iterable[int], key: str, given: Values) -> tuple[ChangeSet, list[Result]]:
    """Take the same step with many findings: those that may go go, in one operation; the rest say why not."""
    step, chosen, results = lifecycle.step(key), list(ids), []
    with workspace.writing("") as work:
        for id_ in chosen:
            finding = work.get(Finding, id_)
            try:
                move(work, finding, step, given)
                results.append(Result(id_, finding.serial, ""))
            except Refusal as refusal:
                results.append(Result(id_, finding.serial, refusal.sentence))
        taken = sum(not r.reason for r in results)
        work.deed = f"{step.name} {taken} 个问题"
    return work.done, results


def preview_many(workspace: Workspace, ids: Iterable[int], key: str, given: Values) -> list[Result]:
    """What ``take_many`` would do with each row; writes nothing."""
    step, chosen = lifecycle.step(key), list(ids)
    with workspace.reading() as session:
        found = session.scalars(select(Finding).where(Finding.id.in_(chosen)).order_by(Finding.serial))
        last, results = last_outcomes(session, chosen), []
        for finding in found:
            facts = {**facts_of(finding, workspace.today), LAST: last.get(finding.id, "")}
            problems = step.check(facts, _resolved(session, workspace, finding, step, given), "county")
            results.append(Result(finding.id, finding.serial, "".join(p.sentence for p in problems)))
        return results


def move(work: UnitOfWork, finding: Finding, step: Step[Status], given: Values, role: Role = "county") -> None:
    """Check a step's guards, run its effects and move the status: the only place a status changes.

    Raises:
        Refusal: a guard stands against it.
    """
    given = _resolved(work.session, work.workspace, finding, step, given)
    facts = facts_of(finding, work.workspace.today) | {LAST: last_outcome(work.session, finding)}
    evidence = given["evidence"] if "evidence" in given else _evidence(work.session, finding)
    problems = step.check({**facts, "evidence": evidence}, {"evidence": evidence, **given}, role)
    if problems:
        raise Refusal(*problems)
    route = step.route(Status(finding.status), given)
    if finding.status == Status.DRAFT:
        first_status.stand_in(work, finding)
    for effect in _EFFECTS.get(step.key, ()):
        effect(work, finding, given)
    if route:
        work.set(finding, status=str(route[-1]))


def _evidence(session: Session, finding: Finding) -> int:
    where = Attachment.owner_uuid == finding.uuid
    return session.scalar(select(func.count()).where(where, Attachment.deleted_at.is_(None))) or 0


def _resolved(
    session: Session, workspace: Workspace, finding: Finding, step: Step[Status], given: Values
) -> dict[str, Any]:
    """The given values with a deadline in words (立即, N working days) turned into its day."""
    values = dict(given)
    kind = values.get("deadline_kind") or (finding.deadline_kind if "deadline" in {w.field for w in step.wants} else "")
    if kind and not values.get("deadline") and step.key in ("hand_over", "reassign"):
        days = values.get("deadline_days") or finding.deadline_days
        try:
            due = deadlines.due_day(kind, days, workspace.today, calendar.load(session))
        except ValueError:
            return values
        values |= {"deadline": due.day, "deadline_provisional": due.provisional}
    return values


def round_of(session: Session, finding: Finding) -> int:
    """The round a feedback belongs to: one after those that were closed, by a verification or on the spot."""
    return rounds_of(session, [finding.id])[finding.id]


def rounds_of(session: Session, finding_ids: Sequence[int]) -> dict[int, int]:
    """``round_of`` many findings at once."""
    rounds = dict.fromkeys(finding_ids, 1)
    query = select(Verification.finding_id, func.max(func.count(), func.max(Verification.round)))
    query = query.where(Verification.deleted_at.is_(None)).group_by(Verification.finding_id)
    back = select(Finding.id).where(Finding.fixed_on_spot, Finding.rebound_count > 0)
    for start in range(0, len(finding_ids), 500):
        some = finding_ids[start : start + 500]
        rounds |= dict.fromkeys(session.scalars(back.where(Finding.id.in_(some))), 2)
        rounds |= {id_: closed + 1 for id_, closed in session.execute(query.where(Verification.finding_id.in_(some)))}
    return rounds


_HANDED = (
    "unit_id", "department_id", "deadline", "deadline_kind", "deadline_days", "requirement", "deadline_provisional",
)  # fmt: skip


def _hand_over(work: UnitOfWork, finding: Finding, given: Values) -> None:
    values = {n: given[n] for n in _HANDED if given.get(n) not in (None, "")}
    work.set(finding, **values, handed_on=work.workspace.today)
    if finding.original_deadline is None:
        work.set(finding, original_deadline=finding.deadline)


def _sign_for(work: UnitOfWork, finding: Finding, given: Values) -> None:
    work.set(finding, received_on=given["received_on"], receiver=given.get("receiver") or "")


def _report(work: UnitOfWork, finding: Finding, given: Values) -> None:
    work.set(finding, submitted_on=write_feedback(work, finding, given).date())


def _progress(work: UnitOfWork, finding: Finding, given: Values) -> None:
    write_feedback(work, finding, given)


_WRITTEN = frozenset({*fields_of(Feedback), "uuid", "origin", "base_version"}) - {"finding_id", "round"}


def write_feedback(work: UnitOfWork, finding: Finding, given: Values, *, unexpected: bool = False) -> dt.datetime:
    """Append one feedback to a finding; returns when it was submitted.

    Only its fields are taken from ``given``, and ``in_round``, the round, where the caller has counted it.
    """
    values = {n: v for n, v in given.items() if n in _WRITTEN and v is not None}
    found = outcome(values.get("outcome"))
    if found is not None:
        values["outcome"] = str(found)
    values.setdefault("submitted_at", work.workspace.now)
    values.setdefault("submitted_by", work.workspace.operator)
    submitted: dt.datetime = values["submitted_at"]
    if found is Outcome.PART and not unexpected:
        part = solved_part(finding.count, values.get("done") or 0, values.get("total") or 0)
        work.set(finding, solved_count=part)
    if finding.received_on is None and not unexpected:
        work.set(finding, received_on=submitted.date())
    fixed = {"finding_id": finding.id, "deadline_then": finding.deadline, "unexpected": unexpected}
    work.put(Feedback, values | fixed | {"round": given.get("in_round") or round_of(work.session, finding)})
    return submitted


def _fix_on_spot(work: UnitOfWork, finding: Finding, given: Values) -> None:
    day = given["finished_on"]
    write_feedback(work, finding, {**given, "outcome": str(Outcome.ON_SPOT)})
    work.set(finding, fixed_on_spot=True, closed_on=day, submitted_on=day, solved_count=finding.count)


def _verify(work: UnitOfWork, finding: Finding, given: Values, conclusion: str) -> None:
    last = latest_feedback(work.session, finding)
    names = ("method", "verified_on", "opinion", "approver", "approved_on", "reason")
    values = {n: given[n] for n in names if given.get(n) not in (None, "")}
    values.setdefault("verified_on", work.workspace.today)
    record = Verification(
        **records.defaults(Verification)
        | values
        | {
            "finding_id": finding.id,
            "feedback_id": last.id if last else None,
            "round": round_of(work.session, finding),
            "verifier": given.get("verifier") or work.workspace.operator,
            "conclusion": given.get("conclusion") or conclusion,
        }
    )
    work.add(record)


def latest_feedback(session: Session, finding: Finding) -> Feedback | None:
    """The feedback of the round that is open: the last one that was due."""
    due = (Feedback.unexpected.is_(False), Feedback.deleted_at.is_(None))
    query = select(Feedback).where(Feedback.finding_id == finding.id, *due)
    return session.scalars(query.order_by(Feedback.id.desc())).first()


def _close(work: UnitOfWork, finding: Finding, given: Values) -> None:
    last = latest_feedback(work.session, finding)
    _verify(work, finding, given, "已整改到位")
    submitted = last.submitted_at.date() if last and last.submitted_at else work.workspace.today
    changes = {"closed_on": given["verified_on"], "submitted_on": submitted, "solved_count": finding.count}
    if given.get("reported_up_on"):
        changes["reported_up_on"] = given["reported_up_on"]
    work.set(finding, **changes)


def _return(work: UnitOfWork, finding: Finding, given: Values) -> None:
    objected = outcome(last_outcome(work.session, finding)) is Outcome.OBJECTION
    _verify(work, finding, given, str(Ruling.UPHELD) if objected else "未整改到位")
    work.set(finding, returned_reason=given["reason"], submitted_on=None)


def _judge(work: UnitOfWork, finding: Finding, given: Values) -> None:
    """What is sent back tells the unit why; what is revoked keeps the opinion."""
    if given["conclusion"] == Ruling.UNTRUE:
        _verify(work, finding, given, str(Ruling.UNTRUE))
        return
    why = given["opinion"]
    _verify(work, finding, {**given, "opinion": "", "reason": why}, str(Ruling.UPHELD))
    work.set(finding, returned_reason=f"{given['conclusion']}：{why}", submitted_on=None)


def _suspend(work: UnitOfWork, finding: Finding, given: Values) -> None:
    if finding.status == Status.VERIFYING:
        _verify(work, finding, given, "未整改到位")
    work.set(finding, coordinator=given["coordinator"], review_on=given["review_on"])


def _resume(work: UnitOfWork, finding: Finding, given: Values) -> None:
    work.set(finding, review_on=None)
    if given.get("new_deadline"):
        work.set(finding, deadline=given["new_deadline"])


def _revoke(work: UnitOfWork, finding: Finding, given: Values) -> None:
    _verify(work, finding, given, "问题不属实")


def _recheck(work: UnitOfWork, finding: Finding, given: Values, result: str = "稳定") -> None:
    values = {n: given[n] for n in ("on", "checker", "situation", "inspection_id") if given.get(n)}
    row = Recheck(**records.defaults(Recheck) | values | {"finding_id": finding.id, "result": result})
    row.old_closed_on = finding.closed_on
    work.add(row)


def _rebound(work: UnitOfWork, finding: Finding, given: Values) -> None:
    _recheck(work, finding, given, "反弹")
    work.set(
        finding,
        rebound_count=finding.rebound_count + 1,
        deadline=given["new_deadline"],
        closed_on=None,
        submitted_on=None,
        solved_count=0,
    )


def _extend(work: UnitOfWork, finding: Finding, given: Values) -> None:
    names = ("applicant", "reason", "new_deadline", "approver", "applied_on", "approved_on")
    values = {n: given[n] for n in names if given.get(n)}
    row = Extension(
        **records.defaults(Extension) | values | {"finding_id": finding.id, "old_deadline": finding.deadline}
    )
    row.approved_on = row.approved_on or work.workspace.today
    work.add(row)
    work.set(finding, deadline=given["new_deadline"])


def _reassign(work: UnitOfWork, finding: Finding, given: Values) -> None:
    old = finding.unit_id or finding.department_id
    new = given.get("unit_id") or given.get("department_id")
    row = Transfer(
        **records.defaults(Transfer)
        | {"finding_id": finding.id, "from_unit_id": old, "to_unit_id": new}
        | {"on": work.workspace.today, "reason": given["reason"]}
    )
    work.add(row)
    _hand_over(work, finding, given)
    work.set(finding, received_on=None, receiver="")


def _void(work: UnitOfWork, finding: Finding, given: Values) -> None:
    work.set(finding, note="\n".join(filter(None, (finding.note, f"作废原因：{given['reason']}"))))


def _submit(work: UnitOfWork, finding: Finding, given: Values) -> None:
    if lifecycle.is_report({"source_level": finding.source_level}):
        verified = f"群众举报已核实：{given['confirmed_by']}，{full_day(given['confirmed_on'])}"
        work.set(finding, note="\n".join(filter(None, (finding.note, verified))))


Effect = Callable[[UnitOfWork, Finding, Values], None]
_EFFECTS: dict[str, tuple[Effect, ...]] = {
    "submit": (_submit,),
    "hand_over": (_hand_over,),
    "sign_for": (_sign_for,),
    "report": (_report,),
    "progress": (_progress,),
    "fix_on_spot": (_fix_on_spot,),
    "close": (_close,),
    "judge": (_judge,),
    "return_": (_return,),
    "suspend": (_suspend,),
    "resume": (_resume,),
    "revoke": (_revoke,),
    "recheck": (_recheck,),
    "rebound": (_rebound,),
    "extend": (_extend,),
    "reassign": (_reassign,),
    "void": (_void,),
}


def take_feedback(work: UnitOfWork, finding: Finding, given: Values, role: Role = "county") -> bool:
    """A feedback that arrives from outside: moves the finding where it is due, else is stored and flagged.

    Returns whether one was due.

    Raises:
        Refusal: the feedback itself is incomplete.
    """
    found = outcome(given.get("outcome"))
    if found is None:
        raise Refusal(Problem("outcome", "请先选择“整改结果”。"))
    step = lifecycle.feedback_step(Status(finding.status), found)
    if step is None:
        write_feedback(work, finding, given, unexpected=True)
        return False
    move(work, finding, step, given, role)
    return True
