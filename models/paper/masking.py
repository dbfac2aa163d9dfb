"""One issue, two versions: the internal one names people in full, the public one masks those who did not agree."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

import msgspec

from models.domain.text.naming import masked_text
from models.paper.elements import Annex, Block, Mask, Origin, Paper, Paragraph, Photos, Table

__all__ = ["Mask", "internal", "masks_at", "named_in", "names_at", "public", "wants_public"]

_CASE = "case:"
_replace = msgspec.structs.replace
Change = Callable[[str], str]


def public(paper: Paper) -> Paper:
    """The paper with every mask laid over; a paper without masks comes back as it is."""
    if not paper.masks:
        return paper
    known = _sorted(paper.masks, paper.consent)  # to find it again for each block takes longer than to lay it over
    everywhere = known.at("")
    return _replace(
        paper,
        title=_hidden(paper, paper.title, everywhere),
        subtitle=_hidden(paper, paper.subtitle, everywhere),
        blocks=tuple(_public(paper, block, known) for block in paper.blocks),
        annexes=tuple(_public_annex(paper, annex, known) for annex in paper.annexes),
        note=_hidden(paper, paper.note, everywhere),
        masks=(),
        origins=tuple(_replace(o, text=_hidden(paper, o.text, everywhere)) for o in paper.origins),
    )


def masks_at(paper: Paper, key: str) -> dict[str, str]:
    """The names to be masked in a block, by its origin key; in one typed in by hand, and in the title, all of them.

    A name masked in one case is masked wherever it stands, but for the block of a case that says otherwise of it.
    """
    return _sorted(paper.masks, paper.consent).at(key)


def names_at(paper: Paper, key: str) -> dict[str, str]:
    """``masks_at`` the other way: what stands for one name only there, with the name."""
    return _sorted(paper.masks, paper.consent).back(key)


class _Masks:
    """The masks of a paper by where they hold: a long one is asked for every block of it."""

    def __init__(self, masks: tuple[Mask, ...], consent: bool) -> None:
        self._all = {m.name: m.shown for m in masks if m.name != m.shown}
        wide = (m for m in masks if not m.places or (consent and all(p.startswith(_CASE) for p in m.places)))
        self._wide = {m.name: m.shown for m in wide if m.name != m.shown}
        self._own: dict[str, dict[str, str]] = {}
        for mask in masks:
            for place in mask.places:
                self._own.setdefault(place, {})[mask.name] = mask.shown
        self._lengths = {len(place) for place in self._own}

    def at(self, key: str) -> dict[str, str]:
        if not key:
            return self._all
        own = [self._own[key[:n]] for n in self._lengths if key[:n] in self._own]
        if not own:
            return self._wide
        found = {name: shown for masks in (self._wide, *own) for name, shown in masks.items()}
        return {name: shown for name, shown in found.items() if name != shown}

    def back(self, key: str) -> dict[str, str]:
        """The one name each mask can stand for in a block; in a case's block its own persons come first."""
        own = [self._own[key[:n]] for n in self._lengths if key and key[:n] in self._own]
        found = _only(own)
        taken = {shown for masks in own for shown in masks.values()}
        return found | {shown: name for shown, name in _only([self.at(key)]).items() if shown not in taken}


