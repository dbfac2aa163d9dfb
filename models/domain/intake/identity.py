"""Whether a row from outside is a record that is kept already: one rule for every import.

A row is a kept record only where that is proved: by the office's own identity (its uuid and the record's), or,
within one source, by all the days, places and words that make it up. Unknown is not equal. A number given by
somebody (编号) and a place in a file (序号, row) prove nothing. What is nearly the same is asked.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final, NamedTuple

from models.domain.text.entry import normalize_text

ALIKE: Final = 0.8
"""From here on two facts at one place on one day may be one fact whose wording was mended."""
_NOT_OF_A_NAME = re.compile(r"\.[a-z]{2,5}$|副本|[\d\s年月日号第版()（）\[\]【】._—-]")
_MARKS = re.compile(r"[\s，。；、：,.;:]")


class Likeness(StrEnum):
    """What a row is to a kept record."""

    SAME = "同一条"
    UNSURE = "可能是同一条"
    OTHER = "不是同一条"


class Part(StrEnum):
    """What one of the things that make up a record is to the row's."""

    EQUAL = "相同"
    UNKNOWN = "没有填"
    DIFFERENT = "不同"


class Finding(NamedTuple):
    """What makes up a finding. A unit, place or day that is not known is None, a fact that is not known is empty."""

    unit: object
    place: object
    day: object
    fact: str


class Case(NamedTuple):
    """What makes up a case."""

    unit: object
    title: str
    fact: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What stands behind a comparison.

    Attributes:
        one_source: both come from one file, as it was and as it is now.
        one_file: both stand in the file that is being read, where two rows are two of the office's own counting.
    """

    one_source: bool = False
    one_file: bool = False


def part(kept: object, given: object) -> Part:
    """How two values of one field compare; two unknown ones are unknown, not equal."""
    if kept in (None, "") or given in (None, ""):
        return Part.UNKNOWN
    return Part.EQUAL if kept == given else Part.DIFFERENT


def finding(kept: Finding, given: Finding, proof: Proof) -> Likeness:
    """What a row is to a finding.

    Another place, or another fact, is another finding. In the file itself only what is wholly equal is one row
    twice; against what is kept, three of four that are equal are asked.
    """
    parts = [part(a, b) for a, b in zip(kept, given, strict=True)]
    equal = parts.count(Part.EQUAL)
    if equal == len(parts):
        return Likeness.SAME if proof.one_source or proof.one_file else Likeness.UNSURE
    if proof.one_file or equal < len(parts) - 1:
        return Likeness.OTHER
    _, place, _, fact = parts
    if place is Part.DIFFERENT or (fact is Part.DIFFERENT and not alike(kept.fact, given.fact)):
        return Likeness.OTHER
    return Likeness.UNSURE


def case(kept: Case, given: Case, proof: Proof) -> Likeness:
    """What a row is to a case.

    A ledger repeats a case with each of its persons, word for word, and may have no column for its unit or title:
    within the file what neither row has tells nothing apart.
    """
    parts = [part(a, b) for a, b in zip(kept, given, strict=True)]
    if Part.DIFFERENT in parts or Part.EQUAL not in parts[1:]:
        return Likeness.OTHER
    if proof.one_file:
        blanks = [a in (None, "") and b in (None, "") for a, b in zip(kept, given, strict=True)]
        whole = all(p is Part.EQUAL or blank for p, blank in zip(parts, blanks, strict=True))
        return Likeness.SAME if whole else Likeness.OTHER
    if proof.one_source and Part.UNKNOWN not in parts:
        return Likeness.SAME
    return Likeness.UNSURE


def plain_fact(text: str) -> str:
    """A wording as it is compared: blanks and punctuation between its parts aside."""
    return _MARKS.sub("", normalize_text(text))


def alike(kept: str, given: str) -> bool:
    """Whether one wording may be the other one, mended."""
    shorter, longer = sorted((kept, given), key=len)
    if len(shorter) * 2 < len(longer) or not shorter:
        return False
    return shorter in longer or SequenceMatcher(None, kept, given, autojunk=False).ratio() >= ALIKE


def source(name: str, headings: Iterable[str]) -> str:
    """A file as it is known again next week: its headings, and its name without dates, numbers and 副本."""
    plain = name.lower()
    while (shorter := _NOT_OF_A_NAME.sub("", plain)) != plain:
        plain = shorter
    return _hashed([plain, *headings])


def content(sheet: str, cells: Mapping[str, object]) -> str:
    """A row as it is known again word for word, wherever it stands in its sheet."""
    return _hashed([sheet, *[f"{name}={cells[name]}" for name in sorted(cells)]])


def _hashed(parts: Iterable[str]) -> str:
    text = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=16).hexdigest()
