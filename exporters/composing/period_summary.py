"""阶段总结: the period's figures, the main problems, the next plan; every number a counting function's."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlalchemy import select

from exporters.composing import holds
from exporters.composing.frame import Body, Frame, heading, paragraph, paragraphs, references, table
from exporters.composing.grouping import groups, items, records_of, running
from exporters.composing.own_text import own_paragraphs
from exporters.composing.period import (
    bounds,
    carried_over,
    numbers,
    of_sources,
    scope_of,
    span,
    split_by_book,
    summary,
    who_and_how,
)
from exporters.composing.selection import chosen_findings, exemplary, nothing
from exporters.composing.stated import Count, of_findings, plain
from exporters.composing.summary_work import WHOLE, Period, composed_work, own_work, share, were_due
from exporters.composing.wording import listed_shortly, period_name
from models.domain.findings.books import Book
from models.domain.findings.deadlines import Bucket
from models.paper import kinds
from models.paper.elements import Annex, Block, Column, Paragraph, Table
from models.queries.facts.findings import FindingFacts
from models.queries.figures import scope as scopes
from models.queries.figures import statistics
from models.queries.figures.behind import Counted, Sources
from models.queries.figures.statistics import Row, Summary, percent
from models.records import Inspection

KIND = kinds.BY_KEY["period_summary"]
_MOST = 8
_EXAMPLES = 3
_LISTED = 12
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
    sources = Sources(frame.session, frame.date, scope)
    total = summary(sources)
    found = chosen_findings(frame)
    facts, _above = split_by_book(found, Book.ABOVE, role=frame.role)
    if not facts and not total.inspections and not total.from_above:
        raise nothing(frame, "这段时间没有督查活动和问题，请调整日期。")
    frame.use_campaign_of(one.finding.campaign_id for one in facts)
    trips = frame.session.scalars(select(Inspection).where(*scopes.inspections(scope))).all()
    first, last = bounds(frame, facts or found, trips)
    if first and total.opening.first and not frame.options.from_:
        first = min(first, total.opening.first)
    few = frame.units
    words = frame.words(**(numbers(total) | who_and_how(frame, facts, trips) | span(first, last)), few=few)
    frame.holds = holds.of_problems(frame, facts, dated=bool(words.get("from")))
    units = Units(frame, sources)
    blocks: list[Block] = [*paragraphs("lead", _lead(frame, total, words))]
    if carried := carried_over(total.opening):
        blocks.append(paragraph("opening", carried))
    told = plain("".join(block.text for block in blocks if isinstance(block, Paragraph)))
    if work := own_work(frame) or composed_work(frame, Period(total, words, facts, trips, scope), told):
        blocks += [heading("work", "工作开展情况"), *work]
    if facts:
        blocks += [heading("problems", "存在的主要问题"), *_problems(frame, facts, total), *_left(total, units)]
    if following := own_paragraphs("next:own", frame.options.next_text) or frame.requirements(words):
        blocks += [heading("next", "下一步工作打算"), *following]
    blocks += frame.closing(words)
    added = (Annex("分单位问题整改情况统计表", (units.table(),)),) if frame.options.annex_table and units.rows else ()
    period = period_name(frame.options.from_, frame.options.until)
    title = f"关于{period}{few}{frame.campaign}{frame.teams}督查工作情况的总结"
    return Body(title, tuple(blocks), added, campaign_id=frame.options.campaign_id)


def _lead(frame: Frame, total: Summary, words: Mapping[str, object]) -> list[str]:
    """The chosen phrase; where nobody went out and nothing was found here, the one that counts nothing."""
    counted = total.inspections or total.problems or frame.options.lead or frame.options.phrase_ids
    text = "" if counted else frame.named_phrase("lead", "简短", words)
    return [text] if text else frame.phrase("lead", words)


def _problems(frame: Frame, facts: Sequence[FindingFacts], total: Summary) -> list[Block]:
    """The kinds with most problems, each with its share and a few cases; the rest in one sentence.

    Cases are those a bulletin would tell: not what is disputed or waits for others, where there are any else.
    """
    may_stand = exemplary(frame, facts)
    found = groups(frame, facts, frame.options.group_by or "kind")
    most = [group for group in found[:_MOST] if group.count > 1] or found[:_MOST]
    blocks: list[Block] = []
    for group in most:
        shown = items(frame, [one for one in group.facts if one.finding.uuid in may_stand] or group.facts, units=True)
        more = len(items(frame, group.facts, units=True)) > len(shown[:_EXAMPLES])
        titled = any(item.title not in ("", group.name) for item in shown)
        text = running(shown[:_EXAMPLES], titled=titled).removesuffix("。") + ("等。" if more else "。")
        name = group.name if group.name.endswith(("问题", "方面")) else f"{group.name}问题"
        told = total.problems >= WHOLE and not total.opening.of("problems")  # of what kind those were, nobody knows
        part = f"，占{share(f'{group.name}占比', group.count / total.problems, total.problems)}" if told else ""
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
    late = [(row, number) for row in units.rows if (number := units.late(row))]
    carried = _carried(total.unsolved)
    text = f"尚有{total.unsolved}个问题未整改到位" + (f"（含期初{carried}个）" if carried else "")
    if late:
        most = sorted(late, key=lambda pair: -pair[1])
        behind = units.refs(row for row, _ in most)
        named = listed_shortly((f"{row.name}{count}个" for row, count in most), behind=behind)
        text += f"，其中超过整改时限的{units.all_late()}个（{named}）"
    return [paragraph("left", f"{text}。", heading="未办结问题。", level=2)]


def _carried(number: int) -> Count | None:
    """The part of a number that was carried over; None where nothing was."""
    if not isinstance(number, Count) or not number.opening:
        return None
    return Count(number.opening, f"期初{number.name}", number.records[-1:], [number.opening], opening=number.opening)


def _late(one: Counted) -> int:
    return one.count - one.solved if one.bucket is Bucket.OVERDUE else 0


def _weighed(name: str, findings: Iterable[Counted], weight: Callable[[Counted], int]) -> Count:
    """A number with the findings that add to it."""
    return of_sources(name, [(one.ref, number) for one in findings if (number := weight(one))])


class Units:
    """The period's problems unit by unit, each number with the findings behind it."""

    def __init__(self, frame: Frame, sources: Sources) -> None:
        self.rows = statistics.by(frame.session, "unit", frame.date, sources.scope)
        self._places = frame.places
        self._findings = sources.findings()
        self._of_unit: dict[int, list[Counted]] = {}
        for one in self._findings:
            self._of_unit.setdefault(one.unit, []).append(one)

    def refs(self, rows: Iterable[Row]) -> tuple[str, ...]:
        """The units of rows, as "unit:uuid"."""
        return references(self._places.units.get(row.id) for row in rows)

    def _count(self, name: str, row: Row, weight: Callable[[Counted], int]) -> Count:
        return _weighed(f"{row.name}{name}", self._of_unit.get(row.id, ()), weight)

    def bucket(self, row: Row, which: Bucket) -> Count:
        """A unit's problems of one bucket."""
        return self._count(str(which), row, lambda one: one.count if one.bucket is which else 0)

    def late(self, row: Row) -> Count:
        """A unit's problems past their day that are not solved: of one partly done the rest."""
        return self._count("超期未整改数", row, _late)

    def all_late(self) -> Count:
        """Those of all units."""
        return _weighed("超期未整改数", self._findings, _late)

    def table(self) -> Table:
        """A row a unit."""
        return table("table:units", Table(_COLUMNS, tuple(map(self._row, self.rows))))

    def _row(self, row: Row) -> tuple[str, ...]:
        problems = self._count("问题数", row, lambda one: one.count)
        counts = (
            problems,
            self._count("已整改数", row, lambda one: one.solved),
            self._count("未整改数", row, lambda one: one.count - one.solved),
            self.bucket(row, Bucket.OVERDUE),
        )
        rates = (
            (f"{row.name}整改率", row.closure_rate if row.problems >= WHOLE else None),
            (f"{row.name}按时办结率", row.on_time_rate if were_due(row) >= WHOLE else None),
        )
        shares = (str(share(name, rate, problems)) if rate is not None else percent(None) for name, rate in rates)
        return (row.name, *map(str, counts), *shares)
