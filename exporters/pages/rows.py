"""What a page is filled with: rows of an exact height that carry lines, rules and pictures."""

from dataclasses import dataclass, field
from typing import NamedTuple

from exporters.docx.text import SPECK
from exporters.pages.geometry import PITCH, POINT, baseline
from exporters.pages.setting import Line


class Text(NamedTuple):
    """A set line; ``y`` is its baseline from the row's top, in points."""

    line: Line
    y: float


class Rule(NamedTuple):
    """A ruled stroke filling a rectangle, from the row's top left, in points."""

    x: float
    y: float
    width: float
    height: float
    red: bool = False


class Picture(NamedTuple):
    """A photograph fitted into a rectangle, from the row's top left, in points."""

    sha256: str
    x: float
    y: float
    width: float
    height: float


Mark = Text | Rule | Picture


@dataclass(frozen=True, slots=True)
class Row:
    """A strip across the type area.

    ``part`` names what of the paper it shows ("title", "blocks.3", "annexes.0.blocks.2"); ``keep`` keeps
    it on the next row's page. ``head`` is repeated on each page the row's table goes on to. ``space`` is room
    after a paragraph, which the end of a page swallows.
    """

    height: float
    marks: tuple[Mark, ...] = ()
    part: str = ""
    keep: bool = False
    head: tuple["Row", ...] = field(default=(), repr=False)
    space: bool = False


def text_rows(
    lines: tuple[Line, ...], part: str, *, keep: bool = False, pitch: float = PITCH, on_grid: bool = True
) -> list[Row]:
    """One row a line; ``on_grid`` says whether lines of the page's own pitch snap to its grid."""
    y = baseline(pitch, on_grid=on_grid and pitch == PITCH)
    return [Row(pitch, (Text(line, y),), part, keep) for line in lines]


def blank(count: int = 1, part: str = "", keep: bool = False) -> list[Row]:
    """Empty lines."""
    return [Row(PITCH, part=part, keep=keep)] * count


def speck(part: str) -> Row:
    """The paragraph too small to be seen that follows a table in the .docx."""
    return Row(SPECK / POINT, part=part)


def begins(row: Row) -> bool:
    """Whether the row is a table's or begins a paragraph rather than going on with one."""
    return bool(row.head) or not any(isinstance(mark, Text) and mark.line.start for mark in row.marks)
