"""What the window asks of every page: its list in front, its lists, what is unsaved, and to be read anew."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.pages.page_spec import ListPage


class Page(QWidget):
    """A page without a list answers as this class does."""

    unsaved = Signal(bool)
    told = Signal()
    """Counts or selection changed; the status bar reads them."""

    @property
    def current(self) -> ListPage | None:
        """The list in front; None where there is none."""
        return None

    @property
    def lists(self) -> list[ListPage]:
        """The lists built so far."""
        return []

    @property
    def dirty(self) -> bool:
        """Whether a form of this page holds something unsaved."""
        return False

    def choose_list(self, _name: str) -> ListPage | None:
        """Bring the list of that name to the front; None where this page has none."""
        return None

    def refresh(self) -> None:
        """Read anew what is counted here; lists hear of every write by themselves."""
