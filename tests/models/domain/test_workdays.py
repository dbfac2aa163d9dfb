from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

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
    assert not official().provisional(2026)
    assert official().provisional(2027)


def test_a_calendar_of_kept_rows():
    calendar = Calendar.of([(date(2027, 1, 1), False), (date(2027, 1, 2), True)])
    assert not calendar.is_workday(date(2027, 1, 1))
    assert calendar.is_workday(date(2027, 1, 2))
    assert not calendar.provisional(2027)
    assert calendar.provisional(2026)


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
