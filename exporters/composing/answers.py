"""What came of a problem, in words: what was done, with what result, by whom; no result that the text has told."""

import re
from collections.abc import Sequence
from typing import Final

from exporters.composing.finding_states import part_done, since_answer
from exporters.composing.frame import Frame
from exporters.composing.period import problems, solved_by
from exporters.composing.stated import of_findings, plain
from exporters.composing.wording import clause, plain_day, says, sentence, tidy
from models.domain.findings.lifecycle import Status
from models.domain.findings.outcomes import Outcome
from models.paper.numbering import full_day
from models.queries.facts.findings import FindingFacts
from models.records import Feedback

_WORDS: Final[dict[str, str]] = {
    Outcome.DONE: "已整改到位",
    Outcome.ON_SPOT: "已立行立改",
    Outcome.ASKING_ABOVE: "正在协调上级解决",
    Outcome.OBJECTION: "提出异议，认为问题不属实",
}
"""How a report says an outcome, where it does not say the word itself."""
_TOLD: Final = {
    Outcome.DONE: re.compile("整改(到位|完毕|完成)|完成整改|(已|已经|全部)(整改|改正|纠正|解决)"),
    Outcome.ON_SPOT: re.compile("立行立改|即知即改|(当场|现场|立即)(整改|改正|纠正|完成)"),
    Outcome.ASKING_ABOVE: re.compile("协调.{0,12}(上级|解决|办理)|(上级|市|省).{0,8}协调|(报|请示)上级"),
    Outcome.OBJECTION: re.compile("异议|不属实|与事实不符"),
    Outcome.ONGOING: re.compile("推进"),
    Outcome.UNABLE: re.compile("无法整改|暂时无法|暂不具备|暂无法"),
    Outcome.LONG_TERM: re.compile("长期坚持|常态化坚持|长期"),
}
"""What a text says that tells an outcome in words of its own."""

_UNDONE: Final = (Outcome.ONGOING, Outcome.ASKING_ABOVE, Outcome.UNABLE)
"""Outcomes of what is not done: the day that was typed beside them is no day of completion."""


def answer_figures(frame: Frame, facts: Sequence[FindingFacts]) -> dict[str, object]:
    """How many problems an answer is about, and how many are done: by the unit's own word in its own report."""
    told, by_record = problems(frame, facts), solved_by(frame)

    def done(one: FindingFacts) -> int:
        """What a unit itself reports as done: it says so before it is verified, not when the answer was sent back."""
        return one.finding.count if one.reported_done else by_record(one)

    return told | {"solved_count": of_findings("已完成数", facts, done)} if frame.role == "unit" else told


def answered_text(frame: Frame, one: FindingFacts) -> str:
    """整改情况： measures, result, person and reason of the last answer; empty of a problem nobody answered."""
    answer = one.feedback
    if answer is None:
        return ""
    measures = sentence(answer.measures)
    told = [measures, result(frame, one, answer), _person(answer, measures), _reason(answer, measures)]
    return f"整改情况：{''.join(told)}"


def result(frame: Frame, one: FindingFacts, answer: Feedback) -> str:
    """What came of it with its day or progress, and what became of it since; what the measures say is not repeated."""
    parts = [_outcome(frame, answer)]
    if one.finding.status == Status.CLOSED:
        parts.append("经核查已销号" if one.verifications else "已销号")
    else:
        parts.append(since_answer(frame, one))
    text = "，".join(filter(None, parts))
    return f"{text}。" if text else ""


def _outcome(frame: Frame, answer: Feedback) -> str:
    outcome = Outcome(answer.outcome) if answer.outcome in tuple(Outcome) else None
    pattern = _TOLD.get(outcome) if outcome else None
    said = bool(pattern and pattern.search(answer.measures))
    text = _WORDS.get(answer.outcome, tidy(answer.outcome))
    if outcome is Outcome.PART and answer.total:
        total, done, _rest = part_done(answer)
        progress = f"{total}个中已完成{done}个"
        return "" if says(answer.measures, plain(progress)) else f"{text}（{progress}）"
    day = None if outcome in _UNDONE else answer.finished_on
    if day and any(written in answer.measures for written in (plain_day(day), full_day(day))):
        day = None
    if day and said and outcome in (Outcome.DONE, Outcome.ON_SPOT):
        return f"{frame.days.day(day)}完成"
    if said:
        return ""
    return f"{frame.days.day(day)}{text.removeprefix('已')}" if day else text


def _person(answer: Feedback, measures: str) -> str:
    """Who answers for it, unless the measures name the person as such."""
    if not answer.person or says(measures, f"责任人{answer.person}"):
        return ""
    return f"责任人：{tidy(answer.post)}{answer.person}。"


def _reason(answer: Feedback, measures: str) -> str:
    return f"原因说明：{sentence(answer.reason)}" if clause(answer.reason) and not says(measures, answer.reason) else ""
