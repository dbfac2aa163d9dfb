"""Labels, message boxes and tool tips whose text is text.

Qt takes a text that looks like HTML for HTML: a sender named ``<img src=…>`` drew a picture in our message box. What
a clerk typed or another office sent goes through here, and so does everything else, so that nobody has to ask which
it is; ``tests/gui/test_plain.py`` finds what does not.
"""

import html
from typing import Protocol

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QMessageBox, QToolTip, QWidget

PLAIN = Qt.TextFormat.PlainText


class Label(QLabel):
    """A label that shows its text letter by letter."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, centred: bool = False) -> None:
        super().__init__(parent)
        self.setTextFormat(PLAIN)
        self.setText(text)
        if centred:
            self.setAlignment(Qt.AlignmentFlag.AlignCenter)


def starred(text: str, parent: QWidget | None = None) -> Label:
    """The label of a field that must be filled in: the star before it is coloured, the text is still text."""
    made = Label("", parent)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setText(f"<span style='color:#C00000'>*</span> {html.escape(text)}")
    return made


class MessageBox(QMessageBox):
    """A message box that shows its text, and what is said below it, letter by letter."""

    def __init__(self, parent: QWidget | None, icon: QMessageBox.Icon, text: str, detail: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle("督查通")
        self.setIcon(icon)
        self.setTextFormat(PLAIN)
        self.setText(text)
        self.setInformativeText(detail)

    def setInformativeText(self, text: str) -> None:
        """Qt gives this label no format of its own, and lets it open links."""
        super().setInformativeText(text)
        label: QLabel
        for label in self.findChildren(QLabel):
            label.setTextFormat(PLAIN)
            label.setOpenExternalLinks(False)


def tip_text(text: str) -> str:
    """The text as a tool tip that shows it letter by letter: tool tips know no format, so that HTML is escaped."""
    if "<" not in text:
        return text
    return f"<p style='white-space:pre-wrap'>{html.escape(text)}</p>"


class _Tipped(Protocol):
    """A widget, an action, an item of a list."""

    def setToolTip(self, text: str, /) -> None: ...


def set_tip(on: _Tipped, text: str) -> None:
    """Give a widget, an action or an item a tool tip."""
    on.setToolTip(tip_text(text))


def show_tip(at: QPoint, text: str, over: QWidget) -> None:
    """Show a tool tip now; none where the text is empty."""
    QToolTip.showText(at, tip_text(text), over)


def add_row(form: QFormLayout, name: str, field: QWidget) -> None:
    """A row of a form layout under its name."""
    form.addRow(Label(name), field)
    named = form.labelForField(field)
    if isinstance(named, QLabel):
        named.setBuddy(field)
