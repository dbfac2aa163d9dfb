"""督查通报: a lead with dates and counts, problems gathered and merged, closing requirements."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select

from exporters.composing import annexes, holds, narrowing
from exporters.composing.advice import advice, team_advice
from exporters.composing.frame import Body, Frame, heading, paragraph, paragraphs, references
from exporters.composing.grouping import (
    Group,
    Item,
    counted,
    groups,
    groups_as_written,
    items,
    running,
    short_title,
    written,
)
from exporters.composing.options import GroupBy
from exporters.composing.own_text import numbered
from exporters.composing.period import figures, latest_deadline, scope_of, solved_by, split_by_book, told_above
from exporters.composing.selection import chosen_findings, nothing
from exporters.composing.stated import of_findings, plain
from exporters.composing.wording import clause, listed, listed_shortly, says, sentence
from models.domain.findings.books import Book
from models.domain.findings.lifecycle import Status
from models.paper import kinds
from models.paper.elements import Block
from models.queries.facts.findings import FindingFacts
from models.queries.figures import scope as scopes
from models.queries.figures.scope import Scope
from models.queries.selection import reported
from models.records import Finding, Inspection, Record, Site, Visit

KIND = kinds.BY_KEY["findings_bulletin"]


def compose(frame: Frame) -> Body:
    """The bulletin of a scope's findings that may be made known.

    Raises:
        Refusal: there is no problem to write about.
    """
    facts = chosen_findings(frame, answers=frame.options.photos)
    if not facts:
        raise nothing(frame, "没有可以通报的督查问题，请先录入，或调整日期、单位等筛选条件。")
    scope = _reported_on(frame, facts)
    frame.use_campaign_of(one.finding.campaign_id for one in facts)
    own, above = split_by_book(facts, Book.ABOVE, role=frame.role)
    few = frame.units or _few(frame, scope, facts)
    words = figures(frame, scope, own or facts, deadline=frame.deadline(latest_deadline(frame, facts)), few=few)
    frame.holds = holds.of_problems(frame, facts, dated=bool(words.get("from")))
    lead = _lead(frame, facts, words) if own or frame.options.lead else _above_alone(frame, above)
    blocks: list[Block] = [*paragraphs("lead", lead)]
    # What others found says nothing of this office's own inspections.
    blocks += [*also_above(frame, above), *_situation(frame, scope)] if own else []
    blocks += [heading("problems", "存在的问题"), *problems(frame, facts)]
    if frame.options.advice and frame.options.group_by != "team":
        trips = {one.inspection.id: one.inspection for one in facts if one.inspection}
        blocks += advice(frame, list(trips.values()), facts)
    if requirements := frame.requirements(words):
        blocks += [heading("requirements", "工作要求"), *requirements]
    blocks += frame.closing(words)
    added = annexes.chosen(frame, facts)
    called = narrowing.problems(frame.options.source_levels, frame.teams, own=bool(own))
    title = clause(frame.options.theme) or f"{frame.units}{frame.campaign}{called}"
    return Body(f"关于{title}的通报", tuple(blocks), added, campaign_id=frame.options.campaign_id)


def _reported_on(frame: Frame, facts: Sequence[FindingFacts]) -> Scope:
    """What the bulletin's figures are about: where nothing was chosen, the days since the last bulletin.

    Visits of before would be counted beside problems that are not. An older problem that was closed since is
    told without making the period longer; one that is still open, ticked by the clerk, makes it so.
    """
    scope = scope_of(frame)
    if scope.from_ or scope.until or scope.finding_ids or scope.inspection_ids:
        return scope
    last = reported.Since(frame.session, KIND.key, Finding.__tablename__, frame.date)
    begins = [last.of(one.finding.campaign_id) for one in facts]
    if None in begins:
        return scope
    days = [*begins, *(one.finding.found_on for one in facts if one.finding.status != Status.CLOSED)]
    return replace(scope, from_=min(day for day in days if day), until=frame.date)


def also_above(frame: Frame, above: Sequence[FindingFacts], done: str = "通报") -> list[Block]:
    """What came from above and is told beside what this office found, as a sentence of its own."""
    counts = of_findings("上级反馈问题数", above), of_findings("上级反馈问题已整改数", above, solved_by(frame))
    text = told_above(*counts).removesuffix("。")
    return [paragraph("lead:above", f"另有{text}，一并{done}。")] if text else []


def _above_alone(frame: Frame, above: Sequence[FindingFacts]) -> list[str]:
    """The lead of a bulletin of nothing but what came from above: this office inspected nothing for it."""
    counts = of_findings("上级反馈问题数", above), of_findings("上级反馈问题已整改数", above, solved_by(frame))
    return [f"{told_above(*counts)}现将有关问题通报如下。"]


def _few(frame: Frame, scope: Scope, facts: Sequence[FindingFacts]) -> str:
    """The units that were inspected, where they are too few to be called the whole county."""
    found = set(frame.session.scalars(select(Inspection.unit_id).where(*scopes.inspections(scope))))
    found |= {one.finding.unit_id for one in facts if not one.inspection}
    tops = {frame.tops[id_][0] if id_ in frame.tops else None for id_ in found}
    names = [frame.places.path(unit) for unit in sorted(tops, key=frame.places.place)]
    return listed(names) if all(names) and len(names) <= narrowing.FEW else ""


def _lead(frame: Frame, facts: Sequence[FindingFacts], words: Mapping[str, object]) -> list[str]:
    """The chosen phrase; where every inspection went back to see what was done, the one for that."""
    chosen = frame.options.lead or frame.options.phrase_ids
    again = {one.inspection.kind if one.inspection else "" for one in facts} == {"回头看"}
    by_team = frame.options.group_by == "team" and len({one.team.id for one in facts if one.team}) > 1
    name = "回头看" if again else "分组督查" if by_team else ""
    text = frame.named_phrase("lead", name, words) if name and not chosen else ""
    return [text] if text else frame.phrase("lead", words)


def _situation(frame: Frame, scope: Scope) -> list[Block]:
    """总体情况 as the teams wrote it down, unit by unit, and the sites they found well kept.

    A bulletin about several rounds of inspection leaves it to its lead.
    """
    where = (*scopes.inspections(scope), Inspection.overview != "")
    rounds = list(frame.session.scalars(select(Inspection).where(*where).order_by(Inspection.id)))
    if len({one.unit_id for one in rounds}) < len(rounds):
        return []
    rounds.sort(key=lambda one: frame.places.place(one.unit_id))
    blocks: list[Block] = []
    for one in rounds:
        name = frame.places.path(one.unit_id)
        text = sentence(one.overview)
        known = says(text, name) or says(text, frame.places.name(one.unit_id))
        blocks.append(paragraph(f"overview:{one.uuid}", text if known else f"{name}：{text}", [one]))
    blocks += _well_kept(frame, scope)
    return [heading("overview", "总体情况"), *blocks] if blocks else []


def _well_kept(frame: Frame, scope: Scope) -> list[Block]:
    """The sites without a fault of which the teams wrote something down."""
    where = (*scopes.visits(scope), Visit.clean, Visit.note != "")
    query = select(Visit, Site).join(Site, Site.id == Visit.site_id).where(*where).order_by(Visit.on, Visit.id)
    rows = frame.session.execute(query).all()
    alike: dict[str, dict[str, Site]] = {}
    for visit, site in rows:
        name = frame.places.within(site.unit_id, site.name)
        alike.setdefault(clause(visit.note).removeprefix(site.name), {})[name] = site
    told = [listed_shortly(found, "点位", behind=references(found.values())) + note for note, found in alike.items()]
    text = f"{'；'.join(told)}，现场督查未发现问题。"
    return [paragraph("clean", text, [record for row in rows for record in row])] if told else []


def problems(frame: Frame, facts: Sequence[FindingFacts]) -> list[Block]:
    """The problems under their headings, as much of them as the clerk wants.

    Groups of the ledger's words that were written down one after the other keep that order.
    """
    dimension = frame.options.group_by or _dimension(frame, facts)
    gather = groups if dimension in ("unit", "team") else groups_as_written
    found = gather(frame, facts, dimension)
    write = {"brief": _brief, "normal": _running, "full": _each}[frame.options.detail]
    several = len(found) > 1
    units = not _about_one_unit(frame, facts) and (dimension != "unit" or not several)
    blocks: list[Block] = []
    for group in found:
        blocks += write(frame, group, units, several)
        if dimension == "team" and frame.kind is KIND:
            blocks += team_advice(frame, group.name, group.facts)
    return blocks


def _about_one_unit(frame: Frame, facts: Sequence[FindingFacts]) -> bool:
    """Whether the title names the one unit all problems are of, so that none of them need say it."""
    titled = frame.kind.key == "inspection_report" or frame.units
    return bool(titled) and len({one.responsible_id for one in facts}) == 1


def _dimension(frame: Frame, facts: Sequence[FindingFacts]) -> GroupBy:
    """How problems are gathered where the clerk chose nothing: by unit, and by kind where all are one unit's.

    Where he wrote them down kind by kind across the units, or aspect by aspect, they stay as he put them.
    """
    if len(groups(frame, facts, "unit")) == 1:
        return "kind"
    if not written(frame, facts, "unit"):
        most: dict[GroupBy, float] = {"aspect": len(facts) - 1, "kind": len(facts) / 2, "site_kind": len(facts) / 2}
        return next((one for one, many in most.items() if 1 < len(written(frame, facts, one)) <= many), "unit")
    return "unit"


def _title(group: Group, several: bool) -> str:
    """The heading of a group with its number of problems, which one with a title of its own need not say."""
    if not several:
        return ""
    own = group.count == 1 and short_title(group.facts[0]) == group.name
    return f"{group.name}。" if own else f"{group.name}（{group.count}个问题）。"


def _running(frame: Frame, group: Group, units: bool, several: bool) -> list[Block]:
    """One paragraph a group; where problems have short titles or a numbering of their own each is one below it."""
    found = items(frame, group.facts, units=units)
    listed_inside = len(found) > 1 and any(numbered(item.text) for item in found)
    if listed_inside or any(item.title not in ("", group.name) for item in found):
        return _each(frame, group, units, several)
    records = [record for item in found for record in item.records]
    return [_paragraph(group, running(found, titled=False), records, several)]


def _paragraph(group: Group, text: str, records: list[Record | None], several: bool) -> Block:
    """A numbered paragraph under the group's name; running text where there is but one group."""
    heading_ = _title(group, several)
    return paragraph(f"group:{group.name}", text, records, heading=heading_, level=2 if several else 0)


