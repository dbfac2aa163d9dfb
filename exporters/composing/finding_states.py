"""Where a problem really stands, in words: 未反馈, 已反馈待补充, 退回后未再报, 延期至, 挂账协调."""

from exporters.composing.frame import Frame, references
from exporters.composing.stated import Count
from exporters.composing.wording import clause
from models.domain.findings.lifecycle import Status
from models.domain.findings.outcomes import Outcome
from models.queries.facts.findings import FindingFacts
from models.records import Feedback


def owed(frame: Frame, one: FindingFacts) -> str:
    """What the unit still owes of a problem, for a reminder."""
    status = one.finding.status
    if status == Status.SUSPENDED:
        return "挂账协调"
    if status == Status.RETURNED:
        if not one.verifications:
            return "退回重改，待再次反馈"  # of a ledger: nobody knows which answer was the one sent back
        return f"{returned(frame, one)}，退回后{'已报进展，仍需补充' if one.answers_now else '未再报'}"
    if one.answers_now:
        return _answered(frame, one.answers_now[-1])
    if one.rebounded:
        return f"{frame.day(one.rebounded.on)}回头看发现反弹，未反馈"
    return "未反馈"


def _answered(frame: Frame, answer: Feedback) -> str:
    when = frame.day(answer.submitted_at.date()) if answer.submitted_at else ""
    if rest := _rest(answer):
        return f"{when}已反馈部分完成，{rest}"
    return f"{when}已反馈（{clause(answer.outcome)}），待补充" if clause(answer.outcome) else f"{when}已反馈，待补充"


def _rest(answer: Feedback) -> str:
    """5个中已完成2个，其余3个仍需整改: what a part-done answer leaves open, as far as it tells."""
    done, total = answer.done or 0, answer.total or 0
    if answer.outcome != Outcome.PART or not 0 < done < total:
        return ""
    whole, finished, rest = part_done(answer)
    return f"{whole}个中已完成{finished}个，其余{rest}个仍需整改"


def part_done(answer: Feedback) -> tuple[Count, Count, Count]:
    """How many an answer speaks of, how many of them are done, and how many are not."""
    done, total, ref = answer.done or 0, answer.total or 0, references([answer])
    return Count(total, "应整改数", ref), Count(done, "已完成数", ref), Count(total - done, "未完成数", ref)


def returned(frame: Frame, one: FindingFacts) -> str:
    """3月8日退回重改（照片不清）: the day and the reason as far as they are known."""
    last = one.verifications[-1] if one.verifications else None
    day = frame.day(last.verified_on) if last else ""
    reason = clause(last.reason or last.opinion) if last else ""
    return f"{day}退回重改{f'（{reason}）' if reason else ''}"


def since_answer(frame: Frame, one: FindingFacts) -> str:
    """What came of a problem after its last answer, for a report; empty where the answer is the last word."""
    status = one.finding.status
    if status == Status.RETURNED:
        return f"{returned(frame, one)}，正在重新整改"
    if status == Status.VERIFYING:
        return "待核查"
    if status == Status.SUSPENDED:
        return "现已挂账协调"
    if status != Status.CLOSED and one.rebounded and not one.answers_now:
        return f"{frame.day(one.rebounded.on)}回头看发现反弹，正在重新整改"
    return ""


SILENT = {
    Status.CLOSED: ("closed", "已整改并销号"),
    Status.VERIFYING: ("verifying", "已报待核查"),
    Status.RETURNED: ("returned", "退回重改、正在重新整改"),
    Status.SUSPENDED: ("suspended", "挂账协调"),
}
"""How a report heads problems whose answer is not written down, by status."""
AT_WORK = ("open", "正在整改，尚未反馈")


def extended(frame: Frame, one: FindingFacts) -> str:
    """延期至3月20日, where the deadline in force was given later; else empty."""
    finding = one.finding
    moved = finding.deadline and (finding.original_deadline not in (None, finding.deadline) or one.extensions)
    return f"已延期至{frame.day(finding.deadline)}" if moved else ""
