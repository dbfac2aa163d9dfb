"""Trouble with the disk is a sentence wherever it strikes; a fault of ours stays one."""

import shutil
import sqlite3

import pytest

from models.actions import records
from models.actions.work import Desk
from models.errors import Refusal
from models.records import Unit
from models.store import disk
from models.store.connection import connect
from models.store.engine import Store


def test_a_folder_that_is_gone_cannot_be_read(folder):
    shutil.rmtree(folder.root)
    with pytest.raises(sqlite3.OperationalError) as told:
        connect(folder.database, read_only=True)
    found = disk.refusal(told.value)
    assert found is not None
    assert found.sentence == "数据文件夹打不开。请检查磁盘或 U 盘是否还在，然后再试。"


def test_a_mistake_in_sql_is_no_trouble_with_the_disk(folder):
    with pytest.raises(sqlite3.OperationalError) as told:
        connect(folder.database).execute("SELECT nothing")
    assert disk.refusal(told.value) is None
    assert disk.refusal(ValueError()) is None


def test_a_store_whose_file_is_gone_says_so_and_goes_on_when_it_is_back(folder, tmp_path):
    store = Store(folder)
    store.engine.dispose()
    shutil.move(folder.root, tmp_path / "拔下")
    with pytest.raises(Refusal, match="没有保存"):
        records.create(Desk(store), Unit, {"name": "柳河镇", "kind": "乡镇"})
    with pytest.raises(Refusal, match="打不开。"), store.session() as session:
        session.connection()
    shutil.move(tmp_path / "拔下", folder.root)
    records.create(Desk(store), Unit, {"name": "柳河镇", "kind": "乡镇"})
    store.close()


def test_an_upgrade_without_room_is_a_sentence(folder, monkeypatch):
    def full(*_):
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr("models.store.schema.ensure", full)
    with pytest.raises(Refusal, match="磁盘已满，没有打开。"):
        Store(folder)
