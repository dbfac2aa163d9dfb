"""The points of a paper that tell a problem: those below such a heading, or that sound like one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from models.domain.reading.outline import Piece
from models.domain.reading.tone import Tone, problems_in, tone_of

FIELD_OF: Final = {"deadline": "deadline_text"}
"""The field a label's words go to, where it has another name."""
_FOUND = re.compile(r"发现|存在|查出|经查")
_OF_A_TEAM = re.compile(r"第[一二三四五六七八九十\d]{1,3}(?:督查|督导|检查|巡查|暗访|工作)组(?:（[^（）]*）)?：")
_TO_ALL = re.compile(
    r"(?:请|望|希)?(?:各|全)(?:单位|地|乡镇|县|镇|有关|相关|责任)"
    r"[^。]{0,30}(?:要|对照|举一反三|务必|立即|认真|于)"
)
_MOST_HEAD: Final = 20
"""Characters of a line that only names whom the paragraph below it is about."""
_MOST_DETAIL: Final = 2000


@dataclass(slots=True)
class Point:
    """A point without points below it.

    Attributes:
        start: where it begins, ``end`` where it ends with the paragraphs that go on with it.
        heads: the pieces it stands below, the outermost first.
        numbered: whether it has an ordinal.
        details: what is said about it in paragraphs after it, by the field of `Found`.
    """

    start: int
    end: int
    heads: tuple[Piece, ...]
    numbered: bool
    details: dict[str, str] = field(default_factory=dict)


def points(text: str, above: Piece, heads: tuple[Piece, ...] = (), context: Tone | None = None) -> Iterator[Point]:
    """The points that tell problems, below one piece of the outline.

    Args:
        text: of the whole paper.
        above: the piece; the outline itself for the whole paper.
        heads: the pieces it stands below.
        context: what the headings above say that follows.
    """
    run = context
    lists: dict[object, Tone | None] = {}
    usual = _usual(text, above)
    last: Point | None = None
    before: Piece | None = None
    opener: tuple[Piece, ...] = ()
    for child in above.children:
        if child.label is not None and child.label.detail:
            if last is not None:
                _attach(text, last, child)
            run = Tone.OTHER if child.label.alone else run
            continue
        if child.style is None:
            run = _said(child, run)
            now = run
        else:
            first = child.ordinal is not None and child.ordinal.number == 1
            if first and before is not None and _ends_in_measures(before):
                run = Tone.OTHER
            lists[child.style] = run if first else lists.get(child.style, run)
            now = _said(child, lists[child.style])
        before = child
        if child.style is None:
            opener = (child,) if child.opens else ()
        for point in _of(text, child, (*heads, *opener) if child.style else heads, (now, usual.get(child.style))):
            yield point
            last = point


def _ends_in_measures(piece: Piece) -> bool:
    """Whether a point ends in a line such as 下一步工作：, behind which a new list begins."""
    last = piece.children[-1] if piece.children else piece
    return last.label is not None and bool(last.label.detail) and last.label.alone and not last.children


def _said(piece: Piece, before: Tone | None) -> Tone | None:
    """The context a heading opens."""
    if piece.label is None:
        return before
    return Tone.PROBLEM if piece.label.problems else Tone.OTHER


def _usual(text: str, above: Piece) -> dict[object, Tone]:
    """What most points of each list are about; one that tells nothing by itself follows them."""
    found: dict[object, list[Tone]] = {}
    for child in above.children:
        if not (child.label and child.label.detail):
            found.setdefault(child.style, []).append(tone_of(text[child.start : child.last]))
    return {
        style: Tone.PROBLEM if tones.count(Tone.PROBLEM) > tones.count(Tone.OTHER) else Tone.OTHER
        for style, tones in found.items()
        if style is not None
    }


def _of(
    text: str, piece: Piece, heads: tuple[Piece, ...], expected: tuple[Tone | None, Tone | None]
) -> Iterator[Point]:
    """The points a piece gives: those below it, or itself; expected by the headings, and by its list."""
    context, usual = expected
    if context is Tone.OTHER:
        return
    own = tone_of(text[piece.start : piece.end])
    below = list(points(text, piece, (*heads, piece), _inner(own, context)))
    listed = any(child.style is not None for child in piece.children)
    heading = piece.label is not None and piece.label.alone
    if heading or (below and (listed or own is not Tone.PROBLEM)):
        yield from below
        return
    told = own if own is not Tone.UNKNOWN or usual is None else usual
    if context is Tone.PROBLEM and own is Tone.UNKNOWN:
        told = Tone.PROBLEM if piece.style is not None else Tone.UNKNOWN
    if told is Tone.PROBLEM and (piece.style is not None or _tells(text[piece.start : piece.end], context)):
        body = _body_of(text, piece)
        above = heads if body == piece.start else (*heads, piece)
        point = Point(body, _end_of(text, piece), above, numbered=piece.style is not None)
        for child in piece.children:
            if child.label is not None and child.label.detail:
                _attach(text, point, child)
        yield point


def _inner(own: Tone, context: Tone | None) -> Tone | None:
    return context if own is Tone.UNKNOWN or context is not None else own


def _tells(paragraph: str, context: Tone | None) -> bool:
    """Whether a plain paragraph tells problems: below such a heading, or by saying that they were found."""
    if _OF_A_TEAM.match(paragraph):
        return problems_in(paragraph) > 0
    return context is Tone.PROBLEM or (bool(_FOUND.search(paragraph)) and problems_in(paragraph) > 1)


def _body_of(text: str, piece: Piece) -> int:
    """Where a point begins: below a line that only names whom it is about."""
    below = next(iter(piece.children), None)
    line = text[piece.start : piece.end].strip()
    if below is None or below.inline or below.style is not None or below.label is not None:
        return piece.start
    if len(line) > _MOST_HEAD or problems_in(line) or re.search(r"[，。；]", line):
        return piece.start
    return below.start


def _end_of(text: str, piece: Piece) -> int:
    """Where a point ends with the plain paragraphs that go on with it."""
    end = piece.end
    for child in piece.children:
        if child.label is not None or child.style is not None or _TO_ALL.match(text, child.start):
            break
        end = child.end
    return end


def _attach(text: str, point: Point, piece: Piece) -> None:
    """A paragraph such as 整改措施：… to the point it speaks of."""
    assert piece.label is not None
    name = FIELD_OF.get(piece.label.detail, piece.label.detail)
    said = text[piece.start + piece.label.end : piece.last].strip()[:_MOST_DETAIL]
    point.details[name] = "\n".join(filter(None, (point.details.get(name, ""), said)))
