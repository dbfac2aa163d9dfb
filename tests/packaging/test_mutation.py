"""What `dev.py mutate` tells of the changes it tried: the same sample for a seed, the place, and texts apart."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).resolve().parents[2] / "packaging" / "mutation.py"


@pytest.fixture
def mutation(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("mutation", PROGRAM)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "mutation", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "WORKSPACE", tmp_path)
    return module


def test_a_seed_chooses_the_same_changes_again(mutation):
    names = [f"models.domain.x_rule__mutmut_{n}" for n in range(100)]
    assert mutation.chosen(names, 10, 1) == mutation.chosen(names, 10, 1) != mutation.chosen(names, 10, 2)
    assert len(mutation.chosen(names, 10, 1)) == 10
    assert mutation.chosen(names, 0, 1) == mutation.chosen(names, 500, 1) == names


@pytest.mark.parametrize(
    ("path", "tests"),
    [
        ("models/exchange", ("tests/models/exchange",)),
        ("models/exchange/merge.py", ("tests/models/exchange",)),
        ("models/domain/findings/deadlines.py", ("tests/models/domain", "tests/models/services")),
        ("models/queries", ("tests/models", "tests/exporters")),
    ],
)
def test_a_path_has_its_tests(mutation, path, tests):
    assert mutation.tests_of(path) == tests


def test_every_path_and_every_test_that_is_named_is_there(mutation):
    for path in (
        *mutation.TESTS,
        *mutation.OTHER_TESTS,
        *(test for tests in mutation.TESTS.values() for test in tests),
    ):
        assert (mutation.ROOT / path).is_dir()


@pytest.mark.parametrize(
    ("before", "after", "alike"),
    [
        ('raise Refusal("请填写。")', 'raise Refusal("XX请填写。XX")', True),
        ('raise Refusal("请填写。")', "raise Refusal(None)", False),
        ('return "name"', 'return "XXnameXX"', False),
        ('told = f"“{name}”有误"', 'told = f"XX“{name}”有误XX"', True),
        ("return a < b", "return a <= b", False),
    ],
)
def test_a_change_of_a_text_people_read_is_known(mutation, before, after, alike):
    assert mutation.reads_alike(before, after) is alike


def test_no_change_that_was_run_is_a_failure(mutation, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["mutation.py", "models/errors.py"])
    monkeypatch.setattr(mutation, "prepare", lambda paths, tests: None)
    assert mutation.main() == 1
    assert "nothing to change in models/errors.py" in capsys.readouterr().out


def test_results_are_read_and_places_found(mutation, tmp_path):
    (tmp_path / "mutants" / "models").mkdir(parents=True)
    (tmp_path / "models").mkdir()
    source = "class Rule:\n    def holds(self, day):\n        start = 1\n        return day > start\n"
    (tmp_path / "models" / "rule.py").write_text(source, "utf-8")
    name = "models.rule.xǁRuleǁholds__mutmut_1"
    results = json.dumps({"exit_code_by_key": {name: 0}})
    (tmp_path / "mutants" / "models" / "rule.py.meta").write_text(results, "utf-8")
    assert mutation.mutants() == {name: ("models/rule.py", 0)}
    assert mutation.line_number("models/rule.py", name, ["    return day > start"]) == 4


@pytest.mark.parametrize(("function", "at_import"), [("_row", True), ("uses", False)])
def test_a_function_that_builds_a_table_at_import_is_known(mutation, tmp_path, function, at_import):
    (tmp_path / "models").mkdir()
    source = "def _row(day):\n    return {day}\n\n\nROWS = {'a': _row(1)}\n\n\ndef uses():\n    return _row(2)\n"
    (tmp_path / "models" / "rule.py").write_text(source, "utf-8")
    assert mutation.is_called_at_import("models/rule.py", f"models.rule.x_{function}__mutmut_1") is at_import
