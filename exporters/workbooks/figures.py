"""分单位统计表 and 阶段统计: every number is one of ``models.queries.statistics``."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from exporters.workbooks import rows
from exporters.workbooks.page import Column, Page
from models.paper.numbering import full_day
from models.queries import breakdown, statistics
from models.queries.scope import Scope

UNITS, PERIOD = "分单位统计表", "阶段统计"
_COUNTS = (
    Column("问题数", 10, "number"),
    Column("问题点位数", 11, "number"),
    Column("已整改数", 10, "number"),
    Column("未整改数", 10, "number"),
    Column("整改率", 10, "share"),
    *(Column(str(one), 11, "number") for one in breakdown.BUCKETS),
)
_DIMENSIONS: tuple[tuple[breakdown.Dimension, str], ...] = (
    ("unit", "单位"),
    ("kind", "问题类别"),
    ("status", "状态"),
    ("team", "督查组"),
    ("source_level", "问题来源"),
)


def units(session: Session, scope: Scope, today: dt.date) -> Page:
    """Problems by unit with the five buckets, and their sum."""
    found = breakdown.by(session, "unit", today, scope)
    told = [[place, row.name, *_counts(row)] for place, row in enumerate(found, start=1)]
    whole = statistics.summary(session, today, scope)
    told.append(["", "合计", *_whole(whole)])
    columns = [Column("序号", 6, "number"), Column("单位", 24), *_COUNTS]
    return Page(UNITS, f"{rows.campaign(session, scope)}督查{UNITS}", columns, told, _note(scope, today), totals=1)


def _counts(row: breakdown.Row) -> list[Any]:
    buckets = [row.buckets.get(one, 0) for one in breakdown.BUCKETS]
    return [row.problems, row.sites, row.solved, row.unsolved, row.closure_rate, *buckets]


def _whole(whole: statistics.Summary) -> list[Any]:
    buckets = [whole.buckets.get(one, 0) for one in breakdown.BUCKETS]
    return [whole.problems, whole.problem_sites, whole.solved, whole.unsolved, whole.closure_rate, *buckets]


def period(session: Session, scope: Scope, today: dt.date) -> list[Page]:
    """The figures of a period, then each breakdown and the weeks, a sheet each."""
    whole = statistics.summary(session, today, scope)
    title = f"{rows.campaign(session, scope)}督查{PERIOD}"
    told: list[list[Any]] = [
        [label, _figure(getattr(whole, name))] for name, label in statistics.LABELS.items() if name != "buckets"
    ]
    told += [[str(one), whole.buckets.get(one, 0)] for one in breakdown.BUCKETS]
    figures = Page("总体", title, [Column("指标", 40), Column("数值", 24)], told, _note(scope, today))
    pages = [figures]
    parts = breakdown.by_each(session, tuple(d for d, _ in _DIMENSIONS), today, scope)
    for (_, label), found in zip(_DIMENSIONS, parts, strict=True):
        body = [[row.name, *_counts(row)] for row in found]
        pages.append(
            Page(f"按{label}", f"{title}（按{label}）", [Column(label, 26), *_COUNTS], body, _note(scope, today))
        )
    weeks = [[monday, total, done] for monday, total, done in breakdown.by_week(session, scope)]
    columns = [Column("周一", 20, "day"), Column("问题数", 16, "number"), Column("已整改数", 16, "number")]
    return [*pages, Page("按周", f"{title}（按周）", columns, weeks, _note(scope, today))]


def _figure(value: Any) -> Any:
    return statistics.percent(value) if isinstance(value, float) or value is None else value


def _note(scope: Scope, today: dt.date) -> str:
    return f"{rows.period(scope, '统计时段')}统计日期：{full_day(today)}"
