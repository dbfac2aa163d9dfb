"""整改方案: problem, 整改措施, 完成时限, 责任人, one after the other."""

from exporters.composing import holds
from exporters.composing.duties import due_words
from exporters.composing.frame import Body, Frame, paragraph, paragraphs
from exporters.composing.grouping import records_of, single
from exporters.composing.rectification_report import answering, words_of
from exporters.composing.selection import chosen_findings, nothing
from exporters.composing.stated import of_findings
from exporters.composing.wording import clause, sentence, tidy
from models.paper import kinds
from models.paper.elements import Block
from models.queries.facts.findings import FindingFacts
from models.records import Plan

KIND = kinds.BY_KEY["rectification_plan"]


def compose(frame: Frame) -> Body:
    """The plan for a scope's findings; what no plan tells is left out, which the check tells problem by problem.

    What is closed already wants the clerk's tick.

    Raises:
        Refusal: there is no problem to plan for.
    """
    facts = chosen_findings(frame, answers=True)
    if not facts:
        raise nothing(frame, "没有需要制定方案的问题，请调整单位、日期等筛选条件。")
    frame.use_campaign_of(one.finding.campaign_id for one in facts)
    words = words_of(frame, facts, {"problem_count": of_findings("问题数", facts)})
    frame.holds = holds.of_problems(frame, facts, dated=bool(words.get("from")))
    blocks: list[Block] = [*paragraphs("lead", frame.phrase("lead", words))]
    several = len({one.finding.unit_id for one in facts}) > 1
    for one in facts:
        blocks += _problem(frame, one, several)
    blocks += paragraphs("requirement", frame.phrase("requirements", words))
    blocks += frame.closing(words)
    title = f"{answering(frame, facts)}{frame.campaign}督查问题整改方案"
    return Body(title.removeprefix("各责任单位"), tuple(blocks), campaign_id=frame.options.campaign_id)


def _problem(frame: Frame, one: FindingFacts, units: bool) -> list[Block]:
    problem = single(frame, one, units=units)
    key, plan = one.finding.uuid, one.plan
    records = [*records_of([one]), plan]
    blocks = [paragraph(f"finding:{key}", f"{problem}。", records_of([one]), level=3)]
    if plan and clause(plan.measures):
        blocks.append(paragraph(f"measures:{key}", f"整改措施：{sentence(plan.measures)}", records))
    due, person = _due(frame, one, plan), _person(frame, one, plan)
    told = [f"完成时限：{due}。" if due else "", f"责任人：{person}。" if person else ""]
    return [*blocks, paragraph(f"due:{key}", "".join(told), records)] if any(told) else list(blocks)


def _due(frame: Frame, one: FindingFacts, plan: Plan | None) -> str:
    if plan and clause(plan.due_text):
        return clause(plan.due_text)
    if plan and plan.due_on:
        return frame.day(plan.due_on)
    return due_words(frame, one)


def _person(frame: Frame, one: FindingFacts, plan: Plan | None) -> str:
    """The plan's own person, else whoever is in charge at the unit."""
    if plan and plan.person:
        return f"{tidy(plan.post)}{plan.person}"
    unit = frame.places.units.get(one.responsible_id or 0)
    if unit and unit.deputy:
        return f"{unit.deputy_post}{unit.deputy}"
    return f"{unit.leader_post}{unit.leader}" if unit and unit.leader else ""
