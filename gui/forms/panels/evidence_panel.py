"""A panel whose record has photos and papers: dropped anywhere on the form they become its evidence."""

from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from gui.core import drops
from gui.core.context import Context
from gui.forms.attachments import FilesView
from gui.forms.form import SectionBox
from gui.forms.panels.record_panel import RecordPanel
from models.records import Record


class EvidencePanel(RecordPanel):
    """Adds the record's files. A photo dropped on a text field is evidence, not words in the text."""

    files: FilesView

    def __init__(self, context: Context, cls: type[Record], parent: QWidget | None = None) -> None:
        super().__init__(context, cls, parent)
        self.setAcceptDrops(True)

    def saved_id(self) -> int | None:
        """The record's id, a new one saved first; None where it cannot be."""
        return self.record_id if self.ensure_saved() else None

    def saved_record(self) -> Record | None:
        """The record, a new one saved first; None where it cannot be."""
        return self.record if self.ensure_saved() else None

    def evidence(self) -> FilesView | None:
        """Where files dropped on the form go; None where they have no place now."""
        return self.files if self.usable else None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Photos and papers are welcome; packages and workbooks are the window's."""
        self._answer(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """As where they came in."""
        self._answer(event)

    def _answer(self, event: QDropEvent) -> None:
        if self.evidence() is not None and drops.is_evidence(event.mimeData()):
            drops.accept(event)
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add them, and show where they are now."""
        place = self.evidence()
        if place is None or not drops.is_evidence(event.mimeData()):
            event.ignore()
            return
        drops.accept(event)
        if place.take(event.mimeData()):
            self._show_place(place)

    def _show_place(self, place: FilesView) -> None:
        around = place.parentWidget()
        while around is not None and around is not self:
            if isinstance(around, SectionBox):
                around.unfold()
            around = around.parentWidget()
        self.scroller.ensureWidgetVisible(place, 0, 8)
