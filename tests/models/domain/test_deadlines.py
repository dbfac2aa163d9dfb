from datetime import date, timedelta

import pytest

from models.domain.findings.deadlines import Bounds, Bucket, Due, Light, bucket, days_overdue, due_day, light, limit
from models.domain.findings.lifecycle import Status
from models.domain.workdays import Calendar, official

TODAY = date(2026, 11, 20)  # a Friday
BOUNDS = Bounds.of(TODAY)


def day(offset):
    return TODAY + timedelta(days=offset)


@pytest.mark.parametrize(
    ("offset", "colour"), [(-1, "红"), (0, "黄"), (1, "黄"), (2, "蓝"), (5, "蓝"), (6, ""), (60, "")]
)
def test_lights(offset, colour):
    assert light(Status.RECTIFYING, day(offset), BOUNDS) == colour


def test_blue_reaches_as_many_working_days_as_wanted():
    assert Bounds.of(TODAY).near_until == date(2026, 11, 25)
    assert Bounds.of(TODAY, official(), 1).near_until == date(2026, 11, 23)
    assert light(Status.HANDED, day(5), Bounds.of(TODAY, official(), 1)) is Light.NONE
    assert light(Status.HANDED, day(12), Bounds.of(TODAY, official(), 8)) is Light.BLUE


def test_what_is_due_tomorrow_is_near_whatever_the_office_wants():
    assert Bounds.of(TODAY, official(), 0) == Bounds(TODAY, day(1))
    assert Bounds.of(TODAY, official(), 10**9).near_until < date(2029, 1, 1)


def test_blue_reaches_further_over_a_day_off_of_the_office_s_own():
    bounds = Bounds.of(TODAY, Calendar.of([(date(2026, 11, 23), False)]))
    assert bounds.near_until == date(2026, 11, 26)
    assert light(Status.HANDED, date(2026, 11, 26), bounds) is Light.BLUE
    assert light(Status.HANDED, date(2026, 11, 26), BOUNDS) is Light.NONE


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PENDING, Status.VERIFYING, Status.CLOSED, Status.VOID])
def test_no_light_where_nobody_outside_has_to_act(status):
    assert light(status, day(-9), BOUNDS) is Light.NONE


def test_no_light_without_a_deadline():
    assert light(Status.HANDED, None, BOUNDS) is Light.NONE


def test_a_suspended_one_waits_for_its_review():
    assert limit(Status.SUSPENDED, day(-9), day(9)) == day(9)
    assert limit(Status.SUSPENDED, day(-9)) == day(-9)
    assert limit(Status.HANDED, day(-9), day(9)) == day(-9)


def test_a_late_usb_stick_does_not_count_against_the_unit():
    assert bucket(Status.CLOSED, day(-5), TODAY, submitted_on=day(-5), closed_on=TODAY) is Bucket.ON_TIME
    assert bucket(Status.CLOSED, day(-5), TODAY, submitted_on=day(-4), closed_on=TODAY) is Bucket.LATE
    assert bucket(Status.VERIFYING, day(-5), TODAY, submitted_on=day(-6)) is Bucket.AHEAD
    assert bucket(Status.VERIFYING, day(-5), TODAY, submitted_on=day(-4)) is Bucket.OVERDUE
    assert bucket(Status.VERIFYING, day(-5), TODAY) is Bucket.OVERDUE


def test_an_old_closure_is_judged_by_what_is_known():
    assert bucket(Status.CLOSED, day(-5), TODAY, closed_on=day(-1)) is Bucket.LATE
    assert bucket(Status.CLOSED, day(-5), TODAY) is Bucket.ON_TIME
    assert bucket(Status.CLOSED, None, TODAY, closed_on=TODAY) is Bucket.NO_LIMIT
    assert bucket(Status.CLOSED, None, TODAY, on_spot=True) is Bucket.ON_TIME


def test_open_ones():
    assert bucket(Status.RETURNED, day(0), TODAY, submitted_on=day(-9)) is Bucket.AHEAD
    assert bucket(Status.RETURNED, day(-1), TODAY, submitted_on=day(-9)) is Bucket.OVERDUE
    assert bucket(Status.PENDING, None, TODAY) is Bucket.NO_LIMIT


@pytest.mark.parametrize("status", [Status.VOID, Status.REVOKED])
def test_what_is_not_counted_has_no_bucket(status):
    assert bucket(status, day(-1), TODAY) is Bucket.NOT_COUNTED


@pytest.mark.parametrize(("days", "due"), [(1, date(2026, 11, 23)), (366, date(2028, 5, 5))])
def test_up_to_366_working_days_may_be_given(days, due):
    bare = Calendar.of([])
    assert due_day("工作日", days, TODAY, bare).day == due


@pytest.mark.parametrize("days", [0, 367, -1, None, TODAY])
def test_other_numbers_of_working_days_are_none(days):
    with pytest.raises(ValueError, match="1 到 366"):
        due_day("工作日", days, TODAY, official())


def test_due_days():
    calendar = official()
    assert due_day("立即", None, TODAY, calendar) == Due(TODAY)
    assert due_day("指定日期", day(9), TODAY, calendar) == Due(day(9))
    assert due_day("工作日", 3, TODAY, calendar) == Due(date(2026, 11, 25))
    assert due_day("工作日", 40, TODAY, calendar).provisional


@pytest.mark.parametrize(("kind", "value"), [("工作日", 0), ("工作日", None), ("工作日", 999), ("指定日期", None)])
def test_a_deadline_that_says_nothing_is_refused(kind, value):
    with pytest.raises(ValueError, match="。"):
        due_day(kind, value, TODAY, official())


def test_days_overdue():
    assert days_overdue(day(-3), TODAY) == 3
    assert days_overdue(day(3), TODAY) == 0
    assert days_overdue(None, TODAY) == 0


def test_before_it_was_closed_it_was_open() -> None:
    assert bucket(Status.CLOSED, day(-5), TODAY, closed_on=day(1)) is Bucket.OVERDUE
    assert bucket(Status.CLOSED, day(2), TODAY, closed_on=day(1)) is Bucket.AHEAD
    assert bucket(Status.CLOSED, day(-5), TODAY, closed_on=day(1), submitted_on=day(-6)) is Bucket.AHEAD
    assert bucket(Status.CLOSED, day(-5), TODAY, closed_on=day(1), submitted_on=day(1)) is Bucket.OVERDUE
