"""分单位统计表 and 阶段统计: every number is one of ``models.queries.figures.statistics``."""

import datetime as dt
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from exporters.workbooks import rows
from exporters.workbooks.page import Column, Page
from models.domain.findings.books import COUNTED_IN, Book
from models.domain.openings import FIGURES
from models.paper.numbering import full_day
from models.queries.figures import breakdown, statistics
from models.queries.figures.openings import Opening
from models.queries.figures.scope import Scope

UNITS, PERIOD = "分单位统计表", "阶段统计"
_SITES, _CONCERNED = "问题点位数", "涉及点位数"
_COUNTS = (
    Column("问题数", 10, "number"),
    Column(_SITES, 11, "number"),
    Column("已整改数", 10, "number"),
    Column("未整改数", 10, "number"),
    Column("整改率", 10, "share"),
    *(Column(str(one), 11, "number") for one in breakdown.BUCKETS),
)
_ABOVE = (Column("上级反馈问题数", 12, "number"), Column("上级反馈已整改数", 12, "number"))
_DIMENSIONS: tuple[tuple[breakdown.Dimension, str], ...] = (
    ("unit", "单位"),
    ("kind", "问题类别"),
    ("status", "状态"),
    ("team", "督查组"),
    ("source_level", "问题来源"),
)


def units(session: Session, scope: Scope, today: dt.date) -> Page:
    """Problems by unit with the five buckets, and their sum; what came from above in columns of its own."""
    own, above = _by_unit(session, scope, today, Book.OWN), _by_unit(session, scope, today, Book.ABOVE)
    whole = statistics.summary(session, today, scope)
    handed = whole.from_above > 0
    told = []
    for place, name in enumerate(dict.fromkeys((*own, *above)), start=1):
        row, theirs = own.get(name) or _nothing(name), above.get(name) or _nothing(name)
        told.append([place, name, *_counts(row), *([theirs.problems, theirs.solved] if handed else [])])
    if whole.opening.amounts:
        told.append(_opening_row(whole.opening, handed=handed))
    told.append(["", "合计", *_whole(whole), *([whole.from_above, whole.from_above_solved] if handed else [])])
    columns = [Column("序号", 6, "number"), Column("单位", 24), *_counted(whole), *(_ABOVE if handed else ())]
    return Page(
        UNITS, f"{rows.campaign(session, scope)}督查{UNITS}", columns, told, _note(scope, today, whole), totals=1
    )


def _opening_row(opening: Opening, *, handed: bool) -> list[Any]:
    """期初数 in a row of their own, so that the rows come to the sum; in no bucket."""
    problems, solved = opening.of("problems"), opening.of("solved")
    counts = [problems, opening.of("problem_sites"), solved, problems - solved if opening.knows_solved else 0, ""]
    above = [opening.of("from_above"), opening.of("from_above_solved")] if handed else []
    return ["", "期初数", *counts, *("" for _ in breakdown.BUCKETS), *above]


def _by_unit(session: Session, scope: Scope, today: dt.date, book: Book) -> dict[str, breakdown.Row]:
    return {row.name: row for row in breakdown.by(session, "unit", today, replace(scope, book=book))}


def _nothing(name: str) -> breakdown.Row:
    return breakdown.Row(0, name, 0, 0, 0, 0, {})


def _counted(whole: statistics.Summary) -> list[Column]:
    """The columns; sites are those visited only where visits were written down."""
    renamed = {_SITES: _SITES if whole.sites_visited else _CONCERNED}
    return [replace(one, label=renamed.get(one.label, one.label)) for one in _COUNTS]


def _counts(row: breakdown.Row) -> list[Any]:
    buckets = [row.buckets.get(one, 0) for one in breakdown.BUCKETS]
    return [row.problems, row.sites, row.solved, row.unsolved, row.closure_rate, *buckets]


def _whole(whole: statistics.Summary) -> list[Any]:
    buckets = [whole.buckets.get(one, 0) for one in breakdown.BUCKETS]
    return [whole.problems, whole.sites_concerned, whole.solved, whole.unsolved, whole.closure_rate, *buckets]


def period(session: Session, scope: Scope, today: dt.date) -> list[Page]:
    """The figures of a period, then each breakdown and the weeks, a sheet each."""
    whole = statistics.summary(session, today, scope)
    title = f"{rows.campaign(session, scope)}督查{PERIOD}"
    told: list[list[Any]] = [[label, _figure(value)] for label, value in statistics.told(whole)]
    told += [[f"其中：期初{FIGURES[name]}", str(one)] for name, one in whole.opening.amounts.items()]
    told += [[str(one), whole.buckets.get(one, 0)] for one in breakdown.BUCKETS]
    figures = Page("总体", title, [Column("指标", 40), Column("数值", 24)], told, _note(scope, today, whole))
    pages = [figures]
    parts = breakdown.by_each(session, tuple(d for d, _ in _DIMENSIONS), today, scope)
    for (_, label), found in zip(_DIMENSIONS, parts, strict=True):
        body = [[row.name, *_counts(row)] for row in found]
        pages.append(
            Page(
                f"按{label}", f"{title}（按{label}）", [Column(label, 26), *_counted(whole)], body, _note(scope, today)
            )
        )
    weeks = [[monday, total, done] for monday, total, done in breakdown.by_week(session, scope)]
    columns = [Column("周一", 20, "day"), Column("问题数", 16, "number"), Column("已整改数", 16, "number")]
    return [*pages, Page("按周", f"{title}（按周）", columns, weeks, _note(scope, today))]


def _figure(value: Any) -> Any:
    return statistics.percent(value) if isinstance(value, float) or value is None else value


def _note(scope: Scope, today: dt.date, whole: statistics.Summary | None = None) -> str:
    """Period and day, and what of the totals was carried over; breakdowns hold records alone."""
    opened = statistics.with_opening(whole.opening) if whole else ""
    told = f"总数{opened}。" if opened else ""
    return f"{rows.period(scope, '统计时段')}统计日期：{full_day(today)}；{COUNTED_IN}{told}"
