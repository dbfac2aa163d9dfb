"""What README, CONTRIBUTING and docs name is there: paths, commands, constants, glossary; both READMEs say the same."""

import importlib
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh-CN.md")
PAGES = sorted(
    {*(ROOT / name for name in (*READMES, "CONTRIBUTING.md")), *(ROOT / "docs").rglob("*.md")},
    key=lambda page: page.relative_to(ROOT).as_posix(),
)
TOP = (".ci", ".github", "docs", "exporters", "gui", "models", "packaging", "resources", "tests")


def text_of(page: Path) -> str:
    return page.read_text("utf-8")


def named_paths(text: str) -> set[str]:
    """Whatever stands in backquotes or in a block of code and begins with a folder of the checkout."""
    blocks = re.findall(r"```.*?```", text, re.DOTALL)
    quoted = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    words = {word for part in (*blocks, *quoted) for word in part.split()}
    words = {word.split("::")[0].rstrip(".,;:、/") for word in words}
    return {word for word in words if "/" in word and word.split("/")[0] in TOP}


def links(text: str) -> set[str]:
    found = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
    return {link for link in found if not link.startswith(("http:", "https:"))}


@pytest.fixture
def packaging(monkeypatch):
    """The folder of dev.py on the path; what it brings is forgotten again."""
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    before = set(sys.modules)
    yield importlib.import_module
    for name in set(sys.modules) - before:
        if Path(getattr(sys.modules[name], "__file__", None) or "/").parent == ROOT / "packaging":
            del sys.modules[name]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_paths_and_links_lead_somewhere(page):
    text = text_of(page)
    missing = sorted(path for path in named_paths(text) if not (ROOT / path).exists())
    missing += sorted(link for link in links(text) if not (page.parent / link).exists())
    assert not missing


