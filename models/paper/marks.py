"""Names for the parts of a paper, written into a Word document as bookmarks: what comes back is known by them.

A range bookmark is what Word, WPS and LibreOffice all keep. A name begins with ``_dc``, which hides it in Word's
list, and is at most 40 characters long (ECMA-376, 17.13.6.2).
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from models.paper.elements import Block, Paper, Table, to_json

PREFIX: Final = "_dc"
PAPER: Final = "_dcd_"
FIELD: Final = "_dcf_"
BLOCK: Final = "_dcb_"
ROW: Final = "_dcr_"
HEAD: Final = "_dch_"
CAPTION: Final = "_dcc_"
ANNEX: Final = "_dca_"
_LENGTH: Final = 12


@dataclass(frozen=True, slots=True)
class Marked:
    """A block of a paper with its name.

    Attributes:
        mark: of the block; a table's rows have their own, see `rows`.
        annex: index of the attachment; None for the body.
        at: index among the blocks there.
    """

    mark: str
    block: Block
    annex: int | None
    at: int


def token(paper: Paper) -> str:
    """What names one state of a paper: the same paper always has the same."""
    return hashlib.sha256(to_json(paper)).hexdigest()[:32]


def field(name: str) -> str:
    """The name of a field of header, title, addressees, signature or colophon."""
    return FIELD + name


def blocks(given: Iterable[Block], annex: int | None = None) -> Iterator[Marked]:
    """The blocks of a body or an attachment with their names: by what they were composed from, else by their words."""
    taken: dict[str, int] = {}
    for at, block in enumerate(given):
        key = block.origin.key if block.origin else repr(block)
        count = taken[key] = taken.get(key, 0) + 1
        yield Marked(BLOCK + _digest(annex, key, count), block, annex, at)


def all_blocks(paper: Paper) -> Iterator[Marked]:
    """Every block of a paper."""
    yield from blocks(paper.blocks)
    for number, annex in enumerate(paper.annexes):
        yield from blocks(annex.blocks, number)


def rows(mark: str, table: Table) -> tuple[str, ...]:
    """The names of a table's rows: by the records they state, else by their words."""
    taken: dict[str, int] = {}
    names = []
    for number, row in enumerate(table.rows):
        key = (table.keys[number] if number < len(table.keys) else "") or "\t".join(row)
        count = taken[key] = taken.get(key, 0) + 1
        names.append(ROW + _digest(mark, key, count))
    return tuple(names)


def head(mark: str) -> str:
    """The name of a table's head row."""
    return HEAD + mark.removeprefix(BLOCK)


def caption(mark: str) -> str:
    """The name of the caption of a table or of pictures."""
    return CAPTION + mark.removeprefix(BLOCK)


def annex(number: int) -> str:
    """The name of an attachment's title, counted from 0."""
    return f"{ANNEX}{number}"


def _digest(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
