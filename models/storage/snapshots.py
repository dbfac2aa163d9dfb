"""Copies of the database in the data folder's own ``backups``: made, listed in order, thinned.

Their order is a counter's in the file's name, never the clock's: a clock that was wrong once would else
stay newest for ever. Names of 1.0.0 have no counter and come before all others.
"""

import datetime as dt
import re
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from models.errors import Refusal
from models.storage import disk_errors, durable_files, proof, schema
from models.storage.connection import connect
from models.storage.data_folder import DataFolder

DAMAGED = "数据文件已损坏，这次没有备份，原有备份都还在。请用“恢复备份”。"
BEFORE_IMPORT, BEFORE_UPGRADE, BEFORE_RESTORE = "导入前", "升级前", "恢复前"
NEWEST, DAYS, MONTHS = 24, 31, 24
"""What thinning keeps: the newest ones, and the last one of so many days and of so many months."""
LONGER = {BEFORE_IMPORT: 12, BEFORE_UPGRADE: 3, BEFORE_RESTORE: 6}
"""How many of a kind are kept besides."""
AT_A_TIME = 2
FAR = dt.timedelta(days=62)
"""A clock this far from the newest snapshot's is not one to thin by."""
_NAME = re.compile(r"(?:(\d+)_)?(\d{4}-\d\d-\d\d_\d{6})_(.+)")
_MADE = "%Y-%m-%d_%H%M%S"


@dataclass(frozen=True, slots=True)
class Name:
    """What a snapshot's file name says. ``number`` is 0 and ``made`` None where it does not say."""

    number: int
    made: dt.datetime | None
    reason: str


def read_name(path: Path) -> Name:
    """The counter, the time and the reason in a snapshot's name."""
    found = _NAME.fullmatch(path.stem)
    if found is None:
        return Name(0, None, path.stem)
    try:
        made = dt.datetime.strptime(found[2], _MADE)
    except ValueError:
        return Name(0, None, path.stem)
    return Name(int(found[1] or 0), made, found[3])


def snapshots(folder: DataFolder) -> list[Path]:
    """The snapshots, newest first."""
    return sorted(folder.backups.glob("*.db"), key=lambda path: (read_name(path).number, path.name), reverse=True)


def snapshot(folder: DataFolder, reason: str, now: dt.datetime) -> Path:
    """Copy the database into ``backups``; ``reason`` is part of the name (退出, 每日, 导入前 …).

    Raises:
        Damaged: the database is damaged; no copy was kept.
        Refusal: the disk is full.
    """
    with explained(folder.backups):
        folder.backups.mkdir(parents=True, exist_ok=True)
        number = max((read_name(path).number for path in snapshots(folder)), default=0) + 1
        target = folder.backups / f"{number:05}_{now.strftime(_MADE)}_{reason}.db"
        _copy_database(folder.database, target)
    return target


def _copy_database(source: Path, target: Path) -> None:
    part = target.with_name(target.name + ".part")
    try:
        copy_pages(source, part)
        with ThreadPoolExecutor(1) as beside:
            synced = beside.submit(durable_files.sync, part)
            check(part)
            synced.result()
        durable_files.move(part, target)
    finally:
        part.unlink(missing_ok=True)


def copy_pages(source: Path, target: Path) -> None:
    """A consistent copy of a database that may be written to meanwhile; neither checked nor safe on the disk yet.

    By SQLite's backup API: copying the file of a WAL database loses rows.
    """
    with closing(connect(source, read_only=True)) as live, closing(sqlite3.connect(target)) as copy:
        copy.execute("PRAGMA synchronous=OFF")
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def check(copy: Path) -> None:
    """Hold a copy against what SQLite expects.

    Raises:
        Damaged: something is wrong with it.
    """
    with closing(sqlite3.connect(copy)) as connection:
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise schema.Damaged(DAMAGED)


def newest_sound(folder: DataFolder) -> Path | None:
    """The newest snapshot that holds an office's data whole."""
    return next((path for path in snapshots(folder) if proof.is_proved(path)), None)


def due_today(folder: DataFolder, today: dt.date) -> bool:
    """Whether no snapshot was made today yet."""
    made = next((read_name(path).made for path in snapshots(folder)), None)
    return made is None or made.date() != today


def thin(folder: DataFolder, now: dt.datetime, most: int = AT_A_TIME) -> list[Path]:
    """Drop the oldest of those snapshots that are not among the ones to keep; returns what was dropped.

    By counts, ``most`` at a time, and none where the clock is far from the newest of an earlier day: a wrong
    clock costs nothing.
    """
    found = [(path, read_name(path)) for path in snapshots(folder)]
    earlier = next((name.made for _, name in found if name.made and name.made.date() != now.date()), None)
    if earlier is not None and abs(now - earlier) > FAR:
        return []
    kept = _kept([name for _, name in found])
    dropped = [path for path, name in reversed(found) if name not in kept][: max(most, 0)]
    for path in dropped:
        path.unlink()
    return dropped


def _kept(names: list[Name]) -> set[Name]:
    """Of all snapshots, newest first: those that thinning leaves. One whose name says nothing stays."""
    kept = {*names[:NEWEST], *(name for name in names if name.made is None)}
    dated = [name for name in names if name.made]
    for pattern, count in (("%Y-%m-%d", DAYS), ("%Y-%m", MONTHS)):
        last: dict[str, Name] = {}
        for name in dated:
            assert name.made is not None
            last.setdefault(name.made.strftime(pattern), name)
        kept.update(list(last.values())[:count])
    for reason, count in LONGER.items():
        kept.update([name for name in dated if name.reason == reason][:count])
    return kept


@contextmanager
def explained(target: Path, damaged: str = DAMAGED) -> Iterator[None]:
    """Turn what the disk or SQLite says while ``target`` is written into a sentence.

    Raises:
        Damaged: the database is damaged.
        Refusal: the disk is full, gone or read-only.
    """
    where = f"没有写成：{target}。请检查磁盘空间，确认 U 盘没有拔下、文件夹可以写入。"
    try:
        yield
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if disk_errors.refusal(error):
            raise Refusal(where) from error
        raise schema.Damaged(damaged) from error
    except OSError as error:
        raise Refusal(where) from error
