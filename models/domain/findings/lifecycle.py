"""The one status of a finding: the transition table, its guards and what each step asks for.

Overdue is no status; it is derived in `deadlines`. Rules over outcomes are in `outcomes`.
"""

from enum import StrEnum
from types import MappingProxyType
from typing import Final

from models.domain import objections
from models.domain.findings.guards import answerers_changed, approver_is_another, deadline_moves_on, time_to_resume
from models.domain.findings.outcomes import FEEDBACK_GUARDS, FEEDBACK_WANTS, Outcome, moves_on, stays
from models.domain.objections import VERIFIED_IN_ORDER, VERIFIER
from models.domain.state_machine import Role, Step, Values, Want, any_of, never, not_ahead, not_before
from models.errors import Problem


class Status(StrEnum):
    """Where a finding stands, in the order of its life."""

    DRAFT = "草稿"
    PENDING = "待交办"
    HANDED = "已交办"
    RECTIFYING = "整改中"
    VERIFYING = "待核查"
    RETURNED = "退回重改"
    CLOSED = "已销号"
    SUSPENDED = "挂账协调"
    REVOKED = "撤销"
    VOID = "作废"


OPEN: Final = frozenset({Status.HANDED, Status.RECTIFYING, Status.VERIFYING, Status.RETURNED, Status.SUSPENDED})
"""Handed over and not settled: a unit owes something."""
AT_UNIT: Final = frozenset({Status.HANDED, Status.RECTIFYING, Status.RETURNED})
"""Where the next word is the unit's."""
ENDED: Final = frozenset({Status.CLOSED, Status.REVOKED, Status.VOID})
"""Where nothing more is wanted of it, which it should hear."""
UNCOUNTED: Final = frozenset({Status.DRAFT, Status.VOID, Status.REVOKED})
"""Left out when problems are counted: 草稿 is not written down whole yet."""
ABOVE: Final = frozenset({"国家", "省", "市"})
"""Source levels whose problems must be reported back up before they close."""
REPORTED: Final = "群众举报"
"""Source level of what the public reports: no problem until somebody has verified it."""
SELF_FOUND: Final = "乡自查"
"""Source level of what an answering unit finds itself."""


def from_above(values: Values) -> bool:
    """Whether the problem came from a level above the county."""
    return values.get("source_level") in ABOVE


def is_report(values: Values) -> bool:
    """Whether it is a report from the public, which is verified before it counts."""
    return values.get("source_level") == REPORTED


def upward_label(source_level: str) -> str:
    """报省日期 for problems from the state or the province, 报市日期 for the city's."""
    return "报市日期" if source_level == "市" else "报省日期"


def _verified_first(facts: Values, _given: Values) -> Problem | None:
    wrong = facts.get("status") == Status.DRAFT and is_report(facts)
    return Problem("source_level", "群众举报须先核实、送交办，再登记当场整改。") if wrong else None


_FOUND = (
    Want("fact", "问题事实", "text"),
    Want("kind", "问题类别", "choice", catalog="finding_kind"),
    Want("source_level", "问题来源", "choice", catalog="source_level"),
    Want("found_on", "发现日期", "day"),
)
_PLACED = any_of(("site_id", "unit_id"), "请先选择“点位”或“属地单位”。")
_ANSWERED = any_of(("unit_id", "department_id"), "请先选择“属地单位”或“行业主管部门”。")
_HANDING = (
    Want("unit_id", "属地单位", "unit", never, known=True),
    Want("department_id", "行业主管部门", "unit", never, known=True),
    Want("deadline", "整改时限", "day", known=True),
    Want("requirement", "整改要求", "text", known=True),
)
_DEADLINE_ORDER = not_before("deadline", "found_on", "“整改时限”早于发现日期，请核对。")
_COUNTY: Final[frozenset[Role]] = frozenset({"county"})
_BOTH: Final[frozenset[Role]] = frozenset({"county", "unit"})
_SIGNED = ((Status.HANDED, Status.RECTIFYING),)


def _one(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)


