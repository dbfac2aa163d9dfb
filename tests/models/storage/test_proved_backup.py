"""A backup is proved or says what it lacks; a restore brings what is sound and says what is not."""

import datetime as dt
import fcntl
import io
import json
import zipfile
from contextlib import closing

import pytest

from models.errors import Refusal
from models.queries.integrity import check
from models.records import Attachment, Office, Unit
from models.services import attachments, records
from models.storage import archive, backup, durable_files
from models.storage import attachments as files
from models.storage.connection import connect
from models.storage.data_folder import DataFolder

NOW = dt.datetime(2022, 3, 16, 17, 2, 3)
PHOTOS = {"甲.txt": b"first photo", "乙.txt": b"second photo", "丙.txt": b"third photo"}


@pytest.fixture
def office(workspace):
    """An office with three files; the folder is closed."""
    records.create(
        workspace, Office, {"role": "county", "name": "云水县疫情防控指挥部办公室", "short_name": "县防控办"}
    )
    unit = records.create(workspace, Unit, {"name": "柳河镇", "kind": "乡镇"}).id
    for name, content in PHOTOS.items():
        with workspace.reading() as session:
            attachments.attach(workspace, session.get(Unit, unit), content, name)
    workspace.store.close()
    return workspace.store.folder


def place(folder, name):
    with closing(connect(folder.database, read_only=True)) as connection:
        (sha256,) = connection.execute("SELECT sha256 FROM attachment WHERE name = ?", (name,)).fetchone()
    return files.path_of(folder, sha256)


def one_byte(path):
    content = bytearray(path.read_bytes())
    content[3] ^= 1
    path.write_bytes(content)


def lacking(contents):
    return {one.name: one.state for one in contents.lacking}


@pytest.fixture
def torn(office):
    """One file is rotten, another is gone."""
    one_byte(place(office, "甲.txt"))
    place(office, "乙.txt").unlink()
    return office


def test_a_backup_says_what_is_missing_and_what_is_rotten(torn, tmp_path):
    held = backup.describe(backup.pack(torn, tmp_path / "备份.dcb", NOW))
    assert lacking(held) == {"甲.txt": "已损坏", "乙.txt": "丢失"}
    assert held.attachments == 1


def test_a_whole_one_lacks_nothing(office, tmp_path):
    held = backup.describe(backup.pack(office, tmp_path / "备份.dcb", NOW))
    assert (held.lacking, held.attachments) == ((), 3)


def test_a_restore_brings_what_is_sound_and_lists_the_rest(torn, tmp_path):
    made = backup.pack(torn, tmp_path / "备份.dcb", NOW)
    other = DataFolder(tmp_path / "新电脑")
    assert lacking(backup.prove(other, made)) == {"甲.txt": "已损坏", "乙.txt": "丢失"}
    assert not other.database.exists()
    held = backup.restore(other, made, NOW)
    assert lacking(held) == {"甲.txt": "已损坏", "乙.txt": "丢失"}
    assert place(other, "丙.txt").read_bytes() == PHOTOS["丙.txt"]
    assert [path.name for path in other.attachments.rglob("tmp*")] == []
    assert len(check(other)) == 2


def test_what_lies_sound_on_this_computer_is_not_lacking(torn, tmp_path):
    made = backup.pack(torn, tmp_path / "备份.dcb", NOW)
    place(torn, "甲.txt").write_bytes(PHOTOS["甲.txt"])
    assert lacking(backup.prove(torn, made)) == {"乙.txt": "丢失"}


def test_a_snapshot_whose_files_are_gone_says_so_before_and_after(torn):
    made = backup.snapshot(torn, "退出", NOW)
    assert lacking(backup.prove(torn, made)) == lacking(backup.restore(torn, made, NOW)) == {
        "甲.txt": "已损坏", "乙.txt": "丢失",
    }  # fmt: skip


def test_an_incomplete_backup_never_takes_a_whole_one_s_place(office, tmp_path):
    whole = backup.pack(office, tmp_path / "备份.dcb", NOW)
    one_byte(place(office, "甲.txt"))
    second = backup.pack(office, whole, NOW + dt.timedelta(days=1))
    assert second.name == "备份_不完整.dcb"
    assert backup.describe(whole).lacking == ()
    assert lacking(backup.describe(second)) == {"甲.txt": "已损坏"}
    place(office, "甲.txt").write_bytes(PHOTOS["甲.txt"])
    assert backup.pack(office, whole, NOW) == whole


def as_version_1_0_0(made, *, rotten=False):
    """The file as the first release wrote it: what was missing is left out, and nothing says so."""
    with zipfile.ZipFile(made) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    manifest = json.loads(members["manifest.json"])
    gone = {sha256 for sha256, _name, state in manifest.pop("lacking") if state == "丢失"}
    members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(made, "w") as packed:
        for name, content in members.items():
            if name.removeprefix(archive.FILES) not in gone:
                packed.writestr(name, content)


