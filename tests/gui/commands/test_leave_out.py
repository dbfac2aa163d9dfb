"""--leave-out: who may be left out of a case, and of which where several bear the name."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import main as program
from tests.models.intake.typing_in import filled

DEALT = {"处理措施": "党内警告", "决定机关": "东陵县纪委", "决定日期": "2022-4-8"}
PEOPLE: dict[str, list[tuple[str, dict[str, Any], dict[str, Any] | None]]] = {
    "A1": [("王大", {}, DEALT), ("陈明", {}, None)],
    "A2": [("李二", {}, DEALT), ("陈明", {}, None)],
    "A3": [("赵三", {}, DEALT), ("陈明", {"通报方式": "点名通报"}, None)],
    "A4": [("钱四", {}, DEALT), ("孙五", {"另行处理": "由县公安局立案侦查"}, None)],
    "A5": [("周六", {}, DEALT), ("吴七", {}, {**DEALT, "决定日期": "2022-5-3"})],
    "A6": [("郑八", {}, DEALT), ("张伟", {}, None), ("张伟", {"所在单位": "石桥乡"}, None)],
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("office")
    cases, parties, measures = [], [], []
    for code, people in PEOPLE.items():
        cases.append({"案件编号": code, "案件标题": "值守不力的问题", "阶段": "决定", "发生单位": "白鹭镇",
                      "行为开始日期": "2022-4-1", "违规事实": f"{code}卡点无人值守"})  # fmt: skip
        for name, more, measure in people:
            parties.append({"案件编号": code, "姓名或单位名称": name, "所在单位": "白鹭镇", "职务": "干部",
                            "责任类型": "直接责任", **more})  # fmt: skip
            measures += [{"案件编号": code, "责任人员": name, **measure}] if measure else []
    units = [{"单位名称": name, "单位类别": "乡镇", "上级单位": "东陵县"} for name in ("白鹭镇", "石桥乡")]
    book = filled(root / "台账.xlsx", {"单位": units, "问责案件": cases, "责任人员": parties, "处理": measures})
    assert program.main(["--data", str(root / "data"), "import", str(book)]) == 0
    return root / "data"


@pytest.fixture
def run(data: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What is complained of a bulletin; empty where it can be written."""

    def call(*words: str) -> str:
        capsys.readouterr()
        code = program.main(["--data", str(data), "document", "问责通报", "--date", "2022-4-20", *words])
        complaint = capsys.readouterr().err
        assert (code == 1) == bool(complaint)
        return complaint

    return call


def test_who_was_not_dealt_with_is_left_out(run: Callable[..., str]) -> None:
    assert run("--case", "A1", "--leave-out", "陈明") == ""
    assert "没有叫“陈明白”的" in run("--case", "A1", "--leave-out", "陈明", "--leave-out", "陈明白")
    assert "“王大”已有处理，不能不写" in run("--case", "A1", "--leave-out", "陈明", "--leave-out", "王大")


def test_a_name_of_two_cases_is_asked_about_and_typed_after_the_case(run: Callable[..., str]) -> None:
    both = ("--case", "A1", "--case", "A2")
    asked = run(*both, "--leave-out", "陈明")
    assert "有 2 名“陈明”，请写明是哪一件的：--leave-out A1:陈明、--leave-out A2:陈明。" in asked
    assert run(*both, "--leave-out", "A1:陈明", "--leave-out", "A2：陈明") == ""
    assert "A2" in run(*both, "--leave-out", "A1:陈明")
    assert "请在人员上填写“通报方式”" in run("--case", "A6", "--leave-out", "张伟")


def test_who_must_be_named_is_not_left_out_for_a_namesake(run: Callable[..., str], tmp_path: Path) -> None:
    import docx

    target = tmp_path / "通报.docx"
    assert run("--case", "A1", "--case", "A3", "--leave-out", "陈明", "--out", str(target)) == ""
    lines = [p.text for p in docx.Document(str(target)).paragraphs]
    assert ["陈明" in line for line in lines if "卡点无人值守" in line] == [False, True]
    assert "“陈明”的“通报方式”是“点名通报”，不写入的请" in run("--case", "A3", "--leave-out", "陈明")
    assert "“孙五”已填写“另行处理”，不写入的请" in run("--case", "A4", "--leave-out", "孙五")


def test_who_is_dealt_with_later_only_is_said_to_be_and_may_be_left_out(run: Callable[..., str]) -> None:
    assert "吴七的处理决定晚于成文日期，也没有通报方式" in run("--case", "A5")
    assert run("--case", "A5", "--leave-out", "吴七") == ""
