"""What a paper must say, written down before it is composed, and the rule by which it is compared.

**The match rule.** Marks, spaces and the width of characters do not count, words do. A fact is *kept* when all its
pieces stand in one sentence, one paragraph or anywhere in the paper, as the fact says; a table's row is a paragraph,
and 整改情况 goes on with the paragraph of its problem.
A piece may be several wordings apart by ``|``. A fact of the office's own text (``own``) has one piece, which must
stand whole and in its own words. Otherwise it is *lost*. Own text that the paper says twice is *doubled*.

*Invented* is a number with its measure word, a date, a person, a unit or a measure in the paper that stands in no
record, setting, option or phrase of the office and is no figure the list has recounted; and every word of ``never``,
which is what other records say that may not stand in this paper.

*Reordered* is a piece of a sequence that stands before the one it should follow.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Within = Literal["sentence", "paragraph", "paper"]


@dataclass(frozen=True)
class Fact:
    """One thing a paper must say; ``own`` is the office's own text, kept to the word and said once."""

    pieces: tuple[str, ...]
    within: Within = "paragraph"
    own: bool = False


def fact(*pieces: str, within: Within = "paragraph") -> Fact:
    """A fact of several pieces."""
    return Fact(pieces, within)


def own(text: str) -> Fact:
    """A piece of the office's own text."""
    return Fact((text,), "paper", own=True)


@dataclass(frozen=True)
class Expected:
    """A paper an office is to write: its kind, the choices by the names of records, and all that must stand in it.

    Attributes:
        kind: key of the kind.
        facts: what must stand in it; a fact's number is its place.
        order: sequences of pieces in the order they must first be named.
        never: words that may not stand in it.
        figures: numbers with their measure words that the paper counts, recounted by hand or by the maker.
        choices: ``Options`` by names: units, teams, inspections, cases, findings are names and codes.
        name: what it is called in the report.
    """

    kind: str
    facts: tuple[Fact, ...]
    order: tuple[tuple[str, ...], ...] = ()
    never: tuple[str, ...] = ()
    figures: frozenset[str] = frozenset()
    choices: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""


@dataclass(frozen=True)
class Read:
    """A paper read back: its paragraphs and table rows in their order, as printed."""

    paragraphs: tuple[str, ...]

    @property
    def whole(self) -> str:
        """All of it."""
        return "\n".join(self.paragraphs)

    def with_answers(self) -> list[str]:
        """The paragraphs, each problem with its 整改情况."""
        found: list[str] = []
        for one in self.paragraphs:
            if one.startswith("整改情况：") and found:
                found[-1] += one
            else:
                found.append(one)
        return found


@dataclass(frozen=True)
class Score:
    """What became of the facts of a paper."""

    kept: int = 0
    lost: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    invented: tuple[str, ...] = ()
    reordered: tuple[str, ...] = ()

    def amiss(self) -> list[str]:
        """What is amiss, each with its word."""
        words = ("lost", "doubled", "invented", "reordered")
        return [f"{word}: {one}" for word in words for one in getattr(self, word)]

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.kept + other.kept,
            self.lost + other.lost,
            self.doubled + other.doubled,
            self.invented + other.invented,
            self.reordered + other.reordered,
        )


