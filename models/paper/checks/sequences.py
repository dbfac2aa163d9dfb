"""Ordinals that were typed: headings, items and 一是…二是…, each one more than the last."""

import itertools
import re
from collections.abc import Iterator
from typing import Final

from models.paper.checks.counting import number_of
from models.paper.checks.notices import Mend, Notice, Place, Subject
from models.paper.elements import Paragraph

_HAN = "[一二三四五六七八九十百]"
STYLES: Final = (
    re.compile(rf"\s*({_HAN}{{1,4}})、"),
    re.compile(rf"\s*[（(]({_HAN}{{1,4}})[）)]"),
    re.compile(r"\s*(\d{1,3})[.．、](?!\d)"),
    re.compile(r"\s*[（(](\d{1,3})[）)]"),
)
"""How the four levels are numbered (GB/T 9704-2012, 7.3.3)."""
_INSIDE: Final = (
    ("一是", re.compile(rf"(?:^|(?<=[：:；;。，,\s]))({_HAN}{{1,3}})(?:是|要|来)(?=[\u3400-\u9fff“《\d])")),
    ("第一", re.compile(rf"(?:^|(?<=[：:；;。，,\s]))第({_HAN}{{1,3}})[，、]")),
    ("（1）", re.compile(r"(?<![\d件表图第款条])[（(](\d{1,2})[）)](?!号)")),
    ("（一）", re.compile(rf"(?<![第款条项])[（(]({_HAN}{{1,3}})[）)]")),
    ("1.", re.compile(r"(?:^|(?<=[：:；;。]))(\d{1,2})[.．、](?!\d)")),
)
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def ordinal_of(text: str) -> tuple[int, int, str] | None:
    """Level, number and words of the ordinal a typed text begins with."""
    for level, style in enumerate(STYLES, 1):
        if found := style.match(text):
            return level, number_of(found[1]), found[0].strip()
    return None


def headings(subject: Subject) -> Iterator[Notice]:
    """三、 after 一、; （二） twice."""
    counts = [0] * 5
    for place in subject.places:
        block = subject.paper.blocks[place.at] if place.at >= 0 else None
        if not isinstance(block, Paragraph) or (block.level and block.numbered):
            continue
        found = ordinal_of(place.text)
        if found is None:
            continue
        level, number, said = found
        before = counts[level]
        if number != before + 1 and not (number == 1 and before > 1):
            yield _told(place, said, before)
        counts[level] = number
        counts[level + 1 :] = [0] * (4 - level)


def inside(subject: Subject) -> Iterator[Notice]:
    """一是…三是…; a list may run on through the paragraphs after it."""
    last: dict[str, int] = {}
    for place in subject.places:
        block = subject.paper.blocks[place.at] if place.at >= 0 else None
        if not isinstance(block, Paragraph):
            continue
        head = ordinal_of(place.text)
        start = len(head[2]) if head else 0
        for name, said, number in _numbers(place.text[start:]):
            before = last.get(name, 0)
            if name == "一是" and head and number == 1:
                before = 0
            if number not in (1, before + 1) or (number == 1 and before == 1 and name == "一是" and not head):
                yield _told(place, said, before, "ordinal_inside")
            last[name] = number
        if head:
            last = {name: n for name, n in last.items() if name == "一是"}


def _numbers(text: str) -> Iterator[tuple[str, str, int]]:
    for name, pattern in _INSIDE:
        for found in pattern.finditer(text):
            yield name, found[0].strip("，"), number_of(found[1])
    for char in text:
        if char in _CIRCLED:
            yield "①", char, _CIRCLED.index(char) + 1


def _told(place: Place, said: str, before: int, code: str = "ordinal") -> Notice:
    if not before:
        sentence = f"序号从“{said}”开始，前面没有第一项，请核对。"
    else:
        sentence = f"序号“{said}”前面是第{before}项，不连续，请核对。"
    return Notice(code, sentence, place.key, place.record, at=place.at)


