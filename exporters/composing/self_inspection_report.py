"""排查起底报告: by 方面 what is wrong and what will be done about it."""

import dataclasses
from collections.abc import Sequence

from sqlalchemy import select

from exporters.composing import holds
from exporters.composing.answers import answer_figures
from exporters.composing.frame import Body, Frame, heading, paragraph, paragraphs
from exporters.composing.grouping import Group, groups, heading_of, items
from exporters.composing.options import GroupBy
from exporters.composing.period import scope_of
from exporters.composing.rectification_report import answering, words_of
from exporters.composing.selection import chosen_findings, nothing
from exporters.composing.wording import counted_clauses, sentence, unique
from models.paper import kinds
from models.paper.elements import Block
from models.queries.facts.findings import FindingFacts
from models.queries.figures import scope as scopes
from models.queries.figures.scope import Scope
from models.records import Inspection

KIND = kinds.BY_KEY["self_inspection_report"]


def compose(frame: Frame) -> Body:
    """The report on what an office found itself.

    Raises:
        Refusal: nothing was found by the office itself.
    """
    scope = scope_of(frame)
    scope = dataclasses.replace(scope, self_found=True)
    facts = chosen_findings(frame, answers=True)
    if not facts:
        raise nothing(frame, "没有自查发现的问题，请先录入（问题来源选“乡自查”），或调整筛选条件。")
    frame.use_campaign_of(one.finding.campaign_id for one in facts)
    words = words_of(frame, facts, answer_figures(frame, facts))
    frame.holds = holds.of_problems(frame, facts, dated=bool(words.get("from")))
    blocks: list[Block] = [*paragraphs("lead", frame.phrase("lead", words))]
    blocks += _organised(frame, scope, facts)
    blocks.append(heading("problems", "存在的问题和下步打算"))
    dimension = frame.options.group_by or "aspect"
    for group in groups(frame, facts, dimension):
        blocks += _group(frame, group, dimension)
    if requirements := frame.requirements(words):
        blocks += [heading("next", "下一步工作"), *requirements]
    blocks += frame.closing(words)
    title = f"{answering(frame, facts)}关于{frame.campaign}排查起底工作情况的报告"
    return Body(title.removeprefix("各责任单位"), tuple(blocks), campaign_id=frame.options.campaign_id)


def _organised(frame: Frame, scope: Scope, facts: Sequence[FindingFacts]) -> list[Block]:
    """工作开展情况 of the units the report is on, where it was written down."""
    units = tuple({one.finding.unit_id for one in facts if one.finding.unit_id}) or scope.unit_ids
    where = scopes.inspections(dataclasses.replace(scope, self_found=None, finding_ids=(), unit_ids=units))
    query = select(Inspection).where(*where, Inspection.overview != "").order_by(Inspection.starts_on, Inspection.id)
    blocks: list[Block] = []
    for inspection in frame.session.scalars(query):
        for n, line in enumerate(inspection.overview.splitlines()):
            if line.strip():
                blocks.append(paragraph(f"overview:{inspection.uuid}:{n}", sentence(line), [inspection]))
    return [heading("overview", "工作开展情况"), *blocks] if blocks else []


def _group(frame: Frame, group: Group, dimension: GroupBy) -> list[Block]:
    """A group with its problems as 一是二是, then 下步打算 likewise."""
    name = heading_of(group, dimension)
    found = items(frame, group.facts, units=frame.office.role != "unit")
    records = [record for item in found for record in item.records]
    text = counted_clauses([item.text for item in found])
    blocks: list[Block] = [paragraph(f"group:{group.name}", text, records, heading=f"{name}。", level=2)]
    if intended := _intended(group.facts):
        answers = [r for one in group.facts for r in (one.feedback, one.plan)]
        blocks.append(paragraph(f"next:{group.name}", f"下步打算：{counted_clauses(intended)}", answers))
    return blocks


def _intended(facts: Sequence[FindingFacts]) -> list[str]:
    """What will be done: the answers' 下步打算, else the plans' measures, else the suggestions."""
    return unique(
        (one.feedback.next_steps if one.feedback else "")
        or (one.plan.measures if one.plan else "")
        or one.finding.advice
        for one in facts
    )