def bare(text: str) -> str:
    """The words alone, in one width."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


_SENTENCE = re.compile(r"[。；！？\n|]")


def compare(paper: Read, expected: Expected, sources: Iterable[str]) -> Score:
    """Hold a paper against its list.

    Args:
        paper: as read back.
        expected: the list.
        sources: every text of the office's records, settings, options and phrases, with its days as printed.
    """
    parts: dict[Within, list[str]] = {
        "paragraph": [bare(p) for p in paper.with_answers()],
        "sentence": [bare(s) for p in paper.paragraphs for s in _SENTENCE.split(p)],
        "paper": [bare(paper.whole)],
    }
    kept, lost, doubled = 0, [], []
    for number, one in enumerate(expected.facts, 1):
        label = f"{number}. {'…'.join(one.pieces)}"
        if any(all(_says(text, piece) for piece in one.pieces) for text in parts[one.within]):
            kept += 1
            if one.own and parts["paper"][0].count(bare(one.pieces[0])) > 1:
                doubled.append(label)
        else:
            lost.append(label)
    invented = [
        *foreign(paper, expected, sources),
        *(word for word in expected.never if bare(word) in parts["paper"][0]),
    ]
    return Score(kept, tuple(lost), tuple(doubled), tuple(invented), tuple(_moved(parts["paper"][0], expected.order)))


def _says(text: str, piece: str) -> bool:
    return any(bare(wording) in text for wording in piece.split("|"))


def _moved(text: str, sequences: Sequence[Sequence[str]]) -> Iterable[str]:
    for sequence in sequences:
        last, before = -1, ""
        for piece in sequence:
            place = text.find(bare(piece), max(last, 0))
            if place < 0 and bare(piece) in text:
                yield f"{piece} before {before}"
            elif place >= 0:
                last, before = place, piece


_NUMBER = re.compile(
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}年|\d{1,2}月|\d{1,2}日"
    r"|\d+(?:\.\d+)?%|\d+(?:\.\d+)?[起个次期条名人天处份件家户套]|(?<!第)[一二两三四五六七八九十]+(?:起|个问题|个单位|名)"
)
"""A date, or a number with what it counts."""
_UNIT = re.compile(r"[\u4e00-\u9fff]{2}(?:镇|乡|街道|局|村|社区|纪委|监委|党委|政府)")
_GLUE = re.compile(
    r".*(?:[各该我本全][镇乡局村]|[各该我本全]街道|[各该本]社区|乡镇|[县区市民]政府|[驻包镇各]村|[县区市]委|对照通|[两三四五六]个(?:镇|乡|街道|局))$"
)
"""What a paper calls units without naming one."""


def foreign(paper: Read, expected: Expected, sources: Iterable[str]) -> list[str]:
    """Numbers, days, units and measures of a paper that nothing of the office says."""
    text = unicodedata.normalize("NFKC", paper.whole)
    known = [unicodedata.normalize("NFKC", source) for source in sources]
    allowed = {token for source in known for token in _NUMBER.findall(source)} | expected.figures
    allowed |= {part for token in allowed for part in _parts(token)}
    found = [token for token in _NUMBER.findall(text) if token not in allowed]
    rest = _without(bare(text), known)
    found += [match for match in _UNIT.findall(rest) if not _GLUE.match(match)]
    said = "".join(map(bare, known))
    found += [name for name in MEASURES if name in rest and name not in said]
    return list(dict.fromkeys(found))


def _parts(token: str) -> list[str]:
    """Of 2022年3月5日 also 3月5日, 5日, 3月 and 2022年: a paper names the year once, and of a span the month."""
    found = re.fullmatch(r"(\d{4}年)?(?:(\d{1,2}月)(\d{1,2}日))?", token)
    if not found:
        return []
    year, month, day = (part or "" for part in found.groups())
    return [part for part in (year, month + day, month, day) if part]


MEASURES: tuple[str, ...] = (
    "党内警告",
    "党内严重警告",
    "撤销党内职务",
    "留党察看",
    "开除党籍",
    "政务警告",
    "政务记过",
    "政务记大过",
    "政务降级",
    "诫勉谈话",
    "提醒谈话",
    "批评教育",
    "书面检查",
    "通报批评",
    "免职",
    "停职检查",
    "调离岗位",
    "解聘",
    "约谈",
    "责令检查",
)
"""Measures that a paper may only name where a record does."""


def _without(text: str, sources: Iterable[str]) -> str:
    """What is left of a text when every source is taken out of it, the longest first; gaps stay gaps."""
    pieces = {bare(part) for source in sources for part in re.split(r"[。；，、：\n|]|\{[^}]*\}", source)}
    for piece in sorted((p for p in pieces if len(p) > 1), key=len, reverse=True):
        text = text.replace(piece, "\n")
    return text
