"""Deadlines in words: 立即, 5个工作日, 3日内 and 24小时内 after the day of finding, 3月中旬; 长期坚持 is none."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from models.domain.findings.deadlines import DeadlineKind

_AT_ONCE = re.compile(
    r"立即(?:整改|办理|完成|整治)?|立行立改|立改|即时|即日起?|尽快|当日|当天|马上(?:整改)?|当场(?:整改)?"
)
_WORKDAYS = re.compile(r"(\d{1,3})个?工作日(?:内|之内|以内)?")
_DAYS = re.compile(r"(\d{1,3})(?:日|天|个自然日)(?:内|之内|以内)")
_HOURS = re.compile(r"(\d{1,3})个?小时(?:内|之内|以内)")
_WEEKS = re.compile(r"([一二两三四]|\d)(?:周|个星期|星期)(?:内|之内|以内)")
_THIRD = re.compile(r"((?:\d{4}年)?\d{1,2}月)([上中]旬)(?:前|内|底前)?")
_LAST_OF: Final = {"上旬": 10, "中旬": 20}
_NONE = re.compile(
    r"/|-+|—+|无|暂无|待定|不限|长期(?:坚持|整改|推进)?|持续(?:推进|整改|坚持)?|常态化?|已(?:完成|整改|办结|销号|整改到位)|完成|按要求|按期|视情况|序时推进"
)
_NUMERALS: Final = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4}


@dataclass(frozen=True, slots=True)
class Said:
    """What a deadline's words mean.

    Attributes:
        values: fields of the finding.
        keeps_words: the words say more than the fields, and are kept beside them.
    """

    values: dict[str, object]
    keeps_words: bool = False


def said(text: str, found_on: dt.date | None, day: Callable[[str], dt.date]) -> Said | None:
    """What a deadline in words means; None where it is a day, or words that are not known.

    Args:
        text: of the cell, without blanks.
        found_on: the day of finding, from which days are counted; without it only the words are kept.
        day: reads a day, as of this file's years.
    """
    plain = text.strip("。；， ")
    if _AT_ONCE.fullmatch(plain):
        return Said({"deadline_kind": str(DeadlineKind.AT_ONCE)})
    if found := _WORKDAYS.fullmatch(plain):
        return Said({"deadline_kind": str(DeadlineKind.WORKDAYS), "deadline_days": int(found[1])})
    days = _counted(plain)
    if days:
        return Said({"deadline": found_on + dt.timedelta(days=days)} if found_on else {}, keeps_words=found_on is None)
    if found := _THIRD.fullmatch(plain):
        return Said({"deadline": day(f"{found[1]}{_LAST_OF[found[2]]}日")})
    return Said({}, keeps_words=True) if _NONE.fullmatch(plain) else None


def _counted(text: str) -> int:
    """Calendar days of 3日内, 24小时内, 两周内; 0 where it says none of these."""
    if found := _DAYS.fullmatch(text):
        return int(found[1])
    if found := _HOURS.fullmatch(text):
        return -(-int(found[1]) // 24)
    if found := _WEEKS.fullmatch(text):
        return 7 * (int(found[1]) if found[1].isdecimal() else _NUMERALS[found[1]])
    return 0
