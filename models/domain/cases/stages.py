"""The stages of an accountability case, as the same kind of table as a finding's life.

Accountability is a proposal, approved, then handed to the organ that has the power
(政府督查工作条例 arts. 21, 23), so 建议机关, 批准人 and 决定机关 are three fields.
"""

from enum import StrEnum
from typing import Final

from models.domain.state_machine import Step, Values, Want, blank, never, not_ahead, not_before
from models.errors import Problem


class Stage(StrEnum):
    """Where a case stands, in the order of its life; the last two are side exits."""

    CLUE = "线索"
    VERIFIED = "核实"
    PROPOSED = "问责建议"
    SUBMITTED = "报批"
    TRANSFERRED = "移交有权机关"
    DECIDED = "决定"
    EXECUTED = "宣布执行"
    PUBLICISED = "通报"
    FILED = "归档"
    DROPPED = "不予问责"
    AMENDED = "申诉变更"


ENDED: Final = frozenset({Stage.FILED, Stage.DROPPED})
"""Nothing is waited for any more."""
EXPIRED: Final = "影响期满"
"""A stage of version 1.0 that is none any more: old workbooks and the change log still say it."""


def current(stage: str, *, publicised: bool) -> str:
    """A stage in today's words: what was 影响期满 is 通报 where the case was publicised, else 宣布执行."""
    if stage != EXPIRED:
        return stage
    return str(Stage.PUBLICISED if publicised else Stage.EXECUTED)


def _has_parties(facts: Values, _given: Values) -> Problem | None:
    wrong = "party_count" in facts and not facts["party_count"]
    return Problem("", "请先添加“责任人员”。") if wrong else None


def _has_dispositions(facts: Values, _given: Values) -> Problem | None:
    wrong = "disposition_count" in facts and not facts["disposition_count"]
    return Problem("", "请先录入“处理”，或在人员上注明“另行处理”。") if wrong else None


def _approver_differs(facts: Values, given: Values) -> Problem | None:
    approver = given.get("approver")
    wrong = not blank(approver) and approver == facts.get("proposer")
    return Problem("approver", "“批准人”不能与“建议机关”相同。") if wrong else None


def _at(*stages: Stage) -> frozenset[Stage]:
    return frozenset(stages)


_FACTS = (
    Want("unit_id", "发生单位", "unit"),
    Want("fact", "违规事实", "text"),
)
_UNDECIDED = _at(Stage.CLUE, Stage.VERIFIED, Stage.PROPOSED, Stage.SUBMITTED, Stage.TRANSFERRED)
_AFTER_DECISION = _at(Stage.DECIDED, Stage.EXECUTED, Stage.PUBLICISED, Stage.FILED)

