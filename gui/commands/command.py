"""What a command is: one row in the table that the parser, the help and the dispatcher read."""

import argparse
import datetime as dt
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models import clock
from models.errors import Refusal
from models.storage.data_folder import DataFolder

if TYPE_CHECKING:
    from models.storage.engine import Store

OPERATOR = "命令行"
"""Who the change log names for what a command wrote."""

SCHEMA = 1
"""Of the objects that commands say for programs."""
_SHOWN = 200
Run = Callable[["Call"], None]


def reads_only(_given: argparse.Namespace) -> bool:
    """The command leaves the data as it is and may run beside an open window."""
    return False


def always(_given: argparse.Namespace) -> bool:
    """The command writes."""
    return True


class Told(Refusal):
    """A refusal of a command that has said its object already."""


def refusal_object(_given: argparse.Namespace, refusal: Refusal) -> dict[str, Any]:
    """A refusal as programs read it."""
    return {"schema": SCHEMA, "error": refusal.sentence}


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
    refused: Callable[[argparse.Namespace, Refusal], dict[str, Any]] = refusal_object
    """What a program that asked for JSON reads where the command is refused."""


@dataclass(frozen=True, slots=True)
class Call:
    """One run of a command: the data folder and what was typed."""

    folder: DataFolder
    given: argparse.Namespace = field(default_factory=argparse.Namespace)
    reads: bool = False
    """The command leaves the data as they are; where the folder cannot be written to, it reads all the same."""

    def out(self, *suffixes: str) -> Path:
        """Where ``--out`` says the file goes.

        Raises:
            Refusal: nothing may be written there, see ``exporters.output.checked``.
        """
        from exporters.output import checked

        return checked(Path(self.given.out), suffixes, self.folder.root)

    @contextmanager
    def workspace(self, *, new: bool = False) -> Iterator[Any]:
        """The workspace of the data folder, closed afterwards.

        Raises:
            Refusal: there is no data yet (unless ``new``), or the database is damaged.
        """
        from models.services import shipped_catalogs  # heavy: only once data are opened
        from models.services.unit_of_work import Workspace
        from models.storage import backup, engine

        if not new and not self.folder.database.is_file():
            if backup.snapshots(self.folder):
                raise engine.gone(self.folder)
            raise Refusal(f"这个数据文件夹里还没有数据，请先打开督查通完成设置，或运行 demo：{self.folder.root}。")
        store = self._opened()
        if store.news:
            warn(store.news)
        workspace = Workspace(store, operator=OPERATOR)
        try:
            _doubt_the_clock(workspace)
            if not self.reads:
                shipped_catalogs.bring(workspace)
            yield workspace
        finally:
            store.close()

    def _opened(self) -> "Store":
        from models.storage import schema
        from models.storage.connection import can_write
        from models.storage.engine import Store
        from models.storage.lock import FolderLock

        if not self.reads:
            return Store(self.folder)
        if not can_write(self.folder.root):
            return Store(self.folder, read_only=True)
        if schema.is_current(self.folder.database):
            return Store(self.folder)
        lock = FolderLock(self.folder)  # the data are brought up to date: nobody else may write meanwhile
        lock.acquire()
        try:
            return Store(self.folder)
        finally:
            lock.release()


def _doubt_the_clock(workspace: Any) -> None:
    """Say that the computer's date looks wrong, unless one was typed; what the command does is done all the same."""
    from models.queries.lookups.last_written import last_day

    if clock.is_named():
        return
    with workspace.reading() as session:
        doubt = clock.doubt(workspace.today, last_day(session))
    if doubt:
        warn(f"{doubt}如果不准，请加“--today 日期”再运行。")


def say(text: str) -> None:
    """One message on standard output; nowhere in a windowed program that has none.

    Raises:
        Refusal: whoever was to read it is gone, or the disk it goes to is full.
    """
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except (OSError, ValueError) as error:
        let_go_of_output()
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        raise Refusal(f"输出没有写成，接收的一方已经关闭或磁盘已满。原来要写的是：{shown}") from error


def let_go_of_output() -> None:
    """Nothing is written there any more; else the interpreter's end would fail of it once again."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def warn(text: str) -> None:
    """One message on standard error, beside what the command says."""
    if sys.stderr is not None:
        with suppress(OSError, ValueError):
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
    from models.domain.text.entry import parse_day

    try:
        return parse_day(text, clock.today())
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”{error}") from error


def number(text: str) -> int:
    """A whole number from 1 on, for argparse.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    from models.domain.text.entry import parse_number

    try:
        return parse_number(text, least=1)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”{error}") from error
