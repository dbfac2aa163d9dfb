"""What laying out gives: pages of placed rows, and how to find one's way about them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from exporters.pages.fonts import FontBook, Role
from exporters.pages.geometry import Frame
from exporters.pages.outline import headings
from exporters.pages.paginate import Placed
from exporters.pages.pictures import PhotoPath
from exporters.pages.rows import Mark, Row, Text
from exporters.pages.setting import Line
from models.paper.elements import Paper


class Region(NamedTuple):
    """Where one part of the paper stands on a page, in points from the page's top left."""

    part: str
    x: float
    y: float
    width: float
    height: float


class PlacedLine(NamedTuple):
    """A line of text as painted: ``x`` and ``baseline`` in points from the page's top left.

    ``start`` is the place of the line's first character in its paragraph, ordinal included.
    """

    text: str
    part: str
    start: int
    x: float
    baseline: float
    width: float
    size: float


@dataclass(frozen=True)
class Page:
    """One page as it is read: a landscape page stands upright here and is turned for the printer.

    ``number`` is the page number's line in the sheet's own measure (see ``painting``), None where none
    is printed.
    """

    index: int
    frame: Frame
    rows: tuple[Placed, ...]
    number: Line | None

    @property
    def lines(self) -> list[PlacedLine]:
        """Every line of text from top to bottom."""
        return [
            _placed_line(self.frame, y, row, mark)
            for y, row in self.rows
            for mark in row.marks
            if isinstance(mark, Text)
        ]

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """The strip each part takes on this page, from top to bottom."""
        found: dict[str, Region] = {}
        for y, row in self.rows:
            if row.part:
                top = found[row.part].y if row.part in found else y
                width = self.frame.text_width
                found[row.part] = Region(row.part, self.frame.left, top, width, y + row.height - top)
        return tuple(found.values())

    def part_at(self, y: float) -> str:
        """The part of the paper ``y`` points below the page's top; empty where there is none."""
        return next((r.part for r in self.regions if r.y <= y < r.y + r.height), "")


class Heading(NamedTuple):
    """An entry of the outline: ``level`` 0 is the title or an attachment, ``y`` in points."""

    text: str
    level: int
    page: int
    y: float


@dataclass(frozen=True)
class Layout:
    """A paper laid out.

    ``missing_fonts`` maps each font asked for but absent to the one that stands in,
    ``missing_characters`` each character its font lacks to the font that draws it. ``stamp`` stands in a red
    frame at the top right of every page, as 草稿 before issue.
    """

    paper: Paper
    pages: tuple[Page, ...]
    fonts: FontBook
    photo_path: PhotoPath | None
    stamp: Line | None = None

    @cached_property
    def outline(self) -> tuple[Heading, ...]:
        """The title, the headings that stand alone, the attachments, where they begin."""
        named, found = headings(self.paper), []
        for page in self.pages:
            for region in page.regions:
                if region.part in named:
                    found.append(Heading(*named.pop(region.part), page.index, region.y))
        return tuple(found)

    @property
    def missing_fonts(self) -> dict[str, str]:
        """Fonts asked for that are not on this computer, and what stands in."""
        return self.fonts.missing_fonts

    @cached_property
    def missing_characters(self) -> dict[str, str]:
        """Characters that the font of their text lacks, and the font that draws them."""
        return self.fonts.missing_characters(self.characters)

    @cached_property
    def characters(self) -> dict[Role, set[str]]:
        """The characters on the pages by the font they are set in."""
        texts: dict[Role, list[str]] = defaultdict(list)
        for mark in _marks(self.pages):
            if isinstance(mark, Text):
                for run in mark.line.runs:
                    texts[run.style.role].append(run.text)
        for run in self.stamp.runs if self.stamp else ():
            texts[run.style.role].append(run.text)
        return {role: set("".join(said)) for role, said in texts.items()}

    @property
    def misnamed(self) -> dict[str, str]:
        """What a PDF of Qt's would call some glyphs, to what they stand for here."""
        return self.fonts.misnamed(self.characters)

    def find(self, part: str) -> list[tuple[int, Region]]:
        """Where a part stands: the pages' indexes and the strips there."""
        return [(page.index, region) for page in self.pages for region in page.regions if region.part == part]


def _marks(pages: tuple[Page, ...]) -> Iterator[Mark]:
    return (mark for page in pages for _, row in page.rows for mark in row.marks)


def _placed_line(frame: Frame, y: float, row: Row, mark: Text) -> PlacedLine:
    line = mark.line
    size = max((run.style.size for run in line.runs), default=0.0)
    return PlacedLine(line.text, row.part, line.start, frame.left + line.x, y + mark.y, line.width, size)
