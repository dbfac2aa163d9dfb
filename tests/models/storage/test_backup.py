"""Backups that hold, damage that is recognised, restores that start a new epoch."""

import datetime as dt
import os
import shutil
import sqlite3
import threading
import zipfile
from contextlib import closing

import pytest
from sqlalchemy import select

from models.errors import Refusal
from models.records import Attachment, Office, Unit
from models.services import attachments, records
from models.services.unit_of_work import Workspace
from models.storage import attachments as files
from models.storage import backup, schema
from models.storage.data_folder import DataFolder
from models.storage.engine import Store

NOW = dt.datetime(2022, 3, 16, 17, 2, 3)


@pytest.fixture
def office(workspace):
    values = {"role": "county", "name": "云水县疫情防控指挥部办公室", "short_name": "县防控办", "epoch": "first"}
    records.create(workspace, Office, values)
    unit = records.create(workspace, Unit, {"name": "柳河镇", "kind": "乡镇"}).id
    with workspace.reading() as session:
        attachments.attach(workspace, session.get(Unit, unit), b"photo", "照片.txt")
    return workspace


def units(folder):
    with closing(sqlite3.connect(folder.database)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM unit ORDER BY id")]


def test_a_backup_is_the_whole_office(office, folder, tmp_path):
    stick = tmp_path / "U 盘"
    stick.mkdir()
    made = backup.pack(folder, stick / "备份", NOW)
    assert made.suffix == ".dcb"
    held = backup.describe(made)
    assert (held.office, held.counts["unit"], held.attachments) == ("云水县疫情防控指挥部办公室", 1, 1)
    other = DataFolder(tmp_path / "新电脑")
    backup.restore(other, made, NOW)
    store = Store(other)
    with store.session() as session:
        assert session.scalars(select(Unit.name)).all() == ["柳河镇"]
        assert session.scalar(select(Office.epoch)) not in ("", "first")
        assert files.sound(other, session.scalar(select(Attachment.sha256)))
    store.close()


def test_a_restore_keeps_the_present_first(office, folder):
    made = backup.snapshot(folder, "退出", NOW)
    records.create(office, Unit, {"name": "新桥镇", "kind": "乡镇"})
    office.store.close()
    backup.restore(folder, made, NOW + dt.timedelta(hours=1))
    assert units(folder) == ["柳河镇"]
    kept = next(p for p in backup.snapshots(folder) if "恢复前" in p.name)
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT count(*) FROM unit").fetchone() == (2,)


def zeroed_page(path):
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\0" * 4096)


def truncated(path):
    os.truncate(path, path.stat().st_size // 2)


def flipped_header(path):
    with path.open("r+b") as file:
        file.write(b"NOT a database!!")


def emptied(path):
    os.truncate(path, 0)


def foreign(path):
    path.write_bytes(b"PK\x03\x04" + b"x" * 5000)


def other_database(path):
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE x (y)")


def one_byte(path):
    with path.open("r+b") as file:
        file.seek(18)
        file.write(b"\xff\xff")


def page_size(path):
    with path.open("r+b") as file:
        file.seek(16)
        file.write(b"\x00\x07")


def noise(path):
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(4096 * 4))


def schema_text(path):
    content = path.read_bytes().replace(b"CREATE TABLE unit", b"CREATE TABEL unit")
    path.write_bytes(content)


DAMAGES = [zeroed_page, truncated, flipped_header, foreign, one_byte, page_size, noise, schema_text]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda d: d.__name__)
def test_damage_is_recognised_and_never_overwrites_a_sound_backup(office, folder, damage):
    sound = backup.snapshot(folder, "退出", NOW)
    office.store.close()
    damage(folder.database)
    assert not schema.is_sound(folder.database)
    with pytest.raises(schema.Damaged):
        backup.snapshot(folder, "每日", NOW + dt.timedelta(hours=1))
    assert backup.snapshots(folder) == [sound]
    assert backup.newest_sound(folder) == sound
    backup.restore(folder, sound, NOW + dt.timedelta(hours=2))
    assert units(folder) == ["柳河镇"]
    assert list(folder.root.glob("duchatong.damaged-*.db"))


