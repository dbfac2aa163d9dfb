"""A whole text as a clerk types or pastes it, taken apart into the parts of a paper.

Nothing typed is lost: a line that is none of these is a paragraph as it stands.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from models.domain.documents.document_types import type_of
from models.paper.editing import blocks_of, with_blocks
from models.paper.elements import Annex, Block, Column, Paper, Paragraph, Table
from models.paper.numbering import ordinal, ordinals

_ORDINALS: Final = (
    re.compile(r"([一二三四五六七八九十百]{1,4})、"),
    re.compile(r"[（(]([一二三四五六七八九十百]{1,4})[）)]、?"),
    re.compile(r"(\d{1,2})[.．、](?!\d)"),
    re.compile(r"[（(](\d{1,2})[）)]"),
)
"""How the four levels are numbered (GB/T 9704-2012, 7.3.3), each in the widths it is typed in."""
_ANNEX = re.compile(r"附件\s*\d{0,2}")
_TITLE, _HEADING, _ADDRESSEES = 60, 30, 200
"""The longest title, heading of a level of its own and line of addressees, in characters."""


@dataclass(frozen=True, slots=True)
class TypedText:
    """What a text holds; title and addressees are empty where it begins with neither."""

    blocks: tuple[Block, ...]
    annexes: tuple[Annex, ...] = ()
    title: str = ""
    addressees: tuple[str, ...] = ()


def taken_apart(text: str, title: str = "", addressees: Sequence[str] = ()) -> TypedText:
    """A text as the parts of a paper.

    Where title or addressees are given already, lines that say others are paragraphs: nothing typed is lost.
    """
    lines = [stripped for line in re.split(r"[\n\r\v]+", text) if (stripped := line.strip(" \u3000\xa0"))]
    said_title = lines.pop(0) if lines and _is_title(lines[0]) and title in ("", lines[0]) else ""
    said: tuple[str, ...] = ()
    if lines and _is_addressees(lines[0]):
        found = several(lines[0].rstrip("：:"))
        if not addressees or "".join(found) == "".join(addressees):
            said = found
            del lines[0]
    body, annexes = _annexes(lines)
    return TypedText(_blocks(body), annexes, said_title, said)


def several(text: str) -> tuple[str, ...]:
    """Addressees of one line: between two of them stands ； where there is one, else 、."""
    parts = re.split("[；;]", text) if re.search("[；;]", text) else text.split("、")
    return tuple(stripped for part in parts if (stripped := part.strip()))


def _is_title(line: str) -> bool:
    return len(line) <= _TITLE and type_of(line) is not None and not re.search("[。：:；\t]", line)


def _is_addressees(line: str) -> bool:
    """各乡镇人民政府：; a sentence that announces what follows is none."""
    ends = line.endswith(("：", ":")) and len(line) <= _ADDRESSEES
    return ends and not re.search(r"[。\t]|如下|以下|下列|现将|现就", line)


def _annexes(lines: list[str]) -> tuple[list[str], tuple[Annex, ...]]:
    """The lines before the first 附件 alone in its line, and each attachment with the title that follows it."""
    starts = [at for at, line in enumerate(lines) if _ANNEX.fullmatch(line)]
    if not starts:
        return lines, ()
    found = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        own = lines[start + 1 : end]
        found.append(Annex(own[0] if own else "", _blocks(own[1:])))
    return lines[: starts[0]], tuple(found)


def with_lines(paper: Paper, at: int, lines: Sequence[str], annex: int | None = None) -> tuple[Paper, int]:
    """A paragraph into which a line break was typed, or several lines pasted, as several; and the place of the last.

    The first line stays in it, with its level; into an empty one all lines are put by their own levels.
    """
    blocks = list(blocks_of(paper, annex))
    here = blocks[at]
    assert isinstance(here, Paragraph)
    empty = not (here.heading or here.text)
    kept = [] if empty else [msgspec.structs.replace(here, text=lines[0])]
    rest = [stripped for line in (lines if empty else lines[1:]) if (stripped := line.strip(" \u3000\xa0"))]
    made = _blocks(rest, [*blocks[:at], *kept]) or (Paragraph(),)
    return with_blocks(paper, [*blocks[:at], *kept, *made, *blocks[at + 1 :]], annex), at + len(kept) + len(made) - 1


def _blocks(lines: Iterable[str], before: Sequence[Block] = ()) -> tuple[Block, ...]:
    """The blocks that some lines are, after the blocks ``before`` them."""
    found: list[Block] = []
    rows: list[list[str]] = []
    for line in lines:
        if "\t" in line:
            rows.append([cell.strip() for cell in line.split("\t")])
            continue
        if rows:
            found.append(_table(rows))
            rows = []
        found.append(_paragraph(line, [*before, *found]))
    return (*found, _table(rows)) if rows else tuple(found)


def _table(rows: list[list[str]]) -> Table:
    """Lines with tabs: the first has the titles of the columns."""
    wide = max(map(len, rows))
    head, *rest = [[*row, *[""] * (wide - len(row))] for row in rows]
    widths = [max(4, min(20, *(max(len(row[n]) for row in (head, *rest)),))) for n in range(wide)]
    columns = tuple(Column(title, float(width)) for title, width in zip(head, widths, strict=True))
    return Table(columns, tuple(map(tuple, rest)))


def _paragraph(line: str, before: list[Block]) -> Paragraph:
    """A line with an ordinal is of that level; the ordinal is counted where it is the next one, else kept as typed."""
    for level, pattern in enumerate(_ORDINALS, 1):
        if found := pattern.match(line):
            rest = line[found.end() :].strip()
            counted = _next(before, level)
            same = ordinal(level, _number(found[1])) == counted
            return _levelled(rest if same else line, level, numbered=same)
    return Paragraph(line)


def _number(text: str) -> int:
    """一百以内的序数 as a number: 12, 十二, 二十."""
    if text.isdecimal():
        return int(text) or 1
    digits = {word: n for n, word in enumerate("零一二三四五六七八九")}
    head, ten, tail = text.rpartition("十")
    if not ten:
        return digits.get(text, 1)
    return (digits.get(head, 1) if head else 1) * 10 + digits.get(tail, 0)


def _next(before: list[Block], level: int) -> str:
    """The ordinal that a paragraph of a level would get after these blocks."""
    return [*ordinals([*before, Paragraph(level=level)])][-1]


def _levelled(text: str, level: int, *, numbered: bool) -> Paragraph:
    """The first two levels have fonts of their own for a heading: a short line, or its first sentence."""
    if level > 2:
        return Paragraph(text, level=level, numbered=numbered)
    head, stop, rest = text.partition("。")
    if not rest and len(text) <= _TITLE:
        return Paragraph(heading=text, level=level, numbered=numbered)
    if len(head) <= _HEADING:
        return Paragraph(rest, head + stop, level, numbered)
    return Paragraph(text, level=level, numbered=numbered)
