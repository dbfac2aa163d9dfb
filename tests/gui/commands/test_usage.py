"""The command line as a script meets it: empty variables, help, version, and what programs read of a refusal."""

import json

import pytest

import main as program
from models.program import version


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("用法")
    assert program.main(["--data", str(folder), "demo"]) == 0
    return str(folder)


@pytest.mark.parametrize(("words", "flag"), [
    (["document", "督查通报", "--number", ""], "--number"), (["document", "督查通报", "--unit", " "], "--unit"),
    (["document", "督查通报", "--finding", ""], "--finding"), (["issue", "督查通报", "--reason", ""], "--reason"),
    (["document", "督查通报", "--lead", ""], "--lead"), (["document", "督查通报", "--addressee", ""], "--addressee"),
    (["document", "问责通报", "--case", ""], "--case"), (["document", "问责通报", "--leave-out", ""], "--leave-out"),
    (["ledger", "问责台账", "--out", "a.xlsx", "--unit", ""], "--unit"), (["statistics", "--team", ""], "--team"),
    (["office", "--name", ""], "--name"), (["package", "task", "--unit", "", "--out", "a.dct"], "--unit"),
])  # fmt: skip
def test_an_empty_word_is_refused_alike_by_every_command(
    demo: str, capsys: pytest.CaptureFixture[str], words: list[str], flag: str
) -> None:
    capsys.readouterr()
    assert program.main(["--data", demo, *words]) == 1
    assert capsys.readouterr().err == f"“{flag}”后面是空的，请写明，或去掉这一项。\n"


@pytest.mark.parametrize("words", [["document", ""], ["ledger", "", "--out", "a.xlsx"], ["package", "show", ""]])
def test_an_empty_name_is_refused_too(demo: str, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert program.main(["--data", demo, *words]) == 1
    assert "命令后面的名称是空的" in capsys.readouterr().err


@pytest.mark.parametrize("number", ["0", "〔2022〕0号", "００", "第7号"])
@pytest.mark.parametrize("command", ["document", "issue"])
def test_what_is_no_number_is_refused_alike(
    demo: str, capsys: pytest.CaptureFixture[str], number: str, command: str
) -> None:
    assert program.main(["--data", demo, command, "督查通报", "--number", number]) == 1
    said = capsys.readouterr().err
    assert f"“{number}”不" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("words", [
    ["document", "督查通报", "--json", "--number", ""], ["document", "督查通报", "--json", "--number", "0"],
    ["document", "督查通报", "--json", "--unit", "没有镇"], ["document", "督查通报", "--json", "--out", "a.txt"],
    ["document", "督查通报", "--json", "--source-level", "镇"], ["document", "问责通报", "--json", "--team", "一组"],
])  # fmt: skip
def test_programs_read_one_object_where_a_document_is_refused(
    demo: str, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    capsys.readouterr()
    assert program.main(["--data", demo, *words]) == 1
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert set(found) == {"schema", "kind", "title", "out", "included", "left_out", "figures", "findings", "error"}
    assert said.err == f"{found['error']}\n"


@pytest.mark.parametrize("words", [
    ["statistics", "--json", "--unit", "没有镇"], ["import", "--json", "没有.xlsx"],
    ["register", "--json", "--from", "2026-5-2", "--until", "2026-5-1"],
])  # fmt: skip
def test_programs_read_one_object_where_anything_is_refused(
    demo: str, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    capsys.readouterr()
    assert program.main(["--data", demo, *words]) == 1
    said = capsys.readouterr()
    assert said.err == f"{json.loads(said.out)['error']}\n"


def test_help_lists_the_kinds_and_the_version_is_told(demo: str, capsys: pytest.CaptureFixture[str]) -> None:
    for words, told in ((["document", "--help"], ("督查通报", "阶段总结", "--source-level", "--stamp")),
                        (["--version"], (version(),))):  # fmt: skip
        with pytest.raises(SystemExit) as left:
            program.main(["--data", demo, *words])
        assert left.value.code == 0
        said = "".join(capsys.readouterr().out.split())  # a long list is broken anywhere
        assert all(word in said for word in told)
