"""How many rows and pages a paper will take, without laying it out.

A .docx leaves its pages to Word, but two rules ask for them beforehand: addressees that leave page 1
without text move to the colophon (7.3.2), and a colophon may be wanted on an even page. On a grid of
28 by 22 the usual widths of letters are near enough: a line miscounted moves the decision by a line.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import structs

from exporters import standard
from exporters.docx import body, closing, colophon, header, letter, tables
from exporters.docx.breaking import line_count
from exporters.docx.text import clean, lines
from models.paper.elements import Annex, Block, Paper, Paragraph, Photos, Table
from models.paper.numbering import ordinals
from models.paper.titles import break_title

_SENTENCE = re.compile(r"[。；][”）]?(?=.)")
_PHOTO_HEIGHT = 9 * standard.PITCH
_UNSURE = 1
"""Rows by which a paragraph and what follows it may be out."""
_TAKEN_ALONG = 6
"""Lines that may leave a page for the signature's; more would be missed there."""
_TURNED_ROWS = standard.TEXT_WIDTH // standard.PITCH
_INDENT = 2 * standard.CELL

Heights = Mapping[Photos, int]
"""What rows of pictures take, in twips, as far as it is known."""


def moves_addressees(paper: Paper) -> bool:
    """Whether the addressees would leave no row of text on page 1 (7.3.2)."""
    if paper.format == "plain" or paper.colophon is None:
        return False
    free = standard.LINES - _front(paper)
    return line_count(body.addressees(paper.addressees), standard.TEXT_WIDTH) + 1 > free > 1


def pages(paper: Paper, heights: Heights | None = None) -> tuple[int, float]:
    """Pages before the colophon, and the rows left on the last of them."""
    known = heights or {}
    sheet = _text(paper, known, _closing_rows(paper))
    count, left = sheet.pages, sheet.left
    for annex in paper.annexes:
        sheet = _annex(annex, known)
        count, left = count + sheet.pages, 0.0 if annex.landscape else sheet.left
    return count, left


def colophon_rows(paper: Paper) -> float:
    """Rows of text the colophon takes."""
    if paper.colophon is None:
        return 0.0
    sent = [colophon.copies(paper.colophon)]
    if moves_addressees(paper):
        sent.append(body.addressees(paper.addressees))
    width = standard.TEXT_WIDTH - 5 * standard.SMALL_CELL
    count = sum(line_count(text, width, half=standard.SMALL) for text in sent if text)
    count += bool(paper.format == "general" and (paper.colophon.printer or paper.colophon.print_date))
    return (count * standard.SMALL_PITCH + 60) / standard.PITCH


def parted(paper: Paper) -> Paper:
    """The paper, a long last paragraph set as two at the end of a sentence where a page ends in it or after it.

    What is last goes over to the signature's page (7.3.5.5), and LibreOffice moves paragraphs whole: a long
    one would leave a hole in the page before, and one that takes a page with the signature would not go at all.
    """
    last = paper.blocks[-1] if paper.blocks else None
    if not isinstance(last, Paragraph) or not paper.signature:
        return paper
    start, _, text = last.text.rpartition("\n")
    count = line_count(("" if start else last.heading) + text, standard.TEXT_WIDTH, _INDENT)
    after = (_closing_rows(paper) if closing.stays_whole(paper) else 2) + _UNSURE
    most = min(_TAKEN_ALONG, standard.LINES - after)
    if count <= most or _text(_without_end(paper), {}).left >= count + after:
        return paper
    ends = [m.end() for m in _SENTENCE.finditer(text) if _running(text[m.end() :]) <= most]
    if not ends:
        return paper
    divided = "\n".join(filter(None, (start, text[: ends[0]], text[ends[0] :])))
    return structs.replace(paper, blocks=(*paper.blocks[:-1], structs.replace(last, text=divided)))


def _running(text: str) -> int:
    return line_count(text, standard.TEXT_WIDTH, _INDENT)


def _without_end(paper: Paper) -> Paper:
    """The paper up to its last paragraph."""
    *before, last = paper.blocks
    start = last.text.rpartition("\n")[0] if isinstance(last, Paragraph) else ""
    return structs.replace(paper, blocks=(*before, *((structs.replace(last, text=start),) if start else ())))


def _text(paper: Paper, heights: Heights, after: float = 0.0) -> "_Sheet":
    """The pages down to the last row of text and ``after`` rows that stay with what is last of it."""
    sheet = _Sheet(standard.LINES)
    sheet.rows(_front(paper))
    if not moves_addressees(paper) and paper.addressees:
        sheet.rows(line_count(body.addressees(paper.addressees), standard.TEXT_WIDTH))
    strips = list(_blocks(paper.blocks, standard.TEXT_WIDTH, heights))
    last = _last(paper)
    together = sum(height for height, _ in strips[-last:]) + after
    if after and together > standard.LINES:
        strips += [(1.0, 0.0)] * int(after)
    elif after:
        strips[-last:] = [(together, strips[-last][1] if strips else 0.0)]
    sheet.add(strips)
    return sheet


def _last(paper: Paper) -> int:
    """How many strips of the text go to the signature's page with it."""
    last = paper.blocks[-1] if paper.blocks else None
    if not isinstance(last, Paragraph):
        return 1
    *before, text = lines(last.text) or [""]
    return max(1, _running(text if before else last.heading + text))


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


def _blocks(blocks: tuple[Block, ...], width: int, heights: Heights) -> Iterator[tuple[float, float]]:
    """Rows that stay together, and the rows that a new page repeats above them."""
    for block, ordinal in zip(blocks, ordinals(blocks), strict=True):
        if isinstance(block, Paragraph):
            first, *others = lines(block.text) or [""]
            for text in (ordinal + block.heading + first, *others):
                yield from [(1.0, 0.0)] * (line_count(text, width, _INDENT) if text else 0)
        elif isinstance(block, Table):
            yield from _table(block, width)
        elif isinstance(block, Photos) and block.photos:
            yield heights.get(block, _PHOTO_HEIGHT) / standard.PITCH, 0.0


def _table(block: Table, width: int) -> Iterator[tuple[float, float]]:
    head, *others = (height / standard.PITCH for height in tables.heights(block, width))
    first, *others = others or [0.0]
    yield bool(block.caption) + head + first, 0.0
    yield from ((height, head) for height in others)


def _annex(annex: Annex, heights: Heights) -> _Sheet:
    sheet = _Sheet(_TURNED_ROWS if annex.landscape else standard.LINES)
    sheet.rows(3 + len(break_title(clean(annex.title))))
    sheet.add(_blocks(annex.blocks, standard.TEXT_HEIGHT if annex.landscape else standard.TEXT_WIDTH, heights))
    return sheet


def _closing_rows(paper: Paper) -> float:
    """附件说明, signature and 附注, which stay together with a row of text."""
    count = closing.annex_rows(paper.annexes)
    if paper.signature:
        count += closing.signature_rows(paper.signature)
    return float(count + (_running(f"（{paper.note}）") if paper.note else 0))
