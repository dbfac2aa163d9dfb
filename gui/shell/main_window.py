"""The window: five tabs, one menu bar, one status bar, and the guard at closing."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QTabWidget, QVBoxLayout, QWidget

from gui.core import drops, error_reporting, theme
from gui.core.plain_text import Label
from gui.exchange import incoming
from models.errors import Refusal

if TYPE_CHECKING:
    from gui.core.context import Context, UiState
    from gui.dialogs.list_window import ListWindow
    from gui.pages.home import HomeTab
    from gui.pages.list_page import RecordTab
    from gui.shell.automatic_backup import AutomaticBackup
    from gui.shell.manual import Manual
    from models.queries.lists.listing import ListQuery
    from models.services.unit_of_work import ChangeSet

TITLES: Final = ("首页", "督查组", "督查问题", "问责通报", "整改反馈")
HOME, TEAMS, FINDINGS, CASES, FEEDBACK = range(5)
AT_UNIT: Final = {HOME: "首页", FINDINGS: "收到的问题", FEEDBACK: "整改反馈"}
"""The tabs an answering unit has."""
SMALLEST: Final = (900, 560)
"""Two windows stand side by side on a screen 1920 wide."""
FRAME_HEIGHT: Final = 32
"""What the system's title bar takes of the screen."""
WIDE_SCREEN: Final = 1600
"""Pixels from which the window does not take the whole screen at first."""


