"""The navigator of the running program: it knows the pages, the dialogs and the window."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from gui.core.navigator import NoWindow

if TYPE_CHECKING:
    from gui.core.context import Context
    from models.records import Record
    from models.services.unit_of_work import ChangeSet


class DialogNavigator(NoWindow):
    """Opens what needs no window around it."""

    def __init__(self, context: "Context") -> None:
        self._context = context

    def quick_new(self, cls: "type[Record]", values: Mapping[str, Any], parent: QWidget) -> int | None:
        """Ask for a new record while another one is being entered; its id, or None when the clerk backs out."""
        from gui.dialogs.quick_new import quick_new

        return quick_new(self._context, cls, values, parent)

    def edit_record(self, record: "Record", parent: QWidget) -> "ChangeSet | None":
        """Edit a record in a dialog of its own; what was written, None where nothing was."""
        from gui.dialogs.edit_record import edit_record

        return edit_record(self._context, record, parent)

    def split_finding(self, id_: int, parent: QWidget) -> None:
        """Ask how to split a problem, and do it."""
        from gui.dialogs.split_merge import split

        split(self._context, id_, parent)
