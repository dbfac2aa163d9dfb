"""What both 首页 are made of: figures that lead to their rows, and the deeds a day begins with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.core import icons, theme
from gui.core.context import Context
from gui.core.plain_text import Label
from gui.lists.filters import button
from gui.pages.page import Page
from models.queries.lists import catalog
from models.queries.lists.listing import ListQuery, ListReader
from models.storage.connection import connect

ABREAST = 6
"""Cards in a row; one more where two rows would not hold them."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number on the page: which chip of which list it counts."""

    list: str
    chip: str
    label: str
    urgent: bool = False


class Card(QFrame):
    """One figure; a click or Enter goes to its rows."""

    opened = Signal()

    def __init__(self, figure: Figure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure = figure
        self.setProperty("class", "card")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(124)
        self._number = Label("…")
        self._number.setProperty("class", "figure")
        label = Label(figure.label)
        label.setProperty("class", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.TINY)
        layout.addWidget(self._number)
        layout.addWidget(label)

    def show_number(self, number: int) -> None:
        """Show the count; red only where it is urgent and not 0."""
        self._number.setText(f"{number:,}")
        self._number.setStyleSheet(f"color: {theme.ACCENT}" if self.figure.urgent and number else "")
        self.setAccessibleName(f"{self.figure.label} {number}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the rows."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the rows by Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class FiguresPage(Page):
    """Cards under 今天要办, a row of deeds, and what a subclass puts around them."""

    HEADING = "今天要办"

    asked = Signal(str, object)
    """A list's name and the query that gives the rows behind a number."""

    def __init__(self, context: Context, figures: Sequence[Figure], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.cards = [self._card(figure) for figure in figures]
        content = QWidget()
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.HUGE)
        self.column.setSpacing(theme.LARGE)
        heading = Label(self.HEADING)
        heading.setProperty("class", "heading")
        self.column.addWidget(heading)
        self.column.addLayout(self._grid())
        self._deeds = QHBoxLayout()
        self._deeds.setSpacing(theme.SMALL)
        self._deeds.addStretch(1)
        self.column.addLayout(self._deeds)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def _card(self, figure: Figure) -> Card:
        card = Card(figure)
        card.opened.connect(lambda: self.ask(figure))
        return card

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme.MEDIUM)
        abreast = ABREAST if len(self.cards) <= 2 * ABREAST else ABREAST + 1
        for n, card in enumerate(self.cards):
            grid.addWidget(card, n // abreast, n % abreast)
        for column in range(abreast):
            grid.setColumnStretch(column, 1)
        return grid

    def offer(self, label: str, icon: str, do: Callable[[], object], kind: str = "") -> None:
        """Add a deed the day begins with."""
        made = button(label, do, kind)
        made.setIcon(icons.icon(icon, theme.PAPER if kind == "primary" else theme.MUTED))
        self._deeds.insertWidget(self._deeds.count() - 1, made)

    def ask(self, figure: Figure) -> None:
        """Go to the rows a card counts."""
        self.asked.emit(figure.list, ListQuery(chip=figure.chip, why=figure.label if figure.chip else ""))

    def refresh(self) -> None:
        """Count anew, in the background."""
        from models.queries.lookups import calendar

        workspace, campaign = self.context.workspace, self.context.state.get("campaign")
        with workspace.reading() as session:
            days = calendar.bounds(session, workspace.today).parameters()
        database, names = self.context.folder.database, {card.figure.list for card in self.cards}

        def work() -> dict[str, dict[str, int]]:
            connection = connect(database, read_only=True)
            try:
                readers = {name: ListReader(connection, catalog.spec(name), days) for name in names}
                return {name: reader.counts(ListQuery(campaign=campaign)) for name, reader in readers.items()}
            finally:
                connection.close()

        self.context.runner.quietly(work, self._show_counts)

    def _show_counts(self, counts: dict[str, dict[str, int]]) -> None:
        for card in self.cards:
            if card.figure.chip in counts[card.figure.list]:
                card.show_number(counts[card.figure.list][card.figure.chip])
