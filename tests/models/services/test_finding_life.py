"""A finding from draft to closure and beyond, through the actions alone."""

import datetime as dt

import pytest
from sqlalchemy import select

from models.errors import Refusal
from models.records import Extension, Feedback, Finding, Recheck, Transfer, Unit, Verification
from models.services import findings, records, undo


@pytest.fixture
def units(workspace):
    return [records.create(workspace, Unit, {"name": n, "kind": "乡镇"}).id for n in ("柳河镇", "新桥镇")]


@pytest.fixture
def finding(workspace, units):
    values = {
        "fact": "惠民药店无测温记录", "kind": "测温登记", "source_level": "县",
        "found_on": dt.date(2022, 3, 5), "unit_id": units[0],
    }  # fmt: skip
    return records.create(workspace, Finding, values).id


def state(workspace, finding):
    with workspace.reading() as session:
        return session.get(Finding, finding)


HAND = {"deadline": dt.date(2022, 3, 20), "requirement": "立即整改并报送整改情况"}
REPORT = {
    "outcome": "已整改", "measures": "已补登并张贴提示", "finished_on": dt.date(2022, 3, 12),
    "person": "何平", "no_evidence_reason": "现场已复核",
}  # fmt: skip
CLOSE = {
    "verifier": "王晓燕", "method": "现场核查", "verified_on": dt.date(2022, 3, 16),
    "conclusion": "整改到位", "approver": "陈志远",
}  # fmt: skip


def walk(workspace, finding, *steps):
    for key, given in steps:
        findings.take(workspace, finding, key, given)


def test_the_whole_way_to_closure(workspace, finding, clock):
    walk(workspace, finding, ("hand_over", HAND))
    assert state(workspace, finding).status == "已交办"
    assert state(workspace, finding).original_deadline == dt.date(2022, 3, 20)
    findings.take(workspace, finding, "sign_for", {"received_on": dt.date(2022, 3, 16)})
    findings.take(workspace, finding, "report", REPORT)
    found = state(workspace, finding)
    assert (found.status, found.submitted_on) == ("待核查", dt.date(2022, 3, 16))
    findings.take(workspace, finding, "close", CLOSE)
    found = state(workspace, finding)
    assert (found.status, found.closed_on, found.solved_count) == ("已销号", dt.date(2022, 3, 16), 1)
    with workspace.reading() as session:
        (round_,) = session.scalars(select(Verification)).all()
        assert (round_.round, round_.verifier, round_.feedback_id) == (1, "王晓燕", session.scalar(select(Feedback.id)))


def test_a_return_closes_the_round_and_the_next_feedback_opens_another(workspace, finding):
    walk(workspace, finding, ("hand_over", HAND), ("report", REPORT), ("return_", {"reason": "照片看不清"}))
    assert state(workspace, finding).status == "退回重改"
    assert state(workspace, finding).submitted_on is None
    findings.take(workspace, finding, "report", REPORT)
    with workspace.reading() as session:
        assert session.scalars(select(Feedback.round).order_by(Feedback.id)).all() == [1, 2]


def test_a_guard_names_its_field_and_nothing_is_written(workspace, finding):
    with pytest.raises(Refusal) as refusal:
        findings.take(workspace, finding, "hand_over", {"requirement": "整改"})
    assert "deadline" in {p.field for p in refusal.value.problems}
    assert state(workspace, finding).status == "待交办"


def test_a_step_from_the_wrong_status_is_refused(workspace, finding):
    with pytest.raises(Refusal, match="待核查"):
        findings.take(workspace, finding, "close", CLOSE)


def test_working_days_become_a_date(workspace, finding):
    given = {"deadline_kind": "工作日", "deadline_days": 5, "requirement": "整改"}
    walk(workspace, finding, ("hand_over", given))
    assert state(workspace, finding).deadline == dt.date(2022, 3, 23)


def test_an_extension_keeps_the_original_deadline(workspace, finding):
    walk(workspace, finding, ("hand_over", HAND))
    given = {"applicant": "何平", "reason": "设备未到货", "new_deadline": dt.date(2022, 3, 30), "approver": "陈志远"}
    with pytest.raises(Refusal, match="申请人"):
        findings.take(workspace, finding, "extend", given | {"approver": "何平"})
    findings.take(workspace, finding, "extend", given)
    found = state(workspace, finding)
    assert (found.deadline, found.original_deadline) == (dt.date(2022, 3, 30), dt.date(2022, 3, 20))
    with workspace.reading() as session:
        assert session.scalar(select(Extension.old_deadline)) == dt.date(2022, 3, 20)


