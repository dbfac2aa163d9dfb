"""Which number of a paper lies under the mouse, on the pages and in the text of a part."""

from collections.abc import Iterator

from exporters.pages import Layout
from exporters.pages.layout import PlacedLine
from gui.documents.block_list import place_of
from models.paper import editing
from models.paper.elements import Figure, Paper, Paragraph
from models.paper.figures import figure_at, figures_of, parts, present
from models.paper.numbering import ordinals

_WIDE = "\u2e80"
"""From here on characters are as wide as they are high; before it about half."""


def figure_on_page(layout: Layout, index: int, x: float, y: float) -> Figure | None:
    """The number at a place of a page, in points from its top left; None where there is no number we know."""
    lines = layout.pages[index].lines
    line = next((one for one in lines if _over(one, x, y)), None)
    if line is None or not line.part:
        return None
    at = _character(line, x)
    digits = _digits(line.text, at)
    if not digits:
        return None
    beside = "".join(one.text for one in lines if abs(one.baseline - line.baseline) < line.size)
    return _of(layout.paper, line.part, line.start + at, digits, beside)


def figure_in_text(paper: Paper, part: str, at: int) -> Figure | None:
    """The number at a character of a part's heading and text."""
    return figure_at(paper, key_of(paper, part), at)


def key_of(paper: Paper, part: str) -> str:
    """The origin key of a part; title and the like name themselves."""
    place = place_of(part)
    return editing.key_of(editing.blocks_of(paper, place[0])[place[1]]) if place else part


def _of(paper: Paper, part: str, at: int, digits: str, beside: str) -> Figure | None:
    key, place = key_of(paper, part), place_of(part)
    block = editing.blocks_of(paper, place[0])[place[1]] if place else None
    if place and isinstance(block, Paragraph):
        at -= len(list(ordinals(editing.blocks_of(paper, place[0])))[place[1]])
    if (block is None or isinstance(block, Paragraph)) and (found := figure_at(paper, key, at)):
        return found
    alike = [figure for figure, said in _said(paper, key) if said == digits]
    return next((one for one in alike if one.name[:2] in beside), alike[0] if alike else None)


def _said(paper: Paper, key: str) -> Iterator[tuple[Figure, str]]:
    composed, now = next(((was, now) for known, was, now in parts(paper) if known == key), ("", ""))
    for figure in figures_of(paper, key):
        if place := present(figure, composed, now):
            yield figure, now[slice(*place)]


def _over(line: PlacedLine, x: float, y: float) -> bool:
    return line.x <= x <= line.x + line.width and line.baseline - line.size <= y <= line.baseline + line.size * 0.3


def _character(line: PlacedLine, x: float) -> int:
    """The character at a distance from the page's left edge, by how wide characters are."""
    widths = [2 if character >= _WIDE else 1 for character in line.text]
    left = (x - line.x) / max(line.width, 1) * sum(widths)
    for at, width in enumerate(widths):
        left -= width
        if left < 0:
            return at
    return max(len(widths) - 1, 0)


def _digits(text: str, at: int) -> str:
    """The number around a character, 66.7% and 一 among them; empty where there is none."""
    if not text or not _part_of_number(text[at]):
        return ""
    first = last = at
    while first and _part_of_number(text[first - 1]):
        first -= 1
    while last + 1 < len(text) and _part_of_number(text[last + 1]):
        last += 1
    return text[first : last + 1]


def _part_of_number(character: str) -> bool:
    return (character.isascii() and character in "0123456789.%") or character in "一余"
