from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.cases.discipline import (
    Measure,
    check,
    effect_end,
    effect_months,
    find_measure,
    measures,
    month_range,
    print_order,
)

DECIDED = date(2022, 2, 14)


def one(name):
    found = find_measure(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "months"),
    [
        ("政务警告", 6),
        ("政务记过", 12),
        ("政务记大过", 18),
        ("政务降级", 24),
        ("政务撤职", 24),
        ("政务开除", None),
        ("党内警告", 12),
        ("党内严重警告", 18),
        ("撤销党内职务", 24),
        ("开除党籍", 60),
        ("诫勉", 6),
        ("提醒谈话", None),
    ],
)
def test_periods_are_those_of_the_law(name, months):
    assert effect_months(one(name)) == months


def test_every_measure_has_what_a_clerk_asks():
    for measure in measures():
        assert measure.source
        assert measure.wording
        assert measure.form in {"第一种", "第二种", "第三种", "第四种"}
        assert measure.applies_to in {"person", "unit", "both"}
        assert measure.secondary or "政务处分法" in measure.source or measure.group in {"组织处理", "移送司法"}
    names = [name for measure in measures() for name in (measure.name, *measure.aliases)]
    assert len(names) == len(set(names))


def test_measures_are_found_by_other_names():
    assert one("记过").name == "政务记过"
    assert one("党内严重警告处分").name == "党内严重警告"
    assert find_measure("罚抄") is None
    own = Measure("扣发绩效", "其他")
    assert find_measure("扣发绩效", [own]) is own


def sentences(name, identities, **more):
    return [p.sentence for p in check(one(name), identities, **more)]


def test_party_discipline_is_for_party_members():
    assert sentences("党内警告", ["中共党员", "群众"]) == []
    assert sentences("党内警告", ["公职人员"]) == ["“党内警告”是党纪处分，当事人身份须有“中共党员”。"]


def test_state_discipline_is_for_officials_and_some_of_it_for_villages():
    assert sentences("政务撤职", ["公职人员"]) == []
    assert "公职人员" in sentences("政务警告", ["临聘人员"])[0]
    assert sentences("政务记过", ["村（社区）干部"], organ="县监委") == []
    assert sentences("政务记过", ["村(社区)干部"]) == []
    assert "只有警告、记过、记大过" in sentences("政务撤职", ["村(社区)干部"])[0]
    assert "监察机关" in sentences("政务记过", ["村(社区)干部"], organ="城关镇政府")[0]
    assert sentences("政务记过", ["村(社区)干部", "公职人员"], organ="城关镇政府") == []


def test_units_and_people_have_measures_of_their_own():
    assert sentences("诫勉", [], is_unit=True) == ["“诫勉”只适用于个人，不能用于单位。"]
    assert sentences("通报批评", [], is_unit=True) == []
    assert sentences("改组", ["群众"]) == ["“改组”只适用于单位，不能用于个人。"]
    assert sentences("提醒谈话", []) == []


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
    assert effect_end(one("留党察看"), DECIDED) is None


def test_the_organ_sets_probation_within_the_law():
    assert effect_end(one("留党察看"), DECIDED, 24) == date(2024, 2, 13)
    with pytest.raises(ValueError, match="不少于 12 个月"):
        effect_months(one("留党察看"), 6)
    with pytest.raises(ValueError, match="不超过 24 个月"):
        effect_months(one("留党察看"), 25)
    assert effect_months(one("通报批评"), 3) == 3


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


def test_a_sentence_names_party_discipline_first():
    given_out = [one("免职"), one("政务记过"), one("党内警告"), one("政务警告")]
    assert [m.name for m in sorted(given_out, key=print_order)] == ["党内警告", "政务警告", "政务记过", "免职"]
