"""What a summary says beside its figures: its period, its teams, own words; advice in a bulletin by team."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from paperwork import Bureau, day, texts

from exporters.composing.wording import listed_shortly, period_name
from models.records import Member, Team


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    made = Bureau(tmp_path / "data")
    made.unit("柳河镇", rank=1)
    made.unit("石门乡", rank=2)
    made.unit("县水利局", "部门")
    return made


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ((1, 1), (6, 30), "2022年上半年"), ((7, 1), (12, 31), "2022年下半年"), ((1, 1), (12, 31), "2022年"),
        ((4, 1), (6, 30), "2022年第二季度"), ((2, 1), (2, 28), "2022年2月"), ((1, 1), (5, 31), "2022年1至5月"),
        ((1, 1), (6, 29), ""), ((3, 2), (3, 31), ""), ((6, 1), (3, 31), ""),
    ],
)  # fmt: skip
def test_whole_months_have_a_name(first: tuple[int, int], last: tuple[int, int], name: str) -> None:
    assert period_name(day(*first), day(*last)) == name
    assert period_name(None, day(*last)) == ""
    assert period_name(dt.date(2021, 1, 1), day(*last)) == ""


def test_a_long_list_is_five_and_how_many() -> None:
    names = [f"{one}村" for one in "甲乙丙丁戊己"]
    assert listed_shortly(names[:5]) == "甲村、乙村、丙村、丁村、戊村"
    assert listed_shortly(names) == "甲村、乙村、丙村、丁村、戊村等6个单位"


def trips(bureau: Bureau, **more: Any) -> list[int]:
    """Three teams, each with an inspection and a problem."""
    found = []
    for n, unit in enumerate(("柳河镇", "石门乡", "柳河镇"), 1):
        found.append(bureau.team(f"第{'一二三'[n - 1]}督查组", n))
        trip = bureau.inspection(found[-1], unit, starts_on=day(2, n), ends_on=day(2, n), **more)
        site = bureau.site(f"{'甲乙丙'[n - 1]}药店", unit)
        bureau.finding(f"第{n}处无人值守", site_id=site, inspection_id=trip, found_on=day(2, n))
    return found


def test_a_summary_names_its_period_and_who_led_the_teams(bureau: Bureau) -> None:
    first, second, _ = trips(bureau)
    bureau.set(Team, first, duties="负责东片督查。")
    rows = (
        (first, "莫然", "副局长", "副组长", "县水利局"), (first, "程立新", "县委常委、副县长", "组长", ""),
        (first, "沈佳", "科员", "成员", "县水利局"), (second, "庄启文", "县政协副主席", "组长", ""),
    )  # fmt: skip
    for team, name, post, role, unit in rows:
        bureau.add(Member, team_id=team, name=name, post=post, role=role, unit_id=bureau.units.get(unit))
    bureau.add(Member, team_id=second, name="早走的", post="主任", role="副组长", left_on=day(1, 5))
    choices = {"from_": day(2, 1), "until": day(2, 28)}
    paper = bureau.compose("period_summary", **choices)
    lines = list(texts(paper))
    assert paper.title == "关于2022年2月疫情防控督查工作情况的总结"
    at = lines.index("（一）督查力量")
    assert lines[at + 1 : at + 3] == [
        "第一督查组由县委常委、副县长程立新任组长，县水利局副局长莫然任副组长。负责东片督查。",
        "第二督查组由县政协副主席庄启文任组长。",
    ]
    assert "，县水利局科员沈佳为成员。" in "".join(texts(bureau.compose("period_summary", members=True, **choices)))


def test_the_offices_own_words_stand_instead_of_the_proposal(bureau: Bureau) -> None:
    trips(bureau)
    lines = list(texts(bureau.compose(
        "period_summary", work_text="（一）加强统筹。全年部署3次。\n（二）压实责任。",
        next_text="下一步，我办将抓好三件事。\n一是盯住重点。\n二是抓好整改。",
    )))  # fmt: skip
    at = lines.index("一、工作开展情况")
    assert lines[at + 1 : at + 3] == ["（一）加强统筹。全年部署3次。", "（二）压实责任。"]
    at = lines.index("三、下一步工作打算")
    assert lines[at + 1 :] == ["下一步，我办将抓好三件事。", "一是盯住重点。", "二是抓好整改。"]


def test_a_bulletin_by_team_tells_each_teams_advice_behind_its_problems(bureau: Bureau) -> None:
    trips(bureau, advice="配备测温枪。")
    lines = list(texts(bureau.compose("findings_bulletin", group_by="team")))
    assert "派出3个督查组，采取“四不两直”、实地走访等方式" in lines[0]
    at = lines.index("（一）第一督查组（1个问题）。柳河镇甲药店第1处无人值守。")
    assert lines[at + 1] == "建议柳河镇配备测温枪。"
    assert "意见建议" not in "".join(texts(bureau.compose("findings_bulletin")))
    wished = list(texts(bureau.compose("findings_bulletin", advice=True)))
    assert "二、意见建议" in wished


def test_teams_in_a_row_have_one_name(bureau: Bureau) -> None:
    trips(bureau)
    lead = bureau.compose("inspection_report").blocks[0].text
    assert "第一至第三督查组采取“四不两直”、实地走访等方式" in lead
    only_one = bureau.compose("inspection_report", team_ids=(1,)).blocks[0].text
    assert "第一督查组采取" in only_one


def test_one_way_of_inspecting_is_no_list_and_none_is_not_made_up(bureau: Bureau) -> None:
    trips(bureau, methods=["四不两直"])
    assert "采取“四不两直”方式" in bureau.compose("inspection_report").blocks[0].text
    bureau.inspection(bureau.team("第四督查组", 4), "石门乡", methods=[], starts_on=day(3, 9), ends_on=day(3, 9))
    lead = bureau.compose("inspection_report", from_=day(3, 9)).blocks[0].text
    assert "采取" not in lead
    assert "XX" not in lead


def test_more_than_five_sites_are_five_and_how_many_but_in_a_notice_all(bureau: Bureau) -> None:
    for n in range(7):
        bureau.finding("无人值守", site_id=bureau.site(f"{n}号点", "柳河镇"), status="待交办", requirement="立即到岗",
                       deadline=day(3, 28))  # fmt: skip
    assert "0号点、1号点、2号点、3号点、4号点等7个点位均无人值守" in "".join(texts(bureau.compose("findings_bulletin")))
    notice = "".join(texts(bureau.compose("rectification_notice")))
    assert all(f"{n}号点无人值守" in notice for n in range(7))


def test_a_team_that_found_nothing_is_counted_among_those_that_went_out(bureau: Bureau) -> None:
    trips(bureau)
    bureau.inspection(bureau.team("第四督查组", 4), "石门乡", starts_on=day(2, 5), ends_on=day(2, 5))
    lines = "".join(texts(bureau.compose("period_summary")))
    assert "4个督查组采取" in lines
    assert "3个督查组" not in lines


def test_a_short_title_that_is_the_heading_is_not_told_again(bureau: Bureau) -> None:
    unit = bureau.units["柳河镇"]
    values = {"short_title": "物资不足", "count": 2, "unit_id": unit, "found_on": day(2, 3)}
    bureau.finding("口罩仅存7只，酒精未备", **values)
    text = "".join(texts(bureau.compose("period_summary")))
    assert "物资不足问题（2个）。柳河镇口罩仅存7只" in text
