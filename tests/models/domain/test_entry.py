from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.domain.text.entry import normalize_line, normalize_text, parse_day, parse_number, parse_phone, read
from models.errors import Refusal

TODAY = date(2022, 3, 20)
FULL_WIDTH = str.maketrans("0123456789.-/", "０１２３４５６７８９．－／")
DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))


def sentence_or(holds):
    try:
        return holds()
    except ValueError as error:
        return str(error).endswith("。")


BARE = "3.5|3月5日|3月5号|3/5|3-5|2022-3-5|2022/3/5|2022.3.5|20220305|2022年3月5日|22.3.5|22年3月5日|２０２２．３．５"
SPELT = "三月五日|二〇二二年三月五日|二零二二年三月五日|今年3月5日|3。5|2022年03月05日| 3 月 5 日 "
TIMED = "2022-03-05 00:00:00|2022/3/5 8：30|2022-03-05T08:30:00.5|\ufeff3.5"


@pytest.mark.parametrize("text", f"{BARE}|{SPELT}|{TIMED}".split("|"))
def test_the_fifth_of_march_in_every_hand(text):
    assert parse_day(text, TODAY) == date(2022, 3, 5)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("今天", date(2022, 3, 20)),
        ("昨日", date(2022, 3, 19)),
        ("前天", date(2022, 3, 18)),
        ("明天", date(2022, 3, 21)),
        ("大后天", date(2022, 3, 23)),
        ("去年3月5日", date(2021, 3, 5)),
        ("明年1月1日", date(2023, 1, 1)),
        ("三月三十一日", date(2022, 3, 31)),
        ("十二月三日", date(2021, 12, 3)),
    ],
)
def test_words_for_days(text, meant):
    assert parse_day(text, TODAY) == meant


@pytest.mark.parametrize(
    ("text", "today", "meant"),
    [
        ("12.31", date(2022, 1, 3), date(2021, 12, 31)),
        ("1.3", date(2021, 12, 31), date(2022, 1, 3)),
        ("9.10", date(2022, 3, 20), date(2022, 9, 10)),
        ("2.29", date(2025, 1, 1), date(2024, 2, 29)),
        ("1.1", date(2023, 7, 2), date(2023, 1, 1)),
    ],
)
def test_without_a_year_the_nearest_is_meant(text, today, meant):
    assert parse_day(text, today) == meant


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "不是日期"),
        ("下周", "不是日期"),
        ("2022.3", "不是日期"),
        ("220305", "不是日期"),
        ("3.5.", "不是日期"),
        ("十", "不是日期"),
        ("2.30", "没有2月30日"),
        ("13.5", "没有13月5日"),
        ("2.29", "请写明年份"),
        ("2022-2-30", "2022年没有2月30日"),
        ("3022-1-1", "年份 3022 不对"),
        ("1900-1-1", "年份 1900 不对"),
    ],
)
def test_what_is_no_day_is_told_in_words(text, words):
    with pytest.raises(ValueError, match=words):
        parse_day(text, TODAY)


@given(DAYS, DAYS)
def test_a_full_date_means_itself_whatever_the_day(day, today):
    for text in (day.isoformat(), f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日", f"{day}".replace("-", "/")):
        assert parse_day(text, today) == day
        assert parse_day(text.translate(FULL_WIDTH), today) == day


@given(DAYS, DAYS)
def test_a_short_date_is_never_further_than_half_a_year(day, today):
    assume((day.month, day.day) != (2, 29) and 1951 < today.year < 2099)
    found = parse_day(f"{day.month}.{day.day}", today)
    assert (found.month, found.day) == (day.month, day.day)
    assert abs((found - today).days) <= 183


@given(st.text(max_size=30), DAYS)
def test_any_text_is_a_day_or_a_sentence(text, today):
    assert sentence_or(lambda: isinstance(parse_day(text, today), date))


@pytest.mark.parametrize(
    ("text", "number"),
    [("41", 41), ("４１", 41), ("1,200", 1200), ("41个", 41), ("四十一", 41), ("十", 10), ("一百零五", 105), ("〇", 0)],
)
def test_numbers(text, number):
    assert parse_number(text) == number


@pytest.mark.parametrize("text", ["", "-1", "3.5", "很多", "个", "1e3"])
def test_what_is_no_number(text):
    with pytest.raises(ValueError, match="不是整数"):
        parse_number(text)


def test_numbers_keep_in_bounds():
    with pytest.raises(ValueError, match="应在 1 到"):
        parse_number("0", least=1)
    with pytest.raises(ValueError, match="应在 0 到"):
        parse_number("1234567890")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("138 1234 5678", "13812345678"),
        ("+86-138-1234-5678", "13812345678"),
        ("（０８３９）５２２１２３４", "0839-5221234"),
        ("08395221234转802", "0839-5221234-802"),
        ("010-66668888", "010-66668888"),
        ("5221234", "5221234"),
        ("12345", "12345"),
        ("4008123123", "4008123123"),
        ("13812345678、0839-5221234", "13812345678、0839-5221234"),
        ("13812345678 13912345678", "13812345678、13912345678"),
        ("", ""),
    ],
)
def test_phones(text, kept):
    assert parse_phone(text) == kept
    assert parse_phone(kept) == kept


@pytest.mark.parametrize("text", ["12", "1381234567", "没有", "138123456789"])
def test_what_is_no_phone(text):
    with pytest.raises(ValueError, match="不像电话号码"):
        parse_phone(text)


@given(st.text(max_size=40))
def test_any_text_is_a_phone_or_a_sentence(text):
    assert sentence_or(lambda: parse_phone(parse_phone(text)) == parse_phone(text))


def test_texts_keep_what_a_clerk_means():
    assert (
        normalize_text("１．Ａ座３．５米，共５０％。\r\n\x00第二段　\r（完）\n\n")
        == "1．A座3.5米，共50%。\n第二段\n（完）"
    )
    assert normalize_text("一\u200b二\ufeff三\u202e") == "一二三"
    assert normalize_line(" 城关镇\n惠民\t药店 　二分店 ") == "城关镇 惠民 药店 二分店"


@given(st.text(alphabet=st.characters(), max_size=80))
def test_a_normal_text_stays(text):
    once = normalize_text(text)
    assert normalize_text(once) == once
    assert normalize_line(normalize_line(text)) == normalize_line(text)
    once.encode("utf-8")


def test_a_refusal_names_the_field():
    assert read(lambda t: parse_day(t, TODAY), "3.5", "found_on", "发现日期") == date(2022, 3, 5)
    with pytest.raises(Refusal) as caught:
        read(parse_number, "很多", "count", "同类问题数")
    assert caught.value.problems[0].field == "count"
    assert caught.value.sentence == "“同类问题数”不是整数，请只填数字。"


def test_a_day_that_can_only_have_been_is_never_to_come():
    today = date(2022, 11, 22)
    assert parse_day("3.5", today) == date(2023, 3, 5)
    assert parse_day("3.5", today, until=today) == date(2022, 3, 5)
    assert parse_day("11.23", today, until=today) == date(2021, 11, 23)
