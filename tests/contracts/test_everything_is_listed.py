"""What declares itself stands in one list: hooks of records, commands, kinds of document. Nothing is found by name."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from exporters import composing
from gui.commands import registry
from models.paper.kinds import KINDS
from models.services import preparation
from models.services.preparation.hook import Hook

ROOT = Path(__file__).resolve().parents[2]


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Every file of the program by its module name, parsed."""
    for room in ("models", "exporters", "gui"):
        for path in sorted((ROOT / room).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            yield name, ast.parse(path.read_text("utf-8"))


def called(tree: ast.Module) -> set[str]:
    """The plain names that a module calls."""
    return {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}


def composes(tree: ast.Module) -> bool:
    """Whether a module composes a kind of document."""
    return any(isinstance(node, ast.FunctionDef) and node.name == "compose" for node in tree.body)


def test_every_module_that_declares_a_hook_is_listed() -> None:
    declaring = {name for name, tree in sources() if Hook.__name__ in called(tree)}
    assert declaring == {module.__name__ for module in preparation.MODULES}


def test_every_hook_that_is_declared_runs() -> None:
    declared = [hook for module in preparation.MODULES for hook in module.HOOKS]
    assert list(preparation.HOOKS) == declared
    assert len(set(declared)) == len(declared)


def test_every_command_that_is_declared_is_offered() -> None:
    declaring = [name for name, tree in sources() if "Command" in called(tree)]
    assert [name for name in declaring if name not in sys.modules] == []
    declared = [command for name in declaring for command in sys.modules[name].COMMANDS]
    assert sorted(command.name for command in registry.COMMANDS) == sorted(command.name for command in declared)


def test_every_kind_of_document_that_is_declared_is_listed() -> None:
    composing_one = {name for name, tree in sources() if name.startswith("exporters.composing.") and composes(tree)}
    assert composing_one == {module.__name__ for module in composing.MODULES}
    assert [module.KIND for module in composing.MODULES] == list(KINDS)


def test_no_module_is_found_by_its_name() -> None:
    assert [name for name, tree in sources() if "import_module" in ast.dump(tree)] == []
