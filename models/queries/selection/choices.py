"""What a selection is made of: the choices behind a document, and every record with the table's answer."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from models.domain.documents import selection
from models.domain.documents.selection import Answer, Row, Verdict
from models.domain.state_machine import Role
from models.queries.figures.scope import EVERYTHING, Scope


@dataclass(frozen=True, slots=True)
class Choice:
    """What decides which records stand in a document.

    Attributes:
        kind: of the document.
        role: of the office.
        date: 成文日期.
        scope: the filters; ``scope.finding_ids`` are the rows chosen in a list.
        case_ids: the cases chosen, in the order they are printed.
        ticks: what the clerk ticked although the table asks: uuid and reason.
        include: take everything the table asks about.
        approver: who approved that a case is told of which nothing was decided.
        leave_out: names of parties that the clerk leaves out of their case.
    """

    kind: str
    role: Role
    date: dt.date
    scope: Scope = EVERYTHING
    case_ids: tuple[int, ...] = ()
    ticks: Mapping[str, str] = field(default_factory=dict)
    include: bool = False
    approver: str = ""
    leave_out: tuple[str, ...] = ()

    @property
    def row(self) -> Row:
        """The table's row of the kind."""
        return selection.row_of(self.kind, self.role)

    def takes(self, uuid: str, verdict: Verdict) -> bool:
        """Whether a record stands in the document."""
        ticked = self.include or uuid in self.ticks
        return verdict.answer is Answer.IN or (verdict.answer is Answer.ASK and ticked)


@dataclass(frozen=True, slots=True)
class Judged:
    """A record with the table's answer.

    ``hindrance`` is what keeps a ticked one out, ``people`` the parties of whom nothing is known that would be said.
    """

    table: str
    id: int
    uuid: str
    label: str
    verdict: Verdict
    taken: bool
    hindrance: str = ""
    people: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Why it is left out, as a sentence."""
        why = self.hindrance or self.verdict.words
        return f"{why}。" if why else ""


@dataclass(frozen=True, slots=True)
class Selection:
    """All records that were looked at, in the document's order."""

    judged: tuple[Judged, ...] = ()

    @property
    def included(self) -> tuple[Judged, ...]:
        """Those that stand in the document."""
        return tuple(one for one in self.judged if one.taken)

    @property
    def left_out(self) -> tuple[Judged, ...]:
        """Those that do not, what the clerk may tick first."""
        rest = [one for one in self.judged if not one.taken]
        return tuple(sorted(rest, key=lambda one: one.verdict.answer is Answer.OUT))

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids of those that stand in it."""
        return tuple(one.id for one in self.judged if one.taken)

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why records are left out and how many for each first reason, the most frequent first."""
        return Counter(one.verdict.short for one in self.left_out).most_common()

    @property
    def summary(self) -> str:
        """未写入 4 件：尚未决定 3 件、已通报 1 件; empty where nothing is left out."""
        told = "、".join(f"{short} {number} 件" for short, number in self.reasons)
        return f"未写入 {len(self.left_out)} 件：{told}" if told else ""
