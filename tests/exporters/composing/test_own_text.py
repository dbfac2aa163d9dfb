"""Whatever the office pasted stands in the paper: every character, in its order, with its own numbering."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paperwork import Bureau, texts

from exporters.composing.own_text import lines_of, own_paragraphs
from models.paper.numbering import chinese_numeral, ordinal, ordinals

_WIDE = str.maketrans(",;:?!()．.", "，；：？！（）。。")


def plain(text: str) -> str:
    """A text whatever the width of its marks and the marks at the ends of its lines and ordinals."""
    lines = (line.strip().rstrip("，、。；： ,;:") for line in text.splitlines())
    return re.sub(r"[\s。、]", "", "".join(lines).translate(_WIDE).replace('"', "").replace("“", "").replace("”", ""))


def printed(text: str) -> list[str]:
    blocks = own_paragraphs("text", text)
    return [number + b.heading + b.text for number, b in zip(ordinals(blocks), blocks, strict=True)]


TRAP = (
    "当前形势严峻,建议如下。\n"
    "(一)广辟渠道加强防控物资供应。一是多渠道采购防控物资。二是加快复工复产。三是统筹物资调配。\n"
    "(二)加强宣传。各村(社区),各部门都要宣传。\n"
    "下一步,督查组将继续跟踪。"
)


def test_an_introduction_and_the_next_steps_are_no_points_and_inner_numbers_stay_inside() -> None:
    assert printed(TRAP) == [
        "当前形势严峻，建议如下。",
        "（一）广辟渠道加强防控物资供应。一是多渠道采购防控物资。二是加快复工复产。三是统筹物资调配。",
        "（二）加强宣传。各村（社区），各部门都要宣传。",
        "下一步，督查组将继续跟踪。",
    ]
    blocks = own_paragraphs("text", TRAP)
    assert [block.level for block in blocks] == [0, 2, 2, 0]
    assert blocks[1].heading == "广辟渠道加强防控物资供应。"


def test_levels_move_below_the_heading_they_stand_under() -> None:
    text = "一、压实责任。\n（一）县级领导包乡镇。\n1.每周两次\n二、备足物资"
    assert [b.level for b in own_paragraphs("text", text)] == [2, 3, 4, 2]
    assert printed(text) == ["（一）压实责任。", "1.县级领导包乡镇。", "（1）每周两次。", "（二）备足物资。"]


@pytest.mark.parametrize("text", ["二、先做这一项\n四、再做那一项", "1.甲项\n1.乙项", "（三）只有这一条。"])
def test_a_numbering_the_paper_would_change_stays_as_it_was_typed(text: str) -> None:
    assert printed(text) == [line if line.endswith("。") else f"{line}。" for line in text.splitlines()]


@pytest.mark.parametrize("text", ["3.5万元未入账", "2022.3.5发现无人值守", "1、2号卡点无人", "（一）", "12:30到岗"])
def test_what_only_looks_like_an_ordinal_is_none(text: str) -> None:
    assert [b.level for b in own_paragraphs("text", text)] == [0]


words = st.text(alphabet="镇村督查整改，。；、（）()0123456789年月日是一二三四,;:“”", max_size=30)
forms = st.sampled_from(["", "一是", "{}、", "（{}）", "({})", "{}.", "{}、 ", "（1）", "第一，", "①", "下一步，"])


@given(st.lists(st.tuples(forms, words), min_size=1, max_size=8))
def test_every_character_stands_in_the_paper_in_its_order(lines: list[tuple[str, str]]) -> None:
    text = "\n".join(
        f"{form.format(n if form == '{}.' else chinese_numeral(n))}村{word}" for n, (form, word) in enumerate(lines, 1)
    )
    blocks = own_paragraphs("text", text)
    typed = [found.text if block.level else found.typed + found.text for block, found in zip(
        blocks, lines_of(text), strict=True)]  # fmt: skip
    assert plain("\n".join(b.heading + b.text for b in blocks)) == plain("\n".join(typed))
    if all(block.level == 0 for block in blocks):
        assert plain("\n".join(printed(text))) == plain(text)


@given(st.lists(st.text(alphabet="镇村督查整改", min_size=1, max_size=40), min_size=1, max_size=9))
def test_points_numbered_as_the_paper_numbers_come_out_word_for_word(points: list[str]) -> None:
    text = "\n".join(f"{ordinal(2, n)}{point}。" for n, point in enumerate(points, 1))
    assert "\n".join(printed(text)) == text


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    made = Bureau(tmp_path / "data")
    made.unit("柳河镇", rank=1)
    made.trip = made.inspection(made.team("第一督查组", 1), "柳河镇", advice=TRAP)
    return made


def test_facts_keep_their_full_stops_and_advice_its_points(bureau: Bureau) -> None:
    for fact in ("各村(社区),各部门宣传不够。一是有的不贴通告。二是有的不用喇叭。", "卡点无人值守。"):
        bureau.finding(fact, unit_id=bureau.units["柳河镇"], inspection_id=bureau.trip, kind="其他")
    lines = list(texts(bureau.compose("inspection_report")))
    at = lines.index("二、意见建议")
    assert "1.各村（社区），各部门宣传不够。一是有的不贴通告。二是有的不用喇叭。" in lines
    assert "2.卡点无人值守。" in lines
    assert lines[at + 1 : at + 6] == ["对柳河镇提出以下意见建议。", *printed(TRAP)]


def test_a_short_title_heads_its_paragraph_before_the_dictionarys_word(bureau: Bureau) -> None:
    rows = (
        ("警力不足", "有的反映高速路口较多，警力不够"),
        ("防护物资不足", "口罩重复使用。体温枪未配到村"),
        ("", "卡点无人"),
    )
    for title, fact in rows:
        bureau.finding(
            fact, short_title=title, unit_id=bureau.units["柳河镇"], inspection_id=bureau.trip, kind="人员不在岗"
        )
    lines = list(texts(bureau.compose("inspection_report")))
    assert lines[2:5] == [
        "（一）警力不足。有的反映高速路口较多，警力不够。",
        "（二）防护物资不足。口罩重复使用。体温枪未配到村。",
        "（三）人员不在岗（1个问题）。卡点无人。",
    ]
    by_unit = list(texts(bureau.compose("findings_bulletin", group_by="unit")))
    assert "（一）警力不足。有的反映高速路口较多，警力不够。" in [line.replace("柳河镇", "") for line in by_unit]


def test_a_place_the_fact_names_is_not_put_before_it_again(bureau: Bureau) -> None:
    site = bureau.site("惠民大药房", "柳河镇")
    bureau.finding(
        "11月26日上午，第一督查组检查发现，惠民大药房未登记销售记录", site_id=site, inspection_id=bureau.trip
    )
    bureau.finding("11月27日，无人值守", site_id=bureau.site("康民药店", "柳河镇"), inspection_id=bureau.trip)
    for kind, unit in (("inspection_report", ""), ("findings_bulletin", "柳河镇")):
        found = "\n".join(texts(bureau.compose(kind, group_by="site_kind")))
        assert f"{unit and unit + '：'}11月26日上午，第一督查组检查发现，惠民大药房未登记销售记录" in found
        assert f"{unit}康民药店：11月27日，无人值守" in found
        assert found.count("惠民大药房") == 1
    lines = list(texts(bureau.compose("rectification_notice")))
    assert any(line.startswith("1.11月26日上午，第一督查组检查发现，惠民大药房未登记销售记录。") for line in lines)
