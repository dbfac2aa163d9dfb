"""A data folder of every released schema opens in today's program, by the way a clerk's own would."""

import datetime as dt
from pathlib import Path

import pytest
from stored import kept, tell, unpack, without_updates

from models.queries.integrity import check
from models.records import Finding
from models.services import records
from models.services.unit_of_work import Workspace
from models.storage import backup, schema
from models.storage.data_folder import DataFolder
from models.storage.engine import Store

NOW = dt.datetime(2026, 3, 16, 9, 30)
MAKE = "python tests/models/storage/stored.py"


def test_every_schema_so_far_is_kept():
    versions = sorted((schema.MIGRATIONS / "versions").glob("[0-9]*.py"))
    names = [f"schema_{path.name[:4]}.zip" for path in versions]
    assert [path.name for path in kept()] == names, f"the newest is made by: {MAKE}"


@pytest.mark.parametrize("stored", kept(), ids=lambda path: path.stem)
def test_it_opens_and_says_what_it_said(stored: Path, tmp_path: Path):
    folder, told = unpack(stored, tmp_path / "旧 数据")
    found = schema.revision(folder.database)
    workspace = Workspace(Store(folder))
    assert without_updates(workspace, tell(workspace)) == told, (
        f"while a schema is not released its folder may be made anew: {MAKE}"
    )
    finding = records.create(workspace, Finding, {"fact": "升级后新增", "source_level": "县"}).id
    with workspace.reading() as session:
        assert session.get_one(Finding, finding).serial
    workspace.store.close()
    assert check(folder) == []
    before = [path for path in backup.snapshots(folder) if backup.BEFORE_UPGRADE in path.name]
    assert len(before) == (found != schema.HEAD)


@pytest.mark.parametrize("stored", kept(), ids=lambda path: path.stem)
def test_a_backup_made_then_is_restored_now(stored: Path, tmp_path: Path):
    old, told = unpack(stored, tmp_path / "旧 数据")
    packed = backup.pack(old, tmp_path / "旧电脑", NOW)
    fresh = DataFolder(tmp_path / "新电脑")
    backup.restore(fresh, packed, NOW)
    workspace = Workspace(Store(fresh))
    held = without_updates(workspace, tell(workspace))
    workspace.store.close()
    assert {**held, "files": told["files"]} == told
    assert all(held["files"].values())
    assert check(fresh) == []
