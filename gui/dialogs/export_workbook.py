"""Exporting to Excel: a list as it is shown, or a ledger of what it shows."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from gui.core.context import Progress
from gui.core.save_file import ask_file
from gui.dialogs.export_done import Finished

if TYPE_CHECKING:
    from gui.pages.list_page import RecordTab

HANDFUL = 2000
"""Rows read between two tellings of how far it is."""


def export_list(tab: "RecordTab") -> None:
    """Ask where to and write what the list shows now."""
    target = _ask(tab, tab.spec.title)
    if target is not None:
        write_shown(tab, target)


def export_ledger(tab: "RecordTab", kind: str) -> None:
    """Ask where to and write a ledger of what the list shows."""
    from exporters.workbooks import kind_of

    target = _ask(tab, kind_of(kind).name)
    if target is not None:
        write_ledger_of(tab, kind, target)


def _ask(tab: "RecordTab", title: str) -> Path | None:
    context = tab.context
    proposed = context.state.folder("export") / f"{title} {context.workspace.today:%Y-%m-%d}.xlsx"
    return ask_file(tab, f"导出{title}", proposed, (".xlsx",), context.folder)


def write_shown(tab: "RecordTab", target: Path) -> None:
    """Write the list into the file, in the background."""
    query, spec, days = tab.model.query, tab.list, tab.days()
    places = tab.table.shown_columns()
    columns = [(spec.columns[n].label, tab.table.columnWidth(n)) for n in places]
    today, database = tab.context.workspace.today, tab.context.folder.database

    def write(progress: Progress) -> None:
        from exporters.workbooks.shown import write_list
        from models.queries.lists.listing import ListReader
        from models.storage.connection import connect

        connection = connect(database, read_only=True)
        try:
            reader = ListReader(connection, spec, days)
            ids, rows = reader.ids(query), []
            for start in range(0, len(ids), HANDFUL):
                progress("正在读取…", start, len(ids))
                found = reader.rows(ids[start : start + HANDFUL])
                rows += [[row[n + 1] for n in places] for row in found if row is not None]
        finally:
            connection.close()
        progress(f"正在写出 {target.name}…")
        write_list(target, tab.spec.title, columns, rows, f"共 {len(rows)} 条，导出于 {today:%Y-%m-%d}")

    _run(tab, target, write)


def write_ledger_of(tab: "RecordTab", kind: str, target: Path) -> None:
    """Write the ledger into the file, in the background; of the findings shown, or of their campaign."""
    from models.queries.figures.scope import Scope

    workspace, narrowed = tab.context.workspace, tab.list.name == "finding"
    scope = Scope(campaign_id=tab.model.query.campaign, finding_ids=tuple(tab.model.all_ids()) if narrowed else ())

    def write(_progress: Progress) -> None:
        from exporters.workbooks import write_ledger

        with workspace.reading() as session:
            write_ledger(session, kind, target, scope, today=workspace.today)

    _run(tab, target, write)


def _run(tab: "RecordTab", target: Path, write: Callable[[Progress], None]) -> None:
    """Write in the background, then say where the file is."""
    context = tab.context

    def done(_result: object) -> None:
        context.state.use_folder("export", target.parent)
        context.status(f"已导出：{target.name}")
        Finished(target, None, tab).exec()

    context.runner.run(f"正在写出 {target.name}…", write, done)
