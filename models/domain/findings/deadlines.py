"""What follows from a deadline and today: lights, the five buckets, the day something is due.

Overdue is never kept. ``Bounds`` holds the days of the office's settings and ``LIGHTS`` the rule; screen, Word,
Excel and JSON ask ``light``, lists and figures build their SQL from the same two.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from models.domain.findings.lifecycle import UNCOUNTED, Status
from models.domain.workdays import Calendar, official


class Light(StrEnum):
    """蓝 near, 黄 due today or tomorrow, 红 overdue."""

    BLUE = "蓝"
    YELLOW = "黄"
    RED = "红"
    NONE = ""


class Bucket(StrEnum):
    """Every counted finding is in one of five; NOT_COUNTED for 草稿, 撤销 and 作废."""

    ON_TIME = "按时办结"
    LATE = "超期办结"
    AHEAD = "未到期"
    OVERDUE = "逾期未办"
    NO_LIMIT = "无时限"
    NOT_COUNTED = ""


class DeadlineKind(StrEnum):
    """How a deadline was given (时限方式)."""

    DATE = "指定日期"
    AT_ONCE = "立即"
    WORKDAYS = "工作日"


_DAY: Final = timedelta(days=1)
OWED: Final = frozenset({Status.HANDED, Status.RECTIFYING, Status.RETURNED, Status.SUSPENDED})
"""Statuses that carry a light: somebody outside has to act."""
NEAR_WORKDAYS: Final = 3
"""Default of 临期提醒, in working days."""
MOST_NEAR_WORKDAYS: Final = 366
"""Most working days 临期提醒 may be."""
LIGHTS: Final = ((Light.RED, "yesterday"), (Light.YELLOW, "tomorrow"), (Light.BLUE, "near_until"))
"""Each light with the last day it reaches, named as in ``Bounds``; the first that reaches a deadline is its light."""
NEAR: Final = (Light.YELLOW, Light.BLUE)
"""The lights of what is near (临期)."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The days that lights are judged by: today, and how far 临期提醒 reaches."""

    today: date
    near_until: date

    @classmethod
    def of(cls, today: date, calendar: Calendar | None = None, near: int | None = None) -> "Bounds":
        """The bounds of a day, by an office's calendar and its 临期提醒; the shipped ones where None.

        What is due tomorrow is near in any case.
        """
        days = NEAR_WORKDAYS if near is None else min(near, MOST_NEAR_WORKDAYS)
        return cls(today, max(today + _DAY, (calendar or official()).add_workdays(today, days)))

    @classmethod
    def of_rows(cls, today: date, holidays: Iterable[tuple[date, bool]], near: int | None) -> "Bounds":
        """``of`` with the calendar as rows (day, works); the shipped one where there are none."""
        rows = list(holidays)
        return cls.of(today, Calendar.of(rows) if rows else None, near)

    @property
    def yesterday(self) -> date:
        """The last day whose deadlines are past."""
        return self.today - _DAY

    @property
    def tomorrow(self) -> date:
        """The last day that is due at once."""
        return self.today + _DAY

    def parameters(self) -> dict[str, str]:
        """The bounds as named parameters of SQL, ISO days; those of ``LIGHTS`` and ``today``."""
        days = {"today": self.today} | {name: getattr(self, name) for _, name in LIGHTS}
        return {name: day.isoformat() for name, day in days.items()}


@dataclass(frozen=True, slots=True)
class Due:
    """A computed deadline; ``provisional`` near holidays that are not published yet."""

    day: date
    provisional: bool = False


def due_day(kind: str, value: date | int | None, handed_on: date, calendar: Calendar) -> Due:
    """The day a finding handed over on ``handed_on`` is due.

    Args:
        kind: a `DeadlineKind`.
        value: the day for 指定日期, the number of working days for 工作日, unused for 立即.
        handed_on: the day of handing over, which is 立即's due day and day 0 of working days.
        calendar: the office's working days.

    Raises:
        ValueError: the value does not fit the kind; the message ends a Chinese sentence.
    """
    if kind == DeadlineKind.AT_ONCE:
        return Due(handed_on)
    if kind == DeadlineKind.WORKDAYS:
        if not isinstance(value, int) or not 1 <= value <= 366:
            raise ValueError("的工作日数应在 1 到 366 之间。")
        day = calendar.add_workdays(handed_on, value)
        return Due(day, calendar.provisional(handed_on, day))
    if not isinstance(value, date):
        raise ValueError("没有日期，请填写。")
    return Due(value)


def limit(status: Status, deadline: date | None, review_on: date | None = None) -> date | None:
    """The day that counts: a suspended finding waits for its review date, all others for the deadline."""
    return review_on or deadline if status is Status.SUSPENDED else deadline


def light(status: Status, deadline: date | None, bounds: Bounds) -> Light:
    """The light of a finding; none where nobody owes anything, nothing is due or it is far off.

    Args:
        status: of the finding.
        deadline: as `limit` gives it.
        bounds: the days to judge by, of the office's own settings.
    """
    if deadline is None or status not in OWED:
        return Light.NONE
    return next((one for one, last in LIGHTS if deadline <= getattr(bounds, last)), Light.NONE)


def bucket(
    status: Status,
    deadline: date | None,
    today: date,
    *,
    submitted_on: date | None = None,
    closed_on: date | None = None,
    on_spot: bool = False,
) -> Bucket:
    """The bucket of a finding.

    On time compares the day the unit submitted the accepted round with the deadline then in
    force, so a late USB stick does not count against it; while a round waits for verification
    its submission stops the clock too. Corrected on the spot is on time. Judged as of a day before it was
    closed, a finding was open then.

    Args:
        status: of the finding.
        deadline: in force, extensions included, as `limit` gives it.
        today: the day to judge open findings by.
        submitted_on: submission of the accepted round, or of the one that waits.
        closed_on: stands in where an old record does not know the submission.
        on_spot: corrected on the spot.
    """
    if status in UNCOUNTED:
        return Bucket.NOT_COUNTED
    later = status is Status.CLOSED and closed_on is not None and closed_on > today
    closed = status is Status.CLOSED and not later
    if closed and on_spot:
        return Bucket.ON_TIME
    if deadline is None:
        return Bucket.NO_LIMIT
    if closed:
        answered = submitted_on or closed_on
        return Bucket.LATE if answered and answered > deadline else Bucket.ON_TIME
    waits = status is Status.VERIFYING or (later and submitted_on is not None and submitted_on <= today)
    clock = submitted_on if waits and submitted_on else today
    return Bucket.OVERDUE if clock > deadline else Bucket.AHEAD


def days_overdue(deadline: date | None, today: date) -> int:
    """Calendar days past the deadline, 0 where it is not past."""
    return max((today - deadline).days, 0) if deadline else 0
