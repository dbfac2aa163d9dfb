from datetime import date

import pytest

from models.domain.findings.lifecycle import Status, check, step
from models.domain.findings.outcomes import Outcome, outcome, solved_part

FACTS = {
    "status": Status.RECTIFYING,
    "found_on": date(2026, 11, 2),
    "today": date(2026, 11, 21),
    "count": 1,
}
DONE = {
    "outcome": "已整改",
    "measures": "已补齐",
    "person": "李强生",
    "finished_on": date(2026, 11, 8),
    "evidence": [1],
}


def wrong(key, given, **facts):
    return {p.field for p in check(step(key), {**FACTS, **facts}, given)}


def test_outcomes_are_read_as_offices_write_them():
    assert outcome("异议（不属实）") is outcome("异议(不属实)") is outcome(" 异议 ") is Outcome.OBJECTION
    assert outcome("已整改") is Outcome.DONE
    assert outcome("改好了") is None
    assert outcome(None) is None


def test_done_needs_evidence_or_a_statement():
    assert wrong("report", DONE) == set()
    assert wrong("report", {**DONE, "evidence": 0}) == {"no_evidence_reason"}
    assert wrong("report", {**DONE, "evidence": 0, "no_evidence_reason": "口头整改，无照片"}) == set()
    assert wrong("report", {**DONE, "finished_on": None}) == {"finished_on"}


def test_done_on_the_spot_needs_no_evidence():
    assert wrong("report", {**DONE, "outcome": "立行立改", "evidence": None}) == set()


@pytest.mark.parametrize("name", ["异议(不属实)", "暂时无法整改"])
def test_a_refusing_answer_needs_a_reason_and_no_measures(name):
    given = {"outcome": name, "person": "李强生"}
    assert wrong("report", given) == {"reason"}
    assert wrong("report", {**given, "reason": "现场无此点位"}) == set()


def test_asking_above_stays_and_says_what_for():
    given = {"outcome": "正在协调上级", "person": "李强生", "measures": "已报县局"}
    assert wrong("progress", given) == {"reason"}


@pytest.mark.parametrize("one", Outcome)
def test_an_outcome_takes_one_step_only(one):
    given = {**DONE, "outcome": str(one), "reason": "说明", "done": 1, "total": 5}
    right, other = ("report", "progress") if one.moves else ("progress", "report")
    assert wrong(right, given) == set()
    assert wrong(other, given) == {"outcome"}


def test_part_done_needs_x_of_y():
    given = {"outcome": "部分完成", "measures": "改了一些", "person": "李强生"}
    assert wrong("progress", given) == {"done", "total"}
    assert wrong("progress", {**given, "done": 3, "total": 5}) == set()
    assert wrong("progress", {**given, "done": 5, "total": 5}) == {"done"}
    assert wrong("progress", {**given, "done": -1, "total": 5}) == {"done"}


def test_part_done_of_many_counts_all_of_them():
    given = {"outcome": "部分完成", "measures": "改了一些", "person": "李强生", "done": 3, "total": 5}
    assert wrong("progress", given, count=41) == {"total"}
    assert wrong("progress", {**given, "total": 41}, count=41) == set()


def test_an_unknown_outcome_is_named():
    problems = check(step("report"), FACTS, {**DONE, "outcome": "改好了"})
    assert "没有“改好了”" in problems[0].sentence


def test_nothing_is_finished_before_it_was_found_or_tomorrow():
    assert wrong("report", {**DONE, "finished_on": date(2026, 11, 1)}) == {"finished_on"}
    assert wrong("report", {**DONE, "finished_on": date(2026, 11, 22)}) == {"finished_on"}


def test_only_settled_answers_count_as_solved():
    assert {one for one in Outcome if one.solves} == {Outcome.DONE, Outcome.ON_SPOT, Outcome.LONG_TERM}


def test_a_part_done_round_solves_whole_problems_only():
    assert solved_part(41, 12, 41) == 12
    assert solved_part(1, 3, 5) == 0
    assert solved_part(41, 0, 0) == 0
