"""A half year taken in by import: every figure the same on screen, in Word, in Excel and in JSON."""

import datetime as dt
import json
from itertools import pairwise

import openpyxl
import pytest

from exporters.composing import Options, compose
from exporters.workbooks import write_ledger
from models.intake.apply import apply
from models.intake.preview import preview
from models.intake.workbook import read
from models.paper.editing import text_of
from models.queries.figures import statistics
from models.queries.figures.scope import Scope
from models.services.office_setup import found_office
from tests.models.intake.typing_in import filled

FROM, UNTIL = dt.date(2022, 1, 1), dt.date(2022, 6, 30)
HALF_YEAR = Scope(from_=FROM, until=UNTIL)
EXPECTED = {
    "inspections": 3, "sites_visited": 5, "problem_sites": 2, "problems": 12, "solved": 10, "suggestions": 2,
    "findings_bulletins": 1, "from_above": 3, "from_above_closed": 1,
}  # fmt: skip


def finding(serial, site, count, status, source="县", **more):
    values = {
        "台账编号": serial, "问题来源": source, "点位": site, "属地单位": "柳湾镇", "发现日期": dt.date(2022, 3, 5),
        "问题类别": "台账不规范", "问题事实": f"{site}第{serial[-1]}项记录缺失", "同类问题数": count, "状态": status,
    }  # fmt: skip
    return values | more


@pytest.fixture
def half_year(workspace, tmp_path, clock):
    # Figures are judged as of the day: the half-year is over.
    clock.now = dt.datetime(2022, 7, 5, 9)
    found_office(workspace, {"role": "county", "name": "青川县疫情防控指挥部办公室", "short_name": "县防控办"})
    sites = ["甲药店", "乙学校", "丙小区", "丁车站", "戊商场"]
    days = [dt.date(2022, 2, 8), dt.date(2022, 3, 5), dt.date(2022, 5, 16)]
    rows = {
        "单位": [{"单位名称": "柳湾镇", "单位类别": "乡镇"}],
        "点位": [{"点位名称": site, "点位类别": "药店", "属地单位": "柳湾镇"} for site in sites],
        "督查组": [{"组名": "第一督查组"}],
        "督查活动": [
            {"活动编号": f"D{n}", "督查组": "第一督查组", "开始日期": day, "被督查单位": "柳湾镇", "督查类型": "日常",
             "意见建议": "一是补齐记录。" if n < 2 else ""}
            for n, day in enumerate(days)
        ],
        "走访点位": [{"活动编号": f"D{n % 3}", "点位": site, "走访日期": days[n % 3]} for n, site in enumerate(sites)],
        "督查问题": [
            finding("2022-0001", "甲药店", 10, "已销号"),
            finding("2022-0002", "甲药店", 1, "整改中"),
            finding("2022-0003", "乙学校", 1, "已销号", "市"),
            finding("2022-0004", "乙学校", 2, "待核查", "省"),
            finding("2022-0005", "丙小区", 1, "已交办"),
            finding("2022-0006", "丁车站", 7, "作废"),
            finding("2022-0007", "戊商场", 9, "已销号", 发现日期=dt.date(2022, 8, 1)),
        ],
        "发文": [
            {"文种": "督查通报", "发文字号": "青防指办〔2022〕3号", "标题": "关于督查情况的通报",
             "成文日期": dt.date(2022, 4, 2), "状态": "已印发"},
        ],
    }  # fmt: skip
    book = read(filled(tmp_path / "半年.xlsx", rows))
    with workspace.reading() as session:
        found = preview(session, book, today=workspace.today)
    assert not found.hopeless, found.in_words(done=False)
    apply(workspace, found)
    return workspace


def test_the_rules_of_counting(half_year):
    with half_year.reading() as session:
        summary = statistics.summary(session, half_year.today, HALF_YEAR)
    told = {name: getattr(summary, name) for name in EXPECTED}
    assert told == EXPECTED


def test_json_says_the_same(half_year):
    with half_year.reading() as session:
        told = json.loads(statistics.as_json(session, half_year.today, HALF_YEAR))
    assert {name: told[name] for name in EXPECTED} == EXPECTED


def test_the_word_document_says_the_same(half_year):
    with half_year.reading() as session:
        paper = compose(session, "period_summary", Options(from_=FROM, until=UNTIL, date=dt.date(2022, 7, 1)))
    text = "".join(text_of(block) for block in paper.blocks)
    for words in ("督查3次", "点位5个", "点位2个", "问题12个", "10个", "上级反馈问题3个，已整改1个"):
        assert words in text


def test_the_workbook_says_the_same(half_year, tmp_path):
    target = tmp_path / "阶段统计.xlsx"
    with half_year.reading() as session:
        write_ledger(session, "period_statistics", target, HALF_YEAR, today=half_year.today)
    cells = {}
    for sheet in openpyxl.load_workbook(target):
        for row in sheet.iter_rows(values_only=True):
            for label, value in pairwise(row):
                if isinstance(label, str) and isinstance(value, int | float):
                    cells.setdefault(label, value)
    labels = {statistics.LABELS[name]: number for name, number in EXPECTED.items()}
    assert {label: cells.get(label) for label in labels} == labels
