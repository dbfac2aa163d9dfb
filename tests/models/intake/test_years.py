"""Days without a year in a ledger: the finding's, its deadline's, those of its answer."""

import datetime as dt

import pytest
from sqlalchemy import select
from typing_in import plain

from models.intake.apply import apply
from models.intake.preview import preview
from models.intake.workbook import read
from models.records import Feedback, Finding
from models.services.office_setup import found_office

D = dt.date
HEAD = ["属地", "检查地点", "发现日期", "问题描述", "整改时限"]


@pytest.fixture
def office(workspace, clock):
    found_office(
        workspace, {"role": "county", "name": "云岭县防控办", "short_name": "县防控办", "county_name": "云岭县"}
    )
    clock.now = dt.datetime(2026, 11, 29, 9)
    return workspace


def taken(workspace, path):
    with workspace.reading() as session:
        found = preview(session, read(path), today=workspace.today)
    if found.writes:
        apply(workspace, found)
    with workspace.reading() as session:
        return found, session.scalars(select(Finding).order_by(Finding.id)).all()


def test_the_year_fits_the_files_other_days_and_the_deadline_follows_the_finding(office, tmp_path):
    rows = [["柳河镇", f"店{n}", day, f"事{n}", due] for n, (day, due) in enumerate((
        ("2022-3-4", "2022-3-9"), ("3月5日", "3月10日"),
        ("三月五日", "3月底前"), ("12月28日", "1月5日"), (3, "3月10日前"),
    ), 1)]  # fmt: skip
    rows[-1][2] = "3/5"
    _, found = taken(office, plain(tmp_path / "台账.xlsx", {"Sheet1": [HEAD, *rows]}))
    assert [(f.found_on, f.deadline) for f in found] == [
        (D(2022, 3, 4), D(2022, 3, 9)), (D(2022, 3, 5), D(2022, 3, 10)), (D(2022, 3, 5), D(2022, 3, 31)),
        (D(2021, 12, 28), D(2022, 1, 5)), (D(2022, 3, 5), D(2022, 3, 10)),
    ]  # fmt: skip


def test_the_year_fits_the_day_the_ledger_bears(office, tmp_path):
    rows = [["汇总表"], ["填报时间：2022年3月20日"], HEAD, ["柳河镇", "一店", "3月5日", "甲", "3月15日"]]
    _, (found,) = taken(office, plain(tmp_path / "台账.xlsx", {"Sheet1": rows}))
    assert (found.found_on, found.deadline) == (D(2022, 3, 5), D(2022, 3, 15))


def test_without_any_year_it_is_the_past_one_nearest(office, tmp_path):
    rows = [HEAD, ["柳河镇", "一店", "3月5日", "甲", "3月15日"], ["柳河镇", "二店", "12月5日", "乙", "12月15日"]]
    _, found = taken(office, plain(tmp_path / "台账.xlsx", {"Sheet1": rows}))
    assert [(f.found_on, f.deadline) for f in found] == [
        (D(2026, 3, 5), D(2026, 3, 15)), (D(2025, 12, 5), D(2025, 12, 15)),
    ]  # fmt: skip


def test_ranges_and_times_of_day_are_kept_in_words_and_known_again(office, tmp_path):
    rows = [HEAD]
    rows += [
        ["柳河镇", f"店{n}", day, "甲", "2022-3-9"]
        for n, day in enumerate(("2022.3.5-3.6", "3月5-6日", "2022年3月5日上午"))
    ]
    path = plain(tmp_path / "台账.xlsx", {"Sheet1": rows})
    _, found = taken(office, path)
    assert {f.found_on for f in found} == {D(2022, 3, 5)}
    words = ["2022.3.5-3.6", "3月5-6日", "2022年3月5日上午"]
    assert [f.note for f in found] == [f"发现日期原写：{text}" for text in words]
    again, _ = taken(office, path)
    assert not again.writes


def test_a_relative_day_is_asked(office, tmp_path):
    rows = [HEAD, *(["柳河镇", "店", day, f"甲{day}", "2022-3-9"] for day in ("昨日", "前天下午", "2022年3月"))]
    found, kept = taken(office, plain(tmp_path / "台账.xlsx", {"Sheet1": rows}))
    assert kept == []
    assert len(found.doubts) == 3
    assert not any(row.answerable for row in found.doubts)
    assert "请在表里写明日期" in found.in_words(done=False)


def test_an_answers_day_follows_its_finding(office, tmp_path):
    head = [*HEAD, "整改结果", "整改情况", "完成时间"]
    rows = [head, ["柳河镇", "一店", "2022-3-5", "甲", "3月15日", "已整改", "已补记", "3月8日"]]
    taken(office, plain(tmp_path / "台账.xlsx", {"问题整改台账": rows}))
    with office.reading() as session:
        assert session.scalars(select(Feedback)).one().finished_on == D(2022, 3, 8)
