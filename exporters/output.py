"""Every file the program makes is written beside its target and moved into place.

A reader therefore sees the old file or the new one, never half of one.
"""

import errno
import os
import re
import secrets
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from models.domain.text.file_names import reserved
from models.errors import Refusal
from models.storage import durable_files

_FULL = {errno.ENOSPC, errno.EDQUOT}
_GONE = {errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE}
_TOO_LONG = {errno.ENAMETOOLONG, errno.EINVAL}
# Windows: sharing and lock violation, disk full, write protected, device not ready, device gone, network gone.
_WINDOWS_OPEN = {32, 33}
_WINDOWS_FULL = {39, 112}
_WINDOWS_READ_ONLY = {19}
_WINDOWS_GONE = {15, 20, 21, 53, 55, 64, 433, 1117, 1167}


_PACKED = (b"PK", b"\xd0\xcf\x11\xe0")
"""How a zip begins, and an Office file that was given a password."""
_KINDS = {
    ".docx": ("Word 文档", _PACKED),
    ".xlsx": ("Excel 工作簿", _PACKED),
    ".pdf": (" PDF 文件", (b"%PDF",)),
    ".dcb": ("督查通备份", (b"PK",)),
    ".dct": ("督查通数据包", (b"PK",)),
}
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,6}")
"""What is a file's kind; “.5台账” of “2022.3.5台账” is none."""


def checked(target: Path, suffixes: Sequence[str], data: Path) -> Path:
    """Where a file is to be written, with the first of the suffixes where it has none; any one will do without them.

    Every command and every dialog that saves comes through here, before anything is made.

    Raises:
        Refusal: another suffix, no name, a folder, a device, a place inside the data folder ``data``, or a file
            that is there already and is of another kind.
    """
    if not target.name or target.name == "..":
        raise Refusal("没有写文件名，请写明保存到哪个文件。")
    if not _is_text(target.name) or reserved(target.name):
        raise Refusal("文件名里有不能用的字符，或是系统保留的名字，请换一个文件名。")
    _refuse_what_is_no_file(target)
    target = _with_suffix(target, suffixes)
    _refuse_inside(target, data)
    if not target.parent.is_dir():
        raise Refusal(_missing_folder(target))
    _refuse_what_is_no_file(target)
    _refuse_another_kind(target)
    return target


def checked_folder(folder: Path, data: Path) -> Path:
    """The same of a folder that files are to be written into; it may have to be made yet.

    Raises:
        Refusal: it is a file or a device, or lies inside the data folder.
    """
    if folder.exists() and not folder.is_dir():
        raise Refusal(f"“{folder}”不是文件夹，请另选位置。")
    _refuse_inside(folder, data)
    return folder


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return not any(character < " " for character in name)


def _with_suffix(target: Path, suffixes: Sequence[str]) -> Path:
    if not suffixes or target.suffix.lower() in suffixes:
        return target
    if _SUFFIX.fullmatch(target.suffix):
        raise Refusal(f"“{target.name}”的扩展名不对，请用 {' 或 '.join(suffixes)} 结尾。")
    return target.with_name(target.name + suffixes[0])


def _refuse_inside(target: Path, data: Path) -> None:
    """By what a path leads to, however it is written."""
    try:
        inside = target.resolve().is_relative_to(data.resolve())
    except (OSError, RuntimeError) as error:  # links in a ring
        raise Refusal(_missing_folder(target)) from error
    if inside:
        raise Refusal(f"“{target}”在督查通的数据文件夹里，不能往里写文件，请另选位置。")


def _refuse_what_is_no_file(target: Path) -> None:
    try:
        mode = target.stat().st_mode
    except OSError as error:  # there is none yet, or writing will say why not
        if error.errno == errno.ENAMETOOLONG:
            raise Refusal(f"文件名“{target.name}”太长，请换一个短一些的文件名。") from error
        mode = stat.S_IFREG
    if stat.S_ISDIR(mode):
        raise Refusal(f"“{target.name}”是一个文件夹，不能用作文件名。请换一个文件名。")
    if not stat.S_ISREG(mode) or target.is_relative_to("/dev") or target.is_relative_to("/proc"):
        raise Refusal(f"“{target}”是设备或管道，不是文件，请另选位置。")


def _refuse_another_kind(target: Path) -> None:
    try:
        with target.open("rb") as file:
            head = file.read(8)
    except OSError:  # there is none yet, or writing will say why not
        return
    kind, starts = _KINDS.get(target.suffix.lower(), ("", ()))
    if head and starts and not head.startswith(starts):
        raise Refusal(f"已经有“{target.name}”这个文件，但它不是{kind}，没有覆盖，请换一个文件名。")


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
        durable_files.sync(beside)
        durable_files.move(beside, target)
    except OSError as error:
        raise _refusal(error, target, beside) from error
    finally:
        # The move has taken it away, or the disk has gone with it.
        with suppress(OSError):
            beside.unlink()


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
