"""The period a document is about and its figures, all from the counting functions."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from sqlalchemy import select

from exporters.composing.frame import Frame, references
from exporters.composing.stated import Count, of_findings
from exporters.composing.team_words import team_names
from exporters.composing.wording import LISTED, Days, listed
from models.domain.findings import counting
from models.domain.findings.books import Book, book_of
from models.domain.findings.lifecycle import Status
from models.domain.openings import FIGURES, about
from models.queries.facts.findings import FindingFacts
from models.queries.figures import sites, statistics
from models.queries.figures.behind import Source, Sources
from models.queries.figures.openings import NONE, Opening
from models.queries.figures.scope import Scope
from models.queries.figures.statistics import Summary
from models.records import Finding, Inspection, Record, Site, Team


def scope_of(frame: Frame) -> Scope:
    """The records of the clerk's choices."""
    return frame.options.scope


def latest_deadline(frame: Frame, facts: Sequence[FindingFacts]) -> dt.date | None:
    """The latest deadline of findings not closed that is not before the document; None where there is none."""
    open_ = [one.finding.deadline for one in facts if one.finding.status != Status.CLOSED]
    return max((day for day in open_ if day and day >= frame.date), default=None)


def bounds(
    frame: Frame, facts: Sequence[FindingFacts], besides: Sequence[Inspection] = ()
) -> tuple[dt.date | None, dt.date | None]:
    """First and last day: as chosen, else of the inspections and findings."""
    inspections = [one.inspection for one in facts if one.inspection] + list(besides)
    found = [one.finding.found_on for one in facts if one.finding.found_on]
    starts = [i.starts_on for i in inspections if i.starts_on] or found
    ends = [i.ends_on or i.starts_on for i in inspections if i.starts_on] or found
    first = frame.options.from_ or min([*starts, *found], default=None)
    last = frame.options.until or max([d for d in [*ends, *found] if d], default=None)
    return first, last


def figures(frame: Frame, scope: Scope, facts: Sequence[FindingFacts], **more: object) -> dict[str, object]:
    """Every placeholder's value for a document about findings; problems are those of the findings it prints."""
    first, last = bounds(frame, [one for one in facts if not _before(scope, one)])
    if first and scope.from_:
        first = max(first, scope.from_)
    numbers = {**visiting(frame, scope), **counts(frame, scope, facts)}
    return frame.words(**span(first, last), **numbers, **who_and_how(frame, facts), **more)


def _before(scope: Scope, one: FindingFacts) -> bool:
    """Whether a finding is of before the period: it was closed in it."""
    return bool(scope.from_ and one.finding.found_on and one.finding.found_on < scope.from_)


def sourced(name: str, value: int, sources: Sources, figure: str, opening: Opening = NONE) -> Count:
    """A number of the counting functions with the records behind it, 期初数 among them."""
    parts = _PARTS.get(figure, (figure,))
    carried = [source for part in parts for source in opening.sources.get(part, ())]
    found = [*sources.of(figure), *carried]
    more = any(opening.more(part) for part in parts)
    return _opened(value, name, found, more=more, carried=sum(number for _, number in carried))


def _opened(value: int, name: str, found: Sequence[Source], *, more: bool, carried: int) -> Count:
    """A number with what stands behind it, ``carried`` of it 期初数; 340余 where ``more``."""
    shown = about(value) if more else ""
    return Count(value, name, (ref for ref, _ in found), (number for _, number in found), shown=shown, opening=carried)


_PARTS = {
    "bulletins": ("findings_bulletins", "accountability_bulletins"), "sites_concerned": ("problem_sites",),
    "unsolved": (),
}  # fmt: skip
"""Figures that 期初数 are kept under another name for."""


