"""A wrong clock is told, the day the clerk names holds everywhere, and nothing is refused for it."""

import datetime as dt

import pytest

from models import clock
from models.queries.lookups.last_written import last_day
from models.records import Unit
from models.services import records
from models.services.unit_of_work import Workspace

LAST = dt.date(2022, 3, 16)


@pytest.fixture(autouse=True)
def by_the_computer():
    yield
    clock.believe(None)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (LAST, ""),
        (LAST + dt.timedelta(days=30), ""),
        (LAST - dt.timedelta(days=1), "比上次录入（2022年3月16日）还早"),
        (dt.date(2010, 1, 1), "电脑日期是2010年1月1日，比上次录入"),
        (LAST + dt.timedelta(days=100), "已有 3 个月"),
        (dt.date(2031, 3, 5), "已有 9 年"),
    ],
)
def test_a_clock_before_the_last_change_or_months_after_it_is_doubted(today, words):
    said = clock.doubt(today, LAST)
    assert (words in said) if words else said == ""


def test_an_empty_office_has_nothing_to_doubt_by():
    assert clock.doubt(dt.date(1970, 1, 1), None) == ""


def test_the_day_named_holds_and_the_hour_is_the_computer_s():
    clock.believe(LAST)
    assert clock.is_named()
    assert clock.today() == LAST
    assert abs(clock.now().hour - dt.datetime.now().hour) in (0, 1, 23)


def test_the_last_day_is_of_what_was_written_last_not_of_the_latest_date(store):
    for day in (LAST.replace(year=2031), LAST):
        workspace = Workspace(store, clock=lambda day=day: dt.datetime.combine(day, dt.time(9)))
        records.create(workspace, Unit, {"name": f"{day.year} 镇", "kind": "乡镇"})
    with store.session() as session:
        assert last_day(session) == LAST


def test_nothing_is_refused_for_the_clock_s_sake(store):
    late = Workspace(store, clock=lambda: dt.datetime(2031, 3, 5, 9))
    records.create(late, Unit, {"name": "柳河镇", "kind": "乡镇"})
    early = Workspace(store, clock=lambda: dt.datetime(2010, 1, 1, 9))
    assert records.create(early, Unit, {"name": "新桥镇", "kind": "乡镇"}).id