def _each(frame: Frame, group: Group, units: bool, several: bool) -> list[Block]:
    """A heading and one numbered paragraph a site, led by its short title where it has one."""
    blocks: list[Block] = []
    if several:
        blocks.append(heading(f"group:{group.name}", _title(group, several), 2))
    found = items(frame, group.facts, units=units)
    titles = [f"{item.title}。" if item.title not in ("", group.name) else "" for item in found]
    level = 2 if any(titles) and not several else 3
    for item, title in zip(found, titles, strict=True):
        text = _weighed(item) if several else item.text
        blocks.append(paragraph(item.key, f"{text}。", item.records, heading=title, level=level))
    return blocks


def _weighed(item: Item) -> str:
    """A numbered item with how many problems it stands for, so that the items come to what their heading says."""
    if len(item.facts) > 1 or f"（{item.facts[0].finding.count}个）" in plain(item.text):
        return item.text
    return counted(item.text.removesuffix(item.state), item.facts[0]) + item.state


def _brief(frame: Frame, group: Group, _units: bool, several: bool) -> list[Block]:
    """Kinds and their numbers in one sentence; where the heading names the kind, where its problems are."""
    kinds: dict[str, list[FindingFacts]] = {}
    for one in group.facts:
        kinds.setdefault(one.finding.kind, []).append(one)
    counts = {kind: of_findings("问题数", rows) for kind, rows in kinds.items()}
    parts = [f"{kind}{number}个" for kind, number in sorted(counts.items(), key=lambda k: -k[1])]
    if several and list(kinds) == [group.name]:
        parts = _places(frame, group)
    records: list[Record | None] = [one.finding for one in group.facts]
    text = f"{'' if several else f'共发现问题{group.count}个，其中'}{'、'.join(parts)}。" if parts else ""
    return [_paragraph(group, text, records, several)]


def _places(frame: Frame, group: Group) -> list[str]:
    """The units of a group with their numbers; of one unit its sites."""
    units = groups(frame, group.facts, "unit")
    if len(units) > 1:
        return [f"{unit.name}{unit.count}个" for unit in units]
    named = listed_shortly((one.site.name for one in group.facts if one.site), "点位")
    return [named] if named else []
