"""Commands that keep the data safe: backup and restore."""

from pathlib import Path

from gui.commands.command import Call, Command, always, argument, say, warn
from models import clock
from models.errors import Refusal


def _backup(call: Call) -> None:
    from models.storage import attachments, backup

    if not call.folder.database.is_file():
        raise Refusal(f"这个数据文件夹里还没有数据：{call.folder.root}。")
    made = backup.pack(call.folder, _target(call), clock.now())
    held = backup.describe(made)
    if held.lacking:
        raise Refusal(
            f"已备份，但不完整：{made}。里面有{backup.in_words(held)}；"
            f"缺 {attachments.in_words(held.lacking)}，请从以前的备份或原件找回后再备份一次。"
        )
    say(f"已备份：{made}。里面有{backup.in_words(held)}。写完后已逐个核对。")


def _target(call: Call) -> Path:
    """The backup to write: in a folder one named by the moment, and never one that is there already."""
    from exporters.output import checked, checked_folder
    from models.storage.backup import SUFFIX

    place = Path(call.given.path)
    if call.given.path and place.is_dir():
        return checked_folder(place, call.folder.root) / f"督查通备份_{clock.now():%Y-%m-%d_%H%M%S}{SUFFIX}"
    target = checked(place, [SUFFIX], call.folder.root)
    if target.exists():
        raise Refusal(f"已经有“{target.name}”这个文件，没有覆盖，请换一个名字。")
    return target


def _restore(call: Call) -> None:
    from models.storage import attachments, backup

    path = Path(call.given.file)
    if lacking := backup.prove(call.folder, path).lacking:
        warn(f"注意：这份备份不完整，缺 {attachments.in_words(lacking)}，这些附件恢复不了，其余照常恢复。")
    kept = "恢复前的数据已另存。" if call.folder.database.exists() else ""
    held = backup.restore(call.folder, path, clock.now())
    say(f"已恢复到 {held.made_at:%Y-%m-%d %H:%M} 的数据，里面有{backup.in_words(held)}。{kept}")
    if held.lacking:
        say(f"没有恢复 {attachments.in_words(held.lacking)}。")


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
