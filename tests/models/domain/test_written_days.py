"""Days as ledgers write them: their year, their time of day, ranges."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.intake import written_days
from models.domain.intake.written_days import Years, has_year, is_vague, month_end, taken_apart, years

D = dt.date
LATER = D(2026, 11, 29)


@pytest.mark.parametrize(
    ("text", "day", "more"),
    [
        ("2022.3.5", "2022.3.5", False), ("3月5日", "3月5日", False), ("3月5-6日", "3月5", True),
        ("2022年3月5日上午", "2022年3月5日", True),
        ("2022.3.5-3.6", "2022.3.5", True), ("2022.03.05。", "2022.03.05", False),
        ("2022-3-5至3-6", "2022-3-5", True), ("2022-3-5 14:30", "2022-3-5", True), ("３月５日下午3点", "3月5日", True),
        ("2022-03-05 00:00:00", "2022-03-05", False), ("3月10日前", "3月10日", False), ("2022-3-5", "2022-3-5", False),
        ("说不清", "说不清", False), ("3月5日到县", "3月5日到县", False),
    ],
)  # fmt: skip
def test_a_day_is_taken_out_of_its_words(text, day, more):
    assert (taken_apart(text).day, taken_apart(text).more) == (day, more)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3月5日", False), ("三月五日", False), ("3/5", False), ("3.5", False), ("22.3.5", True), ("2022.3.5", True),
        ("二〇二二年三月五日", True), ("去年12月5日", True), ("20220305", True), ("今天", True),
    ],
)  # fmt: skip
def test_whether_the_year_is_written(text, wanted):
    assert has_year(text) is wanted


@pytest.mark.parametrize("text", ["昨日", "前天", "上周五", "上月底", "近日", "2022年3月", "3月份"])
def test_words_that_name_no_one_day(text):
    assert is_vague(text)
    assert not is_vague("3月5日")


@pytest.mark.parametrize(
    ("days", "above", "wanted"),
    [
        ([D(2022, 3, 1), D(2022, 3, 9), D(2022, 3, 30)], "", D(2022, 3, 9)),
        ([D(2020, 1, 1)], "填报时间：2022年3月20日", D(2022, 3, 20)),
        ([], "2022年1月1日至2022年3月31日", D(2022, 3, 31)),
        ([], "2022年13月40日", None),
        ([], "", None),
    ],
)
def test_where_a_files_year_comes_from(days, above, wanted):
    assert years(LATER, days, above) == Years(LATER, wanted)


@pytest.mark.parametrize(
    ("around", "text", "since", "wanted"),
    [
        (D(2022, 3, 9), "3月5日", None, D(2022, 3, 5)),
        (D(2022, 3, 9), "12月5日", None, D(2021, 12, 5)),
        (None, "3月5日", None, D(2026, 3, 5)),
        (None, "12月5日", None, D(2025, 12, 5)),
        (D(2026, 11, 20), "12月5日", None, D(2025, 12, 5)),
        (D(2022, 3, 9), "3月12日", D(2022, 3, 5), D(2022, 3, 12)),
        (D(2022, 3, 9), "1月2日", D(2021, 12, 30), D(2022, 1, 2)),
        (D(2022, 3, 9), "3月12日", D(2026, 11, 5), D(2022, 3, 12)),
        (D(2022, 3, 9), "2021-3-5", D(2022, 3, 1), D(2021, 3, 5)),
    ],
)
def test_a_day_that_has_been(around, text, since, wanted):
    assert Years(LATER, around).past(text, since) == wanted


@pytest.mark.parametrize(
    ("around", "text", "since", "wanted"),
    [
        (None, "3月15日", D(2022, 3, 5), D(2022, 3, 15)),
        (None, "1月15日", D(2022, 12, 20), D(2023, 1, 15)),
        (D(2022, 3, 9), "3月15日", None, D(2022, 3, 15)),
        (None, "12月15日", None, D(2026, 12, 15)),
        (None, "2022-4-1", D(2022, 3, 5), D(2022, 4, 1)),
    ],
)
def test_a_day_that_may_lie_ahead(around, text, since, wanted):
    assert Years(LATER, around).ahead(text, since) == wanted


@given(st.dates(D(2020, 1, 1), D(2025, 12, 31)), st.integers(0, 300))
def test_a_deadline_never_lies_before_its_finding_and_is_the_nearest_after_it(found, later):
    due = found + dt.timedelta(later)
    if (due.month, due.day) != (2, 29):
        assert Years(LATER, found).ahead(f"{due.month}月{due.day}日", found) == due


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3月底前", D(2022, 3, 31)), ("2022年2月底", D(2022, 2, 28)), ("22年4月末", D(2022, 4, 30)),
        ("1月底", D(2023, 1, 31)), ("13月底", None), ("月底", None), ("3月5日", None),
    ],
)  # fmt: skip
def test_the_end_of_a_month(text, wanted):
    assert month_end(text, Years(LATER), D(2022, 3, 5)) == wanted


def test_the_end_of_a_month_without_a_finding():
    assert month_end("3月底前", Years(LATER, D(2022, 3, 5))) == D(2022, 3, 31)


def test_every_word_of_this_module_is_a_day_or_none():
    for text in ("", "前", "至", "3月", "上午", "-"):
        assert written_days.taken_apart(text).more in (True, False)
