"""Set up, run and check the program from a checkout.

`python3 packaging/dev.py setup|run|test|facts|planted|screenshots|synopsis|revision|bench`

Uses the standard library only, so that any Python 3.11 or newer can start it, on Linux and on Windows.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import debian

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OUT = ROOT / "out"
SCREENSHOTS = ROOT / "screenshots"
LOCK = ROOT / "packaging" / "requirements.lock"
DEV_LOCK = ROOT / "packaging" / "requirements-dev.lock"
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
if os.name == "nt":
    # Without a screen Qt does not ask Windows for its fonts.
    OFFSCREEN["QT_QPA_FONTDIR"] = str(Path(os.environ["SYSTEMROOT"]) / "Fonts")
SAMPLE = 300
"""How many changed programs `test --full` tries."""
FULLY_COVERED = ("models/domain", "models/exchange")


class StepError(Exception):
    """A command that others build on did not succeed."""


def main() -> int:
    """Do what the command line asks and return the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - said here, before anything else fails less clearly
        print("Python 3.11 or newer is needed")
        return 2
    commands = parser()
    options, rest = commands.parse_known_args()
    if rest and options.command not in ("test", "facts", "mutate", "bench", "readings"):
        commands.error(f"unknown arguments: {' '.join(rest)}")
    deeds: dict[str, Callable[[], int]] = {
        "setup": lambda: setup(DEV_LOCK),
        "run": run,
        "test": lambda: test_all(rest, full=options.full),
        "facts": lambda: facts(rest),
        "planted": planted,
        "mutate": lambda: mutate(rest),
        "readings": lambda: python("tests/measure/readings.py", *rest, environment={"PYTHONPATH": str(ROOT)}),
        "screenshots": screenshots,
        "synopsis": write_synopsis,
        "revision": lambda: write_revision(options.message),
        "bench": lambda: bench(rest),
    }
    try:
        return deeds[options.command]()
    except StepError as failure:
        print(failure)
        return 1


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    top = argparse.ArgumentParser(prog="dev.py", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    commands.add_parser("setup", help="make .venv and install what running and testing need")
    commands.add_parser("run", help="start the program with the demo office")
    test = commands.add_parser("test", help="run every check and test; further arguments go to pytest")
    test.add_argument("--full", action="store_true", help="also the tests marked full")
    commands.add_parser("facts", help="what papers keep, lose and invent of invented offices' facts: [NAME…] [--text]")
    commands.add_parser("mutate", help="tell which small changes of the program no test notices: [PATH…] [--sample N]")
    commands.add_parser("readings", help="tell how well papers from outside are read: [FILE of passages]")
    commands.add_parser("planted", help="which planted mistakes the check before issue catches, and where")
    commands.add_parser("screenshots", help="draw every page and dialog into screenshots/, and the README's picture")
    commands.add_parser("synopsis", help="write the synopsis into the READMEs, the list of checks into the manual")
    revision = commands.add_parser("revision", help="write a migration for changed records")
    revision.add_argument("message", help="what the migration does")
    commands.add_parser("bench", help="run the benchmarks; further arguments go to each")
    return top


# --- setting up -----------------------------------------------------------------------------------------


def setup(lock: Path) -> int:
    """Install the system libraries and the packages of `lock` into .venv, unless they are there."""
    debian.install(debian.QT + debian.SCREEN_FONT, "the window")
    if lock == DEV_LOCK:
        debian.install(debian.TESTS, "the tests")
    make_venv()
    # The development lock holds the runtime one, so either stamp may serve.
    if not any(is_installed(candidate) for candidate in {lock, DEV_LOCK}):
        python("-m", "pip", "install", "-qq", "--require-hashes", "--no-deps", "-r", str(lock), check=True)
        stamp(lock).write_text(digest(lock), "ascii")
    return 0


def make_venv() -> None:
    """Make .venv, anew when its interpreter is gone."""
    if interpreter().is_file() and python("-c", "import pip", quiet=True) == 0:
        return
    if debian.is_here() and not has_ensurepip():
        debian.install([f"python3.{sys.version_info.minor}-venv"], "the virtual environment")
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)


