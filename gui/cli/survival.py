"""Commands that keep the data safe: backup and restore."""

import datetime as dt
from pathlib import Path

from gui.cli.command import Call, Command, always, argument, say
from models.errors import Refusal


def _backup(call: Call) -> None:
    from models.store import backup

    if not call.folder.database.is_file():
        raise Refusal(f"这个数据文件夹里还没有数据：{call.folder.root}。")
    target, now = Path(call.given.path), dt.datetime.now()
    if target.is_dir():
        target /= f"督查通备份_{now:%Y-%m-%d_%H%M}{backup.SUFFIX}"
    made = backup.pack(call.folder, target, now)
    say(f"已备份：{made}。里面有{backup.in_words(backup.describe(made))}。")


def _restore(call: Call) -> None:
    from models.store import backup

    held = backup.restore(call.folder, Path(call.given.file), dt.datetime.now())
    say(f"已恢复到 {held.made_at:%Y-%m-%d %H:%M} 的数据，里面有{backup.in_words(held)}。恢复前的数据已另存为备份。")


COMMANDS = (
    Command(
        "backup",
        "把全部数据和附件备份成一个文件，可在窗口打开时运行",
        _backup,
        (argument("path", metavar="位置", help="备份文件，或放备份的文件夹（如 U 盘）"),),
    ),
    Command(
        "restore",
        "用备份文件恢复全部数据，恢复前先另存现有数据",
        _restore,
        (argument("file", metavar="备份文件", help="备份文件（.dcb）"),),
        always,
    ),
)
