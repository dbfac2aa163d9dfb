"""The numbers of a paper after it was edited: where each of them stands now, what is behind it, and what follows.

A number keeps its place in the composed text; where the clerk edited the part since, it is found again by what
stayed around it.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

import msgspec

from models.paper.checks.counting import item_places
from models.paper.editing import TITLE, key_of, records_of, text_of
from models.paper.elements import Block, Figure, Origin, Paper, Paragraph

UNKNOWN_SOURCE: Final = "旧稿无出处"
"""What is said of a number in a paper composed before figures were kept."""
CASES: Final = "案件数"
"""The name of the number of cases, which is written 一 where it is one (关于一起…)."""
_COUNTS_MORE: Final = frozenset({"period_summary"})
"""Kinds whose numbers count more than they list."""
_DIGITS: Final = frozenset("0123456789")
_change = msgspec.structs.replace


def sources(paper: Paper, figure: Figure) -> tuple[str, ...]:
    """The records behind a figure, as "table:uuid"."""
    return tuple(paper.counted[at] for at in figure.records)


def parts(paper: Paper) -> Iterator[tuple[str, str, str]]:
    """Key, composed text and present text of every part that may state a figure."""
    origins = {origin.key: origin.text for origin in paper.origins}
    yield TITLE, origins.get(TITLE, paper.title), paper.title
    for block in (*paper.blocks, *(block for annex in paper.annexes for block in annex.blocks)):
        if block.origin is not None:
            yield key_of(block), block.origin.text, text_of(block)
    for annex in paper.annexes:
        if annex.origin is not None:
            yield key_of(annex), annex.origin.text, annex.title


def present(figure: Figure, composed: str, now: str) -> tuple[int, int] | None:
    """Where a figure stands in the text of its part now; None where the clerk took it out.

    Digits that took its place are it: 46 typed over 41.
    """
    start, end = figure.at, figure.at + len(figure.shown)
    if composed == now:
        return start, end
    if "\n" in composed:
        return _in_row(figure, composed, now)
    matches = SequenceMatcher(None, composed, now, autojunk=False).get_matching_blocks()
    first = max((m.b + m.size for m in matches if m.size and m.a + m.size <= start), default=0)
    first = max([first, *(m.b + start - m.a for m in matches if m.a <= start < m.a + m.size)])
    last = min((m.b for m in matches if m.size and m.a >= end), default=len(now))
    last = min([last, *(m.b + end - m.a for m in matches if m.a < end <= m.a + m.size)])
    if first >= last:
        return None
    while first and now[first - 1] in _DIGITS:
        first -= 1
    while last < len(now) and now[last] in _DIGITS:
        last += 1
    return first, last


def _in_row(figure: Figure, composed: str, now: str) -> tuple[int, int] | None:
    """Where a figure of a table stands: in the row as it was, else in the row of that place where none came or went."""
    begins = composed.rfind("\n", 0, figure.at) + 1
    line = composed[begins:].partition("\n")[0]
    inside = msgspec.structs.replace(figure, at=figure.at - begins)
    if (kept := now.find(f"\n{line}\n")) >= 0 or now.endswith(f"\n{line}"):
        before = (kept if kept >= 0 else len(now) - len(line) - 1) + 1
        return before + inside.at, before + inside.at + len(figure.shown)
    number, rows = composed.count("\n", 0, begins), now.split("\n")
    if len(rows) != composed.count("\n") + 1:
        return None
    place = present(inside, line, rows[number])
    before = sum(len(row) + 1 for row in rows[:number])
    return (before + place[0], before + place[1]) if place else None


def figure_at(paper: Paper, key: str, at: int) -> Figure | None:
    """The figure that stands at a character of a part's present text; None where there is no figure."""
    for known, composed, now in parts(paper):
        if known != key:
            continue
        for figure in figures_of(paper, key):
            place = present(figure, composed, now)
            if place and place[0] <= at <= place[1]:
                return figure
    return None


def figures_of(paper: Paper, key: str) -> list[Figure]:
    """The figures a part states, in their order."""
    return [figure for figure in paper.figures if figure.key == key]


