"""What the clerk does with the records of a list: delete, copy, edit many, paste, import, export."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from gui.core.context import Context
from gui.core.drops import LineInput
from gui.core.operation import Operation
from gui.lists.view import RecordTable
from gui.pages.page import Page
from gui.pages.page_spec import TabSpec

if TYPE_CHECKING:
    from models.services.unit_of_work import ChangeSet


class ListActions(Page):
    """A list whose records something is done with; the list page builds and shows it."""

    context: Context
    spec: TabSpec
    table: RecordTable
    search: LineInput
    panel: Any

    def form(self) -> Any:
        """The record's form, built when it is first wanted; None for a list without one."""
        raise NotImplementedError

    def to_search(self) -> None:
        """Ctrl+F."""
        self.search.setFocus()
        self.search.selectAll()

    def delete(self) -> None:
        """Move the selected records to the recycle bin."""
        ids = self.table.selected_ids()
        if not ids or self.spec.record is None:
            return
        from models.services import records

        cls = self.spec.record()

        def show(done: "ChangeSet") -> None:
            if self.panel is not None and self.panel.record_id in ids:
                self.panel.show_record(None)
            what = done.deed.removeprefix("删除").strip()
            self.context.status(f"已移入回收站：{what}。可用 Ctrl+Z 撤销，或到“资料 › 回收站”恢复。")

        Operation(lambda: records.delete(self.context.workspace, cls, ids), self).on_success(show).run()

    def copy_record(self) -> None:
        """A new record like the one in the form; in a series of new ones like the one just saved."""
        form = self.form()
        if form is None or self.spec.record is None:
            return
        id_ = form.record_id or form.follows or self.table.current_id
        if id_ is None:
            return
        with self.context.workspace.reading() as session:
            record = session.get(self.spec.record(), id_)
        if record is not None:
            form.new_like(record)

    def edit_many(self) -> None:
        """Give the selected records one value in one field."""
        from gui.dialogs.edit_many import EditMany

        ids = self.table.selected_ids()
        if ids and self.spec.record is not None:
            EditMany(self.context, self.spec.record(), ids, self).exec()

    def paste(self, text: str) -> None:
        """Take the clipboard's rows."""
        rows = [line.split("\t") for line in text.replace("\r", "").split("\n") if line.strip()]
        if rows:
            self.on_paste(rows)

    def on_paste(self, rows: list[list[str]]) -> None:
        """Rows pasted from Excel or WPS: preview them as an import of this list."""
        if self.spec.imports:
            from gui.dialogs.import_workbook import paste_rows

            paste_rows(self.context, self.spec.name, rows, self)

    def import_(self) -> None:
        """Ask for a workbook and preview it."""
        from gui.dialogs.import_workbook import import_file

        import_file(self.context, self)

    def save(self) -> None:
        """Ctrl+S."""
        if self.panel is not None:
            self.panel.save()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes from the form back to the table; from there on it is the window's."""
        if event.key() == Qt.Key.Key_Escape and self.table.isVisible() and not self.table.hasFocus():
            self.table.setFocus()
        else:
            super().keyPressEvent(event)
