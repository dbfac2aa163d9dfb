"""Steps as data: what a status table is made of, and how one step is checked.

The life of a finding (`lifecycle`) and of a case (`stages`) are both tables of `Step`;
screen, import, exchange and command line ask this module the same questions.
Values are plain: ``facts`` is what the record holds, ``given`` what the clerk typed for the step.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Generic, Literal, TypeVar

from models.errors import Problem

Values = Mapping[str, Any]
Condition = Callable[[Values], bool]
Guard = Callable[[Values, Values], Problem | None]
Kind = Literal["line", "text", "day", "number", "choice", "unit", "person", "flag"]
Role = Literal["county", "unit"]
S = TypeVar("S", bound=StrEnum)

_PICKED = frozenset({"choice", "unit", "person"})


def always(_values: Values) -> bool:
    """The field is mandatory."""
    return True


def never(_values: Values) -> bool:
    """The field may stay empty."""
    return False


def blank(value: object) -> bool:
    """Whether nothing was entered; 0 and False are entries."""
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], (), {})


@dataclass(frozen=True, slots=True)
class Want:
    """One field of a step's small form.

    Attributes:
        field: key in ``given`` and name of the record's field.
        label: what the screen says.
        kind: which editor asks for it.
        required_when: tells from facts and given together whether it is mandatory.
        known: the record's own value counts (and is proposed) when the clerk gives none.
        catalog: dictionary of a choice's entries or of what a line suggests, a key of
            ``resources/catalogs/terms.json``.
        past: a day that no record keeps and on which something has happened.
    """

    field: str
    label: str
    kind: Kind = "line"
    required_when: Condition = always
    known: bool = False
    catalog: str = ""
    past: bool = False

    @property
    def missing_sentence(self) -> str:
        """What to tell the clerk when it is empty."""
        return f"请先{'选择' if self.kind in _PICKED else '填写'}“{self.label}”。"

    def problem(self, facts: Values, given: Values, would: Values | None = None) -> Problem | None:
        """The sentence for a missing or wrongly typed value, None when all is well.

        ``would`` is ``merged(facts, given)`` where the caller has it.
        """
        value = given.get(self.field)
        if blank(value) and self.known:
            value = facts.get(self.field)
        if blank(value):
            wanted = self.required_when(merged(facts, given) if would is None else would)
            return Problem(self.field, self.missing_sentence) if wanted else None
        if self.kind == "day" and not isinstance(value, date):
            return Problem(self.field, f"“{self.label}”不是日期，请按 3.5 或 2022-3-5 的样子填写。")
        if self.kind == "number" and not isinstance(value, int):
            return Problem(self.field, f"“{self.label}”不是整数，请核对。")
        return None


@dataclass(frozen=True, slots=True)
class Step(Generic[S]):
    """One row of a status table.

    Attributes:
        key: what code, import and change log call it.
        name: the verb on its button.
        sources: statuses it may start from.
        target: status it leads to; None stays where it is.
        wants: the step's small form.
        needs: what the record itself must hold before.
        guards: rules over several fields.
        effects: what else follows, in sentences told where the step is offered.
        roles: who may take it.
        via: (source, between): passed through on the way, as 已交办 → 整改中 → 待核查.
        bars: guards over the record alone: where one speaks, the step is not even offered.
        forks: (value of ``conclusion``, status it leads to): where the clerk's word decides the target.
    """

    key: str
    name: str
    sources: frozenset[S]
    target: S | None
    wants: tuple[Want, ...] = ()
    needs: tuple[Want, ...] = ()
    guards: tuple[Guard, ...] = ()
    effects: tuple[str, ...] = ()
    roles: frozenset[Role] = frozenset({"county"})
    via: tuple[tuple[S, S], ...] = ()
    bars: tuple[Guard, ...] = ()
    forks: tuple[tuple[str, S], ...] = ()

    def route(self, status: S, given: Values = MappingProxyType({})) -> tuple[S, ...]:
        """Statuses entered one after the other when taken from ``status``; empty when it stays."""
        passed = tuple(between for source, between in self.via if source is status)
        target = dict(self.forks).get(given.get("conclusion", ""), self.target)
        return passed if target is None else (*passed, target)

    def asks(self, facts: Values) -> bool:
        """Whether anything is to be asked for, as the record is: a field that is wanted always, perhaps, or now."""
        return any(w.required_when in (always, never) or w.required_when(facts) for w in self.wants)

    def hindrance(self, status: S, facts: Values, role: Role = "county") -> str:
        """Why the step's button is grey, as one sentence; empty when it may be taken."""
        if barred := self.barred(status, facts, role):
            return barred[0].sentence
        problems = _missing(self.needs, {}, facts)
        return problems[0].sentence if problems else ""

    def barred(self, status: S, facts: Values, role: Role = "county") -> tuple[Problem, ...]:
        """Why the step is not offered at all, whatever would be typed: who asks, the status, the record."""
        if role not in self.roles:
            return (Problem("status", f"“{self.name}”由县级指挥部办公室办理。"),)
        if status not in self.sources:
            homes = "、".join(f"“{s}”" for s in type(status) if s in self.sources)
            return (Problem("status", f"现为“{status}”，{homes}时才能“{self.name}”。"),)
        return tuple(p for bar in self.bars if (p := bar(facts, {})))

    def check(self, facts: Values, given: Values, role: Role = "county") -> tuple[Problem, ...]:
        """Everything that stands against taking the step now; empty means go.

        Args:
            facts: the record's values, ``status`` among them, and ``today`` where days ahead are judged.
            given: the clerk's values, keyed by `Want.field`.
            role: of the office at this PC.
        """
        if barred := self.barred(facts["status"], facts, role):
            return barred
        problems = [*_missing(self.needs, {}, facts), *_missing(self.wants, facts, given)]
        return (*problems, *(p for guard in self.guards if (p := guard(facts, given))))


def merged(facts: Values, given: Values) -> Values:
    """The record as it would be: what was given stands before what is held."""
    if not facts:
        return given
    return {**facts, **{key: value for key, value in given.items() if not blank(value)}}


def either(facts: Values, given: Values, field: str) -> Any:
    """One field of ``merged``."""
    value = given.get(field)
    return facts.get(field) if blank(value) else value


def _missing(wants: tuple[Want, ...], facts: Values, given: Values) -> list[Problem]:
    would = merged(facts, given)
    return [p for want in wants if (p := want.problem(facts, given, would))]


def any_of(fields: tuple[str, ...], sentence: str) -> Guard:
    """A guard that wants at least one of several fields, on the record or given."""

    def guard(facts: Values, given: Values) -> Problem | None:
        return Problem(fields[0], sentence) if all(blank(either(facts, given, f)) for f in fields) else None

    return guard


def not_before(later: str, earlier: str, sentence: str) -> Guard:
    """A guard that keeps two days in order; silent where either is unknown."""

    def guard(facts: Values, given: Values) -> Problem | None:
        first, second = either(facts, given, earlier), either(facts, given, later)
        wrong = isinstance(first, date) and isinstance(second, date) and second < first
        return Problem(later, sentence) if wrong else None

    return guard


def not_ahead(field: str, label: str) -> Guard:
    """A guard against a day after ``facts["today"]``; silent where today is not told."""

    def guard(facts: Values, given: Values) -> Problem | None:
        day, today = either(facts, given, field), facts.get("today")
        wrong = isinstance(day, date) and isinstance(today, date) and day > today
        return Problem(field, f"“{label}”晚于今天，请核对。") if wrong else None

    return guard
