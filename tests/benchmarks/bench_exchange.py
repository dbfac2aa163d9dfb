"""5,000 findings with 2,000 photos out and back, against plain zip and SQLite doing the same bytes.

Run: python tests/benchmarks/bench_exchange.py [findings photos kilobytes]
"""

import os
import resource
import shutil
import sqlite3
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests/models/exchange")]

from office import Clock  # noqa: E402
from offices import DONE, County  # noqa: E402

from models.records import Attachment, Feedback, Finding  # noqa: E402
from models.records.base import new_uuid  # noqa: E402
from models.store import attachments  # noqa: E402
from models.store.engine import Store  # noqa: E402
from models.store.folder import DataFolder  # noqa: E402

FACT = "检查时测温点无人值守，来往人员未测温、未扫码、未登记，台账记录不完整。" * 4


@contextmanager
def timed(what: str, spent: dict[str, float]) -> Iterator[None]:
    peak, done = [0], threading.Event()

    def watch() -> None:
        while not done.wait(0.05):
            peak[0] = max(peak[0], resident())

    watcher = threading.Thread(target=watch)
    watcher.start()
    start, wall = time.process_time(), time.perf_counter()
    yield
    spent[what], wall = time.process_time() - start, time.perf_counter() - wall
    done.set()
    watcher.join()
    say(f"{what:<28}{spent[what]:8.2f} s of CPU {wall:8.2f} s   peak {peak[0] / 1e6:6.0f} MB")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def fill(county: County, findings: int) -> None:
    with county.office.desk.writing("") as work:
        rows = [
            {
                "uuid": new_uuid(), "serial": f"2022-{n:04d}", "status": "已交办", "fact": f"{n} {FACT}",
                "kind": "测温", "unit_id": county.unit_ids[0], "source_level": "县", "found_on": DONE["finished_on"],
            }
            for n in range(findings)
        ]  # fmt: skip
        work.bulk_add(Finding, rows)


def answer_all(county: County, photos: int, size: int) -> None:
    unit = county.units[0]
    found = unit.all(Finding)
    rows = [{**DONE, "uuid": new_uuid(), "finding_id": f.id, "round": 1} for f in found]
    files = []
    for row in rows[:photos]:
        sha256, _ = attachments.put(unit.folder, _bytes(size))
        about = {"owner_table": "feedback", "owner_uuid": row["uuid"], "name": "整改后.jpg", "size": size}
        files.append({"uuid": new_uuid(), "sha256": sha256, **about})
    with unit.desk.writing("") as work:
        work.bulk_add(Feedback, rows)
        work.bulk_add(Attachment, files)


def _bytes(size: int):
    import io

    return io.BytesIO(os.urandom(size))


def plain(county: County, root: Path, spent: dict[str, float]) -> None:
    """The same rows as JSON and the same photos: into a zip, out of it again, into SQLite and onto the disk."""
    import json

    from models.exchange.rows import Writer

    unit = county.units[0]
    with unit.desk.reading() as session:
        out = Writer(session).rows(unit.all(Finding))
        back = Writer(session).rows([*unit.all(Feedback), *unit.all(Attachment)])
    photos = [attachments.path_of(unit.folder, row.text("sha256")) for row in back if row.table == "attachment"]
    with timed("plain zip and SQLite", spent):
        for name, rows, files in (("out", out, []), ("back", back, photos)):
            path, database, kept = root / f"{name}.zip", root / f"{name}.db", root / f"{name}.files"
            kept.mkdir()
            source = sqlite3.connect(root / f"{name}.source.db")
            _store(source, rows)
            told = source.execute("SELECT tab, uuid, version, vals FROM row").fetchall()
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("records", json.dumps(told), zipfile.ZIP_DEFLATED)
                for file in files:
                    archive.write(file, file.name)
            _sync(path)
            with zipfile.ZipFile(path) as archive:
                for file in files:
                    archive.extract(file.name, kept)
                    _sync(kept / file.name)
                _store(sqlite3.connect(database), json.loads(archive.read("records")))


def _store(database: sqlite3.Connection, rows: list) -> None:
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    for table in ("row", "change"):
        database.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, tab, uuid UNIQUE, version, vals)")
    told = [tuple(row) if isinstance(row, list) else _told(row) for row in rows]
    for table in ("row", "change"):
        database.executemany(f"INSERT INTO {table} (tab, uuid, version, vals) VALUES (?,?,?,?)", told)
    database.commit()


def _told(row) -> tuple:
    import msgspec

    return row.table, row.uuid, row.version, msgspec.json.encode(row.values).decode()


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def main(findings: int = 5000, photos: int = 2000, kilobytes: int = 300) -> None:
    root = Path(tempfile.mkdtemp(dir=os.environ.get("BENCH_DIR")))
    try:
        pristine = root / "pristine"
        Store(DataFolder(pristine)).close()
        county, spent = County(root / "offices", pristine, Clock()), dict[str, float]()
        fill(county, findings)
        with timed("county writes the task", spent):
            task = county.task()
        with timed("township takes it in", spent):
            county.units[0].take_in(task)
        answer_all(county, photos, kilobytes << 10)
        with timed("township writes the answer", spent):
            answer = county.answer()
        with timed("county takes it in", spent):
            taken = county.office.take_in(answer)
        assert taken.counts["new"] == findings + photos
        assert taken.flagged == []
        say(f"out and back{sum(spent.values()):24.2f} s   package {answer.stat().st_size / 1e6:.0f} MB")
        ours = sum(spent.values())
        plain(county, root, spent)
        say(f"{ours / spent['plain zip and SQLite']:.1f} times plain zip and SQLite")
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
