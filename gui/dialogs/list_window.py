"""A list of the 资料 menu in a window of its own."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.core.context import Context
from gui.core.screen_fit import fit
from gui.pages import page_specs
from gui.pages.list_page import RecordTab
from gui.shell.manual import open_manual

if TYPE_CHECKING:
    from gui.shell.main_window import MainWindow


class ListWindow(QWidget):
    """Stays open beside the main window; what is typed is kept as a draft when it closes.

    No dialog: Enter in the search must not press a button.
    """

    def __init__(self, window: "MainWindow", context: Context, name: str) -> None:
        super().__init__(window, Qt.WindowType.Window)
        self.tab = RecordTab(context, page_specs.kept(name))
        self.setWindowTitle(self.tab.spec.title)
        fit(self, 1080, 680)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tab)
        window.wrote.connect(self.tab.touched)
        for keys, do in (
            ("Ctrl+N", self.tab.new), ("Ctrl+S", self.tab.save), ("Ctrl+F", self.tab.to_search),
            ("Ctrl+D", self.tab.copy_record), ("Ctrl+Z", window.undo), ("Ctrl+P", self.tab.export),
            ("F1", lambda: open_manual(window, self.tab.spec.manual)),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self).activated.connect(do)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, where nothing inside has a use for it, closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


def open_list(window: "MainWindow", context: Context, name: str) -> ListWindow:
    """Show a list of the 资料 menu; the one that is open already comes to the front."""
    shown = window.list_windows
    if name not in shown:
        shown[name] = ListWindow(window, context, name)
    shown[name].show()
    shown[name].raise_()
    shown[name].activateWindow()
    return shown[name]
