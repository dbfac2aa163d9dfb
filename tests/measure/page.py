"""A rendered page: its lines of text, its ink and its rules, in millimetres.

Where characters stand comes from the PDF; where ink and rules begin and end comes from a picture of 300 dpi, for a
rule may be a line, a thin box, a border or a picture.
"""

import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
import pymupdf

from tests.measure.standard import HAN, LEFT, MM, RIGHT, face

DPI = 300
PIXEL = 25.4 / DPI
DARK = 140
"""A colour of no more than this is ink."""


class Box(NamedTuple):
    """The outline of ink."""

    left: float
    top: float
    right: float
    bottom: float


class Rule(NamedTuple):
    """A horizontal rule."""

    top: float
    bottom: float
    left: float
    right: float

    @property
    def width(self) -> float:
        """From end to end."""
        return self.right - self.left

    @property
    def thickness(self) -> float:
        """From edge to edge, to a tenth of a pixel."""
        return self.bottom - self.top


@dataclass(frozen=True)
class Character:
    """A printed character: its baseline, its left and right end, its font and colour."""

    text: str
    left: float
    right: float
    baseline: float
    font: str
    size: float
    color: int

    @property
    def is_han(self) -> bool:
        """Whether it is Chinese."""
        return ord(self.text) > HAN


@dataclass(eq=False)
class Line:
    """The characters on one baseline of one page (numbered from 1)."""

    page: int
    characters: list[Character]
    top: float = 0.0
    bottom: float = 0.0

    def __post_init__(self) -> None:
        self.y = statistics.median(c.baseline for c in self.characters)
        self.text = "".join(c.text for c in self.characters)
        self.left, self.right = self.characters[0].left, self.characters[-1].right
        self.size = Counter(round(c.size, 1) for c in self.characters).most_common(1)[0][0]
        self.color = Counter(c.color for c in self.characters).most_common(1)[0][0]

    @property
    def place(self) -> tuple[int, float]:
        """Page and baseline, to tell what comes before what."""
        return self.page, self.y

    @property
    def face(self) -> str:
        """The face of its Chinese characters."""
        return self.face_of(len(self.characters))

    def face_of(self, count: int) -> str:
        """The face of the Chinese ones among its first characters."""
        faces = Counter(face(c.font) for c in self.characters[:count] if c.is_han)
        return faces.most_common(1)[0][0] if faces else face(self.characters[0].font)

    @property
    def is_red(self) -> bool:
        """Whether it is printed in red."""
        red, green, blue = self.channels
        return red > 150 and green < 90 and blue < 90

    @property
    def channels(self) -> tuple[int, int, int]:
        """Red, green and blue, up to 255."""
        return self.color >> 16 & 255, self.color >> 8 & 255, self.color & 255

    @property
    def indent(self) -> float:
        """How far it begins from the left edge of the type area."""
        return self.left - LEFT

    @property
    def rest(self) -> float:
        """How far it ends from the right edge of the type area."""
        return RIGHT - self.right

    @property
    def middle(self) -> float:
        """Half way between its ends."""
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        """From end to end."""
        return self.right - self.left

    @property
    def cells(self) -> float:
        """Its length in characters, Western ones counted half."""
        return sum(1.0 if ord(c) >= HAN or c in "—“”‘’…·" else 0.5 for c in self.text)


