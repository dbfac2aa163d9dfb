"""The office's own pasted text as paragraphs: its numbering is kept, its words are never rearranged.

A clerk pastes whole passages: an introduction, points with ordinals, 一是二是 inside a point, a last line about the
next steps. Only what stands at the beginning of a line is an ordinal; a line without one is running text.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from exporters.composing.frame import HEADING, paragraph
from exporters.composing.wording import bare, tidy
from models.paper.elements import Paragraph
from models.paper.numbering import numeral_value
from models.records import Record

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_ORDINALS: Final = (
    (1, re.compile(rf"({_NUMERAL})[、.．]\s*")),
    (2, re.compile(rf"[（(]({_NUMERAL})[）)][、.．]?\s*")),
    (3, re.compile(r"(\d{1,2})[.．、](?!\d)\s*")),
    (4, re.compile(r"[（(](\d{1,2})[）)][、.．]?\s*")),
)
"""The ordinals of the four levels (7.3.3) as clerks type them; 一是, 第一 and ① stay words of the text."""
_DEEPEST = 4
_ENDED = tuple("。！？；：…”）》")
_LOOSE_END = " ，、,"
_ANY = rf"{_NUMERAL}(是|要)|[（(]{_NUMERAL}[）)]|{_NUMERAL}、|\d{{1,2}}[.．、](?!\d)"
_NUMBERED = re.compile(rf"(^|[。；：\n]\s*)({_ANY})")
_NEXT = re.compile(r"^(下一步|下步|今后|接下来|下一阶段)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a pasted text: ``level`` 0 has no ordinal, ``number`` is the one that was typed."""

    text: str
    level: int = 0
    number: int = 0
    typed: str = ""

    @property
    def whole(self) -> str:
        """The line with its ordinal as it was typed."""
        return ended(self.typed + self.text)


def lines_of(text: str) -> list[Line]:
    """The lines of a pasted text that say something, each with the ordinal it begins with."""
    return [_line(line.strip()) for line in text.splitlines() if bare(line)]


def _line(text: str) -> Line:
    for level, pattern in _ORDINALS:
        if (found := pattern.match(text)) and text[found.end() :].strip():
            number = int(found[1]) if found[1].isdecimal() else numeral_value(found[1])
            return Line(text[found.end() :], level, number, text[: found.end()])
    return Line(text)


def ended(line: str) -> str:
    """A line in marks of Chinese print that ends in a mark: what it ends in stays, nothing becomes 。."""
    text = tidy(line)
    return text if text.endswith(_ENDED) else f"{text.rstrip(_LOOSE_END)}。"


def numbered(text: str) -> bool:
    """Whether a text has a numbering of its own, or several lines, so that it is no single point."""
    return bool(_NUMBERED.search(text)) or len(lines_of(text)) > 1


def about_next(text: str) -> bool:
    """Whether a text itself begins with 下一步: it is an announcement and no point among others."""
    return bool(_NEXT.match(text.strip()))


def own_paragraphs(key: str, text: str, records: Iterable[Record | None] = (), *, level: int = 2) -> list[Paragraph]:
    """A pasted text as paragraphs, each line one, in its own order.

    Where its ordinals are those the paper counts itself they move with the text, else they stay words of the line.

    Args:
        key: the beginning of the paragraphs' origin keys.
        text: what the clerk pasted.
        records: whose text it is.
        level: of its highest ordinal, below the heading it stands under.
    """
    found = lines_of(text)
    ranks = sorted({line.level for line in found if line.level})
    levels = {rank: level + place for place, rank in enumerate(ranks)}
    counted = _in_sequence(found, levels)
    return [
        _point(f"{key}:{number}", ended(line.text), records, levels[line.level])
        if counted and line.level
        else paragraph(f"{key}:{number}", line.whole, records)
        for number, line in enumerate(found, 1)
    ]


def _in_sequence(lines: Sequence[Line], levels: dict[int, int]) -> bool:
    """Whether the lines' ordinals are those that counting them gives."""
    counts: dict[int, int] = {}
    for line in lines:
        if not line.level:
            continue
        level = levels[line.level]
        counts = {above: number for above, number in counts.items() if above <= level}
        counts[level] = counts.get(level, 0) + 1
        if level > _DEEPEST or counts[level] != line.number:
            return False
    return True


def _point(key: str, text: str, records: Iterable[Record | None], level: int) -> Paragraph:
    """A numbered line; a short first sentence is its heading (7.3.3, 楷体)."""
    first, mark, rest = text.partition("。")
    if level <= 2 and mark and len(first) <= HEADING:
        return paragraph(key, rest, records, heading=first + mark, level=level)
    return paragraph(key, text, records, level=level)
