"""What every panel is built around: a head, a scrolled body, and a hint while no record is shown."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.core import icons, theme
from gui.forms.panels.sublist import SubRow
from gui.widgets.styled import label, plain


class PanelFrame(QWidget):
    """The parts of a panel around its form; ``body`` is the scrolled column, ``head`` the column above it."""

    scroller: QScrollArea
    _top: QWidget
    _foot_row: QWidget
    _hint: QWidget

    def invitation(self) -> str:
        """What is said while no record is shown."""
        raise NotImplementedError

    def _nothing(self) -> QWidget:
        """What stands here while no record is shown."""
        page = plain("paper")
        column = QVBoxLayout(page)
        column.addStretch(1)
        picture = label()
        picture.setPixmap(icons.picture("clipboard-list", theme.FAINT, 48, 2.0))
        said = label(self.invitation(), name="muted")
        for part in (picture, said):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        return page

    def show_page(self, *, shown: bool) -> None:
        """Show the form with its buttons, or the hint in their place."""
        for part in (self._top, self.scroller, self._foot_row):
            part.setVisible(shown)
        self._hint.setVisible(not shown)

    def _header(self) -> QWidget:
        head = plain("panel-head")
        self.head = QVBoxLayout(head)
        self.head.setContentsMargins(16, 12, 16, 8)
        self.head.setSpacing(4)
        self.title_row = QHBoxLayout()
        self.title_row.setSpacing(8)
        self.title_label = label(name="title")
        self.title_row.addWidget(self.title_label)
        self.title_row.addStretch()
        self.head.addLayout(self.title_row)
        return head

    def _scroller(self) -> QScrollArea:
        scroller = QScrollArea(self, widgetResizable=True)
        scroller.setFrameShape(QFrame.Shape.NoFrame)
        scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = plain("paper")
        scroller.setWidget(content)
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(16, 8, 16, 16)
        self.body.setSpacing(16)
        return scroller

    def _follow_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        """What gets the cursor by a key is brought into sight, its whole row where there is room."""
        content = self.scroller.widget()
        by_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if now is not None and not by_mouse and self.isVisible() and content.isAncestorOf(now):
            QTimer.singleShot(0, now, lambda: self._bring_into_sight(now))

    def _bring_into_sight(self, widget: QWidget) -> None:
        row: QWidget | None = widget
        while row is not None and not isinstance(row, SubRow):
            row = row.parentWidget()
        if row is not None and row.height() < self.scroller.viewport().height():
            self.scroller.ensureWidgetVisible(row, 0, 8)
        self.scroller.ensureWidgetVisible(widget, 0, 40)
