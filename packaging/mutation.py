"""Change the program a little, again and again, and tell which changes no test notices (`dev.py mutate`).

Works with mutmut in build/mutation, never in the checkout. mutmut changes what stands inside functions; tables at the
top of a module (guards, columns) are not changed and need tests of their own.

A changed text that only people read (one with Chinese in it) is listed apart: wording is seldom worth a test.
"""

import argparse
import ast
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WORKSPACE = ROOT / "build" / "mutation"
SOURCES = ("models", "exporters")
COPIED = ("gui", "resources", "packaging", "docs", "main.py", "README.md", "CHANGELOG.md", "tests", "pyproject.toml")
TESTS = {
    "models/domain": ("tests/models/domain", "tests/models/services"),
    "models/services": ("tests/models/services", "tests/models/exchange"),
    "models/exchange": ("tests/models/exchange",),
    "exporters/composing": ("tests/exporters/composing",),
}
"""What is changed where nothing is named, and which tests are to notice; the longest path that fits counts."""
OTHER_TESTS = ("tests/models", "tests/exporters")
PYTEST = ("-m", "not full and not libreoffice", "--hypothesis-profile", "mutation", "-p", "no:cacheprovider")
NOTICED = ("killed", "timeout", "segfault")
HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True)
class Survivor:
    """A change that no test noticed."""

    place: str
    change: str
    text_only: bool


def main() -> int:
    """Do what the command line asks; 1 where nothing was run or the share of noticed changes is below the limit."""
    parser = argparse.ArgumentParser(prog="dev.py mutate", description=__doc__)
    parser.add_argument("paths", nargs="*", help="files or folders below models and exporters")
    parser.add_argument("--sample", type=int, default=0, help="only so many changes, chosen by the seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tests", nargs="+", default=[], help="run these tests instead of the usual ones")
    parser.add_argument("--least", type=float, default=0, help="fail below this share of noticed changes, in percent")
    options = parser.parse_args()
    paths = [str(Path(path)).replace(os.sep, "/") for path in options.paths or TESTS]
    tests = options.tests or sorted({test for path in paths for test in tests_of(path)})
    prepare(paths, tests)
    names = chosen(sorted(mutants()), options.sample, options.seed)
    if not names:
        print(f"nothing to change in {', '.join(paths)}")
        return 1
    log = WORKSPACE / "run.log"
    print(f"trying {len(names)} changes in {', '.join(paths)}; {log} tells how far it is", flush=True)
    command = [sys.executable, "-m", "mutmut", "run", *names]
    with log.open("w", encoding="utf-8") as out:
        done = subprocess.run(command, cwd=WORKSPACE, env=environment(), stdout=out, stderr=out, check=False)
    if done.returncode:
        print(log.read_text("utf-8")[-3000:])
        return 1
    return summed_up(names, tests, options.least)


def tests_of(path: str) -> tuple[str, ...]:
    """Return the tests that are to notice a change in a file or folder."""
    fitting = [part for part in TESTS if path == part or path.startswith(part + "/")]
    return TESTS[max(fitting, key=len)] if fitting else OTHER_TESTS


def prepare(paths: list[str], tests: list[str]) -> None:
    """Make the workspace anew and let mutmut write every changed function into it."""
    shutil.rmtree(WORKSPACE, ignore_errors=True)
    WORKSPACE.mkdir(parents=True)
    for name in (*SOURCES, *COPIED):
        if (ROOT / name).exists():
            (WORKSPACE / name).symlink_to(ROOT / name)
    lists = {
        "source_paths": SOURCES,
        "also_copy": COPIED,
        "only_mutate": [path if path.endswith(".py") else f"{path}/*" for path in paths],
        "pytest_add_cli_args": PYTEST,
        "pytest_add_cli_args_test_selection": tests,
    }
    lines = [f"{key} =\n" + "".join(f"    {value}\n" for value in values) for key, values in lists.items()]
    (WORKSPACE / "setup.cfg").write_text("[mutmut]\nuse_git_change_detection = false\n" + "".join(lines), "utf-8")
    generate = (
        "from mutmut.__main__ import *\n"
        "set_mutant_under_test('mutant_generation'); makedirs('mutants', exist_ok=True)\n"
        "copy_src_dir(); copy_also_copy_files(); create_mutants(2)\n"
    )
    command = [sys.executable, "-c", generate]
    subprocess.run(command, cwd=WORKSPACE, env=environment(), stdout=subprocess.DEVNULL, check=True)


def environment() -> dict[str, str]:
    """Return the environment of mutmut and its tests: no screen, and no setting of the checkout's own run."""
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1", "HYPOTHESIS_STORAGE_DIRECTORY": "build"}


