"""A backup of 200 MB against copying the same bytes with fsync, and what the window feels of it.

The office has 20,000 findings and photos; a database that large by itself, which 84,000 findings would
make, is measured too: its check takes as long as its copy.

Run: python -m tests.benchmarks.bench_backup [FOLDER]
"""

import datetime as dt
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from models.records import Attachment
from models.records.base import new_uuid
from models.services.unit_of_work import Workspace
from models.storage import attachments, backup
from models.storage.data_folder import DataFolder
from models.storage.engine import Store
from tests.benchmarks.findings import folder_with, say

SIZE = 200_000_000
PHOTO = 400_000
MANY = 84_000
"""Findings whose database alone has that size."""
NOW = dt.datetime(2022, 3, 16, 9, 30)


def with_photos(folder: DataFolder) -> DataFolder:
    """The folder with photos until it holds 200 MB; done once."""
    import io

    store = Store(folder)
    rows = []
    for n in range((SIZE - size_of([folder.database]) - size_of(files_of(folder))) // PHOTO):
        sha256, size = attachments.put(folder, io.BytesIO(os.urandom(PHOTO)))
        about = {"owner_table": "finding", "owner_uuid": f"{n:032x}", "name": "现场.jpg", "size": size}
        rows.append({"uuid": new_uuid(), "sha256": sha256, **about})
    with Workspace(store).writing("") as work:
        work.bulk_add(Attachment, rows)
    store.close()
    return folder


def files_of(folder: DataFolder) -> list[Path]:
    """The attachments."""
    return [path for path in folder.attachments.rglob("*") if path.is_file()]


def size_of(files: Iterable[Path]) -> int:
    """Bytes of some files."""
    return sum(path.stat().st_size for path in files)


def floor(files: list[Path], target: Path) -> None:
    """The same bytes into one file, safe on the disk."""
    with target.open("wb") as out:
        for path in files:
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    out.write(block)
        out.flush()
        os.fsync(out.fileno())


def compare(what: str, ours: Callable[[], Path], files: list[Path], target: Path, rounds: int = 15) -> None:
    """Both in turn, the least of each; prints the ratio."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for times, do in ((taken[0], lambda: floor(files, target)), (taken[1], lambda: ours().unlink())):
            os.sync()
            start = time.perf_counter()
            do()
            times.append(time.perf_counter() - start)
    target.unlink()
    bare, full = (min(times) * 1000 for times in taken)
    size = size_of(files) / 1e6
    say(f"{what}, {size:.0f} MB: {full:.0f} ms, the bytes copied with fsync {bare:.0f} ms, {full / bare:.2f}x")


def gaps(folder: DataFolder, target: Path) -> None:
    """The longest time the open window does not answer: left alone, while it backs up, while it also saves.

    Ends the program.
    """
    from PySide6.QtCore import QTimer

    from gui.shell import application as program
    from models.records import Finding
    from models.services import records

    app = program.application()
    session = program.Session(folder)
    session.start()

    def until(done: Callable[[], bool], at_least: float = 0.0) -> float:
        """Turn the window's loop; gives its longest gap in milliseconds."""
        longest, last = 0.0, time.perf_counter()
        end = last + at_least

        def tick() -> None:
            nonlocal longest, last
            now = time.perf_counter()
            longest, last = max(longest, now - last), now
            if now >= end and done():
                app.exit()

        ticker = QTimer(interval=4)
        ticker.timeout.connect(tick)
        ticker.start()
        app.exec()
        return longest * 1000

    until(lambda: session.context is not None and not session.runner.busy, 3)
    assert session.context is not None
    workspace, runner = session.context.workspace, session.runner

    def backed_up() -> float:
        runner.run("", lambda _p: backup.pack(folder, target, NOW).unlink(), lambda _none: None)
        runner.run("", lambda _p: backup.snapshot(folder, "试", NOW).unlink(), lambda _none: None)
        return until(lambda: not runner.busy)

    alone = min(until(lambda: True, 1) for _ in range(3))
    busy = min(backed_up() for _ in range(5))
    saver = QTimer(interval=100)
    saver.timeout.connect(lambda: records.create(workspace, Finding, {"fact": "备份时新增", "source_level": "县"}))
    saver.start()
    saving, both = min(until(lambda: True, 1) for _ in range(3)), min(backed_up() for _ in range(5))
    saver.stop()
    say(f"longest gap of the window: left alone {alone:.0f} ms, backing up {busy:.0f} ms; "
        f"saving ten times a second {saving:.0f} ms, and backing up {both:.0f} ms")  # fmt: skip
    sys.stdout.flush()
    os._exit(0)  # a window thrown away while its workers run would wait for them for ever


def main(root: Path) -> None:
    """Print the figures."""
    (root / "photos").mkdir(exist_ok=True)
    target = root / "备份.dcb"
    folder = with_photos(folder_with(20_000, root / "photos"))
    files = [folder.database, *files_of(folder)]
    compare("one file with photos", lambda: backup.pack(folder, target, NOW), files, root / "floor")
    large = folder_with(MANY, root)
    compare("one file, all database", lambda: backup.pack(large, target, NOW), [large.database], root / "floor")
    compare("snapshot", lambda: backup.snapshot(large, "试", NOW), [large.database], root / "floor")
    gaps(folder, target)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.gettempdir()) / "duchatong-benchmarks"
    place.mkdir(parents=True, exist_ok=True)
    main(place)
