"""Working days by the official holiday and make-up-day calendar.

The State Council's arrangement for a year appears late in the year before; where it is not
published yet, weekends alone are known and a result is provisional (暂定).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from models.domain.catalogs import catalog

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off and days worked against the weekly rhythm.

    Attributes:
        holidays: days off, weekends among them or not.
        makeup: weekend days that are worked (调休上班).
        published: years whose arrangement is known.
    """

    holidays: frozenset[date]
    makeup: frozenset[date]
    published: frozenset[int]

    @classmethod
    def of(cls, rows: Iterable[tuple[date, bool]]) -> "Calendar":
        """A calendar from kept rows (day, works); a year with any day off counts as published."""
        rows = tuple(rows)
        off = frozenset(day for day, works in rows if not works)
        worked = frozenset(day for day, works in rows if works)
        return cls(off, worked, frozenset(day.year for day in off))

    def is_workday(self, day: date) -> bool:
        """Whether offices work on that day."""
        return day in self.makeup or (day.weekday() < 5 and day not in self.holidays)

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

    def provisional(self, year: int) -> bool:
        """Whether that year's holidays are not published yet."""
        return year not in self.published


@cache
def official() -> Calendar:
    """The calendar shipped with the program, before the clerk's own changes."""
    data = catalog("holidays")
    return Calendar(
        frozenset(date.fromisoformat(day) for day in data["holidays"]),
        frozenset(date.fromisoformat(day) for day in data["makeup"]),
        frozenset(data["years"]),
    )
