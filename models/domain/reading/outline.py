"""The outline of a paper: its lines as a tree by their ordinals, each piece with its place."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from models.domain.reading.labels import Label, label_of
from models.domain.reading.ordinals import Ordinal, Style, at_start, inside

_SHORT_HEAD = 45
"""The longest line that may be the heading of the paragraphs below it."""
_DEPTH = {Style.CHAPTER: 0, Style.SECTION: 1, Style.ITEM: 2, Style.BRACKETED: 3, Style.CIRCLE: 4}
"""How deep a form of ordinal stands in a paper that keeps to GB/T 9704 (7.3.3)."""


@dataclass(slots=True)
class Piece:
    """A numbered point or a plain paragraph.

    Attributes:
        start: where it begins, its ordinal apart; ``end`` where its own first line ends.
        ordinal: what counts it; None for a plain paragraph.
        label: what its heading says that it is about.
        children: the points and paragraphs below it.
        inline: whether it is a part of a line.
        opens: whether its line ends in a colon.
    """

    start: int
    end: int
    ordinal: Ordinal | None = None
    label: Label | None = None
    children: list["Piece"] = field(default_factory=list)
    inline: bool = False
    opens: bool = False

    @property
    def style(self) -> Style | None:
        """The form of its ordinal."""
        return self.ordinal.style if self.ordinal else None

    @property
    def last(self) -> int:
        """Where it ends with all below it."""
        return max((child.last for child in self.children), default=self.end)


def outline(text: str) -> Piece:
    """The tree of a paper; the root has no text of its own."""
    root = Piece(0, 0)
    stack = [root]
    for start, end in lines(text):
        piece = _line(text, start, end)
        _place(piece, stack)
        stack[-1].children.append(piece)
        if piece.style is not None:
            stack.append(piece)
        _divide(text, piece)
    return root


def lines(text: str) -> Iterator[tuple[int, int]]:
    """The paragraphs of a text, without the spaces around them."""
    at = 0
    for raw in text.split("\n"):
        start, end = at + len(raw) - len(raw.lstrip()), at + len(raw.rstrip())
        if start < end:
            yield start, end
        at += len(raw) + 1


def walk(piece: Piece) -> Iterator[Piece]:
    """A piece and all below it, in the text's order."""
    yield piece
    for child in piece.children:
        yield from walk(child)


def _line(text: str, start: int, end: int) -> Piece:
    ordinal = at_start(text, start, end)
    body = ordinal.end if ordinal else start
    return Piece(body, end, ordinal, label_of(text[body:end]), opens=text[end - 1] == "：")


def _place(piece: Piece, stack: list[Piece]) -> None:
    """Leave on the stack only what the piece stands below."""
    if piece.style is None:
        # A heading without an ordinal ends the point before it, unless it speaks of that point.
        while piece.label is not None and not piece.label.detail and _is_point(stack[-1]):
            stack.pop()
        return
    styles = [one.style for one in stack]
    if piece.style in styles:
        del stack[styles.index(piece.style) :]
        return
    while len(stack) > 1 and _deeper(stack[-1], piece):
        stack.pop()


def _is_point(piece: Piece) -> bool:
    return piece.style is not None and piece.label is None and piece.end - piece.start > _SHORT_HEAD


def _deeper(above: Piece, piece: Piece) -> bool:
    """Whether a point's ordinal belongs below that of the next one, so that the next one ends it."""
    return _depth(above) > _depth(piece) and not above.opens


def _depth(piece: Piece) -> int:
    return _DEPTH.get(piece.style, len(_DEPTH)) if piece.style is not None else 0


def _divide(text: str, piece: Piece) -> None:
    """Points that stand inside a piece become its children; a list that begins anew opens a piece of its own."""
    apart = frozenset(filter(None, (piece.style,))) - {Style.POINT}
    found = inside(text, piece.start, piece.end, apart)
    if not found:
        return
    last = _begins_anew(text, found, piece.end)
    ends = [*(one.start for one in found[1:]), last]
    after = Piece(last, piece.end)
    piece.end = found[0].start
    for ordinal, end in zip(found, ends, strict=True):
        child = Piece(ordinal.end, end, ordinal, label_of(text[ordinal.end : end]), inline=True)
        piece.children.append(child)
        _divide(text, child)
    if after.start < after.end:
        piece.children.append(after)
        _divide(text, after)


def _begins_anew(text: str, found: tuple[Ordinal, ...], end: int) -> int:
    """Where the sentence begins that opens a second list of the same form; else the end."""
    first = text[found[0].start : found[0].end]
    again = text.find(first, found[-1].end, end)
    sentence = text.rfind("。", found[-1].end, again) if again >= 0 else -1
    return sentence + 1 if sentence >= 0 else end
