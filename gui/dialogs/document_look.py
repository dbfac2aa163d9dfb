"""The office's own look: a sample document beside the settings, following every change."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from exporters.pages import lay_out
from gui.core import theme
from gui.core.context import Context
from gui.core.plain_text import Label
from gui.documents.page_view import PageView
from models import clock
from models.records import Office


class LookPreview(QWidget):
    """Pages of a sample in the look that the form says, saved or not."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._values: dict[str, Any] = {}
        self._later = QTimer(self, singleShot=True, interval=250)
        self._later.timeout.connect(self._paint)
        self.pages = PageView()
        self.fonts = Label()
        self.fonts.setProperty("class", "muted")
        self.fonts.setWordWrap(True)
        self.fonts.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.fonts)

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show the look these values of 本机构 make, a moment after the last change."""
        self._values = dict(values)
        self._later.start()

    def _paint(self) -> None:
        from exporters.composing.sample import sample

        with self._context.workspace.reading() as session:
            paper = sample(session, Office(**self._values), clock.today())
        layout = lay_out(paper)
        self.pages.show_layout(layout)
        missing = "；".join(f"{wanted} 用 {used} 代替" for wanted, used in layout.missing_fonts.items())
        self.fonts.setText(f"本机缺字体，预览和打印时{missing}。" if missing else "公文字体本机都有。")
