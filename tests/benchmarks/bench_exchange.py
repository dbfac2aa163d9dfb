"""5,000 findings with 2,000 photos out and back, against plain zip and SQLite doing the same bytes.

The floor does the four stages with `zipfile`, `json` and `sqlite3` alone: rows from a database into a zip, out of
it, into another database; photos stored into the zip and extracted again. It writes what any program must write to
lose nothing: each row with its entry in a log, the mark on each answer that left and on each problem that was
answered, each with its entry; one fsync for a file that is to be kept, so that no row names a photo the disk has not
got. It does without what only ours does: no hash, no seal, no check of a value or a rule, no snapshot before the
import, no index of words. What lay in the databases before a stage is written before its clock starts.

Both run in turn, a few rounds; the least of each stage counts. A second floor leaves the photos' fsync out.

Run: python tests/benchmarks/bench_exchange.py [findings photos kilobytes rounds]
"""

import io
import json
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

import msgspec  # noqa: E402
from office import Clock  # noqa: E402
from offices import DONE, County  # noqa: E402

from models.exchange.rows import Writer  # noqa: E402
from models.records import Attachment, Feedback, Finding  # noqa: E402
from models.records.base import new_uuid  # noqa: E402
from models.storage import attachments  # noqa: E402
from models.storage.data_folder import DataFolder  # noqa: E402
from models.storage.engine import Store  # noqa: E402

FACT = "检查时测温点无人值守，来往人员未测温、未扫码、未登记，台账记录不完整。" * 4
STAGES = ("county writes the task", "township takes it in", "township writes the answer", "county takes it in")


class Clocks:
    """The least CPU and wall time of each stage over the rounds, and the most memory while it ran."""

    def __init__(self) -> None:
        self.cpu: dict[str, float] = {}
        self.wall: dict[str, float] = {}
        self.peak: dict[str, int] = {}

    @contextmanager
    def timed(self, what: str) -> Iterator[None]:
        peak, done = [0], threading.Event()

        def watch() -> None:
            while not done.wait(0.05):
                peak[0] = max(peak[0], resident())

        watcher = threading.Thread(target=watch)
        watcher.start()
        os.sync()  # What an earlier stage left to the disk is not this one's.
        cpu, wall = time.process_time(), time.perf_counter()
        yield
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        done.set()
        watcher.join()
        self.cpu[what] = min(cpu, self.cpu.get(what, cpu))
        self.wall[what] = min(wall, self.wall.get(what, wall))
        self.peak[what] = max(peak[0], self.peak.get(what, 0))

    def total(self) -> tuple[float, float]:
        """CPU and wall seconds of all stages."""
        return sum(self.cpu.values()), sum(self.wall.values())


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def fill(county: County, findings: int) -> None:
    with county.office.workspace.writing("") as work:
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
        sha256, _ = attachments.put(unit.folder, io.BytesIO(os.urandom(size)))
        about = {"owner_table": "feedback", "owner_uuid": row["uuid"], "name": "整改后.jpg", "size": size}
        files.append({"uuid": new_uuid(), "sha256": sha256, **about})
    with unit.workspace.writing("") as work:
        work.bulk_add(Feedback, rows)
        work.bulk_add(Attachment, files)


def ours(root: Path, clocks: Clocks, findings: int, photos: int, size: int) -> County:
    """Out and back through the program."""
    pristine = root / "pristine"
    Store(DataFolder(pristine)).close()
    county = County(root / "offices", pristine, Clock())
    fill(county, findings)
    with clocks.timed(STAGES[0]):
        task = county.task()
    with clocks.timed(STAGES[1]):
        county.units[0].take_in(task)
    answer_all(county, photos, size)
    with clocks.timed(STAGES[2]):
        answer = county.answer()
    with clocks.timed(STAGES[3]):
        taken = county.office.take_in(answer)
    assert taken.counts["new"] == findings + photos
    assert taken.flagged == []
    answer.unlink()
    return county


