"""Recovery never needs the broken file: whatever became of it, the newest sound backup takes its place."""

import datetime as dt
import shutil
import sqlite3
from contextlib import closing

import pytest

from models.errors import Refusal
from models.records import Unit
from models.services import records
from models.services.unit_of_work import Workspace
from models.storage import backup, proof, schema
from models.storage.connection import connect
from models.storage.data_folder import DataFolder
from models.storage.engine import Store

NOW = dt.datetime(2022, 3, 16, 17, 2, 3)


@pytest.fixture
def office(workspace):
    """An office with a unit and a snapshot of it; the folder is closed."""
    records.create(workspace, Unit, {"name": "柳河镇", "kind": "乡镇"})
    workspace.store.close()
    backup.snapshot(workspace.store.folder, "退出", NOW)
    return workspace.store.folder


def units(folder):
    with closing(connect(folder.database, read_only=True)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM unit ORDER BY id")]


def patched(path, old, new):
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))


def header(offset, value):
    def harm(folder):
        content = bytearray(folder.database.read_bytes())
        content[offset] = value
        folder.database.write_bytes(content)

    return harm


def schema_is_no_text(folder):
    patched(folder.database, b"CREATE TABLE unit", b"CREATE TABLE un\xfft")


def column_is_no_text(folder):
    patched(folder.database, b"short_name", b"short\xffname")


def column_has_another_name(folder):
    patched(folder.database, b"short_name", b"shart_name")


def missing(folder):
    folder.database.unlink()


def empty(folder):
    folder.database.write_bytes(b"")


def of_another_program(folder):
    missing(folder)
    with closing(sqlite3.connect(folder.database)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num)")
        connection.execute("INSERT INTO alembic_version VALUES ('a1b2')")
        connection.commit()


def row_is_no_text(folder):
    patched(folder.database, "柳河镇".encode(), "柳河镇".encode()[:-1] + b"\xff")


HARMS = {
    "version read": header(19, 5), "version written": header(18, 5), "page size": header(16, 7),
    "encoding": header(59, 2), "magic": header(0, 0), "schema": schema_is_no_text, "column": column_is_no_text,
    "renamed": column_has_another_name, "missing": missing, "empty": empty, "another": of_another_program,
}  # fmt: skip


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_whatever_became_of_the_file_the_newest_backup_takes_its_place(office, harm):
    harm(office)
    assert not proof.is_proved(office.database)
    with pytest.raises(schema.Damaged):
        store = Store(office)
        try:
            Workspace(store).office()
            with store.session() as session:
                session.query(Unit).all()
        finally:
            store.close()
    newest = backup.newest_sound(office)
    backup.restore(office, newest, NOW + dt.timedelta(hours=1))
    assert units(office) == ["柳河镇"]
    assert proof.is_proved(office.database)


def test_a_row_that_is_no_text_is_damage_and_not_our_fault(office):
    row_is_no_text(office)
    store = Store(office)
    with pytest.raises(schema.Damaged), store.session() as session:
        session.query(Unit).all()
    store.close()
    assert not proof.is_proved(office.database)


def test_a_snapshot_with_the_same_damage_is_not_the_newest_sound_one(office):
    row_is_no_text(office)
    later = backup.snapshot(office, "退出", NOW + dt.timedelta(hours=1))
    assert later == backup.snapshots(office)[0]
    assert backup.newest_sound(office) == backup.snapshots(office)[1]


@pytest.fixture
def foreign_log(tmp_path, pristine):
    """The log of another office's database that was killed while it wrote; a folder holding it."""
    other = DataFolder(tmp_path / "别处")
    shutil.copytree(pristine, other.root)
    store = Store(other)
    for number in range(40):
        records.create(Workspace(store), Unit, {"name": f"外县 {number} 镇", "kind": "乡镇"})
    kept = tmp_path / "日志"
    kept.mkdir()
    for suffix in ("-wal", "-shm"):
        shutil.copyfile(f"{other.database}{suffix}", kept / f"duchatong.db{suffix}")
    store.close()
    return kept


def put_log(foreign_log, folder):
    for path in foreign_log.iterdir():
        shutil.copyfile(path, folder.root / path.name)


def test_a_log_of_another_database_is_not_played_into_a_new_one(foreign_log, tmp_path):
    fresh = DataFolder(tmp_path / "新")
    fresh.prepare()
    put_log(foreign_log, fresh)
    Store(fresh).close()
    assert units(fresh) == []
    assert proof.is_proved(fresh.database)
    assert len(list(fresh.root.glob("duchatong.damaged-*-wal"))) == 1


def test_nor_into_one_that_is_restored(foreign_log, office):
    office.database.unlink()
    put_log(foreign_log, office)
    with pytest.raises(schema.Damaged, match="自动备份还在"):
        Store(office)
    backup.restore(office, backup.newest_sound(office), NOW)
    assert units(office) == ["柳河镇"]
    assert proof.is_proved(office.database)
    assert list(office.root.glob("duchatong.damaged-*-wal"))


def test_an_older_log_does_not_take_back_what_came_after(folder, tmp_path):
    store = Store(folder)
    id_ = records.create(Workspace(store), Unit, {"name": "柳河镇", "kind": "乡镇"}).id
    stale = tmp_path / "旧日志"
    stale.mkdir()
    for suffix in ("-wal", "-shm"):
        shutil.copyfile(f"{folder.database}{suffix}", stale / f"duchatong.db{suffix}")
    for number in range(9):
        records.update(Workspace(store), Unit, id_, None, {"name": f"柳河 {number} 镇"})
    store.close()
    put_log(stale, folder)
    again = Store(folder)
    assert "不属于它的日志" in again.news
    again.close()
    assert units(folder) == ["柳河 8 镇"]


def test_nor_into_one_that_has_data(foreign_log, office):
    put_log(foreign_log, office)
    store = Store(office)
    assert "不属于它的日志" in store.news
    store.close()
    assert units(office) == ["柳河镇"]


def test_one_s_own_log_is_played(folder):
    store = Store(folder)
    records.create(Workspace(store), Unit, {"name": "柳河镇", "kind": "乡镇"})
    copy = folder.root.with_name("断电")
    shutil.copytree(folder.root, copy)
    store.close()
    again = Store(DataFolder(copy))
    assert again.news == ""
    again.close()
    assert units(DataFolder(copy)) == ["柳河镇"]


def test_a_new_folder_without_backups_is_founded(tmp_path):
    Store(DataFolder(tmp_path / "新")).close()


def test_a_mistake_of_ours_is_not_called_damage(store, folder):
    with pytest.raises(Exception, match="no such column") as told, store.session() as session:
        session.connection().exec_driver_sql("SELECT nichts FROM unit")
    assert not isinstance(told.value, Refusal)
    with pytest.raises(UnicodeDecodeError), store.session() as session:
        b"\xff".decode()


def test_half_a_character_is_a_sentence(workspace):
    with pytest.raises(Refusal, match=r"柳河□镇.*残缺的字"):
        records.create(workspace, Unit, {"name": "柳河\ud800镇", "kind": "乡镇"})


def test_a_present_that_cannot_be_copied_is_kept_as_it_is(office):
    column_is_no_text(office)
    backup.restore(office, backup.newest_sound(office), NOW)
    copies = [*office.root.glob("duchatong.damaged-*.db"), *(p for p in backup.snapshots(office) if "恢复前" in p.name)]
    assert any(b"short\xffname" in path.read_bytes() for path in copies)
