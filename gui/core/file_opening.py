"""Opening a kept file with the system's program: asked each time, from a private copy, and never a program."""

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from PySide6.QtCore import QLockFile, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from gui.core import error_reporting
from gui.core.context import Context
from gui.core.operation import Operation
from gui.core.save_file import ask_file
from models.domain.text import file_names
from models.domain.text.naming import free_name
from models.errors import Refusal
from models.records import Attachment
from models.storage.attachments import path_of

PREFIX = "duchatong-open-"
_LOCK = "lock"


def why_never(context: Context, attachment: Attachment) -> str:
    """Why this file is never opened; empty for one that may be. Old folders may hold some."""
    try:
        with path_of(context.folder, attachment.sha256).open("rb") as file:
            return file_names.why_barred(file_names.mended(attachment.name), file.read(64))
    except OSError:
        return file_names.why_barred(file_names.mended(attachment.name))


def open_outside(context: Context, attachment: Attachment, parent: QWidget | None, *, ask: bool = True) -> str:
    """Open a copy with the program the system has for it; the copy is deleted when this program ends.

    Args:
        context: the window's.
        attachment: the file.
        parent: what the question stands over.
        ask: whether the clerk is asked; not for what only this office can have put there.

    Returns:
        What to tell the clerk, empty where there is nothing to tell.

    Raises:
        Refusal: it is a program or hides one, or cannot be copied.
    """
    name = file_names.mended(attachment.name)
    if why := why_never(context, attachment):
        raise Refusal(f"“{name}”{why}，为安全起见不打开。请核实来源，不需要的请移除。")
    told = f"用本机程序打开“{name}”？"
    if ask and not error_reporting.ask(
        parent, told, "打开", detail="文件可能来自其他单位。打开的是副本，改动不会存回。"
    ):
        return ""
    home = _free(name)
    copy(context, attachment, home)
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(home))):
        return ""
    return f"本机没有能打开“{name}”的程序。副本在 {home}，退出督查通时删除。"


def copy(context: Context, attachment: Attachment, home: Path) -> None:
    """Copy a kept file out.

    Raises:
        Refusal: it is gone, or cannot be written there.
    """
    source = path_of(context.folder, attachment.sha256)
    if not source.is_file():
        raise Refusal(f"“{attachment.name}”的文件已不在数据文件夹里，请从备份恢复。")
    try:
        shutil.copyfile(source, home)
    except OSError as error:
        raise Refusal(f"“{attachment.name}”没有存出，请检查位置和磁盘空间后再试。") from error


def save_as(context: Context, attachment: Attachment, parent: QWidget) -> None:
    """Ask where to and copy it there; what could run is asked about first."""
    name = file_names.mended(attachment.name)
    if why := why_never(context, attachment):
        detail = "另存后请不要直接打开，先交由网络管理人员检查。"
        if not error_reporting.ask(parent, f"“{name}”{why}。仍要另存？", "仍然另存", detail=detail):
            return
    start = context.state.folder("attach") / name
    chosen = ask_file(parent, "另存为", start, (), context.folder)
    if chosen and Operation(lambda: copy(context, attachment, chosen), parent).run():
        context.state.use_folder("attach", chosen.parent)
        context.status(f"已存为 {chosen}。")


# ---- the private folder


@cache
def private_folder() -> Path:
    """This process's folder for copies, readable by this user only; emptied when the program ends."""
    clear_leftovers()
    made = Path(tempfile.mkdtemp(prefix=PREFIX))
    lock = QLockFile(str(made / _LOCK))
    lock.setStaleLockTime(0)  # stale only when its process is gone
    lock.tryLock(0)
    atexit.register(_empty, made, lock)
    return made


def _empty(folder: Path, lock: QLockFile) -> None:
    lock.unlock()
    shutil.rmtree(folder, ignore_errors=True)


def clear_leftovers() -> None:
    """Delete the folders of processes that ended without doing so, or whose copies were still open then."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if folder.is_dir() and not folder.is_symlink() and _is_mine(folder):
            lock = QLockFile(str(folder / _LOCK))
            lock.setStaleLockTime(0)
            if lock.tryLock(0):
                _empty(folder, lock)


def _is_mine(folder: Path) -> bool:
    """Other users' folders are theirs; some other part of the program may have a folder without a lock."""
    try:
        return (folder / _LOCK).is_file() and (os.name == "nt" or folder.stat().st_uid == os.getuid())
    except OSError:
        return False


def _free(name: str) -> Path:
    folder = private_folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / free_name(name, [one.name for one in folder.iterdir()])
