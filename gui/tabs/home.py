"""首页: today's counts, every one of them a way to its rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from gui import icons, theme
from gui.context import Context
from gui.tables.filters import button
from gui.tabs.charts import BUCKET_COLOURS, BarChart, RateChart, WeekChart, kind_bars, unit_bars
from models.queries import columns
from models.queries.lists import ALL, ListQuery, ListReader, bounds
from models.store.connection import connect

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from models.queries.statistics import Home


REVIEW, EFFECTS = "review", "effects"
"""Figures that no chip counts; their rows come from ``models.queries.behind``."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number on the page: which chip of which list it counts."""

    list: str
    chip: str
    label: str
    urgent: bool = False


FIGURES: Final = (
    ("今天要办", (
        Figure("finding", "overdue", "逾期未整改", urgent=True),
        Figure("finding", "near", "临近时限"),
        Figure("finding", "pending", "待交办"),
        Figure("finding", "verifying", "待核查"),
        Figure("feedback", "returned", "退回重改"),
        Figure("finding", REVIEW, "到期待研判"),
        Figure("accountability_case", "ready", "已决定待通报"),
        Figure("accountability_case", EFFECTS, "影响期将满"),
        Figure("accountability_case", "open", "办理中的案件"),
        Figure("shift", "today", "今天的排班"),
        Figure("finding", ALL, "全部问题"),
        Figure("visit", ALL, "走访点位"),
    )),
)  # fmt: skip
"""What a day begins with; the last three figures say how much there is in all."""


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
        self._layout.addSpacing(theme.MEDIUM)
        self._layout.addLayout(self._deeds)
        self._layout.addSpacing(theme.MEDIUM)
        self._layout.addLayout(self._charts())
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
            card.opened.connect(lambda f=figure: self._ask(f))
            self.cards.append(card)
            self._grid.addWidget(card, row + 2 + n // 6, n % 6)

    def offer(self, label: str, icon: str, do: Callable[[], object]) -> None:
        """Add a deed the day begins with."""
        made = button(label, do)
        made.setIcon(icons.icon(icon))
        if self._deeds.count():
            self._deeds.takeAt(self._deeds.count() - 1)
        self._deeds.addWidget(made)
        self._deeds.addStretch(1)

    def _charts(self) -> QGridLayout:
        self.units = BarChart("各单位问题办理情况")
        self.kinds = BarChart("问题类别", most=8)
        self.weeks = WeekChart("每周发现与整改")
        self.rates = RateChart("整改率和办结情况")
        self.units.picked.connect(lambda key: self._behind(unit_id=key[0], bucket=str(key[1])))
        self.kinds.picked.connect(lambda kind: self._behind(kind=kind))
        self.weeks.picked.connect(lambda monday: self._behind(week=monday))
        self.rates.picked.connect(lambda bucket: self._behind(bucket=str(bucket)))
        grid = QGridLayout()
        grid.setSpacing(theme.MEDIUM)
        grid.addWidget(self.rates, 0, 0)
        grid.addWidget(self.weeks, 0, 1)
        grid.addWidget(self.units, 1, 0)
        grid.addWidget(self.kinds, 1, 1)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        return grid

    def _ask(self, figure: Figure) -> None:
        """Go to the rows a card counts."""
        if figure.chip not in (REVIEW, EFFECTS):
            self.asked.emit(figure.list, ListQuery(chip=figure.chip))
            return
        with self.context.desk.reading() as session:
            ids = self._special(session)[figure.chip]
        self.asked.emit(figure.list, ListQuery(ids=ids))

    def _special(self, session: "Session") -> dict[str, tuple[int, ...]]:
        from models.queries import behind, statistics

        today, campaign = self.context.desk.today, self.context.state.get("campaign")
        return {
            REVIEW: behind.to_review(session, today, campaign),
            EFFECTS: behind.cases_with_effects_ending(session, today, statistics.EFFECT_AHEAD),
        }

    def _behind(self, **figure: Any) -> None:
        """Go to the findings a part of a chart counts."""
        from models.queries import behind

        what = behind.Behind(campaign_id=self.context.state.get("campaign"), **figure)
        with self.context.desk.reading() as session:
            ids = behind.findings(session, what, self.context.desk.today)
        self.asked.emit("finding", ListQuery(ids=ids))

    def copy_today(self) -> None:
        """复制今日情况: the day's figures as text, for the office's chat group."""
        from models.queries import statistics

        with self.context.desk.reading() as session:
            text = statistics.today_text(session, self.context.desk.today, self.context.state.get("campaign"))
        QApplication.clipboard().setText(text)
        self.context.status("今日情况已复制，可以粘贴到群里。")

    def refresh(self) -> None:
        """Count anew, in the background."""
        self._count_chips()
        self._count_charts()

    def _count_charts(self) -> None:
        from models.queries import statistics

        desk, campaign = self.context.desk, self.context.state.get("campaign")

        def work() -> "tuple[statistics.Home, dict[str, tuple[int, ...]]]":
            with desk.reading() as session:
                return statistics.home(session, desk.today, campaign), self._special(session)

        self.context.runner.quietly(work, lambda found: self._show_charts(*found))

    def _show_charts(self, home: "Home", special: dict[str, tuple[int, ...]]) -> None:
        from models.queries.statistics import percent

        for card in self.cards:
            if card.figure.chip in special:
                card.show_number(len(special[card.figure.chip]))
        rates = (("整改率", percent(home.closure_rate)), ("按时办结率", percent(home.on_time_rate)))
        self.rates.show_rates((*rates, ("问题总数", f"{home.problems:,}")), home.buckets)
        self.weeks.show_weeks(home.weeks)
        self.units.show_bars(unit_bars(home.units), [(str(b), c) for b, c in BUCKET_COLOURS.items()])
        self.kinds.show_bars(kind_bars(home.kinds))

    def _count_chips(self) -> None:
        from models.queries.calendar import near_until

        today, campaign = self.context.desk.today, self.context.state.get("campaign")
        with self.context.desk.reading() as session:
            near = near_until(session, today)
        days, database = bounds(today, near), self.context.folder.database

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
            if card.figure.chip in counts[card.figure.list]:
                card.show_number(counts[card.figure.list][card.figure.chip])
