"""What SQLite reports of the disk, as a clerk is told it."""

import sqlite3

from models.errors import Refusal

_GONE = "请检查磁盘或 U 盘是否还在，然后再试。"
_SAID = {
    sqlite3.SQLITE_FULL: ("磁盘已满", "请腾出空间后再试。"),
    sqlite3.SQLITE_IOERR: ("磁盘不能读写", "请检查磁盘是否已满、U 盘是否还在，然后再试。"),
    sqlite3.SQLITE_CANTOPEN: ("数据文件夹打不开", _GONE),
    sqlite3.SQLITE_READONLY: ("数据文件夹不能写入", "请检查磁盘或 U 盘是否还在、是否只读，然后再试。"),
    sqlite3.SQLITE_BUSY: ("另一个程序正在写入数据", "请稍候再试。"),
}


def code(error: BaseException) -> int:
    """SQLite's primary result code behind an error, the driver's own or SQLAlchemy's; 0 where there is none."""
    behind = getattr(error, "orig", None) or error
    return getattr(behind, "sqlite_errorcode", 0) & 0xFF


def is_damage(error: BaseException) -> bool:
    """Whether SQLite, or the driver, could not make sense of what the file holds."""
    if code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return True
    behind = getattr(error, "orig", None) or error
    return isinstance(behind, sqlite3.OperationalError) and "Could not decode to UTF-8" in str(behind)


def refusal(error: BaseException, undone: str = "") -> Refusal | None:
    """The sentence for trouble with the disk; None for any other error.

    ``undone`` says what was not done for it: 没有保存.
    """
    if code(error) not in _SAID:
        return None
    what, do = _SAID[code(error)]
    return Refusal(f"{'，'.join(filter(None, (what, undone)))}。{do}")
