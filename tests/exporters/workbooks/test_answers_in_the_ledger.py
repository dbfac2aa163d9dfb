"""The ledger shows the answer that was due, never one that came when none was asked for."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from exporters.workbooks import write_ledger
from models.queries.figures.scope import Scope
from models.records import Feedback
from tests.exporters.composing.paperwork import Bureau, day


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    made = Bureau(tmp_path / "data")
    made.unit("柳河镇")
    return made


def shown(bureau: Bureau, target: Path) -> dict[str, str | None]:
    """By each problem the measures the ledger shows."""
    with bureau.workspace.reading() as session:
        write_ledger(session, "findings_ledger", target, Scope(), today=day(3, 20))
    page = openpyxl.load_workbook(target).worksheets[0]
    head = {cell.value: cell.column - 1 for cell in page[3]}
    return {row[head["问题事实"]].value: row[head["整改措施"]].value for row in page.iter_rows(min_row=4)}


def answer(bureau: Bureau, finding: int, measures: str, *, unexpected: bool = False) -> None:
    values = {"outcome": "已整改", "measures": measures, "person": "吴明", "finished_on": day(3, 6)}
    bureau.feedback(finding, **values, submitted_at=dt.datetime(2022, 3, 6), unexpected=unexpected)


def test_an_answer_nobody_asked_for_is_not_in_the_ledger(bureau: Bureau, tmp_path: Path) -> None:
    facts = {"先报后多报": ("已设登记表", "自行补报"), "只有多报": (None, "自行补报"), "两轮": ("已设登记表", None)}
    for fact, (due, unasked) in facts.items():
        finding = bureau.finding(fact, unit_id=bureau.units["柳河镇"], status="整改中")
        if due:
            answer(bureau, finding, due)
        if unasked:
            answer(bureau, finding, unasked, unexpected=True)
        if fact == "两轮":
            answer(bureau, finding, "已换新登记表")
    assert shown(bureau, tmp_path / "台账.xlsx") == {
        "先报后多报": "已设登记表",
        "只有多报": None,
        "两轮": "已换新登记表",
    }


def test_an_answer_that_was_deleted_is_not_in_the_ledger(bureau: Bureau, tmp_path: Path) -> None:
    finding = bureau.finding("删一轮", unit_id=bureau.units["柳河镇"], status="整改中")
    answer(bureau, finding, "已设登记表")
    answer(bureau, finding, "写错的一轮")
    with bureau.workspace.writing("删除") as work:
        work.set(work.get(Feedback, 2), deleted_at=dt.datetime(2022, 3, 7))
    assert shown(bureau, tmp_path / "台账.xlsx") == {"删一轮": "已设登记表"}
