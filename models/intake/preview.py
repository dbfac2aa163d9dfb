"""What an import would do, row by row, before anything is written."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.domain import dictionaries
from models.domain.findings import lifecycle
from models.domain.findings.lifecycle import Status
from models.domain.findings.outcomes import outcome
from models.domain.objections import INSTEAD, LAST
from models.intake import backfill, draft_notes, foreign_cases, foreign_rows, objected, row_rules
from models.intake.convert import Converter, Reason, years_of
from models.intake.known_records import Register
from models.intake.known_sheet import NUMBERED, OWN_SERIES, Entry, Unsure, names_of, unlike
from models.intake.matching import REMEMBERED, Answer, Matcher
from models.intake.ordering import parents_first
from models.intake.rows import Preview, Row, Verdict
from models.intake.sheets import BY_TABLE, LINK_OF_PART, SHEETS, Sheet
from models.intake.sources import content_of
from models.intake.workbook import Book, Line
from models.queries.lookups import calendar
from models.records import Change

Answers = Mapping[tuple[str, int], Answer]
_NONE: Mapping[Any, Any] = MappingProxyType({})


def preview(
    session: Session, book: Book, *, today: dt.date, usual: Mapping[str, str] = _NONE, answers: Answers = _NONE
) -> Preview:
    """Hold a workbook against the data; writes nothing.

    Args:
        session: to read with.
        book: the workbook or the pasted rows.
        today: the day everything is held against.
        usual: the 问题类别 (``kind``) and 问题来源 (``source_level``) the clerk gave for all findings that came
            without one; where none is given 其他 and 县 are taken and marked 待补.
        answers: what the clerk said of rows in doubt, by their place in the file (`Line.key`).
    """
    foreign_rows.settle(book)
    foreign_cases.settle(book)
    return _Previewer(session, book, today, usual, answers).run()


_WORDED = ("fact", "title")
"""Fields whose punctuation does not make another record."""
_LONGEST_ROW_NUMBER = 4
"""Digits up to which a bare number is taken for a row's."""


