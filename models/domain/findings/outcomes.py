"""What a unit may answer (整改反馈), and which fields each answer wants."""

from enum import StrEnum
from typing import Any, Final

from models.domain.state_machine import Condition, Guard, Values, Want, blank, never, not_ahead, not_before
from models.errors import Problem


class Outcome(StrEnum):
    """A feedback's outcome (反馈结果)."""

    DONE = "已整改"
    ON_SPOT = "立行立改"
    PART = "部分完成"
    ONGOING = "正在推进"
    ASKING_ABOVE = "正在协调上级"
    UNABLE = "暂时无法整改"
    LONG_TERM = "长期坚持"
    OBJECTION = "异议(不属实)"

    @property
    def moves(self) -> bool:
        """Whether the feedback goes to verification; otherwise the finding stays where it is."""
        return self in _MOVING

    @property
    def solves(self) -> bool:
        """Whether a verified feedback of this kind may be counted as solved."""
        return self in _SOLVING


_MOVING = frozenset({Outcome.DONE, Outcome.ON_SPOT, Outcome.UNABLE, Outcome.LONG_TERM, Outcome.OBJECTION})
_SOLVING = frozenset({Outcome.DONE, Outcome.ON_SPOT, Outcome.LONG_TERM})
_WITHOUT_MEASURES = frozenset({Outcome.UNABLE, Outcome.OBJECTION})
_SPELLINGS = {str(one): one for one in Outcome} | dict.fromkeys(("异议", "异议（不属实）", "不属实"), Outcome.OBJECTION)


def outcome(text: object) -> Outcome | None:
    """The outcome named by an office's text, ``异议`` and half-width brackets included; None if unknown."""
    return _SPELLINGS.get(str(text or "").strip())


def solved_part(count: int, done: int, total: int) -> int:
    """How many of ``count`` like problems a part-done round of ``done``/``total`` has solved.

    Where the round counts the problems themselves that is ``done``; where it counts the parts
    of one problem, whole problems only.
    """
    return count * done // total if total else 0


def _when(*outcomes: Outcome) -> Condition:
    def condition(values: Values) -> bool:
        return outcome(values.get("outcome")) in outcomes

    return condition


def _wants_measures(values: Values) -> bool:
    return outcome(values.get("outcome")) not in _WITHOUT_MEASURES


def _without_evidence(values: Values) -> bool:
    return outcome(values.get("outcome")) is Outcome.DONE and blank(_evidence(values))


def _evidence(values: Values) -> Any:
    """Attachments as a list or their number; 0 is none."""
    return values.get("evidence") or None


_DONE = _when(Outcome.DONE, Outcome.ON_SPOT)
_PART = _when(Outcome.PART)
_EXPLAINED = _when(Outcome.UNABLE, Outcome.OBJECTION, Outcome.ASKING_ABOVE)

FEEDBACK_WANTS: Final[tuple[Want, ...]] = (
    Want("outcome", "整改结果", "choice", catalog="outcome"),
    Want("measures", "整改措施", "text", _wants_measures),
    Want("done", "已完成数", "number", _PART),
    Want("total", "应完成数", "number", _PART),
    Want("finished_on", "完成日期", "day", _DONE),
    Want("person", "责任人", "person"),
    Want("post", "责任人职务", required_when=never),
    Want("reason", "原因说明", "text", _EXPLAINED),
    Want("no_evidence_reason", "无佐证说明", "text", _without_evidence),
    Want("next_steps", "下步打算", "text", never),
    Want("lessons", "举一反三", "text", never),
)


def moves_on(_facts: Values, given: Values) -> Problem | None:
    """Guard of 送核查: the outcome must be one that goes to verification."""
    found = outcome(given.get("outcome"))
    wrong = found is not None and not found.moves
    return Problem("outcome", f"“{found}”尚未整改到位，请用“登记进展”。") if wrong else None


def stays(_facts: Values, given: Values) -> Problem | None:
    """Guard of 登记进展: the outcome must be one that leaves the finding with the unit."""
    found = outcome(given.get("outcome"))
    wrong = found is not None and found.moves
    return Problem("outcome", f"“{found}”须由县级核查，请用“送核查”。") if wrong else None


def _known_outcome(_facts: Values, given: Values) -> Problem | None:
    text = given.get("outcome")
    names = "、".join(Outcome)
    wrong = not blank(text) and outcome(text) is None
    return Problem("outcome", f"“整改结果”没有“{text}”这一项，请从{names}中选择。") if wrong else None


def _progress_adds_up(facts: Values, given: Values) -> Problem | None:
    if not _PART(given):
        return None
    done, total = given.get("done"), given.get("total")
    if not isinstance(done, int) or not isinstance(total, int):
        return None
    if not 0 <= done < total:
        return Problem("done", f"“部分完成”须少于“应完成数”，现填 {done}/{total}，请核对。")
    count = facts.get("count") or 1
    wrong = count > 1 and total != count
    return Problem("total", f"本条合并了 {count} 个问题，“应完成数”应填 {count}。") if wrong else None


FEEDBACK_GUARDS: Final[tuple[Guard, ...]] = (
    _known_outcome,
    _progress_adds_up,
    not_before("finished_on", "found_on", "“完成日期”早于发现日期，请核对。"),
    not_ahead("finished_on", "完成日期"),
)
