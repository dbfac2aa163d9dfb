"""What the clerk's filters leave is called by its name: never the whole county, never this office's own work."""

from pathlib import Path
from typing import Any

import pytest
from paperwork import Bureau, day, text, texts

from exporters.composing.narrowing import problems
from models.errors import Refusal
from models.paper.elements import Paper


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    """Two teams at five places, and a problem of the city's."""
    made = Bureau(tmp_path / "data")
    made.towns = ("柳河镇", "石门乡", "青石镇", "望江镇", "双桥镇")
    first, second = made.team("第一督查组", 1), made.team("第二督查组", 2)
    made.teams = (first, second)
    made.trips = []
    for at, town in enumerate(made.towns):
        trip = made.inspection(first if at < 3 else second, town, starts_on=day(3, 1 + at), ends_on=day(3, 1 + at))
        site = made.site(f"{town[:2]}药店", town)
        made.visit(trip, site, day(3, 1 + at))
        values = {"unit_id": made.units[town], "site_id": site, "inspection_id": trip, "found_on": day(3, 1 + at)}
        made.finding(f"{town}药店未登记", status="整改中", deadline=day(3, 18), **values)
        made.trips.append(trip)
    made.finding("市里指出的问题", unit_id=made.units["柳河镇"], source_level="市", status="整改中", found_on=day(3, 4))
    party = {"name": "赵启文", "unit_id": made.units["柳河镇"], "post": "副镇长", "duty": "直接责任",
             "measures": ({"measure": "批评教育", "decided_on": day(3, 3)},)}  # fmt: skip
    made.case("赵启文未到岗。", [party], unit_id=made.units["柳河镇"], title="柳河镇副镇长赵启文未到岗的问题")
    return made


def narrowed(bureau: Bureau, kind: str, **options: Any) -> Paper:
    given = {name: value(bureau) for name, value in options.items()}
    return bureau.compose(kind, **given)


def towns(*names: str) -> Any:
    return lambda bureau: tuple(bureau.units[name] for name in names)


FOUR = ("柳河镇", "石门乡", "青石镇", "望江镇")
TITLES = [
    ("findings_bulletin", {}, "关于疫情防控督查发现问题的通报"),
    ("findings_bulletin", {"unit_ids": towns("柳河镇")}, "关于柳河镇疫情防控督查发现问题的通报"),
    ("findings_bulletin", {"unit_ids": towns("柳河镇", "石门乡")}, "关于柳河镇、石门乡疫情防控督查发现问题的通报"),
    ("findings_bulletin", {"unit_ids": towns(*FOUR)}, "关于柳河镇等4个单位疫情防控督查发现问题的通报"),
    ("findings_bulletin", {"team_ids": lambda b: b.teams[:1]}, "关于疫情防控第一督查组督查发现问题的通报"),
    ("findings_bulletin", {"source_levels": lambda _b: ("市",), "include": lambda _b: True},
     "关于疫情防控市级反馈问题的通报"),
    ("accountability_bulletin", {"unit_ids": towns("柳河镇")}, "关于柳河镇一起疫情防控工作典型问题的通报"),
    ("inspection_report", {"unit_ids": towns("柳河镇")}, "关于柳河镇疫情防控工作督查情况的报告"),
    ("inspection_report", {"team_ids": lambda b: b.teams[1:]}, "关于望江镇、双桥镇疫情防控工作督查情况的报告"),
    ("rectification_report", {"unit_ids": towns("柳河镇")}, "关于柳河镇疫情防控督查问题整改情况的报告"),
    ("rectification_report", {"source_levels": lambda _b: ("市",)}, "关于疫情防控市级反馈问题整改情况的报告"),
    ("rectification_plan", {"unit_ids": towns("柳河镇")}, "柳河镇疫情防控督查问题整改方案"),
    ("period_summary", {"unit_ids": towns("柳河镇")}, "关于柳河镇疫情防控督查工作情况的总结"),
    ("period_summary", {"team_ids": lambda b: b.teams[:1]}, "关于疫情防控第一督查组督查工作情况的总结"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "options", "title"), TITLES)
def test_the_title_says_what_the_filters_left(bureau: Bureau, kind: str, options: dict[str, Any], title: str) -> None:
    assert narrowed(bureau, kind, **options).title == title


@pytest.mark.parametrize(
    "kind", ["findings_bulletin", "accountability_bulletin", "inspection_report", "period_summary"]
)
def test_the_lead_of_what_was_narrowed_never_says_the_whole_county(bureau: Bureau, kind: str) -> None:
    paper = narrowed(bureau, kind, unit_ids=towns("柳河镇"))
    lead = next(texts(paper))
    assert "全县" not in lead
    assert "柳河镇" in lead


def test_the_lead_says_who_inspected_where_a_team_was_chosen(bureau: Bureau) -> None:
    lead = next(texts(narrowed(bureau, "findings_bulletin", team_ids=lambda b: b.teams[:1])))
    assert "云岭县疫情防控指挥部办公室第一督查组对柳河镇、石门乡、青石镇疫情防控工作落实情况开展督查" in lead
    assert "走访点位3个" in lead


def test_many_units_are_counted_and_not_the_whole_county(bureau: Bureau) -> None:
    assert "对柳河镇等4个单位疫情防控" in next(texts(narrowed(bureau, "findings_bulletin", unit_ids=towns(*FOUR))))


def test_what_only_came_from_above_is_not_told_as_found_by_this_office(bureau: Bureau) -> None:
    """开展督查，共走访点位53个，发现问题6个 stood over six problems of the city's."""
    paper = narrowed(bureau, "findings_bulletin", source_levels=lambda _b: ("市",), include=lambda _b: True)
    lead = next(texts(paper))
    assert lead == "上级反馈问题1个，正在整改。现将有关问题通报如下。"
    assert "走访" not in text(paper)
    assert "市里指出的问题" in text(paper)


@pytest.mark.parametrize(
    "days", [{"from_": day(3, 21)}, {"until": day(3, 21)}, {"from_": day(3, 9), "until": day(3, 1)}]
)
def test_a_period_that_cannot_be_is_refused(bureau: Bureau, days: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match="请核对"):
        bureau.compose("findings_bulletin", date=day(3, 20), **days)


def test_to_a_township_the_county_is_not_its_own_level() -> None:
    assert problems(("县",), role="unit") == "县级督查反馈问题"
    assert problems(("市", "县"), role="unit") == "市级反馈问题、县级督查反馈问题"
    assert problems(("县",)) == "本级督查发现问题"
