"""A finding from draft to closure and beyond, through the actions alone."""

import datetime as dt

import pytest
from sqlalchemy import select

from models.errors import Refusal
from models.records import Extension, Feedback, Finding, Recheck, Transfer, Unit, Verification
from models.services import findings, records, undo


@pytest.fixture
def units(desk):
    return [records.create(desk, Unit, {"name": n, "kind": "乡镇"}).id for n in ("柳河镇", "新桥镇")]


@pytest.fixture
def finding(desk, units):
    values = {
        "fact": "惠民药店无测温记录", "kind": "测温登记", "source_level": "县",
        "found_on": dt.date(2022, 3, 5), "unit_id": units[0],
    }  # fmt: skip
    return records.create(desk, Finding, values).id


def state(desk, finding):
    with desk.reading() as session:
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


def walk(desk, finding, *steps):
    for key, given in steps:
        findings.take(desk, finding, key, given)


def test_the_whole_way_to_closure(desk, finding, clock):
    walk(desk, finding, ("hand_over", HAND))
    assert state(desk, finding).status == "已交办"
    assert state(desk, finding).original_deadline == dt.date(2022, 3, 20)
    findings.take(desk, finding, "sign_for", {"received_on": dt.date(2022, 3, 16)})
    findings.take(desk, finding, "report", REPORT)
    found = state(desk, finding)
    assert (found.status, found.submitted_on) == ("待核查", dt.date(2022, 3, 16))
    findings.take(desk, finding, "close", CLOSE)
    found = state(desk, finding)
    assert (found.status, found.closed_on, found.solved_count) == ("已销号", dt.date(2022, 3, 16), 1)
    with desk.reading() as session:
        (round_,) = session.scalars(select(Verification)).all()
        assert (round_.round, round_.verifier, round_.feedback_id) == (1, "王晓燕", session.scalar(select(Feedback.id)))


def test_a_return_closes_the_round_and_the_next_feedback_opens_another(desk, finding):
    walk(desk, finding, ("hand_over", HAND), ("report", REPORT), ("return_", {"reason": "照片看不清"}))
    assert state(desk, finding).status == "退回重改"
    assert state(desk, finding).submitted_on is None
    findings.take(desk, finding, "report", REPORT)
    with desk.reading() as session:
        assert session.scalars(select(Feedback.round).order_by(Feedback.id)).all() == [1, 2]


def test_a_guard_names_its_field_and_nothing_is_written(desk, finding):
    with pytest.raises(Refusal) as refusal:
        findings.take(desk, finding, "hand_over", {"requirement": "整改"})
    assert "deadline" in {p.field for p in refusal.value.problems}
    assert state(desk, finding).status == "待交办"


def test_a_step_from_the_wrong_status_is_refused(desk, finding):
    with pytest.raises(Refusal, match="待核查"):
        findings.take(desk, finding, "close", CLOSE)


def test_working_days_become_a_date(desk, finding):
    given = {"deadline_kind": "工作日", "deadline_days": 5, "requirement": "整改"}
    walk(desk, finding, ("hand_over", given))
    assert state(desk, finding).deadline == dt.date(2022, 3, 23)


def test_an_extension_keeps_the_original_deadline(desk, finding):
    walk(desk, finding, ("hand_over", HAND))
    given = {"applicant": "何平", "reason": "设备未到货", "new_deadline": dt.date(2022, 3, 30), "approver": "陈志远"}
    with pytest.raises(Refusal, match="申请人"):
        findings.take(desk, finding, "extend", given | {"approver": "何平"})
    findings.take(desk, finding, "extend", given)
    found = state(desk, finding)
    assert (found.deadline, found.original_deadline) == (dt.date(2022, 3, 30), dt.date(2022, 3, 20))
    with desk.reading() as session:
        assert session.scalar(select(Extension.old_deadline)) == dt.date(2022, 3, 20)


def test_reassigning_leaves_a_trail_and_starts_anew(desk, finding, units):
    walk(desk, finding, ("hand_over", HAND), ("sign_for", {"received_on": dt.date(2022, 3, 16)}))
    findings.take(desk, finding, "reassign", HAND | {"unit_id": units[1], "reason": "属地划转"})
    found = state(desk, finding)
    assert (found.status, found.unit_id, found.received_on) == ("已交办", units[1], None)
    with desk.reading() as session:
        row = session.scalars(select(Transfer)).one()
        assert (row.from_unit_id, row.to_unit_id) == (units[0], units[1])


