"""What every editor can do: show a value, give it back typed, and keep what was typed even where it cannot be read."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from gui.core.plain_text import set_tip
from gui.widgets.styled import restyle, tool
from models.domain.text.entry import normalize_line


class EnterAdvances(QObject):
    """Enter in a one-line input goes to the next field, except while an input method composes."""

    pressed = Signal()

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self._composing = False
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch the input's composing and its Enter."""
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and is_enter(event):
            if self._composing:
                return False
            self.pressed.emit()
            return True
        return super().eventFilter(watched, event)


def is_enter(event: QKeyEvent) -> bool:
    """Plain Enter, of the main block or the keypad."""
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
    return plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Editor(QWidget):
    """One field's input.

    ``edited`` is the clerk's doing only, never ``show_value``'s; ``advance`` asks for the next field.
    ``wide`` editors take a whole row of the form.
    """

    edited = Signal()
    advance = Signal()
    left = Signal()
    unwanted = Signal()
    """What was taken over is to be emptied."""
    wide = False
    roomy = False
    """Wants a whole row where the form is narrow: names are longer than days."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._badge: QToolButton | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)

    def mark(self, word: str) -> None:
        """Say beside the input where its value comes from (沿用); a click on the word empties it. "" for nothing."""
        if self._badge is None and word:
            self._badge = tool("", "carried")
            self._badge.clicked.connect(self.unwanted)
            self._row.addWidget(self._badge)
        if self._badge is not None:
            self._badge.setText(f"{word}×")
            set_tip(self._badge, f"{word}来的内容，点击清除")
            self._badge.setVisible(bool(word))

    def host(self, widget: QWidget) -> None:
        """Put the input in; the focus goes to it."""
        self._row.addWidget(widget)
        self.setFocusProxy(widget)

    def value(self) -> Any:
        """The value as the record keeps it.

        Raises:
            ValueError: what stands there cannot be read; the message ends a Chinese sentence.
        """
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        """Show a record's value."""
        raise NotImplementedError

    def raw(self) -> Any:
        """What stands there, JSON-ready, readable or not: what a draft keeps."""
        raise NotImplementedError

    def show_raw(self, raw: Any) -> None:
        """Show what a draft kept."""
        self.show_value(raw)

    def set_read_only(self, read_only: bool) -> None:
        """Let the value be read and copied, not changed."""
        self.setEnabled(not read_only)

    def set_wrong(self, wrong: bool) -> None:
        """Mark the input as the place of an error."""
        for widget in (self, *self.findChildren(QWidget)):
            widget.setProperty("wrong", wrong)
            restyle(widget)

    @property
    def caption(self) -> str:
        """What the editor shows, in words."""
        return str(self.raw() or "")


class WordsEditor(Editor):
    """Words in a one-line input."""

    def __init__(self, edit: QLineEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = edit
        edit.textEdited.connect(lambda _text: self.edited.emit())
        edit.editingFinished.connect(self._leave)
        self.host(edit)

    def _leave(self) -> None:
        self.left.emit()

    def value(self) -> Any:
        """The words without stray blanks."""
        return normalize_line(self.edit.text())

    def show_value(self, value: Any) -> None:
        """Show words from their beginning."""
        self.edit.setText(str(value or ""))
        self.edit.setCursorPosition(0)

    def raw(self) -> Any:
        """The words as typed."""
        return self.edit.text()

    def set_read_only(self, read_only: bool) -> None:
        """Keep the words readable."""
        self.edit.setReadOnly(read_only)
