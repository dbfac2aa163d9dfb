"""An older data folder brought up to the next schema, killed, refused and broken on the way."""

import random
import shutil
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

import alembic.command  # noqa: F401 - so that the children need not import it
import next_schema
import pytest
from killing import confirm, killed, rows
from next_schema import NEXT
from stored import kept, tell, unpack

from models.queries.integrity import check
from models.services.unit_of_work import Workspace
from models.storage import backup, schema
from models.storage.data_folder import DataFolder
from models.storage.engine import Store
from models.storage.lock import FolderLock

OLD = schema.HEAD
kills = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 needs fork, which Windows has not")


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[DataFolder, dict]:
    """The newest stored folder, under a program that knows one schema more."""
    next_schema.install(tmp_path, monkeypatch)
    return unpack(kept()[-1], tmp_path / "旧 数据")


def upgrade(folder: DataFolder) -> None:
    """As a start of the program does it."""
    lock = FolderLock(folder)
    lock.acquire()
    Store(folder).close()
    lock.release()


def snapshots(folder: DataFolder) -> list[Path]:
    return [path for path in backup.snapshots(folder) if path.stem.endswith(backup.BEFORE_UPGRADE)]


def check_whole(folder: DataFolder, told: dict) -> str:
    """The old schema or the new one, with every record; returns which."""
    assert schema.is_sound(folder.database)
    found = schema.revision(folder.database)
    facts = rows(folder, "SELECT status, fact, found_on FROM finding ORDER BY id")
    assert [[status, fact, str(day)] for status, fact, day in facts] == told["findings"]
    columns = {row[1] for row in rows(folder, "PRAGMA table_info(finding)")}
    tables = {row[0] for row in rows(folder, "SELECT name FROM sqlite_master")}
    assert ("fact_length" in columns, "fact" in tables, "_alembic_tmp_finding" in tables) == (
        (found == NEXT), (found == NEXT), False,
    )  # fmt: skip
    if found == NEXT:
        (same,) = rows(
            folder, "SELECT count(*) FROM finding JOIN fact ON finding_id = id WHERE fact_length=length(body)"
        )
        assert same == (len(facts),)
        assert snapshots(folder)
    assert rows(folder, "PRAGMA foreign_key_check") == []
    return found


def test_it_is_backed_up_and_then_migrated(old):
    folder, told = old
    upgrade(folder)
    assert check_whole(folder, told) == NEXT
    (before,) = snapshots(folder)
    assert schema.revision(before) == OLD
    assert check(folder) == []
    store = Store(folder)
    assert tell(Workspace(store)) == told
    store.close()
    assert snapshots(folder) == [before]


def test_a_snapshot_of_the_old_schema_is_restored_and_migrated(old):
    folder, told = old
    upgrade(folder)
    backup.restore(folder, snapshots(folder)[0], next_moment())
    assert check_whole(folder, told) == NEXT


def next_moment():
    import datetime as dt

    return dt.datetime(2030, 1, 1)


def kill_upgrades(old: tuple[DataFolder, dict], root: Path, times: int) -> list[str]:
    """Upgrade copies of the old folder, each killed on its way; returns what each was left at."""
    pristine, told = old
    folder = DataFolder(shutil.copytree(pristine.root, root))
    started = time.monotonic()
    upgrade(folder)
    takes, left = time.monotonic() - started, []

    def work(pipe: int) -> None:
        upgrade(folder)
        confirm(pipe, 1)

    for seed in range(times):
        shutil.rmtree(root)
        shutil.copytree(pristine.root, root)
        confirmed = killed(work, random.Random(seed).uniform(0.005, takes * 2))
        left.append(check_whole(folder, told))
        assert left[-1] == NEXT or not confirmed
        assert all(schema.is_sound(path) and schema.revision(path) == OLD for path in snapshots(folder))
        upgrade(folder)
        assert check_whole(folder, told) == NEXT
        assert not [path for path in folder.backups.iterdir() if path.suffix != ".db"]
        assert check(folder) == []
    return left


@kills
def test_upgrades_survive_a_few_kills(old, tmp_path):
    kill_upgrades(old, tmp_path / "升级", 5)


@kills
@pytest.mark.full
def test_upgrades_survive_fifty_kills(old, tmp_path):
    left = kill_upgrades(old, tmp_path / "升级", 50)
    assert {OLD, NEXT} == set(left)


def test_a_migration_that_breaks_a_reference_changes_nothing(old, tmp_path):
    folder, told = old
    (broken,) = (schema.MIGRATIONS / "versions").glob(f"{NEXT}_*.py")
    text = broken.read_text("utf-8")
    broken.write_text(text + '    op.execute("DELETE FROM unit WHERE id = 2")\n', "utf-8")
    with pytest.raises(sqlite3.IntegrityError):
        upgrade(folder)
    assert check_whole(folder, told) == OLD


def test_without_room_for_the_backup_nothing_is_migrated(old, monkeypatch):
    folder, told = old
    shutil.rmtree(folder.backups, ignore_errors=True)
    folder.backups.write_text("")
    with pytest.raises(backup.Refusal):
        Store(folder)
    folder.backups.unlink()
    with closing(sqlite3.connect(folder.database)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (OLD,)
    assert check_whole(folder, told) == OLD