def rows(subject: Subject) -> Iterator[Notice]:
    """The 序号 of a table's rows."""
    for place, table in subject.tables():
        at = next((n for n, column in enumerate(table.columns) if column.title.strip() in ("序号", "编号", "号")), None)
        if at is None:
            continue
        numbers = [row[at].strip() for row in table.rows if len(row) > at]
        digits = [int(one) for one in numbers if one.isdecimal()]
        wrong = next((two for one, two in itertools.pairwise(digits) if two not in (one + 1, 1, one)), None)
        if wrong is not None and table.columns[at].title.strip() != "编号":
            yield Notice("ordinal_row", f"表格的序号到“{wrong}”不连续，请核对。", place.key, place.record, at=place.at)


_WRONG_FORM = (
    (re.compile(rf"\s*({_HAN}{{1,3}})([.．,，])(?=[一-鿿])"), "{}、"),
    (re.compile(rf"\s*([（(]{_HAN}{{1,3}}[）)])([、.．])"), "{}"),
    (re.compile(r"\s*(\d{1,2})(、)(?=[一-鿿])"), "{}."),
    (re.compile(r"\s*([（(]\d{1,2}[）)])([、.．])"), "{}"),
    (re.compile(r"\s*(\d{1,2})([）)])(?=[一-鿿])"), "（{}）"),
)


def forms(subject: Subject) -> Iterator[Notice]:
    """一. for 一、, （一）、 for （一）, 1、 for 1."""
    for place in subject.places:
        block = subject.paper.blocks[place.at] if place.at >= 0 else None
        if not isinstance(block, Paragraph) or (block.level and block.numbered) or block.origin is not None:
            continue
        for pattern, right in _WRONG_FORM:
            if found := pattern.match(place.text):
                said, meant = found[0].strip(), right.format(found[1])
                sentence = f"序号“{said}”应写作“{meant}”。"
                yield Notice("ordinal_form", sentence, place.key, place.record, at=place.at, mend=Mend(said, meant))
                break


def empty_headings(subject: Subject) -> Iterator[Notice]:
    """二、有关要求 with nothing below it."""
    blocks = subject.paper.blocks
    for place in subject.places:
        block = blocks[place.at] if place.at >= 0 else None
        if not isinstance(block, Paragraph) or _level(block) != 1 or not _is_bare(place.text):
            continue
        after = blocks[place.at + 1] if place.at + 1 < len(blocks) else None
        if after is None or (isinstance(after, Paragraph) and _level(after) == 1):
            sentence = f"“{place.text.strip()[:20]}”下面没有内容，请补写或删去。"
            yield Notice("heading_empty", sentence, place.key, place.record, at=place.at)


def _is_bare(text: str) -> bool:
    """A heading of its own: short, no sentence, no 时间：3月5日."""
    return len(text.strip()) <= _HEADING and not re.search("[。：:，；]", text)


def _level(block: Paragraph) -> int:
    typed = None if block.level and block.numbered else ordinal_of(block.heading + block.text)
    return typed[0] if typed else block.level


_HEADING: Final = 24


def rows_twice(subject: Subject) -> Iterator[Notice]:
    """A row of a table that stands there twice, its 序号 left aside."""
    for place, table in subject.tables():
        spare = {n for n, column in enumerate(table.columns) if column.title.strip() in ("序号", "编号", "号")}
        seen: dict[tuple[str, ...], int] = {}
        for number, row in enumerate(table.rows, 1):
            cells = tuple(cell.strip() for n, cell in enumerate(row) if n not in spare)
            told = [cell for cell in cells if cell]
            if len(told) >= _CELLS and len("".join(told)) >= _WORDS and cells in seen:
                sentence = f"表格第{number}行与第{seen[cells]}行相同，请删去一行。"
                yield Notice("row_twice", sentence, place.key, place.record, at=place.at)
            seen.setdefault(cells, number)


_CELLS: Final = 2
_WORDS: Final = 8
