"""A township's clerk at the installed program's real window, by keys and mouse alone.

The hand-out folder's answers found the office, its task package is taken in, a record is written, a report
exported. Pictures of every step are kept in build/proof for looking at.
"""

import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import build_tools
import dev
from virtual_screen import Screen

FACT = "No ledger at the east gate on 3.5"
PATIENCE = 90
OWN_PROBLEMS = (146, 120)
"""Where 自查问题 is clicked."""
EXPORT_WORD = (1131, 664)
"""Where 导出 Word is clicked in its dialog."""


@dataclass(frozen=True)
class Installed:
    """An installed program: how it is started, where its data and its user's files are."""

    start: Callable[[], "subprocess.Popen[bytes]"]
    data: Path
    home: Path

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        """Ask the program's database, in a copy: two systems must not share its locks."""
        with tempfile.TemporaryDirectory() as scratch:
            for path in self.data.glob("duchatong.db*"):
                if path.name.endswith(("db", "-wal")):
                    shutil.copy(path, scratch)
            with closing(sqlite3.connect(Path(scratch) / "duchatong.db")) as copy:
                return copy.execute(sql).fetchall()

    def facts(self) -> list[object]:
        """What the problems say, the oldest first."""
        return [row[0] for row in self.ask("select fact from finding order by id")]

    def is_sound(self) -> bool:
        """Tell whether the record is there and the database is whole."""
        return FACT in self.facts() and self.ask("pragma integrity_check") == [("ok",)]

    def documents(self) -> list[Path]:
        """The Word documents among the user's files."""
        return [path for path in self.home.rglob("*.docx") if not path.is_relative_to(self.data)]


def expect(condition: object, sentence: str) -> None:
    """Stop with the sentence unless the condition holds."""
    if not condition:
        raise build_tools.BuildError(f"not proved: {sentence}")


def wait_until(condition: Callable[[], bool], sentence: str, seconds: float = PATIENCE) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while not condition():
        expect(time.monotonic() < end, sentence)
        time.sleep(0.5)


def hand_out(target: Path, *files: Path) -> Path:
    """Let an invented county make its townships' folders; return one that has a task package."""
    shutil.rmtree(target, ignore_errors=True)
    script = (dev.interpreter(), build_tools.HERE / "sample_handout.py", target, *files)
    return Path(
        build_tools.run(*script, log="hand-out", environment={"PYTHONPATH": str(build_tools.ROOT)}).splitlines()[-1]
    )


def first_day(screen: Screen, program: Installed) -> "subprocess.Popen[bytes]":
    """Start the program anew, set it up with what the county gave, work in it; returns it, still open."""
    running = set_up(screen, program)
    write_record(screen, program)
    export_report(screen, program)
    return running


def set_up(screen: Screen, program: Installed) -> "subprocess.Popen[bytes]":
    """Start the program anew and take what the county gave, with nothing typed; returns it, open."""
    shutil.rmtree(program.data, ignore_errors=True)
    for left in program.documents():
        left.unlink()
    running = program.start()
    screen.wait_for(build_tools.TITLE)
    time.sleep(6)
    screen.look("1-first-start")
    screen.press("Return")
    screen.wait_for("导入数据包")
    time.sleep(3)
    screen.look("2-task-package")
    screen.press("Return")
    wait_until(lambda: bool(program.facts()), "the task package is taken in with nothing typed")
    time.sleep(2)
    screen.look("3-taken-in")
    screen.press("Escape")
    return running


def write_record(screen: Screen, program: Installed, kind: str = "ryjj", fact: str = FACT, wanted: str = FACT) -> None:
    """Write down a problem the township found itself.

    Args:
        screen: where the window is.
        program: the program it belongs to.
        kind: the keys that choose the kind of the problem.
        fact: the keys that write what was found.
        wanted: what these keys are to write.
    """
    screen.press("ctrl+2")
    screen.click(*OWN_PROBLEMS)
    screen.press("ctrl+n", rest=3)
    screen.press("Return")
    screen.write(kind)
    screen.press("Return", "Return")
    screen.write(fact)
    screen.look("4-record")
    screen.press("ctrl+s")
    wait_until(lambda: wanted in program.facts(), f"“{wanted}” typed into the window is in the database")
    time.sleep(2)
    screen.look("5-saved")


def export_report(screen: Screen, program: Installed) -> None:
    """Export the report on what the township found itself."""
    screen.press("ctrl+p")
    screen.wait_for("导出")
    time.sleep(4)
    screen.look("6-export")
    screen.click(*EXPORT_WORD, window="导出")
    wait_until(lambda: bool(program.documents()), "the exported document is there")
    time.sleep(3)
    screen.look("7-exported")
    screen.press("Escape", "Escape")


def next_day(screen: Screen, program: Installed, picture: str) -> None:
    """Start the program again: what was written is there, and it closes by its own key."""
    running = program.start()
    screen.wait_for("街道|镇|乡")
    time.sleep(4)
    screen.press("ctrl+2")
    screen.click(*OWN_PROBLEMS, rest=3)
    screen.look(picture)
    close(screen, running)
    expect(program.is_sound(), "the record is there after the upgrade")


def close(screen: Screen, running: "subprocess.Popen[bytes]") -> None:
    """Close the program by its key."""
    screen.press("ctrl+q")
    running.wait(PATIENCE)