class _Previewer:
    def __init__(
        self, session: Session, book: Book, today: dt.date, usual: Mapping[str, str], answers: Answers
    ) -> None:
        self.session = session
        self.book = book
        self.usual = usual
        self.register = Register(session)
        self.converter = Converter(self.register, years_of(book, today), trusts_words=book.trusted)
        self.today = today
        self.rows: list[Row] = []
        self.notes = list(book.notes)
        self.row_of: dict[int, Row] = {}
        self.matcher = Matcher(self.register, book, answers)
        self.given: dict[Entry, tuple[Line, dict[str, Any]]] = {}
        self.row_numbers: set[str] = set()
        self.finishing = row_rules.Finisher(self.register, today, usual)

    def run(self) -> Preview:
        seen = self.session.scalar(select(func.max(Change.id))) or 0
        for sheet in SHEETS:
            if sheet.key in self.book.lines:
                lines = self.book.lines[sheet.key]
                self.matcher.claim(lines)
                for line in parents_first(lines) if sheet.key == "unit" else lines:
                    self._read(sheet, line)
        self._settle_findings()
        self._settle_cases()
        self._named_in_passing()
        self.rows.sort(key=lambda row: SHEETS.index(row.sheet))
        notes = [*self.notes, *self._term_notes()]
        if self.row_numbers:
            labels = "、".join(f"“{label}”" for label in sorted(self.row_numbers))
            notes.append(f"表里的编号只是行号，没有作为{labels}；{labels}由本机编排。")
        if self.converter.unlinked:
            notes.append(f"本机没有对应记录，“{'、'.join(sorted(self.converter.unlinked))}”列的部分内容没有关联。")
        remember = [(content_of(r.line), r.entry) for r in self.rows if r.line and r.entry and self._is_to_remember(r)]
        lacking = dict(self.finishing.lacking)
        notes += draft_notes.odd_words(self.converter.odd)
        notes += draft_notes.spelled(self.converter.spelled)
        notes += [*draft_notes.stood_in(lacking, self.usual), *self.finishing.doubts()]
        ending = draft_notes.ending(
            _values(r) for r in self.rows if r.sheet.key == "finding" and r.verdict is Verdict.NEW
        )
        return Preview(
            self.book.name, self.rows, notes, self.register.new_terms, seen, lacking, ending, self.book.source,
            remember, self.book.rows,
        )  # fmt: skip

    def _is_to_remember(self, row: Row) -> bool:
        """Whether the source's memory grows by this row."""
        line = row.line
        if not self.book.source or line is None or line.parent is not None or row.sheet.key not in REMEMBERED:
            return False
        return not row.reasons and self.matcher.remembered(line) is None

    def _read(self, sheet: Sheet, line: Line) -> None:
        shelf = self.register.shelf(sheet.key)
        self.register.trusting = self.matcher.trusts_numbers(line)
        above = self.row_of[id(line.parent)].entry if line.parent else None
        values, reasons = self.converter.values(line, above.values.get("found_on") if above else None)
        self._parent(line, values, reasons)
        if not reasons:
            reasons += self.finishing.check(sheet.key, line, values)
        row = Row(sheet, line, Verdict.NEW, _title(sheet, line, values), values=values)
        number = values.get(NUMBERED.get(sheet.key, ""))
        if not reasons:
            try:
                self._match(row, values)
            except Unsure as unsure:
                reasons.append(Reason(line.place(), str(unsure), asks=True))
        if row.entry is not None:
            for name in names_of(sheet, values):
                shelf.call(name, row.entry)
            shelf.call(number, row.entry)
        elif reasons:
            row.verdict, row.reasons = Verdict.UNSURE if all(r.asks for r in reasons) else Verdict.REJECTED, reasons
            (shelf.waiting if row.verdict is Verdict.UNSURE else shelf.rejected).update(names_of(sheet, values))
        self.row_of[id(line)] = row
        self.rows.append(row)

    def _match(self, row: Row, values: dict[str, Any]) -> None:
        """Find what the row is: a kept record, one that an earlier row told, or a new one.

        Raises:
            Unsure: it cannot be proved.
        """
        line = row.line
        assert line is not None
        marked = self.matcher.by_mark(line)
        remembered = None if marked else self.matcher.remembered(line)
        known = marked or remembered or self.matcher.same(line, values)
        if known is None:
            self._add(row, values)
        elif known in self.given:
            self._merge(row, known, values)
        else:
            self.given[known] = (line, values)
            row.entry, row.verdict = known, Verdict.SAME
            if remembered is None:
                self._compare(row, known, values, marked=marked is not None)

    def _add(self, row: Row, values: dict[str, Any]) -> None:
        """A new record."""
        assert row.line is not None
        filled = self.finishing.defaults(row.sheet.key, values)
        if row.sheet.key in OWN_SERIES:
            self._renumber(row, filled)
        row.entry = Entry(None, filled, row.line)
        self.register.shelf(row.sheet.key).put(row.entry)
        self.matcher.put(row.sheet.key, row.entry)
        self.given[row.entry] = (row.line, values)

    def _renumber(self, row: Row, filled: dict[str, Any]) -> None:
        """Leave a number out that was used here before, or that is only a row's: the office's series gives one."""
        name = NUMBERED[row.sheet.key]
        number, taken = filled.get(name), self.register.numbers(row.sheet.key)
        if not number:
            return
        if number.isdecimal() and len(number) <= _LONGEST_ROW_NUMBER:
            self.row_numbers.add(row.sheet.column(name).label)
            filled[name] = ""
        elif number in taken:
            row.note = f"编号“{number}”本机已经用过，另行编号，原编号记在备注"
            filled["note"] = "\n".join(filter(None, (filled.get("note"), f"原编号：{number}")))
            filled[name] = ""
        taken.add(number)

    def _merge(self, row: Row, known: Entry, values: dict[str, Any]) -> None:
        """A record that an earlier row of the file told: the same once more, or two that contradict each other."""
        first, told = self.given[known]
        settled = {NUMBERED.get(row.sheet.key, ""), *_WORDED}
        unlike_ = [n for n, v in values.items() if n not in settled and unlike(told.get(n), v)]
        row.entry, row.verdict = known, Verdict.MERGED
        row.note = f"与第{first.number}行是同一条{row.sheet.record.noun}"
        if unlike_:
            names = "、".join(f"“{row.sheet.column(n).label}”" for n in unlike_ if n in _labelled(row.sheet))
            sentence = f"与第{first.number}行是同一条，但{names or '所属记录'}不同，请只保留一行。"
            assert row.line is not None
            row.verdict, row.reasons = Verdict.REJECTED, [Reason(row.line.place(), sentence)]

    def _parent(self, line: Line, values: dict[str, Any], reasons: list[Reason]) -> None:
        """Link a ledger row's further parts to its first; they share its fate."""
        if line.parent is None:
            return
        above = self.row_of[id(line.parent)]
        if above.entry is None:
            asks = above.verdict is Verdict.UNSURE
            why = "还没有确认，请先确认" if asks else "没有通过检查，请先改正"
            reasons.append(Reason(line.place(), f"同一行的{above.sheet.record.noun}{why}。", asks))
            return
        link = "party_id" if line.sheet.key == "disposition" else LINK_OF_PART[line.sheet.key]
        values[link] = above.entry
        if link == "party_id":
            values["case_id"] = above.entry.values.get("case_id")
        for column in line.sheet.columns:
            if column.required and not values.get(column.name):
                reasons.append(Reason(line.place(column.name), f"请填写“{column.label}”。"))

    def _compare(self, row: Row, known: Entry, values: dict[str, Any], *, marked: bool) -> None:
        """A record that is there already: same, changed, or not to be changed by an import."""
        if values.get("status") == backfill.NOT_CLOSED and known.values.get("status") != Status.CLOSED:
            values = {n: v for n, v in values.items() if n != "status"}
        number = NUMBERED.get(row.sheet.key, "")
        changes = {
            n: (known.values.get(n), v)
            for n, v in values.items()
            if unlike(known.values.get(n), v) and (marked or n != number)
        }
        if not changes:
            return
        reasons = _unchangeable(row, known, changes)
        if reasons:
            row.verdict, row.reasons = Verdict.REJECTED, reasons
            return
        row.verdict, row.changes = Verdict.CHANGED, changes

    def _settle_findings(self) -> None:
        """Findings with their answers and checks: old ones as they were, living ones through the steps."""
        answers = self._children("feedback", "finding_id")
        checks = self._children("verification", "finding_id")
        days = calendar.load(self.session)
        new = {id(r.entry): r.entry for r in self.rows if r.sheet.key == "finding" and r.verdict is Verdict.NEW}
        touched = {**{k: e for k, e in new.items() if e}, **{id(e): e for e in (*answers, *checks)}}
        for entry in touched.values():
            told, checked = answers.get(entry, []), checks.get(entry, [])
            events = backfill.in_order([_entry(r) for r in told], [_entry(r) for r in checked])
            before = objected.last_told(self.register.shelf("feedback"), entry)
            refused = objected.wrongly_closed(entry, events, before)
            if refused:  # rarely: every row is looked at for it, and a long ledger has thousands of findings
                self._refuse_closing(refused)
            events = objected.without(events, refused)
            if refused and refused[0] is entry:
                continue
            if entry.id is None:
                backfill.settle_finding(entry.values, events, days)
            elif entry.values.get("backfilled"):
                rounds = self.finishing.rounds(entry)
                backfill.settle_finding({**entry.values}, events, days, rounds)
            else:
                rows = {_entry(r): r for r in (*told, *checked)}
                self._live([rows[event] for _, event in events], entry, before)

    def _refuse_closing(self, entries: list[Entry]) -> None:
        """Reject these rows, and what hangs on them: an objection is no 整改到位."""
        gone = {id(entry) for entry in entries}
        for row in self.rows:
            if row.entry is None or not gone & {id(row.entry), *map(id, row.entry.values.values())}:
                continue
            row.verdict = Verdict.REJECTED
            place = row.line.place(objected.AT_FAULT.get(row.sheet.key, "")) if row.line else ""
            row.reasons = [Reason(place, INSTEAD)]

    def _children(self, name: str, link: str) -> dict[Entry, list[Row]]:
        found: dict[Entry, list[Row]] = {}
        for row in self.rows:
            if row.sheet.key == name and row.verdict is Verdict.NEW and row.entry:
                found.setdefault(row.entry.values[link], []).append(row)
        return found

    def _live(self, rows: list[Row], finding: Entry, last: str) -> None:
        """Try the steps of a finding that is being worked on, one after the other, as the lifecycle allows."""
        facts = {**finding.values, "status": Status(finding.values["status"]), "today": self.today, "evidence": 0}
        facts[LAST] = last
        for row in rows:
            given = _values(row)
            if row.sheet.key == "feedback":
                found = outcome(given.get("outcome"))
                step = lifecycle.feedback_step(facts["status"], found) if found else None
                if step is None:
                    row.note = "此时不该上报，存为非应报反馈"
            else:
                step = lifecycle.step(backfill.STEP_OF.get(given.get("conclusion", ""), "close"))
            row.step = step.key if step else "store"
            problems = step.check(facts, given) if step else ()
            if problems:
                row.verdict, row.entry = Verdict.REJECTED, row.entry
                line = row.line
                row.reasons = [Reason(line.place(p.field) if line else "", p.sentence) for p in problems]
                continue
            facts[LAST] = given.get("outcome", facts[LAST])
            if step and (route := step.route(facts["status"], given)):
                facts["status"] = route[-1]

    def _settle_cases(self) -> None:
        parties = self._children("party", "case_id")
        dispositions = self._children("disposition", "case_id")
        for row in self.rows:
            if row.sheet.key == "accountability_case" and row.verdict is Verdict.NEW and row.entry:
                told = [_values(r) for r in parties.get(row.entry, [])]
                backfill.settle_case(row.entry.values, told, [_values(r) for r in dispositions.get(row.entry, [])])

    def _named_in_passing(self) -> None:
        """Units, sites and teams that rows which do come in only name."""
        used = {id(e) for row in self.rows if row.verdict is not Verdict.REJECTED for e in _links(row)}
        made = self.converter.made
        waiting = [e for _, e in made if id(e) in used]
        while waiting:
            links = [v for v in waiting.pop().values.values() if isinstance(v, Entry) and id(v) not in used]
            used.update(map(id, links))
            waiting += links
        for name, entry in made:
            if id(entry) in used:
                title = str(entry.values["name"])
                self.rows.append(Row(BY_TABLE[name], None, Verdict.NEW, title, entry, note="随其他行新增"))
        for sheet in ("unit", "site", "team"):
            names = [r.title for r in self.rows if r.line is None and r.sheet.key == sheet]
            if names:
                more = f"等 {len(names)} 个" if len(names) > 8 else ""
                self.notes.append(f"没有登记过的{BY_TABLE[sheet].name}随行新增：{'、'.join(names[:8])}{more}。")

    def _term_notes(self) -> list[str]:
        return [
            f"字典“{dictionaries.LABELS.get(name, name)}”新增：{'、'.join(words)}。"
            for name, words in self.register.new_terms.items()
        ]


