"""The one entrance: the window by default, a command where one is named.

Exit codes: 0 done, 1 refused with one sentence, 2 usage, 3 our own fault (a report was written).
"""

import errno
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from models import clock, spreadsheets, text_files
from models.errors import Refusal
from models.program import version
from models.storage.data_folder import DataFolder, default_folder

if TYPE_CHECKING:
    from argparse import Namespace

    from gui.commands.argument_parser import Parser
    from gui.commands.command import Command

DONE, REFUSED, FAULT = 0, 1, 3
OPENED = (".dct", ".json")
"""What the desktop hands over: packages, and the county's 首次运行.json."""
_READERS = (spreadsheets.HIDDEN_COMMAND, text_files.HIDDEN_COMMAND, text_files.PARTS_COMMAND)
"""What starts the program as the process that reads a file from outside."""


def main(words: Sequence[str] | None = None) -> int:
    """Run the program with these arguments; returns its exit code."""
    words = list(sys.argv[1:] if words is None else words)
    clock.believe(None)
    if len(words) == 2 and words[0] in _READERS:
        return _serve(*words)
    _make_consoles_safe()
    plain = _plain(words)
    if plain is not None:
        data, packages = plain
        return _tried(data, lambda folder: _show(folder, packages))
    given = _parsed(words)
    return _tried(given.data, lambda folder: _run(folder, given))


def _serve(command: str, file: str) -> int:
    """Be the process that reads a file from outside."""
    if command != spreadsheets.HIDDEN_COMMAND:
        from models.text_files.reading import serve as serve_text  # heavy: in the reading process alone

        return serve_text(command, file)
    from models.spreadsheets.child import serve  # heavy: in the reading process alone

    return serve(file)


def _tried(data: str | None, do: Callable[[DataFolder], int]) -> int:
    folder = default_folder()
    try:
        folder = _folder(data)
        return do(folder)
    except Refusal as refusal:
        _complain(refusal.sentence + _way_out(folder, refusal))
        return REFUSED
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
            _complain("文件或文件夹的名字太长，请换一个短一些的名字，或换一个浅一些的位置。")
            return REFUSED
        damaged = _damage_behind(folder, error)
        if damaged is not None:
            _complain(damaged.sentence + _way_out(folder, damaged))
            return REFUSED
        _complain(_fault(folder, error))
        return FAULT


def _damage_behind(folder: DataFolder, error: Exception) -> Refusal | None:
    """What we stumbled over may be what a disk made of the data: they are read through before it is called ours."""
    from models.storage import proof

    return proof.damage_behind(folder.database, error)


def _way_out(folder: DataFolder, refusal: Refusal) -> str:
    """Where data are damaged or gone, the newest backup that is not."""
    from models.storage.schema import Damaged

    if not isinstance(refusal, Damaged):
        return ""
    from models.storage.backup import newest_sound

    newest = newest_sound(folder)
    return f"最近一份完好的自动备份：{newest}。" if newest else ""


def _folder(data: str | None) -> DataFolder:
    """The data folder as it lies on the disk: by whatever links it is reached, it is one.

    Raises:
        Refusal: the name is empty or cannot be one.
    """
    if data is None:
        return default_folder()
    try:
        if data.strip():
            return DataFolder(Path(data).expanduser().resolve())
    except (OSError, RuntimeError, ValueError) as error:
        raise Refusal(f"“--data {data}”不能用作文件夹，请换一个位置。") from error
    raise Refusal("“--data”后面是空的，请写明数据文件夹；用本机默认位置时不写 --data。")


def parser() -> "Parser":
    """The command line, built from the table of commands."""
    from argparse import SUPPRESS

    from gui.commands.argument_parser import Parser
    from gui.commands.registry import COMMANDS

    top = Parser(prog="督查通", description="督查、问责和整改台账。不写命令时打开窗口。")
    top.add_argument("--data", metavar="文件夹", help="数据文件夹，不写时用本机默认位置")
    top.add_argument("--today", metavar="日期", help="今天的日期，电脑日期不准时写")
    top.add_argument("--version", action="version", version=f"督查通 {version()}", help="显示版本号")
    top.add_argument("--screenshots", metavar="DIR", help=SUPPRESS)
    top.add_argument("--self-check", metavar="DIR", help=SUPPRESS)
    below = top.add_subparsers(title="命令", dest="command", metavar="命令", parser_class=Parser)
    for command in COMMANDS:
        one = below.add_parser(command.name, help=command.help, description=command.help)
        for name in ("--data", "--today"):
            one.add_argument(name, default=SUPPRESS, help=SUPPRESS)
        for argument in command.arguments:
            one.add_argument(*argument.flags, **argument.options)
    return top


def _parsed(words: Sequence[str]) -> "Namespace":
    _take_day(words)
    try:
        given: Namespace = parser().parse_args(words)
        return given
    finally:
        _flush()


