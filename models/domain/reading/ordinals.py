"""Ordinals (序号) of official and everyday papers: 一、（一）1.（1）① 一是 首先, at a line's start and inside it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_NUMERALS: Final = "一二三四五六七八九十"
_CIRCLES: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CHINESE: Final = (
    *_NUMERALS, *(f"十{one}" for one in _NUMERALS[:9]),
    *(f"{ten}十{one}" for ten in _NUMERALS[1:9] for one in ("", *_NUMERALS[:9])),
)  # fmt: skip
"""One to ninety-nine as papers count."""
LAST: Final = 99
"""The number of 最后, whichever it is."""


class Style(StrEnum):
    """The form an ordinal is written in."""

    CHAPTER = "一、"
    SECTION = "（一）"
    ITEM = "1."
    BRACKETED = "（1）"
    CIRCLE = "①"
    POINT = "一是"
    RANK = "第一"
    ORDER = "首先"
    SIDE = "一方面"


@dataclass(frozen=True, slots=True)
class Ordinal:
    """One ordinal: its form, its number, where it begins and where what it counts begins."""

    style: Style
    number: int
    start: int
    end: int


_C = rf"[{_NUMERALS}]{{1,3}}"
_AT_START: Final = (
    (Style.SECTION, re.compile(rf"[（(]\s*({_C})\s*[）)][、.]?")),
    (Style.BRACKETED, re.compile(r"[（(]\s*(\d{1,2})\s*[）)][、.]?|(\d{1,2})[）)]")),
    (Style.CIRCLE, re.compile(rf"([{_CIRCLES}])[、.]?")),
    (Style.POINT, re.compile(rf"({_C})(?:是|要|个是)[：，]?")),
    (Style.RANK, re.compile(rf"第({_C})[，、：]|其({_C})[，、：]|问题({_C}|\d{{1,2}})[：、.]")),
    (Style.CHAPTER, re.compile(rf"({_C})\s*[、.]")),
    (Style.ITEM, re.compile(r"(\d{1,3})\s*(?:、|\.(?!\d))")),
    (Style.ORDER, re.compile(r"(首先|其次|再次|再者|最后)[，、：是]?")),
)
_INSIDE: Final = (
    (Style.POINT, re.compile(rf"(?<![第有百{_NUMERALS}])({_C})是(?!否|个(?![别体])|不是)")),
    (Style.SECTION, re.compile(rf"(?:^|(?<=[。；：，]))[（(]({_C})[）)]")),
    (Style.BRACKETED, re.compile(r"(?:^|(?<=[。；：，]))[（(](\d{1,2})[）)]|(?:^|(?<=[。；：，]))(\d{1,2})[）)]")),
    (Style.CIRCLE, re.compile(rf"([{_CIRCLES}])[、.]?")),
    (Style.ITEM, re.compile(r"(?:^|(?<=[。；：]))(\d{1,2})(?:、|\.(?!\d))")),
    (Style.RANK, re.compile(rf"(?:^|(?<=[。；：，]))(?:第({_C})|其({_C}))[，、：]")),
    (Style.ORDER, re.compile(r"(?:^|(?<=[。；：，]))(首先|其次|再次|再者|最后)[，、：是]?")),
    (Style.SIDE, re.compile(r"(?:^|(?<=[。；：，]))(一方面|另一方面)[，、：]?")),
)
_WORDS: Final = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": LAST, "一方面": 1, "另一方面": 2}


def at_start(text: str, start: int, end: int) -> Ordinal | None:
    """The ordinal a line begins with; None where it begins with none."""
    for style, pattern in _AT_START:
        if (found := pattern.match(text, start, end)) is not None:
            return Ordinal(style, _number(found), start, found.end())
    return None


def inside(text: str, start: int, end: int, apart_from: frozenset[Style] = frozenset()) -> tuple[Ordinal, ...]:
    """The first list that stands inside a piece: at least two ordinals of one form, counted from one.

    Args:
        text: the whole paper.
        start: of the piece.
        end: of the piece.
        apart_from: forms that are not looked for.
    """
    lists = [_list(text, start, end, style, pattern) for style, pattern in _INSIDE if style not in apart_from]
    return min((one for one in lists if len(one) > 1), key=lambda one: one[0].start, default=())


def _list(text: str, start: int, end: int, style: Style, pattern: "re.Pattern[str]") -> tuple[Ordinal, ...]:
    """Ordinals of one form in counting order; what is out of order belongs to the text."""
    found: list[Ordinal] = []
    piece = text[start:end]
    for hit in pattern.finditer(piece):
        number = _number(hit)
        wanted = found[-1].number + 1 if found else 1
        if number == wanted or (number == LAST and found and found[-1].number != LAST):
            found.append(Ordinal(style, number, start + hit.start(), start + hit.end()))
    return tuple(found)


def _number(found: "re.Match[str]") -> int:
    word = next(group for group in found.groups() if group)
    if word.isdecimal():
        return int(word)
    if word in _WORDS:
        return _WORDS[word]
    if word in _CIRCLES:
        return _CIRCLES.index(word) + 1
    return _CHINESE.index(word) + 1 if word in _CHINESE else 0
