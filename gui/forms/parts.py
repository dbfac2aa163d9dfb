"""Small widgets with the classes the style sheet knows them by."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QToolButton, QWidget


def label(text: str = "", name: str = "", *, wrap: bool = False, shown: bool = True) -> QLabel:
    """A label whose text can be marked and copied."""
    made = QLabel(text)
    made.setProperty("class", name)
    made.setWordWrap(wrap)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if not shown:
        made.hide()
    return made


def button(text: str, name: str = "", tip: str = "") -> QPushButton:
    """A button that Enter elsewhere never presses."""
    made = QPushButton(text)
    made.setProperty("class", name)
    made.setToolTip(tip)
    made.setAutoDefault(False)
    return made


def tool(text: str, name: str = "", tip: str = "") -> QToolButton:
    """A small flat button outside the Tab order."""
    made = QToolButton()
    made.setText(text)
    made.setProperty("class", name)
    made.setToolTip(tip)
    made.setAutoRaise(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def plain(name: str) -> QFrame:
    """A frame that the style sheet paints."""
    made = QFrame()
    made.setProperty("class", name)
    return made


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at the widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
