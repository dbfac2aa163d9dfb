"""Ruled tables as rows: each stays whole, the head repeats on every page (clause 8)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from exporters.docx.text import clean
from exporters.docx.text import lines as text_lines
from exporters.pages.fonts import Style
from exporters.pages.geometry import SMALL, Frame, baseline
from exporters.pages.rows import Mark, Row, Rule, Text, speck, text_rows
from exporters.pages.setting import Line, Piece, Setter, Shape
from exporters.pages.styles import HEI, SMALL_TEXT
from models.paper.elements import Align, Table

_WIDE = 5
_MARGIN = 4.25
_RULE = 0.5
_KEPT = 4096


class _Cut(NamedTuple):
    """How one table's rows are set: the columns' edges and the distance of lines in points."""

    edges: tuple[float, ...]
    aligns: tuple[Align, ...]
    style: Style
    pitch: float
    most: int
    """As many lines as a row may have on one page."""
    centred: bool = False
    """Whether a cell of fewer lines than its row stands in its middle instead of beginning level with the others."""


def table(given: Table, part: str, setter: Setter, frame: Frame) -> Iterator[Row]:
    """Caption, head and rows; 4号, or 小4号 from five columns on."""
    yield from _caption(given, part, setter, frame.text_width)
    if not given.columns:
        return
    cut = _cut(given, frame)
    center: tuple[Align, ...] = tuple("center" for _ in given.columns)
    titles = cut._replace(aligns=center, style=cut.style._replace(role="hei"), centred=True)
    cells = tuple(column.title for column in given.columns)
    # The table's upper rule takes its own height, the others belong to the row above them.
    above = Row(_RULE, part=part, keep=True)
    head = (above, *(replace(row, part=part, keep=True) for row in _rows(cells, setter, titles)))
    height = sum(row.height for row in head)
    # A head that fills half the page is not worth repeating.
    repeated = head if height < frame.rows_height / 2 else (above,)
    room = frame.rows_height - sum(row.height for row in repeated) - _RULE
    cut = cut._replace(most=int(room / cut.pitch))
    yield from head
    for texts in given.rows:
        yield from (replace(row, part=part, head=repeated) for row in _rows(texts, setter, cut))
    yield speck(part)


def _cut(given: Table, frame: Frame) -> _Cut:
    size, pitch = (12.0, 20.0) if len(given.columns) >= _WIDE else (SMALL, 23.0)
    edges = _edges([column.width for column in given.columns], frame.text_width)
    aligns = tuple(column.align for column in given.columns)
    return _Cut(edges, aligns, SMALL_TEXT._replace(size=size), pitch, int((frame.rows_height - 2 * _RULE) / pitch))


def _caption(given: Table, part: str, setter: Setter, width: float) -> list[Row]:
    if not given.caption:
        return []
    shape = Shape(width, align="center")
    return text_rows(setter.lines([Piece(clean(given.caption), HEI)], shape), part, keep=True)


def _edges(widths: Sequence[float], width: float) -> tuple[float, ...]:
    shares = [max(share, 0.01) for share in widths]
    return tuple(width * sum(shares[:n]) / sum(shares) for n in range(len(shares) + 1))


@lru_cache(maxsize=_KEPT)
def _rows(texts: tuple[str, ...], setter: Setter, cut: _Cut) -> tuple[Row, ...]:
    """One row of the table, in pieces where it is higher than a page; a row that comes again is not set again."""
    return tuple(_set(texts, setter, cut))


def _set(texts: tuple[str, ...], setter: Setter, cut: _Cut) -> Iterator[Row]:
    cells = []
    for place, (left, right) in enumerate(pairwise(cut.edges)):
        text = "\n".join(text_lines(texts[place])) if place < len(texts) else ""
        shape = Shape(right - _MARGIN, left=left + _MARGIN, align=cut.aligns[place])
        cells.append(setter.lines([Piece(text, cut.style)], shape))
    deepest = max(map(len, cells), default=1)
    for first in range(0, deepest, cut.most):
        depth = min(cut.most, deepest - first)
        marks = _cells([cell[first : first + depth] for cell in cells], depth, cut)
        height = depth * cut.pitch + _RULE
        yield Row(height, (*marks, *_rules(cut.edges, height)))


def _cells(cells: list[tuple[Line, ...]], depth: int, cut: _Cut) -> Iterator[Mark]:
    """Each cell's lines between the rules."""
    for lines in cells:
        top = (depth - len(lines)) * cut.pitch / 2 if cut.centred else 0.0
        for number, line in enumerate(lines):
            yield Text(line, top + number * cut.pitch + baseline(cut.pitch))


def _rules(edges: tuple[float, ...], height: float) -> Iterator[Rule]:
    """The row's box; neighbours share the rule between them."""
    width = edges[-1] - edges[0]
    yield Rule(edges[0], -_RULE, width, _RULE)
    yield Rule(edges[0], height - _RULE, width, _RULE)
    for edge in edges:
        yield Rule(edge - _RULE / 2, -_RULE, _RULE, height + _RULE)
