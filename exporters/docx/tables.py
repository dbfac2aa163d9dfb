"""Ruled tables whose head row repeats on every page (clause 8)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from exporters import standard
from exporters.docx.breaking import line_count
from exporters.docx.marks import around, marked
from exporters.docx.text import BREAK, lines, paragraph, rule, run, speck
from models.paper import marks
from models.paper.elements import Align, Fonts, Table

_WIDE = 5
_CENTER: Align = "center"
_CELL_MARGIN = 85
_RULE = 10
_BORDERS = "".join(
    rule(edge, 4) for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Hand:
    """How the cells of a row are written: size in half-points, line height and widths in twips."""

    font: str
    half: int
    pitch: int
    widths: tuple[int, ...]
    aligns: tuple[Align, ...]
    stands: Literal["top", "center"] = "top"
    """Where a cell of fewer lines than its row stands; cells of one row begin level, to be read across."""


def heights(given: Table, width: int) -> Iterator[int]:
    """The height of the head and of every row in twips, near enough to count pages."""
    half, pitch = _size(given)
    room = [wide - 2 * _CELL_MARGIN for wide in _widths(given, width)]
    for texts in (tuple(column.title for column in given.columns), *given.rows):
        cells = ("\n".join(lines(text)) for text in texts)
        most = max((line_count(text, fit, half=half) for text, fit in zip(cells, room, strict=False)), default=1)
        yield most * pitch + _RULE


def _size(given: Table) -> tuple[int, int]:
    """Letters in half-points and line height in twips: 4号, or 小4号 from five columns on."""
    return (24, 400) if len(given.columns) >= _WIDE else (standard.SMALL, 460)


def table(given: Table, fonts: Fonts, mark: str, width: int = standard.TEXT_WIDTH) -> Iterator[str]:
    """Caption and table, ``width`` twips wide; ``mark`` names it in the document."""
    if given.caption:
        yield paragraph(marked(run(given.caption, fonts.hei), marks.caption(mark)), justify="center", keep=True)
    if not given.columns:
        return
    half, pitch = _size(given)
    widths = _widths(given, width)
    aligns = tuple(column.align for column in given.columns)
    body = _Hand(fonts.body, half, pitch, widths, aligns)
    head = replace(body, font=fonts.hei, aligns=tuple(_CENTER for _ in widths), stands="center")
    titles = tuple(column.title for column in given.columns)
    named = zip(given.rows, marks.rows(mark, given), strict=True)
    rows = [_row(titles, head, marks.head(mark), "<w:tblHeader/>"), *(_row(row, body, name) for row, name in named)]
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:left w:w="{_CELL_MARGIN}" w:type="dxa"/><w:right w:w="{_CELL_MARGIN}" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    # Two tables that touch would become one.
    yield speck()


def _widths(given: Table, width: int) -> tuple[int, ...]:
    shares = [max(column.width, 0.01) for column in given.columns]
    edges = [round(width * sum(shares[:n]) / sum(shares)) for n in range(len(shares) + 1)]
    return tuple(right - left for left, right in pairwise(edges))


def _row(texts: tuple[str, ...], hand: _Hand, mark: str, repeat: str = "") -> str:
    """One row with its name over its first cell; a missing cell stays empty."""
    filled = (*texts, *[""] * (len(hand.widths) - len(texts)))
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="{hand.stands}"/></w:tcPr>'
        f"{_cell(text, align, hand, '' if number else mark)}</w:tc>"
        for number, (text, width, align) in enumerate(zip(filled, hand.widths, hand.aligns, strict=False))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{cells}</w:tr>"


def _cell(text: str, align: Align, hand: _Hand, mark: str) -> str:
    content = BREAK.join(run(line, hand.font, hand.half, tighten=0) for line in lines(text))
    written = paragraph(content, justify=align, line=hand.pitch)
    return around([written], mark)[0] if mark else written
