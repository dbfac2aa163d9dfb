"""The register typed in from before: a paper is issued, withdrawn or void, and only the first counts."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import main as program
from tests.models.intake.typing_in import filled


def _paper(number: int, state: str | None) -> dict[str, Any]:
    return {"文种": "督查通报", "发文字号": f"东防指〔2022〕{number}号", "期号": number, "标题": "关于某事的通报",
            "成文日期": f"2022-4-{number}", "状态": state}  # fmt: skip


def _imported(root: Path, states: list[str | None]) -> int:
    book = filled(root / "发文.xlsx", {"发文": [_paper(n, state) for n, state in enumerate(states, 1)]})
    return program.main(["--data", str(root / "data"), "import", str(book)])


def test_withdrawn_and_void_papers_are_taken_in_and_count_nowhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _imported(tmp_path, ["已印发", "已撤回", "作废", None]) == 0
    capsys.readouterr()
    assert program.main(["--data", str(tmp_path / "data"), "register", "--json"]) == 0
    assert [row["state"] for row in json.loads(capsys.readouterr().out)] == ["已印发", "已撤回", "作废", "已印发"]
    assert program.main(["--data", str(tmp_path / "data"), "statistics", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["bulletins"], found["findings_bulletins"]) == (2, 2)


@pytest.mark.parametrize("state", ["草稿", "待交办"])
def test_another_state_is_refused_with_those_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], state: str
) -> None:
    _imported(tmp_path, [state, "已印发"])
    assert f"没有“{state}”这一项，可填：已印发、已撤回、作废" in capsys.readouterr().out


def test_the_blank_workbook_offers_just_these(tmp_path: Path) -> None:
    target = tmp_path / "模板.xlsx"
    assert program.main(["--data", str(tmp_path / "data"), "template", "--out", str(target)]) == 0
    sheet = openpyxl.load_workbook(target)["发文"]
    column = next(cell.column_letter for row in sheet.iter_rows(max_row=3) for cell in row if cell.value == "状态")
    rule = next(one for one in sheet.data_validations.dataValidation if column in str(one.sqref))
    page, _, cells = rule.formula1.removeprefix("=").replace("$", "").partition("!")
    offered = [cell.value for row in openpyxl.load_workbook(target)[page.strip("'")][cells] for cell in row]
    assert [value for value in offered if value] == ["已印发", "已撤回", "作废"]


def test_two_notices_of_one_day_with_numbers_of_their_own_are_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    same = {"文种": "整改通知书", "标题": "关于限期整改督查发现问题的通知", "成文日期": "2022-4-6", "状态": "已印发"}
    rows = [{**same, "发文字号": f"东防指〔2022〕{number}号"} for number in (7, 8)]
    book = filled(tmp_path / "发文.xlsx", {"发文": rows})
    assert program.main(["--data", str(tmp_path / "data"), "import", str(book)]) == 0
    capsys.readouterr()
    assert program.main(["--data", str(tmp_path / "data"), "register", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 2
