"""异议: what may be done about it, and what never."""

from datetime import date

import pytest

from models.domain import objections
from models.domain.findings import lifecycle
from models.domain.findings.lifecycle import Status, step
from models.domain.objections import INSTEAD, LAST, Ruling

FACTS = {"status": Status.VERIFYING, "found_on": date(2022, 3, 5), "today": date(2022, 3, 16), "source_level": "县"}
SEEN = {"method": "现场核查", "verifier": "周海明", "verified_on": date(2022, 3, 15)}
CLOSING = {**SEEN, "conclusion": "已整改到位", "approver": "赵国栋"}
JUDGED = {**SEEN, "opinion": "台账确无登记。"}


@pytest.mark.parametrize("said", ["异议(不属实)", "异议", "异议（不属实）", "不属实"])
def test_nothing_is_closed_over_an_objection(said):
    objected = {**FACTS, LAST: said}
    (problem,) = lifecycle.check(step("close"), objected, CLOSING)
    assert problem.sentence == INSTEAD
    assert "核查异议" in problem.sentence
    assert step("close").hindrance(Status.VERIFYING, objected) == INSTEAD
    assert lifecycle.next_step(Status.VERIFYING, objected).key == "judge"


@pytest.mark.parametrize("said", ["", None, "已整改", "立行立改", "长期坚持", "暂时无法整改"])
def test_an_answer_is_no_objection(said):
    answered = {**FACTS, LAST: said}
    assert lifecycle.check(step("close"), answered, CLOSING) == ()
    (problem,) = lifecycle.check(step("judge"), answered, {**JUDGED, "conclusion": "属实维持"})
    assert "“销号”或“退回重改”" in problem.sentence
    assert lifecycle.next_step(Status.VERIFYING, answered).key == "close"


@pytest.mark.parametrize(
    ("word", "status"),
    [(Ruling.UPHELD, Status.RETURNED), (Ruling.PART, Status.RETURNED), (Ruling.UNTRUE, Status.REVOKED)],
)
def test_each_ruling_leads_somewhere(word, status):
    objected = {**FACTS, LAST: "异议(不属实)"}
    given = {**JUDGED, "conclusion": str(word), "approver": "赵国栋"}
    assert lifecycle.check(step("judge"), objected, given) == ()
    assert step("judge").route(Status.VERIFYING, given) == (status,)


def test_a_ruling_is_wanted_and_revoking_is_approved():
    objected = {**FACTS, LAST: "异议(不属实)"}

    def fields(given):
        return {p.field for p in lifecycle.check(step("judge"), objected, given)}

    assert fields({}) == {"conclusion", "opinion", "method", "verifier", "verified_on"}
    assert fields({**JUDGED, "conclusion": "属实维持"}) == set()
    assert fields({**JUDGED, "conclusion": "不属实撤销"}) == {"approver"}
    assert fields({**JUDGED, "conclusion": "已整改到位"}) == {"conclusion"}
    assert step("judge").route(Status.VERIFYING, {}) == ()


@pytest.mark.parametrize(("word", "way_out"), [("未整改到位", "退回重改"), ("问题不属实", "撤销")])
def test_a_verification_that_found_otherwise_closes_nothing(word, way_out):
    (problem,) = lifecycle.check(step("close"), FACTS, {**CLOSING, "conclusion": word})
    assert problem.field == "conclusion"
    assert f"请用“{way_out}”" in problem.sentence


def test_a_word_of_the_offices_own_closes():
    assert lifecycle.check(step("close"), FACTS, {**CLOSING, "conclusion": "整改到位，长期巡查"}) == ()
    assert objections.concludes_in_closing({}, {}) is None


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("judge", {**JUDGED, "conclusion": "不属实撤销", "approver": "赵国栋"}),
        ("close", CLOSING),
    ],
)
@pytest.mark.parametrize(
    ("approved_on", "problems"),
    [
        (date(2022, 3, 14), [("approved_on", "“批准日期”早于核查日期，请核对。")]),
        (date(2022, 3, 15), []),
        (date(2022, 3, 16), []),
        (None, []),
    ],
)
def test_nobody_approves_before_it_was_verified(key, given, approved_on, problems):
    facts = {**FACTS, LAST: "异议(不属实)" if key == "judge" else "已整改"}
    found = lifecycle.check(step(key), facts, {**given, "approved_on": approved_on})
    assert [(one.field, one.sentence) for one in found] == problems