def _only(several: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Masks that stand for one name only, with the name."""
    names: dict[str, set[str]] = {}
    for masks in several:
        for name, shown in masks.items():
            if name != shown:
                names.setdefault(shown, set()).add(name)
    return {shown: min(found) for shown, found in names.items() if len(found) == 1}


@lru_cache(maxsize=8)
def _sorted(masks: tuple[Mask, ...], consent: bool) -> _Masks:
    return _Masks(masks, consent)


def _hidden(paper: Paper, text: str, masks: Mapping[str, str]) -> str:
    return masked_text(text, masks, spaced=paper.consent)


def _public_annex(paper: Paper, annex: Annex, known: _Masks) -> Annex:
    everywhere = known.at("")
    origin = annex.origin and _replace(annex.origin, text=_hidden(paper, annex.origin.text, everywhere))
    blocks = tuple(_public(paper, block, known) for block in annex.blocks)
    return _replace(annex, title=_hidden(paper, annex.title, everywhere), blocks=blocks, origin=origin)


def _public(paper: Paper, block: Block, known: _Masks) -> Block:
    here = known.at(block.origin.key if block.origin else "")
    return _reworded(block, lambda text: _hidden(paper, text, here))


def _reworded(block: Block, change: Change) -> Block:
    """The block with every text of it changed, and the text it was composed with."""
    if isinstance(block, Paragraph):
        block = _replace(block, text=change(block.text), heading=change(block.heading))
    elif isinstance(block, Table):
        rows = tuple(tuple(map(change, row)) for row in block.rows)
        block = _replace(block, rows=rows, caption=change(block.caption))
    elif isinstance(block, Photos):
        photos = tuple(_replace(photo, caption=change(photo.caption)) for photo in block.photos)
        block = _replace(block, photos=photos, caption=change(block.caption))
    if block.origin:
        block = _replace(block, origin=_replace(block.origin, text=change(block.origin.text)))
    return block


def named_in(paper: Paper, text: str) -> list[str]:
    """The names the public version masks that a text, such as a file's name, says in full."""
    return [
        name for name, shown in masks_at(paper, "").items() if masked_text(text, {name: shown}, spaced=True) != text
    ]


def internal(seen: Paper, whole: Paper) -> Paper:
    """The internal version of a public one that was edited.

    Args:
        seen: ``public(whole)`` with some parts changed, added, moved or taken out.
        whole: the internal version it was made from.

    Returns:
        The parts that were not touched as they stand in ``whole``; in the others each mask is written out as
        the one name it stands for there, and left where it could be two.
    """
    was = public(whole)
    back = _Back(whole, was)
    return _replace(
        seen,
        title=back.text(seen.title, was.title, whole.title),
        subtitle=back.text(seen.subtitle, was.subtitle, whole.subtitle),
        blocks=tuple(back.block(block) for block in seen.blocks),
        annexes=tuple(back.annex(annex) for annex in seen.annexes),
        note=back.text(seen.note, was.note, whole.note),
        masks=whole.masks,
        consent=whole.consent,
        origins=tuple(back.origin(origin) for origin in seen.origins),
    )


def wants_public(options: Mapping[str, Any]) -> bool:
    """Whether a document's kept choices ask for the public version.

    1.0.0 kept ``masked`` instead: full where all names were to stand.
    """
    if "version" in options:
        return str(options["version"]) == "public"
    return str(options.get("masked", "full")) != "full"


class _Back:
    """The way from a public text back to the internal one."""

    def __init__(self, whole: Paper, was: Paper) -> None:
        self._paper = whole
        masked, plain = list(_every(was)), list(_every(whole))
        self._blocks = dict(zip(masked, plain, strict=True))
        self._annexes = dict(zip(was.annexes, whole.annexes, strict=True))
        self._origins = {origin.key: origin for origin in self._all_origins(whole, plain)}

    @staticmethod
    def _all_origins(whole: Paper, blocks: Iterable[Block]) -> Iterable[Origin]:
        yield from whole.origins
        yield from (annex.origin for annex in whole.annexes if annex.origin)
        yield from (block.origin for block in blocks if block.origin)

    def text(self, seen: str, was: str, whole: str, key: str = "") -> str:
        return whole if seen == was else masked_text(seen, names_at(self._paper, key))

    def block(self, block: Block) -> Block:
        if block in self._blocks:
            return self._blocks[block]
        names = names_at(self._paper, block.origin.key if block.origin else "")
        named = _reworded(block, lambda text: masked_text(text, names))
        return _replace(named, origin=self.origin(block.origin)) if block.origin else named

    def annex(self, annex: Annex) -> Annex:
        if annex in self._annexes:
            return self._annexes[annex]
        title = masked_text(annex.title, names_at(self._paper, ""))
        origin = annex.origin and self.origin(annex.origin)
        return _replace(annex, title=title, blocks=tuple(map(self.block, annex.blocks)), origin=origin)

    def origin(self, origin: Origin) -> Origin:
        """As it was before the masks; one that came since is another paper's and stays."""
        return self._origins.get(origin.key, origin)


def _every(paper: Paper) -> Iterable[Block]:
    yield from paper.blocks
    for annex in paper.annexes:
        yield from annex.blocks
