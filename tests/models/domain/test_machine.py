from datetime import date
from enum import StrEnum

import pytest

from models.domain.state_machine import Step, Want, any_of, blank, never, not_ahead, not_before


class Light(StrEnum):
    OFF = "关"
    ON = "开"
    BROKEN = "坏"


TURN = Step(
    "turn",
    "开灯",
    frozenset({Light.OFF, Light.BROKEN}),
    Light.ON,
    wants=(Want("on", "日期", "day"), Want("watt", "瓦数", "number", never)),
    needs=(Want("bulb", "灯泡", "choice"),),
    guards=(not_ahead("on", "日期"), any_of(("a", "b"), "请填写 a 或 b。")),
    via=((Light.BROKEN, Light.OFF),),
)
TODAY = date(2026, 11, 21)
FACTS = {"status": Light.OFF, "bulb": "LED", "today": TODAY, "a": 1}


@pytest.mark.parametrize("value", [None, "", " \n", [], (), {}])
def test_nothing_entered_is_blank(value):
    assert blank(value)


@pytest.mark.parametrize("value", [0, False, "x", [0]])
def test_zero_and_no_are_entries(value):
    assert not blank(value)


def test_a_route_names_every_status_entered():
    assert TURN.route(Light.OFF) == (Light.ON,)
    assert TURN.route(Light.BROKEN) == (Light.OFF, Light.ON)
    assert Step("stay", "留", frozenset(Light), None).route(Light.OFF) == ()


def test_a_button_is_grey_with_its_reason():
    assert TURN.hindrance(Light.OFF, FACTS) == ""
    assert TURN.hindrance(Light.ON, FACTS) == "现为“开”，“关”、“坏”时才能“开灯”。"
    assert TURN.hindrance(Light.OFF, {}) == "请先选择“灯泡”。"
    assert TURN.hindrance(Light.OFF, FACTS, "unit") == "“开灯”由县级指挥部办公室办理。"


def test_check_tells_everything_at_once():
    problems = TURN.check({"status": Light.OFF}, {"watt": "很亮"})
    assert [(p.field, p.sentence) for p in problems] == [
        ("bulb", "请先选择“灯泡”。"),
        ("on", "请先填写“日期”。"),
        ("watt", "“瓦数”不是整数，请核对。"),
        ("a", "请填写 a 或 b。"),
    ]


def test_check_of_a_step_out_of_place_says_only_that():
    assert [p.field for p in TURN.check({**FACTS, "status": Light.ON}, {})] == ["status"]


def test_check_lets_a_good_step_go():
    assert TURN.check(FACTS, {"on": TODAY, "watt": 0}) == ()


def test_a_day_must_be_a_day_and_not_ahead():
    assert TURN.check(FACTS, {"on": "3.5"})[0].sentence.startswith("“日期”不是日期")
    assert TURN.check(FACTS, {"on": date(2026, 11, 22)})[0].sentence == "“日期”晚于今天，请核对。"
    assert TURN.check({**FACTS, "today": None}, {"on": date(2026, 11, 22)}) == ()


def test_a_known_value_counts_only_where_the_want_says_so():
    facts = {"deadline": TODAY}
    assert Want("deadline", "时限", "day", known=True).problem(facts, {}) is None
    assert Want("deadline", "时限", "day").problem(facts, {}) is not None


def test_two_days_stay_in_order():
    guard = not_before("end", "start", "倒了。")
    assert guard({"start": TODAY}, {"end": date(2026, 11, 20)}).sentence == "倒了。"
    assert guard({"start": TODAY}, {"end": TODAY}) is None
    assert guard({}, {"end": TODAY}) is None
