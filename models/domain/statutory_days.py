"""Statutory days off of every year, by the rule: what is known of a year before its arrangement is published.

Source: 《全国年节及纪念日放假办法》, article 2; thirteen days since 2025 (国务院令第795号, 2024), eleven before.
春节, 清明, 端午 and 中秋 follow the moon and the sun: their days are in the catalog ``festivals``, which ends in 2050.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Final

from models.domain.catalogs import catalog

_THIRTEEN_SINCE: Final = 2025
_FIXED: Final = (("元旦", 1, 1), ("劳动节", 5, 1), ("国庆节", 10, 1), ("国庆节", 10, 2), ("国庆节", 10, 3))
SPRING, MAY_DAY = "春节", "劳动节"


@cache
def statutory_days(year: int) -> Mapping[date, str]:
    """The statutory days off of a year with their names; after the table's end those of fixed date only."""
    days = {date(year, month, day): name for name, month, day in _FIXED}
    extended = year >= _THIRTEEN_SINCE
    if extended:
        days[date(year, 5, 2)] = MAY_DAY
    for name, first in festivals(year).items():
        # Since 2025 New Year's Eve (除夕) to 初三, before that 初一 to 初三.
        offsets = range(-1 if extended else 0, 3) if name == SPRING else range(1)
        for offset in offsets:
            day = first + timedelta(days=offset)
            days[day] = f"{days[day]}、{name}" if day in days else name
    return dict(sorted(days.items()))


def festivals(year: int) -> dict[str, date]:
    """The days of 春节 (初一), 清明, 端午 and 中秋; empty after the table's end."""
    found: dict[str, str] = catalog("festivals")["years"].get(str(year), {})
    return {name: date.fromisoformat(f"{year}-{day}") for name, day in found.items()}
