"""Imports run one way; read from the imports themselves, not from what happens to be loaded."""

import ast
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ("main", "gui", "exporters", "models")

# What each room may import of the house besides itself. Rooms not named here may not be entered from below.
ALLOWED = {
    "main": {"gui", "exporters", "models"},
    "gui": {"exporters", "models"},
    "exporters": {"models"},
    "models": set(),
}
SHARED = {"models.errors", "models.paper", "models.program"}
OUTSIDE_FILES = {"models.spreadsheets", "models.text_files"}
BASE = {"models.clock", "models.domain", "models.records", "models.storage"} | OUTSIDE_FILES | SHARED
ALLOWED_IN_MODELS = {
    "models.exchange": {"models.services", "models.queries"} | BASE,
    "models.demo": {"models.services", "models.queries"} | BASE,
    "models.intake": {"models.services", "models.queries"} | BASE,
    "models.services": {"models.queries"} | BASE,
    "models.queries": BASE,
    "models.records": {"models.domain", "models.storage", "models.clock"} | SHARED,
    "models.domain": {"models.errors", "models.program"},
    "models.paper": {"models.domain", "models.errors"},
    # Comparing schemas needs the records; nothing may lean on the migrations but the store itself.
    "models.storage.migrations": {"models.records", "models.storage"},
    "models.storage": {"models.storage.migrations", "models.clock"} | SHARED,
    "models.spreadsheets": SHARED,
    "models.text_files": {"models.spreadsheets"} | SHARED,
    # Rules are told what day it is.
    "models.clock": set(),
    "models.errors": set(),
    "models.program": set(),
}
FORBIDDEN = {
    "models": {"PySide6", "docx"},
    "exporters": {"PySide6.QtWidgets"},
}


def modules() -> dict[str, Path]:
    files = [ROOT / "main.py", *(path for part in HOUSE[1:] for path in (ROOT / part).rglob("*.py"))]
    return {name_of(path): path for path in files if path.is_file()}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(name: str, path: Path) -> set[str]:
    """Everything a module imports, wherever in it the import stands; `from a import b` counts as a.b."""
    found: set[str] = set()
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*above, *(node.module or "").split(".")]).strip(".")
            found.update(f"{source}.{alias.name}" for alias in node.names)
    return found


def is_within(module: str, room: str) -> bool:
    return module == room or module.startswith(room + ".")


def room_of(module: str, rooms: dict[str, set[str]]) -> str | None:
    return max((room for room in rooms if is_within(module, room)), key=len, default=None)


def offences(name: str, targets: set[str], rooms: dict[str, set[str]]) -> list[str]:
    room = room_of(name, rooms)
    if room is None:
        return []
    return sorted(t for t in targets if room_of(t, rooms) not in {None, room, *rooms[room]})


@pytest.mark.parametrize(("name", "path"), modules().items(), ids=modules())
def test_imports_run_one_way(name: str, path: Path) -> None:
    targets = imported(name, path)
    assert offences(name, targets, ALLOWED) == []
    assert offences(name, targets, ALLOWED_IN_MODELS) == []


@pytest.mark.parametrize(("name", "path"), modules().items(), ids=modules())
def test_lower_floors_stay_free_of_the_window_and_of_word(name: str, path: Path) -> None:
    banned = FORBIDDEN.get(name.split(".", maxsplit=1)[0], set())
    assert [t for t in imported(name, path) if any(is_within(t, b) for b in banned)] == []


@pytest.mark.parametrize(("name", "path"), modules().items(), ids=modules())
def test_drawing_stays_in_its_room(name: str, path: Path) -> None:
    if is_within(name, "exporters") and not is_within(name, "exporters.pages"):
        assert [t for t in imported(name, path) if is_within(t, "PySide6")] == []


def test_every_room_of_models_has_its_rule() -> None:
    rooms = {f"models.{path.stem}" for path in (ROOT / "models").iterdir() if not path.name.startswith("_")}
    assert rooms - set(ALLOWED_IN_MODELS) == set()


# The rooms of gui from top to bottom; the rooms of one floor may import each other. ``commands`` stands apart.
FLOORS_OF_GUI = ("shell", "pages", "documents dialogs exchange", "forms", "lists", "widgets", "core")


def graph() -> dict[str, set[str]]:
    """By file the files it imports, type-only and function-level imports included."""
    files = modules()
    return {name: {found for t in imported(name, path) if (found := file_of(t, files))} for name, path in files.items()}


def file_of(target: str, files: Mapping[str, object]) -> str | None:
    """The file an import names: itself, or the one whose name is imported from it."""
    return target if target in files else above if (above := target.rpartition(".")[0]) in files else None


