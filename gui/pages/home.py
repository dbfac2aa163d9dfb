"""首页: today's counts, every one of them a way to its rows."""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from gui.core import theme
from gui.core.context import Context
from gui.pages.charts import BUCKET_COLOURS, BarChart, RateChart, WeekChart, kind_bars, unit_bars
from gui.pages.home_figures import Figure, FiguresPage
from models.domain.findings.books import Book
from models.queries.lists.listing import ALL, ListQuery

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from models.queries.figures.home import Home


OPENED: Final = ("problems", "from_above", "from_above_solved")
"""Totals of the page that 期初数 are added to."""
NUMBERS: Final[dict[str, dict[str, Any]]] = {"own": {}, "due": {"due": True}, "above": {"book": Book.ABOVE}}
"""What stands behind the large numbers of the rates: problems found, those that were due, those from above."""
REVIEW, EFFECTS, TASKS = "review", "effects", "tasks"
"""Figures that no chip counts; their rows come from ``models.queries.figures.drill_down``."""
FIGURES: Final = (
    Figure("finding", "overdue", "逾期未整改", urgent=True),
    Figure("finding", "near", "临近时限"),
    Figure("finding", "pending", "待交办"),
    Figure("finding", "verifying", "待核查"),
    Figure("feedback", "returned", "退回重改"),
    Figure("finding", REVIEW, "到期待研判"),
    Figure("accountability_case", "ready", "已决定待通报"),
    Figure("accountability_case", EFFECTS, "影响期将满"),
    Figure("accountability_case", TASKS, "处理后待办"),
    Figure("accountability_case", "open", "办理中的案件"),
    Figure("shift", "today", "今天的排班"),
    Figure("finding", ALL, "台账条数"),
    Figure("visit", ALL, "走访点次"),
)  # fmt: skip
"""What a day begins with; the last three figures say how much there is in all."""


class HomeTab(FiguresPage):
    """The figures, the deeds a day begins with, and the charts a leader asks for.

    The cards count rows to act on, whatever their book; the charts count problems this office found.
    """

    HEADING = "今天要办（按条计，含上级反馈和单位自查）"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, FIGURES, parent)
        self.column.addLayout(self._charts())
        self.column.addStretch(1)
        self.refresh()

    def _charts(self) -> QGridLayout:
        self.units = BarChart("本级发现问题：各单位办理情况")
        self.kinds = BarChart("本级发现问题：问题类别", most=8)
        self.weeks = WeekChart("本级发现问题：每周发现与整改")
        self.rates = RateChart("本级发现问题：整改率和办结情况")
        self.units.picked.connect(lambda key: self._behind(unit_id=key[0], bucket=str(key[1])))
        self.kinds.picked.connect(lambda kind: self._behind(kind=kind))
        self.weeks.picked.connect(lambda monday: self._behind(week=monday))
        self.rates.picked.connect(lambda key: self._behind(**NUMBERS.get(str(key), {"bucket": str(key)})))
        grid = QGridLayout()
        grid.setSpacing(theme.MEDIUM)
        grid.addWidget(self.rates, 0, 0)
        grid.addWidget(self.weeks, 0, 1)
        grid.addWidget(self.units, 1, 0)
        grid.addWidget(self.kinds, 1, 1)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        return grid

    def ask(self, figure: Figure) -> None:
        """Go to the rows a card counts."""
        if figure.chip not in (REVIEW, EFFECTS, TASKS):
            super().ask(figure)
            return
        with self.context.workspace.reading() as session:
            ids = self._special(session)[figure.chip]
        self.asked.emit(figure.list, ListQuery(ids=ids, why=figure.label))

    def _special(self, session: "Session") -> dict[str, tuple[int, ...]]:
        from models.queries.figures import case_clocks, drill_down
        from models.queries.figures.home import EFFECT_AHEAD  # figures load SQL: not before the window stands

        today, campaign = self.context.workspace.today, self.context.state.get("campaign")
        return {
            REVIEW: drill_down.to_review(session, today, campaign),
            EFFECTS: drill_down.cases_with_effects_ending(session, today, EFFECT_AHEAD),
            TASKS: case_clocks.cases_of(case_clocks.waiting(session, today)),
        }

    def _behind(self, **figure: Any) -> None:
        """Go to the findings a part of a chart counts."""
        from models.queries.figures import drill_down

        what = drill_down.DrillDown(campaign_id=self.context.state.get("campaign"), **figure)
        with self.context.workspace.reading() as session:
            ids = drill_down.findings(session, what, self.context.workspace.today)
            why = drill_down.words(session, what)
        self.asked.emit("finding", ListQuery(ids=ids, why=why))

    def copy_today(self) -> None:
        """复制今日情况: the day's figures as text, for the office's chat group."""
        from models.queries.figures.home import today_text

        with self.context.workspace.reading() as session:
            text = today_text(session, self.context.workspace.today, self.context.state.get("campaign"))
        QApplication.clipboard().setText(text)
        self.context.status("今日情况已复制，可以粘贴到群里。")

    def refresh(self) -> None:
        """Count anew, in the background."""
        super().refresh()
        self._count_charts()

    def _count_charts(self) -> None:
        from models.queries.figures.home import home

        workspace, campaign = self.context.workspace, self.context.state.get("campaign")

        def work() -> "tuple[Home, dict[str, tuple[int, ...]]]":
            with workspace.reading() as session:
                return home(session, workspace.today, campaign), self._special(session)

        self.context.runner.quietly(work, lambda found: self._show_charts(*found))

    def _show_charts(self, home: "Home", special: dict[str, tuple[int, ...]]) -> None:
        from models.queries.figures.statistics import percent, said

        for card in self.cards:
            if card.figure.chip in special:
                card.show_number(len(special[card.figure.chip]))
        rates = (("整改率", percent(home.closure_rate), "own"), ("按时办结率", percent(home.on_time_rate), "due"))
        told = {name: said(getattr(home, name), home.opening, name) for name in OPENED}
        handed = f"{told['from_above']}/{told['from_above_solved']}"
        above = (("上级反馈/已整改", handed, "above"),) if home.from_above else ()
        opened = home.opening.of("problems")
        problems = ("问题数" + (f"（含期初 {opened}）" if opened else "（计同类）"), told["problems"], "own")
        self.rates.show_rates((*rates, problems, *above), home.buckets)
        self.weeks.show_weeks(home.weeks)
        self.units.show_bars(unit_bars(home.units), [(str(b), c) for b, c in BUCKET_COLOURS.items()])
        self.kinds.show_bars(kind_bars(home.kinds))
