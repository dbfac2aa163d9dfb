"""What a command is: one row in the table that the parser, the help and the dispatcher read."""

import argparse
import datetime as dt
import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models import clock
from models.errors import Refusal
from models.store.folder import DataFolder

OPERATOR = "命令行"
"""Who the change log names for what a command wrote."""

Run = Callable[["Call"], None]


def reads_only(_given: argparse.Namespace) -> bool:
    """The command leaves the data as it is and may run beside an open window."""
    return False


def always(_given: argparse.Namespace) -> bool:
    """The command writes."""
    return True


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a command: its flags, and what argparse is told about it."""

    flags: tuple[str, ...]
    options: dict[str, Any]


def argument(*flags: str, **options: Any) -> Argument:
    """An argument in argparse's own words."""
    return Argument(flags, options)


@dataclass(frozen=True, slots=True)
class Command:
    """One command. When ``writes`` says yes to what was typed, the data folder's lock is held while it runs."""

    name: str
    help: str
    run: Run
    arguments: tuple[Argument, ...] = ()
    writes: Callable[[argparse.Namespace], bool] = reads_only


@dataclass(frozen=True, slots=True)
class Call:
    """One run of a command: the data folder and what was typed."""

    folder: DataFolder
    given: argparse.Namespace = field(default_factory=argparse.Namespace)

    def out(self, *suffixes: str) -> Path:
        """Where ``--out`` says the file goes.

        Raises:
            Refusal: nothing may be written there, see ``exporters.output.checked``.
        """
        from exporters.output import checked

        return checked(Path(self.given.out), suffixes, self.folder.root)

    @contextmanager
    def desk(self, *, new: bool = False) -> Iterator[Any]:
        """The desk of the data folder, closed afterwards.

        Raises:
            Refusal: there is no data yet (unless ``new``), or the database is damaged.
        """
        if not new and not self.folder.database.is_file():
            raise Refusal(f"这个数据文件夹里还没有数据，请先打开督查通完成设置，或运行 demo：{self.folder.root}。")
        from models.actions.work import Desk
        from models.store.engine import Store

        try:
            store = Store(self.folder)
        except sqlite3.DatabaseError as error:
            raise Refusal(f"数据库文件打不开，可能已损坏，请从备份恢复：{self.folder.database}。") from error
        desk = Desk(store, operator=OPERATOR)
        try:
            _doubt_the_clock(desk)
            yield desk
        finally:
            store.close()


def _doubt_the_clock(desk: Any) -> None:
    """Say that the computer's date looks wrong, unless one was typed; what the command does is done all the same."""
    from models.queries.last import last_day

    if clock.is_named():
        return
    with desk.reading() as session:
        doubt = clock.doubt(desk.today, last_day(session))
    if doubt:
        warn(f"{doubt}如果不准，请加“--today 日期”再运行。")


def say(text: str) -> None:
    """One message on standard output; nowhere in a windowed program that has none."""
    if sys.stdout is not None:
        sys.stdout.write(f"{text}\n")


def warn(text: str) -> None:
    """One message on standard error, beside what the command says."""
    if sys.stderr is not None:
        sys.stderr.write(f"{text}\n")


def say_json(value: Any) -> None:
    """A value for programs, in characters that any console can carry."""
    wide = (getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "") == "utf8"
    say(json.dumps(value, ensure_ascii=not wide, indent=2, default=str))


def day(text: str) -> dt.date:
    """A day as a clerk writes it, for argparse.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    from models.rules.entry import parse_day

    try:
        return parse_day(text, clock.today())
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”{error}") from error


def number(text: str) -> int:
    """A whole number, for argparse.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    from models.rules.entry import parse_number

    try:
        return parse_number(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”{error}") from error
