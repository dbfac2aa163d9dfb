"""Editing a composed paper by hand.

A block remembers in its ``origin`` what was composed; where its own text differs it was edited by
hand. All functions give a new paper. ``tables`` edits the rows of a table, ``merging`` brings an
edited paper up to date with the records.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from models.errors import Refusal
from models.paper import tables
from models.paper.elements import Annex, Block, Origin, Paper, Paragraph, Photo, Photos, Table

TITLE, ADDRESSEES = "title", "addressees"
PAIR = ("整改前", "整改后")
B = TypeVar("B", bound=Block)


def text_of(block: Block) -> str:
    """What a block says and shows, as its origin keeps it."""
    if isinstance(block, Paragraph):
        return block.heading + block.text
    if isinstance(block, Table):
        return tables.text_of(block)
    return "\n".join((block.caption, *(f"{photo.caption}\t{photo.sha256}" for photo in block.photos)))


def words_of(block: Block) -> str:
    """A block in a few words, to be named by on screen."""
    if isinstance(block, Paragraph):
        return block.heading + block.text
    if isinstance(block, Table):
        return block.caption or f"表格，{len(block.rows)}行"
    return block.caption or f"图片，{len(block.photos)}张"


def composed(block: B, key: str, records: tuple[str, ...] = ()) -> B:
    """The block as composed: it remembers its place, its records and what it said."""
    return msgspec.structs.replace(block, origin=Origin(key, records, text_of(block)))


def composed_annex(annex: Annex) -> Annex:
    """The attachment as composed: it remembers its title."""
    return msgspec.structs.replace(annex, origin=Origin(f"annex:{annex.title}", text=annex.title))


def records_of(block: Block) -> tuple[str, ...]:
    """The records a block states, as "table:uuid"; of a table those whose rows are still there."""
    if isinstance(block, Table) and block.keys:
        return tuple(dict.fromkeys(filter(None, block.keys)))
    return block.origin.records if block.origin else ()


def is_edited(block: Block) -> bool:
    """Whether a block was edited or added by hand."""
    return block.origin is None or text_of(block) != block.origin.text


def key_of(part: Block | Annex) -> str:
    """The place of a block or attachment in the composed text; empty for one added by hand."""
    return part.origin.key if part.origin else ""


def blocks_of(paper: Paper, annex: int | None = None) -> tuple[Block, ...]:
    """The blocks of the body, or of the attachment of that index."""
    return paper.blocks if annex is None else paper.annexes[annex].blocks


def with_blocks(paper: Paper, blocks: Iterable[Block], annex: int | None = None) -> Paper:
    """The paper with other blocks in its body or in one attachment."""
    if annex is None:
        return msgspec.structs.replace(paper, blocks=tuple(blocks))
    changed = list(paper.annexes)
    changed[annex] = msgspec.structs.replace(changed[annex], blocks=tuple(blocks))
    return msgspec.structs.replace(paper, annexes=tuple(changed))


def replace(paper: Paper, at: int, block: Block, annex: int | None = None) -> Paper:
    """Another block in the place of one; its origin stays, so that the edit is known as one."""
    blocks = list(blocks_of(paper, annex))
    blocks[at] = msgspec.structs.replace(block, origin=blocks[at].origin)
    return with_blocks(paper, blocks, annex)


def replace_text(paper: Paper, at: int, text: str, heading: str | None = None, annex: int | None = None) -> Paper:
    """Another text (and heading) for a paragraph, or another caption for pictures and tables."""
    block = blocks_of(paper, annex)[at]
    if isinstance(block, Paragraph):
        new = block.heading if heading is None else heading
        return replace(paper, at, msgspec.structs.replace(block, text=text, heading=new), annex)
    return replace(paper, at, msgspec.structs.replace(block, caption=text), annex)


def restyle(paper: Paper, at: int, level: int, annex: int | None = None) -> Paper:
    """A paragraph at another level; its ordinal follows by itself.

    Raises:
        TypeError: the block is no paragraph.
    """
    block = blocks_of(paper, annex)[at]
    if not isinstance(block, Paragraph):
        raise TypeError(type(block))
    return replace(paper, at, msgspec.structs.replace(block, level=level), annex)


def move(paper: Paper, at: int, to: int, annex: int | None = None) -> Paper:
    """A block at another place; ``to`` counts after it was taken out."""
    blocks = list(blocks_of(paper, annex))
    blocks.insert(to, blocks.pop(at))
    return with_blocks(paper, blocks, annex)


def add(paper: Paper, at: int, block: Block, annex: int | None = None) -> Paper:
    """A block of the clerk's own before the one at that place."""
    blocks = list(blocks_of(paper, annex))
    blocks.insert(at, msgspec.structs.replace(block, origin=None))
    return with_blocks(paper, blocks, annex)


