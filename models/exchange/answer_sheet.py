"""Excel in between, for a unit that has no program yet: its problems out, the filled workbook back in.

The workbook proves nothing: whoever holds it can fill it. So the clerk sees every row before it
counts, and each answered row becomes a feedback whose UUID is made from the sheet, the problem and
the round, so that importing twice adds nothing.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.findings import lifecycle
from models.domain.findings.lifecycle import Status
from models.domain.findings.outcomes import outcome
from models.domain.text.entry import parse_day
from models.domain.text.naming import safe_stem
from models.errors import Refusal
from models.exchange import build, pairing
from models.exchange.content import Row
from models.exchange.merge import Choice, Taken
from models.exchange.plan import Difference, Item, counted
from models.records import Feedback, Finding, Package, Peer, Receipt, Site, Unit, fields_of, plain
from models.services import findings, records
from models.services.findings import facts_of, round_of
from models.services.unit_of_work import Workspace
from models.spreadsheets import reading as spreadsheet
from models.storage import backup

PAGE, MARKS = "整改反馈", "标识"
SERIAL, KEY, ROUND = "台账编号", "问题标识", "轮次"
ANSWERS = (
    "outcome", "measures", "done", "total", "finished_on", "person", "post", "next_steps", "no_evidence_reason",
    "reason", "submitted_at",
)  # fmt: skip
"""The fields a unit fills in, in the order of its columns."""
LABELS = {name: fields_of(Feedback)[name].label for name in ANSWERS} | {"submitted_at": "上报日期"}
FIRST_DAY = dt.datetime(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Line:
    """One problem of a sheet, as its unit reads it."""

    uuid: str
    round: int
    serial: str
    site: str
    fact: str
    requirement: str
    deadline: dt.date | None
    returned: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What goes into one unit's workbook."""

    id: str
    unit: str
    office: str
    contact: str
    made_on: dt.date
    lines: tuple[Line, ...]

    @property
    def file_name(self) -> str:
        """A name a person can tell apart."""
        return f"整改反馈表_{safe_stem(self.unit)}_{self.made_on.isoformat()}.xlsx"


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A filled workbook, sorted. ``rejected`` says row by row what must be mended before it can come in."""

    path: Path
    sheet_id: str
    peer_id: int
    unit: str
    items: tuple[Item, ...]
    rejected: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each sort."""
        return counted(self.items)


def prepare(workspace: Workspace, unit_id: int) -> Sheet:
    """What one unit owes a word on; notes that a sheet goes out.

    Raises:
        Refusal: it owes nothing.
    """
    with workspace.writing("制作整改反馈表") as work:
        session = work.session
        unit, office = work.get(Unit, unit_id), pairing.me(session).office
        owed = [f for f in build.handed(session, unit_id) if Status(f.status) in lifecycle.step("report").sources]
        if not owed:
            raise Refusal(f"“{unit.name}”现在没有需要反馈的问题，不用发反馈表。")
        peer = pairing.peer_of_unit(work, unit)
        summary = {"findings": [f.uuid for f in owed]}
        values = {
            "peer_id": peer.id,
            "kind": "sheet",
            "direction": "sent",
            "made_at": workspace.now,
            "summary": summary,
        }
        package = work.add(Package(**records.defaults(Package) | values))
        contact = "，".join(part for part in (office.contact, office.phone) if part)
        lines = tuple(_line(session, f) for f in owed)
        return Sheet(package.uuid, unit.name, office.name, contact, workspace.today, lines)


def _line(session: Session, finding: Finding) -> Line:
    site = session.get(Site, finding.site_id or 0)
    return Line(
        finding.uuid, round_of(session, finding), finding.serial, site.name if site else "", finding.fact,
        finding.requirement, finding.deadline, finding.returned_reason,
    )  # fmt: skip