class Plain:
    """Out and back with nothing but a zip and two databases; ``synced`` says whether photos are."""

    def __init__(self, county: County, root: Path, clocks: Clocks, *, synced: bool) -> None:
        root.mkdir()
        self.root, self.clocks, self.synced = root, clocks, synced
        unit = county.units[0]
        with unit.workspace.reading() as session:
            self.findings = [told(row) for row in Writer(session).rows(unit.all(Finding))]
            answers = Writer(session).rows([*unit.all(Feedback), *unit.all(Attachment)])
        self.answers = [told(row) for row in answers]
        files = (row.text("sha256") for row in answers if row.table == "attachment")
        self.photos = [attachments.path_of(unit.folder, sha256) for sha256 in files]
        self.county, self.unit = database(root / "county.db"), database(root / "unit.db")

    def run(self) -> None:
        keep(self.county, self.findings)
        with self.clocks.timed(STAGES[0]):
            self.pack("out", rows_of(self.county, 0), ())
        with self.clocks.timed(STAGES[1]):
            keep(self.unit, self.unpacked("out"))
        keep(self.unit, self.answers)
        with self.clocks.timed(STAGES[2]):
            self.pack("back", rows_of(self.unit, len(self.findings)), self.photos)
            mark(self.unit, len(self.findings), "已上报")
        with self.clocks.timed(STAGES[3]):
            keep(self.county, self.unpacked("back"))
            mark(self.county, 0, "待核查")

    def pack(self, name: str, rows: list, files: list[Path]) -> None:
        path = self.root / name
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("records", json.dumps(rows), zipfile.ZIP_DEFLATED)
            for file in files:
                archive.write(file, file.name)
        sync(path)

    def unpacked(self, name: str) -> list:
        with zipfile.ZipFile(self.root / name) as archive:
            for member in archive.namelist()[1:]:
                kept = Path(archive.extract(member, self.root / "files"))
                if self.synced:
                    sync(kept)
            return json.loads(archive.read("records"))


def told(row) -> tuple:
    return row.table, row.uuid, row.version, msgspec.json.encode(row.values).decode()


def database(path: Path) -> sqlite3.Connection:
    made = sqlite3.connect(path)
    made.execute("PRAGMA journal_mode=WAL")
    made.execute("PRAGMA synchronous=FULL")
    made.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, tab, uuid UNIQUE, version, vals, status)")
    made.execute("CREATE TABLE log (id INTEGER PRIMARY KEY, tab, uuid, version, vals)")
    made.execute("CREATE INDEX log_uuid ON log (uuid)")
    return made


def keep(base: sqlite3.Connection, rows: list) -> None:
    for table in ("row", "log"):
        base.executemany(f"INSERT INTO {table} (tab, uuid, version, vals) VALUES (?,?,?,?)", rows)
    base.commit()


def rows_of(base: sqlite3.Connection, after: int) -> list:
    return base.execute("SELECT tab, uuid, version, vals FROM row WHERE id > ?", (after,)).fetchall()


def mark(base: sqlite3.Connection, after: int, status: str) -> None:
    """Say of every feedback that it left, or of every problem that it was answered."""
    rows = base.execute("SELECT tab, uuid, version, id FROM row WHERE id > ? AND tab != 'attachment'", (after,))
    marked = [row for row in rows if row[0] == ("feedback" if after else "finding")]
    base.executemany("UPDATE row SET status = ?, version = version + 1 WHERE id = ?", [(status, r[3]) for r in marked])
    log = [(*row[:3], json.dumps({"status": status})) for row in marked]
    base.executemany("INSERT INTO log (tab, uuid, version, vals) VALUES (?,?,?,?)", log)
    base.commit()


def sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def report(mine: Clocks, floor: Clocks, bare: Clocks) -> None:
    say(f"{'':<28}{'CPU':>8}{'floor':>8}{'wall':>9}{'floor':>8}{'peak MB':>10}")
    for stage in STAGES:
        seconds = f"{mine.cpu[stage]:8.2f}{floor.cpu[stage]:8.2f}{mine.wall[stage]:9.2f}{floor.wall[stage]:8.2f}"
        say(f"{stage:<28}{seconds}{mine.peak[stage] / 1e6:10.0f}")
    (cpu, wall), (floor_cpu, floor_wall), (_, bare_wall) = mine.total(), floor.total(), bare.total()
    say(f"{'out and back':<28}{cpu:8.2f}{floor_cpu:8.2f}{wall:9.2f}{floor_wall:8.2f}")
    say(f"{wall / floor_wall:.1f} times the wall of plain zip and SQLite, {cpu / floor_cpu:.1f} times its CPU;")
    say(f"{wall / bare_wall:.1f} times its wall were photos not made durable")


def main(findings: int = 5000, photos: int = 2000, kilobytes: int = 300, rounds: int = 3) -> None:
    mine, floor, bare = Clocks(), Clocks(), Clocks()
    for _ in range(rounds):
        root = Path(tempfile.mkdtemp(dir=os.environ.get("BENCH_DIR")))
        try:
            county = ours(root, mine, findings, photos, kilobytes << 10)
            Plain(county, root / "floor", floor, synced=True).run()
            Plain(county, root / "bare", bare, synced=False).run()
            county.close()
        finally:
            shutil.rmtree(root)
    report(mine, floor, bare)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