def drop(paper: Paper, at: int, annex: int | None = None) -> Paper:
    """The paper without a block; composing again does not bring it back."""
    blocks = list(blocks_of(paper, annex))
    key = key_of(blocks.pop(at))
    paper = with_blocks(paper, blocks, annex)
    return msgspec.structs.replace(paper, dropped=(*paper.dropped, key)) if key else paper


def photo_rows(photos: Sequence[Photo]) -> tuple[Photos, ...]:
    """Pictures two a row; just two without words are one place before and after its rectification."""
    if len(photos) == len(PAIR) and not any(photo.caption for photo in photos):
        photos = [msgspec.structs.replace(p, caption=word) for p, word in zip(photos, PAIR, strict=True)]
    return tuple(Photos(tuple(photos[n : n + 2])) for n in range(0, len(photos), 2))


def add_annex(paper: Paper, at: int, annex: Annex) -> Paper:
    """An attachment of the clerk's own before the one at that place."""
    annexes = list(paper.annexes)
    annexes.insert(at, msgspec.structs.replace(annex, origin=None))
    return msgspec.structs.replace(paper, annexes=tuple(annexes))


def drop_annex(paper: Paper, at: int) -> Paper:
    """The paper without an attachment; composing again does not bring it back."""
    annexes = list(paper.annexes)
    key = key_of(annexes.pop(at))
    paper = msgspec.structs.replace(paper, annexes=tuple(annexes))
    return msgspec.structs.replace(paper, dropped=(*paper.dropped, key)) if key else paper


def move_annex(paper: Paper, at: int, to: int) -> Paper:
    """An attachment at another place; ``to`` counts after it was taken out."""
    annexes = list(paper.annexes)
    annexes.insert(to, annexes.pop(at))
    return msgspec.structs.replace(paper, annexes=tuple(annexes))


def change_annex(paper: Paper, at: int, **values: Any) -> Paper:
    """An attachment with another title, or turned upright or on its side (``landscape``)."""
    annexes = list(paper.annexes)
    annexes[at] = msgspec.structs.replace(annexes[at], **values)
    return msgspec.structs.replace(paper, annexes=tuple(annexes))


_HEADER = frozenset({"organs", "mark_suffix", "number", "signers", "copy_number", "secrecy", "urgency"})
_COLOPHON = frozenset({"copy_to", "printer", "print_date"})
_SIGNATURE = {"sealed": "sealed", "date": "date", "signing_organs": "organs"}
_OWN = frozenset(
    {"format", "title", "subtitle", "addressees", "note", "blank_before_colophon", "fonts", "approver", "approved_on"}
)


def with_fields(paper: Paper, values: Mapping[str, Any]) -> Paper:
    """Header, title, addressees, signature and colophon fields changed by name.

    ``date`` changes the signature's and the colophon's, ``signing_organs`` who signs.

    Raises:
        Refusal: no such field.
    """
    for name, value in values.items():
        paper = _with_field(paper, name, value)
    return paper


def _with_field(paper: Paper, name: str, value: Any) -> Paper:
    change = msgspec.structs.replace
    if name in _OWN:
        return change(paper, **{name: value})
    if name in _HEADER:
        return change(paper, header=change(paper.header, **{name: value}))
    if name in _COLOPHON and paper.colophon:
        return change(paper, colophon=change(paper.colophon, **{name: value}))
    if name in _SIGNATURE and paper.signature:
        paper = change(paper, signature=change(paper.signature, **{_SIGNATURE[name]: value}))
        if name == "date" and paper.colophon:
            paper = change(paper, colophon=change(paper.colophon, print_date=value))
        return paper
    raise Refusal(f"这份公文没有“{name}”这一项。")


def joined(addressees: Sequence[str]) -> str:
    """主送 as one text, as its origin keeps it."""
    return "、".join(addressees)
