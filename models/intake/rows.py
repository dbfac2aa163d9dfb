"""What becomes of each row of an import, and how a clerk reads it."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from models.intake.convert import Reason
from models.intake.known_sheet import Entry
from models.intake.sheets import SHEETS, Sheet
from models.intake.workbook import Line


class Verdict(StrEnum):
    """What becomes of a row."""

    NEW = "新增"
    CHANGED = "变更"
    SAME = "相同"
    MERGED = "合并"
    UNSURE = "待确认"
    REJECTED = "不能导入"


@dataclass(slots=True)
class Row:
    """One row of the workbook and what becomes of it.

    Attributes:
        values: what its cells mean.
        step: the step of a living finding's life that the row takes; empty where it is plainly written.
        changes: attribute to (kept, given), for a changed record.
    """

    sheet: Sheet
    line: Line | None
    verdict: Verdict
    title: str
    entry: Entry | None = None
    values: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)
    note: str = ""
    step: str = ""

    @property
    def place(self) -> str:
        """Where the row stands in the file; empty for a record that was only named in passing."""
        return self.line.place() if self.line else ""

    @property
    def asks(self) -> bool:
        """Whether the clerk must say what the row is."""
        return self.verdict is Verdict.UNSURE

    @property
    def answerable(self) -> bool:
        """Whether the clerk can say it here, without mending the file."""
        return self.asks and not any(reason.only_the_table for reason in self.reasons)

    @property
    def parts(self) -> dict[str, str]:
        """What a row is known by: unit, place, day and what it is about; what it does not say, its record says."""
        kept = self.entry.values if self.entry else {}
        values = {**kept, **{n: v for n, v in self.values.items() if v not in (None, "", [])}}
        return {part: _shown(next((values[n] for n in names if values.get(n)), "")) for part, names in _PARTS.items()}

    @property
    def about(self) -> str:
        """Unit, place, day and fact in one line."""
        return "，".join(filter(None, self.parts.values())) or self.title

    @property
    def differences(self) -> list[tuple[str, str, str]]:
        """What changes: label, kept value, given value."""
        labels = {c.name: c.label for c in self.sheet.columns}
        return [(labels.get(n, n), _shown(old), _shown(new)) for n, (old, new) in self.changes.items()]

    @property
    def told(self) -> str:
        """What a clerk must know of the row: its reasons, what changes from what to what, or the remark."""
        if self.reasons:
            return "；".join(f"{reason.place}：{reason.sentence}" for reason in self.reasons)
        changes = [f"{label}：{old or '（空）'} → {new or '（空）'}" for label, old, new in self.differences]
        return "；".join([*changes, *filter(None, [self.note])])


@dataclass(slots=True)
class Preview:
    """The whole import, before it is done.

    Attributes:
        seen: the last change of the data it was held against.
        lacking: how many new findings came without a ``kind`` or ``source_level``, by field.
        ending: which new findings are no more than drafts, and why; "" where none is.
        source: what the file is known by when it comes again.
        remember: rows word for word, with the records they become.
        read: rows of the file that hold something.
    """

    name: str
    rows: list[Row]
    notes: list[str]
    new_terms: dict[str, list[str]]
    seen: int
    lacking: dict[str, int]
    ending: str
    source: str = ""
    remember: list[tuple[str, Entry]] = field(default_factory=list)
    read: int = 0

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

    @property
    def doubts(self) -> list[Row]:
        """Rows that must be asked about."""
        return [row for row in self.rows if row.asks]

    def counts(self) -> dict[str, dict[str, int]]:
        """Rows by sheet and verdict, in the order of the sheets."""
        found = {sheet.name: Counter(str(r.verdict) for r in self.rows if r.sheet is sheet) for sheet in SHEETS}
        return {name: {str(v): rows[v] for v in Verdict} for name, rows in found.items() if rows}

    def in_words(self, *, done: bool) -> str:
        """The result as a clerk reads it: counts, then each row that is not simply new or the same."""
        lines = [f"{'已导入' if done else '预览'}“{self.name}”，读到 {self.read} 行："]
        for name, found in self.counts().items():
            lines.append(f"  {name}：" + "，".join(f"{verdict} {count}" for verdict, count in found.items() if count))
        lines += [f"  {note}" for note in self.notes]
        for row in self.rows:
            lines += [f"  {reason.place}：{_doubt(row)}{reason.sentence}" for reason in row.reasons]
            if row.verdict in (Verdict.CHANGED, Verdict.MERGED) or (row.note and row.line):
                lines.append(f"  {row.place}：{row.verdict}，{row.about}；{row.told}")
        return "\n".join([*lines, f"  {self.ending}"] if self.ending else lines)

    def as_json(self) -> dict[str, Any]:
        """The result for programs."""
        return {
            "file": self.name, "read": self.read,
            "new": self.count(Verdict.NEW), "changed": self.count(Verdict.CHANGED),
            "same": self.count(Verdict.SAME), "merged": self.count(Verdict.MERGED),
            "unsure": self.count(Verdict.UNSURE), "rejected": self.count(Verdict.REJECTED),
            "sheets": self.counts(), "notes": self.notes, "drafts": self.ending,
            "rejections": [
                {"cell": r.place, "reason": r.sentence, "row": row.place, "asks": r.asks}
                for row in self.rows for r in row.reasons
            ],
            "rows": [
                {
                    "row": row.place, "sheet": row.sheet.name, "verdict": str(row.verdict), **row.parts,
                    "note": row.note,
                    "changes": {label: [old, new] for label, old, new in row.differences},
                }
                for row in self.rows
            ],
        }  # fmt: skip


_PARTS: dict[str, tuple[str, ...]] = {
    "unit": ("unit_id", "parent_id"),
    "place": ("site_id",),
    "day": ("found_on", "starts_on", "on", "conduct_from", "dated_on", "finished_on", "verified_on", "decided_on"),
    "fact": ("fact", "title", "measures", "conclusion", "measure", "name", "code"),
}
"""By which fields a row is told apart on the screen, the first that is filled."""


def _shown(value: Any) -> str:
    """A value as a clerk reads it."""
    if isinstance(value, Entry):
        return str(value.values.get("name") or value.values.get("serial") or value.values.get("title") or "")
    if isinstance(value, list):
        return "、".join(_shown(one) for one in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def _doubt(row: Row) -> str:
    return f"{Verdict.UNSURE}，{row.about}；" if row.asks else ""
