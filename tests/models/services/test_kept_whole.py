"""A careless clerk edits in bulk, deletes, restores and undoes: what is kept fits together, and no feedback is lost."""

import contextlib
import datetime as dt

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from sqlalchemy import select, text
from test_state_machine import DAYS, FULL, WORDS, Ledger, run

from models.errors import Refusal
from models.queries.lists import columns
from models.queries.lookups.undone_remnants import is_remnant
from models.records import (
    AccountabilityCase,
    Change,
    Disposition,
    Extension,
    Feedback,
    Finding,
    Party,
    Plan,
    Recheck,
    Transfer,
    Unit,
    Verification,
    fields_of,
)
from models.services import findings, records, undo
from models.services.office_setup import found_office

KEPT = [Finding, Plan, Feedback, Verification, Extension, Recheck, Transfer]
EDITS = st.fixed_dictionaries(
    {},
    optional={
        "finding_id": st.just(0), "outcome": st.sampled_from(["已整改", "正在推进", "部分完成"]), "person": WORDS,
        "result": st.sampled_from(["稳定", "反弹"]), "conclusion": st.just("未整改到位"), "note": WORDS,
        "count": st.integers(1, 3), "reason": WORDS, "new_deadline": DAYS, "on": DAYS,
    },
)  # fmt: skip
LIVES = {
    "待核查": "submit hand_over progress report",
    "退回重改": "submit hand_over report return_",
    "第二轮": "submit hand_over sign_for report return_ report",
    "已销号": "submit hand_over extend report close recheck",
    "当场整改": "fix_on_spot",
    "反弹": "submit hand_over report close rebound report",
    "当场整改后反弹": "fix_on_spot rebound report close",
    "改派": "submit hand_over reassign progress",
    "撤销": "submit hand_over report revoke",
    "部分完成": "submit hand_over progress suspend",
}
"""Lives the clerk finds there, each in steps."""


class Kept(Ledger):
    """The same clerk at an office that has been at work."""

    @initialize()
    def open(self):
        super().open()
        self.owners = {}
        for steps in LIVES.values():
            values = {"fact": "无测温记录", "count": 3, "source_level": "县", "found_on": dt.date(2022, 3, 5)}
            values |= {"kind": "测温登记", "unit_id": self.units[0]}
            self.findings.append(records.create(self.workspace, Finding, values).id)
            for step in steps.split():
                given = FULL | ({"unit_id": self.units[1]} if step == "reassign" else {})
                given |= {"outcome": "部分完成"} if step == "progress" else {}
                with contextlib.suppress(Refusal):  # 送交办, where a complete finding needs none
                    findings.take(self.workspace, self.findings[-1], step, given)
        records.create(self.workspace, Plan, {"finding_id": self.findings[0], "measures": "补记"})

    @rule(data=st.data(), cls=st.sampled_from(KEPT), values=EDITS)
    def edit_many(self, data, cls, values):
        """批量修改, or the form where one is chosen; fields that tie records to others included."""
        if values.get("finding_id") is not None:
            values = {**values, "finding_id": data.draw(st.sampled_from(self.findings))}
        ids = self.some(data, cls, deleted=False)
        values = {n: v for n, v in values.items() if n in fields_of(cls)}
        with contextlib.suppress(Refusal):
            if len(ids) == 1:
                records.update(self.workspace, cls, ids[0], None, values)
            else:
                records.update_many(self.workspace, cls, ids, values)

    @rule(data=st.data(), cls=st.sampled_from(KEPT), deed=st.sampled_from([records.delete, records.restore]))
    def delete_or_restore(self, data, cls, deed):
        with contextlib.suppress(Refusal):
            deed(self.workspace, cls, self.some(data, cls, deleted=deed is records.restore))

    @rule(data=st.data())
    def undo_some(self, data):
        with self.workspace.reading() as session:
            offered = [one for one, reason in undo.offered(session) if not reason and "单位" not in one.deed]
        if offered:
            undo.undo(self.workspace, data.draw(st.sampled_from(offered)).operation)

    def some(self, data, cls, *, deleted):
        gone = cls.deleted_at.is_not(None) if deleted else cls.deleted_at.is_(None)
        with self.workspace.reading() as session:
            ids = list(session.scalars(select(cls.id).where(gone).order_by(cls.id)))
        return data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True)) if ids else []

    @invariant()
    def no_feedback_is_lost(self):
        """Each that was ever written is in force, in the bin, or taken back by an undo of its own step."""
        if not hasattr(self, "workspace"):
            return
        with self.workspace.reading() as session:
            written = set(session.scalars(select(Change.record_id).where(Change.table == "feedback")))
            kept = {f.id: f for f in session.scalars(select(Feedback))}
            binned = {row[0] for row in session.execute(text(columns.bin_().source.join(("SELECT id FROM ", ""))))}
            place = columns.BIN_TABLES.index("feedback")
            assert written == set(kept)
            for id_, feedback in kept.items():
                owner = session.get(Finding, feedback.finding_id)
                assert feedback.deleted_at is None or id_ * 64 + place in binned or is_remnant(session, feedback)
                assert owner.id == self.owners.setdefault(id_, owner.id)


