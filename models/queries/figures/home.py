"""What the 首页 shows: rows to act on today, and the totals and charts of the office's own book."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, Select, cast, func, select
from sqlalchemy.orm import Session

from models.domain.cases.discipline import EXPULSION
from models.domain.findings.deadlines import Bucket, Light
from models.domain.findings.lifecycle import Status
from models.queries.figures.breakdown import BUCKETS, Row, by_each, by_week, on_time, share
from models.queries.figures.conditions import booked, counted, light
from models.queries.figures.openings import Opening
from models.queries.figures.scope import Scope
from models.queries.figures.statistics import (
    buckets,
    from_above,
    from_above_solved,
    inspections,
    opening_of,
    percent,
    problems,
    said,
    sites_visited,
    solved,
    with_opening,
)
from models.queries.lookups import calendar
from models.records import Disposition, Finding

EFFECT_AHEAD = 30
"""Days before an effect period ends from which the 首页 says so."""


@dataclass(frozen=True, slots=True)
class Home:
    """What the 首页 shows. The first eight are ledger rows to act on, each a filter of its tab, whatever their book.

    Problems, rates, buckets and charts are of the office's own book; what came from above has its own figures.
    """

    overdue: int
    due: int
    near: int
    to_hand_over: int
    to_verify: int
    returned: int
    to_review: int
    effects_ending: int
    found_today: int
    closed_today: int
    problems: int
    solved: int
    from_above: int
    from_above_solved: int
    closure_rate: float | None
    on_time_rate: float | None
    opening: Opening
    buckets: dict[Bucket, int]
    units: list[Row]
    kinds: list[Row]
    statuses: list[Row]
    weeks: list[tuple[dt.date, int, int]]


def home(session: Session, today: dt.date, campaign_id: int | None = None) -> Home:
    """All figures of the 首页."""
    scope = Scope(campaign_id=campaign_id)
    units, kinds, statuses = by_each(session, ("unit", "kind", "status"), today, scope)
    todo = [number or 0 for number in session.execute(_to_do(session, today, scope)).one()]
    in_buckets = {one: sum(row.buckets[one] for row in statuses) for one in BUCKETS}
    added = opening_of(session, scope)
    total = sum(row.problems for row in statuses) + added.of("problems")
    done = sum(row.solved for row in statuses) + added.of("solved")
    return Home(
        overdue=todo[0],
        due=todo[1],
        near=todo[2],
        to_hand_over=todo[3],
        to_verify=todo[4],
        returned=todo[5],
        to_review=todo[6],
        effects_ending=effects_ending(session, today),
        found_today=todo[7],
        closed_today=todo[8],
        problems=total,
        solved=done,
        from_above=from_above(session, scope) + added.of("from_above"),
        from_above_solved=from_above_solved(session, scope) + added.of("from_above_solved"),
        closure_rate=share(done, total) if added.knows_solved else share(done, total - added.of("problems")),
        on_time_rate=on_time(in_buckets),
        opening=added,
        buckets=in_buckets,
        units=units,
        kinds=kinds,
        statuses=statuses,
        weeks=by_week(session, scope),
    )


def effects_ending(session: Session, today: dt.date) -> int:
    """Dispositions whose effect period ends within ``EFFECT_AHEAD`` days from today (影响期将满)."""
    last = today + dt.timedelta(days=EFFECT_AHEAD)
    effect = (Disposition.effect_end.between(today, last), Disposition.measure.not_like(f"{EXPULSION}%"))
    where = (Disposition.deleted_at.is_(None), *effect)
    return session.scalar(select(func.count(Disposition.id)).where(*where)) or 0


def today_text(session: Session, today: dt.date, campaign_id: int | None = None) -> str:
    """复制今日情况: the day's figures as plain text for the office's chat group."""
    whole, day = Scope(campaign_id=campaign_id), Scope(campaign_id=campaign_id, from_=today, until=today)
    seen, added = sites_visited(session, day), opening_of(session, whole)
    total = problems(session, whole) + added.of("problems")
    done = solved(session, whole) + added.of("solved")
    rate = share(done, total if added.knows_solved else total - added.of("problems"))
    told_today = [
        f"督查{inspections(session, day)}次",
        f"走访点位{seen}个" if seen else "",
        f"发现问题{problems(session, day)}个",
        f"销号{_problems_where(session, whole, Finding.closed_on == today, Finding.status == Status.CLOSED)}个",
    ]
    verifying = _problems_where(session, whole, Finding.status == Status.VERIFYING)
    late = buckets(session, today, whole)[Bucket.OVERDUE]
    found = said(total, added, "problems"), said(done, added, "solved")
    text = (
        f"{today.month}月{today.day}日督查情况：今日{'，'.join(filter(None, told_today))}。\n"
        f"累计发现问题{found[0]}个，已整改{found[1]}个，整改率{percent(rate)}；"
        f"待核查{verifying}个，逾期未办{late}个。"
    )
    if above := from_above(session, whole) + added.of("from_above"):
        above_done = from_above_solved(session, whole) + added.of("from_above_solved")
        told = said(above, added, "from_above"), said(above_done, added, "from_above_solved")
        text += f"\n上级反馈问题{told[0]}个，已整改{told[1]}个。"
    return text + (f"\n累计数{with_opening(added)}。" if added.amounts else "")


def _problems_where(session: Session, scope: Scope, *where: Any) -> int:
    """Problems of the office's own book that are in some state."""
    return session.scalar(select(func.sum(Finding.count)).where(*counted(booked(scope)), *where)) or 0


def _to_do(session: Session, today: dt.date, scope: Scope) -> Select[Any]:
    lit = light(calendar.bounds(session, today))
    tests = (
        *(lit == str(one) for one in (Light.RED, Light.YELLOW, Light.BLUE)),
        Finding.status == Status.PENDING,
        Finding.status == Status.VERIFYING,
        Finding.status == Status.RETURNED,
        (Finding.status == Status.SUSPENDED) & (Finding.review_on <= today),
        Finding.found_on == today,
        Finding.closed_on == today,
    )
    return select(*(func.sum(cast(test, Integer)) for test in tests)).where(*counted(scope))
