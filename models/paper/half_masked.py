"""Names that one part of a paper masks and another says in full: annexes, captions, tables, titles."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from models.domain.text.naming import masked_text
from models.paper.editing import key_of
from models.paper.elements import Block, Paper, Paragraph, Photos, Table
from models.paper.masking import public


class Slip(NamedTuple):
    """A name said in full in the public version, or beside a mask typed by hand.

    ``key`` is the block's origin key or the part's place, ``at`` its index in the body or -1, ``where`` what the
    clerk calls it.
    """

    name: str
    shown: str
    key: str
    at: int
    where: str


class _Text(NamedTuple):
    key: str
    at: int
    where: str
    text: str


def half_masked(paper: Paper) -> list[Slip]:
    """Every place where a name the paper masks elsewhere stands in full."""
    hidden = {mask.name: mask.shown for mask in paper.masks if mask.name != mask.shown}
    if not hidden:
        return []
    typed = list(_texts(paper))
    shown = {name: mask for name, mask in hidden.items() if _masked_by_hand(paper, typed, name, mask)}
    seen = [
        *_said(_texts(public(paper)), hidden),
        *_said(typed, shown),
    ]
    return list(dict.fromkeys(seen))


def _said(texts: Iterable[_Text], names: dict[str, str]) -> Iterator[Slip]:
    for key, at, where, text in texts:
        within = set(text)  # a long paper has few of many names in each of its parts
        for name, shown in names.items():
            if within.issuperset(name) and _says(text, name):
                yield Slip(name, shown, key, at, where)


def _says(text: str, name: str) -> bool:
    return masked_text(text, {name: ""}, spaced=True) != text


def _masked_by_hand(paper: Paper, texts: Iterable[_Text], name: str, shown: str) -> bool:
    """Whether the part that tells of a person holds the mask and not the name."""
    places = tuple(place for mask in paper.masks if mask.name == name for place in mask.places)
    own = [one.text for one in texts if places and one.key.startswith(places)]
    return any(shown in text and not _says(text, name) for text in own)


def _texts(paper: Paper) -> Iterator[_Text]:
    yield _Text("title", -1, "标题", f"{paper.title}\n{paper.subtitle}")
    yield _Text("addressees", -1, "主送", "、".join(paper.addressees))
    for at, block in enumerate(paper.blocks):
        yield from _of_block(block, f"blocks.{at}", at, "正文")
    for number, annex in enumerate(paper.annexes):
        where = f"附件{number + 1}" if len(paper.annexes) > 1 else "附件"
        yield _Text(f"annexes.{number}", -1, f"{where}的标题", annex.title)
        for at, block in enumerate(annex.blocks):
            yield from _of_block(block, f"annexes.{number}.blocks.{at}", -1, where)
    yield _Text("", -1, "附注", paper.note)
    colophon = paper.colophon
    yield _Text("colophon", -1, "版记", "\n".join((*colophon.copy_to, colophon.printer)) if colophon else "")


def _of_block(block: Block, place: str, at: int, where: str) -> Iterator[_Text]:
    key = key_of(block) or place
    if isinstance(block, Paragraph):
        yield _Text(key, at, where, block.heading + block.text)
    elif isinstance(block, Table):
        cells = [column.title for column in block.columns] + [cell for row in block.rows for cell in row]
        yield _Text(key, at, f"{where}的表格", "\n".join([block.caption, *cells]))
    elif isinstance(block, Photos):
        words = [block.caption, *(photo.caption for photo in block.photos)]
        yield _Text(key, at, f"{where}的照片说明", "\n".join(words))
