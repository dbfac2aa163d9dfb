"""Which form belongs to which record."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gui.context import Context

if TYPE_CHECKING:
    from gui.forms.panel import RecordPanel
    from models.records import Record


def panel_for(context: Context, cls: "type[Record]", parent: QWidget | None = None) -> "RecordPanel":
    """The form of a record class: its own where it has one, else the form of its fields."""
    from gui.forms.feedback_panel import FeedbackPanel
    from gui.forms.finding_panel import FindingPanel
    from gui.forms.panel import RecordPanel

    own = {"finding": FindingPanel, "feedback": FeedbackPanel}.get(cls.__tablename__)
    return own(context, parent) if own else RecordPanel(context, cls, parent)
