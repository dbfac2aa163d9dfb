"""A number of the records put into a text by hand: it keeps its name and what stands behind it, as a composed one."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from models.paper.editing import blocks_of, key_of, text_of, with_blocks
from models.paper.elements import Block, Figure, Origin, Paper, Paragraph
from models.paper.figures import figures_of, present

_change = msgspec.structs.replace


@dataclass(frozen=True, slots=True)
class NamedFigure:
    """A number with its name, how it is written, and each record behind it with what it adds ("table:uuid", 2).

    Attributes:
        name: what it counts, with the period and 专项 it is of.
        value: the number itself.
        shown: its digits; 66.7% of a share.
        sources: what stands behind it.
        opening: the part carried over from before the office began.
    """

    name: str
    value: int | float
    shown: str
    sources: tuple[tuple[str, int], ...] = ()
    opening: int = 0


def with_figure(paper: Paper, at: int, position: int, figure: NamedFigure, annex: int | None = None) -> Paper:
    """The paper with a number's digits in a paragraph, before a character of its text.

    What the paragraph says now counts as its composed text from here on, so that its numbers are found again.

    Raises:
        TypeError: the block is no paragraph.
    """
    blocks = list(blocks_of(paper, annex))
    block = blocks[at]
    if not isinstance(block, Paragraph):
        raise TypeError(type(block))
    place = len(block.heading) + position
    key = key_of(block) or _new_key(paper)
    kept = _moved(paper, block, key, place, len(figure.shown))
    text = block.text[:position] + figure.shown + block.text[position:]
    records = block.origin.records if block.origin else ()
    blocks[at] = _change(block, text=text, origin=Origin(key, records, block.heading + text))
    pool = {ref: n for n, ref in enumerate(paper.counted)}
    made = _figure(figure, key, place, pool)
    return _change(with_blocks(paper, blocks, annex), figures=(*kept, made), counted=tuple(pool))


def _figure(figure: NamedFigure, key: str, place: int, pool: dict[str, int]) -> Figure:
    records = tuple(pool.setdefault(ref, len(pool)) for ref, _ in figure.sources)
    weights = tuple(weight for _, weight in figure.sources)
    adds_up = isinstance(figure.value, int) and sum(weights) == figure.value
    return Figure(
        figure.name, figure.value, key, figure.shown, place, records, weights if adds_up else (), opening=figure.opening
    )


def _moved(paper: Paper, block: Paragraph, key: str, place: int, by: int) -> Sequence[Figure]:
    """The paper's figures, those of the block where they stand now and behind the new one further on."""
    found: list[Figure] = []
    own = set(map(id, figures_of(paper, key)))
    now, composed = text_of(block), block.origin.text if block.origin else ""
    for one in paper.figures:
        if id(one) not in own:
            found.append(one)
        elif stands := present(one, composed, now):
            start = stands[0] + (by if stands[0] >= place else 0)
            found.append(_change(one, at=start, shown=now[slice(*stands)]))
    return found


def _new_key(paper: Paper) -> str:
    """A key no other part has, for a paragraph of the clerk's own."""
    blocks: list[Block] = [*paper.blocks, *(block for annex in paper.annexes for block in annex.blocks)]
    taken = {key_of(block) for block in blocks}
    return next(key for n in range(1, len(blocks) + 2) if (key := f"typed:{n}") not in taken)
