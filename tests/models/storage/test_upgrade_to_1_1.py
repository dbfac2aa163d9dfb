"""A folder of version 1.0 under the rules of 1.1: stages, drafts, and the totals that change through it."""

import datetime as dt
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select
from stored import DATA, unpack

from models.domain.findings.books import Book, book_of
from models.queries.facts import history
from models.queries.integrity import check
from models.records import AccountabilityCase, Change, Disposition, Finding, Phrase, UpdateNote, Visit
from models.services import cases, undo
from models.services.unit_of_work import Workspace
from models.storage.data_folder import DataFolder
from models.storage.engine import Store

NOW = dt.datetime(2027, 1, 5, 9, 0)


@pytest.fixture
def old(tmp_path: Path) -> DataFolder:
    folder, _ = unpack(DATA / "schema_0001.zip", tmp_path / "旧 数据")
    return folder


def written(folder: DataFolder, table: str, id_: int, deed: str, **values) -> None:
    """A change as version 1.0 wrote it: the record one version on, and its row in the log."""
    with closing(sqlite3.connect(folder.database)) as connection, connection:
        connection.row_factory = sqlite3.Row
        kept = connection.execute(f"SELECT * FROM {table} WHERE id = ?", (id_,)).fetchone()
        version = kept["version"] + 1
        sets = ", ".join(f'"{name}" = ?' for name in values)
        connection.execute(f"UPDATE {table} SET {sets}, version = {version} WHERE id = {id_}", tuple(values.values()))
        before = {name: kept[name] for name in values} | {"version": version - 1}
        row = ("2026-11-01 09:00:00.000000", deed, deed, "王晓燕", table, id_, kept["uuid"], "", version)
        told = (json.dumps(before), json.dumps({**values, "version": version}))
        connection.execute(
            'INSERT INTO change (at, operation, deed, who, "table", record_id, record_uuid, title, version,'
            " before, after, undoes, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '')",
            (*row, *told),
        )


def opened(folder: DataFolder) -> Workspace:
    return Workspace(Store(folder), "王晓燕", clock=lambda: NOW)


def test_the_stage_that_is_none_any_more_goes_back_and_its_day_is_kept(old: DataFolder):
    told, untold = 1, 2
    written(old, "accountability_case", told, "影响期满", stage="影响期满", publicised=1)
    written(old, "accountability_case", untold, "影响期满", stage="影响期满", publicised=0)
    with closing(sqlite3.connect(old.database)) as connection:
        days = connection.execute("SELECT id, effect_end FROM disposition ORDER BY id").fetchall()
    workspace = opened(old)
    with workspace.reading() as session:
        stages = [session.get_one(AccountabilityCase, id_).stage for id_ in (told, untold)]
        kept = session.execute(select(Disposition.id, Disposition.effect_end).order_by(Disposition.id)).all()
        events = history.of(session, session.get_one(AccountabilityCase, told))
        (note,) = session.scalars(select(UpdateNote))
    assert stages == ["通报", "宣布执行"]
    assert [(id_, day and day.isoformat()) for id_, day in kept] == days
    assert "阶段：影响期满 → 通报" in events[-1].details
    assert events[-1].who == "程序升级"
    assert {"name": "案件阶段", "old": "影响期满 2 件", "new": "通报 1 件、宣布执行 1 件"}.items() <= next(
        line.items() for line in note.lines if line["name"] == "案件阶段"
    )
    cases.take(workspace, told, "file", {})
    workspace.store.close()
    assert check(old) == []


def test_what_the_log_says_of_the_old_stage_can_be_undone(old: DataFolder):
    """影响期满 → 归档, done before the update, taken back after it: the old word is no stage to go back to."""
    written(old, "accountability_case", 1, "影响期满 2026-A001", stage="影响期满", publicised=1)
    written(old, "accountability_case", 1, "归档 2026-A001", stage="归档")
    workspace = opened(old)
    undo.undo(workspace, "归档 2026-A001")
    with workspace.reading() as session:
        assert session.get_one(AccountabilityCase, 1).stage == "通报"
    workspace.store.close()
    assert check(old) == []


