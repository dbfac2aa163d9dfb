"""Many records in one go: the log, undo and the search say of them what they say of records written one by one."""

import datetime as dt

from sqlalchemy import select

from models.queries.lists import search
from models.records import Change, Feedback, Finding, Site, Unit
from models.records.base import new_uuid
from models.services import findings, records, undo
from models.services.unit_of_work import Touched, Workspace

FACTS = {"fact": "体温检测点无人值守。", "kind": "测温", "source_level": "县", "found_on": dt.date(2022, 3, 5)}


def made(workspace: Workspace, how_many: int = 3) -> list[int]:
    return [records.create(workspace, Finding, FACTS).id for _ in range(how_many)]


def log(workspace: Workspace, operation: str) -> list[Change]:
    with workspace.reading() as session:
        return list(session.scalars(select(Change).where(Change.operation == operation).order_by(Change.id)))


def found(workspace: Workspace, words: str) -> set[int]:
    query = "SELECT rowid FROM finding_search WHERE finding_search MATCH ?"
    with workspace.reading() as session:
        return {row[0] for row in session.connection().exec_driver_sql(query, (search.match(words),))}


def test_new_values_are_logged_as_an_edit_is(workspace: Workspace) -> None:
    first, second, third = made(workspace)
    one = records.update(workspace, Finding, first, 1, {"note": "已电话核实"})
    with workspace.writing("批量备注") as work:
        work.bulk_set(Finding, {id_: {"note": "已电话核实"} for id_ in (first, second, third)})
    edited, (bulk, _) = log(workspace, one.operation)[0], log(workspace, work.done.operation)
    assert work.done.touched == (Touched("finding", second), Touched("finding", third))
    assert (bulk.before, bulk.after) == (edited.before, edited.after)
    assert (bulk.version, bulk.table, bulk.title) == (2, "finding", "2022-0002")
    assert found(workspace, "电话") == {first, second, third}


def test_what_says_so_already_is_not_written_again(workspace: Workspace) -> None:
    ids = made(workspace)
    with workspace.writing("批量备注") as work:
        work.bulk_set(Finding, {id_: {"note": "", "kind": "测温"} for id_ in ids})
    assert work.done.touched == ()
    assert log(workspace, work.done.operation) == []


def test_more_than_one_query_may_ask_for(workspace: Workspace) -> None:
    with workspace.writing("批量新增") as work:
        ids = work.bulk_add(Finding, [{**FACTS, "uuid": new_uuid(), "serial": str(n)} for n in range(1100)])
    with workspace.writing("批量备注") as work:
        work.bulk_set(Finding, {id_: {"note": str(id_)} for id_ in ids})
    with workspace.reading() as session:
        assert all(one.note == str(one.id) for one in session.scalars(select(Finding)))


def test_new_values_of_many_are_undone(workspace: Workspace) -> None:
    ids = made(workspace)
    with workspace.writing("批量改期") as work:
        work.bulk_set(Finding, {id_: {"found_on": dt.date(2022, 3, 6), "note": "改"} for id_ in ids})
    undo.undo(workspace, work.done.operation)
    with workspace.reading() as session:
        told = [(f.found_on, f.note, f.version) for f in session.scalars(select(Finding))]
    assert told == [(FACTS["found_on"], "", 3)] * 3


def test_what_is_put_together_waits_for_the_end(workspace: Workspace) -> None:
    first, second, _ = made(workspace)
    with workspace.writing("登记反馈") as work:
        with work.together():
            for id_ in (first, second):
                work.put(Feedback, {"uuid": new_uuid(), "finding_id": id_, "round": 2})
            assert work.session.scalars(select(Feedback)).all() == []
        assert len(work.session.scalars(select(Feedback)).all()) == 2
        work.put(Feedback, {"uuid": new_uuid(), "finding_id": first})
        assert len(work.session.scalars(select(Feedback)).all()) == 3
    assert [change.title for change in log(workspace, work.done.operation)] == ["第2轮反馈", "第2轮反馈", "第1轮反馈"]


def test_rounds_are_counted_alike_for_one_and_for_many(workspace: Workspace) -> None:
    ids = made(workspace)
    given = {
        "outcome": "已整改", "measures": "已到位", "finished_on": dt.date(2022, 3, 10), "person": "何平",
        "no_evidence_reason": "现场复核",
    }  # fmt: skip
    unit = records.create(workspace, Unit, {"name": "柳河镇", "kind": "乡镇"}).id
    records.update(workspace, Finding, ids[0], 1, {"unit_id": unit})
    for key, more in (
        ("hand_over", {"deadline": dt.date(2022, 3, 30), "requirement": "立即整改"}),
        ("report", given),
        ("return_", {"reason": "不清", "verifier": "王晓燕", "method": "现场核查", "conclusion": "未整改到位"}),
    ):
        findings.take(workspace, ids[0], key, more)
    with workspace.reading() as session:
        assert findings.rounds_of(session, ids) == {ids[0]: 2, ids[1]: 1, ids[2]: 1}
        assert findings.round_of(session, session.get_one(Finding, ids[0])) == 2


def test_a_renamed_site_is_found_by_its_new_name_only(workspace: Workspace) -> None:
    unit = records.create(workspace, Unit, {"name": "新桥镇", "kind": "乡镇"}).id
    site = records.create(workspace, Site, {"name": "柳河卫生院", "kind": "卫生院", "unit_id": unit}).id
    id_ = records.create(workspace, Finding, {**FACTS, "site_id": site}).id
    records.update(workspace, Site, site, 1, {"address": "河东路"})
    assert found(workspace, "柳河") == {id_}
    records.update(workspace, Site, site, 2, {"name": "青石卫生院"})
    assert (found(workspace, "柳河"), found(workspace, "青石")) == (set(), {id_})
