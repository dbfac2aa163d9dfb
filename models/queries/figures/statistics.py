"""Every figure of the program: one counting function each, for screen, Word, Excel and JSON alike.

The rules are domain.md's: problems are the sum of ``count`` of findings not 草稿, 作废 or 撤销, in a
part-done one x count as solved, problem sites are visited sites with at least one such finding, on time compares the
day the accepted round was submitted with the deadline then in force. Times inspected, sites visited,
problem sites and problems are different counts. All are SQL aggregates. What this office found, what
came from above and what units found themselves are three books (``books``): figures are of the own one.
"""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import Select, distinct, func, select
from sqlalchemy.orm import Session

from models.domain.documents.states import DocumentState
from models.domain.findings.books import Book
from models.domain.findings.deadlines import Bucket
from models.domain.openings import FIGURES, about
from models.paper.kinds import BULLETINS
from models.queries.figures import scope as scopes
from models.queries.figures import sites
from models.queries.figures.breakdown import BUCKETS, Dimension, Row, by, by_each, by_week, on_time, share
from models.queries.figures.conditions import booked, bucket, closed, counted
from models.queries.figures.conditions import solved as solved_of
from models.queries.figures.openings import NONE, Opening, opening
from models.queries.figures.scope import EVERYTHING, Scope
from models.records import Document, Finding, Inspection, Visit

__all__ = [
    "LABELS", "Dimension", "Row", "Scope", "Summary", "as_json", "buckets", "bulletins_issued", "by",
    "by_each", "by_week", "closure_rate", "from_above", "from_above_closed",
    "inspections", "on_time_rate", "percent", "problem_sites", "problems", "rebounds", "sites_visited", "solved",
    "solved_on_spot", "suggestions", "summary", "units_inspected",
]  # fmt: skip


def inspections(session: Session, scope: Scope = EVERYTHING) -> int:
    """Times inspected (督查次数): 督查活动 that reach into the period."""
    return _number(session, select(func.count(Inspection.id)).where(*scopes.inspections(scope)))


def units_inspected(session: Session, scope: Scope = EVERYTHING) -> int:
    """Units a team went to (被督查单位数)."""
    return _number(session, select(func.count(distinct(Inspection.unit_id))).where(*scopes.inspections(scope)))


def sites_visited(session: Session, scope: Scope = EVERYTHING) -> int:
    """Sites seen (走访点位数), each once; 0 where nobody wrote a visit down."""
    return sites.visited(session, scope)


def visits(session: Session, scope: Scope = EVERYTHING) -> int:
    """Visits written down (走访点次): a site that was seen twice counts twice."""
    return _number(session, select(func.count(Visit.id)).where(*scopes.visits(scope)))


def problem_sites(session: Session, scope: Scope = EVERYTHING) -> int:
    """Sites seen with at least one counted problem (问题点位数), so never more than ``sites_visited``."""
    return sites.problem_sites(session, scope)


def problems(session: Session, scope: Scope = EVERYTHING) -> int:
    """Problems found (问题数): the sum of ``count``."""
    return _number(session, select(func.sum(Finding.count)).where(*_own(scope)))


def solved(session: Session, scope: Scope = EVERYTHING) -> int:
    """Problems solved (已整改数), x of the part-done ones included."""
    return _number(session, select(func.sum(solved_of(scope.as_of))).where(*_own(scope)))


def solved_on_spot(session: Session, scope: Scope = EVERYTHING) -> int:
    """Problems corrected on the spot (当场整改数); also counted as solved."""
    where = (*_own(scope), Finding.fixed_on_spot, closed(scope.as_of))
    return _number(session, select(func.sum(Finding.count)).where(*where))


def from_above(session: Session, scope: Scope = EVERYTHING) -> int:
    """Problems handed down by those above; in no other figure."""
    return problems(session, _of(scope, Book.ABOVE))


