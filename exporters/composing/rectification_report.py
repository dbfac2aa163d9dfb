"""整改情况报告: problem by problem what was done, then the next steps; also what a township sends up."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from exporters.composing import annexes, holds, narrowing
from exporters.composing.answers import answer_figures, answered_text
from exporters.composing.finding_states import AT_WORK, SILENT
from exporters.composing.frame import Body, Frame, heading, paragraph, paragraphs, points
from exporters.composing.grouping import (
    groups_as_written,
    heading_of,
    items,
    records_of,
    running,
    short_title,
    single,
    written,
)
from exporters.composing.options import GroupBy
from exporters.composing.own_text import about_next, numbered, own_paragraphs
from exporters.composing.period import bounds, span, split_by_book
from exporters.composing.selection import chosen_findings, nothing
from exporters.composing.source_papers import source_papers
from exporters.composing.stated import of_findings
from exporters.composing.wording import clause, counted_clauses, listed, sentence, unique
from models.domain.findings.books import Book
from models.domain.findings.lifecycle import Status
from models.paper import kinds
from models.paper.elements import Block
from models.queries.facts.findings import FindingFacts

KIND = kinds.BY_KEY["rectification_report"]
_SHORT = 30
"""The longest problem that is the heading of its answer, in characters: one line and a little."""


def compose(frame: Frame) -> Body:
    """The report on a scope's findings, each with its last answer.

    Raises:
        Refusal: there is no problem to report on.
    """
    facts = chosen_findings(frame, answers=True)
    if not facts:
        raise nothing(frame, "没有可以报告的问题，请调整单位、日期等筛选条件。")
    frame.use_campaign_of(one.finding.campaign_id for one in facts)
    answered, own = split_by_book(facts, Book.SELF) if frame.role == "unit" else (facts, [])
    words = words_of(frame, facts, answer_figures(frame, answered or facts))
    frame.holds = holds.of_problems(frame, facts, dated=bool(words.get("from")))
    blocks: list[Block] = [*paragraphs("lead", frame.phrase("lead", words))]
    blocks += _also_own(frame, own) if answered else []
    blocks += [heading("problems", "问题整改情况"), *_problems(frame, facts)]
    blocks += _next(frame, facts, words)
    blocks += frame.closing(words)
    units = "" if frame.office.role == "unit" else frame.units
    title = f"关于{units}{frame.campaign}{_called(frame)}整改情况的报告"
    return Body(title, tuple(blocks), annexes.pictures(frame, facts), campaign_id=frame.options.campaign_id)


def _also_own(frame: Frame, own: Sequence[FindingFacts]) -> list[Block]:
    """What the unit found itself, told apart from what it answers."""
    counts = answer_figures(frame, own)
    count, done = counts["problem_count"], counts["solved_count"]
    solved = f"，已整改{done}个" if done else ""
    return [paragraph("lead:self", f"另有自查发现问题{count}个{solved}，一并报告。")] if own else []


def _called(frame: Frame) -> str:
    levels = frame.options.source_levels
    return narrowing.problems(levels, role=frame.office.role) if levels else "督查问题"


def words_of(frame: Frame, facts: Sequence[FindingFacts], figures: dict[str, object]) -> dict[str, object]:
    """The placeholders of what an answering unit writes: itself, the paper it answers and the office that sent it."""
    first, last = bounds(frame, facts)
    unit = frame.ours if frame.role == "unit" else answering(frame, facts)
    more = {"unit": unit, "office": frame.superior, "source_paper": source_papers(frame, facts)}
    return frame.words(**(figures | more | span(first, last)))


def answering(frame: Frame, facts: Sequence[FindingFacts]) -> str:
    """Who reports, by name: the unit itself, else the unit the findings are of, else 各责任单位."""
    if frame.office.role == "unit":
        return frame.office.short_name or frame.office.name
    ids = frame.options.unit_ids or {one.responsible_id for one in facts}
    units = sorted((unit for unit in ids if unit), key=frame.places.place)
    if not 0 < len(units) <= 3:
        return "各责任单位"
    return listed(frame.places.called(unit) for unit in units)


def _problems(frame: Frame, facts: Sequence[FindingFacts]) -> list[Block]:
    """The problems one by one, under the groups they were sent or written down in; those nobody answered together."""
    if dimension := _dimension(frame, facts):
        return _grouped(frame, facts, dimension)
    units = len({one.finding.unit_id for one in facts}) > 1
    form = _form(frame, facts, units=units)
    told = [block for one in facts if one.feedback for block in _problem(frame, one, form, 2)]
    return [*told, *_silent(frame, facts, "", units=units, level=2)]


def _silent(frame: Frame, facts: Sequence[FindingFacts], key: str, *, units: bool, level: int) -> list[Block]:
    """The problems nobody answered, those in the same state together."""
    by_state: dict[tuple[str, str], list[FindingFacts]] = {state: [] for state in (*SILENT.values(), AT_WORK)}
    for one in facts:
        if not one.feedback:
            by_state[SILENT.get(Status(one.finding.status), AT_WORK)].append(one)
    blocks: list[Block] = []
    for (name, state), rows in by_state.items():
        if rows:
            title = f"{state}的问题（{of_findings(f'{state}问题数', rows)}个）。"
            text = running(items(frame, rows, units=units))
            blocks.append(paragraph(f"findings:{key}{name}", text, records_of(rows), heading=title, level=level))
    return blocks


def _dimension(frame: Frame, facts: Sequence[FindingFacts]) -> GroupBy | None:
    """How the problems are gathered: as chosen, by unit where they are of several, by the headings they came under."""
    if frame.options.group_by:
        return frame.options.group_by
    dimensions: tuple[GroupBy, ...] = ("unit", "aspect") if frame.role == "unit" else ("unit",)
    for one in dimensions:
        if 1 < len(written(frame, facts, one)) < len(facts):
            return one
    return None


def _grouped(frame: Frame, facts: Sequence[FindingFacts], dimension: GroupBy) -> list[Block]:
    blocks: list[Block] = []
    units = dimension != "unit" and frame.role != "unit"
    form = _form(frame, facts, units=units)
    for group in groups_as_written(frame, facts, dimension):
        blocks.append(heading(f"group:{group.name}", heading_of(group, dimension), 2))
        told = (one for one in group.facts if one.feedback)
        blocks += [block for one in told for block in _problem(frame, one, form, 3)]
        blocks += _silent(frame, group.facts, f"{group.name}:", units=units, level=3)
    return blocks


@dataclass(frozen=True, slots=True)
class _Form:
    """How the answered problems of one report are set.

    Attributes:
        units: name the unit before the site.
        apart: answers are paragraphs of their own, because one of the problems is no heading.
        once: kinds that only one problem has, so that they name it.
    """

    units: bool
    apart: bool
    once: frozenset[str]


def _form(frame: Frame, facts: Sequence[FindingFacts], *, units: bool) -> _Form:
    answered = [one for one in facts if one.feedback]
    kinds_ = Counter(one.finding.kind for one in answered)
    apart = any(_long(one, single(frame, one, units=units)) for one in answered)
    return _Form(units, apart, frozenset(kind for kind, many in kinds_.items() if many == 1 and kind))


def _long(one: FindingFacts, problem: str) -> bool:
    """Whether a problem is no heading: it has a title of its own, is too long or has several sentences."""
    return bool(short_title(one)) or len(problem) > _SHORT or "。" in problem


def _problem(frame: Frame, one: FindingFacts, form: _Form, level: int) -> list[Block]:
    """The problem as a heading or under 关于……的问题, and what came of it."""
    problem, key = single(frame, one, units=form.units), one.finding.uuid
    records = [*records_of([one]), *one.feedbacks, *one.verifications]
    answer = answered_text(frame, one)
    if not form.apart:
        return [paragraph(f"finding:{key}", answer, records, heading=f"{problem}。", level=level)]
    title, text = f"{problem}。", ""
    if _long(one, problem):
        named = _named(one, form)
        title, text = f"关于{named}的问题。" if named else "", title
    return [
        paragraph(f"finding:{key}", text, records_of([one]), heading=title, level=level),
        paragraph(f"measures:{key}", answer, records),
    ]


def _named(one: FindingFacts, form: _Form) -> str:
    """What a long problem is about: its short title, else the dictionary's word where no other has the same."""
    kind = one.finding.kind
    known = kind in form.once and not kind.startswith("其他")
    return (short_title(one) or (kind if known else "")).removesuffix("的问题").removesuffix("问题")


def _next(frame: Frame, facts: Sequence[FindingFacts], words: dict[str, object]) -> list[Block]:
    """下一步工作: what the answers themselves intend, then the office's phrases."""
    answered = [one for one in facts if one.feedback]
    intended = unique(one.feedback.next_steps for one in answered if one.feedback)
    learnt = unique(one.feedback.lessons for one in answered if one.feedback)
    blocks: list[Block] = []
    if learnt:
        blocks.append(paragraph("lessons", f"举一反三方面，{counted_clauses(learnt)}", [o.feedback for o in answered]))
    records = [one.feedback for one in facts if one.feedback and clause(one.feedback.next_steps)]
    whole = [text for text in intended if numbered(text) or about_next(text)]
    for n, text in enumerate(whole, 1):
        blocks += own_paragraphs(f"next:own:{n}", text, records)
    steps = [(sentence(text), records) for text in intended if text not in whole]
    blocks += points("next", [*steps, *((text, []) for text in frame.phrase("requirements", words))])
    return [heading("next", "下一步工作"), *blocks] if blocks else []
