"""A list of the 资料 menu in a window of its own."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.core.context import Context
from gui.core.screen_fit import fit
from gui.pages import page_specs
from gui.pages.list_page import RecordTab


class ListWindow(QWidget):
    """Stays open beside the main window; what is typed is kept as a draft when it closes.

    No dialog: Enter in the search must not press a button.
    """

    def __init__(self, context: Context, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.tab = RecordTab(context, page_specs.kept(name))
        self.setWindowTitle(self.tab.spec.title)
        fit(self, 1080, 680)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tab)
        for keys, do in (
            ("Ctrl+N", self.tab.new), ("Ctrl+S", self.tab.save), ("Ctrl+F", self.tab.to_search),
            ("Ctrl+D", self.tab.copy_record), ("Ctrl+Z", context.navigator.undo), ("Ctrl+P", self.tab.export),
            ("F1", lambda: context.navigator.open_manual(self.tab.spec.manual)),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self).activated.connect(do)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, where nothing inside has a use for it, closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