def test_random_deeds_leave_what_is_kept_whole(pristine):
    run(Kept, pristine, examples=15, steps=25)


@pytest.mark.full
def test_thousands_of_random_deeds(pristine):
    run(Kept, pristine, examples=200, steps=50)


@pytest.fixture
def at_work(workspace):
    """Two problems of one unit, the first answered and waiting for its verification."""
    unit = records.create(workspace, Unit, {"name": "柳河镇", "kind": "乡镇"}).id
    values = {"fact": "无测温记录", "source_level": "县", "found_on": dt.date(2022, 3, 5), "kind": "测温登记"}
    workspace.ids = [records.create(workspace, Finding, {**values, "unit_id": unit}).id for _ in range(2)]
    for id_ in workspace.ids:
        for step in ("submit", "hand_over"):
            with contextlib.suppress(Refusal):
                findings.take(workspace, id_, step, FULL)
    findings.take(workspace, workspace.ids[0], "report", FULL)
    return workspace


def only(workspace, cls, **where):
    with workspace.reading() as session:
        return session.scalars(select(cls).filter_by(**where).order_by(cls.id.desc())).first()


def status(workspace, at=0):
    return only(workspace, Finding, id=workspace.ids[at]).status


@pytest.mark.parametrize("deed", [records.update, records.update_many])
def test_an_answer_stays_with_its_problem(at_work, deed):
    feedback = only(at_work, Feedback)
    values = {"finding_id": at_work.ids[1]}
    target = ([feedback.id], values) if deed is records.update_many else (feedback.id, None, values)
    with pytest.raises(Refusal, match="“问题”不能"):
        deed(at_work, Feedback, *target)
    assert only(at_work, Feedback).finding_id == at_work.ids[0]


def test_an_answer_that_carries_a_status_is_not_deleted(at_work):
    with pytest.raises(Refusal, match=r"不能删去.*撤销这一步操作，或者退回重改"):
        records.delete(at_work, Feedback, [only(at_work, Feedback).id])
    with pytest.raises(Refusal, match="没有等着核查的反馈"):
        records.update(at_work, Feedback, only(at_work, Feedback).id, None, {"outcome": "正在推进"})
    assert status(at_work) == "待核查"


@pytest.mark.parametrize("outcome", ["正在推进", "正在协调上级"])
def test_what_a_problem_was_suspended_on_is_not_deleted_until_it_is_resumed(at_work, outcome):
    """Without it nobody would know why the problem waits for others."""
    answer = FULL | {"outcome": outcome, "reason": "需上级立项"}
    findings.take(at_work, at_work.ids[1], "progress", answer)
    findings.take(at_work, at_work.ids[1], "suspend", FULL)
    kept = only(at_work, Feedback, finding_id=at_work.ids[1]).id
    with pytest.raises(Refusal, match=r"挂账协调的依据，不能删去。.*先恢复整改"):
        records.delete(at_work, Feedback, [kept])
    findings.take(at_work, at_work.ids[1], "resume", FULL)
    records.delete(at_work, Feedback, [kept])


@pytest.mark.parametrize(
    ("cls", "steps"),
    [
        (Verification, "return_"),
        (Extension, "return_ extend"),
        (Recheck, "close rebound"),
        (Transfer, "close rebound reassign"),
    ],
)
def test_what_a_step_wrote_is_not_deleted_by_itself(at_work, cls, steps):
    other = records.create(at_work, Unit, {"name": "新桥镇", "kind": "乡镇"}).id
    for step in steps.split():
        findings.take(at_work, at_work.ids[0], step, FULL | ({"unit_id": other} if step == "reassign" else {}))
    with pytest.raises(Refusal, match="不能单独删去"):
        records.delete(at_work, cls, [only(at_work, cls).id])


def test_a_remnant_of_an_undone_step_is_in_no_bin_and_not_restored(at_work):
    done = findings.take(at_work, at_work.ids[0], "return_", FULL)
    undo.undo(at_work, done.operation)
    left = only(at_work, Verification)
    assert left.deleted_at
    with at_work.reading() as session:
        assert is_remnant(session, left)
        assert not session.execute(text(f"SELECT id FROM {columns.bin_().source}")).all()
    with pytest.raises(Refusal, match="撤销操作时去掉的，不能恢复"):
        records.restore(at_work, Verification, [left.id])
    again = findings.take(at_work, at_work.ids[0], "return_", FULL)
    assert only(at_work, Verification, deleted_at=None).round == 1
    findings.take(at_work, at_work.ids[0], "report", FULL)
    assert only(at_work, Feedback).round == 2
    assert again.operation


