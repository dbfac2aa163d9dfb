"""Starting the window: an empty frame first, the remembered rows next, everything heavy in a thread after that."""

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from gui import theme, trouble
from gui.context import Context, Progress, Runner, UiState
from gui.window import FINDINGS, MainWindow
from models.errors import Refusal
from models.store.folder import DataFolder

if TYPE_CHECKING:
    from models.actions.work import Desk


def run(folder: DataFolder, screenshots: Path | None = None) -> int:
    """Open the window on a data folder; returns the process's exit code.

    A second window on the same folder brings the first to the front and ends. With ``screenshots``
    every tab and dialog is grabbed into that folder and the window closes by itself.
    """
    app = application()
    try:
        folder.prepare()
    except Refusal as refusal:
        trouble.refuse(refusal)
        return 1
    from models.store.lock import FolderLock

    lock = FolderLock(folder)
    try:
        lock.acquire()
    except Refusal as refusal:
        return _raise_first(folder, refusal)
    try:
        session = Session(folder)
        session.start(screenshots)
        return app.exec() or session.code
    finally:
        lock.release()


def application() -> QApplication:
    """The application with its look; made once."""
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("督查通")
    app.setWindowIcon(QIcon(str(theme.icon_path("app"))))
    theme.install(app)
    return app


def _raise_first(folder: DataFolder, refusal: Refusal) -> int:
    from gui.single import raise_first

    if raise_first(folder):
        return 0
    trouble.refuse(refusal)
    return 1


class Session(QObject):
    """One window on one data folder, from the first paint to closing."""

    def __init__(self, folder: DataFolder) -> None:
        super().__init__()
        self.folder = folder
        self.code = 0
        self.state = UiState(folder.root / "ui.json", self)
        self.runner = Runner(self)
        self.window = MainWindow(self.state)
        self.context: Context | None = None
        self.ready: Callable[[], object] = lambda: None

    def start(self, screenshots: Path | None = None) -> None:
        """Show the frame; the rest follows once it is painted."""
        if screenshots is not None:
            from gui.screenshots import take

            self.ready = lambda: take(self, screenshots)
        self.window.painted.connect(self._show_first_page)
        self.window.show()

    def _show_first_page(self) -> None:
        trouble.install(self.folder.logs)
        kept: dict[str, Any] = self.state.get("first", {})
        if kept and self.state.get("tab") == FINDINGS:
            from gui.tables.first import FirstPage, read

            self.window.show_in_tab(FINDINGS, FirstPage(read(self.folder.database, kept, dt.date.today()), kept))
        self.runner.run("正在打开数据…", self._open, self._opened, self._failed)

    def _open(self, _progress: Progress) -> "Desk":
        """In the worker: import what is heavy, make or migrate the database."""
        from models.actions.work import Desk
        from models.store.engine import Store

        desk = Desk(Store(self.folder))
        desk.office()
        import gui.menus
        import gui.tabs.group
        import gui.tabs.home
        import gui.tabs.panels
        import gui.tabs.specs  # noqa: F401

        return desk

    def _failed(self, error: BaseException) -> None:
        self.code = 1 if isinstance(error, Refusal) else 3
        trouble.tell(error)
        self.window.close()
        QApplication.exit(self.code)

    def _opened(self, desk: "Desk") -> None:
        from gui.single import Doorman

        self.context = Context(desk, self.runner, self.state)
        self._doorman = Doorman(self.folder, self.window, self)
        if desk.office() is None:
            self._first_run()
        else:
            self._furnish()

    def _first_run(self) -> None:
        from gui.dialogs.first_run import FirstRun

        assert self.context is not None
        page = FirstRun(self.context)
        page.founded.connect(self._furnish)
        self.window.centralWidget().hide()
        self._page = self.window.takeCentralWidget()
        self.window.setCentralWidget(page)

    def _furnish(self) -> None:
        from gui.corner import pick_operator

        assert self.context is not None
        if hasattr(self, "_page"):
            self.window.setCentralWidget(self._page)
            self._page.show()
            del self._page
        pick_operator(self.context, self.window)
        self.window.furnish(self.context)
        self.window.leaving.connect(self._leave_demo)
        self.window.closing.connect(self._close)
        self.ready()

    def _leave_demo(self) -> None:
        from gui.dialogs.first_run import leave_demo

        assert self.context is not None
        self.window.restart.connect(self._restart)
        leave_demo(self.context, self.window)

    def _restart(self) -> None:
        """The demo office is gone: the first page of an empty folder, in the same window's place."""
        self.window.context = None
        self.window.closing.disconnect(self._close)
        self._doorman.deleteLater()
        old, self.window = self.window, MainWindow(UiState(self.folder.root / "ui.json", self))
        self.state = self.window.state
        self.window.painted.connect(self._show_first_page)
        self.window.show()
        old.close()

    def _close(self) -> None:
        """Remember the first page, keep a snapshot of the day, give the files back."""
        from gui.tables.first import remember

        assert self.context is not None
        front = next((tab for tab in self.window.built() if tab.spec.name == "finding"), None)
        if front is not None:
            kept = remember(front.table, front.days())
            self.state.set("first", {**kept, "splitter": front.splitter.sizes()})
            self.state.save()
        self.runner.wait()
        for tab in self.window.built():
            tab.model.close()
        _snapshot(self.context)
        self.context.desk.store.close()


def _snapshot(context: Context) -> None:
    """The day's snapshot, where none was made yet."""
    from models.store import backup

    now = context.desk.now
    if backup.due_today(context.folder, now.date()):
        trouble.guarded(lambda: backup.snapshot(context.folder, "退出", now))
        backup.thin(context.folder, now)