def _flush() -> None:
    """What the parser said is out, or nobody reads it; the interpreter's end would fail of it."""
    from gui.commands.command import let_go_of_output

    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError):
        let_go_of_output()


def _take_day(words: Sequence[str]) -> None:
    """Go by the day that is typed, before any other word is read: “昨天” is held against it.

    Raises:
        SystemExit: it is no day.
    """
    from argparse import ArgumentTypeError

    from gui.commands.command import day

    typed = [words[at + 1] for at, word in enumerate(words[:-1]) if word == "--today"]
    typed += [word.removeprefix("--today=") for word in words if word.startswith("--today=")]
    if typed:
        try:
            clock.believe(day(typed[-1]))
        except ArgumentTypeError as error:
            parser().error(f"argument --today: {error}")


def _plain(words: Sequence[str]) -> tuple[str | None, list[Path]] | None:
    """The data folder and opened files of an ordinary start of the window; None where anything else is asked for.

    Read by hand: the commands' modules would cost a tenth of the time to the window.
    """
    data, rest = None, list(words)
    if "--data" in rest[:-1]:
        at = rest.index("--data")
        _, data = rest[at : at + 2]
        del rest[at : at + 2]
    if (data or "").startswith("-") or not all(word.lower().endswith(OPENED) for word in rest):
        return None
    return data, [Path(word) for word in rest]


def _show(folder: DataFolder, packages: Sequence[Path] = (), screenshots: Path | None = None) -> int:
    from gui.shell.application import run

    return run(folder, screenshots, packages)


def _run(folder: DataFolder, given: "Namespace") -> int:
    from gui.commands.command import Told, say_json
    from gui.commands.registry import COMMANDS

    if given.self_check:
        from gui.shell.self_check import self_check

        return self_check(Path(given.self_check))
    if not given.command:
        return _show(folder, screenshots=Path(given.screenshots) if given.screenshots else None)
    command = next(c for c in COMMANDS if c.name == given.command)
    try:
        _refuse_broken_text(given)
        _refuse_empty_text(given)
        return _done(command, folder, given)
    except Refusal as refusal:
        if getattr(given, "json", False) and not isinstance(refusal, Told):
            say_json(command.refused(given, refusal))
        raise


def _done(command: "Command", folder: DataFolder, given: "Namespace") -> int:
    """Run a command, holding the folder's lock where it writes."""
    from gui.commands.command import Call  # the window starts without the commands

    if not command.writes(given):
        command.run(Call(folder, given, reads=True))
        return DONE
    from models.storage import error_log
    from models.storage.lock import FolderLock

    folder.prepare()
    lock = FolderLock(folder)
    lock.acquire()
    before = error_log.mark(folder)
    try:
        command.run(Call(folder, given))
    except Exception as error:
        error.add_note(error_log.written_since(folder, before))
        raise
    finally:
        lock.release()
    return DONE


def _refuse_broken_text(given: "Namespace") -> None:
    """Half a character, as of a name in another encoding, can be in no record; the names of files may have them.

    Raises:
        Refusal: some argument has one.
    """
    for name, value in vars(given).items():
        texts = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]
        if name not in _PLACES and any("\ud800" <= character <= "\udfff" for text in texts for character in text):
            raise Refusal("命令里有不能识别的字，请检查终端的文字编码后重新输入。")


def _refuse_empty_text(given: "Namespace") -> None:
    """An argument with nothing behind it is a script's variable that was empty: it would mean everything.

    Raises:
        Refusal: some argument is empty.
    """
    for name, value in vars(given).items():
        texts = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]
        if name not in _EMPTY_ELSEWHERE and not all(text.strip() for text in texts):
            shown = f"“--{name.strip('_').replace('_', '-')}”后面" if name not in _BARE else "命令后面的名称"
            raise Refusal(f"{shown}是空的，请写明，或去掉这一项。")


_BARE = frozenset({"kind", "what", "file", "deed", "path"})
"""Arguments that are typed without a flag."""
_EMPTY_ELSEWHERE = frozenset({"data", "out", "command"})
"""Refused with a sentence of their own."""
_PLACES = frozenset({"data", "file", "out", "path", "passphrase_file", "password_file", "map", "save_map", "photo"})
"""Arguments that name a file or a folder."""


def _fault(folder: DataFolder, error: Exception) -> str:
    from models.storage import error_log

    path = error_log.write(folder, error)
    kept = f"详情已记在：{path}" if path else f"详情：{error!r}"
    return f"程序出错，没有完成。{''.join(getattr(error, '__notes__', []))}{kept}"


def _make_consoles_safe() -> None:
    """A console that lacks a character shows its code instead of breaking off the command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _complain(sentence: str) -> None:
    if sys.stderr is not None:
        with suppress(OSError, ValueError):
            print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
