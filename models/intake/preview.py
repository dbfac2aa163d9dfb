"""What an import would do, row by row, before anything is written."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.intake import backlog, drafted, finish
from models.intake.convert import Converter, Reason
from models.intake.layout import BY_NAME, LINK_OF_PART, SHEETS, Sheet
from models.intake.ordering import parents_first
from models.intake.register import NUMBERED, Entry, Register, names_of, unlike
from models.intake.workbook import Book, Line
from models.queries import calendar
from models.records import Change
from models.rules import dictionaries, lifecycle
from models.rules.lifecycle import Status
from models.rules.outcomes import outcome


class Verdict(StrEnum):
    """What becomes of a row."""

    NEW = "新增"
    CHANGED = "变更"
    SAME = "相同"
    REJECTED = "不能导入"


@dataclass(slots=True)
class Row:
    """One row of the workbook and what becomes of it.

    Attributes:
        step: the step of a living finding's life that the row takes; empty where it is plainly written.
        changes: attribute to (kept, given), for a changed record.
    """

    sheet: Sheet
    line: Line | None
    verdict: Verdict
    title: str
    entry: Entry | None = None
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)
    note: str = ""
    step: str = ""

    @property
    def place(self) -> str:
        """Where the row stands in the file; empty for a record that was only named in passing."""
        return self.line.place() if self.line else ""


@dataclass(slots=True)
class Preview:
    """The whole import, before it is done.

    Attributes:
        seen: the last change of the data it was held against.
        lacking: how many new findings came without a ``kind`` or ``source_level``, by field.
        ending: which new findings are no more than drafts, and why; "" where none is.
    """

    name: str
    rows: list[Row]
    notes: list[str]
    new_terms: dict[str, list[str]]
    seen: int
    lacking: dict[str, int]
    ending: str

    def count(self, verdict: Verdict) -> int:
        """How many rows have this verdict."""
        return sum(row.verdict is verdict for row in self.rows)

    @property
    def writes(self) -> bool:
        """Whether there is anything to do."""
        return any(row.verdict in (Verdict.NEW, Verdict.CHANGED) for row in self.rows)

    @property
    def hopeless(self) -> bool:
        """Whether every row is rejected."""
        return bool(self.rows) and all(row.verdict is Verdict.REJECTED for row in self.rows)

    def counts(self) -> dict[str, dict[str, int]]:
        """Rows by sheet and verdict, in the order of the sheets."""
        found = {sheet.name: Counter(str(r.verdict) for r in self.rows if r.sheet is sheet) for sheet in SHEETS}
        return {name: {str(v): rows[v] for v in Verdict} for name, rows in found.items() if rows}

    def in_words(self, *, done: bool) -> str:
        """The result as a clerk reads it."""
        lines = [f"{'已导入' if done else '预览'}“{self.name}”："]
        for name, found in self.counts().items():
            lines.append(f"  {name}：" + "，".join(f"{verdict} {count}" for verdict, count in found.items() if count))
        lines += [f"  {note}" for note in self.notes]
        lines += [f"  {reason.place}：{reason.sentence}" for row in self.rows for reason in row.reasons]
        return "\n".join([*lines, f"  {self.ending}"] if self.ending else lines)

    def as_json(self) -> dict[str, Any]:
        """The result for programs."""
        return {
            "file": self.name,
            "new": self.count(Verdict.NEW), "changed": self.count(Verdict.CHANGED),
            "same": self.count(Verdict.SAME), "rejected": self.count(Verdict.REJECTED),
            "sheets": self.counts(), "notes": self.notes, "drafts": self.ending,
            "rejections": [
                {"cell": r.place, "reason": r.sentence, "row": row.place} for row in self.rows for r in row.reasons
            ],
        }  # fmt: skip


def preview(
    session: Session, book: Book, *, today: dt.date, usual: Mapping[str, str] = MappingProxyType({})
) -> Preview:
    """Hold a workbook against the data; writes nothing.

    Args:
        session: to read with.
        book: the workbook or the pasted rows.
        today: the day everything is held against.
        usual: the 问题类别 (``kind``) and 问题来源 (``source_level``) the clerk gave for all findings that came
            without one; where none is given 其他 and 县 are taken and marked 待补.
    """
    return _Previewer(session, book, today, usual).run()


class _Previewer:
    def __init__(self, session: Session, book: Book, today: dt.date, usual: Mapping[str, str]) -> None:
        self.session = session
        self.book = book
        self.usual = usual
        self.register = Register(session)
        self.converter = Converter(self.register, today)
        self.today = today
        self.rows: list[Row] = []
        self.row_of: dict[int, Row] = {}
        self.told: set[tuple[int, str]] = set()
        self.finishing = finish.Finisher(self.register, today, usual)

    def run(self) -> Preview:
        seen = self.session.scalar(select(func.max(Change.id))) or 0
        for sheet in SHEETS:
            if sheet.name in self.book.lines:
                lines = self.book.lines[sheet.name]
                for line in parents_first(lines) if sheet.name == "单位" else lines:
                    self._read(sheet, line)
        self._settle_findings()
        self._settle_cases()
        self._named_in_passing()
        self.rows.sort(key=lambda row: SHEETS.index(row.sheet))
        notes = [*self.book.notes, *self._term_notes()]
        if self.converter.unlinked:
            notes.append(f"本机没有对应记录，“{'、'.join(sorted(self.converter.unlinked))}”列的部分内容没有关联。")
        lacking = dict(self.finishing.lacking)
        notes += drafted.stood_in(lacking, self.usual)
        new = [_values(r) for r in self.rows if r.sheet.name == "督查问题" and r.verdict is Verdict.NEW]
        ending = drafted.ending(new)
        return Preview(self.book.name, self.rows, notes, self.register.new_terms, seen, lacking, ending)

    def _read(self, sheet: Sheet, line: Line) -> None:
        shelf = self.register.shelf(sheet.name)
        values, reasons = self.converter.values(line)
        parent = self._parent(line, values, reasons)
        if not reasons:
            reasons += self.finishing.check(sheet.name, line, values)
        known: Entry | None = None
        if not reasons:
            try:
                known = shelf.same(values)
            except ValueError as error:
                reasons.append(Reason(line.place(), str(error)))
        row = Row(sheet, line, Verdict.NEW, _title(sheet, line, values), note=parent)
        if reasons:
            shelf.rejected.update(names_of(sheet, values))
        elif known is None:
            row.entry = Entry(None, self.finishing.defaults(sheet.name, values), line)
            shelf.put(row.entry)
        else:
            self._compare(row, known, values)
        if reasons:
            row.verdict, row.reasons = Verdict.REJECTED, reasons
        self.row_of[id(line)] = row
        if not (line.ledger and row.entry and self._told_before(row)):
            self.rows.append(row)

    def _told_before(self, row: Row) -> bool:
        """Whether an earlier row of the ledger told the same record: a case is repeated with each of its parties."""
        key = (id(row.entry), str(row.changes))
        new = key not in self.told
        self.told.add(key)
        return not new and row.verdict is not Verdict.REJECTED

    def _parent(self, line: Line, values: dict[str, Any], reasons: list[Reason]) -> str:
        """Link a ledger row's further parts to its first; they share its fate."""
        if line.parent is None:
            return ""
        above = self.row_of[id(line.parent)]
        if above.entry is None:
            reasons.append(Reason(line.place(), f"同一行的{above.sheet.record.noun}没有通过检查，请先改正。"))
            return ""
        link = "party_id" if line.sheet.name == "处理" else LINK_OF_PART[line.sheet.name]
        values[link] = above.entry
        if link == "party_id":
            values["case_id"] = above.entry.values.get("case_id")
        for column in line.sheet.columns:
            if column.required and not values.get(column.name):
                reasons.append(Reason(line.place(column.name), f"请填写“{column.label}”。"))
        return ""

    def _compare(self, row: Row, known: Entry, values: dict[str, Any]) -> None:
        """A record that is there already: same, changed, or not to be changed by an import."""
        row.entry, row.verdict = known, Verdict.SAME
        if values.get("status") == backlog.NOT_CLOSED and known.values.get("status") != Status.CLOSED:
            values = {n: v for n, v in values.items() if n != "status"}
        changes = {n: (known.values.get(n), v) for n, v in values.items() if unlike(known.values.get(n), v)}
        if not changes:
            return
        reasons = _unchangeable(row, known, changes)
        if reasons:
            row.verdict, row.reasons = Verdict.REJECTED, reasons
            return
        row.verdict, row.changes = Verdict.CHANGED, changes

    def _settle_findings(self) -> None:
        """Findings with their answers and checks: old ones as they were, living ones through the steps."""
        answers = self._children("整改反馈", "finding_id")
        checks = self._children("核查", "finding_id")
        days = calendar.load(self.session)
        new = {id(r.entry): r.entry for r in self.rows if r.sheet.name == "督查问题" and r.verdict is Verdict.NEW}
        touched = {**{k: e for k, e in new.items() if e}, **{id(e): e for e in (*answers, *checks)}}
        for entry in touched.values():
            told, checked = answers.get(entry, []), checks.get(entry, [])
            events = backlog.in_order([_entry(r) for r in told], [_entry(r) for r in checked])
            if entry.id is None:
                backlog.settle_finding(entry.values, events, days)
            elif entry.values.get("backfilled"):
                rounds = self.finishing.rounds(entry)
                backlog.settle_finding({**entry.values}, events, days, rounds)
            else:
                rows = {_entry(r): r for r in (*told, *checked)}
                self._live([rows[event] for _, event in events], entry)

    def _children(self, name: str, link: str) -> dict[Entry, list[Row]]:
        found: dict[Entry, list[Row]] = {}
        for row in self.rows:
            if row.sheet.name == name and row.verdict is Verdict.NEW and row.entry:
                found.setdefault(row.entry.values[link], []).append(row)
        return found

    def _live(self, rows: list[Row], finding: Entry) -> None:
        """Try the steps of a finding that is being worked on, one after the other, as the lifecycle allows."""
        facts = {**finding.values, "status": Status(finding.values["status"]), "today": self.today, "evidence": 0}
        for row in rows:
            given = _values(row)
            if row.sheet.name == "整改反馈":
                found = outcome(given.get("outcome"))
                step = lifecycle.feedback_step(facts["status"], found) if found else None
                if step is None:
                    row.note = "此时不该上报，存为非应报反馈"
            else:
                step = lifecycle.step(backlog.STEP_OF.get(given.get("conclusion", ""), "close"))
            row.step = step.key if step else "store"
            problems = step.check(facts, given) if step else ()
            if problems:
                row.verdict, row.entry = Verdict.REJECTED, row.entry
                line = row.line
                row.reasons = [Reason(line.place(p.field) if line else "", p.sentence) for p in problems]
            elif step and (route := step.route(facts["status"])):
                facts["status"] = route[-1]

    def _settle_cases(self) -> None:
        parties = self._children("责任人员", "case_id")
        dispositions = self._children("处理", "case_id")
        for row in self.rows:
            if row.sheet.name == "问责案件" and row.verdict is Verdict.NEW and row.entry:
                told = [_values(r) for r in parties.get(row.entry, [])]
                backlog.settle_case(row.entry.values, told, [_values(r) for r in dispositions.get(row.entry, [])])

    def _named_in_passing(self) -> None:
        """Units, sites and teams that rows which do come in only name."""
        used = {id(e) for row in self.rows if row.verdict is not Verdict.REJECTED for e in _links(row)}
        made = self.converter.made
        for _ in made:
            used |= {
                id(link) for _, e in made if id(e) in used for link in e.values.values() if isinstance(link, Entry)
            }
        for name, entry in made:
            if id(entry) in used:
                title = str(entry.values["name"])
                self.rows.append(Row(BY_NAME[name], None, Verdict.NEW, title, entry, note="随其他行新增"))
        for sheet in ("单位", "点位", "督查组"):
            names = [r.title for r in self.rows if r.line is None and r.sheet.name == sheet]
            if names:
                more = f"等 {len(names)} 个" if len(names) > 8 else ""
                self.book.notes.append(f"没有登记过的{sheet}随行新增：{'、'.join(names[:8])}{more}。")

    def _term_notes(self) -> list[str]:
        return [
            f"字典“{dictionaries.LABELS.get(name, name)}”新增：{'、'.join(words)}。"
            for name, words in self.register.new_terms.items()
        ]


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
    sheet = row.sheet.name
    if known.line is not None and known.line is not line:
        names = "、".join(f"“{row.sheet.column(n).label}”" for n in changes)
        return [Reason(line.place(), f"与第{known.line.number}行是同一条，但{names}不同，请只保留一行。")]
    if sheet in ("整改反馈", "核查"):
        return [Reason(line.place(), f"已有同一条{row.sheet.record.noun}，只能追加，不能改动。")]
    if sheet == "发文" and not known.values.get("historical"):
        return [Reason(line.place(), "这份发文由本程序印发，不能靠导入改动。")]
    if sheet == "督查问题":
        return _unchangeable_finding(row, line, known, changes)
    if sheet == "问责案件" and "stage" in changes:
        old = changes["stage"][0]
        return [Reason(line.place("stage"), f"“阶段”现为“{old}”，不能靠导入改动，请在“问责通报”里办理。")]
    return []


def _unchangeable_finding(row: Row, line: Line, known: Entry, changes: dict[str, tuple[Any, Any]]) -> list[Reason]:
    by_number = any(n in NUMBERED for n in line.cells)
    if by_number and "fact" in changes and {"site_id", "unit_id", "found_on"} & set(changes):
        return [Reason(line.place("serial"), f"台账编号“{known.values['serial']}”已是另一个问题，请核对编号。")]
    if known.values.get("backfilled"):
        return []
    status = Status(known.values.get("status") or Status.DRAFT)
    kept = {c.name for c in row.sheet.columns if c.field.hidden}
    kept |= (
        set()
        if status in backlog.BEGINNING
        else {"deadline", "deadline_kind", "deadline_days", "unit_id", "department_id"}
    )
    return [
        Reason(line.place(n), f"问题现为“{status}”，“{line.columns[n].label}”不能靠导入改动，请在程序里办理。")
        for n in changes
        if n in kept
    ]
