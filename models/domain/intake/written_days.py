"""Days as offices write them in a ledger: without a year, with a time of day, a range of days, 3月10日前.

A year that is not written is the one that fits the other days of the file; see `Years`.
"""

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass
from statistics import median_low

from models.domain.text.entry import parse_day, text_half

_YEAR = re.compile(
    r"\d{4}|(?<!\d)\d{2}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d|[〇零一二三四五六七八九]{4}年|[去今本明前]年"
)
_RELATIVE = re.compile(r"大?[前昨今明后]天|[昨今明]日|[上本下]周.?|[上本下]月.*|近日|日前")
_END = re.compile(
    r"(?P<before>之?前)?(?P<time>\s*(?:上午|下午|中午|晚上?|夜间|夜里|凌晨|早上?|傍晚)?"
    r"(?:\s*\d{1,2}(?:(?:[:：]\d{2}){1,2}|[时点](?:\d{1,2}分?|半)?))?)[。.]?$"
)
_BETWEEN = re.compile(r"至|到|[~-]+|、")
_MONTH = re.compile(r"(?:(\d{4}|\d{2})年)?(\d{1,2})月(?:份)?(底|末)(?:前|之前)?[。]?")
_PARTED = re.compile(r"[月./-]")
_MONTH_ALONE = re.compile(r"(\d{4}|\d{2})年\d{1,2}月(份)?|\d{1,2}月(份)?")
_MIDNIGHT = re.compile(r"\s*0?0[:：]00([:：]00)?")
_FULL = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Years:
    """Which year a day has that is written without one.

    Attributes:
        today: no day that has been lies after it.
        around: the middle of the file's days that have a year, or the ledger's own day; None where it tells none.
    """

    today: dt.date
    around: dt.date | None = None

    def past(self, text: str, since: dt.date | None = None) -> dt.date:
        """A day that has been: nearest to the file's days, the first one after ``since``, else the last such day.

        Raises:
            ValueError: no day.
        """
        if has_year(text):
            return parse_day(text, self.today)
        if since is not None:
            found = parse_day(text, self.today, since=since)
            if found <= self.today:
                return found
        if self.around is None:
            return parse_day(text, self.today, until=self.today)
        found = parse_day(text, self.around)
        return found if found <= self.today else parse_day(text, self.today, until=self.today)

    def ahead(self, text: str, since: dt.date | None = None) -> dt.date:
        """A day that may lie ahead: the first one from ``since`` on, where that is known.

        Raises:
            ValueError: no day.
        """
        if since is not None and not has_year(text):
            return parse_day(text, self.today, since=since)
        return parse_day(text, self.around or self.today)


def years(today: dt.date, days: list[dt.date], above: str = "") -> Years:
    """The years of a file.

    Args:
        today: of the workspace.
        days: every day of the file that has been and has its year.
        above: what stands over its headers; the last day written there is the ledger's own.
    """
    stated = [day for found in _FULL.findall(text_half(above)) if (day := _day(*found))]
    if stated:
        return Years(today, stated[-1])
    return Years(today, median_low(days) if days else None)


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def has_year(text: str) -> bool:
    """Whether a day is written with its year, or in a way that needs none."""
    plain = text_half(text)
    return _YEAR.search(plain) is not None or not _PARTED.search(plain)


def is_vague(text: str) -> bool:
    """Whether the words name no one day: 昨日 of a letter whose day is not known, 2022年3月."""
    plain = text_half(text).strip().rstrip("。.")
    return bool(_RELATIVE.fullmatch(plain) or _MONTH_ALONE.fullmatch(plain))


@dataclass(frozen=True, slots=True)
class Written:
    """A day taken apart.

    Attributes:
        day: the day alone, to be read; of several the first.
        more: whether the words say more than that day: a time, or further days.
    """

    day: str
    more: bool = False


def taken_apart(text: str) -> Written:
    """The day of a text that may hold a time of day or a range: 3月5-6日 → 3月5, 2022年3月5日上午 → 2022年3月5日."""
    plain = text_half(text).strip()
    end = _END.search(plain)
    day = plain[: end.start()].strip() if end else plain
    more = bool(end and end["time"].strip() and not _MIDNIGHT.fullmatch(end["time"]))
    if _is_day(day):
        return Written(day, more)
    for found in _BETWEEN.finditer(day):
        first, last = day[: found.start()].strip(), day[found.end() :].strip()
        if last[:1].isdigit() and _is_day(first):
            return Written(first, more=True)
    return Written(day, more)


def month_end(text: str, of: Years, since: dt.date | None = None) -> dt.date | None:
    """The last day of a month: 3月底前, 2022年3月底; None where the text is none."""
    found = _MONTH.fullmatch(text_half(text).strip())
    if not found or not 1 <= int(found[2]) <= 12:
        return None
    month = int(found[2])
    if found[1]:
        year = int(found[1]) + (2000 if int(found[1]) < 100 else 0)
        return dt.date(year, month, monthrange(year, month)[1])
    start = since.replace(day=1) if since else None
    first = of.ahead(f"{month}月1日", start)
    return first.replace(day=monthrange(first.year, month)[1])


def _is_day(text: str) -> bool:
    try:
        parse_day(text, dt.date(2020, 6, 15))
    except ValueError:
        return False
    return True
