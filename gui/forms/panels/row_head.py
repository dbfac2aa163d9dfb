"""The line a record of a sub-list shows while it is closed, and above its form while it is open."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.core import icons
from gui.widgets.styled import label, tool


class RowHead(QWidget):
    """The line itself."""

    pressed = Signal()

    def __init__(self, foldable: bool) -> None:
        super().__init__()
        if foldable:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._name, self._detail = label(name="heading"), label(name="muted", wrap=True)
        for part in (self._name, self._detail):
            part.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._sign = tool("")
        self._sign.setProperty("class", "flat")
        self._sign.clicked.connect(self.pressed)
        row.addWidget(self._name)
        row.addWidget(self._detail, 1)
        row.addWidget(self._sign)
        self._sign.setVisible(foldable)

    def say(self, name: str, detail: str) -> None:
        """Name and what else the line tells."""
        self._name.setText(name)
        self._detail.setText(detail)
        self.setAccessibleName(f"{name} {detail}")

    def turn(self, *, is_open: bool) -> None:
        """Show which way it folds."""
        self._sign.setIcon(icons.icon("chevron-down" if is_open else "chevron-right"))

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """A click opens or closes."""
        self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """So do Enter and the space bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)
