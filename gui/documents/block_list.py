"""The parts of a paper as lines of a list, and the names the pages know them by."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from models.paper import editing
from models.paper.elements import Block, Paper, Paragraph, Table
from models.paper.numbering import ordinals

_BLOCK = re.compile(r"(?:annexes\.(\d+)\.)?blocks\.(\d+)")
_ANNEX = re.compile(r"annexes\.(\d+)")
_LONGEST = 60


class Line(NamedTuple):
    """A part's name, its words in the list, and whether it was edited or added by hand."""

    part: str
    words: str
    edited: bool


def place_of(part: str) -> tuple[int | None, int] | None:
    """Attachment and block a part names: "blocks.3", "annexes.0.blocks.2"; None for what is no block."""
    found = _BLOCK.fullmatch(part)
    if found is None:
        return None
    return (int(found[1]) if found[1] else None), int(found[2])


def annex_of(part: str) -> int | None:
    """The attachment whose head a part names: "annexes.0"; None for all else."""
    found = _ANNEX.fullmatch(part)
    return int(found[1]) if found else None


def part_of(annex: int | None, at: int) -> str:
    """The part's name for a block."""
    return f"blocks.{at}" if annex is None else f"annexes.{annex}.blocks.{at}"


def part_of_key(paper: Paper, key: str) -> str:
    """The part that an origin's key names; title and the like name themselves."""
    return next(iter(parts_of_keys(paper, [key]).values()))


def parts_of_keys(paper: Paper, keys: Iterable[str]) -> dict[str, str]:
    """The parts that origins' keys name, as the paper stands now."""
    found = {"number": "header"}
    for annex in (None, *range(len(paper.annexes))):
        if annex is not None:
            found.setdefault(editing.key_of(paper.annexes[annex]), f"annexes.{annex}")
        for at, block in enumerate(editing.blocks_of(paper, annex)):
            found.setdefault(editing.key_of(block), part_of(annex, at))
    found.pop("", None)
    return {key: found.get(key) or found.get(key.partition("#")[0], key) for key in keys}


def lines(paper: Paper) -> list[Line]:
    """Every part a clerk can choose, from the title to the last attachment."""
    found = [Line("title", f"标题　{paper.title}".replace("\n", ""), False)]
    if paper.addressees:
        found.append(Line("addressees", f"主送　{'、'.join(paper.addressees)}", False))
    found += _blocks(paper.blocks, None, "")
    for at, annex in enumerate(paper.annexes):
        edited = annex.origin is None or annex.title != annex.origin.text
        label = f"附件{at + 1}" if len(paper.annexes) > 1 else "附件"
        found.append(Line(f"annexes.{at}", f"{label}　{annex.title or '（没有标题）'}", edited))
        found += _blocks(annex.blocks, at, "　　")
    return found


def _blocks(blocks: tuple[Block, ...], annex: int | None, indent: str) -> list[Line]:
    return [
        Line(part_of(annex, at), indent + (_words(block, number) or "（空）"), editing.is_edited(block))
        for at, (block, number) in enumerate(zip(blocks, ordinals(blocks), strict=True))
    ]


def _words(block: Block, number: str) -> str:
    if isinstance(block, Paragraph):
        text = f"{'　' * max(block.level - 1, 0)}{number}{block.heading}{block.text}"
        return text[:_LONGEST].replace("\n", " ")
    kind = "表格" if isinstance(block, Table) else "照片"
    size = f"{len(block.rows)} 行" if isinstance(block, Table) else f"{len(block.photos)} 张"
    return f"〔{kind}，{size}〕{block.caption}"[:_LONGEST]