STEPS: Final[tuple[Step[Status], ...]] = (
    Step(
        "submit",
        "送交办",
        _one(Status.DRAFT),
        Status.PENDING,
        wants=(
            Want("confirmed_by", "核实人", "person", is_report),
            Want("confirmed_on", "核实日期", "day", is_report, past=True),
        ),
        needs=_FOUND,
        guards=(
            _PLACED,
            not_ahead("found_on", "发现日期"),
            not_before("confirmed_on", "found_on", "“核实日期”早于发现日期，请核对。"),
            not_ahead("confirmed_on", "核实日期"),
        ),
        effects=("计入问题数，可以写入公文。",),
    ),
    Step(
        "hold",
        "退回草稿",
        _one(Status.PENDING),
        Status.DRAFT,
        effects=("不计入问题数，不写入公文。",),
    ),
    Step(
        "fix_on_spot",
        "当场整改",
        _one(Status.DRAFT, Status.PENDING),
        Status.CLOSED,
        wants=(
            Want("measures", "整改措施", "text"),
            Want("person", "责任人", "person"),
            Want("finished_on", "完成日期", "day"),
        ),
        needs=_FOUND,
        guards=(
            _PLACED,
            _verified_first,
            not_before("finished_on", "found_on", "“完成日期”早于发现日期，请核对。"),
            not_ahead("finished_on", "完成日期"),
        ),
        effects=("记一轮“立行立改”反馈，计入发现数和已解决数。",),
    ),
    Step(
        "hand_over",
        "交办",
        _one(Status.PENDING),
        Status.HANDED,
        wants=_HANDING,
        guards=(_ANSWERED, _DEADLINE_ORDER),
        effects=("列入发给责任单位的整改通知书。",),
    ),
    Step(
        "sign_for",
        "登记签收",
        _one(Status.HANDED),
        Status.RECTIFYING,
        wants=(Want("received_on", "签收日期", "day"), Want("receiver", "签收人", "person", required_when=never)),
        guards=(
            not_before("received_on", "handed_on", "“签收日期”早于交办日期，请核对。"),
            not_ahead("received_on", "签收日期"),
        ),
    ),
    Step(
        "report",
        "送核查",
        AT_UNIT,
        Status.VERIFYING,
        wants=FEEDBACK_WANTS,
        guards=(moves_on, *FEEDBACK_GUARDS),
        effects=("记一轮反馈，等待核查。",),
        roles=_BOTH,
        via=_SIGNED,
    ),
    Step(
        "progress",
        "登记进展",
        AT_UNIT,
        None,
        wants=FEEDBACK_WANTS,
        guards=(stays, *FEEDBACK_GUARDS),
        effects=("记一轮反馈，状态不变。",),
        roles=_BOTH,
        via=_SIGNED,
    ),
    Step(
        "close",
        "销号",
        _one(Status.VERIFYING),
        Status.CLOSED,
        wants=(
            *VERIFIER,
            Want("conclusion", "核查结论", "choice", catalog="conclusion"),
            Want("approver", "批准人", "person"),
            Want("approved_on", "批准日期", "day", never),
            Want("reported_up_on", "报上级日期", "day", from_above, known=True),
        ),
        guards=(objections.concludes_in_closing, *VERIFIED_IN_ORDER),
        effects=("计入已解决数，本轮反馈结束。",),
        bars=(objections.not_over_an_objection,),
    ),
    Step(
        "judge",
        "核查异议",
        _one(Status.VERIFYING),
        None,
        wants=objections.WANTS,
        guards=(objections.is_a_ruling, *VERIFIED_IN_ORDER),
        effects=("属实维持、部分采纳的退回责任单位整改。", "不属实撤销的留在台账，不再计入问题数。"),
        bars=(objections.an_objection_is_there,),
        forks=(
            (objections.Ruling.UPHELD, Status.RETURNED),
            (objections.Ruling.PART, Status.RETURNED),
            (objections.Ruling.UNTRUE, Status.REVOKED),
        ),
    ),
    Step(
        "return_",
        "退回重改",
        _one(Status.VERIFYING),
        Status.RETURNED,
        wants=(
            Want("reason", "退回原因", "text"),
            Want("verifier", "核查人", "person", never),
            Want("verified_on", "核查日期", "day", never),
        ),
        guards=(not_ahead("verified_on", "核查日期"),),
        effects=("本轮反馈结束，原文保留。",),
    ),
    Step(
        "suspend",
        "挂账协调",
        _one(Status.RECTIFYING, Status.VERIFYING),
        Status.SUSPENDED,
        wants=(
            Want("coordinator", "协调责任人"),
            Want("review_on", "下次研判日期", "day"),
            Want("reason", "挂账原因", "text", never),
        ),
        guards=(not_before("review_on", "today", "“下次研判日期”早于今天，请核对。"),),
        effects=("不算办结，到研判日期提醒。",),
    ),
    Step(
        "resume",
        "恢复整改",
        _one(Status.SUSPENDED),
        Status.RECTIFYING,
        wants=(
            Want("reason", "恢复整改的依据", "text", never),
            Want("new_deadline", "新的时限", "day", never),
        ),
        guards=(time_to_resume,),
    ),
    Step(
        "revoke",
        "撤销",
        _one(Status.VERIFYING),
        Status.REVOKED,
        wants=(Want("reason", "撤销依据", "text"), Want("approver", "批准人", "person")),
        effects=("留在台账，不再计入问题数。",),
    ),
    Step(
        "recheck",
        "回头看",
        _one(Status.CLOSED),
        None,
        wants=(
            Want("on", "回头看日期", "day"),
            Want("checker", "检查人", "person", never),
            Want("situation", "情况说明", "text", never),
        ),
        guards=(
            not_before("on", "closed_on", "“回头看日期”早于销号日期，请核对。"),
            not_ahead("on", "回头看日期"),
        ),
        effects=("记为“稳定”，仍为已销号。",),
    ),
    Step(
        "rebound",
        "登记反弹",
        _one(Status.CLOSED),
        Status.RECTIFYING,
        wants=(
            Want("on", "回头看日期", "day"),
            Want("checker", "检查人", "person", never),
            Want("situation", "情况说明", "text"),
            Want("new_deadline", "新的时限", "day"),
        ),
        guards=(
            not_before("on", "closed_on", "“回头看日期”早于销号日期，请核对。"),
            not_ahead("on", "回头看日期"),
            not_before("new_deadline", "on", "“新的时限”早于回头看日期，请核对。"),
        ),
        effects=("反弹次数加一，原销号记录保留。", "建议研究是否问责。"),
    ),
    Step(
        "extend",
        "延期",
        AT_UNIT | {Status.SUSPENDED},
        None,
        wants=(
            Want("applicant", "申请人", "person"),
            Want("reason", "延期原因", "text"),
            Want("new_deadline", "延期至", "day"),
            Want("approver", "批准人", "person"),
            Want("applied_on", "申请日期", "day", never),
            Want("approved_on", "批准日期", "day", never),
        ),
        guards=(approver_is_another, deadline_moves_on),
        effects=("原定时限保留，按新时限计算。",),
    ),
    Step(
        "reassign",
        "改派",
        _one(Status.PENDING, Status.HANDED, Status.RECTIFYING),
        Status.HANDED,
        wants=(*_HANDING, Want("reason", "改派原因", "text")),
        guards=(answerers_changed, _DEADLINE_ORDER),
        effects=("列入发给新单位的整改通知书。", "告知原责任单位。"),
    ),
    Step(
        "void",
        "作废",
        frozenset(Status) - {Status.VOID},
        Status.VOID,
        wants=(Want("reason", "作废原因", "text"),),
        effects=("编号不再使用，不再计入问题数。",),
    ),
)

