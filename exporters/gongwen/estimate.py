"""How many rows and pages a paper will take, without laying it out.

A .docx leaves its pages to Word, but two rules ask for them beforehand: addressees that leave page 1
without text move to the colophon (7.3.2), and a colophon may be wanted on an even page. On a grid of
28 by 22 counting characters is near enough: a line miscounted moves the decision by a line.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import ceil

from msgspec import structs

from exporters.gongwen import body, closing, colophon, header, letter, page, tables
from exporters.gongwen.text import clean, lines
from models.paper.elements import Annex, Block, Paper, Paragraph, Photos, Table
from models.paper.numbering import ordinals
from models.paper.titles import break_title

_CLOSING = set("，。、；：！？）》”’〕】…—％%,.;:?!)")
_SENTENCE = re.compile(r"[。；][”）]?(?=.)")
_PHOTO_ROWS = 9.0
_UNSURE = 1
"""Rows by which a paragraph and what follows it may be out."""
_TAKEN_ALONG = 6
"""Lines that may leave a page for the signature's; more would be missed there."""
_TURNED_ROWS = page.TEXT_WIDTH // page.PITCH


def line_count(text: str, width: float = page.CHARACTERS, first: float = 0, half: int = page.BODY) -> int:
    """Lines of a text in ``width`` body characters, its first line ``first`` characters in."""
    cell = 1.0 if half == page.BODY else half * 10 / page.CELL
    found, used = 1, first
    for before, after in pairwise(f" {text}"):
        wide = (0.5 if after.isascii() else 1.0) * cell
        wide += 0.25 * cell * (before != " " and before.isascii() != after.isascii())
        # One closing mark may hang over the edge instead of starting a line.
        if used + wide > width and not (after in _CLOSING and used <= width):
            found, used = found + 1, 0.0
        used += wide
    return found


def moves_addressees(paper: Paper) -> bool:
    """Whether the addressees would leave no row of text on page 1 (7.3.2)."""
    if paper.format == "plain" or paper.colophon is None:
        return False
    free = page.LINES - _front(paper)
    return line_count(body.addressees(paper.addressees)) + 1 > free > 1


def pages(paper: Paper) -> tuple[int, float]:
    """Pages before the colophon, and the rows left on the last of them."""
    first = _text(paper)
    first.block(_closing_rows(paper))
    count, left = first.pages, first.left
    for annex in paper.annexes:
        sheet = _annex(annex)
        count, left = count + sheet.pages, 0.0 if annex.landscape else sheet.left
    return count, left


def colophon_rows(paper: Paper) -> float:
    """Rows of text the colophon takes."""
    if paper.colophon is None:
        return 0.0
    sent = [colophon.copies(paper.colophon)]
    if moves_addressees(paper):
        sent.append(body.addressees(paper.addressees))
    width = (page.TEXT_WIDTH - 5 * page.SMALL_CELL) / page.CELL
    count = sum(line_count(text, width, half=page.SMALL) for text in sent if text)
    count += bool(paper.format == "general" and (paper.colophon.printer or paper.colophon.print_date))
    return (count * page.SMALL_PITCH + 60) / page.PITCH


def parted(paper: Paper) -> Paper:
    """The paper, a long last paragraph set as two at the end of a sentence where a page ends in it or after it.

    What is last goes over to the signature's page (7.3.5.5), and LibreOffice moves paragraphs whole: a long
    one would leave a hole in the page before, and one that takes a page with the signature would not go at all.
    """
    last = paper.blocks[-1] if paper.blocks else None
    if not isinstance(last, Paragraph) or not paper.signature:
        return paper
    start, _, text = last.text.rpartition("\n")
    count = line_count(text, first=2 + (0 if start else page.ems(last.heading)))
    after = (_closing_rows(paper) if closing.stays_whole(paper) else 2) + _UNSURE
    most = min(_TAKEN_ALONG, page.LINES - after)
    before = (*paper.blocks[:-1], *((structs.replace(last, text=start),) if start else ()))
    if count <= most or count + after <= _text(structs.replace(paper, blocks=before)).left:
        return paper
    ends = [match.end() for match in _SENTENCE.finditer(text) if line_count(text[match.end() :], first=2) <= most]
    if not ends:
        return paper
    divided = "\n".join(filter(None, (start, text[: ends[0]], text[ends[0] :])))
    return structs.replace(paper, blocks=(*paper.blocks[:-1], structs.replace(last, text=divided)))


def _text(paper: Paper) -> "_Sheet":
    """The pages down to the last row of text."""
    sheet = _Sheet(page.LINES)
    sheet.rows(_front(paper))
    if not moves_addressees(paper) and paper.addressees:
        sheet.rows(line_count(body.addressees(paper.addressees)))
    sheet.add(_blocks(paper.blocks, page.CHARACTERS))
    return sheet


class _Sheet:
    """Pages being filled with rows."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self.pages = 1
        self.left = float(capacity)

    def rows(self, count: int) -> None:
        """Rows that may part anywhere."""
        for _ in range(count):
            self.block(1.0)

    def block(self, height: float, again: float = 0.0) -> None:
        """Rows that stay together, after ``again`` rows where they begin a page."""
        if height > self.left:
            self.pages += 1
            self.left = self._capacity - again
        self.left -= min(height, self.left)

    def add(self, heights: Iterable[tuple[float, float]]) -> None:
        for height, again in heights:
            self.block(height, again)


def _front(paper: Paper) -> int:
    """Rows above the addressees."""
    count = len(break_title(clean(paper.title))) + bool(paper.subtitle) + 1
    if paper.format == "general":
        count += header.rows(paper.header)
    elif paper.format == "letter":
        count += letter.rows(paper.header)
    return count


def _blocks(blocks: tuple[Block, ...], width: float) -> Iterator[tuple[float, float]]:
    """Rows that stay together, and the rows that a new page repeats above them."""
    for block, ordinal in zip(blocks, ordinals(blocks), strict=True):
        if isinstance(block, Paragraph):
            first, *others = lines(block.text) or [""]
            for text in (ordinal + block.heading + first, *others):
                yield from [(1.0, 0.0)] * (line_count(text, width, 2) if text else 0)
        elif isinstance(block, Table):
            yield from _table(block, round(width * page.CELL))
        elif isinstance(block, Photos) and block.photos:
            yield _PHOTO_ROWS, 0.0


def _table(block: Table, width: int) -> Iterator[tuple[float, float]]:
    if block.caption:
        yield 1.0, 0.0
    head, *others = (height / page.PITCH for height in tables.heights(block, width))
    yield head, 0.0
    yield from ((height, head) for height in others)


def _annex(annex: Annex) -> _Sheet:
    sheet = _Sheet(_TURNED_ROWS if annex.landscape else page.LINES)
    sheet.rows(3 + len(break_title(clean(annex.title))))
    wide = page.TEXT_HEIGHT if annex.landscape else page.TEXT_WIDTH
    sheet.add(_blocks(annex.blocks, wide / page.CELL))
    return sheet


def _closing_rows(paper: Paper) -> float:
    """附件说明, signature and 附注, which stay together with a row of text."""
    count = closing.annex_rows(paper.annexes)
    if paper.signature:
        count += closing.signature_rows(paper.signature)
    return float(count + (ceil(line_count(paper.note, first=3)) if paper.note else 0))
