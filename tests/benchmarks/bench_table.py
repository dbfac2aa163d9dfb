"""The findings table at 20,000 and 100,000 rows against the bare first page; prints, asserts nothing.

Run: python -m tests.benchmarks.bench_table [FOLDER]
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from gui.core.context import Context, Runner, UiState
from gui.pages import page_specs
from gui.pages.list_page import RecordTab
from gui.shell.application import application
from models.queries.lists.listing import Filter, ListQuery
from models.services.unit_of_work import Workspace
from models.storage.connection import connect
from models.storage.engine import Store
from tests.benchmarks.findings import folder_with, say


def milliseconds(do: Callable[[], object], repeat: int = 5, between: Callable[[], object] = lambda: None) -> float:
    """The median of several runs, with what follows in the background out of the way."""
    taken = []
    for _ in range(repeat):
        between()
        start = time.perf_counter()
        do()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def main(root: Path, count: int) -> None:
    """Print what a clerk waits for."""
    app = application()
    folder = folder_with(count, root)
    context = Context(Workspace(Store(folder)), Runner(), UiState(Path(tempfile.mkdtemp()) / "ui.json"))
    tab = RecordTab(context, page_specs.FINDINGS)
    tab.resize(1366, 728)
    tab.show()

    def settle() -> None:
        context.runner.wait()
        app.processEvents()

    def shown(query: ListQuery) -> Callable[[], None]:
        def do() -> None:
            tab.ask(query)
            tab.table.viewport().repaint()

        return do

    settle()
    # The window and its form are there: what grows from here on are the rows.
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    plain = connect(folder.database, read_only=True)
    floor = milliseconds(
        lambda: plain.execute("SELECT id, serial, fact FROM finding ORDER BY serial DESC LIMIT 128").fetchall()
    )
    one = Filter("unit_id", "values", (tab.model.row(0)[0] and 3,), ("",))
    asked = {
        "first rows": ListQuery(),
        "sort by unit (pinyin)": ListQuery(sort="unit_id"),
        "sort by status": ListQuery(sort="status"),
        "sort by deadline": ListQuery(sort="deadline", descending=True),
        "sort by fact": ListQuery(sort="fact"),
        "sort by light": ListQuery(sort="light"),
        "filter by unit": ListQuery(filters=(one,)),
        "filter overdue": ListQuery(chip="overdue"),
        "filter by text": ListQuery(filters=(Filter("fact", "text", text="第777"),)),
        "search two characters": ListQuery(search="脱岗"),
        "search one character": ListQuery(search="店"),
    }
    say(f"{count:,} findings; floor (bare first page) {floor:.1f} ms")
    for name, query in asked.items():
        taken = milliseconds(shown(query), between=settle)
        say(f"  {name:24}{taken:8.1f} ms{taken / floor:8.1f}×")
    shown(replace(ListQuery()))()
    settle()
    bar = tab.table.verticalScrollBar()

    def jump() -> None:
        bar.setValue((bar.value() * 7 + 12345) % max(bar.maximum(), 1))
        tab.table.viewport().repaint()

    say(f"  {'jump':24}{milliseconds(jump, 40):8.1f} ms")
    say(f"  {'repaint':24}{milliseconds(tab.table.viewport().repaint, 20):8.1f} ms")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    say(f"  {'memory grown':24}{grown:8.1f} MB")
    settle()


if __name__ == "__main__":
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.gettempdir()) / "duchatong-benchmarks"
    place.mkdir(parents=True, exist_ok=True)
    if len(sys.argv) > 2:
        main(place, int(sys.argv[2]))
    else:
        for size in ("20000", "100000"):
            subprocess.run([sys.executable, "-m", "tests.benchmarks.bench_table", str(place), size], check=True)
