"""An objection is judged one by one, whoever tries to close it: a step, a bulk step, a workbook, a package."""

import datetime as dt

import pytest
from sqlalchemy import select

from models.domain.objections import INSTEAD
from models.errors import Refusal
from models.records import Feedback, Finding, Unit, Verification
from models.services import findings, records, undo

SEEN = {"method": "现场核查", "verifier": "周海明", "verified_on": dt.date(2022, 3, 15)}
CLOSING = {**SEEN, "conclusion": "已整改到位", "approver": "赵国栋"}
OBJECTION = {"outcome": "异议(不属实)", "person": "何平", "reason": "当日有登记。"}
DONE = {
    "outcome": "已整改", "measures": "已补。", "person": "何平", "finished_on": dt.date(2022, 3, 10),
    "no_evidence_reason": "现场已看",
}  # fmt: skip


@pytest.fixture
def answered(workspace):
    """A finding that waits to be verified, with this feedback."""
    unit = records.create(workspace, Unit, {"name": "柳河镇", "kind": "乡镇"}).id

    def make(*answers) -> int:
        values = {"fact": "无登记。", "kind": "测温", "source_level": "县", "found_on": dt.date(2022, 3, 5)}
        id_ = records.create(workspace, Finding, values | {"unit_id": unit}).id
        findings.take(workspace, id_, "hand_over", {"deadline": dt.date(2022, 3, 14), "requirement": "立即整改"})
        for answer in answers:
            with workspace.writing("反馈") as work:
                findings.take_feedback(work, work.get(Finding, id_), answer)
        return id_

    return make


def kept(workspace, id_):
    with workspace.reading() as session:
        found = session.scalars(select(Verification).where(Verification.finding_id == id_))
        return session.get(Finding, id_), list(found)


def test_closing_is_refused_with_the_way_out(workspace, answered):
    id_ = answered(OBJECTION)
    with pytest.raises(Refusal, match="核查异议"):
        findings.take(workspace, id_, "close", CLOSING)
    assert kept(workspace, id_)[0].status == "待核查"


def test_an_objection_that_came_behind_an_answer_counts_and_a_deleted_one_does_not(workspace, answered):
    id_ = answered(DONE, OBJECTION)
    with pytest.raises(Refusal, match="核查异议"):
        findings.take(workspace, id_, "close", CLOSING)
    with workspace.reading() as session:
        last = session.scalars(select(Feedback.id).where(Feedback.finding_id == id_).order_by(Feedback.id.desc()))
        records.delete(workspace, Feedback, [last.first()])
    findings.take(workspace, id_, "close", CLOSING)
    assert kept(workspace, id_)[0].status == "已销号"


def test_a_bulk_step_leaves_objections_out_and_says_so(workspace, answered):
    one, two = answered(OBJECTION), answered(DONE)
    told = {row.id: row.reason for row in findings.preview_many(workspace, [one, two], "close", CLOSING)}
    assert told == {one: INSTEAD, two: ""}
    _, results = findings.take_many(workspace, [one, two], "close", CLOSING)
    assert {row.id: row.reason for row in results} == told
    assert [kept(workspace, id_)[0].status for id_ in (one, two)] == ["待核查", "已销号"]


def test_upheld_it_goes_back_with_the_reason_and_another_round_closes_it(workspace, answered):
    id_ = answered(OBJECTION)
    findings.take(workspace, id_, "judge", {**SEEN, "conclusion": "属实维持", "opinion": "监控显示无登记。"})
    finding, (check,) = kept(workspace, id_)
    assert (finding.status, finding.returned_reason) == ("退回重改", "属实维持：监控显示无登记。")
    assert (check.conclusion, check.reason, check.opinion) == ("属实维持", "监控显示无登记。", "")
    assert check.feedback_id
    with workspace.writing("反馈") as work:
        findings.take_feedback(work, work.get(Finding, id_), DONE)
    findings.take(workspace, id_, "close", CLOSING)
    assert kept(workspace, id_)[0].status == "已销号"


def test_adopted_in_part_it_goes_back_too(workspace, answered):
    id_ = answered(OBJECTION)
    findings.take(workspace, id_, "judge", {**SEEN, "conclusion": "部分采纳", "opinion": "3月5日的属实。"})
    finding, (check,) = kept(workspace, id_)
    assert (finding.status, check.conclusion) == ("退回重改", "部分采纳")


def test_untrue_it_is_revoked_and_one_undo_takes_it_back(workspace, answered):
    id_ = answered(OBJECTION)
    given = {**SEEN, "conclusion": "不属实撤销", "opinion": "台账齐全。", "approver": "赵国栋"}
    operation = findings.take(workspace, id_, "judge", given).operation
    finding, (check,) = kept(workspace, id_)
    assert (finding.status, check.conclusion, check.opinion) == ("撤销", "不属实撤销", "台账齐全。")
    undo.undo(workspace, operation)
    assert kept(workspace, id_)[0].status == "待核查"


def test_returned_as_any_other_it_is_upheld(workspace, answered):
    id_ = answered(OBJECTION)
    findings.take(workspace, id_, "return_", {"reason": "照片显示无登记"})
    assert kept(workspace, id_)[1][0].conclusion == "属实维持"
    id_ = answered(DONE)
    findings.take(workspace, id_, "return_", {"reason": "照片看不清"})
    assert kept(workspace, id_)[1][0].conclusion == "未整改到位"