def read(workspace: Workspace, path: Path) -> SheetPlan:
    """Sort a filled workbook; writes nothing. A row without any answer is passed over.

    Raises:
        Refusal: it is no sheet of ours, or cannot be read.
    """
    marks, grid = _grids(path)
    sheet_id = str(marks[0][0]) if marks and marks[0] else ""
    with workspace.reading() as session:
        sent = session.scalars(select(Package).where(Package.uuid == sheet_id, Package.kind == "sheet")).first()
        peer = session.get(Peer, sent.peer_id) if sent is not None and sent.peer_id else None
        if sent is None or peer is None:
            raise Refusal(f"“{path.name}”不是本机发出的反馈表，没有导入。请核对文件。")
        sorter = _Sorter(session, workspace, peer, sheet_id)
        for number, cells in _rows(path, grid):
            sorter.take(number, cells)
        return SheetPlan(path, sheet_id, peer.id, peer.name, tuple(sorter.items), tuple(sorter.rejected))


def _grids(path: Path) -> tuple[list[list[Any]], list[list[Any]]]:
    """The marks and the answers.

    Raises:
        Refusal: it cannot be read, or lacks one of them.
    """
    pages = {sheet.name: sheet.rows for sheet in spreadsheet.sheets(path)}
    if MARKS not in pages or PAGE not in pages:
        raise Refusal(f"“{path.name}”不是督查通发出的反馈表，没有导入。请核对文件。")
    return pages[MARKS], pages[PAGE]


def _rows(path: Path, grid: list[list[Any]]) -> list[tuple[int, dict[str, Any]]]:
    """Row numbers with their cells by column label."""
    for place, row in enumerate(grid):
        labels = [str(cell).strip().rstrip("*") for cell in row]
        if SERIAL in labels and KEY in labels:
            below = enumerate(grid[place + 1 :], start=place + 2)
            return [(number, dict(zip(labels, cells, strict=False))) for number, cells in below]
    raise Refusal(f"“{path.name}”的表头已改动，认不出来。请在原表里填写，不要删改列。")


class _Sorter:
    """Turns rows into items, held against what is here."""

    def __init__(self, session: Session, workspace: Workspace, peer: Peer, sheet_id: str) -> None:
        self._session = session
        self._desk = workspace
        self._peer = peer
        self._sheet_id = sheet_id
        self.items: list[Item] = []
        self.rejected: list[str] = []

    def take(self, number: int, cells: Mapping[str, Any]) -> None:
        """One row."""
        key, serial = str(cells.get(KEY, "")).strip(), str(cells.get(SERIAL, "")).strip()
        answered = {n: cells[label] for n, label in LABELS.items() if cells.get(label) not in (None, "")}
        if not key or not answered:
            return
        try:
            values = {name: _value(name, cell, self._desk.today) for name, cell in answered.items()}
        except ValueError as error:
            self.rejected.append(f"第 {number} 行（{serial}）：{error}")
            return
        finding = self._session.scalars(
            select(Finding).where(Finding.uuid == key, Finding.deleted_at.is_(None))
        ).first()
        row = Row("feedback", self._uuid(key, cells), 1, "", {**values, "finding_id": key})
        if finding is None or finding.serial != serial:
            self.items.append(Item(row, "foreign", serial or "整改反馈", "问题不在本县台账"))
        elif self._peer.unit_id not in (finding.unit_id, finding.department_id):
            self.items.append(Item(row, "foreign", f"{serial} 整改反馈", "问题不由该单位负责"))
        else:
            self._sort(number, finding, row)

    def _uuid(self, key: str, cells: Mapping[str, Any]) -> str:
        text = str(cells.get(ROUND, "")).strip().removesuffix(".0")
        return uuid.uuid5(uuid.NAMESPACE_OID, f"{self._sheet_id}:{key}:{text}").hex

    def _sort(self, number: int, finding: Finding, row: Row) -> None:
        title = f"{finding.serial} 整改反馈"
        held = self._session.scalars(select(Feedback).where(Feedback.uuid == row.uuid)).first()
        if held is not None and held.deleted_at is None:
            differences = _differences(held, row.values)
            sort, why = ("conflicting", "已收过的反馈内容不同") if differences else ("same", "")
            self.items.append(Item(row, sort, title, why, differences, held.id))  # type: ignore[arg-type]
            return
        problems = self._problems(finding, row.values)
        if problems:
            self.rejected.append(f"第 {number} 行（{finding.serial}）：{problems}")
        else:
            self.items.append(Item(row, "new", title))

    def _problems(self, finding: Finding, values: Mapping[str, Any]) -> str:
        """What the step would refuse; a problem that wants no answer any more is no fault of the row's."""
        found = outcome(values.get("outcome"))
        step = lifecycle.feedback_step(Status(finding.status), found) if found else lifecycle.step("report")
        if step is None:
            return ""
        faults = step.check(facts_of(finding, self._desk.today), {"evidence": 0, **values}, "unit")
        return "".join(p.sentence for p in faults if p.field != "status")