def typed_over(paper: Paper) -> Iterator[tuple[Figure, str]]:
    """Figures whose digits the clerk changed, with what stands there now."""
    for key, composed, now in parts(paper):
        if composed == now:
            continue
        for figure in figures_of(paper, key):
            place = present(figure, composed, now)
            said = now[slice(*place)] if place else ""
            if said and said != figure.shown:
                yield figure, said


# ---- counts that follow an edit


def followed(paper: Paper) -> Paper:
    """The paper with its counts brought up to date with the items that it still lists.

    A part taken out takes its problems out of title, lead and headings; one put back brings them back. Numbers
    the clerk typed himself stay, the check tells them.
    """
    if paper.kind in _COUNTS_MORE:
        return paper
    listed = _listed(paper)
    pairs = [(figure, _counted_anew(figure, paper, listed)) for figure in paper.figures]
    return _Rewriting(paper, pairs).paper() if any(old.value != new.value for old, new in pairs) else paper


def recounted(before: Paper, after: Paper) -> str:
    """What followed an edit, for the clerk: 问题数由4改为3; empty where nothing did."""
    pairs = zip(before.figures, after.figures, strict=False)
    told = (f"{new.name}由{old.shown}改为{new.shown}" for old, new in pairs if old.shown != new.shown)
    return "、".join(dict.fromkeys(told))


def _listed(paper: Paper) -> frozenset[str]:
    """The records that items of the paper still tell."""
    items = [paper.blocks[at] for at in item_places(paper)]
    items += [block for block in paper.blocks if key_of(block).startswith("case:")]
    return frozenset(ref for block in items for ref in records_of(block))


def _counted_anew(figure: Figure, paper: Paper, listed: frozenset[str]) -> Figure:
    if not figure.printed or not figure.weights:
        return figure
    behind = zip(sources(paper, figure), figure.weights, strict=True)
    value = sum(weight for ref, weight in behind if ref in listed)
    if value == figure.value or not value:  # of a number over nothing at all the check speaks
        return figure
    return _change(figure, value=value, shown="一" if (figure.name, value) == (CASES, 1) else str(value))


class _Rewriting:
    """Puts new digits where the old ones stand as composed: into the texts, and into what was composed."""

    def __init__(self, paper: Paper, pairs: Sequence[tuple[Figure, Figure]]) -> None:
        self._paper, self._pairs = paper, pairs
        self._new: dict[int, Figure] = {}

    def paper(self) -> Paper:
        """The paper with its new numbers; those typed over keep what was composed."""
        old = self._paper
        composed = {origin.key: origin for origin in old.origins}
        title, origin = self._digits(TITLE, old.title, composed.get(TITLE))
        blocks = tuple(map(self._block, old.blocks))
        return _change(
            old,
            title=title,
            blocks=blocks,
            figures=tuple(self._new.get(id(figure), figure) for figure in old.figures),
            origins=tuple(origin if origin and one.key == TITLE else one for one in old.origins),
        )

    def _block(self, block: Block) -> Block:
        if not isinstance(block, Paragraph) or block.origin is None:
            return block
        heading, _ = self._digits(key_of(block), block.heading, None, whole=text_of(block))
        text, origin = self._digits(key_of(block), text_of(block), block.origin)
        return _change(block, heading=heading, text=text[len(heading) :], origin=origin)

    def _digits(self, key: str, part: str, origin: Origin | None, whole: str = "") -> tuple[str, Origin | None]:
        """A text with its new digits, and what was composed; of a heading ``whole`` is the text it begins."""
        now = whole or part
        composed = origin.text if origin else self._composed(key, now)
        text, base, shift, moved = part, composed, 0, 0
        for old, new in ((old, new) for old, new in self._pairs if old.key == key):
            place, at = present(old, composed, now), old.at + moved
            if place is None or now[slice(*place)] != old.shown:
                self._new[id(old)] = _change(old, at=at)
                continue
            grown = len(new.shown) - len(old.shown)
            if place[1] <= len(part):
                text = text[: place[0] + shift] + new.shown + text[place[1] + shift :]
            base = base[:at] + new.shown + base[at + len(old.shown) :]
            self._new[id(old)] = _change(new, at=at)
            shift, moved = shift + grown, moved + grown
        return text, origin and _change(origin, text=base)

    def _composed(self, key: str, now: str) -> str:
        return next((composed for known, composed, _ in parts(self._paper) if known == key), now)
