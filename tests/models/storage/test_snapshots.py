"""Snapshots are in the order they were made, and a wrong clock costs none of them."""

import datetime as dt

import pytest

from models.storage import backup

NOW = dt.datetime(2022, 3, 16, 17, 2, 3)
YEARS_AHEAD = NOW.replace(year=2031)


@pytest.fixture
def old(folder):
    """A folder of 1.0.0 with 44 snapshots, named by time alone: two a day."""
    for half_days in range(44):
        made = NOW - dt.timedelta(hours=12 * half_days + 2)
        (folder.backups / f"{made:%Y-%m-%d_%H%M%S}_每日.db").write_bytes(b"")
    return folder


def named(folder, number: int, made: dt.datetime, reason: str = "每日") -> None:
    (folder.backups / f"{number:05}_{made:%Y-%m-%d_%H%M%S}_{reason}.db").write_bytes(b"")


def test_one_start_with_a_clock_years_ahead_drops_nothing(old):
    backup.snapshot(old, "每日", YEARS_AHEAD)
    assert backup.thin(old, YEARS_AHEAD) == []
    assert len(backup.snapshots(old)) == 45


@pytest.mark.parametrize("wrong", [YEARS_AHEAD, NOW.replace(year=2010, month=1)])
def test_many_days_with_a_wrong_clock_cost_no_more_than_as_many_right_ones(old, wrong):
    for day in range(10):
        moment = wrong + dt.timedelta(days=day)
        backup.snapshot(old, "每日", moment)
        assert len(backup.thin(old, moment)) <= 2
    days = {backup.read_name(path).made.date() for path in backup.snapshots(old)}
    assert len({one for one in days if one.year == 2022}) >= backup.DAYS - 10 - 1


def test_what_was_made_last_is_newest_whatever_the_clock_said(folder):
    ahead = backup.snapshot(folder, "退出", YEARS_AHEAD)
    after = backup.snapshot(folder, "退出", NOW)
    assert backup.snapshots(folder) == [after, ahead]
    assert backup.newest_sound(folder) == after


def test_names_without_a_counter_come_before_all_others(old):
    (old.backups / "2031-03-05_090000_每日.db").write_bytes(b"")
    made = backup.snapshot(old, "每日", NOW)
    first, second, *_ = backup.snapshots(old)
    assert (first, second.name) == (made, "2031-03-05_090000_每日.db")
    assert backup.read_name(second) == backup.read_name(second).__class__(0, dt.datetime(2031, 3, 5, 9), "每日")


def test_a_clock_that_came_back_makes_one_snapshot_a_day(old):
    (old.backups / "2031-03-05_090000_每日.db").write_bytes(b"")
    assert backup.due_today(old, NOW.date())
    backup.snapshot(old, "每日", NOW)
    assert not backup.due_today(old, NOW.date())
    assert backup.due_today(old, NOW.date() + dt.timedelta(days=1))


def test_two_of_one_second_are_two(folder):
    assert backup.snapshot(folder, "手动", NOW) != backup.snapshot(folder, "手动", NOW)
    assert len(backup.snapshots(folder)) == 2


def test_a_name_that_says_nothing_is_left_alone(folder):
    (folder.backups / "老数据.db").write_bytes(b"")
    (folder.backups / "00001_2022-99-99_000000_每日.db").write_bytes(b"")
    for number in range(2, 90):
        named(folder, number, NOW)
    while backup.thin(folder, NOW):
        pass
    assert {"老数据.db", "00001_2022-99-99_000000_每日.db"} <= {path.name for path in backup.snapshots(folder)}


def test_thinning_keeps_the_newest_and_days_and_months_and_ends(folder):
    for number in range(6 * 100):
        named(folder, number + 1, NOW - dt.timedelta(hours=4 * (600 - number)))
    while dropped := backup.thin(folder, NOW):
        assert len(dropped) <= 2
    left = [backup.read_name(path) for path in backup.snapshots(folder)]
    assert [name.number for name in left[:24]] == list(range(600, 576, -1))
    assert {name.made.date() for name in left} >= {(NOW - dt.timedelta(days=n)).date() for n in range(1, 30)}
    assert {(name.made.year, name.made.month) for name in left} == {(2021, 12), (2022, 1), (2022, 2), (2022, 3)}
    assert len(left) <= 24 + 31 + 4


@pytest.mark.parametrize(("reason", "kept"), [("导入前", 12), ("升级前", 3), ("恢复前", 6), ("手动", 1)])
def test_what_was_made_before_a_great_change_is_kept_longer(folder, reason, kept):
    for number in range(20):
        named(folder, number + 1, NOW - dt.timedelta(days=40, minutes=20 - number), reason)
    for number in range(30):
        named(folder, number + 21, NOW - dt.timedelta(minutes=30 - number), "退出")
    while backup.thin(folder, NOW):
        pass
    assert len([path for path in backup.snapshots(folder) if reason in path.name]) == kept
