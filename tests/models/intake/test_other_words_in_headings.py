"""Ledgers whose headings say the same in other words, in blocks and with few columns."""

import datetime as dt

import openpyxl
import pytest
from sqlalchemy import select
from typing_in import plain

from models.domain.intake.headings import kind_of
from models.intake.apply import apply
from models.intake.preview import preview
from models.intake.workbook import read
from models.records import Disposition, Feedback, Finding, Party, Site, Unit
from models.services.office_setup import found_office


@pytest.fixture
def office(workspace, clock):
    found_office(
        workspace, {"role": "county", "name": "云岭县安委办", "short_name": "县安委办", "county_name": "云岭县"}
    )
    clock.now = dt.datetime(2022, 4, 5, 9)
    return workspace


def imported(office, path):
    with office.reading() as session:
        found = preview(session, read(path), today=office.today)
    apply(office, found)
    return found


def rows_of(office, *columns):
    with office.reading() as session:
        return [tuple(one) for one in session.execute(select(*columns))]


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("隐患描述", "存在问题"),
        ("发现的主要问题", "问题"),
        ("督察反馈问题", "问题内容"),
        ("被查乡镇", "乡镇"),
        ("受检单位", "被检查单位"),
        ("计划完成时间", "整改时限"),
        ("实际完成时间", "完成日期"),
        ("是否整改完毕", "是否完成"),
        ("整改情况及完成时间", "整改情况"),
        ("排查日期", "督查时间"),
    ],
)
def test_headings_of_one_meaning(said, means) -> None:
    assert kind_of(said) == kind_of(means)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("完成时限", "完成时间"),
        ("问题编号", "问题"),
        ("问题类型", "问题"),
        ("配合单位", "责任单位"),
        ("交办日期", "检查日期"),
    ],
)
def test_headings_of_two_meanings(one, other) -> None:
    assert kind_of(one) != kind_of(other)


def test_a_ledger_in_other_words_is_read_whole(office, tmp_path) -> None:
    rows = [
        ["编号", "企业名称", "所属镇街", "排查日期", "隐患描述", "整改责任人", "计划完成时间", "实际完成时间",
         "是否整改完毕"],
        ["AQ-1", "宏达木业", "城关镇", "2022-3-2", "除尘管道积尘", "刘强", "2022-3-9", "2022-3-8", "是"],
        ["AQ-2", "鑫源铸造厂", "城关镇", "2022-3-2", "限位器失效", "马超", "2022-3-31", None, "否"],
    ]  # fmt: skip
    imported(office, plain(tmp_path / "台账.xlsx", {"Sheet1": rows}))
    with office.reading() as session:
        first, second = session.scalars(select(Finding).order_by(Finding.id)).all()
        assert (first.fact, first.found_on, first.deadline) == (
            "除尘管道积尘", dt.date(2022, 3, 2), dt.date(2022, 3, 9)
        )  # fmt: skip
        assert session.get(Site, second.site_id).name == "鑫源铸造厂"
        assert session.get(Unit, second.unit_id).name == "城关镇"
    assert (dt.date(2022, 3, 8), "刘强") in rows_of(office, Feedback.finished_on, Feedback.person)


def test_blocks_below_each_other_with_the_unit_above_each(office, tmp_path) -> None:
    head = ["序号", "点位名称", "存在问题", "处理方式"]
    rows = [
        ["疫情防控督查问题汇总（2022年3月16日）"],
        ["一、城关镇"], head, [1, "好又多超市", "扫码处无人值守", "当场整改"],
        ["二、李庄乡"], head, [1, "北卡口", "夜间无人值守", "限期整改"], [2, "乡卫生院", "发热哨点设置不规范", "移交"],
    ]  # fmt: skip
    imported(office, plain(tmp_path / "汇总.xlsx", {"Sheet1": rows}))
    with office.reading() as session:
        found = session.scalars(select(Finding).order_by(Finding.id)).all()
        assert [(one.fact, session.get(Unit, one.unit_id).name) for one in found] == [
            ("扫码处无人值守", "城关镇"), ("夜间无人值守", "李庄乡"), ("发热哨点设置不规范", "李庄乡"),
        ]  # fmt: skip


def test_the_person_of_an_accountability_ledger_by_other_words(office, tmp_path) -> None:
    rows = [
        ["序号", "被问责人", "所在单位", "职务", "问责事由", "问责方式", "问责机关", "问责时间"],
        [1, "李志远", "云岭镇人民政府", "副镇长", "防火责任落实不力", "诫勉谈话", "县纪委监委", "2022年3月20日"],
    ]
    imported(office, plain(tmp_path / "问责.xlsx", {"Sheet1": rows}))
    assert rows_of(office, Party.name) == [("李志远",)]
    assert rows_of(office, Disposition.decided_on) == [(dt.date(2022, 3, 20),)]


def test_measures_and_what_came_of_them_stand_in_two_columns(office, tmp_path) -> None:
    rows = [
        ["乡镇", "检查时间", "存在问题", "整改措施", "整改情况", "完成情况", "责任单位"],
        ["云岭镇", "2022-3-12", "护林员脱岗", "重新排班", "已完成整改", None, "云岭镇"],
        ["云岭镇", "2022-3-12", "未张贴禁火令", "补贴禁火令", None, None, "云岭镇"],
    ]
    result = imported(office, plain(tmp_path / "台账.xlsx", {"Sheet1": rows}))
    assert rows_of(office, Feedback.outcome, Feedback.measures) == [("已整改", "已完成整改\n重新排班")]
    assert rows_of(office, Finding.note)[1] == ("整改措施：补贴禁火令",)
    assert any("“责任单位”列和前面的列是同一项" in note for note in result.notes)


def test_who_leads_goes_before_those_who_take_part(office, tmp_path) -> None:
    rows = [
        ["反馈问题", "责任单位", "牵头单位", "整改时限"],
        ["垃圾未日产日清", "云岭镇、白水乡", "县住建局", "2022-4-30"],
    ]
    result = imported(office, plain(tmp_path / "任务清单.xlsx", {"任务清单": rows}))
    with office.reading() as session:
        (found,) = session.scalars(select(Finding)).all()
        assert session.get(Unit, found.unit_id).name == "县住建局"
    assert any("“责任单位”列和前面的列是同一项" in note for note in result.notes)


def test_hidden_rows_are_left_out_and_told(office, tmp_path) -> None:
    rows = [
        ["乡镇", "检查时间", "存在问题", "隐患等级"],
        ["云岭镇", "2022-3-12", "护林员脱岗", "重大隐患"],
        ["云岭镇", "2022-3-12", "作废", "一般隐患"],
    ]
    path = plain(tmp_path / "台账.xlsx", {"Sheet1": rows})
    book = openpyxl.load_workbook(path)
    book["Sheet1"].row_dimensions[3].hidden = True
    book.save(path)
    result = imported(office, path)
    assert rows_of(office, Finding.fact, Finding.severity) == [("护林员脱岗", "重大")]
    assert any("隐藏的第3行（共 1 行）没有读取" in note for note in result.notes)
