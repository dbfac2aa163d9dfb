"""Working days by the official holiday and make-up-day calendar.

The State Council's arrangement for a year appears late in the year before. Until then the statutory days
are known by rule (``statutory_days``), the made-up ones are not: a result near them is provisional (暂定).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from models.domain.catalogs import catalog
from models.domain.statutory_days import statutory_days

_DAY = timedelta(days=1)
_NEAR = timedelta(days=14)
"""Further than this from a statutory day no arrangement has moved a day so far (2026: eleven days)."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off and days worked against the weekly rhythm.

    Attributes:
        holidays: days off, weekends among them or not.
        makeup: weekend days that are worked (调休上班).
        published: years whose arrangement is known; in others the statutory days alone are off.
    """

    holidays: frozenset[date]
    makeup: frozenset[date]
    published: frozenset[int]

    @classmethod
    def of(cls, rows: Iterable[tuple[date, bool]]) -> "Calendar":
        """A calendar from kept rows (day, works).

        A year is published where its arrangement was shipped, or where all its statutory days are kept as days off:
        an arrangement has them all, a day off of the office's own is none.
        """
        rows = tuple(rows)
        off = frozenset(day for day, works in rows if not works)
        worked = frozenset(day for day, works in rows if works)
        years = {day.year for day in off}
        shipped = frozenset(catalog("holidays")["years"])
        published = frozenset(year for year in years if year in shipped or off >= set(statutory_days(year)))
        return cls(off, worked, published)

    def is_workday(self, day: date) -> bool:
        """Whether offices work on that day, as far as it is known."""
        if day in self.makeup:
            return True
        by_rule = day.year not in self.published and day in statutory_days(day.year)
        return day.weekday() < 5 and day not in self.holidays and not by_rule

    def add_workdays(self, start: date, days: int) -> date:
        """The ``days``-th working day after ``start`` (before it where negative); 0 is ``start`` itself."""
        step = _DAY if days > 0 else -_DAY
        day, left = start, abs(days)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def workdays_between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and with ``end``; negative where ``end`` comes first."""
        if end < start:
            return -self.workdays_between(end, start)
        return sum(self.is_workday(start + n * _DAY) for n in range(1, (end - start).days + 1))

    def provisional(self, start: date, end: date) -> bool:
        """Whether working days between two days are not sure: near a statutory day of a year not published yet."""
        first, last = start - _NEAR, end + _NEAR
        years = (year for year in range(first.year, last.year + 1) if year not in self.published)
        return any(first <= day <= last for year in years for day in statutory_days(year))


@cache
def official() -> Calendar:
    """The calendar shipped with the program, before the clerk's own changes."""
    data = catalog("holidays")
    return Calendar(
        frozenset(date.fromisoformat(day) for day in data["holidays"]),
        frozenset(date.fromisoformat(day) for day in data["makeup"]),
        frozenset(data["years"]),
    )
