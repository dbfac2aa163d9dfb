from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.catalogs import catalog
from models.domain.statutory_days import festivals, statutory_days
from models.domain.workdays import Calendar, official

DAYS = st.dates(date(2019, 1, 1), date(2026, 6, 30))


def test_the_official_calendar_knows_the_spring_festival_and_its_made_up_days():
    calendar = official()
    assert not calendar.is_workday(date(2022, 1, 31))
    assert calendar.is_workday(date(2022, 1, 29))
    assert not calendar.is_workday(date(2022, 3, 5))
    assert calendar.is_workday(date(2022, 3, 7))


def test_working_days_jump_a_holiday():
    calendar = official()
    assert calendar.add_workdays(date(2022, 9, 30), 3) == date(2022, 10, 10)
    assert calendar.add_workdays(date(2022, 10, 10), -3) == date(2022, 9, 30)
    assert calendar.add_workdays(date(2022, 10, 1), 0) == date(2022, 10, 1)


def test_a_year_without_arrangement_is_provisional():
    spring = date(2027, 2, 1), date(2027, 2, 15)
    assert official().provisional(*spring)
    assert not official().provisional(date(2026, 2, 1), date(2026, 3, 15))
    assert not official().provisional(date(2027, 7, 5), date(2027, 7, 30)), "no holiday is near"


def test_a_calendar_of_kept_rows():
    rows = [(day, False) for day in statutory_days(2027)]
    calendar = Calendar.of([*rows, (date(2027, 1, 2), True)])
    assert not calendar.is_workday(date(2027, 1, 1))
    assert calendar.is_workday(date(2027, 1, 2))
    assert calendar.published == {2027}
    assert not calendar.provisional(date(2027, 2, 1), date(2027, 2, 15))


def test_a_day_off_of_the_office_s_own_publishes_no_year():
    calendar = Calendar.of([(date(2027, 3, 8), False)])
    assert calendar.published == frozenset()
    assert not calendar.is_workday(date(2027, 3, 8))


def test_statutory_days_are_off_before_the_arrangement_is_known():
    calendar = official()
    assert calendar.add_workdays(date(2027, 2, 4), 1) == date(2027, 2, 9)
    assert not calendar.is_workday(date(2027, 6, 9))
    assert calendar.is_workday(date(2027, 6, 10))


KNOWN = {
    2025: "1-1 1-28 1-29 1-30 1-31 4-4 5-1 5-2 5-31 10-1 10-2 10-3 10-6",
    2026: "1-1 2-16 2-17 2-18 2-19 4-5 5-1 5-2 6-19 9-25 10-1 10-2 10-3",
    2027: "1-1 2-5 2-6 2-7 2-8 4-5 5-1 5-2 6-9 9-15 10-1 10-2 10-3",
    2028: "1-1 1-25 1-26 1-27 1-28 4-4 5-1 5-2 5-28 10-1 10-2 10-3",
}


@pytest.mark.parametrize("year", KNOWN)
def test_the_thirteen_days_of_a_known_year(year):
    assert [f"{day.month}-{day.day}" for day in statutory_days(year)] == KNOWN[year].split()


def test_two_festivals_on_one_day_are_both_named():
    assert statutory_days(2028)[date(2028, 10, 3)] == "国庆节、中秋节"


@pytest.mark.parametrize("year", catalog("holidays")["years"])
def test_every_published_arrangement_has_the_statutory_days_and_moves_no_day_far(year):
    calendar, days = official(), statutory_days(year)
    assert calendar.holidays >= set(days)
    moved = [day for day in calendar.holidays | calendar.makeup if day.year == year and day.month > 1]
    far = [day for day in moved if min(abs(day - one) for one in (*days, date(year + 1, 1, 1))) > timedelta(days=14)]
    assert far == []


def mean_new_moon(near: date) -> float:
    """Days from the mean new moon next to a day to that day's noon in Beijing (Meeus, chapter 49, without terms)."""
    julian = near.toordinal() + 1721424.5 + 0.5 - 8 / 24
    lunation = round((julian - 2451550.09766) / 29.530588861)
    return julian - (2451550.09766 + 29.530588861 * lunation)


@pytest.mark.parametrize("year", range(2018, 2051))
def test_the_festivals_stand_at_their_moon_and_sun(year):
    found = festivals(year)
    for name, day_of_month in (("春节", 1), ("端午节", 5), ("中秋节", 15)):
        assert abs(mean_new_moon(found[name] - timedelta(days=day_of_month - 1))) < 1.2, name
    assert date(year, 1, 21) <= found["春节"] <= date(year, 2, 20)
    assert (found["端午节"] - found["春节"]).days in range(115, 156)
    assert (found["中秋节"] - found["端午节"]).days in range(97, 129)
    short = year % 100
    assert found["清明节"] == date(year, 4, int(short * 0.2422 + 4.81) - short // 4)


def test_after_the_table_the_days_of_fixed_date_are_left():
    assert [f"{day:%m-%d}" for day in statutory_days(2060)] == ["01-01", "05-01", "05-02", "10-01", "10-02", "10-03"]


@given(DAYS, st.integers(1, 60))
def test_adding_and_counting_agree(start, days):
    calendar = official()
    end = calendar.add_workdays(start, days)
    assert calendar.is_workday(end)
    assert calendar.workdays_between(start, end) == days
    assert calendar.workdays_between(end, start) == -days


@given(DAYS)
def test_no_day_lies_between_a_day_and_itself(day):
    assert official().workdays_between(day, day) == 0
    assert official().workdays_between(day - timedelta(days=1), day) == official().is_workday(day)
