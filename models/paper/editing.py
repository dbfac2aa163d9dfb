"""Editing a composed paper by hand, and bringing it up to date without losing what was typed.

A block remembers in its ``origin`` what was composed; where its own text differs it was edited by
hand. ``recompose`` takes a fresh composition and keeps every edit, move, addition and removal,
and tells which kept parts no longer say what the records say. All functions give a new paper.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from models.errors import Refusal
from models.paper.elements import Annex, Block, Origin, Paper, Paragraph, Table

TITLE, ADDRESSEES = "title", "addressees"
Reason = Literal["changed", "gone"]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A part kept as the clerk edited it, though its records have moved on.

    Attributes:
        key: the block's, or title or addressees.
        reason: changed, the records now say something else; gone, they are no longer among those chosen.
        kept: the text as edited.
        fresh: what would be composed now; empty where gone.
        records: "table:uuid" of the records behind it.
    """

    key: str
    reason: Reason
    kept: str
    fresh: str
    records: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What to tell the clerk."""
        start = f"“{self.kept[:20]}{'…' if len(self.kept) > 20 else ''}”"
        if self.reason == "gone":
            return f"{start}是手工改过的，原来的记录已不在所选范围，请核对是否保留。"
        return f"{start}是手工改过的，改过之后记录有变化，请核对。"


def text_of(block: Block) -> str:
    """What a block says, as its origin keeps it."""
    if isinstance(block, Paragraph):
        return block.heading + block.text
    if isinstance(block, Table):
        return "\n".join("\t".join(row) for row in block.rows)
    return block.caption


def is_edited(block: Block) -> bool:
    """Whether a block was edited or added by hand."""
    return block.origin is None or text_of(block) != block.origin.text


def key_of(block: Block) -> str:
    """The block's place in the composed text; empty for one added by hand."""
    return block.origin.key if block.origin else ""


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


def replace_cell(paper: Paper, at: int, cell: tuple[int, int], text: str, annex: int | None = None) -> Paper:
    """Another text in one cell of a table, by row and column.

    Raises:
        TypeError: the block is no table.
    """
    block = blocks_of(paper, annex)[at]
    if not isinstance(block, Table):
        raise TypeError(type(block))
    rows = [list(cells) for cells in block.rows]
    row, column = cell
    rows[row][column] = text
    return replace(paper, at, msgspec.structs.replace(block, rows=tuple(tuple(cells) for cells in rows)), annex)


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


def restore(paper: Paper, key: str) -> Paper:
    """Let composing again bring back a block that was dropped."""
    return msgspec.structs.replace(paper, dropped=tuple(one for one in paper.dropped if one != key))


_HEADER = frozenset({"organs", "mark_suffix", "number", "signers", "copy_number", "secrecy", "urgency"})
_COLOPHON = frozenset({"copy_to", "printer", "print_date"})
_SIGNATURE = {"sealed": "sealed", "date": "date", "signing_organs": "organs"}
_OWN = frozenset({"format", "title", "subtitle", "addressees", "note", "blank_before_colophon", "fonts"})


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


def recompose(edited: Paper, fresh: Paper) -> tuple[Paper, tuple[Mismatch, ...]]:
    """The fresh composition with everything the clerk did by hand kept.

    Args:
        edited: composed earlier and edited since.
        fresh: composed anew from the records as they stand.

    Returns:
        The merged paper, and the kept parts that no longer match the records.
    """
    found: list[Mismatch] = []
    title = _field(edited, TITLE, edited.title, fresh.title, found)
    addressees = _field(edited, ADDRESSEES, joined(edited.addressees), joined(fresh.addressees), found)
    blocks = _merge(edited.blocks, fresh.blocks, edited.dropped, found)
    merged = msgspec.structs.replace(
        edited,
        title=title,
        addressees=edited.addressees if addressees == joined(edited.addressees) else fresh.addressees,
        blocks=blocks,
        annexes=_annexes(edited, fresh, found),
        masks=fresh.masks,
        origins=_origins(edited, fresh, {m.key for m in found}),
    )
    return merged, tuple(found)


def joined(addressees: Sequence[str]) -> str:
    """主送 as one text, as its origin keeps it."""
    return "、".join(addressees)


