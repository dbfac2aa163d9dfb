"""The yearly notice as it is pasted: days off, days worked for them, and what does not fit together."""

from datetime import date

import pytest

from models.domain.holiday_notice import read_notice
from models.domain.workdays import official

OF_2025 = """国务院办公厅关于2025年
部分节假日安排的通知
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2025年元旦、春节、清明节、劳动节、端午节、国庆节和中秋节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。"""
OF_2024 = """关于2024年部分节假日安排的通知
一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。"""
OF_2027 = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至12日（周五）放假调休，共8天。1月31日（周日）、2月14日（周日）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日、5月8日上班。
五、端午节：6月9日（周三）放假1天，不调休。
六、中秋节：9月15日（周三）放假1天，不调休。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。"""


@pytest.mark.parametrize(("text", "year"), [(OF_2025, 2025), (OF_2024, 2024)])
def test_a_published_notice_gives_the_official_calendar(text: str, year: int) -> None:
    found, calendar = read_notice(text), official()
    assert found is not None
    assert (found.year, found.problems) == (year, ())
    off = {one.day for one in found.days if not one.works}
    worked = {one.day for one in found.days if one.works}
    assert worked == {day for day in calendar.makeup if day.year == year}
    known = {day for day in calendar.holidays if day.year == year}
    assert {day for day in off ^ known if day.weekday() < 5} == set()


def test_wide_digits_line_breaks_and_other_ordinals_are_read_too() -> None:
    text = OF_2027.replace("2月", "２月").replace("共8天。", "共８天。\n").replace("三、", "（三）").replace("：", ": ")
    found, plain = read_notice(text), read_notice(OF_2027)
    assert found is not None
    assert plain is not None
    assert found.days == plain.days
    assert found.problems == ()


def test_the_days_bear_their_names() -> None:
    found = read_notice(OF_2025)
    assert found is not None
    named = {one.day: (one.name, one.works) for one in found.days}
    assert named[date(2025, 10, 6)] == ("国庆节、中秋节", False)
    assert named[date(2025, 9, 28)] == ("国庆节、中秋节", True)


def test_new_year_may_begin_in_december() -> None:
    text = OF_2027.replace("1月1日（周五）至3日（周日）放假，共3天。", "2026年12月31日至2027年1月2日放假调休，共3天。")
    found = read_notice(text)
    assert found is not None
    assert found.days[0].day == date(2026, 12, 31)
    assert found.problems == ()
    again = read_notice(text.replace("2026年12月31日至2027年1月2日", "12月31日至1月2日"))
    assert again is not None
    assert again.days == found.days


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("共8天", "共7天", "写明共7天，读出的是8天"),
        ("1月31日（周日）", "1月31日（周六）", "1月31日写作周六，日历上是周日"),
        ("五、端午节：6月9日（周三）放假1天，不调休。\n", "", "没有读出端午节的全部法定假日"),
        ("4月25日", "4月31日", "日期读不出来"),
        ("9月26日（周日）", "9月27日", "9月27日是工作日"),
        ("9月15日（周三）放假", "9月31日放假", "没有读出放假的日期"),
        ("10月1日（周五）至7日", "8月1日至10月7日", "日期读不出来"),
    ],
)
def test_what_does_not_fit_is_told(old: str, new: str, told: str) -> None:
    found = read_notice(OF_2027.replace(old, new))
    assert found is not None
    assert [problem for problem in found.problems if told in problem]


@pytest.mark.parametrize("text", ["", "关于2027年工作的通知", "元旦：1月1日放假。"])
def test_what_is_no_notice_is_none(text: str) -> None:
    assert read_notice(text) is None
