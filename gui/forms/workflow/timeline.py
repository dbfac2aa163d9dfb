"""The time line of a record: who did what when, in words."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.core.context import Context
from gui.widgets.styled import emptied, label
from models.queries.facts import history
from models.records import Record


class TimeLine(QWidget):
    """One record's history, the newest first; read when it is unfolded."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._record: Record | None = None
        self._shown: tuple[int, int] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_record(self, record: Record | None) -> None:
        """Be about this record."""
        self._record, self._shown = record, None
        if self.isVisible():
            self.read()

    def showEvent(self, event: object) -> None:
        """Unfolded: read it now."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.read()

    def read(self) -> None:
        """Read the history, once a version."""
        key = (self._record.id, self._record.version) if self._record else None
        if key == self._shown and key is not None:
            return
        self._shown = key
        emptied(self._column)
        if self._record is None:
            return
        with self._context.workspace.reading() as session:
            events = history.of(session, self._record)
        for event in reversed(events):
            self._column.addWidget(self._event(event))

    def _event(self, event: history.Event) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        who = f"  {event.who}" if event.who else ""
        column.addWidget(label(f"{event.at:%Y-%m-%d %H:%M}{who}  {event.deed}", wrap=True))
        if event.details:
            column.addWidget(label("\n".join(f"· {line}" for line in event.details), "note", wrap=True))
        return box
