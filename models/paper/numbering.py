"""Numbers in words: ordinals of the body's four levels (GB/T 9704-2012, 7.3.3), Chinese numerals, days."""

import datetime as dt
from collections.abc import Iterable, Iterator

from models.paper.elements import Block, Paragraph

_DIGITS = "零一二三四五六七八九"
_UNITS = ((1000, "千"), (100, "百"), (10, "十"))


def chinese_numeral(number: int) -> str:
    """1 → 一, 12 → 十二, 105 → 一百零五, 20000 → 二万.

    Raises:
        ValueError: below 1 or above 99,999,999.
    """
    if not 1 <= number < 100_000_000:
        raise ValueError(number)
    high, low = divmod(number, 10_000)
    if not high:
        text = _below_ten_thousand(low)
        return text.removeprefix("一") if 10 <= low < 20 else text
    head = chinese_numeral(high) + "万"
    if not low:
        return head
    return head + ("零" if low < 1000 else "") + _below_ten_thousand(low)


def numeral_value(text: str) -> int:
    """十二 → 12, up to 99; 0 for what is no such numeral."""
    return next((number for number in range(1, 100) if chinese_numeral(number) == text), 0)


def _below_ten_thousand(number: int) -> str:
    parts: list[str] = []
    gap = False
    for size, name in _UNITS:
        digit, number = divmod(number, size)
        if digit:
            parts.append(("零" if gap else "") + _DIGITS[digit] + name)
            gap = False
        elif parts:
            gap = True
    if number:
        parts.append(("零" if gap else "") + _DIGITS[number])
    return "".join(parts)


def ordinal(level: int, number: int) -> str:
    """The ordinal as printed: level 1 一、, level 2 （一）, level 3 1., level 4 （1）."""
    if level == 1:
        return f"{chinese_numeral(number)}、"
    if level == 2:
        return f"（{chinese_numeral(number)}）"
    return f"{number}." if level == 3 else f"（{number}）"


def ordinals(blocks: Iterable[Block]) -> Iterator[str]:
    """The ordinal of every block in order; empty where a block has none.

    A level starts again at one below each paragraph of a higher level.
    """
    counts = [0] * 5
    for block in blocks:
        if not isinstance(block, Paragraph) or block.level == 0:
            yield ""
            continue
        counts[block.level + 1 :] = [0] * (4 - block.level)
        if not block.numbered:
            yield ""
            continue
        counts[block.level] += 1
        yield ordinal(block.level, counts[block.level])


def full_day(day: dt.date) -> str:
    """2022年3月5日: the year in full, no leading zeros (7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"
