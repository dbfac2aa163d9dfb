"""kill -9 at random moments: what was confirmed is there, nothing is half there."""

import datetime as dt
import random
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from killing import confirm, killed, rows

from models.records import Unit
from models.services import records
from models.services.unit_of_work import Workspace
from models.storage import backup, schema
from models.storage.data_folder import DataFolder
from models.storage.engine import Store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 needs fork, which Windows has not")
NOW = dt.datetime(2022, 3, 16, 9, 30)


def kill_writes(folder: DataFolder, seed: int) -> int:
    """Operations that write two units each; returns how many were confirmed."""
    start = rows(folder, "SELECT coalesce(max(CAST(substr(name, 2) AS INTEGER)), -1) + 1 FROM unit")[0][0]

    def work(pipe: int) -> None:
        workspace = Workspace(Store(folder), "王晓燕")
        for number in range(start, start + 10_000):
            with workspace.writing(f"第 {number} 次") as job:
                for half in "甲乙":
                    records.add(job, Unit, {"name": f"{half}{number}", "kind": "乡镇"})
            confirm(pipe, number)

    confirmed = killed(work, random.Random(seed).uniform(0.03, 0.25))
    assert schema.is_sound(folder.database)
    names = {name for (name,) in rows(folder, "SELECT name FROM unit")}
    assert {f"{half}{n}" for n in confirmed for half in "甲乙"} <= names
    halves = [{int(name[1:]) for name in names if name[0] == half} for half in "甲乙"]
    assert halves[0] == halves[1]
    logged = rows(folder, "SELECT count(*) FROM change WHERE \"table\" = 'unit'")[0][0]
    assert logged == len(names)
    return len(confirmed)


def kill_backup(folder: DataFolder, target: Path, seed: int) -> None:
    """Backups and snapshots, again and again."""

    def work(pipe: int) -> None:
        for number in range(10_000):
            backup.pack(folder, target / "备份.dcb", NOW)
            backup.snapshot(folder, "每日", NOW + dt.timedelta(seconds=number))
            confirm(pipe, number)

    confirmed = killed(work, random.Random(seed).uniform(0.005, 0.12))
    made = target / "备份.dcb"
    if confirmed or made.exists():
        assert backup.describe(made).counts["unit"] == 2
    assert len(backup.snapshots(folder)) >= len(confirmed)
    for path in backup.snapshots(folder):
        assert schema.is_sound(path)
        path.unlink()


def kill_migration(root: Path, seed: int) -> None:
    """A first start, killed while the schema is made."""
    shutil.rmtree(root, ignore_errors=True)
    folder = DataFolder(root)

    def work(pipe: int) -> None:
        Store(folder).close()
        confirm(pipe, 1)

    killed(work, random.Random(seed).uniform(0.005, 0.4))
    if folder.database.exists():
        assert schema.revision(folder.database) == schema.HEAD
    Store(folder).close()
    assert schema.is_ours(folder.database)


def kill_restore(folder: DataFolder, source: Path, seed: int) -> None:
    """A restore, killed: either the old data or the restored ones, whole."""

    def work(pipe: int) -> None:
        backup.restore(folder, source, NOW + dt.timedelta(seconds=seed))
        confirm(pipe, 1)

    killed(work, random.Random(seed).uniform(0.005, 0.2))
    assert schema.is_ours(folder.database)
    names = sorted(name for (name,) in rows(folder, "SELECT name FROM unit"))
    assert names in (["一", "二"], ["三"])


@pytest.fixture
def two_units(folder):
    store = Store(folder)
    for name in ("一", "二"):
        records.create(Workspace(store), Unit, {"name": name, "kind": "乡镇"})
    store.close()
    return folder


def test_writes_survive_a_few_kills(folder):
    assert sum(kill_writes(folder, seed) for seed in range(10)) > 0


def test_backups_survive_a_few_kills(two_units, tmp_path):
    for seed in range(5):
        kill_backup(two_units, tmp_path, seed)


def test_a_first_start_survives_a_few_kills(tmp_path):
    import alembic.command  # noqa: F401 - so that the children need not import it

    for seed in range(4):
        kill_migration(tmp_path / "数据", seed)


def test_a_restore_survives_a_few_kills(two_units, tmp_path):
    source = backup.pack(two_units, tmp_path / "原.dcb", NOW)
    for seed in range(5):
        _reset_to_three(two_units)
        kill_restore(two_units, source, seed)


def _reset_to_three(folder: DataFolder) -> None:
    with closing(sqlite3.connect(folder.database)) as connection:
        connection.execute("DELETE FROM unit WHERE id > 1")
        connection.execute("UPDATE unit SET name = '三'")
        connection.commit()


@pytest.mark.full
def test_writes_survive_a_thousand_kills(folder):
    confirmed = sum(kill_writes(folder, seed) for seed in range(1000))
    assert confirmed >= 1000


@pytest.mark.full
def test_backups_survive_a_hundred_kills(two_units, tmp_path):
    for seed in range(100):
        kill_backup(two_units, tmp_path, seed)


@pytest.mark.full
def test_first_starts_survive_fifty_kills(tmp_path):
    import alembic.command  # noqa: F401 - so that the children need not import it

    for seed in range(50):
        kill_migration(tmp_path / "数据", seed)


@pytest.mark.full
def test_restores_survive_a_hundred_kills(two_units, tmp_path):
    source = backup.pack(two_units, tmp_path / "原.dcb", NOW)
    for seed in range(100):
        _reset_to_three(two_units)
        kill_restore(two_units, source, seed)
