"""A document from a list: of the rows that are selected, of those it shows, or by days and units."""

from PySide6.QtWidgets import QWidget

from gui.core.context import Context
from gui.dialogs.export_document import ExportDocument
from gui.dialogs.export_fields import IDS, Range, ranges
from gui.lists.shown_list import ShownList
from models.paper.kinds import BY_KEY
from models.queries.lookups.last_round import last_round


def export_document(context: Context, kind: str, shown: ShownList, selected: list[int], parent: QWidget) -> None:
    """Ask for a document's options and wording, then write it; a summary is of a period, not of a list's rows."""
    if BY_KEY[kind].of_period:
        ExportDocument(context, kind, {}, "所选时间内的全部记录", parent).exec()
        return
    table, listed = shown.spec.name, list(shown.ids())
    if table == "accountability_case":
        selected, listed = sorted(selected), sorted(listed)  # a list shows the newest first, a bulletin the oldest
    if table == "feedback":
        selected, listed = _findings_of(context, selected), _findings_of(context, listed)
    if not listed:
        context.status("列表里没有可以写进公文的记录。")
        return
    found = ranges(IDS.get(table, "finding_ids"), selected, listed)
    if BY_KEY[kind].in_issues and "inspection_ids" in BY_KEY[kind].options:
        with context.workspace.reading() as session:
            trips = last_round(session, kind)
        if trips:  # the first of its kind: the whole ledger would seldom be meant
            found.insert(len(found) - 2, Range(f"最近一轮督查（{len(trips)} 次）", {"inspection_ids": trips}))
    ExportDocument(context, kind, found[0].records, found[0].name, parent, offered=found).exec()


def _findings_of(context: Context, ids: list[int]) -> list[int]:
    from sqlalchemy import select

    from models.records import Feedback

    with context.workspace.reading() as session:
        found = session.scalars(select(Feedback.finding_id).where(Feedback.id.in_(ids)))
        return list(dict.fromkeys(id_ for id_ in found if id_ is not None))
