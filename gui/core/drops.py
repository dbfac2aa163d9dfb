"""What is dropped on the program is copied: the program it comes from never takes its own away.

A file manager that is answered MOVE deletes the originals. Qt's own inputs answer with whatever was proposed, and
with files they write ``file:///…`` into the text.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication, QWindow
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

COPY = Qt.DropAction.CopyAction
FOR_THE_WINDOW = frozenset({".dct", ".xlsx", ".xlsm", ".xls", ".et", ".json"})
"""Packages, workbooks and first-run answers: wherever they are dropped, the window takes them."""


def accept(event: QDropEvent) -> None:
    """Take what is dragged as a copy, whatever its program proposes."""
    event.setDropAction(COPY)
    event.accept()


def files(data: QMimeData) -> list[Path]:
    """The files of this computer among what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def is_evidence(data: QMimeData) -> bool:
    """Whether photos or papers are dragged, nothing that the window would take in."""
    if data.hasUrls():
        found = files(data)
        return bool(found) and all(path.suffix.lower() not in FOR_THE_WINDOW for path in found)
    return data.hasImage()


if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget as _Input
else:
    _Input = object


class _TakesText(_Input):
    """Text only, as a copy; files and pictures are left to what the input stands in."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """See whether it is text."""
        if _is_text(event):
            super().dragEnterEvent(event)
            _as_copy(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Follow the text."""
        if _is_text(event):
            super().dragMoveEvent(event)
            _as_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Put the text in."""
        if _is_text(event):
            super().dropEvent(event)
            _as_copy(event)


def _is_text(event: QDropEvent) -> bool:
    data = event.mimeData()
    if data.hasUrls() or (data.hasImage() and not data.hasText()):
        event.ignore()
        return False
    return True


def _as_copy(event: QDropEvent) -> None:
    if event.isAccepted():
        accept(event)


class LineInput(_TakesText, QLineEdit):
    """The one-line input of every form, list and dialog."""


class TextInput(_TakesText, QPlainTextEdit):
    """The input of several lines of every form and dialog."""


class CopiesOnly(QObject):
    """Stands before the windows: what comes from another program is offered to them as a copy only.

    For the inputs Qt makes by itself, as in its file dialogs. A window is watched from its first focus on.
    """

    def __init__(self, app: QGuiApplication) -> None:
        super().__init__(app)
        app.focusWindowChanged.connect(self._watch)

    def _watch(self, window: Any) -> None:
        if isinstance(window, QWindow):
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Offer a copy in place of what was proposed, and hand the answer back."""
        if not isinstance(event, QDropEvent) or event.possibleActions() == COPY or event.source() is not None:
            return False
        offered = _offer(event)
        QCoreApplication.sendEvent(watched, offered)
        event.setAccepted(offered.isAccepted())
        event.setDropAction(COPY if offered.isAccepted() else Qt.DropAction.IgnoreAction)
        return True


def _offer(event: QDropEvent) -> QDropEvent:
    """The same drag with nothing but a copy to choose."""
    data, buttons, keys = event.mimeData(), event.buttons(), event.modifiers()
    where = event.position()
    if event.type() == QEvent.Type.DragEnter:
        return QDragEnterEvent(where.toPoint(), COPY, data, buttons, keys)
    if event.type() == QEvent.Type.DragMove:
        return QDragMoveEvent(where.toPoint(), COPY, data, buttons, keys)
    return QDropEvent(where, COPY, data, buttons, keys)
