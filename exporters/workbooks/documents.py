"""发文登记簿: every document that has a number or was issued, void ones too."""

import datetime as dt

from sqlalchemy.orm import Session

from exporters.workbooks import rows
from exporters.workbooks.names import Names
from exporters.workbooks.page import Column, Page, arranged
from models.intake import sheets
from models.paper.numbering import full_day
from models.queries.facts.documents import registered, scans
from models.queries.figures.scope import Scope

NAME = "发文登记簿"
_PRINTED = ("number", "issue", "kind", "title", "addressees", "copy_to", "signer", "dated_on", "state")
_WIDTHS = {"number": 20, "issue": 7, "kind": 13, "title": 40, "addressees": 26, "copy_to": 26, "signer": 10, "state": 9}


def page(session: Session, scope: Scope, today: dt.date) -> Page:
    """The register, by day and number."""
    rest = [c.name for c in sheets.BY_TABLE["document"].columns if c.name not in _PRINTED]
    columns = {"place": Column("序号", 6, "number"), **rows.columns("document", _PRINTED, _WIDTHS)}
    columns |= {"ended": Column("撤回、作废情况", 22, "wrap"), "scan": Column("签章扫描件", 10, "middle")}
    marks, mark = rows.marks(session)
    columns |= rows.columns("document", rest, _WIDTHS, printed=False) | marks
    known, names, documents = Names(session), (*_PRINTED, *rest), registered(session, scope)
    kept = scans(session, documents)
    told = [
        {
            "place": place,
            "ended": f"{d.voided_on}：{d.void_reason}" if d.voided_on else "",
            "scan": "有" if d.uuid in kept else "",
            **rows.values("document", names, {n: getattr(d, n) for n in names}, known),
            **mark(d.uuid),
        }
        for place, d in enumerate(documents, start=1)
    ]
    note = f"{rows.period(scope, '成文日期')}制表日期：{full_day(today)}"
    return Page(NAME, NAME, list(columns.values()), arranged(columns, told), note)