_BY_KEY = {one.key: one for one in STEPS}
_MAIN = {
    Status.DRAFT: "submit",
    Status.PENDING: "hand_over",
    Status.HANDED: "sign_for",
    Status.RECTIFYING: "report",
    Status.RETURNED: "report",
    Status.VERIFYING: "close",
    Status.SUSPENDED: "resume",
    Status.CLOSED: "recheck",
}


def step(key: str) -> Step[Status]:
    """The step of that key.

    Raises:
        KeyError: no such step.
    """
    return _BY_KEY[key]


def allowed(status: Status, facts: Values, role: Role = "county") -> list[tuple[Step[Status], str]]:
    """Every step in the table's order with the reason why not, empty where it may be taken."""
    return [(one, one.hindrance(status, facts, role)) for one in STEPS]


def check(one: Step[Status], facts: Values, given: Values, role: Role = "county") -> tuple[Problem, ...]:
    """Everything that stands against the step; see `Step.check`."""
    return one.check(facts, given, role)


def next_step(status: Status, facts: Values = MappingProxyType({})) -> Step[Status] | None:
    """The one step the big button names; None where the life has ended. An objection is judged, not closed."""
    key = "judge" if status is Status.VERIFYING and objections.objected(facts) else _MAIN.get(status)
    return _BY_KEY[key] if key else None


def feedback_step(status: Status, outcome: Outcome) -> Step[Status] | None:
    """The step a feedback takes; None when none is due: it is stored and flagged, nothing moves."""
    one = _BY_KEY["report" if outcome.moves else "progress"]
    return one if status in one.sources else None


_PAST: dict[Status, tuple[str, ...]] = {
    Status.DRAFT: (),
    Status.PENDING: ("submit",),
    Status.HANDED: ("submit", "hand_over"),
    Status.RECTIFYING: ("submit", "hand_over"),
    Status.VERIFYING: ("submit", "hand_over", "report"),
    Status.RETURNED: ("submit", "hand_over", "report", "return_"),
    Status.CLOSED: ("submit", "hand_over", "report", "close"),
    Status.SUSPENDED: ("submit", "hand_over", "suspend"),
    Status.REVOKED: ("submit", "hand_over", "report", "revoke"),
    Status.VOID: ("void",),
}


def missing_for(status: Status, facts: Values) -> tuple[str, ...]:
    """What an old record taken in at ``status`` lacks (补录), as labels in the order of its life.

    Args:
        status: the status set on intake.
        facts: the finding's values with those of its latest feedback, verification and so on, flat;
            ``fixed_on_spot`` true where it was corrected on the spot.
    """
    on_spot = status is Status.CLOSED and facts.get("fixed_on_spot")
    labels: list[str] = []
    for key in ("submit", "fix_on_spot") if on_spot else _PAST[status]:
        one = _BY_KEY[key]
        labels += [w.label for w in (*one.needs, *one.wants) if w.problem({}, facts)]
        if _PLACED in one.guards and _PLACED({}, facts):
            labels.append("点位或属地单位")
        if _ANSWERED in one.guards and _ANSWERED({}, facts):
            labels.append("属地单位或行业主管部门")
    return tuple(dict.fromkeys(labels))