def test_paths_are_found_in_text():
    text = "`models/errors.py`, `gui`, `--data` and `python3 packaging/dev.py test tests/models/domain::x`"
    assert named_paths(text) == {"models/errors.py", "packaging/dev.py", "tests/models/domain"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_inside_a_page_has_its_heading(page):
    for target, anchor in re.findall(r"\]\(([^)#\s]*)#([^)]+)\)", text_of(page)):
        linked = page.parent / target if target else page
        heads = re.findall(r"^#+ (.+)$", text_of(linked), re.M)
        assert anchor in {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_every_command_of_dev_py_is_one(packaging):
    commands = next(a.choices for a in packaging("dev").parser()._actions if a.dest == "command")
    for page in PAGES:
        named = set(re.findall(r"(?:packaging/|`)dev\.py ([a-z]+)", text_of(page)))
        assert named <= set(commands), page.name
    assert set(commands) >= {"setup", "run", "test", "screenshots", "synopsis", "revision", "bench"}


def test_the_readmes_have_the_parsers_own_synopsis(packaging):
    synopsis = packaging("synopsis")
    for name in READMES:
        text = text_of(ROOT / name)
        assert synopsis.with_synopsis(text) == text, "run: python3 packaging/dev.py synopsis"


def test_the_manual_has_the_list_of_checks(packaging):
    made = packaging("check_list")
    text = made.CHAPTER.read_text("utf-8")
    assert made.with_list(text) == text, "run: python3 packaging/dev.py synopsis"


def test_the_synopsis_has_every_command_and_breaks_no_argument(packaging):
    from gui.commands.registry import COMMANDS

    said = packaging("synopsis").synopsis()
    assert re.findall(r"^main\.py ([\w-]+)", said, re.M) == [command.name for command in COMMANDS]
    assert max(map(len, said.splitlines())) <= 120
    assert all(line.count("[") == line.count("]") for line in said.splitlines())


def test_both_readmes_have_the_same_headings_commands_and_links():
    mine, theirs = (text_of(ROOT / name) for name in READMES)
    assert re.findall(r"^(#+) ", mine, re.M) == re.findall(r"^(#+) ", theirs, re.M)
    assert commands_in(mine) == commands_in(theirs)
    assert links(mine) - links(theirs) == {READMES[1]}
    assert links(theirs) - links(mine) == {READMES[0]}
    assert named_paths(mine) == named_paths(theirs)


def commands_in(text: str) -> set[str]:
    return {word.strip() for word in re.findall(r"python3 packaging/[a-z/_]+\.py[ a-z0-9|-]*", text)}


def test_the_first_screen_of_a_readme_says_what_it_is_and_how_to_start():
    for name in READMES:
        head = text_of(ROOT / name).split("\n## ")[0]
        assert "resources/screenshot.png" in head
        assert commands_in(head) == {"python3 packaging/dev.py run", "python3 packaging/dev.py test"}
        assert head.count("\n") < 30


def glossary() -> list[tuple[str, str, str]]:
    rows = re.findall(r"^\| (.+?) \| `(\w+)` \| `([\w/.]+)` \|$", text_of(ROOT / "CONTRIBUTING.md"), re.M)
    assert len(rows) >= 70
    return rows


@pytest.mark.parametrize(("term", "name", "place"), glossary())
def test_a_word_of_the_glossary_is_in_the_file_named(term, name, place):
    assert re.search(rf"\b{name}\b", text_of(ROOT / place)), term


def test_the_glossary_names_every_record():
    from models.records import RECORDS

    names = {name for _, name, _ in glossary()}
    plain = {cls.__name__ for cls in RECORDS.values()} - {"Sequence", "DocumentRecord", "ImportedRow"}
    assert plain <= names


def test_formats_says_todays_numbers():
    rows = re.findall(r"^\| .+ \| `([\w.]+)\.([A-Z]+)` \| (\S+) \|$", text_of(ROOT / "docs" / "formats.md"), re.M)
    assert len(rows) >= 7
    for module, name, number in rows:
        assert str(getattr(importlib.import_module(module), name)) == number, f"{module}.{name}"


def test_formats_has_a_row_for_this_release_and_a_stored_folder_of_every_schema():
    from models import program
    from models.storage import schema

    text = text_of(ROOT / "docs" / "formats.md")
    assert f"| {program.version()} " in text
    schemas = re.findall(r"^\| \d[\w. ()]+ \| (\d{4}) \|", text, re.M)
    assert schemas[-1] == schema.HEAD
    assert all((ROOT / "tests" / "data" / f"schema_{one}.zip").is_file() for one in schemas)


def test_the_release_notes_begin_with_what_is_not_released_yet_or_this_version():
    from models import program

    first = re.search(r"^## (.+)$", text_of(ROOT / "CHANGELOG.md"), re.M)
    assert first
    assert first[1].endswith("（未发布）") or first[1] == program.version()


def test_every_decision_is_listed_and_has_its_three_parts():
    folder = ROOT / "docs" / "decisions"
    pages = sorted(path for path in folder.glob("[0-9]*.md"))
    numbers = [page.name[:4] for page in pages]
    assert len(set(numbers)) == len(numbers)
    contents = text_of(folder / "README.md")
    for page in pages:
        assert f"({page.name})" in contents, page.name
        for part in ("Context", "Decision", "Consequence"):
            assert f"**{part}.**" in text_of(page), page.name


def test_the_hooks_before_a_commit_run_what_the_environment_has():
    text = text_of(ROOT / ".pre-commit-config.yaml")
    assert set(re.findall(r"^  - repo: (\S+)", text, re.M)) == {"local"}
    assert {"ruff check", "ruff format --check", "mypy"} <= set(re.findall(r"-m (ruff \w+(?: --check)?|mypy)", text))
    assert "tests/test_imports.py" in text


def test_every_name_a_recipe_looks_for_is_in_its_file():
    """`SHEETS` of `models/intake/sheets.py`, `FORMAT` in …, `FIELDS` or `CHOICES` of …"""
    found = []
    for page in PAGES:
        text = re.sub(r"\s+", " ", text_of(page))
        for names, place in re.findall(r"((?:`\w+`(?:,| or| and)? )+)(?:of|in) `([\w/.]+\.py)`", text):
            found += [(name, place) for name in re.findall(r"`(\w+)`", names)]
    assert len(found) >= 12
    assert not [f"{name} in {place}" for name, place in found if not re.search(rf"\b{name}\b", text_of(ROOT / place))]
