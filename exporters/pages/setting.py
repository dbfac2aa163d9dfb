"""Setting text: pieces of styled text become lines whose every character has its place."""

from collections.abc import Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from exporters.docx.breaking import GAP, Habit, Measured, break_lines, measure, positions
from exporters.pages.fonts import FontBook, Style

Alignment = Literal["both", "left", "center", "right"]


class Piece(NamedTuple):
    """A run of characters in one style."""

    text: str
    style: Style


class Run(NamedTuple):
    """Characters of one style on one line; ``xs`` is where each begins, in points."""

    text: str
    style: Style
    xs: tuple[float, ...]


class Line(NamedTuple):
    """One set line.

    ``start`` is the place of its first character in the paragraph's whole text; ``x`` and ``width``
    bound its ink in points. All x are from the left edge of the paragraph's frame.
    """

    runs: tuple[Run, ...]
    start: int
    x: float
    width: float

    @property
    def text(self) -> str:
        """The line's characters."""
        return "".join(run.text for run in self.runs)

    def moved(self, dx: float) -> "Line":
        """The same line further right."""
        runs = tuple(Run(r.text, r.style, tuple(x + dx for x in r.xs)) for r in self.runs)
        return Line(runs, self.start, self.x + dx, self.width)


def spread(line: Line, wide: float) -> Line:
    """The line with its characters spread evenly over ``wide`` points; a wider one stays as it is."""
    count = sum(len(run.xs) for run in line.runs)
    if count < 2 or line.width >= wide:
        return line
    share = (wide - line.width) / (count - 1)
    places = iter(range(count))
    runs = tuple(run._replace(xs=tuple(x + next(places) * share for x in run.xs)) for run in line.runs)
    return Line(runs, line.start, line.x, wide)


class Shape(NamedTuple):
    """A paragraph's frame, in points from the left edge of the text: its width and indents."""

    width: float
    first: float = 0.0
    left: float = 0.0
    right: float = 0.0
    align: Alignment = "both"


class Setter:
    """Sets paragraphs in one choice of fonts and remembers what it has set.

    A paragraph that comes again with the same pieces and frame is not broken into lines again, so
    that laying out after an edit costs little more than the edited paragraph.
    """

    def __init__(self, book: FontBook, habit: Habit) -> None:
        self.book, self._habit = book, habit
        self._done: dict[tuple[tuple[Piece, ...], Shape], tuple[Line, ...]] = {}

    def lines(self, pieces: Sequence[Piece], shape: Shape) -> tuple[Line, ...]:
        """The lines of a paragraph."""
        known = (_joined(pieces), shape)
        found = self._done.get(known)
        if found is None:
            if len(self._done) > _KEPT:
                self._done.clear()
            found = self._done[known] = self._set(known[0], shape)
        return found

    def width(self, pieces: Sequence[Piece]) -> float:
        """The width of pieces on one line."""
        return self.lines(pieces, Shape(_ENDLESS, align="left"))[0].width

    def _set(self, pieces: tuple[Piece, ...], shape: Shape) -> tuple[Line, ...]:
        measured = self._measure(pieces)
        rest = shape.width - shape.left - shape.right
        first = rest - shape.first
        lines = []
        for at, part in enumerate(break_lines(measured, first - _ROUNDING, rest - _ROUNDING, self._habit)):
            room = rest if at else first
            xs = positions(measured, part, room, shape.align == "both")
            stripped = measured.text[part.start : part.end].rstrip(" ")
            ink = _ink(measured, part.start, xs, len(stripped))
            origin = shape.left + (0 if at else shape.first) + _shift(shape.align, room - ink)
            placed = [x + origin for x in xs]
            lines.append(Line(_runs(pieces, part.start, placed), part.start, origin, ink))
        return tuple(lines)

    def _measure(self, pieces: tuple[Piece, ...]) -> Measured:
        advances: list[float] = []
        loose: list[float] = []
        gaps: list[float] = []
        for text, style in pieces:
            widths = self.book.advances(text, style)
            free = [width - style.spacing for width in widths]
            # The squeeze ends with the run as it does with the script.
            advances += [*widths[:-1], *free[-1:]]
            loose += free
            gaps += [GAP * style.size] * len(text)
        return measure("".join(piece.text for piece in pieces), advances, loose, gaps)


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces, neighbours of one style made one."""
    groups = groupby(pieces, key=lambda piece: piece.style)
    return tuple(Piece("".join(piece.text for piece in group), style) for style, group in groups)


_ROUNDING = 0.05
"""What LibreOffice's whole units may add to a line's width, in points."""
_KEPT = 20_000
_ENDLESS = 1e6


def _ink(measured: Measured, start: int, xs: list[float], count: int) -> float:
    """The width of a line's first ``count`` characters."""
    if not count:
        return 0.0
    last = start + count - 1
    return xs[count - 1] + measured.right[last] - measured.left[last]


def _shift(align: Alignment, slack: float) -> float:
    if align == "center":
        return slack / 2
    return slack if align == "right" else 0.0


def _runs(pieces: tuple[Piece, ...], start: int, xs: list[float]) -> tuple[Run, ...]:
    """Cut a line that begins at ``start`` of the joined pieces into runs of one style."""
    runs = []
    end, offset = start + len(xs), 0
    for text, style in pieces:
        low, high = max(start, offset), min(end, offset + len(text))
        if low < high:
            part = text[low - offset : high - offset]
            runs.append(Run(part, style, tuple(xs[low - start : high - start])))
        offset += len(text)
    return tuple(runs)