def from_above_solved(session: Session, scope: Scope = EVERYTHING) -> int:
    """Problems from above that are solved (上级反馈问题已整改数), x of the part-done ones included."""
    return solved(session, _of(scope, Book.ABOVE))


def from_above_closed(session: Session, scope: Scope = EVERYTHING) -> int:
    """Problems from above that are closed (上级交办问题销号数)."""
    where = (*counted(_of(scope, Book.ABOVE)), closed(scope.as_of))
    return _number(session, select(func.sum(Finding.count)).where(*where))


def found_by_units(session: Session, scope: Scope = EVERYTHING) -> int:
    """Problems that answering units found themselves (单位自查问题数); in no other figure of a county."""
    return problems(session, _of(scope, Book.SELF))


def found_by_units_solved(session: Session, scope: Scope = EVERYTHING) -> int:
    """Problems found by units themselves that are solved."""
    return solved(session, _of(scope, Book.SELF))


def rebounds(session: Session, scope: Scope = EVERYTHING) -> int:
    """How often a closed problem came back (反弹次数)."""
    return _number(session, select(func.sum(Finding.rebound_count)).where(*_own(scope)))


def suggestions(session: Session, scope: Scope = EVERYTHING) -> int:
    """Suggestions made (意见建议条数): one a finding's 建议, one a line of an inspection's 意见建议."""
    of_findings = _number(session, select(func.count()).where(*_own(scope), func.trim(Finding.advice) != ""))
    texts = session.scalars(select(Inspection.advice).where(*scopes.inspections(scope), Inspection.advice != ""))
    return of_findings + sum(points(text) for text in texts)


def points(text: str) -> int:
    """How many suggestions a text of an inspection makes: one a line."""
    return sum(bool(line.strip()) for line in text.splitlines())


def bulletins_issued(session: Session, scope: Scope = EVERYTHING, kinds: Iterable[str] = BULLETINS) -> int:
    """Bulletins issued (印发通报期数) by their date; drafts and void ones do not count."""
    return _number(session, select(func.count(Document.id)).where(*_issued(scope, kinds)))


def refs_of_bulletins(session: Session, scope: Scope, kinds: Iterable[str]) -> list[str]:
    """The bulletins issued, as "document:uuid"."""
    query = select(Document.uuid).where(*_issued(scope, kinds)).order_by(Document.id)
    return [f"document:{uuid}" for uuid in session.scalars(query)]


def _issued(scope: Scope, kinds: Iterable[str]) -> list[Any]:
    issued = Document.state == DocumentState.ISSUED
    where: list[Any] = [Document.deleted_at.is_(None), Document.kind.in_(tuple(kinds)), issued]
    if scope.campaign_id:
        where.append(Document.campaign_id == scope.campaign_id)
    if scope.from_:
        where.append(Document.dated_on >= scope.from_)
    if scope.until:
        where.append(Document.dated_on <= scope.until)
    if scope.as_of:
        where.append(Document.dated_on <= scope.as_of)
    return where


def buckets(session: Session, today: dt.date, scope: Scope = EVERYTHING) -> dict[Bucket, int]:
    """The five buckets (五类时限状态): problems in each; they add up to ``problems``."""
    return _bucketed(session.execute(_by_bucket(today, scope)).tuples())


def closure_rate(session: Session, scope: Scope = EVERYTHING) -> float | None:
    """Share of problems solved (整改率); None where there are none."""
    return share(solved(session, scope), problems(session, scope))


