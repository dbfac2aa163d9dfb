"""One issue, two exports: the internal one names people in full, the public one masks some."""

from collections.abc import Iterable

import msgspec

from models.paper.elements import Annex, Block, Mask, Paper, Paragraph, Photos, Table
from models.rules.naming import masked_text

__all__ = ["Mask", "public"]


def public(paper: Paper) -> Paper:
    """The paper with every mask laid over; a paper without masks comes back as it is."""
    if not paper.masks:
        return paper
    everywhere = {mask.name: mask.shown for mask in paper.masks}
    return msgspec.structs.replace(
        paper,
        title=masked_text(paper.title, everywhere),
        subtitle=masked_text(paper.subtitle, everywhere),
        blocks=tuple(_masked(block, paper.masks) for block in paper.blocks),
        annexes=tuple(_masked_annex(annex, paper.masks, everywhere) for annex in paper.annexes),
        note=masked_text(paper.note, everywhere),
        masks=(),
        origins=tuple(msgspec.structs.replace(o, text=masked_text(o.text, everywhere)) for o in paper.origins),
    )


def _masked_annex(annex: Annex, masks: tuple[Mask, ...], everywhere: dict[str, str]) -> Annex:
    origin = annex.origin and msgspec.structs.replace(annex.origin, text=masked_text(annex.origin.text, everywhere))
    blocks = tuple(_masked(block, masks) for block in annex.blocks)
    title = masked_text(annex.title, everywhere)
    return msgspec.structs.replace(annex, title=title, blocks=blocks, origin=origin)


def _masked(block: Block, masks: Iterable[Mask]) -> Block:
    """The block with the masks of its own place; one typed in by hand gets them all."""
    key = block.origin.key if block.origin else ""
    here = {m.name: m.shown for m in masks if not m.places or not key or key.startswith(m.places)}
    if isinstance(block, Paragraph):
        block = msgspec.structs.replace(
            block, text=masked_text(block.text, here), heading=masked_text(block.heading, here)
        )
    elif isinstance(block, Table):
        rows = tuple(tuple(masked_text(cell, here) for cell in row) for row in block.rows)
        block = msgspec.structs.replace(block, rows=rows, caption=masked_text(block.caption, here))
    elif isinstance(block, Photos):
        photos = tuple(msgspec.structs.replace(p, caption=masked_text(p.caption, here)) for p in block.photos)
        block = msgspec.structs.replace(block, photos=photos, caption=masked_text(block.caption, here))
    if block.origin:
        origin = msgspec.structs.replace(block.origin, text=masked_text(block.origin.text, here))
        block = msgspec.structs.replace(block, origin=origin)
    return block
