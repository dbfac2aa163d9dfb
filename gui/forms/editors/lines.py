"""Editors of plain text: one line, a phone, a number, several lines."""

from math import ceil
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gui.core.drops import LineInput, TextInput
from gui.core.plain_text import set_tip
from gui.forms.editors.base import Editor, EnterAdvances, WordsEditor
from gui.widgets.styled import label
from models.domain.text import entry
from models.records.fields import Field

NEAR_LIMIT = 0.8
"""From this share of the limit on the counter shows."""


class LineEditor(WordsEditor):
    """One line of text."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(LineInput(), parent)
        self.wide = field.limit > 60
        self.edit.setPlaceholderText(field.help)
        self.enter = EnterAdvances(self.edit)
        self.enter.pressed.connect(self.advance)


class ParsedEditor(LineEditor):
    """A line that means something else: shown tidily once it is left and can be read."""

    def parse(self, text: str) -> Any:
        """The meaning of what was typed.

        Raises:
            ValueError: it cannot be read; the message ends a Chinese sentence.
        """
        raise NotImplementedError

    def value(self) -> Any:
        """The meaning; None (or "" for a phone) where nothing stands."""
        text = self.edit.text().strip()
        return self.parse(text) if text else None

    def _leave(self) -> None:
        try:
            value = self.value()
        except ValueError:
            pass  # said when the form is saved; what was typed stays
        else:
            self.show_value(value)
        super()._leave()


class NumberEditor(ParsedEditor):
    """A whole number; 41个, ４１ and 四十一 are understood."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        set_tip(self.edit, field.help)
        self.edit.setPlaceholderText("")

    def parse(self, text: str) -> Any:
        """The number."""
        return entry.parse_number(text)

    def show_value(self, value: Any) -> None:
        """Show a number; None is empty, 0 is not."""
        self.edit.setText("" if value is None else str(value))


class PhoneEditor(ParsedEditor):
    """Phones, tidied as the office writes them."""

    def parse(self, text: str) -> Any:
        """The phones."""
        return entry.parse_phone(text)

    def value(self) -> Any:
        """The phones, "" for none."""
        return super().value() or ""


class _Growing(TextInput):
    """A text input as high as its text, within bounds."""

    least, most = 2, 12

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.fit())
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines wrap anew at another width."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font, another height."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()

    def fit(self) -> None:
        """Be as high as the text wants."""
        lines = min(max(int(self.document().size().height()), self.least), self.most)
        margins = self.contentsMargins()
        around = 2 * int(self.document().documentMargin()) + margins.top() + margins.bottom() + 4
        height = ceil(lines * QFontMetricsF(self.font()).lineSpacing()) + around
        if height != self.height():
            self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        """Wide as offered, high as the text."""
        return QSize(super().sizeHint().width(), self.height())


class TextEditor(Editor):
    """Text of several lines: Enter breaks the line, Tab goes on, a counter shows near the limit."""

    wide = True

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limit = field.limit
        self.edit = _Growing()
        self.edit.setPlaceholderText(field.help)
        self.edit.textChanged.connect(self._typed)
        self.edit.installEventFilter(self)
        self._counter = label(name="note", shown=False)
        self._showing = False
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self.edit)
        column.addWidget(self._counter)
        self._row.addLayout(column)
        self.setFocusProxy(self.edit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when the text is left."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        length = len(self.edit.toPlainText())
        near = bool(self._limit) and length >= self._limit * NEAR_LIMIT
        self._counter.setVisible(near)
        self._counter.setText(f"{length} / {self._limit} 字")
        if not self._showing:
            self.edited.emit()

    def value(self) -> Any:
        """The text, tidied; the clerk's line breaks stay."""
        return entry.normalize_text(self.edit.toPlainText())

    def show_lines(self, least: int) -> None:
        """Stand at least so many lines high."""
        self.edit.least = least
        self.edit.fit()

    def show_value(self, value: Any) -> None:
        """Show a text."""
        self._showing = True
        self.edit.setPlainText(str(value or ""))
        self._showing = False

    def raw(self) -> Any:
        """The text as typed."""
        return self.edit.toPlainText()

    def set_read_only(self, read_only: bool) -> None:
        """Keep the text selectable."""
        self.edit.setReadOnly(read_only)
