"""The window: five tabs, one menu bar, one status bar, and the guard at closing."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from gui.core import drops, error_reporting, theme
from gui.core.plain_text import Label
from gui.shell.page_tabs import PageTabs
from models.errors import Refusal

if TYPE_CHECKING:
    from pathlib import Path

    from gui.core.context import Context, UiState
    from gui.dialogs.backups import Backups
    from gui.pages.page import Page
    from gui.pages.page_spec import ListPage
    from gui.shell.automatic_backup import AutomaticBackup
    from gui.shell.navigator import WindowNavigator
    from models.services.unit_of_work import ChangeSet

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
        self.navigator: WindowNavigator | None = None
        self.keeper: AutomaticBackup | None = None
        self._painted = False
        self.is_furnished = False
        self.setWindowTitle("督查通")
        room = self.screen().availableSize()  # a small screen at 200 % has less than that to give
        self.setMinimumSize(min(SMALLEST[0], room.width()), min(SMALLEST[1], room.height() - FRAME_HEIGHT))
        self.tabs = PageTabs(int(state.get("tab", 0)))
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

    def build_pages(self, context: "Context") -> None:
        """Fill the window for an open data folder, in one go."""
        for _slice in self.building_pages(context):
            pass

    def building_pages(self, context: "Context") -> Iterator[None]:
        """Fill the window slice by slice: between two of them it may be painted and answer."""
        from gui.shell.automatic_backup import AutomaticBackup
        from gui.shell.menus import build_menus
        from gui.shell.navigator import WindowNavigator
        from gui.shell.status_bar import Status

        self.context = context
        self.tabs.use(context)
        context.navigator = self.navigator = WindowNavigator(context, self, self.tabs)
        self.bar = Status(self, context, self.show_backups)
        self.tabs.told.connect(self._tell_status)
        context.status = lambda sentence: self.statusBar().showMessage(sentence, 8000)
        context.drafted = lambda: self.bar.drafted(context.workspace.now)
        context.workspace.listeners.append(self.wrote.emit)
        self.wrote.connect(self._touched)
        self.keeper = AutomaticBackup(context, self)
        self.keeper.kept.connect(self.bar.backed_up)
        self.keeper.damaged.connect(self._damaged)
        self.keeper.lacking.connect(lambda sentence: error_reporting.refuse(Refusal(sentence), self))
        yield
        build_menus(self, self.tabs, context, self.show_backups)
        yield
        self._corner()
        self._show_demo()
        yield
        self.tabs.make(self.tabs.currentIndex())
        yield
        self.tabs.start()
        self.is_furnished = True

    def _corner(self) -> None:
        from PySide6.QtCore import Qt

        from gui.shell.toolbar import OfficeToolbar

        assert self.context is not None
        self.office_toolbar = OfficeToolbar(self.context)
        self.office_toolbar.campaignChanged.connect(self.tabs.set_campaign)
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

    def body(self, n: int) -> "Page":
        """A tab's page, built when it is first wanted."""
        return self.tabs.body(n)

    def front(self) -> "ListPage | None":
        """The list that is in front; None on the 首页."""
        return self.tabs.front()

    def built(self) -> "list[ListPage]":
        """Every list built so far."""
        return self.tabs.built()

    # ---- after a write

    def _touched(self, done: "ChangeSet") -> None:
        assert self.navigator is not None
        self.tabs.touched(done)
        self.navigator.touched(done)
        if any(t.table in ("campaign", "office") for t in done.touched):
            self.office_toolbar.refresh()
        self.bar.written(done)

    def _tell_status(self) -> None:
        front = self.front()
        if front is None:
            self.bar.count(None, 0)
        else:
            self.bar.count(front.model.rowCount(), front.selected, front.model.totals)

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
        error_reporting.later(self, lambda: self._receive(paths))

    def _receive(self, paths: "list[Path]") -> None:
        from gui.exchange import receiving

        if self.context is not None:
            receiving.receive(self.context, paths, self)

    def backups(self) -> "Backups":
        """The dialog 备份与恢复; a restore is announced by ``restoring``."""
        from gui.dialogs.backups import Backups

        assert self.context is not None
        made = Backups(self.context, self.may_leave, self)
        made.made.connect(self.bar.backed_up)
        made.restoring.connect(self.restoring)
        return made

    def show_backups(self) -> None:
        """备份与恢复."""
        self.backups().exec()

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
        titles = self.tabs.dirty_titles()
        if not titles:
            return True
        from gui.dialogs.unsaved_changes import CloseChoice, ask_closing

        choice = ask_closing(self, titles)
        if choice is CloseChoice.SAVE:
            return all(tab.panel.save() for tab in self.built() if tab.dirty)
        return choice is CloseChoice.DRAFT
