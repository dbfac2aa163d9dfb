"""Unsound data is told, each kind in its own sentence."""

import pytest

from models.errors import Refusal
from models.queries.integrity import check
from models.records import Finding, Team
from models.services.office_setup import found_office
from models.services.records import create
from models.storage import schema
from models.storage.connection import connect

FINDING = {"fact": "无人值守", "unit_id": 1, "source_level": "县", "kind": "其他"}


@pytest.fixture
def office(workspace):
    found_office(workspace, {"role": "county", "name": "云岭县防控办", "short_name": "防控办", "county_name": "云岭县"})
    create(workspace, Team, {"name": "第一督查组", "area_ids": [1]})
    create(workspace, Finding, {**FINDING, "found_on": workspace.today})
    workspace.store.close()
    return workspace.store.folder


def test_a_fresh_office_is_sound(office):
    assert check(office) == []


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("UPDATE finding SET found_on = '2022-93-99'", "的“发现日期”读不出来"),
        ("UPDATE team SET area_ids = '[1, 99]'", "“督查范围”里有 1 条单位不存在"),
        ("UPDATE finding SET status = '不明'", "没有这一项"),
        ("UPDATE finding SET status = '待核查'", "现为“待核查”，没有等着核查的反馈"),
        ("UPDATE finding SET status = '已销号'", "没有核查，也不是当场整改或补录"),
        ("UPDATE finding SET rebound_count = 2", "反弹次数是2，回头看里的反弹有0次"),
        ("UPDATE finding SET unit_id = 99", "所指的单位不存在"),
        ("UPDATE unit SET deleted_at = created_at", "所指的单位已被删除"),
        ("DELETE FROM finding_search", "搜索不到"),
        ("UPDATE team SET version = 7", "与操作日志对不上"),
        (
            "INSERT INTO attachment (uuid, origin, version, base_version, created_at, updated_at, owner_table,"
            " owner_uuid, sha256, original_sha256, name, media_type, size, role, description)"
            " SELECT uuid || 'x', '', 0, 0, created_at, updated_at, '', '', 'abc', '', '照片.jpg', '', 0, '', ''"
            " FROM team",
            "附件“照片.jpg”丢失",
        ),
    ],
)
def test_harm_is_told(office, harm, words):
    connection = connect(office.database)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute(harm)
    connection.close()
    assert any(words in sentence for sentence in check(office))


def test_a_missing_database_is_told(tmp_path, folder):
    folder.database.unlink()
    assert "没有找到" in check(folder)[0]


def empty(database):
    database.write_bytes(b"")


def text(database):
    database.write_text("督查问题台账", "utf-8")


def half(database):
    database.write_bytes(database.read_bytes()[:5000])


def of_another_program(database):
    database.unlink()
    connection = connect(database)
    connection.execute("CREATE TABLE note (id INTEGER)")
    connection.close()


def newer(database):
    connection = connect(database)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


@pytest.mark.parametrize("harm", [empty, text, half, of_another_program, newer])
def test_check_says_of_the_file_what_opening_it_says(office, harm):
    """An empty file is damaged for both: to open it once would not help."""
    harm(office.database)
    with pytest.raises(Refusal) as told:
        schema.ensure(office.database)
    assert check(office) == [told.value.sentence]


def test_an_older_database_is_told_to_be_opened_once(office):
    connection = connect(office.database)
    connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.close()
    assert check(office) == ["数据库不是本版程序的格式，请用督查通打开一次。"]