def summary(sources: Sources) -> Summary:
    """``statistics.summary`` with what stands behind each number."""
    total = statistics.summary(sources.session, sources.today, sources.scope)
    counts = {
        name: sourced(label, getattr(total, name), sources, name, total.opening)
        for name, label in statistics.LABELS.items()
        if isinstance(getattr(total, name), int)
    }
    buckets = {one: of_sources(str(one), sources.bucket(one)) for one in total.buckets}
    if carried := total.unsolved - sum(number for _, number in sources.of("unsolved")):
        counts["unsolved"] = _unsolved(total, sources, carried)
    return replace(total, **counts, buckets=buckets)  # type: ignore[arg-type]


def _unsolved(total: Summary, sources: Sources, carried: int) -> Count:
    """What is not solved yet, what was not when the office began among it."""
    ref = total.opening.sources["problems"][0][0]
    found = [*sources.of("unsolved"), (ref, carried)]
    more = total.opening.more("problems") or total.opening.more("solved")
    return _opened(total.unsolved, statistics.LABELS["unsolved"], found, more=more, carried=carried)


def carried_over(opening: Opening) -> str:
    """以上数字含2022年1月至5月的期初数：发现问题41个; empty where nothing was carried over."""
    told = [
        form.format(Count(one.value, f"期初{FIGURES[name]}", _refs(opening, name), shown=str(one), opening=one.value))
        for name, form in _CARRIED.items()
        if (one := opening.amounts.get(name)) is not None
    ]
    if not told or opening.first is None or opening.last is None:
        return ""
    return f"以上数字含{_months(opening.first, opening.last)}的期初数：{'、'.join(told)}。"


def _refs(opening: Opening, name: str) -> list[str]:
    return [ref for ref, _ in opening.sources[name]]


_CARRIED = {
    "inspections": "督查{}次", "sites_visited": "走访点位{}个", "problem_sites": "存在问题的点位{}个",
    "problems": "发现问题{}个", "solved": "已整改{}个", "from_above": "上级反馈问题{}个",
    "from_above_solved": "已整改上级反馈问题{}个", "suggestions": "意见建议{}条",
    "findings_bulletins": "督查通报{}期", "accountability_bulletins": "问责通报{}期",
}  # fmt: skip


def _months(first: dt.date, last: dt.date) -> str:
    """2022年1月至5月 where the period is of whole months, else its days."""
    if first.day != 1 or (last + dt.timedelta(days=1)).day != 1:
        return Days().span(first, last)
    if first.year != last.year:
        return f"{first.year}年{first.month}月至{last.year}年{last.month}月"
    return f"{first.year}年{first.month}月" + (f"至{last.month}月" if first.month != last.month else "")


def of_sources(name: str, found: Sequence[Source]) -> Count:
    """A number that adds up what stands behind it."""
    return Count(sum(n for _, n in found), name, (ref for ref, _ in found), (n for _, n in found))


def numbers(total: Summary) -> dict[str, object]:
    """The figures of the office's own book under their placeholders' names."""
    return {
        "inspection_count": total.inspections,
        "site_count": total.sites_visited,
        "problem_site_count": total.sites_concerned,
        "problem_count": total.problems,
        "solved_count": total.solved,
    }


def visiting(frame: Frame, scope: Scope) -> dict[str, object]:
    """How often was inspected, and how many sites were seen."""
    sources = Sources(frame.session, frame.date, scope)
    return {
        "inspection_count": sourced("督查次数", statistics.inspections(frame.session, scope), sources, "inspections"),
        "site_count": sourced("走访点位数", statistics.sites_visited(frame.session, scope), sources, "sites_visited"),
    }


def counts(frame: Frame, scope: Scope, facts: Sequence[FindingFacts]) -> dict[str, object]:
    """A recount of the findings a document prints; sites are those seen, where visits were written down."""
    ids = tuple(one.finding.id for one in facts)
    where = (*sites.with_problems(frame.session, scope), Finding.id.in_(ids))
    query = select(Site.uuid).where(Site.id.in_(select(Finding.site_id).where(*where)))
    at = [f"site:{uuid}" for uuid in frame.session.scalars(query)]
    return {
        "problem_site_count": Count(len(at), "问题点位数", at, [1] * len(at), printed=True),
        **problems(frame, facts),
    }


