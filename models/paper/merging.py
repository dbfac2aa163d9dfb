"""Bringing an edited paper up to date with the records without losing what was typed.

``recompose`` takes a fresh composition and keeps every edit, move, addition and removal, and tells
which kept parts no longer say what the records say. Tables are merged cell by cell (``merging_rows``).
"""

from collections.abc import Mapping, Sequence

import msgspec

from models.paper import merging_rows
from models.paper.editing import (
    ADDRESSEES,
    TITLE,
    blocks_of,
    is_edited,
    joined,
    key_of,
    records_of,
    text_of,
    with_blocks,
    words_of,
)
from models.paper.elements import Annex, Block, Origin, Paper, Paragraph, Table
from models.paper.merging_rows import inserted
from models.paper.mismatch import Mismatch
from models.paper.titles import issue_of, with_issue

_replace = msgspec.structs.replace


def recompose(edited: Paper, fresh: Paper) -> tuple[Paper, tuple[Mismatch, ...]]:
    """The fresh composition with everything the clerk did by hand kept.

    Args:
        edited: composed earlier and edited since.
        fresh: composed anew from the records as they stand.

    Returns:
        The merged paper, and the kept parts that no longer match the records.
    """
    found: list[Mismatch] = []
    title = _title(edited, fresh, found)
    addressees = _field(edited, ADDRESSEES, joined(edited.addressees), joined(fresh.addressees), found)
    blocks = _merge(edited.blocks, fresh.blocks, edited.dropped, found)
    merged = _replace(
        edited,
        title=title,
        addressees=edited.addressees if addressees == joined(edited.addressees) else fresh.addressees,
        blocks=blocks,
        annexes=_annexes(edited, fresh, found),
        masks=fresh.masks,
        consent=fresh.consent,
        origins=_origins(edited, fresh, {m.key for m in found}),
        figures=fresh.figures,
        counted=fresh.counted,
    )
    return merged, tuple(found)


def accept(paper: Paper, mismatch: Mismatch) -> Paper:
    """Keep an edited part for good: the clerk has seen what the records say now."""
    seen = [_replace(o, text=mismatch.fresh) if o.key == mismatch.key else o for o in paper.origins]
    annexes = [_replace(a, origin=None) if key_of(a) == mismatch.key else a for a in paper.annexes]
    paper = _replace(paper, origins=tuple(seen), annexes=tuple(annexes))
    for annex in (None, *range(len(paper.annexes))):
        blocks = [_accepted(block, mismatch) for block in blocks_of(paper, annex)]
        paper = with_blocks(paper, blocks, annex)
    return paper


def take(paper: Paper, fresh: Paper, mismatch: Mismatch) -> Paper:
    """Give an edited part up for what the records say now; one whose records are gone is taken out.

    Args:
        paper: as ``recompose`` gave it.
        fresh: the composition it was recomposed with.
        mismatch: one that ``recompose`` told.
    """
    if mismatch.key == TITLE:
        return accept(_replace(paper, title=with_issue(fresh.title, issue_of(paper.title))), mismatch)
    if mismatch.key == ADDRESSEES:
        return accept(_replace(paper, addressees=fresh.addressees), mismatch)
    everywhere = (blocks_of(fresh, at) for at in (None, *range(len(fresh.annexes))))
    news = {key_of(block): block for blocks in everywhere for block in blocks}
    annexes = [a for a in paper.annexes if mismatch.reason != "gone" or key_of(a) != mismatch.key]
    paper = _replace(paper, annexes=tuple(annexes))
    for annex in (None, *range(len(paper.annexes))):
        taken = (_taken(block, news, mismatch) for block in blocks_of(paper, annex))
        paper = with_blocks(paper, (block for block in taken if block is not None), annex)
    return paper


def _taken(block: Block, news: Mapping[str, Block], mismatch: Mismatch) -> Block | None:
    key, _, record = mismatch.key.partition("#")
    if not key or key_of(block) != key:
        return block
    new = news.get(key)
    if record and isinstance(block, Table):
        return merging_rows.taken(block, new, record)
    return _like(block, new) if new is not None else None


def _accepted(block: Block, mismatch: Mismatch) -> Block:
    key, _, record = mismatch.key.partition("#")
    if block.origin is None or block.origin.key != key:
        return block
    if record and isinstance(block, Table):
        return merging_rows.accepted(block, mismatch, record)
    if mismatch.reason == "gone":
        return _replace(block, origin=None)
    return _replace(block, origin=_replace(block.origin, text=mismatch.fresh, records=mismatch.records))


def _title(edited: Paper, fresh: Paper, found: list[Mismatch]) -> str:
    """The title, compared without its 期号, which is the document's own."""
    issue = issue_of(edited.title) or issue_of(fresh.title)
    bare = _replace(edited, origins=tuple(_replace(o, text=with_issue(o.text, None)) for o in edited.origins))
    ours, new = with_issue(edited.title, None), with_issue(fresh.title, None)
    return with_issue(_field(bare, TITLE, ours, new, found), issue)


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
    """The clerk's own attachments stay, and what was edited in those the records no longer make."""
    news = {key_of(annex): annex for annex in fresh.annexes}
    kept: list[Annex] = []
    for annex in edited.annexes:
        new = news.get(key_of(annex))
        if annex.origin is None:
            kept.append(annex)
            continue
        blocks = _merge(annex.blocks, new.blocks if new else (), edited.dropped, found)
        retitled = annex.title != annex.origin.text
        if new is None and retitled:
            found.append(Mismatch(annex.origin.key, "gone", annex.title, ""))
        if new is not None or retitled or blocks:
            kept.append(_replace(annex, blocks=blocks))
    known = {key_of(annex) for annex in edited.annexes} | set(edited.dropped)
    return tuple(inserted(kept, fresh.annexes, known, key_of))


def _merge(
    edited: Sequence[Block], fresh: Sequence[Block], dropped: Sequence[str], found: list[Mismatch]
) -> tuple[Block, ...]:
    news = {key_of(block): block for block in fresh}
    kept: list[Block] = []
    for block in edited:
        kept += _kept(block, news.get(key_of(block)) if key_of(block) else None, found)
    known = {key_of(block) for block in edited} | set(dropped)
    return tuple(inserted(kept, fresh, known, key_of))


def _kept(block: Block, new: Block | None, found: list[Mismatch]) -> list[Block]:
    """What becomes of a block that is there already."""
    if block.origin is None:
        return [block]
    if new is None:
        if not is_edited(block):
            return []
        found.append(Mismatch(block.origin.key, "gone", words_of(block), "", records_of(block)))
        return [block]
    return [_merged(block, new, found) if is_edited(block) else _like(block, new)]


def _merged(block: Block, new: Block, found: list[Mismatch]) -> Block:
    """An edited block and what the records say now."""
    assert block.origin is not None
    assert new.origin is not None
    if isinstance(block, Table) and isinstance(new, Table) and merging_rows.can_merge(block, new):
        return merging_rows.merged(block, new, found)
    if text_of(block) == new.origin.text:
        return new
    if block.origin.text != new.origin.text:
        found.append(Mismatch(block.origin.key, "changed", words_of(block), new.origin.text, records_of(new)))
        return block
    return _replace(block, origin=new.origin)


def _like(old: Block, new: Block) -> Block:
    """The fresh block at the level the clerk gave the old one."""
    if isinstance(old, Paragraph) and isinstance(new, Paragraph):
        return _replace(new, level=old.level, numbered=old.numbered)
    return new
