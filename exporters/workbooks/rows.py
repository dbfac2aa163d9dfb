"""Records as rows of a ledger that can be read back: the import workbook's own columns and words."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from exporters.workbooks.names import Names
from exporters.workbooks.page import Column, Look
from models.intake import sheets
from models.paper import kinds
from models.paper.numbering import full_day
from models.queries.figures.scope import Scope
from models.records import Campaign, Office
from models.records.fields import Kind

_LOOKS: Mapping[Kind, Look] = {"day": "day", "moment": "day", "number": "number", "text": "wrap"}
_WIDTHS: Mapping[Kind, float] = {"text": 34, "day": 11.5, "moment": 11.5, "number": 8, "flag": 8}


def columns(
    sheet: str, names: Iterable[str], widths: Mapping[str, float], *, printed: bool = True
) -> dict[str, Column]:
    """Columns of a sheet of the layout by attribute, under the layout's own headers."""
    found = {}
    for name in names:
        one = sheets.BY_TABLE[sheet].column(name)
        look: Look = "status" if name in ("status", "stage", "state") else _LOOKS.get(one.field.kind, "middle")
        look = "wrap" if one.field.kind == "line" and one.field.limit >= 100 and look == "middle" else look
        width = widths.get(name) or _WIDTHS.get(one.field.kind, 12)
        found[name] = Column(one.label, width, look, printed)
    return found


def marks(session: Session) -> tuple[dict[str, Column], Callable[[str], dict[str, Any]]]:
    """Hidden columns by which a row is known again here, and what stands in them for a record's uuid."""
    office = session.scalars(select(Office.uuid)).first() or ""
    found = {name: Column(name, 12, printed=False, hidden=True) for name in (sheets.OFFICE_MARK, sheets.RECORD_MARK)}
    return found, lambda uuid: {sheets.OFFICE_MARK: office, sheets.RECORD_MARK: uuid if office else ""}


def values(sheet: str, names: Iterable[str], record: Mapping[str, Any], known: Names) -> dict[str, Any]:
    """A record's values as cells: links by name, lists joined, flags as 是 or empty."""
    found: dict[str, Any] = {}
    for name in names:
        found[name] = cell(sheets.BY_TABLE[sheet].column(name), record.get(name), known)
    return found


def cell(column: sheets.Column, value: Any, known: Names) -> Any:
    """One value as a cell."""
    field = column.field
    if field.kind == "ref":
        return known.of(field.target, value)
    if field.kind == "refs":
        return known.several(field.target, value)
    if field.kind == "choices":
        return "、".join(value or ())
    if field.kind == "flag":
        return "是" if value else ""
    if column.name == "kind" and column.choices:
        return kinds.NAMES.get(value, value)
    return value


def campaign(session: Session, scope: Scope) -> str:
    """The campaign a ledger's title names: the scope's, or the current one."""
    query = select(Campaign.name).where(Campaign.deleted_at.is_(None))
    chosen = query.where(Campaign.id == scope.campaign_id) if scope.campaign_id else query.where(Campaign.active)
    return session.scalars(chosen.order_by(Campaign.id.desc())).first() or ""


def period(scope: Scope, what: str) -> str:
    """The scope's days in words, with a gap behind; empty where it has none."""
    first = full_day(scope.from_) if scope.from_ else ""
    last = full_day(scope.until) if scope.until else ""
    if not first and not last:
        return ""
    span = f"{first}至{last}" if first and last else f"{first}起" if first else f"至{last}"
    return f"{what}：{span}　　"
