"""Starting the window: an empty frame first, the remembered rows next, everything heavy in a thread after that."""

import datetime as dt
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from gui.core import drops, error_reporting, theme
from gui.core.context import Context, Progress, Runner, UiState, told_by
from gui.shell.main_window import MainWindow
from gui.shell.page_tabs import FINDINGS
from models import clock
from models.errors import Refusal
from models.storage.data_folder import DataFolder

if TYPE_CHECKING:
    from gui.shell.first_run import FirstRun
    from models.services.unit_of_work import Workspace

SWITCH = 0.0005
"""Seconds a thread may keep the interpreter while another waits for it."""
SOON = 300
"""Milliseconds until something is tried again while the worker is busy."""


def run(folder: DataFolder, screenshots: Path | None = None, opened: Sequence[Path] = ()) -> int:
    """Open the window on a data folder; returns the process's exit code.

    A second window on the same folder brings the first to the front, hands it the packages ``opened`` by
    a double click, and ends. With ``screenshots`` every tab and dialog is grabbed into that folder and the
    window closes by itself.
    """
    # Every cell that is painted waits for the interpreter: beside a busy worker five milliseconds each would be felt.
    sys.setswitchinterval(SWITCH)
    app = application()
    try:
        folder.prepare()
    except Refusal as refusal:
        error_reporting.refuse(refusal)
        return 1
    from models.storage.lock import FolderLock

    lock = FolderLock(folder)
    try:
        lock.acquire()
    except Refusal as refusal:
        return _raise_first(folder, refusal, opened)
    try:
        session = Session(folder, opened)
        session.start(screenshots)
        code = app.exec()
        session.finish()
        return code or session.code
    finally:
        lock.release()


