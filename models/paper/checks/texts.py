"""How checks read a text: without what it quotes, sentence by sentence, and the days it names."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

QUOTED: Final = re.compile(r"《[^《》\n]*》|“[^“”\n]*”|‘[^‘’\n]*’|「[^「」\n]*」")
FILL: Final = "\ue000"
"""Stands for each quoted character: it is nothing that is looked for."""
AROUND: Final = 8
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")
_DAY = re.compile(
    r"(?:(?P<year>\d{4})\s*年\s*)?(?<![\d.])(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号](?!线)"
    r"|(?<![\d.])(?P<y2>(?:19|20)\d{2})(?P<sep>[-./])(?P<m2>\d{1,2})(?P=sep)(?P<d2>\d{1,2})(?![\d.])"
    r"|(?:(?P<y3>[一二三四五六七八九〇○零]{4})年)?(?P<m3>[一二三四五六七八九十]{1,2})月(?P<d3>[一二三四五六七八九十]{1,3})日"
)
_DIGITS: Final = {**{char: n for n, char in enumerate("零一二三四五六七八九")}, "〇": 0, "○": 0}


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A day that a text names.

    Attributes:
        start: where it begins in the text.
        end: where it ends.
        words: as written.
        day: None where there is no such day.
        with_year: the text says the year.
    """

    start: int
    end: int
    words: str
    day: dt.date | None
    with_year: bool


def plain(text: str) -> str:
    """The text, as long as before, without what stands inside 《》 and quotation marks."""
    return QUOTED.sub(lambda found: found[0][0] + FILL * (len(found[0]) - 2) + found[0][-1], text)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Every sentence and clause that 。；！？ or a line's end closes, with where it begins."""
    for found in _SENTENCE.finditer(text):
        yield found.start(), found[0]


def around(text: str, start: int, end: int) -> str:
    """A piece of a text with a few characters on both sides, to be quoted."""
    return text[max(start - AROUND, 0) : end + AROUND].replace("\n", " ").strip()


def said_days(text: str, dated: dt.date) -> Iterator[SaidDay]:
    """The days a text names; without a year they are of the year named before it, else of the paper's."""
    year = dated.year
    for found in _DAY.finditer(text):
        written, month, number = _parts(found)
        if written:
            year = written
        yield SaidDay(found.start(), found.end(), found[0], _day(written or year, month, number), bool(written))


def _parts(found: re.Match[str]) -> tuple[int, int, int]:
    if found["month"]:
        return int(found["year"] or 0), int(found["month"]), int(found["day"])
    if found["m2"]:
        return int(found["y2"]), int(found["m2"]), int(found["d2"])
    year = int("".join(str(_DIGITS[char]) for char in found["y3"])) if found["y3"] else 0
    return year, _numeral(found["m3"]), _numeral(found["d3"])


def _numeral(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    return (10 * _DIGITS.get(tens, 1) if ten else 0) + _DIGITS.get(ones, 0)


def _day(year: int, month: int, number: int) -> dt.date | None:
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None