def on_time_rate(session: Session, today: dt.date, scope: Scope = EVERYTHING) -> float | None:
    """Share done in time of all that is done or overdue (按时办结率); None where nothing was due."""
    return on_time(buckets(session, today, scope))


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a period, as a half-year summary names them.

    ``opening`` is the part of them that was carried over (期初数); buckets and rates of time have none of it.
    """

    inspections: int
    units_inspected: int
    sites_visited: int
    visits: int
    problem_sites: int
    sites_concerned: int
    problems: int
    solved: int
    solved_on_spot: int
    unsolved: int
    suggestions: int
    findings_bulletins: int
    accountability_bulletins: int
    bulletins: int
    from_above: int
    from_above_solved: int
    from_above_closed: int
    found_by_units: int
    found_by_units_solved: int
    rebounds: int
    closure_rate: float | None
    on_time_rate: float | None
    buckets: dict[Bucket, int]
    opening: Opening = NONE


LABELS = {
    "inspections": "督查次数", "units_inspected": "被督查单位数", "sites_visited": "走访点位数", "visits": "走访点次",
    "problem_sites": "问题点位数", "sites_concerned": "涉及点位数", "problems": "问题数", "solved": "已整改数",
    "solved_on_spot": "当场整改数", "unsolved": "未整改数", "suggestions": "意见建议条数",
    "findings_bulletins": "督查通报期数", "accountability_bulletins": "问责通报期数",
    "bulletins": "印发通报期数", "from_above": "上级反馈问题数", "from_above_solved": "上级反馈问题已整改数",
    "from_above_closed": "上级反馈问题销号数", "found_by_units": "单位自查问题数",
    "found_by_units_solved": "单位自查问题已整改数", "rebounds": "反弹次数", "closure_rate": "整改率",
    "on_time_rate": "按时办结率", "buckets": "时限状态",
}  # fmt: skip
"""The Chinese name of each figure, for tables and sheets."""


def summary(session: Session, today: dt.date, scope: Scope = EVERYTHING) -> Summary:
    """All figures of a scope at once, 期初数 added where the scope covers them."""
    found, added = recorded(session, today, scope), opening_of(session, scope)
    if not added.amounts:
        return replace(found, opening=added)
    sums = {name: getattr(found, name) + added.of(name) for name in FIGURES}
    return replace(
        found,
        **sums,
        sites_concerned=found.sites_concerned + added.of("problem_sites"),
        unsolved=sums["problems"] - sums["solved"] if added.knows_solved else found.unsolved,
        bulletins=sums["findings_bulletins"] + sums["accountability_bulletins"],
        closure_rate=share(sums["solved"], sums["problems"]) if added.knows_solved else found.closure_rate,
        opening=added,
    )


def opening_of(session: Session, scope: Scope) -> Opening:
    """期初数 that a scope's totals hold."""

    def counting(of: Scope, day: dt.date) -> dict[str, int]:
        found = recorded(session, day, of)
        return {name: getattr(found, name) for name in FIGURES}

    return opening(session, scope, counting)


def recorded(session: Session, today: dt.date, scope: Scope = EVERYTHING) -> Summary:
    """All figures of a scope as the records alone say them, judged as of the day."""
    scope = replace(scope, as_of=scope.as_of or today)
    total, done = problems(session, scope), solved(session, scope)
    in_buckets = buckets(session, today, scope)
    return Summary(
        inspections=inspections(session, scope),
        units_inspected=units_inspected(session, scope),
        sites_visited=sites_visited(session, scope),
        visits=visits(session, scope),
        problem_sites=problem_sites(session, scope),
        sites_concerned=sites.concerned(session, scope),
        problems=total,
        solved=done,
        solved_on_spot=solved_on_spot(session, scope),
        unsolved=total - done,
        suggestions=suggestions(session, scope),
        findings_bulletins=bulletins_issued(session, scope, ("findings_bulletin",)),
        accountability_bulletins=bulletins_issued(session, scope, ("accountability_bulletin",)),
        bulletins=bulletins_issued(session, scope),
        from_above=from_above(session, scope),
        from_above_solved=from_above_solved(session, scope),
        from_above_closed=from_above_closed(session, scope),
        found_by_units=found_by_units(session, scope),
        found_by_units_solved=found_by_units_solved(session, scope),
        rebounds=rebounds(session, scope),
        closure_rate=share(done, total),
        on_time_rate=on_time(in_buckets),
        buckets=in_buckets,
    )


