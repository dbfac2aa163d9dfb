"""Which form belongs to which record."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gui.context import Context

if TYPE_CHECKING:
    from gui.forms.panel import RecordPanel
    from models.records import Record


def panel_for(context: Context, cls: "type[Record]", parent: QWidget | None = None) -> "RecordPanel":
    """The form of a record class: its own where it has one, else the form of its fields."""
    from gui.forms import panels
    from gui.forms.panel import RecordPanel

    own = panels.panel_for(cls)
    return own(context, parent) if own else RecordPanel(context, cls, parent)
