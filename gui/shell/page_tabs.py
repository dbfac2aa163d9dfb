"""The pages of the window, each built when it is first wanted."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from gui.core.context import Context
    from gui.pages.home import HomeTab
    from gui.pages.page import Page
    from gui.pages.page_spec import ListPage
    from models.queries.lists.listing import ListQuery
    from models.services.unit_of_work import ChangeSet

TITLES: Final = ("首页", "督查组", "督查问题", "问责通报", "整改反馈")
HOME, TEAMS, FINDINGS, CASES, FEEDBACK = range(5)
AT_UNIT: Final = {HOME: "首页", FINDINGS: "收到的问题", FEEDBACK: "整改反馈"}
"""The tabs an answering unit has."""


class PageTabs(QTabWidget):
    """Empty frames at first; ``use`` says whose data folder they show."""

    told = Signal()
    """Counts or selection of the list in front changed."""

    def __init__(self, current: int) -> None:
        super().__init__()
        self.context: Context | None = None
        self.titles = dict(enumerate(TITLES))
        self.is_unit = False
        self._pages: dict[int, Page] = {}
        self.setDocumentMode(True)
        for title in TITLES:
            frame = QWidget()
            QVBoxLayout(frame).setContentsMargins(0, 0, 0, 0)
            self.addTab(frame, title)
        self.setCurrentIndex(current % len(TITLES))

    def show_in_tab(self, n: int, page: QWidget) -> None:
        """Put a widget into a tab, in place of what was there."""
        layout = self.widget(n).layout()
        assert layout is not None
        while (item := layout.takeAt(0)) is not None:
            item.widget().deleteLater()
        layout.addWidget(page)

    def use(self, context: "Context") -> None:
        """Show the pages of this data folder; an answering unit has three."""
        from gui.exchange import incoming

        self.context = context
        self.is_unit = incoming.is_unit(context)
        if not self.is_unit:
            return
        self.titles = AT_UNIT
        if self.currentIndex() not in AT_UNIT:
            self.setCurrentIndex(HOME)
        for n in range(len(TITLES)):
            self.setTabVisible(n, n in AT_UNIT)
            self.setTabText(n, AT_UNIT.get(n, ""))

    def start(self) -> None:
        """Show the page in front and follow the clerk to others; it was made before."""
        self.currentChanged.connect(self._changed)
        self._changed(self.currentIndex())

    def _changed(self, n: int) -> None:
        assert self.context is not None
        self.context.state.set("tab", n)
        self.body(n)
        if n == HOME:
            self._pages[HOME].refresh()
        self.told.emit()

    # ---- building

    def body(self, n: int) -> "Page":
        """A tab's page, built when it is first wanted."""
        page = self.make(n)
        if page.parent() is None:
            self.show_in_tab(n, page)
        return page

    def make(self, n: int) -> "Page":
        """A tab's page, not laid out yet."""
        if n not in self._pages:
            self._pages[n] = self._build(n)
        return self._pages[n]

    def _build(self, n: int) -> "Page":
        if n == HOME:
            return self._unit_home() if self.is_unit else self._home()
        page = self._unit_page(n) if self.is_unit else self._county_page(n)
        page.unsaved.connect(lambda dirty: self.setTabText(n, self.titles[n] + (" ●" if dirty else "")))
        page.told.connect(self.told)
        return page

    def _county_page(self, n: int) -> "Page":
        from gui.pages import page_specs
        from gui.pages.group_page import GroupTab
        from gui.pages.list_page import RecordTab

        assert self.context is not None
        if n == TEAMS:
            return GroupTab(self.context, "teams", page_specs.TEAMS)
        specs = {FINDINGS: page_specs.FINDINGS, CASES: page_specs.CASES, FEEDBACK: page_specs.FEEDBACK}
        return RecordTab(self.context, specs[n])

    def _unit_page(self, n: int) -> "Page":
        from gui.pages import unit_pages
        from gui.pages.group_page import GroupTab

        assert self.context is not None
        if n == FEEDBACK:
            return unit_pages.UnitTab(self.context, unit_pages.ANSWERS)
        return GroupTab(self.context, "problems", unit_pages.PROBLEMS, make=unit_pages.unit_tab)

    def _home(self) -> "HomeTab":
        from gui.pages.home import HomeTab

        assert self.context is not None
        home = HomeTab(self.context)
        home.asked.connect(self.show_rows)
        home.offer("新增问题", "plus", lambda: self._start_new(FINDINGS))
        home.offer("新增案件", "plus", lambda: self._start_new(CASES))
        home.offer("督查通报", "file-text", lambda: self._export(FINDINGS, 0))
        home.offer("问责通报", "file-text", lambda: self._export(CASES, 0))
        home.offer("问题整改台账", "table-export", lambda: self._export(FINDINGS, -1))
        home.offer("复制今日情况", "copy", home.copy_today)
        return home

    def _unit_home(self) -> "Page":
        from gui.exchange import receiving, report_up
        from gui.pages.unit_home import UnitHome

        assert self.context is not None
        context = self.context
        home = UnitHome(context)
        home.asked.connect(self.show_rows)
        home.offer("上报反馈…", "file-export", lambda: report_up.report_up(context, self.window()), "primary")
        home.offer("导入任务包…", "file-import", lambda: receiving.ask_and_take(context, self.window()))
        home.offer("整改情况报告", "file-text", lambda: self._print_answer(0))
        home.offer("整改方案", "file-text", lambda: self._print_answer(1))
        return home

    def _print_answer(self, which: int) -> None:
        self.setCurrentIndex(FINDINGS)
        shown = self.body(FINDINGS).choose_list("received")
        assert shown is not None
        shown.spec.exports[which][1](shown)

    def _start_new(self, n: int) -> None:
        self._bring(n).new()

    def _export(self, n: int, which: int) -> None:
        shown = self._bring(n)
        shown.spec.exports[which][1](shown)

    def _bring(self, n: int) -> "ListPage":
        self.setCurrentIndex(n)
        shown = self.body(n).current
        assert shown is not None
        return shown

    # ---- moving about

    def front(self) -> "ListPage | None":
        """The list that is in front; None on the 首页."""
        return self.body(self.currentIndex()).current if self.context is not None else None

    def show_rows(self, name: str, query: "ListQuery") -> None:
        """Go to the rows behind a number."""
        for n in (n for n in (FINDINGS, CASES, FEEDBACK, TEAMS) if n in self.titles):
            shown = self.body(n).choose_list(name)
            if shown is not None:
                self.setCurrentIndex(n)
                shown.show_only(query)
                return

    def built(self) -> "list[ListPage]":
        """Every list built so far."""
        return [shown for page in self._pages.values() for shown in page.lists]

    def manual_page(self) -> str:
        """The manual's chapter for what is in front."""
        front = self.front()
        return front.spec.manual if front else "开始使用"

    def dirty_titles(self) -> list[str]:
        """The tabs that hold something unsaved."""
        return [self.titles[n] for n, page in self._pages.items() if page.dirty]

    def set_campaign(self, campaign: int | None) -> None:
        """Show one 专项 in every list, or all for None."""
        for shown in self.built():
            shown.set_campaign(campaign)
        if HOME in self._pages:
            self._pages[HOME].refresh()

    def touched(self, done: "ChangeSet") -> None:
        """Something was written: what shows it is read again."""
        for shown in self.built():
            shown.touched(done)
        if HOME in self._pages and self.currentIndex() == HOME:
            self._pages[HOME].refresh()
