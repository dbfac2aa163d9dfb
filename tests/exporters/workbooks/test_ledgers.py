"""Ledgers as a leader sees them and as the program reads them back."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from sqlalchemy import select

from exporters.workbooks import KINDS, kind_of, write_ledger
from exporters.workbooks.page import Column, Page, capacity, lines_of, write
from exporters.workbooks.template import write_template
from models.demo.office import fill
from models.domain.findings.lifecycle import Status
from models.errors import Refusal
from models.intake.preview import preview
from models.intake.rows import Verdict
from models.intake.sheets import SHEETS
from models.intake.workbook import read
from models.queries.figures import statistics
from models.queries.figures.scope import Scope
from models.records import Document, Finding, Unit
from models.services import documents, records, unit_answers
from models.services.office_setup import found_office
from models.services.unit_of_work import Workspace
from models.storage.data_folder import DataFolder
from models.storage.engine import Store

NOW = dt.datetime(2022, 3, 16, 10)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    workspace = Workspace(Store(DataFolder(tmp_path_factory.mktemp("演示"))), operator="试用", clock=lambda: NOW)
    fill(workspace)
    yield workspace
    workspace.store.close()


def ledger(demo, kind, target, scope=None):
    with demo.reading() as session:
        write_ledger(session, kind, target, scope or Scope(), today=demo.today)
    return openpyxl.load_workbook(target)


@pytest.mark.parametrize("kind", KINDS)
def test_every_ledger_is_set_up_to_be_printed(demo, tmp_path, kind):
    for page in ledger(demo, kind, tmp_path / "台账.xlsx").worksheets:
        setup = page.page_setup
        assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "landscape", 1, 0)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        head = int(page.freeze_panes[1:]) - 1
        assert page.print_title_rows == f"${head}:${head}"
        assert page.auto_filter.ref.startswith(f"A{head}:{get_column_letter(page.max_column)}")
        assert "&P" in page.oddFooter.center.text
        assert page.max_row > head
        assert all(merged.max_row < head for merged in page.merged_cells.ranges)


def test_days_are_days_and_counts_are_numbers(demo, tmp_path):
    page = ledger(demo, "findings_ledger", tmp_path / "台账.xlsx").worksheets[0]
    places = {cell.value: cell.column for cell in page[3]}
    row = page[4]
    assert isinstance(row[places["发现日期"] - 1].value, dt.datetime)
    assert row[places["发现日期"] - 1].number_format == "yyyy-mm-dd"
    assert isinstance(row[places["同类问题数"] - 1].value, int)
    statuses = {
        cell.value: cell.fill.fgColor.rgb for cell in page.iter_cols(places["状态"], places["状态"], 4).__next__()
    }
    assert set(statuses) == set(Status)
    assert statuses["已销号"] != statuses["退回重改"]


@pytest.mark.parametrize("kind", ["findings_ledger", "accountability_ledger", "roster_of_members", "document_register"])
def test_a_ledger_is_read_back_as_the_same(demo, tmp_path, kind):
    target = tmp_path / "台账.xlsx"
    ledger(demo, kind, target)
    with demo.reading() as session:
        found = preview(session, read(target), today=demo.today)
    assert {row.verdict for row in found.rows if row.verdict is not Verdict.MERGED} == {Verdict.SAME}
    assert all(row.note.startswith("与第") for row in found.rows if row.verdict is Verdict.MERGED)
    assert found.notes == []


def test_figures_are_those_of_the_counting_functions(demo, tmp_path):
    scope = Scope(from_=dt.date(2022, 2, 1), until=dt.date(2022, 2, 28))
    page = ledger(demo, "period_statistics", tmp_path / "统计.xlsx", scope).worksheets[0]
    shown = {row[0].value: row[1].value for row in page.iter_rows(min_row=4)}
    with demo.reading() as session:
        whole = statistics.summary(session, demo.today, scope)
    for label, figure in statistics.told(whole):
        if isinstance(figure, int):
            assert shown[label] == figure
    assert "涉及点位数" not in shown
    units = ledger(demo, "unit_statistics", tmp_path / "单位.xlsx", scope).worksheets[0]
    rows = [[cell.value for cell in row] for row in units.iter_rows(min_row=4)]
    assert rows[-1][1:3] == ["合计", whole.problems]
    assert sum(row[2] for row in rows[:-1]) == whole.problems


def test_filters_narrow(demo, tmp_path):
    whole = ledger(demo, "findings_ledger", tmp_path / "一.xlsx").worksheets[0].max_row
    part = ledger(demo, "findings_ledger", tmp_path / "二.xlsx", Scope(from_=dt.date(2022, 3, 1))).worksheets[0]
    assert 4 <= part.max_row < whole
    assert "2022年3月1日起" in part["A2"].value


def page_of(tmp_path: Path, rows: list[list[object]]):
    book = openpyxl.Workbook(write_only=True)
    write(book, Page("表", "标题", [Column("序号", 5, "number"), Column("事实", 34, "wrap")], rows))
    book.save(tmp_path / "表.xlsx")
    return openpyxl.load_workbook(tmp_path / "表.xlsx").worksheets[0]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-3", "@某人"])
def test_what_looks_like_a_formula_stays_text(tmp_path, text):
    cell = page_of(tmp_path, [[1, text]])["B3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_unseen_characters_do_not_spoil_the_file(tmp_path):
    assert page_of(tmp_path, [[1, "甲\x0b乙\x00😀"]])["B3"].value == "甲乙😀"


def test_rows_are_as_tall_as_their_text(tmp_path):
    page = page_of(tmp_path, [[1, "短"], [2, "长" * 200], [3, "行\n" * 12]])
    heights = [page.row_dimensions[row].height for row in range(3, 6)]
    assert heights[0] == 22
    assert heights[1] >= 15 * 200 / 16
    assert heights[2] >= 15 * 12


def test_a_column_gets_wider_where_its_text_would_overflow_the_tallest_row(tmp_path):
    page = page_of(tmp_path, [[1, "极" * 1200]])
    assert page.column_dimensions["B"].width > 34
    assert page.row_dimensions[3].height >= 15 * 1200 / (capacity(page.column_dimensions["B"].width) / 2)


def test_lines_are_counted_by_width():
    assert lines_of("汉" * 10, 20) == 1
    assert lines_of("汉" * 11, 20) == 2
    assert lines_of("a\n\nb", 20) == 3


def test_the_blank_workbook_has_every_sheet_with_drop_downs(tmp_path):
    write_template(None, tmp_path / "模板.xlsx")
    book = openpyxl.load_workbook(tmp_path / "模板.xlsx")
    assert [name for name in book.sheetnames if name not in ("说明", "选项")] == [sheet.name for sheet in SHEETS]
    for sheet in SHEETS:
        page = book[sheet.name]
        assert [cell.value for cell in page[1]] == [column.label for column in sheet.written]
        listed = {str(rule.sqref).split("2")[0] for rule in page.data_validations.dataValidation if rule.type == "list"}
        for column, cell in zip(sheet.written, page[1], strict=True):
            assert (cell.column_letter in listed) == bool(
                column.choices or column.field.kind in ("choice", "flag") or column.name == "measure"
            )


def test_a_blank_workbook_is_nothing_to_import(demo, tmp_path):
    write_template(None, tmp_path / "模板.xlsx")
    with demo.reading() as session:
        assert preview(session, read(tmp_path / "模板.xlsx"), today=demo.today).rows == []


def test_kinds_are_known_by_key_and_name():
    assert kind_of("问责台账") is kind_of("accountability_ledger")
    with pytest.raises(Refusal, match="问题整改台账"):
        kind_of("没有")


def test_a_folder_that_is_not_there_gets_a_sentence(demo, tmp_path):
    with pytest.raises(Refusal, match="不存在"):
        ledger(demo, "问责台账", tmp_path / "没有" / "台账.xlsx")


def test_the_register_says_when_and_why_a_document_ended(demo, tmp_path):
    with demo.reading() as session:
        one = session.scalars(select(Document).where(Document.state == "已印发")).first()
    documents.void(demo, one.id, "内容有误")
    page = ledger(demo, "document_register", tmp_path / "登记簿.xlsx").worksheets[0]
    places = {cell.value: cell.column for cell in page[3]}
    told = {
        row[places["发文字号"] - 1].value: row[places["撤回、作废情况"] - 1].value for row in page.iter_rows(min_row=4)
    }
    assert told.pop(one.number) == f"{demo.today}：内容有误"
    assert set(told.values()) == {None}


def test_what_a_unit_found_itself_has_no_status_of_the_countys(workspace, tmp_path):
    found_office(workspace, {"role": "unit", "name": "云水县柳河镇人民政府", "short_name": "柳河镇"})
    unit_answers.add_self_found(workspace, {"kind": "测温", "fact": "集市入口无人测温。"})
    with workspace.reading() as session:
        write_ledger(session, "findings_ledger", tmp_path / "台账.xlsx", Scope(), today=workspace.today)
    page = openpyxl.load_workbook(tmp_path / "台账.xlsx").worksheets[0]
    head = int(page.freeze_panes[1:]) - 1
    places = {cell.value: cell.column for cell in page[head]}
    assert page.cell(head + 1, places["状态"]).value == "未整改"


def test_drafts_stand_last_without_a_number_and_are_told(workspace, tmp_path):
    found_office(workspace, {"role": "county", "name": "云水县防控办", "short_name": "防控办"})
    unit = records.create(workspace, Unit, {"name": "柳河镇", "kind": "乡镇"}).id
    whole = {"kind": "测温", "source_level": "县", "unit_id": unit, "found_on": workspace.today}
    for fact, more in (("甲", {"status": "草稿"}), ("乙", {}), ("丙", {"unit_id": None})):
        records.create(workspace, Finding, {**whole, "fact": fact, **more})
    with workspace.reading() as session:
        write_ledger(session, "findings_ledger", tmp_path / "台账.xlsx", Scope(), today=workspace.today)
    page = openpyxl.load_workbook(tmp_path / "台账.xlsx").worksheets[0]
    assert "草稿 2 条列在最后，不计入问题数。" in page.cell(2, 1).value
    head = int(page.freeze_panes[1:]) - 1
    places = {cell.value: cell.column for cell in page[head]}
    told = [
        tuple(page.cell(row, places[name]).value for name in ("序号", "问题事实", "状态", "时限状态"))
        for row in range(head + 1, head + 4)
    ]
    assert told == [(1, "乙", "待交办", "无时限"), (None, "甲", "草稿", None), (None, "丙", "草稿", None)]