def test_an_update_is_no_step_that_a_clerk_takes_back(old: DataFolder):
    """It does not stand first in the list, and what was done before it can still be undone."""
    written(old, "accountability_case", 1, "宣布执行 2026-A001", stage="宣布执行", publicised=0)
    written(old, "accountability_case", 1, "影响期满 2026-A001", stage="影响期满")
    workspace = opened(old)
    with workspace.reading() as session:
        assert session.scalars(select(Change).where(Change.who == "程序升级")).all()
        assert undo.recent(session, 1)[0].deed == "影响期满 2026-A001"
    undo.undo(workspace, "影响期满 2026-A001")
    with workspace.reading() as session:
        assert session.get_one(AccountabilityCase, 1).stage == "宣布执行"
    workspace.store.close()
    assert check(old) == []


def test_a_units_own_complete_drafts_move_by_themselves(old: DataFolder):
    draft = {"status": "草稿", "self_found": 1}
    for id_, values in ((1, {}), (2, {"fact": " "}), (3, {"found_on": None}), (4, {"site_id": None})):
        written(old, "finding", id_, "改为草稿", **draft, **values)
    written(old, "finding", 5, "改为草稿", **draft, site_id=None, unit_id=None, visit_id=None)
    workspace = opened(old)
    with workspace.reading() as session:
        stands = [session.get_one(Finding, id_).status for id_ in range(1, 6)]
    workspace.store.close()
    assert stands == ["待交办", "草稿", "草稿", "待交办", "草稿"]
    assert check(old) == []


def test_the_note_says_old_and_new_totals(old: DataFolder):
    with closing(sqlite3.connect(old.database)) as connection:
        alive = "SELECT count(*), sum(count) FROM finding WHERE deleted_at IS NULL AND status NOT IN ('作废', '撤销'"
        (rows, problems), (left, _) = (connection.execute(alive + more).fetchone() for more in (")", ", '草稿')"))
    workspace = opened(old)
    with workspace.reading() as session:
        (note,) = session.scalars(select(UpdateNote))
        living = session.scalars(select(Finding).where(Finding.status.not_in(("草稿", "作废", "撤销")))).all()
        counted = [one for one in living if book_of(one.source_level) is Book.OWN and one.deleted_at is None]
        own = sum(one.count for one in counted)
        visited = {visit.site_id for visit in session.scalars(select(Visit).where(Visit.deleted_at.is_(None)))}
        came = [one for one in counted if one.site_id in visited or one.inspection_id or one.team_id or one.visit_id]
        sites = len({one.site_id for one in came if one.site_id})
        done = sum(one.count if one.status == "已销号" else min(one.solved_count, one.count) for one in counted)
        seen = visited | {o.site_id for o in came if o.site_id and (o.inspection_id or o.team_id or o.visit_id)}
    workspace.store.close()
    said = {line["name"]: (line["old"], line["new"], line["why"]) for line in note.lines}
    apart = "草稿不再计入，上级反馈和单位自查的另列"
    assert said["问题数"] == (str(problems), str(own), apart)
    assert said["问题点位数"][1:] == (str(sites), f"{apart}，只计走访过的点位")
    assert said["已整改数"][1:] == (str(done), apart)
    assert said.get("走访点位数", ("", str(len(visited)), ""))[1] == str(len(seen - {None}))
    assert said["问题条数"] == (str(rows), str(left), "草稿不再计入")
    assert note.seen_at is None


def test_the_lead_of_a_reminder_says_unanswered_no_more(old: DataFolder):
    said = "截至{until}，你单位承办的{problem_count}个{campaign}问题已超过整改时限，仍未反馈整改结果。现予催办。"
    own = "截至{结束日期}，你单位仍未反馈。"
    with closing(sqlite3.connect(old.database)) as connection, connection:
        first = connection.execute("SELECT id FROM phrase WHERE text = ?", (said,)).fetchone()[0]
        other = connection.execute("SELECT id FROM phrase WHERE document_kind = 'reminder' AND id <> ?", (first,))
        edited = other.fetchone()[0]
    written(old, "phrase", edited, "修改常用语", text=own, slot="lead")
    workspace = opened(old)
    with workspace.reading() as session:
        assert session.get_one(Phrase, first).text == said.replace("仍未反馈整改结果", "尚未整改到位")
        assert session.get_one(Phrase, edited).text == own
        (note,) = session.scalars(select(UpdateNote))
    assert [line["new"] for line in note.lines if line["name"].startswith("常用语")] == ["保留"]
    workspace.store.close()
    assert check(old) == []


def test_a_new_folder_has_nothing_to_tell(tmp_path: Path):
    workspace = opened(DataFolder(tmp_path / "新"))
    with workspace.reading() as session:
        assert session.scalars(select(UpdateNote)).all() == []
    workspace.store.close()
