"""Days a paper tells: deadlines, days of decisions; a year that is not written is the one the paper speaks of."""

import datetime as dt
import re
from calendar import monthrange

_DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日?(?!\d)|(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_MONTH_END = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:底|末)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|〕|\])")


def year_of(text: str, today: dt.date) -> int:
    """The year a paper speaks of: the last one it writes, else today's."""
    written = [int(year) for year in _YEAR.findall(text) if int(year) <= today.year + 1]
    return written[-1] if written else today.year


def day_told(words: str, text: str, today: dt.date, *, past: bool = False) -> dt.date | None:
    """The last day named in a few words; None where they name none or no one day.

    Args:
        words: such as 3月10日前, 2022年3月底.
        text: of the whole paper, for the year.
        today: of the workspace.
        past: it has been, so that without any year it is the last such day.
    """
    year = year_of(text, today)
    days = [_day(hit[1] or hit[4], hit[2] or hit[5], hit[3] or hit[6], year) for hit in _DAY.finditer(words)]
    ends = [_month_end(hit[1], hit[2], year) for hit in _MONTH_END.finditer(words)]
    found = next((one for one in reversed([*days, *ends]) if one is not None), None)
    if found and past and found > today and not _YEAR.search(text):
        return _day(str(found.year - 1), str(found.month), str(found.day), year)
    return found


def _day(year: str | None, month: str, day: str, usual: int) -> dt.date | None:
    try:
        return dt.date(int(year or usual), int(month), int(day))
    except ValueError:
        return None


def _month_end(year: str | None, month: str, usual: int) -> dt.date | None:
    if not 1 <= int(month) <= 12:
        return None
    last = monthrange(int(year or usual), int(month))[1]
    return dt.date(int(year or usual), int(month), last)
