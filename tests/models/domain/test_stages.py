from datetime import date

import pytest

from models.domain.cases import stages
from models.domain.cases.stages import STEPS, Stage, allowed, missing_for, next_step, step

FACTS = {
    "unit_id": 3,
    "fact": "接到通知后四天未到岗。",
    "proposer": "县防指办",
    "proposed_on": date(2026, 10, 1),
    "approver": "赵国栋",
    "approved_on": date(2026, 10, 8),
    "receiving_organ": "县纪委监委",
    "handed_on": date(2026, 10, 9),
    "party_count": 1,
    "disposition_count": 1,
    "effect_end": date(2026, 11, 1),
    "stage_reason": "",
    "today": date(2026, 11, 21),
}
GIVEN = {"stage_reason": "证据不足", "approver": "赵国栋"}


def wrong(key, stage, given=None, **facts):
    problems = step(key).check({**FACTS, "status": stage, **facts}, {} if given is None else given)
    return [p.field for p in problems]


def test_the_main_line_runs_from_clue_to_file():
    stage, seen = Stage.CLUE, []
    while one := next_step(stage):
        assert one.check({**FACTS, "status": stage}, GIVEN) == ()
        stage = one.route(stage)[-1]
        seen.append(str(stage))
    assert seen == ["核实", "问责建议", "报批", "移交有权机关", "决定", "宣布执行", "通报", "归档"]


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_has_a_way_on(stage):
    free = {one.key for one, reason in allowed(stage, FACTS) if not reason}
    assert free
    assert (free == {"amend"}) is (stage is Stage.FILED)


def test_side_exits():
    assert step("drop").route(Stage.PROPOSED) == (Stage.DROPPED,)
    assert wrong("drop", Stage.DECIDED, GIVEN) == ["status"]
    assert wrong("drop", Stage.CLUE) == ["stage_reason", "approver"]
    assert wrong("amend", Stage.EXECUTED, {"stage_reason": "复查后减轻"}) == []
    assert wrong("amend", Stage.CLUE, GIVEN) == ["status"]
    assert next_step(Stage.AMENDED).key == "decide"
    assert wrong("step_back", Stage.SUBMITTED, {"stage_reason": "事实不清"}) == []


def test_a_proposal_names_people_and_a_decision_measures():
    assert wrong("propose", Stage.VERIFIED, party_count=0) == [""]
    assert wrong("decide", Stage.TRANSFERRED, disposition_count=0) == [""]


def test_the_approver_is_not_the_proposer():
    assert wrong("transfer", Stage.SUBMITTED, {"approver": "县防指办"}) == ["approver"]


def test_days_stay_in_order():
    assert wrong("transfer", Stage.SUBMITTED, approved_on=date(2026, 9, 1)) == ["approved_on"]
    assert wrong("transfer", Stage.SUBMITTED, handed_on=date(2026, 10, 2)) == ["handed_on"]
    assert wrong("propose", Stage.VERIFIED, {"proposed_on": date(2026, 12, 1)}) == ["proposed_on"]


@pytest.mark.parametrize("stage", [Stage.EXECUTED, Stage.PUBLICISED, Stage.DROPPED])
def test_a_case_is_filed_whether_or_not_its_effects_have_ended(stage):
    assert wrong("file", stage, effect_end=date(2026, 12, 1)) == []
    assert step("file").route(stage) == (Stage.FILED,)


def test_a_decision_is_amended_after_filing_too():
    assert wrong("amend", Stage.FILED, {"stage_reason": "复查后减轻"}) == []


@pytest.mark.parametrize(
    ("said", "publicised", "now"),
    [("影响期满", True, "通报"), ("影响期满", False, "宣布执行"), ("归档", True, "归档"), ("通报", False, "通报")],
)
def test_the_stage_that_is_none_any_more_is_read_as_what_it_was_before(said, publicised, now):
    assert stages.current(said, publicised=publicised) == now


def test_an_old_case_says_what_it_lacks():
    bare = {"fact": "未到岗", "party_count": 0, "disposition_count": 0}
    assert missing_for(Stage.CLUE, bare) == ()
    assert missing_for(Stage.FILED, FACTS) == ()
    assert missing_for(Stage.DECIDED, bare) == (
        "发生单位",
        "建议机关",
        "建议日期",
        "批准人",
        "批准日期",
        "移交机关",
        "移交日期",
        "责任人员",
        "处理",
    )
    assert missing_for(Stage.DROPPED, bare) == ("发生单位", "不予问责的原因", "批准人")
    assert missing_for(Stage.AMENDED, FACTS) == ("变更情况",)


def test_nothing_leads_out_of_the_table():
    assert {s for one in STEPS for s in (*one.sources, one.target)} == set(Stage)
    assert all((next_step(stage) is None or stage is Stage.DROPPED) for stage in stages.ENDED)
