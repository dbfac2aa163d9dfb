"""The yearly notice of holidays (国务院办公厅关于…年部分节假日安排的通知), pasted as text and read.

Seven sentences of one pattern: 二、春节：2月5日（农历除夕、周五）至11日（周四）放假调休，共7天。1月31日（周日）上班。
Days off with their number, then the weekend days worked for them. What does not fit together is told, never guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from models.domain.statutory_days import statutory_days

_YEAR: Final = re.compile(r"(20\d{2})年(?:部分)?(?:节假日|放假|元旦)")
_ANY_YEAR: Final = re.compile(r"(20\d{2})年")
_NAMES: Final = "元旦|春节|清明节?|劳动节|端午节?|中秋节?|国庆节"
_ITEM: Final = re.compile(
    rf"(?:[一二三四五六七八]、|[（(]?[一二三四五六七八\d][)）.．、])?\s*((?:{_NAMES})(?:[、和](?:{_NAMES}))*)\s*[：:]"
)
_DAY: Final = re.compile(r"(?:(20\d{2})年)?(?:(\d{1,2})月)?(\d{1,2})日")
_WEEKDAY: Final = re.compile(r"(\d{1,2})日[（(][^（()）]*?(?:周|星期|礼拜)([一二三四五六日天])[）)]")
_COUNT: Final = re.compile(r"(?:共|放假)(\d{1,2})天")
_BRACKETS: Final = re.compile(r"[（(][^（()）]*[）)]")
_LONGEST: Final = timedelta(days=15)
_WIDE: Final = str.maketrans("０１２３４５６７８９", "0123456789")
_WEEK: Final = "一二三四五六日"
_SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day off, or a day worked for one (调休上班)."""

    day: date
    name: str
    works: bool = False


@dataclass(frozen=True, slots=True)
class HolidayNotice:
    """What a notice says, and what in it does not fit together, as sentences for the clerk."""

    year: int
    days: tuple[NamedDay, ...]
    problems: tuple[str, ...] = ()


def read_notice(text: str) -> HolidayNotice | None:
    """What a pasted notice says; None where it is none or does not say its year."""
    flat = text.translate(_WIDE)
    year_found = _YEAR.search(flat) or _ANY_YEAR.search(flat)
    items = list(_ITEM.finditer(flat))
    if not year_found or not items:
        return None
    year = int(year_found[1])
    days: dict[date, NamedDay] = {}
    problems: list[str] = []
    for item, following in zip(items, [*items[1:], None], strict=True):
        said = flat[item.end() : following.start() if following else len(flat)]
        found, wrong = _read_item(item[1], said, year)
        days |= {one.day: one for one in found}
        problems += wrong
    ordered = tuple(sorted(days.values(), key=lambda one: one.day))
    return HolidayNotice(year, ordered, (*problems, *_missing(year, ordered)))


def _read_item(name: str, said: str, year: int) -> tuple[list[NamedDay], list[str]]:
    """The days of one festival, and what does not fit: a count, a weekday, a day that is none."""
    sentences = [_SPACES.sub("", part) for part in said.replace("；", "。").split("。")]
    off: list[date] = []
    worked: list[date] = []
    problems: list[str] = []
    for sentence in sentences:
        plain = _BRACKETS.sub("", sentence)
        try:
            if "上班" in plain:
                worked += _listed(plain, year)
            elif "放假" in plain:
                off += _off(plain, year)
            else:
                continue
        except ValueError:
            problems.append(f"{name}：“{sentence}”里的日期读不出来，请核对。")
            continue
        problems += _counted(name, plain, off)
        problems += _weekdays(name, sentence, [*off, *worked])
    if not off:
        problems.append(f"{name}：没有读出放假的日期，请核对。")
    return [*(NamedDay(day, name) for day in off), *(NamedDay(day, name, works=True) for day in worked)], problems


def _off(plain: str, year: int) -> list[date]:
    """1月1日放假, 1月1日至3日放假, 2月5日、6日放假; a range may come from the year before."""
    told = plain.partition("放假")[0]
    days = list(_days(told, year))
    if "至" not in told or len(days) != 2:
        return days
    first, last = days
    if last < first:
        first = first.replace(year=first.year - 1)
    if last - first > _LONGEST:
        raise ValueError(told)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _listed(plain: str, year: int) -> list[date]:
    return list(_days(plain.partition("上班")[0], year))


def _days(text: str, year: int) -> Iterator[date]:
    """Every day of a text; month and year of the one before hold on.

    Raises:
        ValueError: a day that is none.
    """
    month = 0
    for said_year, said_month, said_day in _DAY.findall(text):
        year, month = int(said_year or year), int(said_month or month)
        yield date(year, month, int(said_day))


def _counted(name: str, plain: str, off: list[date]) -> Iterator[str]:
    said = _COUNT.search(plain)
    if said and "放假" in plain and int(said[1]) != len(off):
        yield f"{name}：写明共{said[1]}天，读出的是{len(off)}天，请核对。"


def _weekdays(name: str, sentence: str, days: list[date]) -> Iterator[str]:
    """Weekdays in brackets that are not those of the calendar."""
    for said_day, said in _WEEKDAY.findall(sentence):
        same = [day for day in days if day.day == int(said_day)]
        real = [_WEEK[day.weekday()] for day in same]
        if same and said.replace("天", "日") not in real:
            yield f"{name}：{same[0].month}月{said_day}日写作周{said}，日历上是周{real[0]}，请核对。"


def _missing(year: int, days: tuple[NamedDay, ...]) -> Iterator[str]:
    """Statutory days the notice says nothing of, and weekdays said to be worked, which are worked anyhow."""
    off = {one.day for one in days if not one.works}
    lacking = dict.fromkeys(name for day, name in statutory_days(year).items() if day not in off)
    if lacking:
        yield f"没有读出{'、'.join(lacking)}的全部法定假日，请核对是不是{year}年的通知、粘贴是否完整。"
    for one in days:
        if one.works and one.day.weekday() < 5:
            yield f"{one.name}：{one.day.month}月{one.day.day}日是工作日，不用调休上班，请核对。"
