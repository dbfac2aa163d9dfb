"""A township without the program: its problems out as a workbook, the filled copy back."""

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hostile import strings
from offices import County

from exporters.workbooks.answer_sheet import write_answer_sheet
from models.errors import Refusal
from models.exchange import answer_sheet
from models.exchange.answer_sheet import ANSWERS, LABELS, MARKS, PAGE
from models.records import Feedback, Finding, Office, Package, Receipt, Site
from models.services import records, undo

ANSWER = {
    "outcome": "已整改", "measures": "已安排专人值守。", "finished_on": "3.10", "person": "何平",
    "no_evidence_reason": "照片另送", "submitted_at": dt.datetime(2022, 3, 15),
}  # fmt: skip


@pytest.fixture
def sheet(county: County) -> Path:
    site = records.create(
        county.office.workspace, Site, {"name": "卫生院", "kind": "卫生院", "unit_id": county.unit_ids[0]}
    )
    records.update(county.office.workspace, Office, 1, None, {"contact": "王晓燕", "phone": "0000-123"})
    county.hand_over(site_id=site.id, fact='=HYPERLINK("x")\x07')
    county.hand_over(fact="记录不全。")
    return write_answer_sheet(answer_sheet.prepare(county.office.workspace, county.unit_ids[0]), county.stick)


def fill(path: Path, row: int, values: dict[str, Any]) -> Path:
    book = openpyxl.load_workbook(path)
    page = book[PAGE]
    places = {page.cell(5, n).value: n for n in range(1, page.max_column + 1)}
    for name, value in values.items():
        cell = page.cell(row, places[LABELS.get(name, name)])
        cell.value = value
        if isinstance(value, dt.date | float):
            cell.number_format = "General" if isinstance(value, float) else "yyyy-mm-dd"
    book.save(path)
    return path


def take(county: County, path: Path, **more: Any):
    return answer_sheet.apply(county.office.workspace, answer_sheet.read(county.office.workspace, path), **more)


def sorts(county: County, path: Path) -> dict[str, int]:
    return {k: n for k, n in answer_sheet.read(county.office.workspace, path).counts.items() if n}


def test_every_fact_can_be_read_whole(county: County) -> None:
    county.hand_over(fact="体温检测点无人值守。" * 40)
    county.hand_over()
    path = write_answer_sheet(answer_sheet.prepare(county.office.workspace, county.unit_ids[0]), county.stick)
    page = openpyxl.load_workbook(path)[PAGE]
    heights = [page.row_dimensions[row].height for row in (6, 7)]
    assert heights[0] >= 400 / 20 * 15  # 400 characters, 20 to a line of 15 points
    assert heights[1] >= 4 * 15  # room to see what is typed


def test_only_the_answers_can_be_typed(sheet: Path) -> None:
    assert sheet.name == "整改反馈表_柳河镇_2022-03-16.xlsx"
    book = openpyxl.load_workbook(sheet)
    page = book[PAGE]
    assert page["A1"].value == "柳河镇整改反馈表"
    assert "联系人：王晓燕，0000-123" in page["A2"].value
    assert page.protection.sheet
    assert page["D6"].value == '=HYPERLINK("x")'
    assert page["D6"].data_type == "s"
    unlocked = {page.cell(5, c.column).value for c in page[6] if not c.protection.locked}
    assert unlocked == {LABELS[name] for name in ANSWERS}
    assert book[MARKS].sheet_state == "veryHidden"
    lists = [v for v in page.data_validations.dataValidation if v.type == "list"]
    assert "异议(不属实)" in lists[0].formula1


def test_a_filled_sheet_comes_in_and_only_once(county: County, sheet: Path) -> None:
    fill(sheet, 6, ANSWER)
    assert sorts(county, sheet) == {"new": 1}
    assert take(county, sheet).flagged == []
    feedback = county.office.one(Feedback)
    assert (feedback.outcome, feedback.finished_on, feedback.person) == ("已整改", dt.date(2022, 3, 10), "何平")
    assert [f.status for f in county.office.all(Finding)] == ["待核查", "已交办"]
    assert county.office.all(Finding)[0].submitted_on == dt.date(2022, 3, 15)
    assert county.office.one(Receipt).kind == "已填回"

    assert sorts(county, sheet) == {"same": 1}
    take(county, sheet)
    assert len(county.office.all(Feedback)) == 1
    assert len(county.office.all(Receipt)) == 1
    assert [p.direction for p in county.office.all(Package)] == ["sent", "received", "received"]

    fill(sheet, 7, {**ANSWER, "outcome": "正在推进", "done": 2.0})
    assert sorts(county, sheet) == {"same": 1, "new": 1}


def test_a_row_filled_in_otherwise_later_is_the_clerks_to_decide(county: County, sheet: Path) -> None:
    take(county, fill(sheet, 6, ANSWER))
    fill(sheet, 6, {"measures": "改写过"})
    (item,) = answer_sheet.read(county.office.workspace, sheet).items
    assert (item.sort, item.differences[0].ours, item.differences[0].theirs) == (
        "conflicting",
        "已安排专人值守。",
        "改写过",
    )
    take(county, sheet)
    assert county.office.one(Feedback).measures == "已安排专人值守。"
    take(county, sheet, decisions={item.row.uuid: "theirs"})
    assert county.office.one(Feedback).measures == "改写过"


