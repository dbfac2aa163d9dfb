"""首页: today's counts, every one of them a way to its rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from gui import theme
from gui.context import Context
from gui.tables.filters import button
from models.queries import columns
from models.queries.lists import ALL, ListQuery, ListReader, bounds
from models.store.connection import connect


@dataclass(frozen=True, slots=True)
class Figure:
    """A number on the page: which chip of which list it counts."""

    list: str
    chip: str
    label: str
    urgent: bool = False


FIGURES: Final = (
    ("督查问题", (
        Figure("finding", "overdue", "逾期未整改", urgent=True),
        Figure("finding", "near", "临近时限"),
        Figure("finding", "pending", "待交办"),
        Figure("finding", "verifying", "待核查"),
        Figure("finding", "rectifying", "整改中"),
        Figure("finding", "closed", "已销号"),
    )),
    ("问责与反馈", (
        Figure("accountability_case", "open", "办理中的案件"),
        Figure("accountability_case", "ready", "已决定待通报"),
        Figure("feedback", "waiting", "待核查的反馈"),
        Figure("feedback", "returned", "退回重改"),
    )),
    ("督查", (
        Figure("shift", "today", "今天的排班"),
        Figure("member", "on", "在岗成员"),
        Figure("inspection", ALL, "督查活动"),
        Figure("visit", ALL, "走访点位"),
    )),
)  # fmt: skip


class Card(QFrame):
    """One figure; a click or Enter goes to its rows."""

    opened = Signal()

    def __init__(self, figure: Figure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure = figure
        self.setProperty("class", "card")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(140)
        self._number = QLabel("…")
        self._number.setProperty("class", "figure")
        label = QLabel(figure.label)
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


class HomeTab(QWidget):
    """The figures, and the deeds a day begins with."""

    asked = Signal(str, object)
    """A list's name and the query that gives the rows behind a number."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.cards: list[Card] = []
        content = QWidget()
        self._layout = QVBoxLayout(content)
        self._layout.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.HUGE)
        self._layout.setSpacing(theme.SMALL)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.MEDIUM)
        for column in range(6):
            self._grid.setColumnStretch(column, 1)
        for title, figures in FIGURES:
            self._add_group(title, figures)
        self._layout.addLayout(self._grid)
        self._deeds = QHBoxLayout()
        self._deeds.setSpacing(theme.SMALL)
        self._layout.addSpacing(theme.LARGE)
        self._layout.addLayout(self._deeds)
        self._layout.addStretch(1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self.refresh()

    def _add_group(self, title: str, figures: tuple[Figure, ...]) -> None:
        heading = QLabel(title)
        heading.setProperty("class", "heading")
        row = self._grid.rowCount()
        if row > 1:
            self._grid.setRowMinimumHeight(row, theme.MEDIUM)
        self._grid.addWidget(heading, row + 1, 0, 1, 6)
        for n, figure in enumerate(figures):
            card = Card(figure)
            card.opened.connect(lambda f=figure: self.asked.emit(f.list, ListQuery(chip=f.chip)))
            self.cards.append(card)
            self._grid.addWidget(card, row + 2, n)

    def offer(self, label: str, icon: str, do: Callable[[], object]) -> None:
        """Add a deed the day begins with."""
        made = button(label, do)
        made.setIcon(theme.icon(icon))
        if self._deeds.count():
            self._deeds.takeAt(self._deeds.count() - 1)
        self._deeds.addWidget(made)
        self._deeds.addStretch(1)

    def refresh(self) -> None:
        """Count anew, in the background."""
        from models.rules.deadlines import near_until

        today, campaign = self.context.desk.today, self.context.state.get("campaign")
        days, database = bounds(today, near_until(today)), self.context.folder.database

        def work() -> dict[str, dict[str, int]]:
            connection = connect(database, read_only=True)
            try:
                names = {card.figure.list for card in self.cards}
                readers = {name: ListReader(connection, columns.spec(name), days) for name in names}
                return {name: reader.counts(ListQuery(campaign=campaign)) for name, reader in readers.items()}
            finally:
                connection.close()

        self.context.runner.quietly(work, self._show)

    def _show(self, counts: dict[str, dict[str, int]]) -> None:
        for card in self.cards:
            card.show_number(counts[card.figure.list][card.figure.chip])