def problems(frame: Frame, facts: Iterable[FindingFacts]) -> dict[str, object]:
    """How many problems findings stand for, and how many of them are solved by the document's date."""
    found = list(facts)
    return {
        "problem_count": of_findings("问题数", found),
        "solved_count": of_findings("已整改数", found, solved_by(frame)),
    }


def solved_by(frame: Frame) -> Callable[[FindingFacts], int]:
    """How many of a finding's problems are solved by the document's date."""

    def solved(one: FindingFacts) -> int:
        found = one.finding
        return counting.solved(found.status, found.count, found.solved_count, closed_on=found.closed_on, day=frame.date)

    return solved


def split_by_book(
    facts: Iterable[FindingFacts], book: Book, *, role: str = "county"
) -> tuple[list[FindingFacts], list[FindingFacts]]:
    """The findings without those of a book, and those of it: what is said of them is a sentence of its own."""
    rest: list[FindingFacts] = []
    found: list[FindingFacts] = []
    for one in facts:
        here = book_of(one.finding.source_level, self_found=one.finding.self_found, role=role) is book
        (found if here else rest).append(one)
    return rest, found


def told_above(count: int, done: int) -> str:
    """上级反馈问题3个，已全部整改: what came from above, in words; empty where nothing did."""
    if not count:
        return ""
    what = f"上级反馈问题{count}个"
    if done == count:
        return f"{what}，已全部整改。" if count > 1 else f"{what}，已整改。"
    return f"{what}，已整改{done}个。" if done else f"{what}，正在整改。"


def span(first: dt.date | None, last: dt.date | None) -> dict[str, object]:
    """{from} and {until}: 2022年3月1日 and 4日, 4月2日 or 2023年1月5日; equal where it is one day."""
    if first is None or last is None:
        return {}
    days = Days()
    start = days.day(first)
    if first == last:
        return {"from": start, "until": start}
    same_month = (first.year, first.month) == (last.year, last.month)
    return {"from": start, "until": f"{last.day}日" if same_month else days.day(last)}


def methods(inspections: Iterable[Inspection]) -> str | None:
    """How was inspected, the slogan of it in quotes; None where nobody wrote it down."""
    named = Counter(name for one in inspections for name in one.methods)
    most = {name for name, _ in named.most_common(LISTED)}
    return listed("“四不两直”" if name == "四不两直" else name for name in named if name in most) or None


def of_records(name: str, records: Iterable[Record | None]) -> Count:
    """A number of records, each once."""
    found = references(records)
    return Count(len(found), name, found, [1] * len(found))


def who_and_how(frame: Frame, facts: Sequence[FindingFacts], trips: Sequence[Inspection] = ()) -> dict[str, object]:
    """Teams, units and methods of the inspections behind the findings, and of ``trips`` that found nothing."""
    inspections = {one.inspection.id: one.inspection for one in facts if one.inspection}
    inspections |= {one.id: one for one in trips}
    teams = {one.team.id: one.team for one in facts if one.team}
    out = {one.team_id for one in trips if one.team_id} - set(teams)
    teams |= {team.id: team for team in frame.session.scalars(select(Team).where(Team.id.in_(out)))}
    units = {i.unit_id for i in inspections.values()} or {one.finding.unit_id for one in facts}
    named = sorted((unit for unit in units if unit), key=frame.places.place)
    found: dict[str, object] = {
        "team_count": of_records("督查组数", teams.values()) or None,
        "unit_count": of_records("单位数", map(frame.places.units.get, named)) or None,
    }
    if inspections:
        found["methods"] = methods(inspections.values())
    if teams:
        found["team"] = team_names(teams.values())
    if 0 < len(named) <= 5 and frame.office.role != "unit":
        found["unit"] = listed(frame.places.path(unit) for unit in named)
    return found
