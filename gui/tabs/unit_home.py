"""首页 of an answering unit: what wants a word, and what has not reached the county."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from gui import icons, theme
from gui.context import Context
from gui.tables.filters import button
from gui.tabs.home import Card, Figure
from models.queries import columns
from models.queries.lists import ALL, ListQuery, ListReader, bounds
from models.store.connection import connect

if TYPE_CHECKING:
    from models.queries.exchange import Waiting

FIGURES: Final = (
    Figure("received", "overdue", "逾期未整改", urgent=True),
    Figure("received", "near", "临近时限"),
    Figure("received", "returned", "被退回", urgent=True),
    Figure("received", "empty", "未填"),
    Figure("received", "writing", "填写中"),
    Figure("received", "sent", "已上报"),
    Figure("answered", "unsent", "反馈未上报"),
    Figure("answered", "sent", "已报待回音"),
    Figure("answered", "arrived", "县里已收到"),
    Figure("received", ALL, "收到的问题"),
    Figure("own", "open", "自查未整改"),
    Figure("own", ALL, "自查问题"),
)


class UnitHome(QWidget):
    """The figures, and the deeds a day begins with."""

    asked = Signal(str, object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.cards: list[Card] = []
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.HUGE)
        column.setSpacing(theme.LARGE)
        heading = QLabel("今天要办")
        heading.setProperty("class", "heading")
        column.addWidget(heading)
        column.addLayout(self._figures())
        self._said = QLabel()
        self._said.setProperty("class", "muted")
        self._said.setWordWrap(True)
        column.addWidget(self._said)
        self._deeds = QHBoxLayout()
        self._deeds.setSpacing(theme.SMALL)
        column.addLayout(self._deeds)
        column.addStretch(1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self.refresh()

    def _figures(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme.MEDIUM)
        for n, figure in enumerate(FIGURES):
            card = Card(figure)
            card.opened.connect(lambda f=figure: self.asked.emit(f.list, ListQuery(chip=f.chip)))
            self.cards.append(card)
            grid.addWidget(card, n // 6, n % 6)
            grid.setColumnStretch(n % 6, 1)
        return grid

    def offer(self, label: str, icon: str, do: Callable[[], object], kind: str = "") -> None:
        """Add a deed the day begins with."""
        made = button(label, do, kind)
        made.setIcon(icons.icon(icon, theme.PAPER if kind == "primary" else theme.MUTED))
        if self._deeds.count():
            self._deeds.takeAt(self._deeds.count() - 1)
        self._deeds.addWidget(made)
        self._deeds.addStretch(1)

    def refresh(self) -> None:
        """Count anew, in the background."""
        from models.queries.calendar import near_until

        desk, campaign = self.context.desk, self.context.state.get("campaign")
        with desk.reading() as session:
            days = bounds(desk.today, near_until(session, desk.today))
        database = self.context.folder.database

        def work() -> "tuple[dict[str, dict[str, int]], Waiting]":
            from models.queries.exchange import waiting

            connection = connect(database, read_only=True)
            try:
                names = {figure.list for figure in FIGURES}
                readers = {name: ListReader(connection, columns.spec(name), days) for name in names}
                counts = {name: reader.counts(ListQuery(campaign=campaign)) for name, reader in readers.items()}
            finally:
                connection.close()
            with desk.reading() as session:
                return counts, waiting(session)

        self.context.runner.quietly(work, lambda found: self._show(*found))

    def _show(self, counts: dict[str, dict[str, int]], waiting: Any) -> None:
        for card in self.cards:
            card.show_number(counts[card.figure.list][card.figure.chip])
        said = []
        if waiting.unsent:
            said.append(f"有 {waiting.unsent} 条反馈已填好，还没有上报。")
        if waiting.unconfirmed:
            said.append(f"有 {waiting.unconfirmed} 条已上报，县里还没有回音。")
        if waiting.last_sent_at:
            said.append(f"上次上报：{waiting.last_sent_at:%Y-%m-%d %H:%M}。")
        self._said.setText("".join(said) or "反馈都已上报。")
