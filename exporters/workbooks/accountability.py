"""问责台账: a row for each disposition, its party and case repeated, so that rows can be sorted."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from exporters.workbooks import rows
from exporters.workbooks.names import Names
from exporters.workbooks.page import Column, Page, arranged
from models.domain.cases.stages import Stage
from models.intake import sheets
from models.paper.numbering import full_day
from models.queries.facts.cases import cases_for_documents
from models.queries.figures.scope import Scope

NAME = "问责台账"
_CASE, _PARTY, _DEALT = "accountability_case", "party", "disposition"
_WIDTHS = {
    "code": 10, "title": 24, "fact": 34, "name": 11, "unit_id": 13, "post": 15, "duty": 11, "measure": 12,
    "organ": 14, "stage": 9, "conduct": 24, "detail": 18, "note": 20, "place": 14, "basis": 20,
}  # fmt: skip
_PRINTED: tuple[tuple[str, tuple[str, ...]], ...] = (
    (_CASE, ("code", "title", "fact")),
    (_PARTY, ("name", "unit_id", "post", "duty")),
    (_DEALT, ("measure", "organ", "decided_on", "effect_end")),
    (_CASE, ("stage",)),
)


def page(session: Session, scope: Scope, today: dt.date) -> Page:
    """The ledger of a scope's cases, ordered by code."""
    marks, mark = rows.marks(session)
    columns = _columns() | marks
    names = Names(session)
    told: list[dict[str, Any]] = []
    kept = (one for one in cases_for_documents(session, scope=scope) if one.case.stage != Stage.DROPPED)
    for facts in kept:
        case = _told(_CASE, facts.case, names)
        parties = [(_told(_PARTY, p.party, names), p.dispositions) for p in facts.parties] or [({}, ())]
        for party, dispositions in parties:
            for disposition in dispositions or (None,):
                dealt = _told(_DEALT, disposition, names) if disposition else {}
                told.append({**case, **party, **dealt, "number": len(told) + 1, **mark(facts.case.uuid)})
    note = f"{rows.period(scope, '行为日期')}制表日期：{full_day(today)}"
    return Page(NAME, f"{rows.campaign(session, scope)}{NAME}", list(columns.values()), arranged(columns, told), note)


def _part(sheet: str) -> tuple[str, ...]:
    names = next(names for name, names in sheets.LEDGERS[1].parts if name == sheet)
    return tuple(name for name in names if not sheets.BY_TABLE[sheet].column(name).retired)


def _told(sheet: str, record: Any, names: Names) -> dict[str, Any]:
    own = _part(sheet)
    found = rows.values(sheet, own, {n: getattr(record, n) for n in own}, names)
    return {f"{sheet}.{n}": value for n, value in found.items()}


def _columns() -> dict[str, Column]:
    found = {"number": Column("序号", 5, "number")}
    for sheet, names in _PRINTED:
        found |= {f"{sheet}.{n}": c for n, c in rows.columns(sheet, names, _WIDTHS).items()}
    for sheet, _ in sheets.LEDGERS[1].parts:
        rest = [n for n in _part(sheet) if f"{sheet}.{n}" not in found]
        found |= {f"{sheet}.{n}": c for n, c in rows.columns(sheet, rest, _WIDTHS, printed=False).items()}
    return found
