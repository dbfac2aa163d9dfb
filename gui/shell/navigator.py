"""The navigator of the running program: it knows the pages, the dialogs and the window."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtWidgets import QMainWindow, QWidget

from gui.core.navigator import NoWindow
from gui.core.operation import Operation
from gui.shell.manual import Manual

if TYPE_CHECKING:
    from gui.core.context import Context
    from gui.pages.list_window import ListWindow
    from gui.shell.page_tabs import PageTabs
    from models.queries.lists.listing import ListQuery
    from models.records import Record
    from models.services.unit_of_work import ChangeSet

W = TypeVar("W", bound=QWidget)


class DialogNavigator(NoWindow):
    """Opens what needs no window around it."""

    def __init__(self, context: "Context") -> None:
        self._context = context

    def quick_new(self, cls: "type[Record]", values: Mapping[str, Any], parent: QWidget) -> int | None:
        """Ask for a new record while another one is being entered; its id, or None when the clerk backs out."""
        from gui.dialogs.quick_new import quick_new

        return quick_new(self._context, cls, values, parent)

    def edit_record(self, record: "Record", parent: QWidget) -> "ChangeSet | None":
        """Edit a record in a dialog of its own; what was written, None where nothing was."""
        from gui.dialogs.edit_record import edit_record

        return edit_record(self._context, record, parent)

    def split_finding(self, id_: int, parent: QWidget) -> None:
        """Ask how to split a problem, and do it."""
        from gui.dialogs.split_merge import split

        split(self._context, id_, parent)

    def correct_bulletin(self, document_id: int, case: "Record", parent: QWidget) -> None:
        """Draft the correction of an issued bulletin for one of its cases."""
        from gui.dialogs.export_document import ExportDocument  # composing is loaded with the first document

        records = {"case_ids": (case.id,), "corrects": document_id}
        ExportDocument(self._context, "correction", records, f"案件{case.title}", parent.window()).exec()


class WindowNavigator(DialogNavigator):
    """Leads through the main window and the windows beside it."""

    def __init__(self, context: "Context", window: QMainWindow, tabs: "PageTabs") -> None:
        super().__init__(context)
        self._window, self._tabs = window, tabs
        self.list_windows: dict[str, ListWindow] = {}
        self._manual: Manual | None = None

    def open_list(self, name: str) -> "ListWindow":
        """Show a list of the 资料 menu; the one that is open already comes to the front."""
        from gui.pages.list_window import ListWindow

        if name not in self.list_windows:
            self.list_windows[name] = ListWindow(self._context, name, self._window)
        return _to_front(self.list_windows[name])

    def open_manual(self, chapter: str) -> Manual:
        """Show the manual at a chapter; there is one window of it."""
        if self._manual is None:
            self._manual = Manual(self._window)
        self._manual.open_at(chapter)
        return _to_front(self._manual)

    def show_rows(self, name: str, query: "ListQuery") -> None:
        """Go to the rows behind a number."""
        self._tabs.show_rows(name, query)

    def undo(self) -> None:
        """Take the last operation back."""
        from models.services import undo

        workspace = self._context.workspace
        with workspace.reading() as session:
            last = next(iter(undo.recent(session, 1)), None)
        if last is None:
            self._context.status("没有可以撤销的操作。")
            return
        told = f"已撤销：{last.deed}。"
        Operation(lambda: undo.undo(workspace, last.operation)).on_success(lambda _: self._context.status(told)).run()

    def touched(self, done: "ChangeSet") -> None:
        """Something was written: the lists in windows of their own read it again."""
        for shown in self.list_windows.values():
            shown.tab.touched(done)


def _to_front(window: W) -> W:
    window.show()
    window.raise_()
    window.activateWindow()
    return window
