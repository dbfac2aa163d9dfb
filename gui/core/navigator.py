"""The ways to another place of the window, handed to pages, forms and dialogs by their context.

A form asks for a new unit, a dialog for a chapter of the manual; neither imports the window, a page or a dialog.
``gui.shell.navigator`` knows them.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from models.queries.lists.listing import ListQuery
    from models.records import Record
    from models.services.unit_of_work import ChangeSet


class Navigator(Protocol):
    """Where a part of the window can send the clerk."""

    def quick_new(self, cls: "type[Record]", values: Mapping[str, Any], parent: "QWidget") -> int | None:
        """Ask for a new record while another one is being entered; its id, or None when the clerk backs out."""

    def edit_record(self, record: "Record", parent: "QWidget") -> "ChangeSet | None":
        """Edit a record in a dialog of its own; what was written, None where nothing was."""

    def split_finding(self, id_: int, parent: "QWidget") -> None:
        """Ask how to split a problem, and do it."""

    def correct_bulletin(self, document_id: int, case: "Record", parent: "QWidget") -> None:
        """Draft the correction of an issued bulletin for one of its cases."""

    def open_list(self, name: str) -> object:
        """Show a list of the 资料 menu in its window."""

    def open_manual(self, chapter: str) -> object:
        """Show the manual at a chapter."""

    def show_rows(self, name: str, query: "ListQuery") -> None:
        """Go to the rows behind a number: the list of that name, narrowed to a query."""

    def undo(self) -> None:
        """Take the last operation back."""


class NoWindow:
    """The navigator before the pages of the window are built: leads nowhere."""

    def quick_new(self, _cls: "type[Record]", _values: Mapping[str, Any], _parent: "QWidget") -> int | None:
        """Nothing is made."""
        return None

    def edit_record(self, _record: "Record", _parent: "QWidget") -> "ChangeSet | None":
        """Nothing is written."""
        return None

    def split_finding(self, _id: int, _parent: "QWidget") -> None:
        """Nothing is split."""

    def correct_bulletin(self, _document_id: int, _case: "Record", _parent: "QWidget") -> None:
        """Nothing is drafted."""

    def open_list(self, _name: str) -> object:
        """No list is shown."""
        return None

    def open_manual(self, _chapter: str) -> object:
        """The manual stays closed."""
        return None

    def show_rows(self, _name: str, _query: "ListQuery") -> None:
        """No rows are shown."""

    def undo(self) -> None:
        """Nothing is taken back."""