STEPS: Final[tuple[Step[Stage], ...]] = (
    Step("verify", "核实", _at(Stage.CLUE), Stage.VERIFIED, needs=_FACTS),
    Step(
        "propose",
        "提出问责建议",
        _at(Stage.VERIFIED),
        Stage.PROPOSED,
        wants=(
            Want("proposer", "建议机关", known=True),
            Want("proposed_on", "建议日期", "day", known=True),
        ),
        needs=_FACTS,
        guards=(_has_parties, not_ahead("proposed_on", "建议日期")),
    ),
    Step("submit", "报批", _at(Stage.PROPOSED), Stage.SUBMITTED),
    Step(
        "transfer",
        "移交",
        _at(Stage.SUBMITTED),
        Stage.TRANSFERRED,
        wants=(
            Want("approver", "批准人", "person", known=True),
            Want("approved_on", "批准日期", "day", known=True),
            Want("receiving_organ", "移交机关", known=True, catalog="deciding_organ"),
            Want("handed_on", "移交日期", "day", known=True),
        ),
        guards=(
            _approver_differs,
            not_before("approved_on", "proposed_on", "“批准日期”早于建议日期，请核对。"),
            not_before("handed_on", "approved_on", "“移交日期”早于批准日期，请核对。"),
            not_ahead("handed_on", "移交日期"),
        ),
    ),
    Step(
        "decide",
        "登记决定",
        _at(Stage.TRANSFERRED, Stage.AMENDED),
        Stage.DECIDED,
        guards=(_has_parties, _has_dispositions),
    ),
    Step(
        "execute",
        "宣布执行",
        _at(Stage.DECIDED),
        Stage.EXECUTED,
        wants=(Want("executed_on", "宣布日期", "day", never, past=True),),
        guards=(not_ahead("executed_on", "宣布日期"),),
    ),
    Step(
        "publicise",
        "登记通报",
        _at(Stage.EXECUTED),
        Stage.PUBLICISED,
        wants=(Want("document_number", "通报文号", required_when=never),),
        effects=("案件标为已通报。",),
    ),
    Step("file", "归档", _at(Stage.EXECUTED, Stage.PUBLICISED, Stage.DROPPED), Stage.FILED),
    Step(
        "drop",
        "不予问责",
        _UNDECIDED,
        Stage.DROPPED,
        wants=(Want("stage_reason", "不予问责的原因", "text"), Want("approver", "批准人", "person")),
    ),
    Step(
        "amend",
        "申诉变更",
        _AFTER_DECISION,
        Stage.AMENDED,
        wants=(
            Want("stage_reason", "变更情况", "text"),
            Want("organ", "变更决定机关", required_when=never, catalog="deciding_organ"),
            Want("on", "变更日期", "day", never),
        ),
        guards=(not_ahead("on", "变更日期"),),
    ),
    Step(
        "step_back",
        "退回上一阶段",
        _at(Stage.PROPOSED, Stage.SUBMITTED, Stage.TRANSFERRED),
        Stage.VERIFIED,
        wants=(Want("stage_reason", "退回原因", "text"),),
    ),
)

_BY_KEY = {one.key: one for one in STEPS}
_MAIN = {
    Stage.CLUE: "verify",
    Stage.VERIFIED: "propose",
    Stage.PROPOSED: "submit",
    Stage.SUBMITTED: "transfer",
    Stage.TRANSFERRED: "decide",
    Stage.DECIDED: "execute",
    Stage.EXECUTED: "publicise",
    Stage.PUBLICISED: "file",
    Stage.DROPPED: "file",
    Stage.AMENDED: "decide",
}
_LINE = tuple(_MAIN)[:8]


def step(key: str) -> Step[Stage]:
    """The step of that key.

    Raises:
        KeyError: no such step.
    """
    return _BY_KEY[key]


def allowed(stage: Stage, facts: Values) -> list[tuple[Step[Stage], str]]:
    """Every step in the table's order with the reason why not, empty where it may be taken."""
    return [(one, one.hindrance(stage, facts)) for one in STEPS]


def next_step(stage: Stage) -> Step[Stage] | None:
    """The one step the big button names; None once filed."""
    key = _MAIN.get(stage)
    return _BY_KEY[key] if key else None


def missing_for(stage: Stage, facts: Values) -> tuple[str, ...]:
    """What an old case taken in at ``stage`` lacks (补录), as labels in the order of its life."""
    past = _past(stage)
    labels = [w.label for one in past for w in (*one.needs, *one.wants) if w.problem({}, facts)]
    if any(_has_parties in one.guards for one in past) and _has_parties(facts, {}):
        labels.append("责任人员")
    if any(_has_dispositions in one.guards for one in past) and _has_dispositions(facts, {}):
        labels.append("处理")
    return tuple(dict.fromkeys(labels))


def _past(stage: Stage) -> list[Step[Stage]]:
    """The main steps a case at ``stage`` has been through; side exits went through their own only."""
    if stage is Stage.DROPPED:
        return [_BY_KEY["verify"], _BY_KEY["drop"]]
    if stage is Stage.AMENDED:
        return [*_past(Stage.DECIDED), _BY_KEY["amend"]]
    upto = _LINE.index(stage) if stage in _LINE else len(_LINE)
    return [_BY_KEY[_MAIN[earlier]] for earlier in _LINE[:upto]]
