"""Periods: one measure, several, again within the period; and the days that follow from a decision."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.cases import clocks, duties
from models.domain.cases.discipline import find_measure, measures
from models.domain.cases.effects import again, effect_end, effect_months, month_range, note_until, term_end, together

DECIDED = date(2022, 2, 14)


def one(name):
    found = find_measure(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "months"),
    [
        ("政务警告", 6), ("政务记过", 12), ("政务记大过", 18), ("政务降级", 24), ("政务撤职", 24), ("政务开除", None),
        ("机关警告", 6), ("机关记过", 12), ("机关记大过", 18), ("机关降级", 24), ("机关撤职", 24), ("机关开除", None),
        ("事业单位警告", 6), ("事业单位记过", 12), ("降低岗位等级", 24), ("事业单位开除", None),
        ("国企警告", 6), ("国企记过", 12), ("国企记大过", 18), ("国企降级", 24), ("国企撤职", 24), ("国企开除", None),
        ("党内警告", 12), ("党内严重警告", 18), ("撤销党内职务", 24), ("留党察看", None), ("开除党籍", None),
        ("诫勉", 6), ("调整职务", 12), ("免职", 24), ("责令辞职", 24), ("降职", 24), ("停职检查", None),
        ("提醒谈话", None),
    ],
)  # fmt: skip
def test_periods_are_those_of_the_law(name, months):
    assert effect_months(one(name)) == months


@pytest.mark.parametrize(
    ("decided", "name", "end"),
    [
        (DECIDED, "政务警告", date(2022, 8, 13)),
        (DECIDED, "党内严重警告", date(2023, 8, 13)),
        (date(2022, 3, 1), "政务警告", date(2022, 8, 31)),
        (date(2022, 8, 31), "政务警告", date(2023, 2, 28)),
        (date(2022, 8, 29), "政务警告", date(2023, 2, 28)),
        (date(2022, 7, 1), "政务警告", date(2022, 12, 31)),
    ],
)
def test_an_effect_ends_on_the_day_before(decided, name, end):
    assert effect_end(one(name), decided) == end


def test_what_has_no_period_has_no_end():
    assert effect_end(one("提醒谈话"), DECIDED) is None
    assert effect_end(one("政务警告"), None) is None


def test_probation_has_two_dates_and_no_sum():
    assert term_end(one("留党察看"), DECIDED, 12) == date(2023, 2, 13)
    assert effect_end(one("留党察看"), DECIDED, 12) is None
    assert effect_end(one("留党察看"), DECIDED, restored_on=date(2023, 2, 20)) == date(2025, 2, 19)
    with pytest.raises(ValueError, match="不少于 12 个月"):
        effect_months(one("留党察看"), 6)
    with pytest.raises(ValueError, match="不超过 24 个月"):
        effect_months(one("留党察看"), 25)


@pytest.mark.parametrize(("name", "below", "above"), [("延长预备期", 5, 13), ("停职检查", None, 7)])
def test_the_organ_sets_a_period_within_the_law(name, below, above):
    for months in filter(None, (below, above)):
        with pytest.raises(ValueError, match="个月"):
            effect_months(one(name), months)
    assert effect_end(one(name), DECIDED, 6) == date(2022, 8, 13)


def test_expulsion_leaves_a_dated_note_that_is_no_effect():
    assert note_until(one("开除党籍"), DECIDED) == date(2027, 2, 13)
    assert effect_end(one("开除党籍"), DECIDED) is None
    assert note_until(one("党内警告"), DECIDED) is None


def test_several_of_one_kind_reach_48_months_together():
    assert month_range(one("政务记大过"), 2) == (18, 36)
    assert month_range(one("政务记大过"), 3) == (18, 48)
    assert month_range(one("政务撤职"), 9) == (24, 48)
    assert effect_months(one("政务记大过"), count=3) is None
    assert effect_months(one("政务记大过"), 48, 3) == 48
    with pytest.raises(ValueError, match="不超过 48 个月"):
        effect_months(one("政务记大过"), 49, 3)
    with pytest.raises(ValueError, match="不超过 6 个月"):
        effect_months(one("政务警告"), 7)
    assert month_range(one("党内警告"), 2) == (12, None)


@given(st.dates(date(2000, 1, 1), date(2080, 1, 1)), st.sampled_from(measures()))
def test_a_period_never_ends_before_it_begins(decided, measure):
    end = effect_end(measure, decided)
    if end:
        assert 28 * (measure.months or 0) <= (end - decided).days <= 31 * (measure.months or 0)


@pytest.mark.parametrize(
    ("names", "article"),
    [
        (("政务记过", "机关记过"), "第十六条"),
        (("政务记过", "事业单位警告"), "第十六条"),
        (("政务记过", "国企警告"), "第十六条"),
        (("政务记过", "政务警告"), "执行最重的"),
        (("政务记过", "政务记过"), "12个月以上、24个月以下"),
        (("政务开除", "政务开除"), ""),
        (("政务记过", "党内警告"), ""),
        (("党内警告", "诫勉", "免职"), ""),
        (("延长预备期", "延长预备期"), "只能一次"),
    ],
)
def test_several_measures_of_one_person(names, article):
    told = "".join(p.sentence for p in together([one(name) for name in names]))
    assert (article in told) if article else not told


@pytest.mark.parametrize(
    ("name", "end", "said"),
    [
        ("党内警告", date(2023, 6, 30), "第二十一条"),
        ("机关记过", date(2023, 6, 30), "第十条"),
        ("政务记过", None, "故意再次违法"),
        ("政务开除", None, "故意再次违法"),
        ("诫勉", None, ""),
        ("开除党籍", None, ""),
    ],
)
def test_again_within_the_period(name, end, said):
    found, problem = again(one(name), DECIDED, date(2022, 6, 30))
    assert found == end
    assert (said in problem.sentence) if said else problem is None
    assert again(one(name), DECIDED, date(2022, 2, 1)) == (None, None)


def test_a_civil_servants_periods_reach_48_months_and_the_partys_have_no_ceiling():
    old = date(2024, 6, 30)
    assert again(one("机关撤职"), DECIDED, old)[0] == date(2026, 2, 13)
    assert again(one("撤销党内职务"), DECIDED, old)[0] == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("name", "tasks"),
    [
        ("党内警告", {"宣布": date(2022, 3, 14), "办理手续": date(2022, 3, 14), "报告执行情况": date(2022, 8, 14)}),
        ("政务警告", {"宣布": date(2022, 3, 14)}),
        ("政务降级", {"宣布": date(2022, 3, 14), "办理手续": date(2022, 3, 14)}),
        ("政务开除", {"宣布": date(2022, 3, 14), "办理手续": date(2022, 3, 14)}),
        ("诫勉", {"诫勉期满报告": date(2022, 8, 14)}),
        ("机关警告", {}),
        ("批评教育", {}),
    ],
)
def test_the_days_that_follow_from_a_decision(name, tasks):
    assert {c.task: c.due for c in clocks.waiting(one(name), DECIDED, ())} == tasks
    assert clocks.waiting(one(name), DECIDED, tuple(tasks)) == ()
    assert clocks.clocks(one(name), None) == ()


def test_what_somebody_may_ask_for_is_told_and_no_task():
    assert [(c.task, c.due) for c in clocks.clocks(one("政务警告"), DECIDED) if c.right] == [
        ("申请复审", date(2022, 3, 14))
    ]
    assert [c.due for c in clocks.clocks(one("机关警告"), DECIDED) if c.right] == [date(2022, 3, 16)]


@pytest.mark.parametrize(
    ("ground", "duty", "fits"),
    [
        ("中国共产党问责条例", "主要领导责任", True),
        ("中国共产党问责条例", "重要领导责任", True),
        ("中国共产党问责条例", "直接责任", False),
        ("中国共产党问责条例", "监管责任", False),
        ("中国共产党纪律处分条例", "直接责任", True),
        ("中国共产党纪律处分条例", "全面领导责任", False),
        ("公职人员政务处分法", "直接责任", True),
        ("其他", "监管责任", True),
        ("", "监管责任", True),
        ("", "全面领导责任", False),
    ],
)
def test_the_duties_of_each_ground(ground, duty, fits):
    assert (duties.wrong_duty(ground, duty, is_unit=False) is None) == fits


@pytest.mark.parametrize(
    ("name", "person", "unit"),
    [
        ("诫勉", True, False), ("诫勉谈话", True, False), ("通报批评", True, True), ("免职", True, False),
        ("停职检查", True, False), ("党内警告", True, False), ("责令检查", False, True), ("改组", False, True),
        ("批评教育", False, False), ("政务记过", False, False), ("约谈", False, False),
    ],
)  # fmt: skip
def test_the_measures_of_accountability(name, person, unit):
    for is_unit, fits in ((False, person), (True, unit)):
        problem = duties.wrong_measure("中国共产党问责条例", one(name), is_unit=is_unit)
        assert (problem is None) == fits
        assert duties.wrong_measure("", one(name), is_unit=is_unit) is None


@pytest.mark.parametrize(
    ("unit", "post", "first", "duty"),
    [
        ("柳河镇", "副镇长", True, "直接责任"), ("柳河镇", "副镇长", False, "重要领导责任"),
        ("柳河镇", "党委书记", False, "主要领导责任"), ("县卫健局", "局长", False, "主要领导责任"),
        ("柳河镇", "卫生院院长", False, "直接责任"), ("青石社区", "主任", False, "直接责任"),
        ("柳河镇", "干部", False, "直接责任"), ("", "", False, "直接责任"),
    ],
)  # fmt: skip
def test_a_duty_is_guessed_by_the_post(unit, post, first, duty):
    assert duties.guessed(unit, post, first=first, is_unit=False) == duty
    assert duties.guessed(unit, post, first=first, is_unit=True) == "直接责任"


def test_a_guessed_duty_is_not_told():
    assert duties.told_duty("主要领导责任", f"见台账；{duties.GUESSED}") == ""
    assert duties.told_duty("主要领导责任", "见台账") == "主要领导责任"


def test_the_whole_duty_is_the_leading_bodys():
    assert duties.wrong_duty("中国共产党问责条例", "全面领导责任", is_unit=True) is None
    assert duties.wrong_duty("中国共产党问责条例", "全面领导责任", is_unit=False) is not None
    assert duties.offered("", ("甲", "乙")) == ("甲", "乙")
    assert duties.offered("中国共产党问责条例", ()) == ("全面领导责任", "主要领导责任", "重要领导责任")