def told(figures: Summary) -> list[tuple[str, Any]]:
    """Label and value of each figure but the buckets; a number of sites nobody wrote a visit down for is left out."""
    unknown = ("sites_concerned",) if figures.sites_visited else ("sites_visited", "visits", "problem_sites")
    names = (name for name in LABELS if name not in (*unknown, "buckets"))
    return [(LABELS[name], getattr(figures, name)) for name in names]


def as_json(session: Session, today: dt.date, scope: Scope = EVERYTHING) -> str:
    """The period's figures as JSON for other programs; rates are shares of one, null where undefined.

    All are of the office's own book but those whose names say from_above or found_by_units.
    """
    figures = summary(session, today, scope)
    content: dict[str, Any] = {"from": scope.from_, "until": scope.until, "as_of": scope.as_of, "today": today}
    content |= {f.name: getattr(figures, f.name) for f in fields(figures) if f.name not in _APART}
    content["opening"] = _plain_opening(figures.opening)
    content["buckets"] = _plain_buckets(figures.buckets)
    for dimension in ("unit", "kind", "status"):
        content[f"by_{dimension}"] = [_plain_row(row) for row in by(session, dimension, today, scope)]
    content["by_week"] = [
        {"monday": monday, "problems": total, "solved": done} for monday, total, done in by_week(session, scope)
    ]
    return json.dumps(content, ensure_ascii=False, indent=2, default=str)


def said(number: int, added: Opening, name: str) -> str:
    """A total as it is told: 340余 where a part of it is known only as 余."""
    return about(number) if added.more(name) else str(number)


def with_opening(added: Opening) -> str:
    """含期初问题41、已整改30: what of the totals was carried over; empty where nothing was."""
    names = ("problems", "solved", "from_above", "from_above_solved")
    told = [f"{FIGURES[name].removesuffix('数')}{added.amounts[name]}" for name in names if name in added.amounts]
    return f"含期初{'、'.join(told)}" if told else ""


def percent(share: float | None) -> str:
    """A share of one as 66.7%; — where it is undefined. Never rounded up to 100%."""
    if share is None:
        return "—"
    tenths = round(share * 1000)
    if tenths == 1000 and share < 1:
        tenths = 999
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest}%" if rest else f"{whole}%"


def _own(scope: Scope) -> tuple[Any, ...]:
    """What is counted of the office's own book."""
    return counted(booked(scope))


def _of(scope: Scope, book: Book) -> Scope:
    return replace(scope, book=book, self_found=None)


def _number(session: Session, query: Select[Any]) -> int:
    return session.scalar(query) or 0


def _by_bucket(today: dt.date, scope: Scope) -> Select[tuple[str, int]]:
    return select(bucket(today).label("bucket"), func.sum(Finding.count)).where(*_own(scope)).group_by("bucket")


def _bucketed(rows: Iterable[tuple[str, int]]) -> dict[Bucket, int]:
    found = dict.fromkeys(BUCKETS, 0)
    return found | {Bucket(name): total for name, total in rows}


_APART = ("buckets", "opening")
"""Attributes of a summary that are no single figure."""


def _plain_opening(found: Opening) -> dict[str, Any]:
    """期初数 in the figures above: how much of each, of which time; ``not_added`` are those covered only in part."""
    amounts = {name: one.value for name, one in found.amounts.items()}
    about = [name for name, one in found.amounts.items() if one.more]
    return {"from": found.first, "until": found.last, "figures": amounts, "about": about, "not_added": found.partly}


def _plain_buckets(found: dict[Bucket, int]) -> dict[str, int]:
    return {str(one): number for one, number in found.items()}


def _plain_row(row: Row) -> dict[str, Any]:
    return {
        "name": row.name, "problems": row.problems, "solved": row.solved, "sites": row.sites,
        "overdue": row.overdue, "closure_rate": row.closure_rate, "on_time_rate": row.on_time_rate,
        "buckets": _plain_buckets(row.buckets),
    }  # fmt: skip