def _labelled(sheet: Sheet) -> set[str]:
    return {c.name for c in sheet.columns}


def _entry(row: Row) -> Entry:
    assert row.entry is not None
    return row.entry


def _values(row: Row) -> dict[str, Any]:
    return _entry(row).values


def _links(row: Row) -> list[Entry]:
    given = (
        row.entry.values
        if row.entry and row.verdict is Verdict.NEW
        else {n: new for n, (_, new) in row.changes.items()}
    )
    found: list[Entry] = []
    for value in given.values():
        found += (
            [value]
            if isinstance(value, Entry)
            else [v for v in value if isinstance(v, Entry)]
            if isinstance(value, list)
            else []
        )
    return found


def _title(sheet: Sheet, line: Line, values: dict[str, Any]) -> str:
    for name in ("serial", "code", "name", "title", "number", "measure", "outcome", "conclusion", "fact"):
        if values.get(name) and any(c.name == name for c in sheet.columns):
            return str(values[name])[:40]
    return f"{sheet.record.noun}（第{line.number}行）"


def _unchangeable(row: Row, known: Entry, changes: dict[str, tuple[Any, Any]]) -> list[Reason]:
    """Why a kept record may not be changed so by an import."""
    line = row.line
    assert line is not None
    sheet = row.sheet.key
    number = NUMBERED.get(sheet, "")
    if number in changes:
        label = row.sheet.column(number).label
        return [Reason(line.place(number), f"“{label}”现为“{changes[number][0]}”，不能靠导入改动。")]
    if sheet in ("feedback", "verification"):
        return [Reason(line.place(), f"已有同一条{row.sheet.record.noun}，只能追加，不能改动。")]
    if sheet == "document" and not known.values.get("historical"):
        return [Reason(line.place(), "这份发文由本程序印发，不能靠导入改动。")]
    if sheet == "finding":
        return _unchangeable_finding(row, line, known, changes)
    if sheet == "accountability_case" and "stage" in changes:
        old = changes["stage"][0]
        return [Reason(line.place("stage"), f"“阶段”现为“{old}”，不能靠导入改动，请在“问责通报”里办理。")]
    return []


def _unchangeable_finding(row: Row, line: Line, known: Entry, changes: dict[str, tuple[Any, Any]]) -> list[Reason]:
    if known.values.get("backfilled"):
        return []
    status = Status(known.values.get("status") or Status.DRAFT)
    kept = {c.name for c in row.sheet.columns if c.field.hidden}
    kept |= (
        set()
        if status in backfill.BEGINNING
        else {"deadline", "deadline_kind", "deadline_days", "unit_id", "department_id"}
    )
    return [
        Reason(line.place(n), f"问题现为“{status}”，“{line.columns[n].label}”不能靠导入改动，请在程序里办理。")
        for n in changes
        if n in kept
    ]
