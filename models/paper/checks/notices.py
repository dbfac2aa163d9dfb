"""What a check before issue says, and what it is told of the records."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from models.domain.findings.lifecycle import Status
from models.paper.editing import is_edited
from models.paper.elements import Paper, Table

Severity = Literal["error", "warning"]
TITLE: Final = "title"
NUMBER: Final = "number"
ADDRESSEES: Final = "addressees"
SIGNATURE: Final = "signature"
COLOPHON: Final = "colophon"
HEADER: Final = "header"


@dataclass(frozen=True, slots=True)
class Mend:
    """A change that puts a notice right without another thought.

    Attributes:
        old: what stands in the part, and ``new`` what is put there instead, wherever it stands in it.
        drop: the whole part goes.
        field: a field of the paper (``editing.with_fields``) that becomes ``value``.
        keep: a name the office is to know from now on (加入常用主送); the paper stays as it is.
        label: what the button says; by itself it says what becomes of the text.
        more: further texts of the part and what becomes of them.
    """

    old: str = ""
    new: str = ""
    drop: bool = False
    field: str = ""
    value: Any = None
    keep: str = ""
    label: str = ""
    more: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """What the button says."""
        if self.label:
            return self.label
        if self.drop:
            return "删去这一段"
        return f"改为“{self.new}”" if self.new else f"删去“{self.old}”"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to look at.

    Attributes:
        code: which check.
        sentence: what is wrong and what to do, for the clerk.
        key: the block's origin key, or title, number, addressees, signature; of what was typed by hand the
            part's place, "blocks.3", "annexes.0", "annexes.0.blocks.2"; empty for the whole paper.
        record: "table:uuid" of the record at fault; empty where it is the paper's own.
        severity: an error stands against issuing, a warning the clerk may pass over.
        at: index of the block in the body, or -1.
        clause: of the standard or the law it rests on; empty where it is plain care.
        mend: what would put it right without another thought; None where the clerk has to decide.
    """

    code: str
    sentence: str
    key: str = ""
    record: str = ""
    severity: Severity = "warning"
    at: int = -1
    clause: str = ""
    mend: Mend | None = None


@dataclass(frozen=True, slots=True)
class FindingFact:
    """What the checks know of a finding the paper covers.

    Attributes:
        ref: "finding:uuid".
        serial: 台账编号.
        status: where it stands.
        count: problems it stands for.
        deadline: in force.
        answered: its unit has answered in the round that is open, or was answered and returned.
        solved: of its problems, how many are solved.
        above: it came from above, so that it is in no own total.
        fact: what was found, and ``site`` where, to see whether an edited text still tells it.
        found_on: the day it was found.
    """

    ref: str
    serial: str
    status: Status
    count: int = 1
    deadline: dt.date | None = None
    answered: bool = False
    solved: int = 0
    above: bool = False
    fact: str = ""
    site: str = ""
    found_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PersonFact:
    """A party of a case the paper tells, and the key of the block that tells it.

    Attributes:
        ref: "party:uuid".
        name: whole, as recorded.
        key: of the block.
        settled: dealt with, here or elsewhere, or to be made known by name all the same.
        left_out: stays out of the text by 通报方式 or by the clerk's tick.
        also: other names a unit goes by.
        stated: what the records say of the person, label and words: post, measures, organs, days.
    """

    ref: str
    name: str
    key: str
    settled: bool = True
    left_out: bool = False
    also: tuple[str, ...] = ()
    stated: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the records say: collected by the action, held against the paper here.

    Attributes:
        units: names of the units the paper's cases are about.
        used: serials already given in the number's code and year.
        issues_used: 期号 already given in this kind and year.
        issue: this document's own 期号.
        gap_reason: why a gap or a repeat is meant.
        last_issued: number and date of the paper issued last under a smaller number of the same code and year.
        named: findings the text names by their 台账编号 only.
        organs: names of units and organs the office knows, in every form it writes them; empty where nothing is known.
        names: persons the office knows.
        asked: how often each unit was asked or visited in the last 90 days, those over the office's limit.
        legal_basis: 法律依据 of the campaign the paper is about.
        unapproved: inspections of the government's own its problems were found in, and what of their approval is
            not written down.
        authorities: 督查性质 of the inspections its problems were found in, as far as it was written down.
    """

    findings: tuple[FindingFact, ...] = ()
    people: tuple[PersonFact, ...] = ()
    units: frozenset[str] = field(default_factory=frozenset)
    used: frozenset[int] = field(default_factory=frozenset)
    issues_used: frozenset[int] = field(default_factory=frozenset)
    issue: int | None = None
    gap_reason: str = ""
    last_issued: tuple[str, dt.date] | None = None
    named: tuple[FindingFact, ...] = ()
    organs: frozenset[str] = field(default_factory=frozenset)
    names: frozenset[str] = field(default_factory=frozenset)
    asked: tuple[tuple[str, int], ...] = ()
    legal_basis: str = ""
    unapproved: tuple[tuple[str, str], ...] = ()
    authorities: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Place:
    """A text of the paper with where it stands; ``annexed`` of a block of an attachment."""

    key: str
    text: str
    at: int = -1
    records: tuple[str, ...] = ()
    annexed: bool = False

    @property
    def record(self) -> str:
        """The first record it speaks of; empty where it speaks of none."""
        return self.records[0] if self.records else ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a check looks at: a paper, every text of it with its place, and what the records say."""

    paper: Paper
    places: tuple[Place, ...]
    facts: Facts

    def written(self) -> Iterator[Place]:
        """The places whose words somebody wrote: not those that stand as they were composed of records."""
        for place in self.places:
            block = self.paper.blocks[place.at] if place.at >= 0 else None
            if block is None or block.origin is None or is_edited(block) or not block.origin.records:
                yield place

    def tables(self) -> Iterator[tuple[Place, Table]]:
        """Every table of body and attachments with its place."""
        body = {place.at: place for place in self.places if place.at >= 0}
        yield from ((body[at], block) for at, block in enumerate(self.paper.blocks) if isinstance(block, Table))
        blocks = [block for annex in self.paper.annexes for block in annex.blocks]
        annexed = [place for place in self.places if place.annexed]
        yield from ((p, b) for p, b in zip(annexed, blocks, strict=True) if isinstance(b, Table))


@dataclass(frozen=True, slots=True)
class Check:
    """One row of the list of checks.

    Attributes:
        code: of its notices; scripts read it, so it stays.
        level: error (red) stands against issuing, warning (amber) may be passed over. A notice of a red row may
            be amber where a reason was given.
        says: what it looks for, as the manual tells it.
        find: finds it in a paper; several rows may share one. None where only the database can say it
            (``models.queries.selection.check``).
        clause: standard or law it rests on.
        records: needs the office's own records, or is of issuing, so that papers of others are not asked about it.
        hint: told, but passed over without a word: what a rule says of papers in general (一般).
    """

    code: str
    level: Severity
    says: str
    find: Callable[[Subject], Iterable[Notice]] | None
    clause: str = ""
    records: bool = False
    hint: bool = False
