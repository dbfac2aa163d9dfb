"""What every part of the window is handed: the workspace, the one worker, and what the screen remembers."""

import gc
import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEventLoop, QObject, QRunnable, QStandardPaths, Qt, QThreadPool, QTimer, Signal, Slot

from gui.core import error_reporting, ui_state
from gui.core.navigator import Navigator, NoWindow
from models.storage import durable_files

if TYPE_CHECKING:
    from models.domain.findings.deadlines import Bounds
    from models.services.unit_of_work import Workspace
    from models.storage.data_folder import DataFolder

T = TypeVar("T")


class Cancelled(Exception):  # noqa: N818 - not an error: the clerk asked for it
    """The clerk pressed 取消 while the work was running."""


class Progress:
    """What a piece of work calls now and then: ``progress("正在写第 3 页", 3, 10)``.

    Raises:
        Cancelled: at the next call after 取消.
    """

    def __init__(self, tell: Callable[[str, int, int], None]) -> None:
        self._tell = tell
        self.cancelled = False

    def __call__(self, text: str = "", done: int = 0, total: int = 0) -> None:
        """Say what is being done and how much of it is behind us; ``total`` 0 where that is unknown."""
        if self.cancelled:
            raise Cancelled
        self._tell(text, done, total)


def told_by(progress: Progress, text: str) -> Callable[[int, int], None]:
    """What work that only counts is handed: it tells how much of it is behind us under one title."""
    return lambda done, total: progress(text, done, total)


class _Collecting(QObject):
    """Keeps the search for reference cycles out of the background, while work runs there.

    A dead widget that a worker's search found would be destroyed on the worker's thread: its running timer
    stays behind on the screen's and ends the program at its next turn.
    """

    _over = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lock, self._running = Lock(), 0
        self._over.connect(self._go_on, Qt.ConnectionType.QueuedConnection)

    @contextmanager
    def held(self) -> Iterator[None]:
        """No search meanwhile; what is due then is done on the screen's thread."""
        with self._lock:
            self._running += 1
            gc.disable()
        try:
            yield
        finally:
            self._over.emit()

    @Slot()
    def _go_on(self) -> None:
        with self._lock:
            self._running -= 1
            if not self._running:
                gc.collect(0)  # here, or the worker's last steps would begin it
                gc.enable()


@cache
def _collecting() -> _Collecting:
    """The one of this process; first asked for on the screen's thread."""
    return _Collecting()


class _Task(QRunnable):
    def __init__(self, function: Callable[[], None]) -> None:
        super().__init__()
        self._function, self._collecting = function, _collecting()

    def run(self) -> None:
        with self._collecting.held():
            self._function()


