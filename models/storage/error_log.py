"""What is written down when the program itself is at fault, so that it can be mended, and what of it was written."""

import datetime as dt
import platform
import sqlite3
import sys
import traceback
from contextlib import closing
from pathlib import Path

from models.program import version
from models.storage.connection import connect
from models.storage.data_folder import DataFolder


def report(error: BaseException) -> str:
    """The fault in full: when, on what system, and where in the program."""
    moment = dt.datetime.now().isoformat(timespec="seconds")
    system = f"督查通 {version()} / {platform.platform()} / Python {sys.version.split()[0]}"
    return f"{moment}\n{system}\n\n{''.join(traceback.format_exception(error))}"


def write(folder: DataFolder, error: BaseException) -> Path | None:
    """Keep a fault's report in the data folder's log; None where even that cannot be written."""
    path = folder.logs / f"fault-{dt.datetime.now():%Y%m%d-%H%M%S}.log"
    try:
        folder.logs.mkdir(parents=True, exist_ok=True)
        path.write_text(report(error), encoding="utf-8")
    except OSError:
        return None
    return path


def mark(folder: DataFolder) -> int | None:
    """How far the log of changes goes; None where it cannot be read, 0 where there are no data yet."""
    if not folder.database.is_file():
        return 0
    try:
        with closing(connect(folder.database, read_only=True)) as connection:
            return int(connection.execute('SELECT coalesce(max(id), 0) FROM "change"').fetchone()[0])
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return None


def written_since(folder: DataFolder, before: int | None) -> str:
    """What was written between a mark and now, as a sentence: said after looking, never assumed."""
    after = mark(folder)
    if before is None or after is None:
        return "数据是否有改动看不出来，请用 check 检查。"
    if after == before:
        return "数据没有改动。"
    return f"出错前已写入 {after - before} 条改动，请在操作日志里核对。"
