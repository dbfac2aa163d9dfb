"""A line's cells as a record's values: texts, days, dictionary words, links; what will not do, with its cell."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from models.domain import dictionaries
from models.domain.cases.stages import EXPIRED
from models.domain.intake import said_deadlines, said_outcomes, unit_spellings, written_days
from models.domain.intake.written_days import Years
from models.domain.text import guess
from models.domain.text.entry import normalize_line
from models.intake import cells
from models.intake.backfill import NOT_CLOSED
from models.intake.known_records import Register
from models.intake.known_sheet import Entry, Unsure, names_of
from models.intake.sheets import BY_TABLE, Column
from models.intake.workbook import Book, Line
from models.paper import kinds

_OF_WHAT: Final = re.compile(r"隐患$")
"""What a word of a ledger may end in: 重大隐患 is 重大."""
ASKED_FOR: Final = frozenset({"finding_kind", "severity", "identity"})
"""Dictionaries that grow by no word of a ledger from elsewhere: another office's A类 is none of ours."""
SETTLED: Final = 8
"""Units an office has once it is set up: then a ledger from elsewhere adds none by the way."""
LATER: Final = ("site_id", "member_ids", "party_id")
"""Links that are looked for near another one, so that one is read first."""
_SAID: Final[dict[tuple[str, str], dict[str, str]]] = {
    ("finding", "status"): {
        **dict.fromkeys(("否", "×", "✗", "未销号", "未销", "没有销号"), NOT_CLOSED),
    },
    ("accountability_case", "stage"): {EXPIRED: EXPIRED},
}
"""The answers to 是否销号, and a stage that older workbooks have and cases no longer."""
BY_THE_WAY: Final = frozenset({"inspection_id", "campaign_id", "finding_ids"})
"""Links that a ledger from elsewhere may carry although the office does not know their target."""
FIRST: Final = ("finding_id", "found_on")
"""What the other days of a row follow is read before them."""
BY_NUMBER: Final = frozenset({"inspection_id", "finding_id", "finding_ids", "case_id"})
"""Links by a number: who gave it is known row by row."""
AHEAD: Final = frozenset({"deadline", "original_deadline", "due_on", "review_on", "effect_end", "ends_on", "left_on"})
"""Days that may lie ahead."""
_SITE_KINDS: Final = tuple(term.name for term in dictionaries.terms() if term.dictionary == "site_kind")
_VILLAGE = re.compile(r"(\w{1,6}?[^城乡](?:镇|乡|街道))(\w{1,8}(?:村|社区|居委会|村委会))")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row cannot be taken in, or what is asked of it first: the cell, and the sentence.

    ``only_the_table`` is a question that is answered by mending the file.
    """

    place: str
    sentence: str
    asks: bool = False
    only_the_table: bool = False


@dataclass
class Converter:
    """Reads lines against the register; units, sites and teams that are only named in passing are ``made``."""

    register: Register
    years: Years
    made: list[tuple[str, Entry]] = field(default_factory=list)
    unlinked: set[str] = field(default_factory=set)
    odd: dict[str, list[str]] = field(default_factory=dict)
    trusts_words: bool = True
    spelled: dict[str, str] = field(default_factory=dict)
    _readers: dict[tuple[str, str], Callable[[Any], Any]] = field(default_factory=dict)
    _known: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    _found_on: dt.date | None = None
    _as_written: str = ""

    def values(self, line: Line, found_on: dt.date | None = None) -> tuple[dict[str, Any], list[Reason]]:
        """What the line's cells mean, and what stands against it.

        Args:
            line: the row, or a part of a ledger's row.
            found_on: day of the finding that a part belongs to.
        """
        values: dict[str, Any] = {}
        reasons: list[Reason] = []
        self._found_on, self._as_written = found_on, ""
        order = [n for n in FIRST if n in line.cells] + [n for n in line.cells if n not in LATER and n not in FIRST]
        order += [n for n in LATER if n in line.cells]
        for name in order:
            column = line.columns[name]
            try:
                values |= self._value(line, column, line.cells[name], values)
            except ValueError as error:
                if line.ledger and name in BY_THE_WAY:
                    self.unlinked.add(column.label)
                else:
                    mend = isinstance(error, Unsure) and error.only_the_table
                    asks = isinstance(error, Unsure)
                    reasons.append(Reason(line.place(name), f"“{column.label}”{error}", asks, mend))
        if self._as_written:
            values["note"] = "\n".join(filter(None, (values.get("note"), self._as_written)))
        wrong = {r.place for r in reasons}
        for column in line.columns.values():
            blank = column.required and not values.get(column.name) and line.place(column.name) not in wrong
            if blank and line.parent is None and not _may_be_draft(column, values):
                reasons.append(Reason(line.place(column.name), f"请填写“{column.label}”。"))
        return values, reasons

    def _value(self, line: Line, column: Column, cell: Any, values: dict[str, Any]) -> dict[str, Any]:
        name, sheet = column.name, line.sheet.key
        if isinstance(cell, str):
            own = _worded(sheet, name, cell, line.header(name)) or self._deadline(line, column, cell, values)
            if own is not None:
                return own
        if name in LATER:
            return {name: self._near(column, cell, values)}
        key = (sheet, name, cell.__class__, cell)
        if key in self._known:
            return {name: self._known[key]}
        if column.field.kind == "day" and isinstance(cell, str):
            return {name: self._day(column, cell, values, key)}
        reader = self._readers.get((sheet, name))
        if reader is None:
            reader = self._readers[sheet, name] = self._reader(sheet, column)
        value = reader(cell)
        if column.field.kind not in ("choices", "refs") and name not in BY_NUMBER:
            self._known[key] = value
        return {name: value}

    def _deadline(self, line: Line, column: Column, cell: str, values: dict[str, Any]) -> dict[str, Any] | None:
        """A finding's deadline in words; None where it is a day, or none at all."""
        if (line.sheet.key, column.name) != ("finding", "deadline"):
            return None
        text = normalize_line(cell).replace(" ", "")
        since = values.get("found_on")
        found = said_deadlines.said(text, since, lambda day: self.years.ahead(day, since))
        if found is None:
            return None
        if found.keeps_words and text not in ("/", "-", "无"):
            self._keep_words(column, text)
        return dict(found.values)

    def _keep_words(self, column: Column, text: str) -> None:
        """What a cell says beyond its field goes into the record's note."""
        self._as_written = "\n".join(filter(None, (self._as_written, f"{column.label}原写：{text}")))

    def _reader(self, sheet: str, column: Column) -> Callable[[Any], Any]:
        link = column.field
        if column.choices:
            pick = _kind if sheet == "document" and column.name == "kind" else partial(_among, choices=column.choices)
            return lambda cell: pick(normalize_line(cells.text_of(cell)))
        one: Callable[[str], Any] | None = None
        if link.term:
            one = partial(self._word, column)
        elif link.target == "campaign":
            one = self.register.campaign
        elif link.target:
            one = partial(self._found, column)
        if one is None:
            return cells.reader(link, self.years.today)
        return _each(one) if link.kind in ("choices", "refs") else _only(one)

    def _day(self, column: Column, cell: str, values: dict[str, Any], key: tuple[Any, ...]) -> dt.date:
        """A day in words. A finding's own words are kept where they say more than the day."""
        text = normalize_line(cells.text_of(cell))
        if text.isdecimal() and len(text) == 5:
            return cells.day_of(float(text), self.years.today)
        written = written_days.taken_apart(text)
        if written_days.is_vague(text) or written_days.is_vague(written.day):
            raise Unsure(f"写的是“{text}”，不知道是哪一天，请在表里写明日期。", only_the_table=True)
        finding = values.get("finding_id")
        found_on = finding.values.get("found_on") if isinstance(finding, Entry) else self._found_on
        since = None if column.name == "found_on" else values.get("found_on") or found_on
        if column.name in AHEAD and (last := written_days.month_end(text, self.years, since)):
            return last
        if column.name == "found_on" and written.more:
            self._keep_words(column, text)
        day = (self.years.ahead if column.name in AHEAD else self.years.past)(written.day, since)
        if written_days.has_year(written.day) and not written.more:
            self._known[key] = day
        return day

    def _word(self, column: Column, text: str) -> str:
        dictionary = column.field.term
        known = cells.matched(text, self.register.words(dictionary))
        if known:
            return known
        if dictionary == "outcome" and text == "异议":
            return "异议(不属实)"
        if dictionary in dictionaries.FIXED:
            return _among(text, tuple(self.register.words(dictionary)))
        if len(text) > 100:
            raise ValueError(f"最多 100 个字，现有 {len(text)} 个字。")
        if dictionary in ASKED_FOR and not self.trusts_words:
            if short := cells.matched(_OF_WHAT.sub("", text), self.register.words(dictionary)):
                return short
            self.odd.setdefault(column.label, []).append(text)
            self._keep_words(column, text)
            return ""
        return self.register.add_word(dictionary, text)

    def _found(self, column: Column, text: str) -> Entry:
        try:
            return self.register.find(column.field, text)
        except KeyError:
            if column.field.target == "unit" and not self.trusts_words:
                return self._unit(text)
            return self._make(column.field.target, text, None)

    def _unit(self, text: str) -> Entry:
        """A unit as another office spells it; one that is not known is asked about where the office has its units.

        Raises:
            Unsure: a group, several units in one cell, one of several, or one the office does not have.
        """
        shelf = self.register.shelf("unit")
        if unit_spellings.is_group(text):
            raise Unsure(f"“{text}”不是一个单位，请在表里写明是哪些单位，一个单位一行。", only_the_table=True)
        if parts := unit_spellings.several(text):
            raise Unsure(f"写了{len(parts)}个单位，请在表里分成{len(parts)}行，一行一个单位。", only_the_table=True)
        names = {name: entry for entry in shelf for name in names_of(shelf.sheet, entry.values) if name}
        meant = tuple(dict.fromkeys(names[name] for name in unit_spellings.same(text, names)))
        if len(meant) == 1:
            self.spelled.setdefault(text, str(meant[0].values.get("name")))
            return meant[0]
        if len(meant) > 1:
            called = "、".join(str(one.values.get("name")) for one in meant)
            raise Unsure(f"“{text}”可能是{called}，请在表里写全称。", only_the_table=True)
        if sum(entry.id is not None for entry in shelf) >= SETTLED:
            raise Unsure(f"本机没有登记“{text}”，请核对写法，或先到“资料 › 单位”登记。", only_the_table=True)
        return self._make("unit", text, None)

    def _near(self, column: Column, cell: Any, values: dict[str, Any]) -> Any:
        if column.name == "member_ids":
            return [self._member(part, values) for part in cells.parts_of(cell)]
        text = normalize_line(cells.text_of(cell))
        if column.name == "party_id":
            return self._party(text, values)
        unit = values.get("unit_id")
        near = [unit] if isinstance(unit, Entry) else []
        visited = values.get("inspection_id")
        if not near and isinstance(visited, Entry) and isinstance(visited.values.get("unit_id"), Entry):
            unit = visited.values["unit_id"]
        try:
            return self.register.find(column.field, text, near)
        except KeyError:
            if not isinstance(unit, Entry):
                raise ValueError(f"“{text}”还没有登记，请填写属地单位，或先填到“点位”表。") from None
            return self._make("site", text, unit)

    def _member(self, name: str, values: dict[str, Any]) -> Entry:
        inspection = values.get("inspection_id")
        team = inspection.values.get("team_id") if isinstance(inspection, Entry) else None
        members = self.register.shelf("member").named(name)
        found = [one for one in members if team is None or one.values.get("team_id") is team]
        if len(found) != 1:
            raise ValueError(f"没有找到成员“{name}”，请核对，或先填到“成员”表。")
        return found[0]

    def _party(self, name: str, values: dict[str, Any]) -> Entry:
        shelf = self.register.shelf("party")
        case = values.get("case_id")
        found = [e for e in dict.fromkeys(shelf.named(name)) if case is None or e.values.get("case_id") is case]
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            raise ValueError(f"有 {len(found)} 名责任人员叫“{name}”，分不清是哪一名。")
        if name in shelf.rejected:
            raise ValueError(f"所指的责任人员“{name}”没有通过检查，请先改正那一行。")
        raise ValueError(f"在这个案件里没有找到“{name}”，请先填到“责任人员”表。")

    def _township(self, text: str) -> tuple[Entry | None, str]:
        """石桥镇双柳村 as the township, added as well where it is not known, and the village's own name."""
        found = _VILLAGE.fullmatch(text)
        if not found:
            return None, text
        known = self.register.shelf("unit").named(found[1])
        if len(known) > 1:
            return None, text
        return known[0] if known else self._make("unit", found[1], None), found[2]

    def _make(self, table: str, text: str, unit: Entry | None) -> Entry:
        """A unit, site or team that is only named in passing: it is added by the way and shown in the preview."""
        shelf = self.register.shelf(table)
        limit = shelf.sheet.column("name").field.limit
        if len(text) > limit:
            raise ValueError(f"最多 {limit} 个字，现有 {len(text)} 个字，请核对是否填错了列。")
        values: dict[str, Any] = {"name": text}
        if table == "unit":
            above, own = self._township(text)
            values = {"name": own, "kind": guess.unit_kind(own) or "其他", "parent_id": above or self.register.root()}
        if table == "site":
            values |= {"kind": guess.site_kind(text, _SITE_KINDS) or "其他", "unit_id": unit}
        if table == "team":
            values["campaign_id"] = self.register.campaign()
        entry = Entry(None, values)
        shelf.put(entry)
        self.made.append((shelf.sheet.key, entry))
        return entry