class Runner(QObject):
    """One background worker: long work one after the other, its results on the screen's thread.

    ``quietly`` has a thread of its own, so that a table's rows never wait for an export, and ``beside`` another,
    so that they never wait for a large picture.
    """

    started = Signal(str)
    advanced = Signal(str, int, int)
    ended = Signal()
    _landed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loud, self._quiet, self._beside = QThreadPool(self), QThreadPool(self), QThreadPool(self)
        for pool in (self._loud, self._quiet, self._beside):
            pool.setMaxThreadCount(1)
        self._progress: list[Progress] = []
        self._landed.connect(self._land)

    @property
    def busy(self) -> bool:
        """Whether loud work is running or waits."""
        return bool(self._progress)

    def run(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        """Do ``work`` in the background, then ``done`` with its result on the screen's thread.

        ``failed`` is told of a Refusal or a fault instead of the usual message; of 取消 nobody is.
        """
        progress = Progress(self.advanced.emit)
        self._progress.append(progress)

        def finish(land: Callable[[], object]) -> None:
            self._progress.remove(progress)
            self.ended.emit()
            land()

        def task() -> None:
            self._landed.emit(lambda: self.started.emit(title))
            try:
                result = work(progress)
            except Cancelled:
                self._landed.emit(lambda: finish(lambda: None))
            except Exception as error:  # every fault goes to its report on the screen's thread
                told = failed or error_reporting.tell
                fault = error
                self._landed.emit(lambda: finish(lambda: told(fault)))
            else:
                self._landed.emit(lambda: finish(lambda: done(result)))

        self._loud.start(_Task(task))

    def quietly(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        """Do a little reading in the background without progress."""
        self._start(self._quiet, work, done)

    def beside(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        """Decode a picture in the background."""
        self._start(self._beside, work, done)

    def aside(self, work: Callable[[], T]) -> T:
        """Do something short off the screen's thread and wait for it: the screen is painted, keys and clicks wait.

        Raises:
            Exception: what ``work`` raised.
        """
        result: Future[T] = Future()
        loop = QEventLoop()

        def task() -> None:
            try:
                result.set_result(work())
            except Exception as error:  # raised again where it was asked for
                result.set_exception(error)
            self._landed.emit(loop.quit)

        self._beside.start(_Task(task))
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        return result.result()

    def _start(self, pool: QThreadPool, work: Callable[[], T], done: Callable[[T], object]) -> None:

        def task() -> None:
            try:
                result = work()
            except Exception as error:
                fault = error
                self._landed.emit(lambda: error_reporting.tell(fault))
            else:
                self._landed.emit(lambda: done(result))

        pool.start(_Task(task))

    @Slot(object)
    def _land(self, what: Callable[[], object]) -> None:
        what()

    def cancel(self) -> None:
        """Stop the running work at its next progress call, and what waits behind it."""
        for progress in self._progress:
            progress.cancelled = True

    def wait(self, milliseconds: int = 10_000) -> bool:
        """Wait until nothing runs any more; for closing and for tests."""
        return all(pool.waitForDone(milliseconds) for pool in (self._quiet, self._loud, self._beside))


class UiState(QObject):
    """What the screen remembers (ui.json in the data folder): sizes, columns, filters, last-used values.

    Losing the file loses comfort only, so an unreadable one counts as empty.
    """

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._values = ui_state.read(path)
        self._timer = QTimer(self, singleShot=True, interval=800)
        self._timer.timeout.connect(self.save)

    def get(self, key: str, default: Any = None) -> Any:
        """The remembered JSON value."""
        return self._values.get(key, default)

    def set(self, key: str, value: Any) -> None:
        """Remember a JSON value; written to disk a moment later."""
        if self._values.get(key) != value:
            self._values[key] = value
            self._timer.start()

    def forget(self) -> None:
        """Begin with what the program ships with; the file is kept under another name."""
        self._timer.stop()
        self._values = {}
        with suppress(OSError):
            durable_files.move(self._path, self._path.with_suffix(".unreadable.json"))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is remembered."""
        return not self._values

    def folder(self, purpose: str, instead: Path | None = None) -> Path:
        """The folder used last for a purpose, where it is still there; else ``instead``, or the clerk's documents."""
        kept = self._values.get(f"{purpose}.folder")
        return Path(kept) if kept and Path(kept).is_dir() else instead or documents_folder()

    def use_folder(self, purpose: str, folder: Path) -> None:
        """Remember the folder used for a purpose."""
        self.set(f"{purpose}.folder", str(folder))

    def save(self) -> None:
        """Write the file beside its place and move it in."""
        self._timer.stop()
        beside = self._path.with_suffix(".tmp")
        try:
            beside.write_text(json.dumps(self._values, ensure_ascii=False), encoding="utf-8")
            durable_files.move(beside, self._path)
        except (OSError, ValueError) as error:
            error_reporting.note(f"ui.json was not written: {error}")


def documents_folder() -> Path:
    """The clerk's folder of documents, or the home folder where the system made none."""
    found = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return found if found.is_dir() else Path.home()


@dataclass
class Context:
    """Handed to every tab, form and dialog."""

    workspace: "Workspace"
    runner: Runner
    state: UiState
    status: Callable[[str], object] = field(default=lambda _sentence: None)
    """Shows a sentence in the status bar; the window sets it."""
    drafted: Callable[[], object] = field(default=lambda: None)
    """Tells that a draft was kept; the window sets it."""

    navigator: Navigator = field(default_factory=NoWindow)
    """Opens other places of the window; the window sets it."""

    @property
    def folder(self) -> "DataFolder":
        """The data folder that is open."""
        return self.workspace.store.folder

    def bounds(self) -> "Bounds":
        """The days that lights are judged by now, of the office's own settings."""
        from models.queries.lookups import calendar

        with self.workspace.reading() as session:
            return calendar.bounds(session, self.workspace.today)
