"""Numbers that know what stands behind them, from the query to the finished paper.

A ``Count`` is an int; written into a text while a paper is composed it leaves marks around its digits. ``resolved``
takes the marks out again and keeps each number as a ``Figure`` with its place, so that composing modules
write plain f-strings and phrases, and no number loses its records on the way.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, Self

import msgspec

from models.paper.editing import TITLE, key_of, text_of
from models.paper.elements import Annex, Block, Figure, Origin, Paper, Paragraph, Photos, Table
from models.queries.facts.findings import FindingFacts

_FIRST, _LAST = 0x100000, 0x10FFFC
_END: Final = chr(0x10FFFD)
_MARKED = re.compile(f"([{chr(_FIRST)}-{chr(_LAST)}])([^{_END}]*){_END}")
_change = msgspec.structs.replace


class Register:
    """The numbers written while one paper is composed, each with its place."""

    def __init__(self) -> None:
        self._numbers: list[Count | Share] = []
        self._places: dict[int, int] = {}

    def mark(self, number: "Count | Share", shown: str) -> str:
        """The digits between the marks of a number."""
        at = self._places.get(id(number), len(self._numbers))
        if at > _LAST - _FIRST:
            return shown
        if at == len(self._numbers):
            self._places[id(number)] = at
            self._numbers.append(number)
        return f"{chr(_FIRST + at)}{shown}{_END}"

    def number(self, mark: str) -> "Count | Share":
        """The number a mark stands for."""
        return self._numbers[ord(mark) - _FIRST]


_REGISTER: ContextVar[Register | None] = ContextVar("register", default=None)


def _mark(number: "Count | Share", shown: str) -> str:
    """The digits between marks, while a paper is composed; else the digits alone."""
    register = _REGISTER.get()
    return shown if register is None else register.mark(number, shown)


class Count(int):
    """A number with its name, the records behind it ("table:uuid") and what each of them adds to it.

    Attributes:
        name: what it counts.
        records: what stands behind it; ``weights`` one a record, empty where they do not add up to the value.
        shown: how it is written, where not in digits.
        printed: counts what the paper itself lists.
        opening: the part that was carried over from before the office began.
    """

    name: str
    records: tuple[str, ...]
    weights: tuple[int, ...]
    shown: str
    printed: bool
    opening: int

    def __new__(
        cls,
        value: int,
        name: str,
        records: Iterable[str] = (),
        weights: Iterable[int] = (),
        *,
        shown: str = "",
        printed: bool = False,
        opening: int = 0,
    ) -> Self:
        """A number and its source."""
        made = super().__new__(cls, value)
        made.name, made.records, made.weights = name, tuple(records), tuple(weights)
        made.shown, made.printed, made.opening = shown or int.__repr__(made), printed, opening
        return made

    def __str__(self) -> str:
        return _mark(self, self.shown)

    def __format__(self, spec: str) -> str:
        return int.__format__(self, spec) if spec else str(self)

    __hash__ = int.__hash__


class Share:
    """A percentage with the records of its whole, written as ``shown``."""

    def __init__(self, value: float, name: str, shown: str, records: Iterable[str] = ()) -> None:
        self.value, self.name, self.shown, self.records = value, name, shown, tuple(records)

    def __str__(self) -> str:
        return _mark(self, self.shown)


def of_findings(name: str, facts: Iterable[FindingFacts], weight: Callable[[FindingFacts], int] | None = None) -> Count:
    """A number of problems that the paper lists, finding by finding."""
    found = [(f"finding:{one.finding.uuid}", weight(one) if weight else one.finding.count) for one in facts]
    told = [(ref, number) for ref, number in found if number]
    return Count(sum(n for _, n in told), name, [r for r, _ in told], [n for _, n in told], printed=True)


def plain(text: str) -> str:
    """The text without marks."""
    return _MARKED.sub(r"\2", text)


@contextmanager
def registering() -> Iterator[Register]:
    """While a paper is composed: every number written is remembered."""
    register = Register()
    token = _REGISTER.set(register)
    try:
        yield register
    finally:
        _REGISTER.reset(token)


def resolved(paper: Paper, register: Register) -> Paper:
    """The paper with plain texts, and its figures with their places."""
    found = _Finder(register)
    origins = tuple(_change(one, text=plain(one.text)) for one in paper.origins)
    found.look(TITLE, paper.title)
    blocks = tuple(found.block(block) for block in paper.blocks)
    annexes = tuple(found.annex(annex) for annex in paper.annexes)
    return _change(
        paper,
        title=plain(paper.title),
        addressees=tuple(map(plain, paper.addressees)),
        origins=origins,
        blocks=blocks,
        annexes=annexes,
        figures=tuple(found.figures),
        counted=tuple(found.pool),
    )


class _Finder:
    """Goes through a paper's texts; ``pool`` are the records named so far with their places."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self.figures: list[Figure] = []
        self.pool: dict[str, int] = {}

    def look(self, key: str, text: str) -> None:
        """Remember the numbers of a text."""
        gone = 0
        for mark in _MARKED.finditer(text):
            number = self._register.number(mark[1])
            self.figures.append(self._figure(number, key, mark[2], mark.start() - gone))
            gone += len(mark[0]) - len(mark[2])

    def _figure(self, number: Count | Share, key: str, shown: str, at: int) -> Figure:
        records = tuple(self.pool.setdefault(ref, len(self.pool)) for ref in number.records)
        if isinstance(number, Share):
            return Figure(number.name, number.value, key, shown, at, records)
        return Figure(number.name, int(number), key, shown, at, records, number.weights, number.printed, number.opening)

    def block(self, block: Block) -> Block:
        """A block without marks."""
        if not _MARKED.search(text_of(block)):
            return block
        self.look(key_of(block), text_of(block))
        origin = block.origin and _change(block.origin, text=plain(block.origin.text))
        if isinstance(block, Paragraph):
            return _change(block, heading=plain(block.heading), text=plain(block.text), origin=origin)
        if isinstance(block, Table):
            rows = tuple(tuple(map(plain, row)) for row in block.rows)
            return _change(block, rows=rows, caption=plain(block.caption), origin=origin)
        return self._photos(block, origin)

    def _photos(self, block: Photos, origin: Origin | None) -> Photos:
        photos = tuple(_change(photo, caption=plain(photo.caption)) for photo in block.photos)
        return _change(block, photos=photos, caption=plain(block.caption), origin=origin)

    def annex(self, annex: Annex) -> Annex:
        """An attachment without marks."""
        values: dict[str, Any] = {"title": plain(annex.title), "blocks": tuple(map(self.block, annex.blocks))}
        if annex.origin:
            values["origin"] = _change(annex.origin, text=plain(annex.origin.text), key=plain(annex.origin.key))
        return _change(annex, **values)
