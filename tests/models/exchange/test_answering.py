"""What a township types: mended until it leaves, taken back until it leaves, never after."""

import pytest
from offices import DONE, County

from models.domain.findings.unit_status import LocalStatus
from models.errors import Refusal
from models.records import Feedback, Finding
from models.services import unit_answers


@pytest.fixture
def sent(county: County) -> County:
    county.hand_over()
    county.send()
    return county


def test_what_was_written_can_be_taken_back(sent: County) -> None:
    unit = sent.units[0]
    feedback = sent.write()
    assert unit.one(Finding).local_status == LocalStatus.WRITING
    unit_answers.withdraw(unit.workspace, feedback.id)
    assert unit.one(Finding).local_status == LocalStatus.EMPTY
    assert unit.all(Feedback) == []


def test_taking_back_a_supplement_leaves_the_answer_reported(sent: County) -> None:
    unit = sent.units[0]
    sent.write()
    sent.answer()
    unit_answers.withdraw(unit.workspace, sent.write(measures="补充").id)
    assert unit.one(Finding).local_status == LocalStatus.SENT


def test_what_has_left_is_not_touched(sent: County) -> None:
    unit = sent.units[0]
    feedback = sent.write()
    sent.answer()
    with pytest.raises(Refusal, match="已经上报，不能再改"):
        unit_answers.write_feedback(unit.workspace, 1, DONE, feedback_id=feedback.id)
    with pytest.raises(Refusal, match="已经上报，不能撤回"):
        unit_answers.withdraw(unit.workspace, feedback.id)


def test_an_answer_needs_its_outcome_and_a_problem_that_waits(sent: County) -> None:
    with pytest.raises(Refusal, match="请先选择“整改结果”"):
        unit_answers.write_feedback(sent.units[0].workspace, 1, {"measures": "x"})
    sent.step(1, "void")
    sent.send()
    with pytest.raises(Refusal, match="现为“作废”，不需要再反馈"):
        unit_answers.write_feedback(sent.units[0].workspace, 1, DONE)


def test_site_photos_of_the_county_are_no_proof(sent: County) -> None:
    from models.services import attachments

    unit = sent.units[0]
    attachments.attach(unit.workspace, unit.one(Finding), b"photo", "现场.txt")
    with pytest.raises(Refusal, match="无佐证说明"):
        unit_answers.write_feedback(unit.workspace, 1, {**DONE, "no_evidence_reason": ""})