def _may_be_draft(column: Column, values: dict[str, Any]) -> bool:
    """A row without a fact tells a finding all the same where its number says which, and it has a day and a place.

    Without a number it would be another finding at every import.
    """
    placed = values.get("unit_id") or values.get("site_id")
    return column.name == "fact" and bool(values.get("serial") and placed and values.get("found_on"))


def _only(one: Callable[[str], Any]) -> Callable[[Any], Any]:
    return lambda cell: one(normalize_line(cells.text_of(cell)))


def _each(one: Callable[[str], Any]) -> Callable[[Any], Any]:
    return lambda cell: list(dict.fromkeys(filter(None, (one(part) for part in cells.parts_of(cell)))))


def _among(text: str, choices: tuple[str, ...]) -> str:
    known = cells.matched(text, choices)
    if known not in choices:
        raise ValueError(f"没有“{text}”这一项，可填：{'、'.join(choices)}。")
    return known


def _kind(text: str) -> str:
    key = kinds.key_of(text)
    if not key:
        raise ValueError(f"没有“{text}”这一项，可填：{'、'.join(kinds.NAMES.values())}。")
    return key


_SAID_BY: Final[dict[tuple[str, str], Callable[[str, str], str | None]]] = {
    ("finding", "status"): lambda text, header: said_outcomes.status_of(text, closing="销号" in header),
    ("finding", "source_level"): lambda text, _header: said_outcomes.source_of(text),
    ("feedback", "outcome"): lambda text, _header: said_outcomes.outcome_of(text),
    ("accountability_case", "stage"): lambda _text, _header: None,
}
"""What other offices' ledgers say, by the column's header."""
_IN_WORDS = frozenset({("plan", "due_on"), *_SAID_BY})