def application() -> QApplication:
    """The application with its look; made once."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication([*sys.argv[:1], *theme.STYLE])
    app.setApplicationName("督查通")
    theme.install(app)
    if app.findChild(drops.CopiesOnly) is None:
        drops.CopiesOnly(app)
    return app


def _raise_first(folder: DataFolder, refusal: Refusal, opened: Sequence[Path]) -> int:
    from gui.shell.single_instance import raise_first

    if raise_first(folder, opened):
        return 0
    error_reporting.refuse(refusal)
    return 1


def _restored(folder: DataFolder, path: Path) -> tuple[str, str]:
    """Put a backup in place; says what came and what did not."""
    from models.storage import attachments, backup

    held = backup.restore(folder, path, clock.now())
    news = f"已恢复到 {held.made_at:%Y-%m-%d %H:%M} 的数据，里面有{backup.in_words(held)}。"
    return news, f"没有恢复 {attachments.in_words(held.lacking)}。" if held.lacking else ""


class Session(QObject):
    """One window on one data folder, from the first paint to closing."""

    def __init__(self, folder: DataFolder, opened: Sequence[Path] = ()) -> None:
        super().__init__()
        self._opened_with = list(opened)
        self.folder = folder
        self.code = 0
        self.state = UiState(folder.root / "ui.json", self)
        self.runner = Runner(self)
        self.window = MainWindow(self.state)
        self.context: Context | None = None
        self._wanted: Path | None = None
        self._news = self._lacking = ""
        self.ready: Callable[[], object] = lambda: None

    def start(self, screenshots: Path | None = None) -> None:
        """Show the frame; the rest follows once it is painted."""
        if screenshots is not None:
            from gui.shell.screenshots import take

            self.ready = lambda: take(self.window, screenshots)
        self.window.painted.connect(self._show_first_page)
        self.window.appear()

    def _show_first_page(self) -> None:
        self._dress()
        error_reporting.install(self.folder.logs)
        kept: dict[str, Any] = self.state.get("first", {})
        if kept and self.state.get("tab") == FINDINGS:
            from gui.lists.cached_first_page import FirstPage, read

            rows = read(self.folder.database, kept, clock.today())
            self.window.tabs.show_in_tab(FINDINGS, FirstPage(rows, kept))
        self._begin()

    def _dress(self) -> None:
        """The window's sign, drawn once its frame is on the screen."""
        from PySide6.QtGui import QIcon

        from gui.core import icons

        QApplication.setWindowIcon(QIcon(str(icons.icon_path("app"))))

    def _begin(self) -> None:
        title = "正在恢复备份…" if self._wanted else "正在打开数据…"
        self.runner.run(title, self._open, self._opened, self._failed)

    def _open(self, _progress: Progress) -> "Workspace":
        """In the worker: import what is heavy, put a wanted backup in place, make or migrate the database."""
        from gui.core import file_opening
        from models.services import shipped_catalogs  # heavy: only once data are opened
        from models.services.unit_of_work import Workspace
        from models.storage.engine import Store

        file_opening.clear_leftovers()
        if self._wanted is not None:
            self._news, self._lacking = _restored(self.folder, self._wanted)
            self._wanted = None
        workspace = Workspace(Store(self.folder))
        self._news += workspace.store.news
        try:
            workspace.office()
        except Refusal:
            workspace.store.close()
            raise
        shipped_catalogs.bring(workspace)
        from PySide6.QtWidgets import QStyle  # noqa: F401 - its names take as long as a slice of the window

        return workspace

    def _failed(self, error: BaseException) -> None:
        from models.storage import proof
        from models.storage.schema import Damaged

        if not isinstance(error, Refusal):  # what we stumbled over may be what a disk made of the data
            error = proof.damage_behind(self.folder.database, error) or error
        if self._wanted is not None and isinstance(error, Refusal):
            self._wanted = None
            error_reporting.tell(error)
            self._begin()
        elif isinstance(error, Damaged):
            self._offer_backup(error)
        else:
            self._give_up(error)

    def _offer_backup(self, damaged: Refusal) -> None:
        """The data cannot be read: the newest sound backup takes their place, if the clerk wants."""
        from gui.dialogs.recovery import ask_for_backup, find_newest

        def ask(found: Any) -> None:
            chosen = ask_for_backup(self.window, damaged.sentence, found, self.folder)
            if chosen is None:
                self.code = 1
                self.window.close()
                QApplication.exit(self.code)
            elif found is not None and chosen == found.path:
                self._take_backup(chosen)
            else:
                self._prove(chosen, self._take_backup, lambda: self._offer_backup(damaged))

        title = "正在查找完好的备份…"
        self.runner.run(title, lambda p: find_newest(self.folder, told_by(p, title)), ask, self._give_up)

    def _take_backup(self, path: Path) -> None:
        self._wanted = path
        self._begin()

    def _prove(self, path: Path, take: Callable[[Path], object], leave: Callable[[], object]) -> None:
        """Read a chosen backup through, and ask where it is not whole."""
        from models.storage import attachments, backup

        def ask(held: backup.Contents) -> None:
            sentence = f"这份备份不完整，缺 {attachments.in_words(held.lacking)}，其余照常恢复。仍然恢复吗？"
            if not held.lacking or error_reporting.ask(self.window, sentence, "恢复", "不恢复"):
                take(path)
            else:
                leave()

        def failed(error: BaseException) -> None:
            error_reporting.tell(error)
            leave()

        title = "正在核对备份…"
        self.runner.run(title, lambda p: backup.prove(self.folder, path, told_by(p, title)), ask, failed)

    def _give_up(self, error: BaseException) -> None:
        self.code = 1 if isinstance(error, Refusal) else 3
        error_reporting.tell(error)
        self.window.close()
        QApplication.exit(self.code)

    def _opened(self, workspace: "Workspace") -> None:
        from gui.shell.single_instance import InstanceServer

        self.context = Context(workspace, self.runner, self.state)
        self._doorman = InstanceServer(self.folder, self.window, self)
        self._doorman.handed.connect(self._take)
        if workspace.office() is None:
            self._first_run()
        else:
            self._build_pages()

    def _first_run(self) -> None:
        from gui.shell.first_run import FirstRun

        assert self.context is not None
        page = FirstRun(self.context)
        page.founded.connect(lambda: self._founded(page))
        page.restoring.connect(self._restore_first)
        if not hasattr(self, "_page"):
            self.window.centralWidget().hide()
            self._page = self.window.takeCentralWidget()
        self.window.setCentralWidget(page)
        self._look_for_answers(page)

    def _look_for_answers(self, page: "FirstRun") -> None:
        """What the county gave this unit fills the first page; a stick may be slow, so it is read in the background."""
        from gui.shell import first_run_files

        near = first_run_files.nearby(self.folder, self._opened_with)
        if near is not None:
            page.take(near)
            return

        def found(path: Path | None) -> None:
            if path is not None and page.untouched and page is self.window.centralWidget():
                page.take(path)

        def failed(error: BaseException) -> None:
            if isinstance(error, Refusal):
                page.refuse(error.sentence)
            else:
                error_reporting.tell(error)

        self.runner.run("正在查找县里给的文件…", lambda _p: first_run_files.on_sticks(), found, failed)

    def _founded(self, page: "FirstRun") -> None:
        """The first packages to open are those the office's answers came with, unless some were named."""
        from gui.exchange import incoming

        named = [path for path in self._opened_with if path.suffix.lower() == incoming.SUFFIX]
        self._opened_with = named or page.packages()
        self._build_pages()

    def _restore_first(self, path: Path) -> None:
        """A backup takes the place of the empty folder: a new PC."""
        self._prove(path, self._take_first, lambda: None)

    def _take_first(self, path: Path) -> None:
        assert self.context is not None
        self.context.workspace.store.close()
        self._doorman.close()
        self._take_backup(path)

    def _build_pages(self) -> None:
        from gui.shell.toolbar import pick_operator

        assert self.context is not None
        if hasattr(self, "_page"):
            self.window.setCentralWidget(self._page)
            self._page.show()
            del self._page
        pick_operator(self.context, self.window)
        self.window.leaving.connect(self._leave_demo)
        self.window.closing.connect(self._close)
        self.window.restoring.connect(self._restore)
        self._build_next_page(self.window.building_pages(self.context))

    def _build_next_page(self, slices: Iterator[None]) -> None:
        """One slice of the window a turn of the event loop, so that a key or a paint never waits for all of them."""
        if not self.window.isVisible():
            return
        try:
            ended = next(slices, True)
        except Exception as error:
            if self.state.is_empty or isinstance(error, Refusal):
                raise
            error_reporting.note(f"What was remembered of the window does not fit: {error_reporting.report_of(error)}")
            self.state.forget()
            self._give_back()
            self._restart()
            return
        if ended:
            self._pages_built()
        else:
            error_reporting.later(self, lambda: self._build_next_page(slices))

    def _pages_built(self) -> None:
        assert self.context is not None
        assert self.window.keeper is not None
        self.window.keeper.start()
        self._doubt_the_clock()
        if self._news:
            self.context.status(self._news)
        if self._lacking:
            words = self._news + self._lacking
            error_reporting.later(self, lambda: error_reporting.refuse(Refusal(words), self.window))
        self._news = self._lacking = ""
        self.ready()
        error_reporting.later(self, self._tell_of_the_update)
        self._take(self._opened_with)
        self._opened_with = []

    def _tell_of_the_update(self) -> None:
        from gui.dialogs.update_note import show_once

        if self.context is not None and self.window.isVisible():
            show_once(self.context, self.window)

    def _doubt_the_clock(self) -> None:
        """A computer whose date looks wrong is told of, and today's is asked for, once a start."""
        from gui.shell.date_warning import DayStrip
        from models.queries.lookups.last_written import last_day

        assert self.context is not None
        with self.context.workspace.reading() as session:
            last = last_day(session)
        doubt = clock.doubt(self.context.workspace.today, last)
        if doubt and last and not clock.is_named():
            strip = DayStrip(doubt, last)
            strip.named.connect(self._go_by)
            self.window.put_over_tabs(strip)

    def _go_by(self, day: dt.date) -> None:
        """Everything that is shown is held against another day: the window opens anew."""
        assert self.context is not None
        if self.context.runner.busy:
            QTimer.singleShot(SOON, self, lambda: self._go_by(day))
            return
        self._news = f"现在按 {day:%Y-%m-%d} 计算期限。请尽快校准电脑日期。"
        if self.window.may_leave():
            self._give_back()
            self._restart()

    def _take(self, paths: list[Path]) -> None:
        """Packages that were opened by a double click; while the window is not furnished they wait.

        The county's first answers are of use on the first page only.
        """
        from gui.exchange import incoming, receiving
        from gui.shell.first_run import FirstRun

        packages = [path for path in paths if path.suffix.lower() == incoming.SUFFIX]
        page = self.window.centralWidget()
        if self.context is None or not self.window.is_furnished:
            self._opened_with += paths
            if paths and isinstance(page, FirstRun):
                self._look_for_answers(page)
        elif packages:
            context = self.context
            error_reporting.later(self, lambda: receiving.show(context, packages, self.window))
        elif paths:
            self.context.status("本机构的名称和配对信息已经有了，不用再读首次运行文件。")

    def _leave_demo(self) -> None:
        from gui.shell.first_run import leave_demo

        assert self.context is not None
        self.window.restart.connect(self._restart)
        leave_demo(self.context, self.window)

    def _restore(self, path: Path) -> None:
        """Close the data, put a backup in their place, and open the window anew on them."""
        assert self.context is not None
        self._give_back()
        self._wanted = path
        self._restart()

    def _restart(self) -> None:
        """The data are others now: a fresh window in the same place."""
        if self.window.keeper is not None:
            self.window.keeper.stop()
        self.window.context = None
        self.window.closing.disconnect(self._close)
        self._doorman.deleteLater()
        old, self.window = self.window, MainWindow(UiState(self.folder.root / "ui.json", self))
        self.state = self.window.state
        self.window.painted.connect(self._show_first_page)
        self.window.appear()
        old.close()

    def _close(self) -> None:
        """Remember the first page and give the files back."""
        from gui.lists.cached_first_page import remember

        assert self.context is not None
        front = next((tab for tab in self.window.built() if tab.spec.name == "finding"), None)
        if front is not None:
            kept = remember(front.table, front.days())
            self.state.set("first", {**kept, "splitter": front.splitter.sizes()})
            self.state.save()
        self._give_back()

    def _give_back(self) -> None:
        """Let go of every file of the data folder."""
        assert self.context is not None
        self.runner.wait()
        for shown in self.window.navigator.list_windows.values() if self.window.navigator else ():
            shown.close()
            shown.tab.model.close()
        for tab in self.window.built():
            tab.model.close()
        self.context.workspace.store.close()

    def finish(self) -> None:
        """After the window is gone: the session's last snapshot, which nobody has to wait for."""
        if self.window.keeper is not None:
            self._doorman.close()
            self.window.keeper.close()
