"""问题整改台账: every finding of a scope with its last answer and its last check."""

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from exporters.workbooks import rows
from exporters.workbooks.names import Names
from exporters.workbooks.page import Column, Page, arranged
from models.domain.findings import deadlines
from models.domain.findings.lifecycle import Status
from models.domain.findings.unit_status import own_told
from models.intake import sheets
from models.paper.numbering import full_day
from models.queries.figures import scope as scopes
from models.queries.figures.scope import Scope
from models.records import Feedback, Finding, Verification

NAME = "问题整改台账"
_SHEET, _ANSWER, _CHECK = "finding", "feedback", "verification"
_WIDTHS = {
    "serial": 10.5, "unit_id": 12, "site_id": 14, "kind": 12, "fact": 34, "count": 7, "requirement": 24, "status": 9,
    "measures": 30, "person": 8, "source_level": 9, "note": 20,
}  # fmt: skip
_PRINTED = ("serial", "found_on", "unit_id", "site_id", "kind", "fact", "count", "requirement", "deadline")
_ANSWER_PRINTED = ("measures", "person", "finished_on")
_BUCKET = "时限状态"


def page(session: Session, scope: Scope, today: dt.date) -> Page:
    """The ledger of a scope, ordered by serial; drafts, which do not count, stand last and without a number."""
    columns, parts = _columns()
    marks, mark = rows.marks(session)
    columns |= marks
    names = Names(session)
    answers = _last(session, Feedback, _parts(_ANSWER), Feedback.unexpected.is_(False))
    checks = _last(session, Verification, _parts(_CHECK))
    own = [key for key, (sheet, _) in parts.items() if sheet == _SHEET]
    table = Finding.__table__.columns
    query = (
        select(table["id"], *(table[n] for n in own), table["self_found"], table["uuid"])
        .where(*scopes.findings(scope))
        .order_by(Finding.status == Status.DRAFT, Finding.serial, Finding.id)
    )
    readers = {n: sheets.BY_TABLE[_SHEET].column(n) for n in own}
    told = []
    for number, found in enumerate(session.execute(query), start=1):
        kept = dict(zip(own, found[1:-2], strict=True))
        row: dict[str, Any] = {n: rows.cell(readers[n], kept[n], names) for n in own}
        if found.self_found:
            row["status"] = own_told(Status(kept["status"] or Status.DRAFT))
        row |= {f"{_ANSWER}.{n}": v for n, v in answers.get(found[0], {}).items()}
        row |= {f"{_CHECK}.{n}": v for n, v in checks.get(found[0], {}).items()}
        counts = kept["status"] != Status.DRAFT
        row |= {"number": number, "bucket": _bucket(kept, today)} if counts else {"number": None, "bucket": ""}
        row |= mark(found.uuid)
        told.append(row)
    period = rows.period(scope, "发现日期")
    drafts = sum(row["number"] is None for row in told)
    left = f"草稿 {drafts} 条列在最后，不计入问题数。" if drafts else ""
    note = f"{period}{left}制表日期：{full_day(today)}"
    return Page(
        NAME, f"{rows.campaign(session, scope)}督查{NAME}", list(columns.values()), arranged(columns, told), note
    )


def _bucket(kept: dict[str, Any], today: dt.date) -> str:
    status = Status(kept["status"] or Status.DRAFT)
    due = deadlines.limit(status, kept["deadline"], kept["review_on"])
    return str(
        deadlines.bucket(
            status, due, today, submitted_on=kept["submitted_on"], closed_on=kept["closed_on"],
            on_spot=bool(kept["fixed_on_spot"]),
        )
    )  # fmt: skip


def _parts(sheet: str) -> tuple[str, ...]:
    return next(names for name, names in sheets.LEDGERS[0].parts if name == sheet)


def _columns() -> tuple[dict[str, Column], dict[str, tuple[str, str]]]:
    """Columns by key, printed ones first, and which sheet's attribute each shows."""
    found = {"number": Column("序号", 5, "number")}
    found |= rows.columns(_SHEET, _PRINTED, _WIDTHS)
    answer = rows.columns(_ANSWER, _parts(_ANSWER), _WIDTHS)
    found |= {f"{_ANSWER}.{n}": answer[n] for n in _ANSWER_PRINTED}
    found |= rows.columns(_SHEET, ("status",), _WIDTHS)
    found["bucket"] = Column(_BUCKET, 11, "status", printed=False)
    rest = [c.name for c in sheets.BY_TABLE[_SHEET].columns if c.name not in found]
    found |= rows.columns(_SHEET, rest, _WIDTHS, printed=False)
    for sheet in (_ANSWER, _CHECK):
        more = rows.columns(sheet, _parts(sheet), _WIDTHS, printed=False)
        found |= {f"{sheet}.{n}": c for n, c in more.items() if f"{sheet}.{n}" not in found}
    own = {n: (_SHEET, n) for n in found if "." not in n and n not in ("number", "bucket")}
    return found, own


def _last(session: Session, cls: Any, names: tuple[str, ...], *where: Any) -> dict[int, dict[str, Any]]:
    """The last record of each finding, by the finding's id."""
    query = select(cls.finding_id, *(getattr(cls, n) for n in names)).where(cls.deleted_at.is_(None), *where)
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in session.execute(query.order_by(cls.id))}