def accept(paper: Paper, mismatch: Mismatch) -> Paper:
    """Keep an edited part for good: the clerk has seen what the records say now."""
    seen = [msgspec.structs.replace(o, text=mismatch.fresh) if o.key == mismatch.key else o for o in paper.origins]
    paper = msgspec.structs.replace(paper, origins=tuple(seen))
    for annex in (None, *range(len(paper.annexes))):
        blocks = [_accepted(block, mismatch) for block in blocks_of(paper, annex)]
        paper = with_blocks(paper, blocks, annex)
    return paper


def _accepted(block: Block, mismatch: Mismatch) -> Block:
    if block.origin is None or block.origin.key != mismatch.key:
        return block
    if mismatch.reason == "gone":
        return msgspec.structs.replace(block, origin=None)
    return msgspec.structs.replace(block, origin=msgspec.structs.replace(block.origin, text=mismatch.fresh))


def _field(edited: Paper, key: str, ours: str, new: str, found: list[Mismatch]) -> str:
    """A field of the head: the clerk's where it was changed by hand, else the fresh one."""
    composed = {origin.key: origin.text for origin in edited.origins}
    if key not in composed or ours == composed[key]:
        return new
    if new not in (composed[key], ours):
        found.append(Mismatch(key, "changed", ours, new))
    return ours


def _origins(edited: Paper, fresh: Paper, open_keys: set[str]) -> tuple[Origin, ...]:
    """What was composed: the fresh texts, but the old one where a mismatch is still to be seen to."""
    old = {origin.key: origin for origin in edited.origins}
    return tuple(old[o.key] if o.key in open_keys and o.key in old else o for o in fresh.origins)


def _annexes(edited: Paper, fresh: Paper, found: list[Mismatch]) -> tuple[Annex, ...]:
    """Attachments told by their title; the clerk's own stay, new ones follow."""
    new = {annex.title: annex for annex in fresh.annexes}
    merged = []
    for annex in edited.annexes:
        other = new.pop(annex.title, None)
        if other is not None:
            blocks = _merge(annex.blocks, other.blocks, edited.dropped, found)
            merged.append(msgspec.structs.replace(annex, blocks=blocks))
        elif any(is_edited(block) for block in annex.blocks):
            merged.append(annex)
    return (*merged, *new.values())


def _merge(
    edited: Sequence[Block], fresh: Sequence[Block], dropped: Sequence[str], found: list[Mismatch]
) -> tuple[Block, ...]:
    news = {key_of(block): block for block in fresh}
    kept: list[Block] = []
    for block in edited:
        kept += _kept(block, news.get(key_of(block)) if key_of(block) else None, found)
    known = {key_of(block) for block in edited} | set(dropped)
    return tuple(_inserted(kept, fresh, known))


def _kept(block: Block, new: Block | None, found: list[Mismatch]) -> list[Block]:
    """What becomes of a block that is there already."""
    if block.origin is None:
        return [block]
    if not is_edited(block):
        return [_like(block, new)] if new is not None else []
    if new is None:
        found.append(Mismatch(block.origin.key, "gone", text_of(block), "", block.origin.records))
        return [block]
    new_text = new.origin.text if new.origin else ""
    if text_of(block) == new_text:
        return [new]
    if new_text != block.origin.text:
        records = new.origin.records if new.origin else ()
        found.append(Mismatch(block.origin.key, "changed", text_of(block), new_text, records))
        return [block]
    return [msgspec.structs.replace(block, origin=new.origin)]


def _like(old: Block, new: Block) -> Block:
    """The fresh block at the level the clerk gave the old one."""
    if isinstance(old, Paragraph) and isinstance(new, Paragraph):
        return msgspec.structs.replace(new, level=old.level, numbered=old.numbered)
    return new


def _inserted(kept: list[Block], fresh: Sequence[Block], known: set[str]) -> list[Block]:
    """New blocks behind the one they follow in the fresh composition."""
    places = {key_of(block): place for place, block in enumerate(kept) if key_of(block)}
    behind: dict[int, list[Block]] = {}
    last = -1
    for block in fresh:
        key = key_of(block)
        if key in places:
            last = places[key]
        elif key not in known:
            behind.setdefault(last, []).append(block)
    result = behind.get(-1, [])
    for place, block in enumerate(kept):
        result.append(block)
        result += behind.get(place, ())
    return result
