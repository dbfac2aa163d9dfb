"""What was changed in a document that came back, against the one that went out: each change with its place.

Lines are matched by their bookmarks, then by what they say, then by likeness.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from exporters.returned.levels import without_ordinal
from exporters.returned.reading import Line
from models.paper import marks

Kind = Literal["text", "added", "deleted", "moved", "header", "comment"]
_ALIKE: Final = 0.6
"""Likeness from which a line without a name is taken for one that is missing."""
_MOST_PAIRS: Final = 40_000
_FIELDS: Final = (marks.FIELD, marks.ANNEX)


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Attributes:
        kind: what was done.
        mark: of the line; of an added one that of the line before it.
        before: as it went out; "" for what was added.
        after: as it came back; "" for what was deleted; of a comment its words.
        by: who did it, where the document says so.
        row: whether it is a row of a table.
        anchor: of a moved or added line, the mark of the line it follows now; "" at the start.
    """

    kind: Kind
    mark: str
    before: str = ""
    after: str = ""
    by: str = ""
    row: bool = False
    anchor: str = ""


def changes(sent: Sequence[Line], returned: Sequence[Line], levels: Mapping[str, int]) -> tuple[Change, ...]:
    """Every change, in the order of the document that came back; what was deleted stands where it was.

    Args:
        sent: the lines that went out.
        returned: those that came back.
        levels: of the lines that are counted; an ordinal alone that is another one is no change.
    """
    old = [line for line in sent if line.text.strip()]
    new = [line for line in returned if line.text.strip() or line.comments]
    pairs = _paired(old, new)
    partner = {at: from_ for from_, at in pairs.items()}
    return tuple(_told(old, new, pairs, partner, levels))


def _told(
    old: Sequence[Line], new: Sequence[Line], pairs: dict[int, int], partner: dict[int, int], levels: Mapping[str, int]
) -> Iterator[Change]:
    moved = _moved(pairs)
    waiting = sorted(set(range(len(old))) - set(pairs))
    anchor = ""
    for at, line in enumerate(new):
        source = partner.get(at)
        while source is not None and waiting and waiting[0] < source:
            yield _deleted(old[waiting.pop(0)])
        if source is None:
            if line.text.strip():
                yield Change("added", line.mark or anchor, "", line.text.strip(), line.tracked, line.row, anchor)
        else:
            level = levels.get(old[source].mark, 0)
            yield from _changed(old[source], line, anchor, level, moved=source in moved)
            anchor = old[source].mark or anchor
        yield from (Change("comment", line.mark or anchor, line.text, said, author) for author, said in line.comments)
    yield from (_deleted(old[at]) for at in waiting)


def _changed(old: Line, new: Line, anchor: str, level: int, *, moved: bool) -> Iterator[Change]:
    kind: Kind = "header" if old.mark.startswith(_FIELDS) else "text"
    if without_ordinal(_plain(old), level) != without_ordinal(_plain(new), level):
        yield Change(kind, old.mark, old.text, _trimmed(new), new.tracked, old.row)
    if moved:
        yield Change("moved", old.mark, old.text, new.text, new.tracked, old.row, anchor)


def _trimmed(line: Line) -> str:
    return line.text if line.row else line.text.strip("\n ")


def _deleted(line: Line) -> Change:
    return Change("deleted", line.mark, line.text, "", "", line.row)


def _plain(line: Line) -> str:
    """What is compared: a title's lines are broken by width, and what a row lacks at its end is empty."""
    text = line.text.replace("\n", "") if line.mark == marks.field("title") else line.text
    return "\n".join(part.strip(" \u3000") for part in text.rstrip("\t\n ").split("\n"))


def _paired(old: Sequence[Line], new: Sequence[Line]) -> dict[int, int]:
    """Which line became which."""
    pairs = dict(_by_mark(old, new))
    for alike in (_same_text, _likeness):
        taken = set(pairs.values())
        left = [at for at in range(len(old)) if at not in pairs]
        free = [at for at in range(len(new)) if at not in taken]
        if len(left) * len(free) <= _MOST_PAIRS:
            pairs |= alike(old, new, left, free)
    return pairs


def _by_mark(old: Sequence[Line], new: Sequence[Line]) -> Iterable[tuple[int, int]]:
    """Lines of one name pair off; of several the like ones, since a paragraph may have been parted."""
    places: dict[str, list[int]] = {}
    for at, line in enumerate(new):
        if line.mark and line.text.strip():
            places.setdefault(line.mark, []).append(at)
    wanted: dict[str, list[int]] = {}
    for at, line in enumerate(old):
        if line.mark in places:
            wanted.setdefault(line.mark, []).append(at)
    for mark, mine in wanted.items():
        theirs = places[mark]
        if len(mine) == len(theirs):
            yield from zip(mine, theirs, strict=True)
        else:
            yield from _best(old, new, mine, theirs, 0.0).items()


def _same_text(old: Sequence[Line], new: Sequence[Line], left: list[int], free: list[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for at in left:
        hit = next((to for to in free if _plain(new[to]) == _plain(old[at]) and to not in found.values()), None)
        if hit is not None:
            found[at] = hit
    return found


def _likeness(old: Sequence[Line], new: Sequence[Line], left: list[int], free: list[int]) -> dict[int, int]:
    return _best(old, new, left, [at for at in free if new[at].text.strip()], _ALIKE)


def _best(old: Sequence[Line], new: Sequence[Line], mine: list[int], theirs: list[int], least: float) -> dict[int, int]:
    """The likest pairs first."""
    scored = sorted(
        (-SequenceMatcher(None, old[a].text, new[b].text, autojunk=False).ratio(), a, b)
        for a in mine
        for b in theirs
        if old[a].row == new[b].row
    )
    found: dict[int, int] = {}
    for score, a, b in scored:
        if -score >= least and a not in found and b not in found.values():
            found[a] = b
    return found


def _moved(pairs: dict[int, int]) -> set[int]:
    """Of the lines that are still there, the fewest whose moving explains the new order."""
    order = [pairs[at] for at in sorted(pairs)]
    stays = _longest_rising(order)
    return {at for at in pairs if pairs[at] not in stays}


def _longest_rising(order: Sequence[int]) -> set[int]:
    """The members of a longest rising subsequence."""
    tails: list[int] = []
    back: dict[int, int | None] = {}
    for one in order:
        at = bisect_left(tails, one)
        back[one] = tails[at - 1] if at else None
        tails[at : at + 1] = [one]
    found: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        found.add(last)
        last = back[last]
    return found
