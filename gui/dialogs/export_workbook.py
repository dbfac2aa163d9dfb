"""Exporting to Excel: a list as it is shown, or a ledger of what it shows."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from gui.core.context import Context, Progress
from gui.core.save_file import ask_file
from gui.dialogs.export_done import Finished
from gui.lists.shown_list import ShownList

HANDFUL = 2000
"""Rows read between two tellings of how far it is."""


def export_list(context: Context, shown: ShownList, parent: QWidget) -> None:
    """Ask where to and write what the list shows now."""
    target = _ask(context, shown.title, parent)
    if target is not None:
        write_shown(context, shown, target, parent)


def export_ledger(context: Context, shown: ShownList, kind: str, parent: QWidget) -> None:
    """Ask where to and write a ledger of what the list shows."""
    from exporters.workbooks import kind_of

    target = _ask(context, kind_of(kind).name, parent)
    if target is not None:
        write_ledger_of(context, shown, kind, target, parent)


def _ask(context: Context, title: str, parent: QWidget) -> Path | None:
    proposed = context.state.folder("export") / f"{title} {context.workspace.today:%Y-%m-%d}.xlsx"
    return ask_file(parent, f"导出{title}", proposed, (".xlsx",), context.folder)


def write_shown(context: Context, shown: ShownList, target: Path, parent: QWidget) -> None:
    """Write the list into the file, in the background."""
    columns = [(shown.spec.columns[place].label, width) for place, width in shown.columns]
    today, database = context.workspace.today, context.folder.database

    def write(progress: Progress) -> None:
        from exporters.workbooks.shown import write_list
        from models.queries.lists.listing import ListReader
        from models.storage.connection import connect

        connection = connect(database, read_only=True)
        try:
            reader = ListReader(connection, shown.spec, shown.days)
            ids, rows = reader.ids(shown.query), []
            for start in range(0, len(ids), HANDFUL):
                progress("正在读取…", start, len(ids))
                found = reader.rows(ids[start : start + HANDFUL])
                rows += [[row[place + 1] for place, _ in shown.columns] for row in found if row is not None]
        finally:
            connection.close()
        progress(f"正在写出 {target.name}…")
        write_list(target, shown.title, columns, rows, f"共 {len(rows)} 条，导出于 {today:%Y-%m-%d}")

    _run(context, target, write, parent)


def write_ledger_of(context: Context, shown: ShownList, kind: str, target: Path, parent: QWidget) -> None:
    """Write the ledger into the file, in the background; of the findings shown, or of their campaign."""
    from models.queries.figures.scope import Scope

    workspace, narrowed = context.workspace, shown.spec.name == "finding"
    scope = Scope(campaign_id=shown.query.campaign, finding_ids=tuple(shown.ids()) if narrowed else ())

    def write(_progress: Progress) -> None:
        from exporters.workbooks import write_ledger

        with workspace.reading() as session:
            write_ledger(session, kind, target, scope, today=workspace.today)

    _run(context, target, write, parent)


def _run(context: Context, target: Path, write: Callable[[Progress], None], parent: QWidget) -> None:
    """Write in the background, then say where the file is."""

    def done(_result: object) -> None:
        context.state.use_folder("export", target.parent)
        context.status(f"已导出：{target.name}")
        Finished(target, None, parent).exec()

    context.runner.run(f"正在写出 {target.name}…", write, done)
