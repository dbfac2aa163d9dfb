"""Fields whose undo is the document's: Ctrl+Z takes back the last edit of the paper, not of one field."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from gui.core.drops import LineInput, TextInput


class DocumentUndo(QObject):
    """Lets the keys of undo pass a field, so that the window's own take them."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Leave Ctrl+Z and Ctrl+Y to the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            if event.matches(keys.Undo) or event.matches(keys.Redo):
                event.ignore()
                return True
        return False

    def lead(self, *fields: QWidget) -> None:
        """Take the undo of some fields over."""
        for field in fields:
            field.installEventFilter(self)


def text_field(name: str, hint: str = "") -> QPlainTextEdit:
    """A text of several lines; Tab goes on to the next field."""
    made = TextInput()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    made.setTabChangesFocus(True)
    return made


def line_field(name: str, hint: str = "") -> QLineEdit:
    """A text of one line."""
    made = LineInput()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    return made


def put(field: QPlainTextEdit, text: str) -> None:
    """Show another text; the cursor stays where it was, as far as there is text."""
    if field.toPlainText() == text:
        return
    at = field.textCursor().position()
    field.setPlainText(text)
    cursor = field.textCursor()
    cursor.setPosition(min(at, len(text)))
    field.setTextCursor(cursor)


def put_line(field: QLineEdit, text: str) -> None:
    """Show another text of one line, from its beginning."""
    if field.text() != text:
        field.setText(text)
        field.home(False)
