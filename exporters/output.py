"""Every file the program makes is written beside its target and moved into place.

A reader therefore sees the old file or the new one, never half of one.
"""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from models.errors import Refusal

_FULL = {errno.ENOSPC, errno.EDQUOT}
_GONE = {errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE}
_TOO_LONG = {errno.ENAMETOOLONG, errno.EINVAL}
# Windows: sharing and lock violation, disk full, write protected, device not ready, device gone, network gone.
_WINDOWS_OPEN = {32, 33}
_WINDOWS_FULL = {39, 112}
_WINDOWS_READ_ONLY = {19}
_WINDOWS_GONE = {15, 20, 21, 53, 55, 64, 433, 1117, 1167}


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a path beside ``target`` to write to, then move it into place.

    When the body raises, the file beside the target is removed and the target stays as it was.

    Raises:
        Refusal: the folder is missing or read-only, the disk is full or gone, or the target is
            open in another program.
    """
    if not target.parent.is_dir():
        raise Refusal(_missing_folder(target))
    beside = target.with_name(f".{target.stem[:40]}-{secrets.token_hex(4)}{target.suffix}")
    try:
        yield beside
        _flush(beside)
        os.replace(beside, target)
    except OSError as error:
        raise _refusal(error, target, beside) from error
    finally:
        # The move has taken it away, or the disk has gone with it.
        with suppress(OSError):
            beside.unlink()
    _flush_folder(target.parent)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Make the move itself durable; Windows cannot open a folder, some network drives cannot sync one."""
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _refusal(error: OSError, target: Path, beside: Path) -> OSError | Refusal:
    """The sentence for a failed write, or the error itself when it concerns some other file."""
    if error.filename is not None and Path(error.filename) not in {target, beside, target.parent}:
        return error
    sentence = _sentence(error, target)
    return Refusal(sentence) if sentence else error


def _sentence(error: OSError, target: Path) -> str:
    """What went wrong and what to do; empty for a failure no clerk can mend."""
    code, windows = error.errno, getattr(error, "winerror", None)
    cases = (
        (
            code in _FULL or windows in _WINDOWS_FULL,
            f"磁盘空间不足，“{target.name}”没有保存。请清理磁盘或另选位置后重试。",
        ),
        (windows in _WINDOWS_GONE or code in _GONE or not target.parent.is_dir(), _missing_folder(target)),
        (code == errno.EROFS or windows in _WINDOWS_READ_ONLY, _read_only(target)),
        (target.is_dir(), f"“{target.name}”是一个文件夹，不能用作文件名。请换一个文件名。"),
        (isinstance(error, PermissionError) or windows in _WINDOWS_OPEN, _not_permitted(target, windows)),
        (code in _TOO_LONG, f"文件名“{target.name}”太长或含有不能用的字符。请换一个文件名。"),
    )
    return next((sentence for holds, sentence in cases if holds), "")


def _missing_folder(target: Path) -> str:
    return f"保存位置“{target.parent}”不存在或已断开，请检查U盘、网络盘是否连接，或另选位置。"


def _read_only(target: Path) -> str:
    return f"保存位置“{target.parent}”是只读的，不能写入。请另选位置。"


def _not_permitted(target: Path, windows: int | None) -> str:
    open_elsewhere = windows in _WINDOWS_OPEN or (os.name == "nt" and target.exists())
    if open_elsewhere:
        return f"“{target.name}”正被其他程序打开，没有保存。请先在Word、WPS或Excel中关闭它，再重试。"
    return _read_only(target)
