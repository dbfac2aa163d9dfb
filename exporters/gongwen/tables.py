"""Ruled tables whose head row repeats on every page (clause 8)."""

from collections.abc import Iterator

from exporters.gongwen import page
from exporters.gongwen.text import BREAK, lines, paragraph, rule, run
from models.paper.elements import Align, Fonts, Table

_WIDE = 5
_CELL_MARGIN = 85
_BORDERS = "".join(
    rule(edge, 4) for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)  # fmt: skip


def table(given: Table, fonts: Fonts, width: int = page.TEXT_WIDTH) -> Iterator[str]:
    """Caption and table, ``width`` twips wide; 4号, or 小4号 from five columns on."""
    if given.caption:
        yield paragraph(run(given.caption, fonts.hei), justify="center", keep=True)
    half, pitch = (24, 400) if len(given.columns) >= _WIDE else (page.SMALL, 460)
    widths = _widths(given, width)
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    head = [column.title for column in given.columns]
    center: tuple[Align, ...] = ("center",) * len(head)
    aligns = tuple(column.align for column in given.columns)
    rows = [_row(head, widths, center, fonts.hei, half, pitch, head=True)]
    rows += [_row(row, widths, aligns, fonts.body, half, pitch) for row in given.rows]
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:left w:w="{_CELL_MARGIN}" w:type="dxa"/><w:right w:w="{_CELL_MARGIN}" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _widths(given: Table, width: int) -> list[int]:
    shares = [max(column.width, 0.01) for column in given.columns]
    edges = [round(width * sum(shares[:n]) / sum(shares)) for n in range(len(shares) + 1)]
    return [right - left for left, right in zip(edges, edges[1:], strict=False)]


def _row(
    texts: list[str] | tuple[str, ...],
    widths: list[int],
    aligns: tuple[Align, ...],
    font: str,
    half: int,
    pitch: int,
    *,
    head: bool = False,
) -> str:
    cells = []
    for n, width in enumerate(widths):
        content = BREAK.join(run(line, font, half, tighten=0) for line in lines(texts[n] if n < len(texts) else ""))
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
            f"{paragraph(content, justify=aligns[n], line=pitch)}</w:tc>"
        )
    repeat = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(cells)}</w:tr>"
