"""阶段总结: the period's figures, the main problems, the next plan; every number a counting function's."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from exporters.composing.findings_bulletin import narrowed
from exporters.composing.frame import Body, Frame, heading, paragraph, table
from exporters.composing.grouping import groups, items, records_of, running
from exporters.composing.period import bounds, from_above, numbers, scope_of, span, told_above, who_and_how
from exporters.composing.selection import chosen_findings, nothing
from exporters.composing.wording import listed
from models.domain.findings.deadlines import Bucket
from models.paper import kinds
from models.paper.elements import Annex, Block, Column, Paragraph, Table
from models.queries.facts.findings import FindingFacts
from models.queries.figures import scope as scopes
from models.queries.figures import statistics
from models.queries.figures.statistics import Row, Summary, percent
from models.records import Inspection

KIND = kinds.BY_KEY["period_summary"]
_MOST = 8
_EXAMPLES = 3
_LISTED = 12
_WHOLE = 10
"""The smallest whole a percentage is told of."""
_NAMED = 3
"""Problems a kind has at least to be named among the rest."""
_COLUMNS = (
    Column("单位", 1.6),
    *(Column(name, 0.9, "center") for name in ("问题数", "已整改", "未整改", "逾期未办", "整改率", "按时办结率")),
)


def compose(frame: Frame) -> Body:
    """The summary of a period.

    Raises:
        Refusal: nothing happened in it.
    """
    scope = scope_of(frame)
    total = statistics.summary(frame.session, frame.date, scope)
    found = chosen_findings(frame)
    above = {one.finding.id for one in from_above(frame, found)}
    facts = [one for one in found if one.finding.id not in above]
    if not facts and not total.inspections and not total.from_above:
        raise nothing(frame, "这段时间没有督查活动和问题，请调整日期。")
    frame.use_campaign_of(one.finding.campaign_id for one in facts)
    trips = frame.session.scalars(select(Inspection).where(*scopes.inspections(scope))).all()
    first, last = bounds(frame, facts, trips)
    words = frame.words(**(numbers(total) | who_and_how(frame, facts) | span(first, last)))
    units = statistics.by(frame.session, "unit", frame.date, scope)
    blocks: list[Block] = [paragraph(f"lead:{n}", text) for n, text in enumerate(frame.phrase("lead", words), 1)]
    told = "".join(block.text for block in blocks if isinstance(block, Paragraph))
    blocks += [heading("work", "工作开展情况"), *_work(total, words, told)]
    if facts:
        blocks += [heading("problems", "存在的主要问题"), *_problems(frame, facts, total), *_left(total, units)]
    if requirements := frame.requirements(words):
        blocks += [heading("next", "下一步工作打算"), *requirements]
    blocks += frame.closing(words)
    added = (Annex("分单位问题整改情况统计表", (_by_unit(units),)),) if frame.options.annex_table and units else ()
    title = f"关于{narrowed(frame)}{frame.campaign}督查工作情况的总结"
    return Body(title, tuple(blocks), added, campaign_id=frame.options.campaign_id)


def _work(total: Summary, words: Mapping[str, object], told: str) -> list[Block]:
    """What was done, in figures; what did not happen, or the lead has told, is not mentioned."""
    figures = (
        ("开展督查{}次", total.inspections),
        ("走访点位{}个", total.sites_visited),
        ("其中存在问题的点位{}个" if total.sites_visited else "涉及点位{}个", total.sites_concerned),
        ("发现问题{}个", total.problems),
    )
    inspected = [_how(total, words)]
    inspected += [form.format(count) for form, count in figures if count and form[2:].format(count) not in told]
    if total.inspections and not total.problems and "未发现问题" not in told:
        inspected.append("未发现问题")
    handled = [
        f"提出意见建议{total.suggestions}条" if total.suggestions else "",
        _bulletins(total),
    ]
    solved = [
        f"已整改问题{total.solved}个" if total.problems else "",
        f"其中当场整改{total.solved_on_spot}个" if total.solved_on_spot else "",
        f"整改率{percent(total.closure_rate)}" if total.problems >= _WHOLE else "",
        f"按时办结率{percent(total.on_time_rate)}" if _were_due(total) >= _WHOLE else "",
    ]
    above = told_above(total.from_above, total.from_above_solved)
    parts = (
        ("work:inspected", "督查走访。", _joined(inspected)),
        ("work:handled", "通报建议。", _joined(handled)),
        ("work:solved", "整改销号。", _joined(solved) + above),
    )
    return [paragraph(key, text, heading=name, level=2) for key, name, text in parts if text]


def _were_due(total: Summary | Row) -> int:
    """Problems that were due: what 按时办结率 is a share of."""
    return sum(total.buckets[one] for one in (Bucket.ON_TIME, Bucket.LATE, Bucket.OVERDUE))


def _how(total: Summary, words: Mapping[str, object]) -> str:
    """Who inspected whom, and how."""
    teams, methods = words.get("team_count"), words.get("methods")
    how = f"采取{methods}等方式" if methods else ""
    # Fewer units than teams would read as if most teams had gone nowhere.
    whom = f"督查单位{total.units_inspected}个" if total.units_inspected >= max(int(str(teams or 0)), 1) else ""
    return "，".join(filter(None, (f"{teams}个督查组{how}" if teams and how else how, whom)))


def _joined(parts: Sequence[str]) -> str:
    told = [part for part in parts if part]
    return f"{'，'.join(told)}。" if told else ""


def _bulletins(total: Summary) -> str:
    if not total.bulletins:
        return ""
    kinds = [
        f"督查通报{total.findings_bulletins}期" if total.findings_bulletins else "",
        f"问责通报{total.accountability_bulletins}期" if total.accountability_bulletins else "",
    ]
    return f"印发通报{total.bulletins}期（{listed(kinds)}）"


def _problems(frame: Frame, facts: Sequence[FindingFacts], total: Summary) -> list[Block]:
    """The kinds with most problems, each with its share and a few cases; the rest in one sentence."""
    found = groups(frame, facts, frame.options.group_by or "kind")
    most = [group for group in found[:_MOST] if group.count > 1] or found[:_MOST]
    blocks: list[Block] = []
    for group in most:
        clauses = items(frame, group.facts, units=True)
        text = running(clauses[:_EXAMPLES]).removesuffix("。") + ("等。" if clauses[_EXAMPLES:] else "。")
        name = group.name if group.name.endswith(("问题", "方面")) else f"{group.name}问题"
        part = f"，占{percent(group.count / total.problems)}" if total.problems >= _WHOLE else ""
        heading_ = f"{name}（{group.count}个{part}）。"
        blocks.append(paragraph(f"group:{group.name}", text, records_of(group.facts), heading=heading_, level=2))
    if rest := [group for group in found if group not in most]:
        named = [group for group in rest if group.count >= _NAMED] or rest[:_LISTED]
        parts = [f"{group.name}{group.count}个" for group in named]
        if left := sum(group.count for group in rest) - sum(group.count for group in named):
            parts.append(f"其余各类{left}个")
        text = f"{'、'.join(parts)}。"
        records = [record for group in rest for record in records_of(group.facts)]
        blocks.append(paragraph("group:rest", text, records, heading="其他方面。", level=2))
    return blocks


def _left(total: Summary, units: Sequence[Row]) -> list[Block]:
    """What is still open and where."""
    if not total.unsolved:
        return []
    late = [row for row in units if row.overdue]
    text = f"尚有{total.unsolved}个问题未整改到位"
    if late:
        named = listed(f"{row.name}{row.overdue}个" for row in sorted(late, key=lambda r: -r.overdue))
        text += f"，其中逾期未办{total.buckets[Bucket.OVERDUE]}个（{named}）"
    return [paragraph("left", f"{text}。", heading="未办结问题。", level=2)]


def _by_unit(units: Sequence[Row]) -> Table:
    rows = tuple(
        (
            row.name,
            str(row.problems),
            str(row.solved),
            str(row.unsolved),
            str(row.overdue),
            percent(row.closure_rate if row.problems >= _WHOLE else None),
            percent(row.on_time_rate if _were_due(row) >= _WHOLE else None),
        )
        for row in units
    )
    return table("table:units", Table(_COLUMNS, rows))
