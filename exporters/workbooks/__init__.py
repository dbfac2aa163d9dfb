"""Ledgers, rosters and figures as .xlsx, and the blank import workbook."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from models import clock
from models.errors import Refusal
from models.queries.figures.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from exporters.workbooks.page import Page


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of workbook: its key and its name."""

    key: str
    name: str


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind("findings_ledger", "问题整改台账"),
        Kind("accountability_ledger", "问责台账"),
        Kind("roster_of_members", "督查组名册"),
        Kind("shift_roster", "月排班表"),
        Kind("unit_statistics", "分单位统计表"),
        Kind("document_register", "发文登记簿"),
        Kind("period_statistics", "阶段统计"),
    )
}
"""Every kind by its key, in the order menus show them."""


def kind_of(name: str) -> Kind:
    """The kind of that key or name.

    Raises:
        Refusal: there is none.
    """
    found = KINDS.get(name) or next((k for k in KINDS.values() if name == k.name), None)
    if found is None:
        raise Refusal(f"没有“{name}”这种台账，可选：{'、'.join(kind.name for kind in KINDS.values())}。")
    return found


def write_ledger(
    session: Session, kind: str, target: Path, scope: Scope = EVERYTHING, *, today: dt.date | None = None
) -> None:
    """Write one workbook from the records as they stand, beside ``target`` first and then into its place.

    Args:
        session: to read with.
        kind: a key or name of `KINDS`.
        target: the .xlsx file to make or replace.
        scope: what goes in.
        today: the day deadlines are held against; the real one where None.

    Raises:
        Refusal: there is no such kind, or the file cannot be written there.
    """
    from openpyxl import Workbook

    from exporters.workbooks.page import write
    from exporters.workbooks.saving import save

    pages = _makers()[kind_of(kind).key](session, scope, today or clock.today())
    workbook = Workbook(write_only=True)
    for page in pages:
        write(workbook, page)
    save(workbook, target)


def _makers() -> "dict[str, Callable[[Session, Scope, dt.date], list[Page]]]":
    from exporters.workbooks import accountability, documents, figures, findings, rosters

    return {
        "findings_ledger": lambda *given: [findings.page(*given)],
        "accountability_ledger": lambda *given: [accountability.page(*given)],
        "roster_of_members": lambda *given: [rosters.members(*given)],
        "shift_roster": lambda *given: [rosters.shifts(*given)],
        "unit_statistics": lambda *given: [figures.units(*given)],
        "document_register": lambda *given: [documents.page(*given)],
        "period_statistics": figures.period,
    }
