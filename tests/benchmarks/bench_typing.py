"""The document editor's longest gap of the screen while a long document is typed in; prints, asserts nothing.

A bulletin of a thousand paragraphs and one with a table of eight hundred rows are each opened in a real window
without a screen. The floor is the same layout made in one go, which is what the screen would stand still for.

Run: PYTHONPATH=. QT_QPA_PLATFORM=offscreen python tests/benchmarks/bench_typing.py
"""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from findings import folder_with, say
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from exporters.composing import Options, compose
from exporters.pages import lay_out
from gui.core import theme
from gui.core.context import Context, Runner, UiState
from gui.documents.draft_session import Draft
from gui.documents.window import DocumentWindow
from models.paper import editing
from models.paper.elements import Paper
from models.services.unit_of_work import Workspace
from models.storage.engine import Store

KEYS, ROUNDS = 15, 3
TEXTS = Options(finding_ids=tuple(range(100, 1100)), merge_like=False, detail="full")
TABLE = Options(finding_ids=tuple(range(100, 1100)), detail="brief", annex_table=True)


class Gaps:
    """Milliseconds between two turns of the event loop."""

    def __init__(self) -> None:
        self._last, self.longest = time.perf_counter(), 0.0
        self._beat = QTimer(interval=0)
        self._beat.timeout.connect(self._turn)
        self._beat.start()

    def _turn(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, (now - self._last) * 1000), now

    def of(self, deed: Callable[[], object]) -> float:
        """The longest gap while a deed is done."""
        self._last, self.longest = time.perf_counter(), 0.0
        deed()
        return self.longest


def rest(seconds: float) -> None:
    """Let the window live."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        QApplication.processEvents()


def type_in(field: QWidget) -> None:
    """Keys with the pages following each."""
    for _ in range(KEYS):
        QTest.keyClick(field, Qt.Key.Key_A)
        rest(0.25)


def at_once(paper: Paper) -> float:
    """Milliseconds of laying out an edited paper in one go."""
    changed = editing.replace_text(paper, len(paper.blocks) // 2, str(time.perf_counter()))
    start = time.perf_counter()
    lay_out(changed)
    return (time.perf_counter() - start) * 1000


def measure(context: Context, paper: Paper, part: str) -> tuple[float, float, float]:
    """The longest gap of opening and of typing, and what one go takes; the least of some rounds."""
    gaps, found = Gaps(), []
    for _ in range(ROUNDS):
        windows: list[DocumentWindow] = []

        def opened(windows: list[DocumentWindow] = windows) -> None:
            windows.append(DocumentWindow(context, Draft(context, paper, {})))
            windows[0].show()
            rest(1.0)

        opening = gaps.of(opened)
        window = windows[0]
        window.parts.choose(part)
        window.parts.grid.choose(400, 3)
        field = window.parts.grid.bar if part.startswith("annexes") else window.parts.text
        rest(0.5)
        found.append((opening, gaps.of(lambda field=field: type_in(field)), at_once(paper)))
        window.draft.state = ""
        window.reject()
    opening, typing, whole = (min(each) for each in zip(*found, strict=True))
    return opening, typing, whole


def main() -> None:
    """Print a line a document."""
    app = QApplication([])
    theme.install(app)
    kept = Path(tempfile.gettempdir()) / "duchatong-bench"
    store = Store(folder_with(10_000, kept))
    context = Context(Workspace(store), Runner(), UiState(kept / "ui.json"))
    for name, options in (("text", TEXTS), ("table", TABLE)):
        with context.workspace.reading() as session:
            paper = compose(session, "findings_bulletin", options)
        part = "annexes.0.blocks.0" if paper.annexes else f"blocks.{len(paper.blocks) // 2}"
        opening, typing, whole = measure(context, paper, part)
        say(f"{name:5}: opened {opening:.0f} ms, typing {typing:.0f} ms at most ({typing / whole:.1f}x of {whole:.0f})")
    store.close()


if __name__ == "__main__":
    main()
