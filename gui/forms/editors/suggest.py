"""A line that suggests while it is typed into: the one picker behind choices, units, people and sites."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCompleter,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gui.core.drops import LineInput
from gui.core.icons import icon
from gui.core.plain_text import set_tip
from gui.forms.editors.base import EnterAdvances, WordsEditor, is_enter
from models.records.fields import Field

_DATA = Qt.ItemDataRole.UserRole
ROW_HEIGHT = 32
ROWS_SHOWN = 10
PAUSE = 60
"""Milliseconds of rest in typing before the suggestions are looked up."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One row of the list. A ``fresh`` one makes a new entry of what was typed; a ``hint`` only says something."""

    text: str
    detail: str = ""
    data: Any = None
    fresh: bool = False
    hint: bool = False


Source = Callable[[str], Sequence[Suggestion]]


class _Rows(QStyledItemDelegate):
    """The name, and in grey what tells namesakes apart."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one suggestion."""
        suggestion: Suggestion = index.data(_DATA)
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        rect = option.rect  # type: ignore[attr-defined]
        palette: QPalette = option.palette  # type: ignore[attr-defined]
        painter.fillRect(rect, palette.highlight() if chosen else palette.base())
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText if suggestion.hint else role))
        inner = rect.adjusted(8, 0, -8, 0)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        metrics = painter.fontMetrics()
        text = f"＋ 新增“{suggestion.text}”" if suggestion.fresh else suggestion.text
        painter.drawText(inner, middle, metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width()))
        if suggestion.detail:
            if not chosen:
                painter.setPen(QColor(palette.color(QPalette.ColorRole.PlaceholderText)))
            left = inner.adjusted(metrics.horizontalAdvance(text) + 12, 0, 0, 0)
            if left.width() > 24:
                detail = metrics.elidedText(suggestion.detail, Qt.TextElideMode.ElideRight, left.width())
                painter.drawText(left, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, detail)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One row's height."""
        return QSize(200, ROW_HEIGHT)


class SuggestEdit(LineInput):
    """A line with a list under it: ↓ or a click opens it, Enter picks, Esc closes it.

    ``picked`` tells of a chosen row; Enter, in the list too, goes on to the next field (``advance``),
    unless the line takes one row after another (``stays``). A ``loose`` line takes any words: Chinese typed into
    it stays as typed unless a row is chosen on purpose.
    """

    picked = Signal(object)
    advance = Signal()

    def __init__(
        self, source: Source, parent: QWidget | None = None, *, stays: bool = False, loose: bool = False
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._stays, self._loose = stays, loose
        self._by_key = False
        self._model = QStandardItemModel(self)
        self._list: QCompleter | None = None
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.suggest)
        self.textEdited.connect(lambda _text: self._timer.start())
        arrow = self.addAction(icon("chevron-down"), LineInput.ActionPosition.TrailingPosition)
        arrow.triggered.connect(self.show_all)
        self._enter = EnterAdvances(self)
        self._enter.pressed.connect(self._enter_pressed)

    def _completer(self) -> QCompleter:
        """The list, made at its first use: a form has a dozen of them."""
        if self._list is not None:
            return self._list
        self._list = completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(ROWS_SHOWN)
        completer.setWidget(self)
        popup = QListView()
        popup.setUniformItemSizes(True)
        popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        popup.setObjectName("suggestions")
        completer.setPopup(popup)
        popup.setItemDelegate(_Rows(popup))
        popup.installEventFilter(self)  # after the completer's own, so that it sees the keys first
        completer.activated[QModelIndex].connect(self._activated)  # type: ignore[index]
        return completer

    @property
    def suggestions(self) -> list[Suggestion]:
        """What the list shows."""
        return [self._model.item(row).data(_DATA) for row in range(self._model.rowCount())]

    def suggest(self) -> None:
        """Look up what was typed and show the list."""
        self._open(self.text().strip())

    def show_all(self) -> None:
        """Show every entry, whatever stands in the line."""
        self.setFocus()
        self._open("")

    def _open(self, typed: str) -> None:
        if self.isReadOnly() or not self.isEnabled():
            return
        self._fill(typed)
        self._by_key = False
        completer = self._completer()
        if not self._model.rowCount():
            completer.popup().hide()
            return
        rect = self.rect()
        rect.setWidth(max(self.width(), 300))
        completer.complete(rect)
        proposed = self._proposed(typed)
        rows = completer.completionModel()
        completer.popup().setCurrentIndex(QModelIndex() if proposed is None else rows.index(proposed, 0))

    def _proposed(self, typed: str) -> int | None:
        """The row that Enter takes."""
        rows = self.suggestions
        if not typed or not rows or rows[0].hint:
            return None
        if self._loose and not typed.isascii():
            return next((n for n, one in enumerate(rows) if one.text == typed), None)
        return 0

    def _fill(self, typed: str) -> None:
        self._model.clear()
        for suggestion in self._source(typed):
            item = QStandardItem(suggestion.text)
            item.setData(suggestion, _DATA)
            if suggestion.hint:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self._model.appendRow(item)

    def _activated(self, index: QModelIndex) -> None:
        suggestion = index.data(_DATA)
        if isinstance(suggestion, Suggestion) and not suggestion.hint:
            self.picked.emit(suggestion)
            if self._by_key and not self._stays and not suggestion.fresh:
                self.advance.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note whether a row of the list is chosen by Enter or by the mouse."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress):
            self._by_key = isinstance(event, QKeyEvent) and is_enter(event)
        return super().eventFilter(watched, event)

    def _enter_pressed(self) -> None:
        if self._timer.isActive():  # typed and confirmed faster than the list opens
            self._timer.stop()
            typed = self.text().strip()
            self._fill(typed)
            row = self._proposed(typed)
            if row is not None and not self.suggestions[row].fresh:
                self.picked.emit(self.suggestions[row])
        self.advance.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↓ opens the list; Enter over the open list is the list's, and does not leave the line."""
        if is_enter(event) and self._list is not None and self._list.popup().isVisible():
            event.ignore()
        elif event.key() == Qt.Key.Key_Down:
            self.suggest() if self.isModified() else self.show_all()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click into the empty line shows what there is."""
        super().mousePressEvent(event)
        if not self.text() and event.button() == Qt.MouseButton.LeftButton:
            self.show_all()

    def event(self, event: QEvent) -> bool:
        """A line that is left looks nothing up any more."""
        if event.type() == QEvent.Type.FocusOut and not (self._list and self._list.popup().isVisible()):
            self._timer.stop()
        return super().event(event)


class SuggestEditor(WordsEditor):
    """Words with suggestions; a ``loose`` line takes any."""

    def __init__(self, field: Field, source: Source, parent: QWidget | None = None, *, loose: bool = False) -> None:
        edit = SuggestEdit(source, loose=loose)
        super().__init__(edit, parent)
        set_tip(edit, field.help)
        edit.picked.connect(self._pick)
        edit.advance.connect(self.advance)

    def _pick(self, suggestion: Suggestion) -> None:
        self.edit.setText(suggestion.text)
        self.edited.emit()
