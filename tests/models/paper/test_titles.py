import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.paper.titles import break_name, break_title, width, words

TITLES = (
    "关于2022年第一季度全县疫情防控工作督查情况的通报",
    "云岭县疫情防控工作指挥部关于2022年上半年全县重点场所疫情防控措施落实情况专项督查的通报",
    "云岭县疫情防控工作指挥部督查组关于3起疫情防控工作责任落实不力典型问题的通报",
    "关于印发《云岭县秋冬季疫情防控方案》和《督查问责办法》的通知",
    "关于对疫情防控工作中落实“四方责任”不到位的青石镇人民政府等5家单位进行通报批评的决定",
    "云岭县疫情防控工作指挥部办公室关于2022年国庆节期间全县农贸市场、商场超市、宾馆酒店、交通场站等重点场所"
    "常态化疫情防控措施落实情况和存在问题整改情况专项督查的通报",
)


def shape(widths: list[float]) -> bool:
    peak = widths.index(max(widths))
    rises = all(a < b for a, b in pairwise(widths[: peak + 1]))
    falls = all(a > b for a, b in pairwise(widths[peak:]))
    return rises and falls


@pytest.mark.parametrize("title", TITLES)
def test_lines_make_a_trapezium_or_a_diamond(title: str) -> None:
    lines = break_title(title)
    assert "".join(lines) == title
    assert all(width(line) <= 19.5 for line in lines)
    assert shape([width(line) for line in lines])


@pytest.mark.parametrize("title", TITLES)
def test_no_line_begins_or_ends_wrongly(title: str) -> None:
    lines = break_title(title)
    assert not any(re.match(r"[的和与及、，。》”）年月日号]", line) for line in lines[1:])
    assert not any(re.search(r"[《“（〔]$|关于$", line) for line in lines[:-1])


@pytest.mark.parametrize(
    ("title", "whole"),
    [
        (TITLES[0], "2022年"),
        (TITLES[0], "第一季度"),
        (TITLES[2], "3起疫情"),
        (TITLES[3], "《督查问责办法》"),
        (TITLES[4], "“四方责任”"),
        (TITLES[4], "5家单位"),
        (TITLES[5], "农贸市场"),
    ],
)
def test_what_belongs_together_stays_on_one_line(title: str, whole: str) -> None:
    assert any(whole in line for line in break_title(title))


def test_a_short_title_is_one_line() -> None:
    assert break_title("整改通知书") == ("整改通知书",)


def test_breaks_by_hand_stay() -> None:
    assert break_title("关于疫情防控工作\n督查情况的通报") == ("关于疫情防控工作", "督查情况的通报")


def test_an_empty_title_has_no_lines() -> None:
    assert break_title("") == ()
    assert break_title(" \n ") == ()


def test_a_book_title_wider_than_a_line_breaks_between_words() -> None:
    title = "关于印发《云岭县2022年秋冬季新冠病毒感染疫情防控工作实施方案》的通知"
    lines = break_title(title)
    assert "".join(lines) == title
    assert all(width(line) <= 19.5 for line in lines)
    assert not any(line.endswith("《") or line.startswith("》") for line in lines)


def test_words_keep_numbers_with_their_units() -> None:
    assert words("2022年第12期KN95口罩") == ["2022年", "第12期", "KN95", "口罩"]
    assert words("疫情防控工作") == ["疫情", "防控", "工作"]


@given(st.text(alphabet=st.sampled_from("疫情防控的和、，《》“”（）2022年abcd喆\n —…"), max_size=120))
def test_any_title_keeps_its_characters_and_fits(title: str) -> None:
    lines = break_title(title)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", title)
    assert all(width(line) <= 19.5 for line in lines)


@settings(max_examples=20)
@given(st.text(alphabet="疫情防控督查整改落实情况工作", min_size=60, max_size=200))
def test_a_very_long_title_still_breaks(title: str) -> None:
    assert all(width(line) <= 19.5 for line in break_title(title))


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("云岭县公安局", ("云岭县公安局",)),
        ("云岭县疫情防控指挥部办公室", ("云岭县疫情防控", "指挥部办公室")),
        ("云岭县人力资源和社会保障局", ("云岭县", "人力资源和社会保障局")),
        ("A" * 45, ("A" * 20, "A" * 20, "A" * 5)),
    ],
)
def test_a_name_breaks_evenly_between_words(name: str, lines: tuple[str, ...]) -> None:
    assert break_name(name, 10) == lines
