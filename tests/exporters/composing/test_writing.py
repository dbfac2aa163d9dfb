"""Dates, marks and lists as such an office writes them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.composing import wording
from exporters.composing.grouping import states
from exporters.composing.wording import Days


def test_the_year_stands_at_first_and_where_it_changes() -> None:
    days = Days()
    dates = [dt.date(2022, 3, 5), dt.date(2022, 11, 12), dt.date(2023, 1, 1), dt.date(2023, 1, 9)]
    assert [days.day(d) for d in dates] == ["2022年3月5日", "11月12日", "2023年1月1日", "1月9日"]
    days.heard("在2021年和2022年之间")
    assert days.day(dt.date(2022, 5, 1)) == "5月1日"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (dt.date(2022, 3, 1), dt.date(2022, 3, 4), "2022年3月1日至4日"),
        (dt.date(2022, 3, 28), dt.date(2022, 4, 2), "2022年3月28日至4月2日"),
        (dt.date(2022, 12, 30), dt.date(2023, 1, 2), "2022年12月30日至2023年1月2日"),
        (dt.date(2022, 3, 1), None, "2022年3月1日"),
        (None, dt.date(2022, 3, 1), "2022年3月1日"),
        (None, None, ""),
    ],
)
def test_spans_name_a_month_once(first: dt.date | None, last: dt.date | None, text: str) -> None:
    assert Days().span(first, last) == text


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("未戴口罩,未测温;无人值守.", "未戴口罩，未测温；无人值守."),
        ("3,000份,时间12:30", "3,000份，时间12:30"),
        ('开展"四类人员"检测', "开展“四类人员”检测"),
        ('负责人说“赶订单";未装防护', "负责人说“赶订单”；未装防护"),
        ('负责人说"赶订单”，未装防护', "负责人说“赶订单”，未装防护"),
        ("马友良(另行处理)未到", "马友良（另行处理）未到"),
        ("KN95(3M)口罩", "KN95(3M)口罩"),
        ("  无记录 \n未消毒。\n\n无人值守", "无记录，未消毒。无人值守"),
        ("体温36.5℃,正常", "体温36.5℃，正常"),
        ("各村(社区),各部门(含医院),都要宣传", "各村（社区），各部门（含医院），都要宣传"),
        ("各村(含社区(小区)),都要宣传", "各村（含社区（小区）），都要宣传"),
        ("1.补记录\n2.再消毒", "1.补记录；2.再消毒"),
        ("见http://a.cn,点击", "见http://a.cn，点击"),
    ],
)
def test_marks_become_those_of_chinese_print(typed: str, printed: str) -> None:
    assert wording.tidy(typed) == printed


def test_lists_are_numbered_only_where_there_are_several() -> None:
    assert wording.counted_clauses(["无记录。", "未消毒"]) == "一是无记录；二是未消毒。"
    assert wording.counted_clauses(["无记录。查看三天。", "未消毒"]) == "一是无记录。查看三天。二是未消毒。"
    assert wording.counted_clauses(["无记录。"]) == "无记录。"
    assert wording.counted_clauses(["", " 。"]) == ""
    assert wording.counted_clauses(["一是补记录。二是消毒。", "再查一次"]) == "一是补记录。二是消毒。再查一次。"


def test_what_is_said_already_is_known_whatever_the_marks() -> None:
    assert wording.says("造成，不良影响。", "造成不良影响")
    assert not wording.says("未造成影响", "造成不良影响")
    assert wording.dated("1月28日至2月1日，未到岗")
    assert wording.dated("近期，未到岗")
    assert not wording.dated("周平1月未到岗")
    assert wording.unique(["甲。", "乙", "甲", ""]) == ["甲。", "乙"]


@given(st.text(max_size=80))
def test_a_sentence_stays_a_sentence(text: str) -> None:
    once = wording.sentence(text)
    assert wording.sentence(once) == once
    assert "\n" not in once
    assert not once or once[-1] in "。！？”）"


@pytest.mark.parametrize(
    ("text", "count", "said"),
    [("缺少2份记录", 2, True), ("两笔止咳药未登记", 2, True), ("第二个门未关", 2, False), ("消毒记录不全", 3, False)],
)
def test_a_number_the_text_says_is_not_said_again(text: str, count: int, said: bool) -> None:
    assert states(text, count) is said