def test_reassigning_leaves_a_trail_and_starts_anew(workspace, finding, units):
    walk(workspace, finding, ("hand_over", HAND), ("sign_for", {"received_on": dt.date(2022, 3, 16)}))
    findings.take(workspace, finding, "reassign", HAND | {"unit_id": units[1], "reason": "属地划转"})
    found = state(workspace, finding)
    assert (found.status, found.unit_id, found.received_on) == ("已交办", units[1], None)
    with workspace.reading() as session:
        row = session.scalars(select(Transfer)).one()
        assert (row.from_unit_id, row.to_unit_id) == (units[0], units[1])


def test_a_rebound_reopens_and_counts(workspace, finding):
    walk(workspace, finding, ("hand_over", HAND), ("report", REPORT), ("close", CLOSE))
    given = {"on": dt.date(2022, 3, 16), "situation": "又无人测温", "new_deadline": dt.date(2022, 3, 25)}
    findings.take(workspace, finding, "rebound", given)
    found = state(workspace, finding)
    assert (found.status, found.rebound_count, found.closed_on, found.solved_count) == ("整改中", 1, None, 0)
    with workspace.reading() as session:
        row = session.scalars(select(Recheck)).one()
        assert (row.result, row.old_closed_on) == ("反弹", dt.date(2022, 3, 16))


def test_part_progress_counts_what_is_solved(workspace, units):
    values = {
        "fact": "12 处未设一米线", "kind": "其他", "source_level": "县", "count": 12,
        "found_on": dt.date(2022, 3, 5), "unit_id": units[0],
    }  # fmt: skip
    finding = records.create(workspace, Finding, values).id
    given = {"outcome": "部分完成", "measures": "已补划", "done": 7, "total": 12, "person": "何平"}
    walk(workspace, finding, ("hand_over", HAND), ("progress", given))
    assert (state(workspace, finding).status, state(workspace, finding).solved_count) == ("整改中", 7)


def test_fixed_on_the_spot_is_found_and_solved(workspace, finding):
    given = {"measures": "当场补登", "person": "何平", "finished_on": dt.date(2022, 3, 5)}
    findings.take(workspace, finding, "fix_on_spot", given)
    found = state(workspace, finding)
    assert (found.status, found.fixed_on_spot, found.solved_count) == ("已销号", True, 1)


def test_many_at_once_tell_each_row(workspace, finding, units):
    findings.take(workspace, finding, "hold", {})
    other = records.create(workspace, Finding, {"fact": "缺少记录"}).id
    done, results = findings.take_many(workspace, [finding, other], "submit", {})
    assert [bool(r.reason) for r in results] == [False, True]
    assert done.deed == "送交办 1 个问题"
    assert state(workspace, other).status == "草稿"
    before = findings.preview_many(workspace, [finding], "hand_over", HAND)
    assert [r.reason for r in before] == [""]
    assert state(workspace, finding).status == "待交办"


def test_a_feedback_when_none_is_due_is_kept_and_flagged(workspace, finding):
    walk(workspace, finding, ("hand_over", HAND), ("report", REPORT), ("close", CLOSE))
    with workspace.writing("导入反馈") as work:
        assert not findings.take_feedback(work, work.get(Finding, finding), REPORT | {"evidence": 1})
    with workspace.reading() as session:
        assert session.scalars(select(Feedback).order_by(Feedback.id.desc())).first().unexpected
    assert state(workspace, finding).status == "已销号"


def test_every_step_can_be_undone_while_nothing_depends_on_it(workspace, finding):
    done = findings.take(workspace, finding, "hand_over", HAND)
    later = findings.take(workspace, finding, "sign_for", {"received_on": dt.date(2022, 3, 16)})
    with pytest.raises(Refusal, match="先撤销后面的操作"):
        undo.undo(workspace, done.operation)
    undo.undo(workspace, later.operation)
    assert state(workspace, finding).status == "已交办"


def test_undo_of_a_new_record_puts_it_into_the_bin(workspace):
    done = records.create(workspace, Finding, {"fact": "未登记"})
    undone = undo.undo(workspace, done.operation)
    assert undone.deed == "撤销“新增问题 2022-0001”"
    assert state(workspace, done.id).deleted_at is not None
    with workspace.reading() as session:
        assert done.operation not in {o.operation for o in undo.recent(session)}
    with pytest.raises(Refusal):
        undo.undo(workspace, done.operation)


def test_serials_are_never_given_twice(workspace):
    first = records.create(workspace, Finding, {"fact": "甲", "found_on": dt.date(2022, 1, 3)})
    undo.undo(workspace, first.operation)
    second = records.create(workspace, Finding, {"fact": "乙", "found_on": dt.date(2022, 1, 3)})
    assert [state(workspace, i).serial for i in (first.id, second.id)] == ["2022-0001", "2022-0002"]