def mutants() -> dict[str, tuple[str, int | None]]:
    """Return every change by its name: the file it is in and how the tests ended, None where they were not run."""
    found = {}
    for kept in (WORKSPACE / "mutants").rglob("*.py.meta"):
        path = kept.relative_to(WORKSPACE / "mutants").as_posix().removesuffix(".meta")
        results: dict[str, int | None] = json.loads(kept.read_text("utf-8"))["exit_code_by_key"]
        found.update({name: (path, code) for name, code in results.items()})
    return found


def chosen(names: list[str], sample: int, seed: int) -> list[str]:
    """Return the changes to try: all of them, or a sample that is the same for the same seed."""
    return sorted(random.Random(seed).sample(names, sample)) if 0 < sample < len(names) else names


def summed_up(names: list[str], tests: list[str], least: float) -> int:
    """Print the score and what nobody noticed; return the exit code."""
    os.chdir(WORKSPACE)
    from mutmut.stats import status_by_exit_code

    known = mutants()
    ended = {name: status_by_exit_code[known[name][1]] for name in names}
    for name in names:
        if ended[name] in ("survived", "no tests") and is_called_at_import(known[name][0], name):
            ended[name] = tried_afresh(name, tests)
    run = [name for name in names if ended[name] != "not checked"]
    noticed = [name for name in run if ended[name] in NOTICED]
    survivors = [survivor(name, known[name][0], ended[name]) for name in run if name not in set(noticed)]
    for heading, texts in (("not noticed:", False), ("not noticed, a text only:", True)):
        rows = sorted((one for one in survivors if one.text_only is texts), key=lambda one: one.place)
        print("\n".join([f"\n{heading}", *(f"{one.place}  {one.change}" for one in rows)]) if rows else "")
    counted = len(run) - sum(one.text_only for one in survivors)
    share = 100 * len(noticed) / counted if counted else 0
    print(f"{len(noticed)} of {counted} changes noticed ({share:.1f} %), {len(run) - counted} in texts only left out")
    return 0 if run and share >= least else 1


def tried_afresh(name: str, tests: list[str]) -> str:
    """Try a change in a new process: mutmut forks one that has imported the module already."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", *PYTEST, *tests]
    changed = {**environment(), "MUTANT_UNDER_TEST": name}
    done = subprocess.run(command, cwd=WORKSPACE / "mutants", env=changed, capture_output=True, check=False)
    return "killed" if done.returncode else "survived"


def is_called_at_import(path: str, name: str) -> bool:
    """Tell whether the changed function builds a table at the top of its own module."""
    from mutmut.utils.format_utils import orig_function_and_class_names_from_key

    function = orig_function_and_class_names_from_key(name)[0].rpartition(".")[2]
    tree = ast.parse((WORKSPACE / path).read_text("utf-8"))
    tops = [node for node in tree.body if not isinstance(node, ast.FunctionDef | ast.ClassDef)]
    calls = (node.func for top in tops for node in ast.walk(top) if isinstance(node, ast.Call))
    return any(isinstance(call, ast.Name) and call.id == function for call in calls)


def survivor(name: str, path: str, status: str) -> Survivor:
    """Return where a change is and what it is."""
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    lines = get_diff_for_mutant(name, path=path).splitlines()[2:]
    before = [line[1:] for line in lines if line.startswith("-")]
    after = [line[1:] for line in lines if line.startswith("+")]
    number = line_number(path, name, before)
    change = f"{' '.join(map(str.strip, before))}  →  {' '.join(map(str.strip, after))}"
    note = "" if status == "survived" else f"  [{status}]"
    return Survivor(f"{path}:{number}", change + note, reads_alike(" ".join(before), " ".join(after)))


def line_number(path: str, name: str, before: list[str]) -> int:
    """Return the first line of a change in its file."""
    from mutmut.utils.format_utils import orig_function_and_class_names_from_key

    function, owner = orig_function_and_class_names_from_key(name)
    source = (WORKSPACE / path).read_text("utf-8")
    lines = source.splitlines()
    for node in functions(ast.parse(source), owner, function.rpartition(".")[2]):
        for number in range(node.lineno, (node.end_lineno or node.lineno) + 1):
            if before and lines[number - 1].strip() == before[0].strip():
                return number
        return int(node.lineno)
    return 1


def functions(tree: ast.Module, owner: str | None, name: str) -> Iterator[Any]:
    """Yield the functions of that name, of a class or of the module."""
    for node in tree.body:
        inside = node.body if isinstance(node, ast.ClassDef) and node.name == owner else [node] if not owner else []
        yield from (one for one in inside if isinstance(one, ast.FunctionDef) and one.name == name)


def reads_alike(before: str, after: str) -> bool:
    """Tell whether two lines differ only in texts with Chinese in them."""
    string = re.compile(r"""("[^"]*"|'[^']*')""")

    def bare(line: str) -> list[str]:
        return ['""' if HAN.search(part) else part for part in string.split(line)]

    return bare(before) == bare(after)


if __name__ == "__main__":
    sys.exit(main())
