"""Imports run one way; read from the imports themselves, not from what happens to be loaded."""

import ast
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
BASE = {"models.clock", "models.domain", "models.records", "models.storage", "models.spreadsheets"} | SHARED
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
