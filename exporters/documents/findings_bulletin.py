"""督查通报: a lead with dates and counts, problems gathered and merged, closing requirements."""

from collections.abc import Sequence

from exporters.documents import annexes
from exporters.documents.frame import Body, Frame, Kind, heading, paragraph
from exporters.documents.grouping import Group, groups, items
from exporters.documents.options import GroupBy
from exporters.documents.period import figures, latest_deadline, scope_of
from exporters.documents.writing import clause
from models.errors import Refusal
from models.paper.elements import Block
from models.queries.problems import FindingFacts, findings_for_documents
from models.records import Record

KIND = Kind(
    "findings_bulletin",
    "督查通报",
    "general",
    (
        "number", "issue", "date", "campaign_id", "from_", "until", "unit_ids", "team_ids", "finding_ids",
        "group_by", "merge_like", "order", "detail", "reply_by", "annex_table", "photos", "addressees",
    ),
)  # fmt: skip


def compose(frame: Frame) -> Body:
    """The bulletin of the counted findings of a scope.

    Raises:
        Refusal: there is no problem to write about.
    """
    scope = scope_of(frame)
    facts = findings_for_documents(frame.session, scope, answers=frame.options.photos)
    if not facts:
        raise Refusal("没有可以通报的督查问题，请先录入，或调整日期、单位等筛选条件。")
    frame.speak_of(one.finding.campaign_id for one in facts)
    words = figures(frame, scope, facts, deadline=frame.deadline(latest_deadline(frame, facts)))
    blocks: list[Block] = [paragraph(f"lead:{n}", text) for n, text in enumerate(frame.phrase("lead", words), 1)]
    blocks += [heading("problems", "存在的问题"), *problems(frame, facts)]
    if requirements := frame.requirements(words):
        blocks += [heading("requirements", "工作要求"), *requirements]
    blocks += frame.closing(words)
    added = annexes.chosen(frame, facts)
    title = clause(frame.options.theme) or f"{frame.campaign}督查发现问题"
    return Body(f"关于{title}的通报", tuple(blocks), added, campaign_id=frame.options.campaign_id)


def problems(frame: Frame, facts: Sequence[FindingFacts]) -> list[Block]:
    """The problems under their headings, as much of them as the clerk wants.

    Where he chose no grouping they go by unit, and by kind where all are one unit's.
    """
    dimension: GroupBy = frame.options.group_by or "unit"
    found = groups(frame, facts, dimension)
    if len(found) == 1 and not frame.options.group_by:
        dimension = "kind"
        found = groups(frame, facts, dimension)
    write = {"brief": _brief, "normal": _running, "full": _each}[frame.options.detail]
    return [block for group in found for block in write(frame, group, dimension != "unit", len(found) > 1)]


def _title(group: Group, several: bool) -> str:
    return f"{group.name}（{group.count}个问题）。" if several else ""


def _running(frame: Frame, group: Group, units: bool, several: bool) -> list[Block]:
    """One paragraph a group, its sites apart by ；."""
    found = items(frame, group.facts, units=units or not several)
    records = [record for item in found for record in item.records]
    text = "；".join(item.text for item in found) + "。"
    return [_paragraph(group, text, records, several)]


def _paragraph(group: Group, text: str, records: list[Record | None], several: bool) -> Block:
    """A numbered paragraph under the group's name; running text where there is but one group."""
    heading_ = _title(group, several)
    return paragraph(f"group:{group.name}", text, records, heading=heading_, level=2 if several else 0)


def _each(frame: Frame, group: Group, units: bool, several: bool) -> list[Block]:
    """A heading and one numbered paragraph a site."""
    blocks: list[Block] = []
    if several:
        blocks.append(heading(f"group:{group.name}", _title(group, several), 2))
    for item in items(frame, group.facts, units=units or not several):
        blocks.append(paragraph(item.key, f"{item.text}。", item.records, level=3))
    return blocks


def _brief(frame: Frame, group: Group, _units: bool, several: bool) -> list[Block]:
    """Kinds and their numbers in one sentence; where the heading names the kind, where its problems are."""
    kinds: dict[str, int] = {}
    for one in group.facts:
        kinds[one.finding.kind] = kinds.get(one.finding.kind, 0) + one.finding.count
    parts = [f"{kind}{number}个" for kind, number in sorted(kinds.items(), key=lambda k: -k[1])]
    if several and list(kinds) == [group.name]:
        parts = _places(frame, group)
    records: list[Record | None] = [one.finding for one in group.facts]
    text = f"{'' if several else '共发现问题' + str(group.count) + '个，其中'}{'、'.join(parts)}。" if parts else ""
    return [_paragraph(group, text, records, several)]


def _places(frame: Frame, group: Group) -> list[str]:
    """The units of a group with their numbers; of one unit its sites."""
    units = groups(frame, group.facts, "unit")
    if len(units) > 1:
        return [f"{unit.name}{unit.count}个" for unit in units]
    return list(dict.fromkeys(one.site.name for one in group.facts if one.site))