def reachable(start: str, imports: Mapping[str, set[str]]) -> set[str]:
    """Everything a file imports, directly or through others."""
    found: set[str] = set()
    todo = [start]
    while todo:
        fresh = imports.get(todo.pop(), set()) - found
        found |= fresh
        todo += fresh
    return found


def circles(imports: Mapping[str, set[str]]) -> list[list[str]]:
    """The groups of files of which each imports, by way of others, every other."""
    below = {name: reachable(name, imports) for name in imports}
    found = {tuple(sorted({name} | {t for t in below[name] if name in below[t]})) for name in imports}
    return sorted(list(group) for group in found if len(group) > 1)


def floor_of(module: str) -> int | None:
    """How far down in gui a module's room lies."""
    room = module.split(".")[1] if module.startswith("gui.") else ""
    return next((n for n, rooms in enumerate(FLOORS_OF_GUI) if room in rooms.split()), None)


def climbs(name: str, targets: set[str]) -> list[str]:
    """What a module of gui imports from a floor above its own."""
    floor = floor_of(name)
    return [] if floor is None else sorted(t for t in targets if (other := floor_of(t)) is not None and other < floor)


def test_no_file_imports_itself_by_way_of_others() -> None:
    imports = graph()
    imports = {name: targets - {name} for name, targets in imports.items()}
    assert circles(imports) == []


def test_rooms_of_the_window_import_downwards() -> None:
    found = {(name, t) for name, targets in graph().items() for t in climbs(name, targets)}
    assert found == set()


def test_commands_stand_apart_from_the_window() -> None:
    """The command line imports no Qt and no room of the window; the window imports no command."""
    for name, path in modules().items():
        targets = {t for t in imported(name, path) if is_within(t, "gui") or is_within(t, "PySide6")}
        of_commands = {t for t in targets if is_within(t, "gui.commands")}
        if is_within(name, "gui.commands"):
            assert targets == of_commands
        elif is_within(name, "gui"):
            assert of_commands == set()


def test_a_circle_and_a_climb_are_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]
    assert circles({"a": {"b"}, "b": {"c"}, "c": set()}) == []
    assert climbs("gui.forms.form", {"gui.dialogs.settings", "gui.core.theme"}) == ["gui.dialogs.settings"]
    assert climbs("gui.dialogs.settings", {"gui.exchange.handout", "gui.forms.form"}) == []


UNEXPLAINED: dict[str, int] = {
    "exporters.docx": 3,
    "exporters.pages": 3,
    "exporters.workbooks": 25,
    "gui.commands": 73,
    "gui.core": 8,
    "gui.dialogs": 44,
    "gui.documents": 14,
    "gui.exchange": 17,
    "gui.forms": 26,
    "gui.lists": 3,
    "gui.pages": 33,
    "gui.shell": 109,
    "main": 17,
    "models.program": 1,
    "models.queries": 2,
    "models.spreadsheets": 4,
    "models.storage": 7,
}
"""By room, imports inside a function that give no reason. The numbers only ever fall; the table ends empty."""


def late_imports(source: str) -> list[bool]:
    """Of every import inside a function, whether a comment on its line or on the one above says why."""
    lines = source.splitlines()
    functions = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef))
    found = {n.lineno for f in functions for n in ast.walk(f) if isinstance(n, ast.Import | ast.ImportFrom)}
    return ["#" in lines[n - 1] or lines[n - 2].lstrip().startswith("#") for n in sorted(found)]


def test_an_import_inside_a_function_says_why() -> None:
    """Start-up asks for some; an import that could stand at the top of its file does."""
    found = Counter[str]()
    for name, path in modules().items():
        room = ".".join(name.split(".")[:2]) if "." in name else name
        found[room] += late_imports(path.read_text("utf-8")).count(False)
    assert {room: n for room, n in found.items() if n > UNEXPLAINED.get(room, 0)} == {}


def test_a_late_import_is_found_with_its_reason() -> None:
    said = "def f():\n    import a  # heavy\n    # heavy\n    from b import c\n\n    import d\n"
    assert late_imports("import x\n\n" + said) == [True, True, False]


@pytest.mark.parametrize(
    ("name", "target", "rooms", "bad"),
    [
        ("models.domain.findings.lifecycle", "models.records.findings", ALLOWED_IN_MODELS, True),
        ("models.services.findings", "models.domain.findings.lifecycle", ALLOWED_IN_MODELS, False),
        ("exporters.output", "gui.shell.application", ALLOWED, True),
        ("gui.pages.teams", "exporters.output", ALLOWED, False),
    ],
)
def test_the_rule_itself_can_tell(name: str, target: str, rooms: dict[str, set[str]], bad: bool) -> None:
    assert bool(offences(name, {target}, rooms)) is bad