@pytest.mark.parametrize("damage", [emptied, other_database], ids=lambda d: d.__name__)
def test_a_file_that_is_no_office_is_recognised(office, folder, damage):
    backup.snapshot(folder, "退出", NOW)
    office.store.close()
    damage(folder.database)
    assert not schema.is_ours(folder.database)
    with pytest.raises(schema.Damaged):
        Store(folder)


def test_a_deleted_wal_loses_nothing_that_was_folded_in(office, folder):
    office.store.close()
    for path in folder.root.glob("*-wal"):
        path.unlink()
    assert schema.is_sound(folder.database)
    assert units(folder) == ["柳河镇"]


@pytest.mark.parametrize("damage", ["truncated", "not a zip", "no database", "newer", "swapped"])
def test_a_damaged_backup_is_refused_and_changes_nothing(office, folder, tmp_path, damage):
    made = backup.pack(folder, tmp_path / "备份.dcb", NOW)
    if damage == "truncated":
        os.truncate(made, made.stat().st_size // 2)
    elif damage == "not a zip":
        made.write_bytes(b"hello")
    else:
        with zipfile.ZipFile(made) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        if damage == "no database":
            del members["duchatong.db"]
        if damage == "newer":
            members["manifest.json"] = members["manifest.json"].replace(b'"format": 1', b'"format": 9')
        if damage == "swapped":
            members["duchatong.db"] = members["duchatong.db"][:-1] + b"?"
        with zipfile.ZipFile(made, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
    office.store.close()
    with pytest.raises(Refusal):
        backup.restore(folder, made, NOW)
    assert units(folder) == ["柳河镇"]
    assert not list(folder.root.glob(".restore*"))


def test_a_backup_taken_while_the_program_writes_is_a_state_that_existed(folder, tmp_path):
    store = Store(folder)
    workspace = Workspace(store)
    stop = threading.Event()

    def write():
        number = 0
        while not stop.is_set():
            with workspace.writing("成对新增") as work:
                for half in "甲乙":
                    records.add(work, Unit, {"name": f"{half}{number}", "kind": "乡镇"})
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [backup.pack(folder, tmp_path / f"{i}.dcb", NOW) for i in range(5)]
    finally:
        stop.set()
        writer.join()
    store.close()
    for path in made:
        held = backup.describe(path)
        assert held.counts["unit"] % 2 == 0


def test_a_backup_to_a_vanished_stick_is_a_sentence(office, folder, tmp_path):
    with pytest.raises(Refusal, match="U 盘"):
        backup.pack(folder, tmp_path / "不在" / "备份.dcb", NOW)


def test_a_newer_data_folder_is_refused_with_a_sentence(folder):
    with closing(sqlite3.connect(folder.database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num='9999'")
        connection.commit()
    with pytest.raises(Refusal, match="更新版本"):
        Store(folder)


def test_an_older_one_is_backed_up_before_it_is_migrated(tmp_path):
    database = tmp_path / "old.db"
    schema.migrate(database, "0001")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE alembic_version SET version_num='0000'")
        connection.commit()
    asked = []

    def stop(found):
        asked.append(found)
        raise Refusal("停")

    with pytest.raises(Refusal, match="停"):
        schema.ensure(database, stop)
    assert asked == ["0000"]


def test_head_is_the_newest_migration():
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == schema.HEAD


def test_the_migrations_make_what_the_records_say(store):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from models.records import Base

    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        found = compare_metadata(context, Base.metadata)
    assert [d for d in found if "finding_search" not in str(d)] == []


def test_attachments_are_kept_once_and_damage_is_seen(office, folder):
    with office.reading() as session:
        unit = session.scalars(select(Unit)).one()
    attachments.attach(office, unit, b"photo", "又一次.txt")
    with office.reading() as session:
        (first, second) = attachments.of(session, [unit])
    assert first.sha256 == second.sha256
    path = files.path_of(folder, first.sha256)
    assert path.read_bytes() == b"photo"
    path.write_bytes(b"photo?")
    assert not files.sound(folder, first.sha256)
    shutil.rmtree(folder.attachments)
    assert not files.sound(folder, first.sha256)