def _value(name: str, cell: Any, today: dt.date) -> Any:
    """A cell as the field's value.

    Raises:
        ValueError: it is none; a sentence.
    """
    kind, label, limit = fields_of(Feedback)[name].kind, LABELS[name], fields_of(Feedback)[name].limit
    if kind in ("day", "moment"):
        day = _day(cell, today, label)
        return dt.datetime.combine(day, dt.time()) if kind == "moment" else day
    if kind == "number":
        text = str(cell).strip().removesuffix(".0")
        if not text.isdecimal() or len(text) > 9:
            raise ValueError(f"“{label}”请填写数字。")
        return int(text)
    text = (str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)).strip()
    if limit and len(text) > limit:
        raise ValueError(f"“{label}”最多 {limit} 个字，现有 {len(text)} 个字。")
    found = outcome(text) if name == "outcome" else None
    return str(found) if found else text


def _day(cell: Any, today: dt.date, label: str) -> dt.date:
    if isinstance(cell, float) and 0 < cell < 2_958_466:
        cell = FIRST_DAY + dt.timedelta(days=int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    try:
        return parse_day(str(cell).strip(), today)
    except ValueError as error:
        raise ValueError(f"“{label}”{error}") from error


def _differences(held: Feedback, values: Mapping[str, Any]) -> tuple[Difference, ...]:
    found = []
    for name in ANSWERS:
        ours, theirs = getattr(held, name), values.get(name)
        if name != "submitted_at" and (ours or None) != (theirs or None):
            found.append(Difference(LABELS[name], str(plain(ours) or "（空）"), str(plain(theirs) or "（空）")))
    return tuple(found)


def apply(workspace: Workspace, plan: SheetPlan, decisions: Mapping[str, Choice] | None = None) -> Taken:
    """Take the answered rows in, each through the step it would take if it were typed here.

    Raises:
        Refusal: the disk is full; nothing was changed.
    """
    backup.snapshot(workspace.store.folder, backup.BEFORE_IMPORT, workspace.now)
    taken = Taken(plan.counts, list(plan.rejected), peer_id=plan.peer_id)
    with workspace.writing(f"导入“{plan.unit}”的反馈表") as work:
        for item in plan.items:
            row = item.row
            if item.sort == "conflicting" and (decisions or {}).get(row.uuid) == "theirs":
                values = {n: row.values.get(n) for n in ANSWERS if n in row.values}
                records.change(work, work.get(Feedback, item.local_id), values)
            elif item.sort == "new":
                _add(work, row, taken)
        sent = work.session.scalars(select(Package).where(Package.uuid == plan.sheet_id)).one()
        values = {"package_id": sent.id, "peer_id": plan.peer_id, "kind": "已填回", "received_at": workspace.now}
        if work.session.scalar(select(Receipt.id).where(Receipt.package_id == sent.id)) is None:
            work.add(Receipt(**records.defaults(Receipt) | values))
        came = {"peer_id": plan.peer_id, "kind": "sheet", "direction": "received", "handled_at": workspace.now}
        name = {"file_name": plan.path.name, "summary": {"counts": plan.counts, "flagged": taken.flagged}}
        taken.package_id = work.add(Package(**records.defaults(Package) | came | name)).id
    return taken


def _add(work: Any, row: Row, taken: Taken) -> None:
    husk = work.session.scalars(select(Feedback).where(Feedback.uuid == row.uuid)).first()
    if husk is not None:  # An import that was undone: its remains keep their text, not their identity.
        work.set(husk, uuid=uuid.uuid4().hex)
        work.session.flush()
    finding = work.session.scalars(select(Finding).where(Finding.uuid == row.text("finding_id"))).one()
    given = {**row.values, "uuid": row.uuid, "evidence": 0, "finding_id": finding.id}
    status = finding.status
    if not findings.take_feedback(work, finding, given, "unit"):
        taken.flagged.append(f"{finding.serial}：现为“{status}”，反馈已存下，未改变状态")
