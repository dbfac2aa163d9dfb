"""阶段总结: the period's figures, the main problems, the next plan; every number a counting function's."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import select

from exporters.composing.findings_bulletin import narrowed
from exporters.composing.frame import Body, Frame, heading, paragraph, table
from exporters.composing.grouping import groups, items, records_of, running
from exporters.composing.period import (
    bounds,
    carried_over,
    from_above,
    numbers,
    of_sources,
    scope_of,
    span,
    summary,
    told_above,
    who_and_how,
)
from exporters.composing.selection import chosen_findings, nothing
from exporters.composing.stated import Count, Share, of_findings, plain
from exporters.composing.wording import listed
from models.domain.findings.deadlines import Bucket
from models.paper import kinds
from models.paper.elements import Annex, Block, Column, Paragraph, Table
from models.queries.facts.findings import FindingFacts
from models.queries.figures import scope as scopes
from models.queries.figures import statistics
from models.queries.figures.behind import Counted, Sources
from models.queries.figures.scope import Scope
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
    total = summary(frame, scope)
    found = chosen_findings(frame)
    above = {one.finding.id for one in from_above(frame, found)}
    facts = [one for one in found if one.finding.id not in above]
    if not facts and not total.inspections and not total.from_above:
        raise nothing(frame, "这段时间没有督查活动和问题，请调整日期。")
    frame.use_campaign_of(one.finding.campaign_id for one in facts)
    trips = frame.session.scalars(select(Inspection).where(*scopes.inspections(scope))).all()
    first, last = bounds(frame, facts, trips)
    if first and total.opening.first and not frame.options.from_:
        first = min(first, total.opening.first)
    words = frame.words(**(numbers(total) | who_and_how(frame, facts) | span(first, last)))
    units = Units(frame, scope)
    blocks: list[Block] = [paragraph(f"lead:{n}", text) for n, text in enumerate(frame.phrase("lead", words), 1)]
    if carried := carried_over(total.opening):
        blocks.append(paragraph("opening", carried))
    told = plain("".join(block.text for block in blocks if isinstance(block, Paragraph)))
    blocks += [heading("work", "工作开展情况"), *_work(total, words, told)]
    if facts:
        blocks += [heading("problems", "存在的主要问题"), *_problems(frame, facts, total), *_left(total, units)]
    if requirements := frame.requirements(words):
        blocks += [heading("next", "下一步工作打算"), *requirements]
    blocks += frame.closing(words)
    added = (Annex("分单位问题整改情况统计表", (units.table(),)),) if frame.options.annex_table and units.rows else ()
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
    inspected += [form.format(count) for form, count in figures if count and plain(form[2:].format(count)) not in told]
    if total.inspections and not total.problems and "未发现问题" not in told:
        inspected.append("未发现问题")
    handled = [
        f"提出意见建议{total.suggestions}条" if total.suggestions else "",
        _bulletins(total),
    ]
    rated = total.solved > 0  # a share of nothing is told by what is still open
    solved = [
        f"已整改问题{total.solved}个" if total.solved else "",
        f"其中当场整改{total.solved_on_spot}个" if total.solved_on_spot else "",
        f"整改率{_share('整改率', total.closure_rate, total.problems)}" if rated and _known_share(total) else "",
        f"按时办结率{_share('按时办结率', total.on_time_rate, *_due(total))}"
        if rated and _were_due(total) >= _WHOLE and not total.opening.of("problems")
        else "",
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
    return sum(_due(total))


def _known_share(total: Summary) -> bool:
    """Whether it is known of enough problems which of them are solved."""
    return total.problems >= _WHOLE and total.opening.knows_solved


def _due(total: Summary | Row) -> list[int]:
    return [total.buckets[one] for one in (Bucket.ON_TIME, Bucket.LATE, Bucket.OVERDUE)]


def _share(name: str, share: float | None, *wholes: int) -> Share:
    """A percentage with the records of its whole."""
    records = dict.fromkeys(ref for whole in wholes if isinstance(whole, Count) for ref in whole.records)
    return Share(round(100 * (share or 0), 1), name, percent(share), records)


def _how(total: Summary, words: Mapping[str, object]) -> str:
    """Who inspected whom, and how."""
    teams, methods = words.get("team_count"), words.get("methods")
    how = f"采取{methods}等方式" if methods else ""
    # Fewer units than teams would read as if most teams had gone nowhere.
    whom = f"督查单位{total.units_inspected}个" if total.units_inspected >= max(_int(teams), 1) else ""
    return "，".join(filter(None, (f"{teams}个督查组{how}" if teams and how else how, whom)))


def _int(number: object) -> int:
    return number if isinstance(number, int) else 0


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
        told = total.problems >= _WHOLE and not total.opening.of("problems")  # of what kind those were, nobody knows
        part = f"，占{_share(f'{group.name}占比', group.count / total.problems, total.problems)}" if told else ""
        heading_ = f"{name}（{group.count}个{part}）。"
        blocks.append(paragraph(f"group:{group.name}", text, records_of(group.facts), heading=heading_, level=2))
    if rest := [group for group in found if group not in most]:
        named = [group for group in rest if group.count >= _NAMED] or rest[:_LISTED]
        parts = [f"{group.name}{group.count}个" for group in named]
        if left := of_findings("问题数", [one for group in rest if group not in named for one in group.facts]):
            parts.append(f"其余各类{left}个")
        text = f"{'、'.join(parts)}。"
        records = [record for group in rest for record in records_of(group.facts)]
        blocks.append(paragraph("group:rest", text, records, heading="其他方面。", level=2))
    return blocks


def _left(total: Summary, units: "Units") -> list[Block]:
    """What is still open and where."""
    if not total.unsolved:
        return []
    late = [(row, units.bucket(row, Bucket.OVERDUE)) for row in units.rows if row.overdue]
    carried = _carried(total.unsolved)
    text = f"尚有{total.unsolved}个问题未整改到位" + (f"（含期初{carried}个）" if carried else "")
    if late:
        named = listed(f"{row.name}{count}个" for row, count in sorted(late, key=lambda pair: -pair[1]))
        text += f"，其中逾期未办{total.buckets[Bucket.OVERDUE]}个（{named}）"
    return [paragraph("left", f"{text}。", heading="未办结问题。", level=2)]


def _carried(number: int) -> Count | None:
    """The part of a number that was carried over; None where nothing was."""
    if not isinstance(number, Count) or not number.opening:
        return None
    return Count(number.opening, f"期初{number.name}", number.records[-1:], [number.opening], opening=number.opening)


class Units:
    """The period's problems unit by unit, each number with the findings behind it."""

    def __init__(self, frame: Frame, scope: Scope) -> None:
        self.rows = statistics.by(frame.session, "unit", frame.date, scope)
        self._sources = Sources(frame.session, frame.date, scope)

    def _count(self, name: str, row: Row, weight: Callable[[Counted], int]) -> Count:
        found = [(one.ref, weight(one)) for one in self._sources.findings() if one.unit == row.id]
        return of_sources(f"{row.name}{name}", [source for source in found if source[1]])

    def bucket(self, row: Row, which: Bucket) -> Count:
        """A unit's problems of one bucket."""
        return self._count(str(which), row, lambda one: one.count if one.bucket is which else 0)

    def table(self) -> Table:
        """A row a unit."""
        return table("table:units", Table(_COLUMNS, tuple(map(self._row, self.rows))))

    def _row(self, row: Row) -> tuple[str, ...]:
        problems = self._count("问题数", row, lambda one: one.count)
        on_time = _due(row)
        counts = (
            problems,
            self._count("已整改数", row, lambda one: one.solved),
            self._count("未整改数", row, lambda one: one.count - one.solved),
            self.bucket(row, Bucket.OVERDUE),
        )
        rates = (
            (f"{row.name}整改率", row.closure_rate if row.problems >= _WHOLE else None),
            (f"{row.name}按时办结率", row.on_time_rate if sum(on_time) >= _WHOLE else None),
        )
        shares = (str(_share(name, rate, problems)) if rate is not None else percent(None) for name, rate in rates)
        return (row.name, *map(str, counts), *shares)
