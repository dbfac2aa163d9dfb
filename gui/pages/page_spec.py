"""What a tab is made from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.pages.list_page import RecordTab
    from models.records import Record


NEXT_STEP = "Ctrl+Enter"
"""The menu bar's key of 下一步: with several records selected it is the action that bears it."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something a tab offers for its selected records: in the context menu and under 批量."""

    label: str
    do: "Callable[[RecordTab, list[int]], object]"
    several: bool = True
    shortcut: str = ""


@dataclass(frozen=True, slots=True)
class TabSpec:
    """What one tab shows.

    ``name`` is the list's (models.queries.lists.columns); ``record`` says the record class for the form, None for a
    list without one; ``exports`` are (label, function of the tab); ``manual`` the chapter F1 opens.
    """

    name: str
    title: str
    record: "Callable[[], type[Record]] | None" = None
    hint: str = ""
    manual: str = "开始使用"
    exports: "tuple[tuple[str, Callable[[RecordTab], object]], ...]" = ()
    actions: tuple[Action, ...] = ()
    imports: bool = False
    watches: frozenset[str] = frozenset()
    """Other tables whose changes show in this list."""
    empty: str = ""
    """What is said while nothing is listed; 还没有 and the noun where that reads well."""
    on_chip: "tuple[tuple[str, str, Callable[[RecordTab], object]], ...]" = ()
    """What is offered over the list while a chip is chosen: the chip's key, the label, the function of the tab."""
    received: bool = False
    """Records of another office's: answered here, never added, changed or deleted."""
