"""Exporting a list as it is shown: the rows found, in their order, to Excel."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from gui.context import Progress
from gui.dialogs.finished import Finished

if TYPE_CHECKING:
    from gui.tabs.tab import RecordTab

HANDFUL = 2000


def export_list(tab: "RecordTab") -> None:
    """Ask where to, write what the list shows now, then say where it is."""
    context, title = tab.context, tab.spec.title
    folder = Path(context.state.get("export.folder", str(Path.home())))
    proposed = folder / f"{title} {context.desk.today:%Y-%m-%d}.xlsx"
    chosen, _ = QFileDialog.getSaveFileName(tab, f"导出{title}", str(proposed), "Excel 工作簿 (*.xlsx)")
    if not chosen:
        return
    target = Path(chosen)
    write_shown(tab, target if target.suffix == ".xlsx" else target.with_name(target.name + ".xlsx"))


def write_shown(tab: "RecordTab", target: Path) -> None:
    """Write the list into the file, in the background."""
    context, query, spec, days = tab.context, tab.model.query, tab.list, tab.days()
    places = tab.table.shown_columns()
    columns = [(spec.columns[n].label, tab.table.columnWidth(n)) for n in places]
    today, database = context.desk.today, context.folder.database

    def work(progress: Progress) -> Path:
        from exporters.workbooks.shown import write_list
        from models.queries.lists import ListReader
        from models.store.connection import connect

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
        return target

    def done(path: Path) -> None:
        context.state.set("export.folder", str(path.parent))
        context.status(f"已导出：{path.name}")
        Finished(path, None, tab).exec()

    context.runner.run(f"正在写出 {target.name}…", work, done)
