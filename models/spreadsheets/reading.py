"""The one door for spreadsheets from outside: read in a process of its own, so that no file can end the window."""

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from typing import IO, Any, TypeVar

import models
from models.errors import Refusal
from models.spreadsheets import HIDDEN_COMMAND, kinds, limits, scan

T = TypeVar("T")
Cell = Any
"""str, float, int, bool, date, datetime, time or timedelta; "" for an empty one."""
Block = tuple[tuple[int, int], tuple[int, int]]
"""A merged block: first and last row and column, from 0."""


@dataclass(slots=True)
class Sheet:
    """One worksheet.

    Attributes:
        rows: from the first row on; empty cells at a row's end are left out.
        merged: its merged blocks.
        notes: what was left unread, in sentences.
        hidden: rows that the file does not show, from 1.
    """

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[Block] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)


def sheets(path: Path) -> list[Sheet]:
    """Every worksheet of a workbook, in its order.

    Raises:
        Refusal: no such file, no workbook, locked, damaged, or too large to be read.
    """
    kinds.open_readable(path)
    return answered(HIDDEN_COMMAND, path, lambda answer: _received(path.name, answer))


def answered(command: str, path: Path, receive: Callable[[IO[bytes]], T]) -> T:
    """What a reading process of our own answers about a file; ended where it takes too long.

    Raises:
        Refusal: it cannot be started.
    """
    try:
        child = subprocess.Popen(
            [*_program(), command, str(path.absolute())],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
    except OSError as error:
        raise Refusal("读取文件的程序没有启动起来，请关闭一些程序后再试。") from error
    alarm = Timer(limits.PATIENCE, child.kill)
    alarm.daemon = True
    alarm.start()
    try:
        assert child.stdout is not None
        return receive(child.stdout)
    finally:
        alarm.cancel()
        child.kill()
        child.wait()
        if child.stdout:
            child.stdout.close()


def _program() -> list[str]:
    """How this program is started once more, without a window."""
    if not getattr(sys, "frozen", False):
        return [sys.executable, str(Path(models.__file__).parents[1] / "main.py")]
    running = Path(sys.executable)
    with_console = running.with_name(f"{running.stem.removesuffix('-cli')}-cli{running.suffix}")
    return [str(with_console if with_console.is_file() else running)]


def _received(name: str, answer: IO[bytes]) -> list[Sheet]:
    found: list[Sheet] = []
    for message in _messages(name, answer):
        if isinstance(message, list):
            found[-1].rows += message
        elif "sheet" in message:
            merged = [((a, b), (c, d)) for (a, b), (c, d) in message["merged"]]
            found.append(Sheet(message["sheet"], [], merged, _far(message["sheet"], message["far"]), message["hidden"]))
        elif "refused" in message:
            raise Refusal(message["refused"])
        elif "fault" in message:
            raise RuntimeError(message["fault"])
        else:
            return found
    raise scan.too_much(name, "的内容超过能读取的限度")


def _messages(name: str, answer: IO[bytes]) -> Iterator[Any]:
    """Messages up to the end, or up to where the reading process was ended."""
    left = limits.MOST_ANSWER
    while line := answer.readline(left + 1):
        left -= len(line)
        if left < 0:
            raise scan.too_much(name, "的文字太多")
        if not line.endswith(b"\n"):
            return
        yield json.loads(line.decode("utf-8", "surrogatepass"), object_hook=_decoded)


def _decoded(message: dict[str, Any]) -> Any:
    if len(message) != 1:
        return message
    (kind, value), *_ = message.items()
    if kind == "moment":
        return dt.datetime.fromisoformat(value)
    if kind == "day":
        return dt.date.fromisoformat(value)
    if kind == "time":
        return dt.time.fromisoformat(value)
    return dt.timedelta(seconds=value) if kind == "seconds" else message


def _far(name: str, far: tuple[int, list[str]] | None) -> list[str]:
    if not far:
        return []
    count, places = far
    more = f"等 {count} 个单元格" if count > len(places) else ""
    return [f"“{name}”表离表格很远的 {'、'.join(places)} {more}没有读取。"]
