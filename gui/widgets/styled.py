"""Small widgets with the classes the style sheet knows them by."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QLayout, QPushButton, QToolButton, QWidget

from gui.core.icons import icon
from gui.core.plain_text import Label, set_tip


def label(text: str = "", name: str = "", *, wrap: bool = False, shown: bool = True) -> QLabel:
    """A label whose text can be marked and copied."""
    made = Label(text)
    made.setProperty("class", name)
    made.setWordWrap(wrap)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if not shown:
        made.hide()
    return made


def say(shown: QLabel, sentence: str) -> None:
    """Say a sentence in a label that is there only while it has one; "" takes it away."""
    shown.setText(sentence)
    shown.setVisible(bool(sentence))


class _Button(QPushButton):
    """Enter presses it where it has the cursor; by itself Qt leaves that to the space bar outside dialogs."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is a click."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            self.click()
        else:
            super().keyPressEvent(event)


_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def button(text: str, name: str = "", tip: str = "") -> QPushButton:
    """A button that Enter elsewhere never presses."""
    made = _Button(text)
    made.setProperty("class", name)
    set_tip(made, tip)
    made.setAutoDefault(False)
    return made


class CalmCombo(QComboBox):
    """A combo box the wheel changes only where it was clicked first: a form scrolls past it unchanged."""

    def __init__(self) -> None:
        super().__init__()
        # Qt's own policy would give it the focus by the wheel itself.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the form scroll."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def tool(text: str, name: str = "", tip: str = "") -> QToolButton:
    """A small flat button outside the Tab order."""
    made = QToolButton()
    made.setText(text)
    made.setProperty("class", name)
    set_tip(made, tip)
    made.setAutoRaise(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def drawn_tool(text: str, sign: str, tip: str) -> QToolButton:
    """A flat tool with one of the icons, beside its words where it has any."""
    made = tool(text, "flat", tip)
    made.setIcon(icon(sign))
    made.setAccessibleName(tip)
    style = Qt.ToolButtonStyle
    made.setToolButtonStyle(style.ToolButtonTextBesideIcon if text else style.ToolButtonIconOnly)
    return made


def plain(name: str) -> QFrame:
    """A frame that the style sheet paints."""
    made = QFrame()
    made.setProperty("class", name)
    return made


def emptied(layout: QLayout | None) -> QLayout:
    """The layout without its widgets, which go at once from sight and soon for good."""
    assert layout is not None
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
    return layout


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at the widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
