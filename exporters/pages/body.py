"""The body (主体) as rows: title, addressees, blocks (7.3.1–7.3.3)."""

from collections.abc import Iterable, Iterator

from exporters.docx.text import clean
from exporters.docx.text import lines as text_lines
from exporters.pages.fonts import Style
from exporters.pages.geometry import CELL, Frame
from exporters.pages.pictures import PhotoPath, photos
from exporters.pages.rows import Row, blank, text_rows
from exporters.pages.setting import Piece, Setter, Shape
from exporters.pages.styles import HEI, KAI, TEXT, TITLE
from exporters.pages.tables import table
from models.paper.elements import Block, Paper, Paragraph, Table
from models.paper.numbering import ordinals
from models.paper.titles import break_title

_LEVELS: dict[int, Style] = {1: HEI, 2: KAI}


def title(text: str, part: str, setter: Setter, width: float) -> list[Row]:
    """A centred title in 2号 小标宋, broken by meaning."""
    broken = "\n".join(break_title(clean(text)))
    return text_rows(setter.lines([Piece(broken, TITLE)], Shape(width, align="center")), part, on_grid=False)


def heading(paper: Paper, setter: Setter, width: float) -> list[Row]:
    """Title, what stands below it, one blank row."""
    below = clean(paper.subtitle)
    shape = Shape(width, align="center")
    second = text_rows(setter.lines([Piece(below, KAI)], shape), "subtitle") if below else []
    return [*title(paper.title, "title", setter, width), *second, *blank()]


def blocks(
    given: Iterable[Block], prefix: str, setter: Setter, frame: Frame, photo_path: PhotoPath | None
) -> Iterator[Row]:
    """The rows of each block; its part is ``prefix`` and its place, such as "blocks.3"."""
    known = tuple(given)
    for place, (block, ordinal) in enumerate(zip(known, ordinals(known), strict=True)):
        part = f"{prefix}.{place}"
        if isinstance(block, Paragraph):
            yield from _paragraphs(block, ordinal, part, setter, frame.text_width)
        elif isinstance(block, Table):
            yield from table(block, part, setter, frame)
        else:
            yield from photos(block, part, setter, frame.text_width, photo_path)


def _paragraphs(block: Paragraph, ordinal: str, part: str, setter: Setter, width: float) -> list[Row]:
    """The first line after the ordinal and heading, further lines as running text."""
    texts = text_lines(block.text)
    head = " ".join(text_lines(block.heading))
    style = _LEVELS.get(block.level, TEXT) if head else TEXT
    pieces = [Piece(ordinal + head, style)] if ordinal + head else []
    pieces += [Piece(texts[0], TEXT)] if texts else []
    shape = Shape(width, first=2 * CELL)
    rows: list[Row] = []
    if pieces:
        rows += text_rows(setter.lines(pieces, shape), part)
    for text in texts[1:]:
        rows += text_rows(setter.lines([Piece(text, TEXT)], shape), part)
    return rows
