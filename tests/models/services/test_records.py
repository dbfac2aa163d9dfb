"""Adding, editing and deleting records, and what each leaves in the log."""

import datetime as dt

import pytest
from sqlalchemy import select

from models.errors import Refusal, Stale
from models.queries.facts import history
from models.queries.lists import search
from models.records import Change, Finding, Office, Site, Team, Unit
from models.services import records


def changes(workspace):
    with workspace.reading() as session:
        return session.scalars(select(Change).order_by(Change.id)).all()


def test_create_writes_the_row_and_its_change_in_one_operation(workspace):
    done = records.create(workspace, Unit, {"name": "柳河镇", "kind": "乡镇"})
    (change,) = changes(workspace)
    assert (change.operation, change.deed, change.who) == (done.operation, "新增单位 柳河镇", "王晓燕")
    assert change.before is None
    assert change.after["name"] == "柳河镇"
    assert change.record_id == done.id


def test_required_fields_are_named_one_problem_each(workspace):
    with pytest.raises(Refusal) as refusal:
        records.create(workspace, Site, {"name": ""})
    assert {p.field for p in refusal.value.problems} == {"name", "kind", "unit_id"}
    assert "请先填写“点位名称”。" in refusal.value.sentence
    assert changes(workspace) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "长" * 61, "kind": "乡镇"}, "name"),
        ({"name": "柳河镇", "kind": "乡镇", "closed_on": "三月"}, "closed_on"),
        ({"name": "柳河镇", "kind": "乡镇", "closed_on": dt.date(1234, 1, 1)}, "closed_on"),
        ({"name": "柳河镇", "kind": "乡镇", "rank": -1}, "rank"),
        ({"name": "柳河镇", "kind": "乡镇", "parent_id": 99}, "parent_id"),
    ],
)
def test_a_value_that_will_not_do_names_its_field(workspace, values, field):
    with pytest.raises(Refusal) as refusal:
        records.create(workspace, Unit, values)
    assert field in {p.field for p in refusal.value.problems}


def test_update_keeps_before_and_after_of_what_changed_only(workspace):
    unit = records.create(workspace, Unit, {"name": "柳河镇", "kind": "乡镇"}).id
    records.update(workspace, Unit, unit, 1, {"leader": "赵国梁", "name": "柳河镇"})
    change = changes(workspace)[-1]
    assert change.before == {"leader": "", "version": 1}
    assert change.after == {"leader": "赵国梁", "version": 2}


def test_an_update_that_changes_nothing_leaves_no_change(workspace):
    unit = records.create(workspace, Unit, {"name": "柳河镇", "kind": "乡镇"}).id
    records.update(workspace, Unit, unit, 1, {"name": "柳河镇"})
    assert len(changes(workspace)) == 1


def test_a_stale_version_is_refused_and_nothing_is_written(workspace):
    unit = records.create(workspace, Unit, {"name": "柳河镇", "kind": "乡镇"}).id
    records.update(workspace, Unit, unit, 1, {"leader": "赵国梁"})
    with pytest.raises(Stale):
        records.update(workspace, Unit, unit, 1, {"leader": "孙立"})
    with workspace.reading() as session:
        assert session.get(Unit, unit).leader == "赵国梁"


def test_a_record_in_use_is_not_deleted_and_says_by_whom(workspace):
    unit = records.create(workspace, Unit, {"name": "柳河镇", "kind": "乡镇"}).id
    team = records.create(workspace, Team, {"name": "第二督查组", "area_ids": [unit]}).id
    with pytest.raises(Refusal, match="督查组“第二督查组”"):
        records.delete(workspace, Unit, [unit])
    records.delete(workspace, Team, [team])
    records.delete(workspace, Unit, [unit])
    with workspace.reading() as session:
        assert session.get(Unit, unit).deleted_at is not None
    records.restore(workspace, Unit, [unit])
    with workspace.reading() as session:
        assert session.get(Unit, unit).deleted_at is None


def test_many_are_changed_in_one_operation(workspace):
    ids = [records.create(workspace, Unit, {"name": n, "kind": "乡镇"}).id for n in ("甲镇", "乙镇")]
    done = records.update_many(workspace, Unit, ids, {"contact": "周敏"})
    assert {t.id for t in done.touched} == set(ids)
    assert len({c.operation for c in changes(workspace) if "批量" in c.deed}) == 1


def test_listeners_hear_what_was_touched_after_the_commit(workspace):
    heard = []
    workspace.listeners.append(lambda done: heard.append((done.deed, len(changes(workspace)))))
    records.create(workspace, Unit, {"name": "柳河镇", "kind": "乡镇"})
    assert heard == [("新增单位 柳河镇", 1)]