def test_a_rebound_reopens_and_counts(desk, finding):
    walk(desk, finding, ("hand_over", HAND), ("report", REPORT), ("close", CLOSE))
    given = {"on": dt.date(2022, 3, 16), "situation": "又无人测温", "new_deadline": dt.date(2022, 3, 25)}
    findings.take(desk, finding, "rebound", given)
    found = state(desk, finding)
    assert (found.status, found.rebound_count, found.closed_on, found.solved_count) == ("整改中", 1, None, 0)
    with desk.reading() as session:
        row = session.scalars(select(Recheck)).one()
        assert (row.result, row.old_closed_on) == ("反弹", dt.date(2022, 3, 16))


def test_part_progress_counts_what_is_solved(desk, units):
    values = {
        "fact": "12 处未设一米线", "kind": "其他", "source_level": "县", "count": 12,
        "found_on": dt.date(2022, 3, 5), "unit_id": units[0],
    }  # fmt: skip
    finding = records.create(desk, Finding, values).id
    given = {"outcome": "部分完成", "measures": "已补划", "done": 7, "total": 12, "person": "何平"}
    walk(desk, finding, ("hand_over", HAND), ("progress", given))
    assert (state(desk, finding).status, state(desk, finding).solved_count) == ("整改中", 7)


def test_fixed_on_the_spot_is_found_and_solved(desk, finding):
    given = {"measures": "当场补登", "person": "何平", "finished_on": dt.date(2022, 3, 5)}
    findings.take(desk, finding, "fix_on_spot", given)
    found = state(desk, finding)
    assert (found.status, found.fixed_on_spot, found.solved_count) == ("已销号", True, 1)


def test_many_at_once_tell_each_row(desk, finding, units):
    findings.take(desk, finding, "hold", {})
    other = records.create(desk, Finding, {"fact": "缺少记录"}).id
    done, results = findings.take_many(desk, [finding, other], "submit", {})
    assert [bool(r.reason) for r in results] == [False, True]
    assert done.deed == "送交办 1 个问题"
    assert state(desk, other).status == "草稿"
    before = findings.preview_many(desk, [finding], "hand_over", HAND)
    assert [r.reason for r in before] == [""]
    assert state(desk, finding).status == "待交办"


def test_a_feedback_when_none_is_due_is_kept_and_flagged(desk, finding):
    walk(desk, finding, ("hand_over", HAND), ("report", REPORT), ("close", CLOSE))
    with desk.writing("导入反馈") as work:
        assert not findings.take_feedback(work, work.get(Finding, finding), REPORT | {"evidence": 1})
    with desk.reading() as session:
        assert session.scalars(select(Feedback).order_by(Feedback.id.desc())).first().unexpected
    assert state(desk, finding).status == "已销号"


def test_every_step_can_be_undone_while_nothing_depends_on_it(desk, finding):
    done = findings.take(desk, finding, "hand_over", HAND)
    later = findings.take(desk, finding, "sign_for", {"received_on": dt.date(2022, 3, 16)})
    with pytest.raises(Refusal, match="先撤销后面的操作"):
        undo.undo(desk, done.operation)
    undo.undo(desk, later.operation)
    assert state(desk, finding).status == "已交办"


def test_undo_of_a_new_record_puts_it_into_the_bin(desk):
    done = records.create(desk, Finding, {"fact": "未登记"})
    undone = undo.undo(desk, done.operation)
    assert undone.deed == "撤销“新增问题 2022-0001”"
    assert state(desk, done.id).deleted_at is not None
    with desk.reading() as session:
        assert done.operation not in {o.operation for o in undo.recent(session)}
    with pytest.raises(Refusal):
        undo.undo(desk, done.operation)


def test_serials_are_never_given_twice(desk):
    first = records.create(desk, Finding, {"fact": "甲", "found_on": dt.date(2022, 1, 3)})
    undo.undo(desk, first.operation)
    second = records.create(desk, Finding, {"fact": "乙", "found_on": dt.date(2022, 1, 3)})
    assert [state(desk, i).serial for i in (first.id, second.id)] == ["2022-0001", "2022-0002"]
