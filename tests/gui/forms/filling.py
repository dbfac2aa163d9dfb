"""What the form tests do again and again."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication


def pick_first(edit) -> None:
    """Open the list for what is typed and take its first row."""
    edit.suggest()
    QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Return)


def load(workspace, cls, id_: int):
    """A record as it is kept now."""
    with workspace.reading() as session:
        return session.get(cls, id_)


def type_text(edit, text: str) -> None:
    """Type as a clerk does: Chinese comes from the input method, in one commit."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(edit, event)
