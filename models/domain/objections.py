"""An answer that says 异议(不属实) is judged by choices of its own: it can never be closed as 整改到位."""

from enum import StrEnum
from typing import Final

from models.domain.findings.outcomes import Outcome, outcome
from models.domain.state_machine import Guard, Values, Want, blank, never, not_ahead, not_before
from models.errors import Problem

LAST: Final = "last_outcome"
"""Among a finding's facts: the outcome of its last feedback, "" where there is none."""


class Ruling(StrEnum):
    """What the county finds of an objection (异议核查)."""

    UPHELD = "属实维持"
    PART = "部分采纳"
    UNTRUE = "不属实撤销"


INSTEAD: Final = "反馈为“异议”，请逐条用“核查异议”办理，选择属实维持、部分采纳或不属实撤销，不能按整改到位销号。"
NO_OBJECTION: Final = "反馈不是“异议”，请用“销号”或“退回重改”。"
ENDS_OTHERWISE: Final = {
    "未整改到位": "核查结论为“未整改到位”的不能销号，请用“退回重改”。",
    "问题不属实": "核查结论为“问题不属实”的不能销号，请用“撤销”。",
}
"""Conclusions that close nothing, and the way out."""


def objected(facts: Values) -> bool:
    """Whether the unit's last word is that the problem is not true."""
    return outcome(facts.get(LAST)) is Outcome.OBJECTION


def not_over_an_objection(facts: Values, _given: Values) -> Problem | None:
    """Nothing is closed whose last feedback is an objection."""
    return Problem("conclusion", INSTEAD) if objected(facts) else None


def an_objection_is_there(facts: Values, _given: Values) -> Problem | None:
    """There must be one to judge."""
    return None if objected(facts) else Problem("conclusion", NO_OBJECTION)


def concludes_in_closing(_facts: Values, given: Values) -> Problem | None:
    """A verification that found otherwise closes nothing."""
    sentence = ENDS_OTHERWISE.get(str(given.get("conclusion") or "").strip())
    return Problem("conclusion", sentence) if sentence else None


def is_a_ruling(_facts: Values, given: Values) -> Problem | None:
    """An objection is judged by one of three words."""
    told = given.get("conclusion")
    if blank(told) or told in tuple(Ruling):
        return None
    return Problem("conclusion", f"“核查结论”没有“{told}”这一项，请从{'、'.join(Ruling)}中选择。")


def revokes(values: Values) -> bool:
    """Whether the problem is to be revoked, which somebody approves."""
    return values.get("conclusion") == Ruling.UNTRUE


VERIFIER: Final = (
    Want("verifier", "核查人", "person"),
    Want("method", "核查方式", "choice", catalog="verification_method"),
    Want("verified_on", "核查日期", "day"),
)
VERIFIED_IN_ORDER: Final[tuple[Guard, ...]] = (
    not_before("verified_on", "found_on", "“核查日期”早于发现日期，请核对。"),
    not_before("approved_on", "verified_on", "“批准日期”早于核查日期，请核对。"),
    not_ahead("verified_on", "核查日期"),
)
"""What every verification asks, of an objection or of an answer."""
WANTS: Final = (
    Want("conclusion", "核查结论", "choice", catalog="ruling"),
    Want("opinion", "核查意见", "text"),
    *VERIFIER,
    Want("approver", "批准人", "person", revokes),
    Want("approved_on", "批准日期", "day", never),
)
"""What judging an objection asks; the word that decides comes first."""
