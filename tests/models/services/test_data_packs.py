"""A data pack: proven, shown before, the office's own edits win, undone as one."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from models.domain.data_packs import LONGEST, digest, read_pack, sealed
from models.errors import Refusal
from models.queries.lookups import calendar
from models.records import Holiday, Measure, Office, Term
from models.services import data_packs, records, shipped_catalogs, undo
from tests.exporters.composing.paperwork import Bureau, day


@pytest.fixture
def bureau(tmp_path) -> Bureau:
    made = Bureau(tmp_path / "office")
    with made.workspace.writing("建立") as work:
        office = work.session.scalars(select(Office)).one()
        shipped_catalogs.seed(work, office)
    return made


def content(version: str = "2027.1", **tables: Any) -> dict[str, Any]:
    return {
        "format": 1, "name": "法规和节假日", "version": version, "issued_on": "2026-11-29",
        "source": "国务院办公厅关于2027年部分节假日安排的通知", "tables": tables,
    }  # fmt: skip


def pack(version: str = "2027.1", **tables: Any):
    return read_pack(sealed(content(version, **tables)))


NEW_DAY = {"on": "2027-02-14", "name": "春节", "works": True}


def measure(bureau: Bureau, name: str = "警告") -> Measure:
    with bureau.workspace.reading() as session:
        found = session.scalars(select(Measure).where(Measure.name.contains(name), Measure.deleted_at.is_(None)))
        return found.first()


def test_a_pack_is_proven() -> None:
    assert pack(holiday=[NEW_DAY]).version == "2027.1"
    changed = sealed(content(holiday=[NEW_DAY])).replace(b"2027-02-14", b"2027-02-15")
    with pytest.raises(Refusal, match="校验值不符"):
        read_pack(changed)
    for data in (b"", b"{}", b"\xff\xfe", b"[1]", b"[" * 100_000):
        with pytest.raises(Refusal, match="不是法规数据文件"):
            read_pack(data)
    newer = content() | {"format": 2}
    with pytest.raises(Refusal, match="更新的程序"):
        read_pack(json.dumps(newer | {"sha256": digest(newer)}).encode())
    with pytest.raises(Refusal, match="太大"):
        read_pack(b" " * (LONGEST + 1))
    with pytest.raises(Refusal, match="日期读不出来"):
        read_pack(sealed(content() | {"issued_on": "昨天"}))
    bare = content() | {"source": ""}
    with pytest.raises(Refusal, match="内容不全"):
        read_pack(sealed(bare))


def test_rows_are_added_and_values_renewed_and_undone(bureau: Bureau) -> None:
    one = measure(bureau)
    given = pack(holiday=[NEW_DAY], measure=[{"name": one.name, "source": "新法第一条"}])
    with bureau.workspace.reading() as session:
        plan = data_packs.plan(session, given)
    assert [(c.what, c.field) for c in plan.changes] == [("新增", ""), ("更新", "source")]
    data_packs.take(bureau.workspace, given)
    assert measure(bureau, one.name).source == "新法第一条"
    with bureau.workspace.reading() as session:
        assert day(2, 14, 2027) in calendar.load(session).makeup
        latest = undo.latest(session)
    assert latest is not None
    assert latest.deed == "导入法规和节假日数据2027.1版"
    undo.undo(bureau.workspace, latest.operation)
    assert measure(bureau, one.name).source == one.source
    with bureau.workspace.reading() as session:
        assert data_packs.plan(session, given).present == ""


def test_the_office_s_own_edit_wins_and_what_it_deleted_stays_away(bureau: Bureau) -> None:
    one, other = measure(bureau), measure(bureau, "记过")
    bureau.set(Measure, one.id, source="本单位核对过的依据")
    records.delete(bureau.workspace, Measure, [other.id])
    given = pack(measure=[{"name": one.name, "source": "新法第一条"}, {"name": other.name, "source": "新法第二条"}])
    with bureau.workspace.reading() as session:
        plan = data_packs.plan(session, given)
    assert [c.what for c in plan.changes] == ["保留本单位的", "已删去，不加"]
    data_packs.take(bureau.workspace, given)
    assert measure(bureau, one.name).source == "本单位核对过的依据"


def test_a_later_pack_renews_what_an_earlier_one_brought(bureau: Bureau) -> None:
    one = measure(bureau)
    data_packs.take(bureau.workspace, pack(measure=[{"name": one.name, "source": "新法第一条"}], holiday=[NEW_DAY]))
    data_packs.take(bureau.workspace, pack("2027.2", measure=[{"name": one.name, "source": "新法第三条"}]))
    assert measure(bureau, one.name).source == "新法第三条"
    for version in ("2027.2", "2027.1", "2026.12"):
        with pytest.raises(Refusal, match="不用再导入"):
            data_packs.take(bureau.workspace, pack(version, holiday=[NEW_DAY]))
    data_packs.take(bureau.workspace, pack("2027.10", holiday=[NEW_DAY]))


def test_an_opening_after_a_pack_brings_nothing_back(bureau: Bureau) -> None:
    one = measure(bureau)
    data_packs.take(bureau.workspace, pack(measure=[{"name": one.name, "source": "新法第一条"}]))
    shipped_catalogs.bring(bureau.workspace)
    assert measure(bureau, one.name).source == "新法第一条"


@pytest.mark.parametrize(
    "tables",
    [{"finding": [{"fact": "x"}]}, {"holiday": [{"on": "2027-02-14", "deleted_at": "x"}]}, {"term": [{"name": "x"}]}],
)
def test_what_the_program_does_not_know_is_refused(bureau: Bureau, tables: Any) -> None:
    with bureau.workspace.reading() as session, pytest.raises(Refusal, match="更新的程序"):
        data_packs.plan(session, pack(**tables))


def test_a_value_that_is_none_is_refused_and_nothing_is_written(bureau: Bureau) -> None:
    with bureau.workspace.reading() as session, pytest.raises(Refusal, match="读不出来"):
        data_packs.plan(session, pack(holiday=[{"on": "2027-02-30", "name": "春节", "works": True}]))
    with pytest.raises(Refusal):
        data_packs.take(
            bureau.workspace, pack(holiday=[NEW_DAY], term=[{"dictionary": "aspect", "name": "长" * 200, "group": ""}])
        )
    with bureau.workspace.reading() as session:
        assert not session.scalars(select(Holiday).where(Holiday.on == day(2, 14, 2027))).first()
        assert not session.scalars(select(Term).where(Term.name == "长" * 200)).first()