def test_a_verification_deleted_by_1_0_is_not_restored_onto_a_problem_that_waits_for_one(at_work):
    findings.take(at_work, at_work.ids[0], "return_", FULL)
    with at_work.writing("旧版删除核查") as work:
        kept = work.session.scalars(select(Verification)).one()
        work.set(kept, deleted_at=at_work.now)
        work.set(work.get(Finding, at_work.ids[0]), status="待核查")
    with pytest.raises(Refusal, match=r"不能恢复核查“第1轮核查”：问题.*没有等着核查的反馈"):
        records.restore(at_work, Verification, [kept.id])


def test_what_was_written_and_undone_waits_in_the_bin(at_work):
    done = records.create(at_work, Unit, {"name": "石门乡", "kind": "乡镇"})
    undo.undo(at_work, done.operation)
    with at_work.reading() as session:
        assert [row[2] for row in session.execute(text(f"SELECT * FROM {columns.bin_().source}"))] == ["石门乡"]
    records.restore(at_work, Unit, [done.id])
    assert only(at_work, Unit, id=done.id).deleted_at is None


def test_the_answer_of_a_unit_is_not_deleted_by_the_county(at_work):
    found_office(at_work, {"role": "county", "name": "云岭县防控办", "short_name": "防控办", "county_name": "云岭县"})
    findings.take(at_work, at_work.ids[1], "progress", FULL | {"outcome": "正在推进"})
    answer = only(at_work, Feedback)
    with at_work.writing("县外来的") as work:
        work.set(work.get(Feedback, answer.id), base_version=1)
    with pytest.raises(Refusal, match="责任单位报来的，不能删去"):
        records.delete(at_work, Feedback, [answer.id])
    with at_work.writing("本机填的") as work:
        work.set(work.get(Feedback, answer.id), base_version=0)
    records.delete(at_work, Feedback, [answer.id])
    records.restore(at_work, Feedback, [answer.id])
    assert only(at_work, Feedback, id=answer.id).deleted_at is None


def test_a_decided_case_keeps_what_was_decided(at_work):
    unit = only(at_work, Unit).id
    case = records.create(at_work, AccountabilityCase, {"unit_id": unit, "fact": "脱岗"}).id
    party = records.create(at_work, Party, {"case_id": case, "name": "钱一民", "duty": "直接责任"}).id
    measure = records.create(at_work, Disposition, {"party_id": party, "measure": "批评教育"}).id
    with at_work.writing("决定") as work:
        work.set(work.get(AccountabilityCase, case), stage="决定")
    with pytest.raises(Refusal, match="现为“决定”，没有处理"):
        records.delete(at_work, Disposition, [measure])
    other = records.create(at_work, AccountabilityCase, {"unit_id": unit, "fact": "脱岗"}).id
    with pytest.raises(Refusal, match="“案件”不能改"):
        records.update(at_work, Party, party, None, {"case_id": other})


def test_a_second_plan_is_not_restored(at_work):
    values = {"finding_id": at_work.ids[0], "measures": "补记"}
    first = records.create(at_work, Plan, values).id
    records.delete(at_work, Plan, [first])
    records.create(at_work, Plan, values)
    with pytest.raises(Refusal, match="已有整改计划"):
        records.restore(at_work, Plan, [first])


def test_what_belongs_to_a_deleted_record_comes_back_with_it(at_work):
    case = records.create(at_work, AccountabilityCase, {"unit_id": only(at_work, Unit).id, "fact": "脱岗"}).id
    party = records.create(at_work, Party, {"case_id": case, "name": "钱一民", "duty": "直接责任"}).id
    with at_work.writing("撤销导入") as work:
        work.set(work.get(Party, party), deleted_at=at_work.now)
        work.set(work.get(AccountabilityCase, case), deleted_at=at_work.now)
    with pytest.raises(Refusal, match="也在回收站里，请先恢复它"):
        records.restore(at_work, Party, [party])
    records.restore(at_work, AccountabilityCase, [case])
    assert only(at_work, Party, id=party).deleted_at is None


def test_the_count_of_a_closed_problem_stays_solved(at_work):
    findings.take(at_work, at_work.ids[0], "close", FULL)
    records.update(at_work, Finding, at_work.ids[0], None, {"count": 5})
    assert only(at_work, Finding, id=at_work.ids[0]).solved_count == 5
