"""What a list page is made from, and what its menus and the window may ask of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QSplitter, QWidget

    from gui.core.context import Context
    from gui.lists.model import RecordModel
    from gui.lists.shown_list import ShownList
    from gui.lists.view import RecordTable
    from models.queries.lists.listing import ListQuery, ListSpec
    from models.records import Record
    from models.services.unit_of_work import ChangeSet

NEXT_STEP = "Ctrl+Enter"
"""The menu bar's key of 下一步: with several records selected it is the action that bears it."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something a tab offers for its selected records: in the context menu and under 批量."""

    label: str
    do: "Callable[[ListPage, list[int]], object]"
    several: bool = True
    shortcut: str = ""


@dataclass(frozen=True, slots=True)
class TabSpec:
    """What one tab shows.

    ``name`` is the list's (models.queries.lists.catalog); ``record`` says the record class for the form, None for a
    list without one; ``exports`` are (label, function of the tab); ``manual`` the chapter F1 opens.
    """

    name: str
    title: str
    record: "Callable[[], type[Record]] | None" = None
    hint: str = ""
    manual: str = "开始使用"
    exports: "tuple[tuple[str, Callable[[ListPage], object]], ...]" = ()
    actions: tuple[Action, ...] = ()
    imports: bool = False
    begins: "tuple[str, Callable[[ListPage], object]] | None" = None
    """What a list begins by a button of its own: the label, the function of the tab; without a form by Ctrl+N too."""
    watches: frozenset[str] = frozenset()
    """Other tables whose changes show in this list."""
    empty: str = ""
    """What is said while nothing is listed; 还没有 and the noun where that reads well."""
    on_chip: "tuple[tuple[str, str, Callable[[ListPage], object]], ...]" = ()
    """What is offered over the list while a chip is chosen: the chip's key, the label, the function of the tab."""
    received: bool = False
    """Records of another office's: answered here, never added, changed or deleted."""


class ListPage(Protocol):
    """One list with the form of its current record, as menus, exports and the window see it."""

    context: "Context"
    spec: TabSpec
    list: "ListSpec"
    model: "RecordModel"
    table: "RecordTable"
    splitter: "QSplitter"
    selected: int
    panel: Any
    """The form, None until it is first wanted."""

    @property
    def dirty(self) -> bool:
        """Whether the form holds something unsaved."""

    def window(self) -> "QWidget":
        """The window the page stands in."""

    def shown(self) -> "ShownList":
        """What the list shows now."""

    def days(self) -> dict[str, str]:
        """The bounds lights are judged by today."""

    def new(self, values: dict[str, Any] | None = None) -> None:
        """Start a new record."""

    def copy_record(self) -> None:
        """A new record like the one in the form."""

    def save(self) -> None:
        """Save the form."""

    def next_step(self) -> None:
        """Take the form's next step, or all of the selected."""

    def edit_many(self) -> None:
        """Give the selected records one value in one field."""

    def delete(self) -> None:
        """Move the selected records to the recycle bin."""

    def paste(self, text: str) -> None:
        """Take the clipboard's rows."""

    def import_(self) -> None:
        """Ask for a workbook."""

    def export(self) -> None:
        """The first export the list offers."""

    def to_search(self) -> None:
        """Go to the search."""

    def open_form(self) -> None:
        """Go to the form."""

    def ask_filter(self, section: int, where: "QPoint") -> "QWidget":
        """Open the filter of a column; the popup."""

    def clear_filters(self) -> None:
        """Take all filters, the search and the chip away."""

    def show_only(self, query: "ListQuery") -> None:
        """Show the rows behind a number."""

    def set_campaign(self, campaign: int | None) -> None:
        """Show one 专项, or all for None."""

    def touched(self, done: "ChangeSet") -> None:
        """Read again what this list shows of what was written."""