def test_a_returned_problem_is_another_round(county: County, sheet: Path) -> None:
    take(county, fill(sheet, 6, ANSWER))
    finding = county.office.all(Finding)[0]
    county.step(finding.id, "return_")
    again = write_answer_sheet(
        answer_sheet.prepare(county.office.workspace, county.unit_ids[0]), county.stick / "第二次.xlsx"
    )
    assert openpyxl.load_workbook(again)[PAGE]["G6"].value == "照片看不清"
    take(county, fill(again, 6, {**ANSWER, "measures": "重拍照片"}))
    assert [f.round for f in county.office.all(Feedback)] == [1, 2]


def test_an_answer_nobody_waits_for_is_kept_and_flagged(county: County, sheet: Path) -> None:
    county.step(county.office.all(Finding)[0].id, "void")
    taken = take(county, fill(sheet, 6, ANSWER))
    assert taken.flagged == ["2022-0001：现为“作废”，反馈已存下，未改变状态"]
    assert county.office.one(Feedback).unexpected


def test_an_undone_import_can_be_taken_in_again(county: County, sheet: Path) -> None:
    take(county, fill(sheet, 6, ANSWER))
    with county.office.workspace.reading() as session:
        undo.undo(county.office.workspace, undo.recent(session)[0].operation)
    take(county, sheet)
    assert county.office.one(Feedback).person == "何平"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"outcome": None}, "请先选择“整改结果”。"),
        ({"outcome": "没有这一项"}, "没有这一项"),
        ({"person": None}, "请先选择“责任人”。"),
        ({"no_evidence_reason": None}, "请先填写“无佐证说明”。"),
        ({"finished_on": "昨儿"}, "“完成日期”"),
        ({"finished_on": dt.datetime(2022, 3, 30)}, "“完成日期”晚于今天，请核对。"),
        ({"done": "两个"}, "“已完成数”请填写数字。"),
        ({"person": "何" * 31}, "“责任人”最多 30 个字，现有 31 个字。"),
    ],
)
def test_what_is_filled_in_wrongly_is_told_by_row(
    county: County, sheet: Path, values: dict[str, Any], sentence: str
) -> None:
    (reason,) = answer_sheet.read(county.office.workspace, fill(sheet, 6, {**ANSWER, **values})).rejected
    assert reason.startswith("第 6 行（2022-0001）：")
    assert sentence in reason
    taken = take(county, sheet)
    assert taken.flagged == [reason]
    assert county.office.all(Feedback) == []


@pytest.mark.parametrize("day", [44630.0, dt.date(2022, 3, 10), "2022年3月10日", "2022-03-10"])
def test_days_however_they_were_typed(county: County, sheet: Path, day: Any) -> None:
    take(county, fill(sheet, 6, {**ANSWER, "finished_on": day, "person": 7.0}))
    assert county.office.one(Feedback).finished_on == dt.date(2022, 3, 10)
    assert county.office.one(Feedback).person == "7"


def test_rows_of_others_are_foreign(county: County, sheet: Path) -> None:
    other = county.hand_over(1)
    fill(sheet, 6, {**ANSWER, "问题标识": other.uuid, "台账编号": other.serial})
    fill(sheet, 7, {**ANSWER, "台账编号": "2022-9999"})
    plan = answer_sheet.read(county.office.workspace, sheet)
    assert [item.why for item in plan.items] == ["问题不由该单位负责", "问题不在本县台账"]
    take(county, sheet)
    assert county.office.all(Feedback) == []


def test_files_that_are_no_sheet_of_ours(county: County, sheet: Path, tmp_path: Path, monkeypatch) -> None:
    workspace = county.office.workspace
    with pytest.raises(Refusal, match="没有找到文件"):
        answer_sheet.read(workspace, tmp_path / "没有.xlsx")
    wrong = tmp_path / "坏.xlsx"
    for content, why in ((b"", "是空文件"), (b"PK\3\4", "已损坏"), (b"\0" * 5000, "不是表格")):
        wrong.write_bytes(content)
        with pytest.raises(Refusal, match=why):
            answer_sheet.read(workspace, wrong)
    book = openpyxl.Workbook()
    book.save(wrong)
    with pytest.raises(Refusal, match="不是督查通发出的反馈表"):
        answer_sheet.read(workspace, wrong)
    book = openpyxl.load_workbook(sheet)
    book[PAGE].delete_rows(5)
    book.save(wrong)
    with pytest.raises(Refusal, match="表头已改动"):
        answer_sheet.read(workspace, wrong)
    book[MARKS]["A1"] = "0" * 32
    book.save(wrong)
    with pytest.raises(Refusal, match="不是本机发出的反馈表"):
        answer_sheet.read(workspace, wrong)
    book[MARKS].delete_rows(1)
    book.save(wrong)
    with pytest.raises(Refusal, match="不是本机发出的反馈表"):
        answer_sheet.read(workspace, wrong)
    strings(wrong, 300)
    with pytest.raises(Refusal, match="展开后超过"):
        answer_sheet.read(workspace, wrong)


def test_a_sheet_open_in_another_program(county: County, sheet: Path, monkeypatch) -> None:
    def busy(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(type(sheet), "open", busy)
    with pytest.raises(Refusal, match="正被其他程序打开"):
        answer_sheet.read(county.office.workspace, sheet)


def test_nothing_owed_no_sheet(county: County) -> None:
    with pytest.raises(Refusal, match="没有需要反馈的问题"):
        answer_sheet.prepare(county.office.workspace, county.unit_ids[0])
    assert county.office.all(Package) == []