def has_ensurepip() -> bool:
    """Tell whether this Python can put pip into a virtual environment (Debian splits it off)."""
    probe = [sys.executable, "-c", "import ensurepip"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def interpreter() -> Path:
    """Return the virtual environment's Python."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp(lock: Path) -> Path:
    """Return the file that remembers what of `lock` was installed."""
    return VENV / f"{lock.stem}.installed"


def digest(lock: Path) -> str:
    """Return the fingerprint of a lock file."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def is_installed(lock: Path) -> bool:
    """Tell whether .venv holds exactly this lock file's packages."""
    return stamp(lock).is_file() and stamp(lock).read_text("ascii") == digest(lock)


def python(*arguments: str, check: bool = False, quiet: bool = False, environment: dict[str, str] | None = None) -> int:
    """Run the virtual environment's Python in the checkout and return its exit code."""
    done = subprocess.run(
        [str(interpreter()), *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", **(environment or {})},
        stdout=subprocess.DEVNULL if quiet else None,
        stderr=subprocess.DEVNULL if quiet else None,
        check=False,
    )
    if check and done.returncode:
        raise StepError(f"failed ({done.returncode}): {' '.join(arguments)}")
    return done.returncode


# --- running --------------------------------------------------------------------------------------------


def run() -> int:
    """Start the program with the demo office; where there is no screen do its main job without a window."""
    setup(LOCK)
    data = OUT / "demo-data"
    fill_demo(data)
    if has_display():
        return python("main.py", "--data", str(data))
    print("No display here: the main job is done without a window.")
    for path in main_job(data, OUT):
        print(path)
    return 0


def has_display() -> bool:
    """Tell whether a window can be shown."""
    return not sys.platform.startswith("linux") or any(os.environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY"))


def fill_demo(data: Path) -> None:
    """Put the demo office into `data`, unless an office is there already."""
    if (data / "duchatong.db").is_file():
        return
    try:
        python("main.py", "--data", str(data), "demo", check=True)
    except StepError:
        # Half an office must not pass for one the next time.
        shutil.rmtree(data, ignore_errors=True)
        raise


def main_job(data: Path, out: Path) -> list[Path]:
    """Write the two bulletins, the ledger and a picture of every tab into `out`; return their paths."""
    out.mkdir(parents=True, exist_ok=True)
    papers = {
        "问责通报.docx": ("document", "accountability_bulletin"),
        "督查通报.docx": ("document", "findings_bulletin"),
        "问题整改台账.xlsx": ("ledger", "findings_ledger"),
    }
    for name, words in papers.items():
        (out / name).unlink(missing_ok=True)
        python("main.py", "--data", str(data), *words, "--out", str(out / name), check=True)
    return [*(out / name for name in papers), *take_screenshots(data, out / "screenshots")]


def take_screenshots(data: Path, folder: Path) -> list[Path]:
    """Draw every tab without a screen and return the pictures' paths."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    arguments = ("main.py", "--data", str(data), "--screenshots", str(folder))
    python(*arguments, check=True, environment=OFFSCREEN)
    return sorted(folder.glob("*.png"))


# --- checking -------------------------------------------------------------------------------------------


def test_all(pytest_arguments: list[str], *, full: bool) -> int:
    """Run style, types, tests and coverage, draw the screenshots; return 0 when nothing failed.

    With arguments for pytest only the tests they name are run.
    """
    setup(DEV_LOCK)
    environment = dict(OFFSCREEN)
    if fonts := debian.document_fonts():
        environment["FONTCONFIG_FILE"] = str(fonts)
    select = ["--hypothesis-profile", "search"] if full else ["-m", "not full"]
    if pytest_arguments:
        return python("-m", "pytest", *select, *pytest_arguments, environment=environment)
    steps = checks(select, environment)
    if full:
        steps["mutation"] = lambda: mutate(["--sample", str(SAMPLE)])
    failed = [name for name, step in steps.items() if not passes(name, step)]
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def checks(select: list[str], environment: dict[str, str]) -> dict[str, Callable[[], int]]:
    """Return every check by name, in the order they are run."""
    folders = ("packaging", "packaging/installers")
    programs = [str(path.relative_to(ROOT)) for folder in (".", *folders) for path in (ROOT / folder).glob("*.py")]
    return {
        "ruff check": lambda: python("-m", "ruff", "check", "."),
        "ruff format": lambda: python("-m", "ruff", "format", "--check", "."),
        "mypy": lambda: python("-m", "mypy"),
        "mypy, programs": lambda: python("-m", "mypy", *programs, environment={"MYPYPATH": os.pathsep.join(folders)}),
        "pytest": lambda: run_tests(select, environment),
        "coverage": full_coverage,
        "screenshots": draw_screenshots,
    }


def facts(arguments: list[str]) -> int:
    """Compose every kind for every invented office and print the score per kind."""
    setup(DEV_LOCK)
    return python("-m", "tests.offices", *arguments, environment={**OFFSCREEN, "PYTHONPATH": str(ROOT)})


def planted() -> int:
    """Plant mistakes in papers of every kind and print which of them the check before issue tells."""
    setup(DEV_LOCK)
    return python("-m", "tests.planted", environment={**OFFSCREEN, "PYTHONPATH": str(ROOT)})


def mutate(arguments: list[str]) -> int:
    """Change the program and tell what no test notices; `packaging/mutation.py --help` names the options."""
    setup(DEV_LOCK)
    environment = dict(OFFSCREEN)
    if fonts := debian.document_fonts():
        environment["FONTCONFIG_FILE"] = str(fonts)
    return python("packaging/mutation.py", *arguments, environment=environment)


def passes(name: str, step: Callable[[], int]) -> bool:
    """Run one check under its heading and tell whether it passed."""
    print(f"== {name}", flush=True)
    try:
        return step() == 0
    except StepError as failure:
        print(failure)
        return False


def run_tests(select: list[str], environment: dict[str, str]) -> int:
    """Run the whole suite on every core and print its branch coverage."""
    report = ("--cov", "--cov-branch", "--cov-report=term:skip-covered")
    spread = ("-n", "auto", "--dist", "worksteal", "--durations", "15", "-r", "s")
    return python("-m", "pytest", *spread, *select, *report, environment=environment)


def full_coverage() -> int:
    """Fail unless what decides about people and what travels between offices is tested to every branch."""
    parts = [part for part in FULLY_COVERED if any(has_code(path) for path in (ROOT / part).rglob("*.py"))]
    if not parts:
        return 0
    include = ",".join(f"{part}/*" for part in parts)
    return python("-m", "coverage", "report", f"--include={include}", "--fail-under=100", "--show-missing")


def has_code(path: Path) -> bool:
    """Tell whether a module holds more than its docstring."""
    return "\nimport " in (text := path.read_text("utf-8")) or "\nfrom " in text or "\ndef " in text


def draw_screenshots() -> int:
    """Leave a picture of every tab, filled with a fresh demo office, in screenshots/."""
    data = ROOT / "build" / "screenshot-data"
    shutil.rmtree(data, ignore_errors=True)
    fill_demo(data)
    return 0 if take_screenshots(data, SCREENSHOTS) else 1


def screenshots() -> int:
    """Draw every page and dialog, and put the findings page where the READMEs show it."""
    setup(LOCK)
    if failed := draw_screenshots():
        return failed
    shutil.copy(SCREENSHOTS / "3-督查问题.png", ROOT / "resources" / "screenshot.png")
    print(SCREENSHOTS)
    return 0


def write_synopsis() -> int:
    """Write what the parser says of every command into the READMEs, and the list of checks into the manual."""
    setup(DEV_LOCK)
    made = (
        python(f"packaging/{name}.py", environment={"PYTHONPATH": str(ROOT)}) for name in ("synopsis", "check_list")
    )
    return max(made)


# --- developing -----------------------------------------------------------------------------------------


def write_revision(message: str) -> int:
    """Write the Alembic migration from the newest schema to today's records."""
    setup(DEV_LOCK)
    python("packaging/revision.py", message, environment={"PYTHONPATH": str(ROOT)}, check=True)
    return python("-m", "ruff", "format", "models/storage")


def bench(arguments: list[str]) -> int:
    """Run every benchmark, one after another; each prints its ratios against the bare floor."""
    setup(DEV_LOCK)
    scripts = sorted((ROOT / "tests" / "benchmarks").glob("bench_*.py"))
    return max(
        (python(str(script), *arguments, environment={"PYTHONPATH": str(ROOT)}) for script in scripts),
        default=0,
    )


if __name__ == "__main__":
    sys.exit(main())