def _worded(sheet: str, name: str, cell: str, header: str = "") -> dict[str, Any] | None:
    """Outcomes, statuses and sources as other offices call them, and days of a plan in words."""
    if (sheet, name) not in _IN_WORDS:
        return None
    text = normalize_line(cell).replace(" ", "")
    if (sheet, name) in _SAID_BY:
        known = _SAID.get((sheet, name), {}).get(text) or _SAID_BY[sheet, name](text, header)
        return {name: str(known)} if known else None
    if not any(c.isdigit() for c in text):
        return {"due_text": text[: BY_TABLE[sheet].column("due_text").field.limit]}
    return None


def years_of(book: Book, today: dt.date) -> Years:
    """The years of a file: from the day it bears, else from its days that have been, else from its other days."""
    found: tuple[set[Any], set[Any]] = set(), set()
    for sheet, lines in book.lines.items():
        days = [c.name for c in BY_TABLE[sheet].columns if c.field.kind == "day"]
        for line in lines:
            for name in days:
                if name in line.cells:
                    found[name in AHEAD].add(line.cells[name])
    past, ahead = ([day for cell in cells_ if (day := _whole_day(cell, today))] for cells_ in found)
    return written_days.years(today, [d for d in past if d <= today] or ahead, " ".join(book.above))


def _whole_day(cell: Any, today: dt.date) -> dt.date | None:
    """A cell's day, where the cell has its year."""
    if isinstance(cell, str):
        if not written_days.has_year(cell) or written_days.is_vague(cell):
            return None
        cell = written_days.taken_apart(cell).day
    try:
        return cells.day_of(cell, today)
    except ValueError:
        return None