class Page:
    """One page of a PDF."""

    def __init__(self, page: pymupdf.Page, number: int) -> None:
        """Read the text and take the picture."""
        self.number = number
        self.width, self.height = page.rect.width * MM, page.rect.height * MM
        picture = page.get_pixmap(dpi=DPI, alpha=False)
        pixels = np.frombuffer(picture.samples, np.uint8)
        self._colors = pixels.reshape(picture.h, picture.w, 3).astype(np.int16)
        self._dark = self._colors.min(axis=2) < DARK
        self._black = self._colors.max(axis=2) < DARK
        red, green, blue = (self._colors[:, :, channel] for channel in range(3))
        self._red = (red > 150) & (green < 110) & (blue < 110)
        self.lines = [self._line(row) for row in _rows(page)]

    @property
    def is_upright(self) -> bool:
        """Whether it is higher than wide."""
        return self.width < self.height

    def ink(self, left: float, right: float, top: float, bottom: float, red: bool | None = None) -> Box | None:
        """Return the outline of the ink (of one colour, or of any) inside a region, or None."""
        mask = self._dark if red is None else self._red if red else self._black
        first_row, last_row = max(0, int(top / PIXEL)), int(bottom / PIXEL) + 1
        first_column, last_column = max(0, int(left / PIXEL)), int(right / PIXEL) + 1
        region = mask[first_row:last_row, first_column:last_column]
        rows, columns = np.where(region.any(axis=1))[0], np.where(region.any(axis=0))[0]
        if not len(rows):
            return None
        return Box(
            (first_column + columns[0]) * PIXEL,
            (first_row + rows[0]) * PIXEL,
            (first_column + columns[-1] + 1) * PIXEL,
            (first_row + rows[-1] + 1) * PIXEL,
        )

    def rules(self, *, red: bool, shortest: float = 140) -> list[Rule]:
        """Return the horizontal rules of a colour from top to bottom."""
        mask = self._red if red else self._black
        bands: list[list[int]] = []
        for row in np.where(mask.sum(axis=1) * PIXEL >= shortest * 0.97)[0]:
            run = _longest_run(mask[row])
            if len(run) * PIXEL < shortest:
                continue
            if bands and row - bands[-1][1] <= 1:
                top, _, left, right = bands[-1]
                bands[-1] = [top, row, min(left, run[0]), max(right, run[-1])]
            else:
                bands.append([row, row, run[0], run[-1]])
        return [self._rule(band, red) for band in bands if (band[1] - band[0]) * PIXEL <= 3]

    def _rule(self, band: list[int], red: bool) -> Rule:
        """The rule of a band of pixel rows; its edges by how dark the pixels across it are, at five places."""
        top, bottom, left, right = band
        first = max(0, top - 3)
        thicknesses, centres = [], []
        for share in (0.1, 0.3, 0.5, 0.7, 0.9):
            column = self._colors[first : bottom + 4, int(left + (right - left) * share), 1 if red else 0].astype(float)
            darkest = column.min() if column.min() < DARK else 0
            darkness = (255 - column) / (255 - darkest)
            thicknesses.append(darkness.sum() * PIXEL)
            weighted = (darkness * (np.arange(len(darkness)) + 0.5)).sum() / max(darkness.sum(), 1e-6)
            centres.append((first + weighted) * PIXEL)
        half, centre = statistics.median(thicknesses) / 2, statistics.median(centres)
        return Rule(centre - half, centre + half, left * PIXEL, (right + 1) * PIXEL)

    def _line(self, characters: list[Character]) -> Line:
        line = Line(self.number, characters)
        em = line.size * MM
        box = self.ink(line.left - 0.3, line.right + 0.3, line.y - em, line.y + em * 0.28)
        line.top, line.bottom = (box.top, box.bottom) if box else (line.y - em * 0.8, line.y + em * 0.1)
        return line


def _longest_run(row: Any) -> Any:
    """The columns of the longest run of ink in a row of pixels, gaps of two forgiven."""
    columns = np.where(row)[0]
    return max(np.split(columns, np.where(np.diff(columns) > 3)[0] + 1), key=len)


def _rows(page: pymupdf.Page) -> Iterator[list[Character]]:
    """The page's characters, a list a baseline, from top to bottom and left to right."""
    rows: list[list[Character]] = []
    for character in sorted(_characters(page), key=lambda c: (c.baseline, c.left)):
        if rows and abs(rows[-1][-1].baseline - character.baseline) < 0.6:
            rows[-1].append(character)
        else:
            rows.append([character])
    return (sorted(row, key=attrgetter("left")) for row in rows)


def _characters(page: pymupdf.Page) -> Iterator[Character]:
    """Every upright character that leaves ink."""
    for block in page.get_text("rawdict")["blocks"]:
        for line in block.get("lines", ()):
            if abs(line["dir"][1]) > 0.1:
                continue
            for span in line["spans"]:
                for char in span["chars"]:
                    if char["c"].strip() and char["c"] != "\u00ad":
                        x, y = char["origin"]
                        yield Character(
                            char["c"], x * MM, char["bbox"][2] * MM, y * MM, span["font"], span["size"], span["color"]
                        )
