"""Trouble with the disk is a sentence wherever it strikes; a fault of ours stays one."""

import datetime as dt
import shutil
import sqlite3

import pytest

from models.errors import Refusal
from models.queries.integrity import check
from models.records import Unit
from models.services import records
from models.services.unit_of_work import Workspace
from models.storage import backup, disk_errors, schema
from models.storage.connection import connect
from models.storage.engine import Store


def test_a_folder_that_is_gone_cannot_be_read(folder):
    shutil.rmtree(folder.root)
    with pytest.raises(sqlite3.OperationalError) as told:
        connect(folder.database, read_only=True)
    found = disk_errors.refusal(told.value)
    assert found is not None
    assert found.sentence == "数据文件夹打不开。请检查磁盘或 U 盘是否还在，然后再试。"


def test_a_mistake_in_sql_is_no_trouble_with_the_disk(folder):
    with pytest.raises(sqlite3.OperationalError) as told:
        connect(folder.database).execute("SELECT nothing")
    assert disk_errors.refusal(told.value) is None
    assert disk_errors.refusal(ValueError()) is None


def test_a_store_whose_file_is_gone_says_so_and_goes_on_when_it_is_back(folder, tmp_path):
    store = Store(folder)
    store.engine.dispose()
    shutil.move(folder.root, tmp_path / "拔下")
    with pytest.raises(Refusal, match="没有保存"):
        records.create(Workspace(store), Unit, {"name": "柳河镇", "kind": "乡镇"})
    with pytest.raises(Refusal, match="打不开。"), store.session() as session:
        session.connection()
    shutil.move(tmp_path / "拔下", folder.root)
    records.create(Workspace(store), Unit, {"name": "柳河镇", "kind": "乡镇"})
    store.close()


def test_an_upgrade_without_room_is_a_sentence(folder, monkeypatch):
    def full(*_):
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr("models.storage.schema.ensure", full)
    with pytest.raises(Refusal, match="磁盘已满，没有打开。"):
        Store(folder)


@pytest.fixture
def unreadable(monkeypatch):
    """A disk on which no database opens, as a full one where WAL's shared memory finds no room."""

    def fails(*_, **__):
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR | (19 << 8)
        raise error

    for room in ("schema", "backup", "snapshots"):
        monkeypatch.setattr(f"models.storage.{room}.connect", fails)
    monkeypatch.setattr("models.queries.integrity.connect", fails)


def test_trouble_with_the_disk_is_never_taken_for_damage(folder, unreadable):
    with pytest.raises(Refusal, match="磁盘不能读写，没有打开。") as told:
        Store(folder)
    assert not isinstance(told.value, schema.Damaged)
    with pytest.raises(Refusal, match="没有写成") as told:
        backup.snapshot(folder, "每日", dt.datetime(2022, 3, 16))
    assert not isinstance(told.value, schema.Damaged)
    assert check(folder) == ["磁盘不能读写，没有检查。请检查磁盘是否已满、U 盘是否还在，然后再试。"]