def test_a_failed_deed_rolls_back_all_of_it(workspace):
    with pytest.raises(RuntimeError), workspace.writing("半途而废") as work:
        records.add(work, Unit, {"name": "柳河镇", "kind": "乡镇"})
        raise RuntimeError
    with workspace.reading() as session:
        assert session.scalars(select(Unit)).all() == []


def test_bulk_add_logs_every_row_and_fills_the_search_index(workspace):
    with workspace.writing("导入 2 个问题") as work:
        rows = [{"serial": f"2022-000{i}", "fact": f"惠民药店第{i}次未登记", "status": "草稿"} for i in (1, 2)]
        ids = work.bulk_add(Finding, rows)
    with workspace.reading() as session:
        assert [session.get(Finding, i).count for i in ids] == [1, 1]
        found = session.connection().exec_driver_sql(
            "SELECT rowid FROM finding_search WHERE finding_search MATCH ?", (search.match("惠民药店"),)
        )
        assert [r[0] for r in found] == ids
    assert [c.title for c in changes(workspace)] == ["2022-0001", "2022-0002"]


@pytest.mark.parametrize("query", ["药", "药店", "惠民药店", "民药 未登", "2022-0001", "柳河"])
def test_search_finds_one_character_and_many(workspace, query):
    unit = records.create(workspace, Unit, {"name": "柳河镇", "kind": "乡镇"}).id
    records.create(
        workspace, Finding, {"fact": "惠民药店未登记购药人信息", "unit_id": unit, "found_on": workspace.today}
    )
    sql = "SELECT count(*) FROM finding_search WHERE finding_search MATCH ?"
    with workspace.reading() as session:
        assert session.connection().exec_driver_sql(sql, (search.match(query),)).scalar() == 1
        assert session.connection().exec_driver_sql(sql, (search.match("卫生院"),)).scalar() == 0


def test_renaming_a_unit_renames_it_in_the_search_index(workspace):
    unit = records.create(workspace, Unit, {"name": "柳河乡", "kind": "乡镇"}).id
    records.create(workspace, Finding, {"fact": "未登记", "unit_id": unit})
    records.update(workspace, Unit, unit, 1, {"name": "新桥镇"})
    sql = "SELECT count(*) FROM finding_search WHERE finding_search MATCH ?"
    with workspace.reading() as session:
        assert session.connection().exec_driver_sql(sql, (search.match("新桥"),)).scalar() == 1
        assert session.connection().exec_driver_sql(sql, (search.match("柳河"),)).scalar() == 0


def test_a_copy_leaves_serial_behind(workspace):
    finding = records.create(workspace, Finding, {"fact": "未登记", "kind": "登记不全"}).id
    with workspace.reading() as session:
        values = records.copied(session.get(Finding, finding))
    assert values["fact"] == "未登记"
    assert "serial" not in values
    again = records.create(workspace, Finding, values).id
    with workspace.reading() as session:
        assert session.get(Finding, again).serial == "2022-0002"


def test_the_time_line_speaks_in_words(workspace):
    unit = records.create(workspace, Unit, {"name": "柳河镇", "kind": "乡镇"}).id
    site = records.create(workspace, Site, {"name": "惠民药店", "kind": "药店", "unit_id": unit}).id
    finding = records.create(
        workspace, Finding, {"fact": "无测温记录", "site_id": site, "found_on": dt.date(2022, 3, 5)}
    ).id
    records.update(workspace, Finding, finding, 1, {"deadline": dt.date(2022, 3, 20)})
    with workspace.reading() as session:
        events = history.of(session, session.get(Finding, finding))
    assert [e.deed for e in events] == ["新增问题 2022-0001", "修改问题 2022-0001"]
    assert "点位：惠民药店" in events[0].details
    assert "属地单位：柳河镇" in events[0].details
    assert events[1].details == ("整改时限：（空） → 2022年3月20日",)


def test_a_unit_cannot_touch_what_the_county_sent(workspace):
    records.create(workspace, Office, {"role": "unit", "name": "柳河镇", "short_name": "柳河镇"})
    with workspace.writing("导入") as work:
        sent = work.add(
            Finding(**records.defaults(Finding) | {"fact": "无记录", "base_version": 3, "serial": "2022-0007"})
        )
    own = records.create(workspace, Finding, {"fact": "自查发现", "self_found": True}).id
    with pytest.raises(Refusal, match="县里下发"):
        records.update(workspace, Finding, sent.id, None, {"fact": "改写"})
    with pytest.raises(Refusal, match="县里下发"):
        records.delete(workspace, Finding, [sent.id])
    records.update(workspace, Finding, own, None, {"fact": "自查发现两处"})