def test_a_backup_of_the_first_release_is_restored_and_what_it_lacks_told(torn, tmp_path):
    made = backup.pack(torn, tmp_path / "备份.dcb", NOW)
    as_version_1_0_0(made)
    assert [one.state for one in backup.describe(made).lacking] == ["丢失"]
    other = DataFolder(tmp_path / "新电脑")
    assert lacking(backup.prove(other, made)) == {"甲.txt": "已损坏", "乙.txt": "丢失"}
    assert lacking(backup.restore(other, made, NOW)) == {"甲.txt": "已损坏", "乙.txt": "丢失"}
    assert place(other, "丙.txt").read_bytes() == PHOTOS["丙.txt"]


def test_a_backup_that_rotted_on_its_stick_brings_the_rest(office, tmp_path):
    made = backup.pack(office, tmp_path / "备份.dcb", NOW)
    content = made.read_bytes()
    made.write_bytes(content.replace(PHOTOS["乙.txt"], b"second pHoto"))
    assert made.read_bytes() != content
    other = DataFolder(tmp_path / "新电脑")
    assert lacking(backup.restore(other, made, NOW)) == {"乙.txt": "已损坏"}
    assert sum(path.is_file() for path in other.attachments.rglob("*")) == 2


def test_what_does_not_come_back_from_the_disk_is_no_backup(office, tmp_path, monkeypatch):
    def rot(path):
        content = path.read_bytes()
        path.write_bytes(content.replace(PHOTOS["乙.txt"], b"second pHoto"))

    monkeypatch.setattr(durable_files, "sync", rot)
    with pytest.raises(Refusal, match="核对"):
        backup.pack(office, tmp_path / "U 盘.dcb", NOW)
    assert not list(tmp_path.glob("*.dcb*"))
    assert not list(tmp_path.glob(".*.dcb*"))


def test_the_next_backup_clears_what_a_killed_one_left_and_nothing_else(office, tmp_path):
    stick = tmp_path / "U 盘"
    stick.mkdir()
    left = [".备份.dcb.12ab34cd", ".备份.dcb.12ab34cd.db", ".备份.dcb.12ab34cd.db-journal", ".备份.dcb.db"]
    busy = [".别的.dcb.00ab34cd", ".别的.dcb.00ab34cd.db"]
    others = ["备份.dcb", ".备份.dcb.txt", "说明.txt"]
    for name in (*left, *busy, *others):
        (stick / name).write_bytes(b"x")
    with (stick / busy[0]).open("rb+") as writer:
        fcntl.flock(writer, fcntl.LOCK_EX)
        backup.pack(office, stick / "新.dcb", NOW)
    assert {path.name for path in stick.iterdir()} == {*busy, *others, "新.dcb"}


def test_a_sector_the_disk_cannot_read_is_a_damaged_file(office, tmp_path, monkeypatch):
    bad = place(office, "甲.txt")
    whole = type(bad).open

    def failing(path, *args, **more):
        if path == bad:

            class Sector(io.BytesIO):
                def read(self, *_):
                    raise OSError(5, "Input/output error")

                readinto = read

            return Sector()
        return whole(path, *args, **more)

    monkeypatch.setattr(type(bad), "open", failing)
    assert lacking(backup.describe(backup.pack(office, tmp_path / "备份.dcb", NOW))) == {"甲.txt": "已损坏"}


@pytest.mark.parametrize(
    "manifest",
    [b"[]", b"null", b"{}", b'{"format": "x"}', b"\xff\xfe", b"[" * 100_000, b'{"format": 1, "attachments": [1]}'],
)
def test_a_manifest_of_any_shape_is_a_sentence(office, tmp_path, manifest):
    made = backup.pack(office, tmp_path / "备份.dcb", NOW)
    with zipfile.ZipFile(made) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(made, "w") as packed:
        for name, content in {**members, "manifest.json": manifest}.items():
            packed.writestr(name, content)
    with pytest.raises(Refusal, match="不是督查通的备份文件"):
        backup.describe(made)


def test_a_rotten_file_is_told_by_name_when_the_data_are_checked(torn):
    assert check(torn) == ["附件“乙.txt”丢失。", "附件“甲.txt”已损坏。"]


def test_the_same_file_twice_is_one(workspace):
    with workspace.writing("试") as work:
        unit = records.add(work, Unit, {"name": "柳河镇", "kind": "乡镇"})
    for name in ("一.txt", "二.txt"):
        attachments.attach(workspace, unit, b"same", name)
    with workspace.reading() as session:
        assert len({one.sha256 for one in session.query(Attachment)}) == 1
    place(workspace.store.folder, "一.txt").unlink()
    assert check(workspace.store.folder) == ["附件“一.txt”丢失。"]
