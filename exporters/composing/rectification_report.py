"""整改情况报告: problem by problem what was done, then the next steps; also what a township sends up."""

from collections.abc import Sequence

from exporters.composing import annexes
from exporters.composing.finding_states import AT_WORK, SILENT, part_done, since_answer
from exporters.composing.frame import Body, Frame, heading, paragraph, points
from exporters.composing.grouping import items, records_of, running, single
from exporters.composing.period import bounds, problems, span
from exporters.composing.selection import chosen_findings, nothing
from exporters.composing.stated import of_findings
from exporters.composing.wording import clause, counted_clauses, listed, sentence, tidy, unique
from models.domain.findings.lifecycle import Status
from models.domain.findings.outcomes import Outcome
from models.paper import kinds
from models.paper.elements import Block
from models.queries.facts.findings import FindingFacts

KIND = kinds.BY_KEY["rectification_report"]


_OUTCOMES: dict[str, str] = {
    Outcome.DONE: "已整改到位",
    Outcome.ON_SPOT: "已立行立改",
    Outcome.ASKING_ABOVE: "正在协调上级解决",
    Outcome.OBJECTION: "提出异议，认为问题不属实",
}
"""How a report says an outcome, where it does not say the word itself."""


def compose(frame: Frame) -> Body:
    """The report on a scope's findings, each with its last answer.

    Raises:
        Refusal: there is no problem to report on.
    """
    facts = chosen_findings(frame, answers=True)
    if not facts:
        raise nothing(frame, "没有可以报告的问题，请调整单位、日期等筛选条件。")
    frame.use_campaign_of(one.finding.campaign_id for one in facts)
    words = words_of(frame, facts, problems(facts))
    blocks: list[Block] = [paragraph(f"lead:{n}", text) for n, text in enumerate(frame.phrase("lead", words), 1)]
    blocks.append(heading("problems", "问题整改情况"))
    several = len({one.finding.unit_id for one in facts}) > 1
    blocks += _problems(frame, facts, several)
    blocks += _next(frame, facts, words)
    blocks += frame.closing(words)
    title = f"关于{frame.campaign}督查问题整改情况的报告"
    return Body(title, tuple(blocks), annexes.pictures(frame, facts), campaign_id=frame.options.campaign_id)


def words_of(frame: Frame, facts: Sequence[FindingFacts], figures: dict[str, object]) -> dict[str, object]:
    """The placeholders of what an answering unit writes: itself, and the office it answers."""
    first, last = bounds(frame, facts)
    return frame.words(**(figures | {"unit": answering(frame, facts), "office": frame.superior} | span(first, last)))


def answering(frame: Frame, facts: Sequence[FindingFacts]) -> str:
    """Who reports: the unit itself, else the unit the findings are of, else 各责任单位."""
    if frame.office.role == "unit":
        return frame.office.short_name or frame.office.name
    ids = frame.options.unit_ids or {one.finding.unit_id or one.finding.department_id for one in facts}
    units = sorted((unit for unit in ids if unit), key=frame.places.place)
    if not 0 < len(units) <= 3:
        return "各责任单位"
    return listed(frame.places.path(unit) or frame.places.name(unit) for unit in units)


def _problems(frame: Frame, facts: Sequence[FindingFacts], units: bool) -> list[Block]:
    """The answered problems one by one, then those without an answer together."""
    told = [one for one in facts if one.feedback]
    silent = [one for one in facts if not one.feedback]
    blocks: list[Block] = [_problem(frame, one, units) for one in told]
    by_state: dict[tuple[str, str], list[FindingFacts]] = {state: [] for state in (*SILENT.values(), AT_WORK)}
    for one in silent:
        by_state[SILENT.get(Status(one.finding.status), AT_WORK)].append(one)
    for (key, state), rows in by_state.items():
        if rows:
            found = items(frame, rows, units=units)
            names = f"{state}的问题（{of_findings(f'{state}问题数', rows)}个）。"
            blocks.append(paragraph(f"findings:{key}", running(found), records_of(rows), heading=names, level=2))
    return blocks


def _problem(frame: Frame, one: FindingFacts, units: bool) -> Block:
    """The problem as the heading; what was done, what came of it and who answers for it."""
    problem = single(frame, one, units=units)
    said = [f"整改情况：{sentence(answer.measures)}" if (answer := one.feedback) and clause(answer.measures) else ""]
    said.append(_result(frame, one))
    if answer:
        said.append(_labelled("原因说明", answer.reason))
    records = [*records_of([one]), *one.feedbacks, *one.verifications]
    return paragraph(f"finding:{one.finding.uuid}", "".join(said), records, heading=f"{problem}。", level=2)


def _labelled(label: str, text: str) -> str:
    return f"{label}：{sentence(text)}" if clause(text) else ""


def _result(frame: Frame, one: FindingFacts) -> str:
    """What came of it with its day or progress and the closure, then who answers for it."""
    answer = one.feedback
    if answer is None:
        return ""
    text = _OUTCOMES.get(answer.outcome, tidy(answer.outcome))
    if answer.finished_on:
        text = f"{frame.days.day(answer.finished_on)}{text.removeprefix('已')}"
    if answer.outcome == Outcome.PART and answer.total:
        total, done, _rest = part_done(answer)
        text += f"（{total}个中已完成{done}个）"
    if one.finding.status == Status.CLOSED:
        text += "，经核查已销号" if one.verifications else "，已销号"
    elif later := since_answer(frame, one):
        text = f"{text}，{later}"
    person = f"责任人：{tidy(answer.post)}{answer.person}。" if answer.person else ""
    return f"{text}。{person}"


def _next(frame: Frame, facts: Sequence[FindingFacts], words: dict[str, object]) -> list[Block]:
    """下一步工作: what the answers themselves intend, then the office's phrases."""
    answered = [one for one in facts if one.feedback]
    intended = unique(one.feedback.next_steps for one in answered if one.feedback)
    learnt = unique(one.feedback.lessons for one in answered if one.feedback)
    blocks: list[Block] = []
    if learnt:
        blocks.append(paragraph("lessons", f"举一反三方面，{counted_clauses(learnt)}", [o.feedback for o in answered]))
    records = [one.feedback for one in facts if one.feedback and clause(one.feedback.next_steps)]
    steps = [(sentence(text), records) for text in intended]
    blocks += points("next", [*steps, *((text, []) for text in frame.phrase("requirements", words))])
    return [heading("next", "下一步工作"), *blocks] if blocks else []
