"""What a notice's mend makes of a paper: the one change it says, in the part the notice stands in."""

import msgspec

from models.paper import editing
from models.paper.checks.notices import ADDRESSEES, COLOPHON, NUMBER, TITLE, Mend, Notice
from models.paper.editing import key_of
from models.paper.elements import Block, Paper, Paragraph, Photos

_replace = msgspec.structs.replace


def mended(paper: Paper, notice: Notice) -> Paper:
    """The paper with a notice's mend done; as it is where the part has moved on since."""
    mend = notice.mend
    if mend is None or mend.keep:
        return paper
    if mend.field:
        return editing.with_fields(paper, {mend.field: mend.value})
    place = _place(paper, notice)
    if place is not None:
        annex, at = place
        if mend.drop:
            return editing.drop(paper, at, annex)
        return _with_block(paper, annex, at, mend)
    return _around(paper, notice.key, mend)


def _place(paper: Paper, notice: Notice) -> tuple[int | None, int] | None:
    """Attachment and block of a notice, by the part's key or its place."""
    for annex in (None, *range(len(paper.annexes))):
        for at, block in enumerate(editing.blocks_of(paper, annex)):
            own = f"blocks.{at}" if annex is None else f"annexes.{annex}.blocks.{at}"
            if notice.key and notice.key in (key_of(block), own):
                return annex, at
    return None


def _with_block(paper: Paper, annex: int | None, at: int, mend: Mend) -> Paper:
    block = editing.blocks_of(paper, annex)[at]
    return editing.replace(paper, at, _reworded(block, mend), annex)


def _reworded(block: Block, mend: Mend) -> Block:
    if isinstance(block, Paragraph):
        return _replace(block, text=reworded(block.text, mend), heading=reworded(block.heading, mend))
    if isinstance(block, Photos):
        photos = tuple(_replace(photo, caption=reworded(photo.caption, mend)) for photo in block.photos)
        return _replace(block, photos=photos, caption=reworded(block.caption, mend))
    rows = tuple(tuple(reworded(cell, mend) for cell in row) for row in block.rows)
    return _replace(block, rows=rows, caption=reworded(block.caption, mend))


def reworded(text: str, mend: Mend) -> str:
    """A text with the mend's words changed."""
    for old, new in ((mend.old, mend.new), *mend.more):
        text = text.replace(old, new) if old else text
    return text


def _around(paper: Paper, key: str, mend: Mend) -> Paper:
    """A change of title, number, addressees, colophon or an attachment's title."""
    if key == TITLE:
        return editing.with_fields(paper, {"title": reworded(paper.title, mend)})
    if key == NUMBER:
        return editing.with_fields(paper, {"number": reworded(paper.header.number, mend)})
    if key == ADDRESSEES:
        return editing.with_fields(paper, {"addressees": tuple(reworded(one, mend) for one in paper.addressees)})
    if key == COLOPHON and paper.colophon:
        return editing.with_fields(paper, {"copy_to": tuple(reworded(one, mend) for one in paper.colophon.copy_to)})
    for number, annex in enumerate(paper.annexes):
        if key == f"annexes.{number}":
            return editing.change_annex(paper, number, title=reworded(annex.title, mend))
    return paper
