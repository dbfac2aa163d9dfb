"""The ordinals of the four levels as somebody types them (GB/T 9704-2012, 7.3.3)."""

import re
from typing import Final

from models.paper import marks
from models.paper.editing import blocks_of
from models.paper.elements import Paper, Paragraph

LEVELS: Final = {
    1: re.compile(r"[一二三四五六七八九十百]+、"),
    2: re.compile(r"（[一二三四五六七八九十百]+）"),
    3: re.compile(r"\d{1,3}[.．、](?!\d)"),
    4: re.compile(r"（\d{1,3}）"),
}


def without_ordinal(text: str, level: int) -> str:
    """A line without the ordinal of that level; 0 has none."""
    pattern = LEVELS.get(level)
    found = pattern.match(text) if pattern else None
    return text[found.end() :] if found else text


def numbered(paper: Paper) -> dict[str, int]:
    """The level of every paragraph that is counted, by its name: its ordinal follows from its place."""
    found: dict[str, int] = {}
    for annex in (None, *range(len(paper.annexes))):
        for one in marks.blocks(blocks_of(paper, annex), annex):
            if isinstance(one.block, Paragraph) and one.block.level and one.block.numbered:
                found[one.mark] = one.block.level
    return found
