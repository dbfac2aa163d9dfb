"""Days that are said in words: 1月, 2022年1月上旬, 2月25日."""

import datetime as dt
import re

_SAID = re.compile(r"(?:(\d{4})年)?\s*(\d{1,2})月(?:份|底|初|末)?\s*(?:(\d{1,2})日|([上中下])旬)?")
_THIRDS = {"上": 1, "中": 11, "下": 21}


def first_day(text: str, after: dt.date | None, year: int) -> dt.date | None:
    """The first day a text may mean; None where it names no month.

    Args:
        text: as a clerk wrote it.
        after: what it tells of came after this day, which settles a year the text does not name.
        year: the year where nothing else tells it.
    """
    found = _SAID.search(text)
    if found is None:
        return None
    month, number = int(found[2]), int(found[3] or _THIRDS.get(found[4] or "", 1))
    if found[1]:
        return _day(int(found[1]), month, number)
    if after is not None:
        year = after.year + (month < after.month)
    return _day(year, month, number)


def _day(year: int, month: int, number: int) -> dt.date | None:
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None
