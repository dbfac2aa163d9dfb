"""督查情况报告: 一、工作开展情况 二、存在的问题 三、意见建议."""

from collections.abc import Sequence

from sqlalchemy import select

from exporters.composing import annexes, holds, narrowing
from exporters.composing.advice import advice
from exporters.composing.findings_bulletin import also_above, problems
from exporters.composing.frame import Body, Frame, heading, paragraphs
from exporters.composing.own_text import own_paragraphs
from exporters.composing.period import bounds, counts, methods, of_records, scope_of, span, split_by_book, visiting
from exporters.composing.selection import chosen_findings
from exporters.composing.team_words import team_names
from exporters.composing.wording import unique
from models.domain.findings.books import Book
from models.errors import Refusal
from models.paper import kinds
from models.paper.elements import Block
from models.queries.facts.findings import FindingFacts
from models.queries.figures import scope as scopes
from models.queries.figures.scope import Scope
from models.records import Inspection, Team

KIND = kinds.BY_KEY["inspection_report"]


def compose(frame: Frame) -> Body:
    """The report of the chosen inspections, or of all in the period.

    Raises:
        Refusal: there is no inspection to report on.
    """
    inspections = _inspections(frame)
    if not inspections:
        raise Refusal("没有可以报告的督查活动，请先录入，或调整筛选条件。")
    scope = scope_of(frame)
    facts = chosen_findings(frame, answers=frame.options.photos, inspections=inspections)
    frame.use_campaign_of(one.campaign_id for one in inspections)
    own, above = split_by_book(facts, Book.ABOVE, role=frame.role)
    words = _words(frame, inspections, own, scope)
    frame.holds = holds.of_problems(frame, facts, dated=bool(words.get("from")))
    if len({one.unit_id for one in inspections}) > 1:
        frame.holds |= {"units"}
    blocks: list[Block] = [*paragraphs("lead", frame.phrase("lead", words), inspections)]
    blocks += also_above(frame, above, "报告")
    blocks += _overview(frame, inspections)
    if facts:
        blocks += [heading("problems", "存在的问题"), *problems(frame, facts)]
    blocks += advice(frame, inspections, facts) or _proposed(frame, words)
    blocks += frame.closing(words)
    title = f"关于{_where(frame, inspections)}{frame.campaign}工作督查情况的报告"
    return Body(title, tuple(blocks), annexes.chosen(frame, facts), campaign_id=frame.options.campaign_id)


def _inspections(frame: Frame) -> list[Inspection]:
    query = select(Inspection).where(*scopes.inspections(scope_of(frame)))
    return list(frame.session.scalars(query.order_by(Inspection.starts_on, Inspection.id)))


def _words(
    frame: Frame, inspections: Sequence[Inspection], facts: Sequence[FindingFacts], scope: Scope
) -> dict[str, object]:
    """The placeholders' values; the figures are the counting functions' over just these inspections."""
    first = min((i.starts_on for i in inspections if i.starts_on), default=None)
    last = max((day for i in inspections if (day := i.ends_on or i.starts_on)), default=None)
    if frame.options.from_ or frame.options.until:
        first, last = bounds(frame, facts) if facts else (frame.options.from_ or first, frame.options.until or last)
    here = Team.id.in_({i.team_id for i in inspections})
    teams = frame.session.scalars(select(Team).where(here).order_by(Team.number, Team.id)).all()
    units = {i.unit_id for i in inspections}
    more = {
        "team": team_names(teams),
        "unit": _where(frame, inspections),
        "unit_count": of_records("单位数", map(frame.places.units.get, filter(None, units))),
        "team_count": of_records("督查组数", teams),
        "methods": methods(inspections),
    }
    return frame.words(**span(first, last), **(visiting(frame, scope) | counts(frame, scope, facts) | more))


def _where(frame: Frame, inspections: Sequence[Inspection]) -> str:
    """The inspected units; of many the first and how many there were."""
    units = sorted({i.unit_id for i in inspections if i.unit_id}, key=frame.places.place)
    names = [frame.places.called(unit) for unit in units]
    return narrowing.units(names, of_records("单位数", map(frame.places.units.get, units)))


def _overview(frame: Frame, inspections: Sequence[Inspection]) -> list[Block]:
    """工作开展情况 as the teams wrote it: a sub-heading a unit where there are several."""
    told: dict[int, list[Inspection]] = {}
    for one in inspections:
        if one.overview.strip():
            told.setdefault(one.unit_id or 0, []).append(one)
    blocks: list[Block] = [heading("overview", "工作开展情况")] if told else []
    for unit_id, rows in sorted(told.items(), key=lambda item: frame.places.place(item[0])):
        if len(told) > 1:
            name = frame.places.called(unit_id)
            blocks.append(heading(f"overview:{unit_id}", f"{name}{frame.campaign}工作开展情况", 2))
        level = 3 if len(told) > 1 else 2
        for n, text in enumerate(unique(one.overview for one in rows), 1):
            blocks += own_paragraphs(f"overview:{unit_id}:{n}", text, rows, level=level)
    return blocks


def _proposed(frame: Frame, words: dict[str, object]) -> list[Block]:
    """意见建议 of the office's store, where the teams wrote none down."""
    blocks = frame.requirements(words)
    return [heading("advice", "意见建议"), *blocks] if blocks else []