class MainWindow(QMainWindow):
    """Painted first as an empty frame; ``build_pages`` fills it once the data folder is open."""

    painted = Signal()
    wrote = Signal(object)
    """A ``ChangeSet``, from whatever thread the deed ran in."""
    leaving = Signal()
    closing = Signal()
    restart = Signal()
    restoring = Signal(object)
    """The path of a backup that is to take the place of the data."""

    def __init__(self, state: "UiState") -> None:
        super().__init__()
        self.state = state
        self.context: Context | None = None
        self.manual: Manual | None = None
        self.keeper: AutomaticBackup | None = None
        self.list_windows: dict[str, ListWindow] = {}
        self._bodies: dict[int, Any] = {}
        self._painted = False
        self.is_furnished = False
        self.setWindowTitle("督查通")
        room = self.screen().availableSize()  # a small screen at 200 % has less than that to give
        self.setMinimumSize(min(SMALLEST[0], room.width()), min(SMALLEST[1], room.height() - FRAME_HEIGHT))
        self.titles = dict(enumerate(TITLES))
        self.is_unit = False
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for title in TITLES:
            page = QWidget()
            QVBoxLayout(page).setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(page, title)
        self.tabs.setCurrentIndex(int(state.get("tab", 0)) % len(TITLES))
        self._central = QWidget()
        layout = QVBoxLayout(self._central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tabs)
        self.setCentralWidget(self._central)
        self.statusBar().setSizeGripEnabled(False)
        self.setAcceptDrops(True)

    def appear(self) -> None:
        """Show it where it was left; the first time on the whole of a small screen or the middle of a large one."""
        kept: str | None = self.state.get("geometry")
        if kept:
            self.restoreGeometry(QByteArray.fromBase64(kept.encode()))
            self.show()
            return
        room = self.screen().availableGeometry()
        self.resize(min(1440, room.width()), min(860, room.height()))
        if room.width() < WIDE_SCREEN:
            self.showMaximized()
        else:
            self.show()

    def paintEvent(self, event: Any) -> None:
        """Tell of the first paint, once it is over."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.painted.emit)

    # ---- filling

    def show_in_tab(self, n: int, body: QWidget) -> None:
        """Put a widget into a tab, in place of what was there."""
        layout = self.tabs.widget(n).layout()
        assert layout is not None
        while (item := layout.takeAt(0)) is not None:
            item.widget().deleteLater()
        layout.addWidget(body)

    def build_pages(self, context: "Context") -> None:
        """Fill the window for an open data folder, in one go."""
        for _slice in self.building_pages(context):
            pass

    def building_pages(self, context: "Context") -> Iterator[None]:
        """Fill the window slice by slice: between two of them it may be painted and answer."""
        from gui.shell.automatic_backup import AutomaticBackup
        from gui.shell.menus import build_menus
        from gui.shell.navigator import DialogNavigator
        from gui.shell.status_bar import Status

        self.context = context
        self._take_role()
        self.bar = Status(self, context)
        context.status = lambda sentence: self.statusBar().showMessage(sentence, 8000)
        context.navigator = DialogNavigator(context)
        context.drafted = lambda: self.bar.drafted(context.workspace.now)
        context.workspace.listeners.append(self.wrote.emit)
        self.wrote.connect(self._touched)
        self.keeper = AutomaticBackup(context, self)
        self.keeper.kept.connect(self.bar.backed_up)
        self.keeper.damaged.connect(self._damaged)
        self.keeper.lacking.connect(lambda sentence: error_reporting.refuse(Refusal(sentence), self))
        yield
        build_menus(self)
        yield
        self._corner()
        self._show_demo()
        yield
        self._made(self.tabs.currentIndex())
        yield
        self.tabs.currentChanged.connect(self._tab_changed)
        self._tab_changed(self.tabs.currentIndex())
        self.is_furnished = True

    def _take_role(self) -> None:
        """An answering unit has three tabs."""
        assert self.context is not None
        self.is_unit = incoming.is_unit(self.context)
        if not self.is_unit:
            return
        self.titles = AT_UNIT
        if self.tabs.currentIndex() not in AT_UNIT:
            self.tabs.setCurrentIndex(HOME)
        for n in range(len(TITLES)):
            self.tabs.setTabVisible(n, n in AT_UNIT)
            self.tabs.setTabText(n, AT_UNIT.get(n, ""))

    def _corner(self) -> None:
        from PySide6.QtCore import Qt

        from gui.shell.toolbar import OfficeToolbar

        assert self.context is not None
        self.office_toolbar = OfficeToolbar(self.context)
        self.office_toolbar.campaignChanged.connect(self._campaign_changed)
        self.menuBar().setCornerWidget(self.office_toolbar, Qt.Corner.TopRightCorner)
        self.office_toolbar.show()

    def _show_demo(self) -> None:
        assert self.context is not None
        office = self.context.workspace.office()
        if office is None:
            return
        self.setWindowTitle(f"督查通 — {office.name}{'（演示数据）' if office.demo else ''}")
        if not office.demo:
            return
        from gui.lists.filters import button

        strip = QFrame()
        strip.setProperty("class", "demo")
        line = QHBoxLayout(strip)
        line.setContentsMargins(theme.MEDIUM, theme.TINY, theme.MEDIUM, theme.TINY)
        line.addWidget(Label("现在是演示数据，单位和人员都是虚构的，可以随意试用。"))
        line.addStretch(1)
        line.addWidget(button("开始使用我的数据", self.leave_demo, "primary"))
        self.put_over_tabs(strip)

    def put_over_tabs(self, strip: QWidget) -> None:
        """Show a strip across the window, over the tabs."""
        layout = self._central.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, strip)

    def body(self, n: int) -> Any:
        """A tab's content, built when it is first wanted."""
        body = self._made(n)
        if body.parent() is None:
            self.show_in_tab(n, body)
        return body

    def _made(self, n: int) -> Any:
        if n not in self._bodies:
            self._bodies[n] = self._build(n)
        return self._bodies[n]

    def _build(self, n: int) -> QWidget:
        from gui.pages import page_specs
        from gui.pages.group_page import GroupTab
        from gui.pages.list_page import RecordTab

        assert self.context is not None
        if n == HOME:
            return self._unit_home() if self.is_unit else self._home()
        made: RecordTab | GroupTab
        if self.is_unit:
            from gui.pages import unit_pages

            answers = unit_pages.UnitTab(self.context, unit_pages.ANSWERS) if n == FEEDBACK else None
            made = answers or GroupTab(self.context, "problems", unit_pages.PROBLEMS, make=unit_pages.unit_tab)
        elif n == TEAMS:
            made = GroupTab(self.context, "teams", page_specs.TEAMS)
        else:
            made = RecordTab(
                self.context, {FINDINGS: page_specs.FINDINGS, CASES: page_specs.CASES, FEEDBACK: page_specs.FEEDBACK}[n]
            )
        made.unsaved.connect(lambda dirty: self.tabs.setTabText(n, self.titles[n] + (" ●" if dirty else "")))
        made.told.connect(self._tell_status)
        return made

    def _home(self) -> "HomeTab":
        from gui.pages.home import HomeTab

        assert self.context is not None
        home = HomeTab(self.context)
        home.asked.connect(self.show_rows)
        home.offer("新增问题", "plus", lambda: self._start(FINDINGS))
        home.offer("新增案件", "plus", lambda: self._start(CASES))
        home.offer("督查通报", "file-text", lambda: self._export(FINDINGS, 0))
        home.offer("问责通报", "file-text", lambda: self._export(CASES, 0))
        home.offer("问题整改台账", "table-export", lambda: self._export(FINDINGS, -1))
        home.offer("复制今日情况", "copy", home.copy_today)
        return home

    def _unit_home(self) -> QWidget:
        from gui.pages.unit_home import UnitHome
        from gui.shell.menus import report_up

        assert self.context is not None
        home = UnitHome(self.context)
        home.asked.connect(self.show_rows)
        home.offer("上报反馈…", "file-export", lambda: report_up(self), "primary")
        home.offer("导入任务包…", "file-import", lambda: incoming.ask_and_take(self))
        home.offer("整改情况报告", "file-text", lambda: self._print_answer(0))
        home.offer("整改方案", "file-text", lambda: self._print_answer(1))
        return home

    def _print_answer(self, which: int) -> None:
        self.tabs.setCurrentIndex(FINDINGS)
        tab = self.body(FINDINGS).choose_list("received")
        tab.spec.exports[which][1](tab)

    def _start(self, n: int) -> None:
        self.tabs.setCurrentIndex(n)
        self.body(n).new()

    def _export(self, n: int, which: int) -> None:
        self.tabs.setCurrentIndex(n)
        tab = self.body(n)
        tab.spec.exports[which][1](tab)

    # ---- moving about

    def _tab_changed(self, n: int) -> None:
        self.state.set("tab", n)
        self.body(n)
        if n == HOME:
            self._bodies[HOME].refresh()
        self._tell_status()

    def front(self) -> "RecordTab | None":
        """The list that is in front; None on the 首页."""
        if self.context is None:
            return None
        body = self.body(self.tabs.currentIndex())
        if hasattr(body, "current"):
            found: RecordTab = body.current
            return found
        return body if hasattr(body, "table") else None

    def show_rows(self, name: str, query: "ListQuery") -> None:
        """Go to the rows behind a number."""
        for n in (n for n in (FINDINGS, CASES, FEEDBACK, TEAMS) if n in self.titles):
            body = self.body(n)
            single = body if hasattr(body, "spec") and body.spec.name == name else None
            tab = body.choose_list(name) if hasattr(body, "choose_list") else single
            if tab is not None:
                self.tabs.setCurrentIndex(n)
                tab.show_only(query)
                return

    def built(self) -> "list[RecordTab]":
        """Every list built so far."""
        found: list[RecordTab] = []
        for body in self._bodies.values():
            found += body.lists if hasattr(body, "lists") else [body] if hasattr(body, "table") else []
        return found

    def manual_page(self) -> str:
        """The manual's chapter for what is in front."""
        front = self.front()
        return front.spec.manual if front else "开始使用"

    def _campaign_changed(self, campaign: int | None) -> None:
        for tab in self.built():
            tab.set_campaign(campaign)
        if HOME in self._bodies:
            self._bodies[HOME].refresh()

    # ---- after a write

    def _touched(self, done: "ChangeSet") -> None:
        for tab in self.built():
            tab.touched(done)
        if HOME in self._bodies and self.tabs.currentIndex() == HOME:
            self._bodies[HOME].refresh()
        if any(t.table in ("campaign", "office") for t in done.touched):
            self.office_toolbar.refresh()
        self.bar.written(done)

    def _tell_status(self) -> None:
        front = self.front()
        self.bar.count(front.model.rowCount() if front else None, front.selected if front else 0)

    def undo(self) -> None:
        """Ctrl+Z outside a text field: take the last operation back."""
        from models.services import undo

        assert self.context is not None
        workspace = self.context.workspace
        with workspace.reading() as session:
            last = next(iter(undo.recent(session, 1)), None)
        if last is None:
            self.context.status("没有可以撤销的操作。")
        elif error_reporting.guarded(lambda: undo.undo(workspace, last.operation)):
            self.context.status(f"已撤销：{last.deed}。")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Packages, filled sheets and workbooks may be dropped anywhere on the window."""
        if self.context is not None and drops.files(event.mimeData()):
            drops.accept(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """As where they came in."""
        drops.accept(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Show what the files would do, once the other program has its mouse back."""
        paths = drops.files(event.mimeData())
        drops.accept(event)
        error_reporting.later(self, lambda: incoming.receive(self, paths))

    def show_backups(self) -> None:
        """备份与恢复."""
        from gui.dialogs.backups import Backups

        Backups(self).exec()

    def _damaged(self, sentence: str) -> None:
        """The live file is broken: what can still be read stays open, and the backups are one step away."""
        if error_reporting.ask(self, sentence, "查看备份", "稍后再说"):
            self.show_backups()

    # ---- leaving

    def leave_demo(self) -> None:
        """Leave the demo office for one's own."""
        if error_reporting.ask(
            self, "离开演示数据，开始使用自己的数据？", "离开演示", "留在演示", detail="演示数据将被清空。"
        ):
            self.leaving.emit()

    def dirty_titles(self) -> "list[str]":
        """The tabs that hold something unsaved."""
        return [self.titles[n] for n, body in self._bodies.items() if getattr(body, "dirty", False)]

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask before anything typed is left unsaved; wait for running work."""
        if self.context is not None and not (self.may_leave() and self._children_closed()):
            event.ignore()
            return
        self.state.set("geometry", bytes(self.saveGeometry().toBase64().data()).decode())
        self.state.save()
        self.closing.emit()
        super().closeEvent(event)

    def _children_closed(self) -> bool:
        """Close the windows that belong to this one; a document being edited asks for itself."""
        from PySide6.QtWidgets import QDialog

        children = (child for child in self.children() if isinstance(child, QDialog))
        return all(child.close() for child in children if child.isVisible())

    def may_leave(self) -> bool:
        """Whether nothing runs and nothing typed stands unsaved, or the clerk lets it go."""
        assert self.context is not None
        if self.context.runner.busy:
            self.context.status("正在处理，请等它完成，或先按“取消”。")
            return False
        titles = self.dirty_titles()
        if not titles:
            return True
        from gui.dialogs.unsaved_changes import CloseChoice, ask_closing

        choice = ask_closing(self, titles)
        if choice is CloseChoice.SAVE:
            return all(tab.panel.save() for tab in self.built() if tab.dirty)
        return choice is CloseChoice.DRAFT
