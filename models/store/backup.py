"""Copies of the office's data that can be trusted: snapshots, packed backups, restoring.

A *snapshot* is a copy of the database in the data folder's own ``backups``; the attachments it
refers to lie beside it by hash and are not cleaned away while any snapshot names them. A *backup*
is one file, a zip of the database and every attachment it refers to, and is the whole office.
Both are made by SQLite's backup API (copying the file of a WAL database loses rows), checked,
and only then moved into place.
"""

import datetime as dt
import hashlib
import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from models.errors import Refusal
from models.store import attachments, schema
from models.store.connection import connect
from models.store.folder import DataFolder

SUFFIX = ".dcb"
DATABASE, MANIFEST, FILES = "duchatong.db", "manifest.json", "attachments/"
FORMAT = 1
MEMBER_LIMIT = 1 << 33
DAMAGED = "数据文件已损坏，这次没有备份，原有备份都还在。请用“恢复备份”。"
STRETCH = 32 << 20
"""Bytes that are made safe at a time."""
BEFORE_IMPORT, BEFORE_UPGRADE, BEFORE_RESTORE = "导入前", "升级前", "恢复前"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds, shown before it is restored. ``counts`` are rows by table."""

    path: Path
    office: str
    made_at: dt.datetime
    revision: str
    counts: dict[str, int]
    attachments: int


_NOUNS = (("finding", "个问题"), ("accountability_case", "件案件"), ("feedback", "轮反馈"), ("document", "件发文"))


def in_words(contents: Contents) -> str:
    """What a backup holds, in a few words: “120 个问题、8 件案件、…、35 个附件”."""
    counted = [f"{contents.counts.get(table, 0)} {noun}" for table, noun in _NOUNS]
    return "、".join([*counted, f"{contents.attachments} 个附件"])


def snapshot(folder: DataFolder, reason: str, now: dt.datetime) -> Path:
    """Copy the database into ``backups``; ``reason`` is part of the name (退出, 每日, 导入前 …).

    Raises:
        Damaged: the database is damaged; no copy was kept.
        Refusal: the disk is full.
    """
    target = folder.backups / f"{now:%Y-%m-%d_%H%M%S}_{reason}.db"
    with _explained(target):
        folder.backups.mkdir(parents=True, exist_ok=True)
        _copy_database(folder.database, target)
    return target


def pack(folder: DataFolder, target: Path, now: dt.datetime, progress: Progress | None = None) -> Path:
    """Write one file with the database and every attachment; returns its path.

    An attachment that is lost already is left out. The copy of the database is proved while the
    attachments are written.

    Raises:
        Damaged: the database is damaged; no file was written.
        Refusal: the target cannot be written.
    """
    target = target if target.suffix == SUFFIX else target.with_name(target.name + SUFFIX)
    scratch = target.with_name(f".{target.name}.{uuid4().hex[:8]}")
    copy = scratch.with_suffix(".db")
    with _explained(target):
        try:
            _copy_pages(folder.database, copy)
            _write_zip(folder, copy, scratch, now, progress)
            os.replace(scratch, target)
        finally:
            scratch.unlink(missing_ok=True)
            copy.unlink(missing_ok=True)
    return target


def _copy_database(source: Path, target: Path) -> None:
    part = target.with_name(target.name + ".part")
    try:
        _copy_pages(source, part)
        with ThreadPoolExecutor(1) as beside:
            synced = beside.submit(_sync, part)
            _check(part)
            synced.result()
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)


def _copy_pages(source: Path, target: Path) -> None:
    """A consistent copy of a database that may be written to meanwhile; neither checked nor safe on the disk yet."""
    with closing(connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        copy.execute("PRAGMA synchronous=OFF")
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def _check(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise schema.Damaged(DAMAGED)


def _write_zip(folder: DataFolder, database: Path, target: Path, now: dt.datetime, progress: Progress | None) -> None:
    wanted = sorted(_attachments_of(database))
    with ThreadPoolExecutor(3) as beside, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        checked, hashed = beside.submit(_check, database), beside.submit(_hash, database)
        behind = _Behind(target, beside)
        for done, sha256 in enumerate(wanted):
            source = attachments.path_of(folder, sha256)
            if source.is_file():
                behind.grown(_add(archive, source, FILES + sha256))
            if progress:
                progress(done + 1, len(wanted))
        behind.grown(_add(archive, database, DATABASE))
        checked.result()
        manifest = {
            "format": FORMAT, "made_at": now.isoformat(), "sha256": hashed.result(), "attachments": wanted,
            "revision": schema.revision(database), "office": _office(database), "counts": _counts(database),
        }  # fmt: skip
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False))
    _sync(target)


class _Behind:
    """Makes a growing file safe on the disk while it is written.

    Little is left to wait for at the end, and on a slow stick the progress told is true.
    """

    def __init__(self, path: Path, beside: Executor) -> None:
        self._path, self._beside = path, beside
        self._unsafe = 0
        self._syncing: Future[None] | None = None

    def grown(self, size: int) -> None:
        """Tell of bytes written; waits for the stretch before the last one."""
        self._unsafe += size
        if self._unsafe >= STRETCH:
            if self._syncing:
                self._syncing.result()
            self._syncing, self._unsafe = self._beside.submit(_sync, self._path), 0


def _add(archive: zipfile.ZipFile, source: Path, name: str) -> int:
    """Store a file by large blocks (zipfile's own way reads eight kilobytes at a time); returns its size."""
    member = zipfile.ZipInfo(name)
    member.file_size = source.stat().st_size
    with source.open("rb") as file, archive.open(member, "w") as kept:
        shutil.copyfileobj(file, kept, attachments.CHUNK)
    return member.file_size


def describe(path: Path) -> Contents:
    """What a backup or a snapshot holds.

    Raises:
        Refusal: it is neither, is damaged, or was made by a newer program.
    """
    if path.suffix == SUFFIX:
        with _opened(path) as (archive, manifest):
            if DATABASE not in archive.namelist():
                raise Refusal(f"“{path.name}”不完整，里面没有数据文件。")
        return Contents(
            path, manifest["office"], dt.datetime.fromisoformat(manifest["made_at"]), manifest["revision"],
            manifest["counts"], len(manifest["attachments"]),
        )  # fmt: skip
    if not schema.is_sound(path):
        raise Refusal(f"“{path.name}”不是完好的督查通数据，不能恢复。")
    made = dt.datetime.fromtimestamp(path.stat().st_mtime).replace(microsecond=0)
    return Contents(path, _office(path), made, schema.revision(path), _counts(path), len(_attachments_of(path)))


def restore(folder: DataFolder, path: Path, now: dt.datetime) -> Contents:
    """Put a backup in the place of the data. The present data are kept as a snapshot first.

    The restored data start a new epoch, which the other offices' copies recognise. The caller
    holds the folder's lock and no connection.

    Raises:
        Refusal: the backup is damaged or newer; the present data are untouched.
    """
    contents = describe(path)
    if contents.revision > schema.HEAD:
        raise Refusal("这份备份由更新版本的督查通制作，请安装新版本后再恢复。")
    folder.prepare()
    fresh = folder.root / f".restore-{uuid4().hex[:8]}.db"
    with _explained(folder.database):
        try:
            _unpack(folder, path, fresh)
            schema.ensure(fresh)
            _new_epoch(fresh, folder.database)
            _keep_present(folder, now)
            _move_in(folder, fresh)
        finally:
            for leftover in folder.root.glob(fresh.name + "*"):
                leftover.unlink()
    return contents


def _unpack(folder: DataFolder, path: Path, fresh: Path) -> None:
    if path.suffix != SUFFIX:
        shutil.copyfile(path, fresh)
        return
    with _opened(path) as (archive, manifest):
        with archive.open(DATABASE) as source, fresh.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
        if _hash(fresh) != manifest["sha256"] or not schema.is_sound(fresh):
            raise Refusal(f"“{path.name}”里的数据已损坏，不能恢复。")
        for sha256 in manifest["attachments"]:
            if FILES + sha256 in archive.namelist() and not attachments.sound(folder, sha256):
                with archive.open(FILES + sha256) as file:
                    kept, _size = attachments.put(folder, file)  # type: ignore[arg-type]
                if kept != sha256:
                    raise Refusal(f"“{path.name}”里有附件已损坏，不能恢复。")


def _keep_present(folder: DataFolder, now: dt.datetime) -> None:
    if not folder.database.exists():
        return
    if schema.is_sound(folder.database):
        snapshot(folder, BEFORE_RESTORE, now)
    else:
        set_aside(folder, now)


def set_aside(folder: DataFolder, now: dt.datetime) -> Path:
    """Keep a damaged database under another name; nothing is ever thrown away."""
    kept = folder.root / f"duchatong.damaged-{now:%Y%m%d-%H%M%S}.db"
    for suffix in ("", "-wal", "-shm"):
        part = folder.database.with_name(folder.database.name + suffix)
        if part.exists():
            shutil.copyfile(part, kept.with_name(kept.name + suffix))
    return kept


def _move_in(folder: DataFolder, fresh: Path) -> None:
    """Replace the database; the old WAL must not be replayed onto the new file.

    What the old WAL holds is folded into the old file first: a crash in between loses nothing.
    """
    with closing(connect(fresh)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    if schema.is_ours(folder.database):
        with closing(connect(folder.database)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for suffix in ("-wal", "-shm"):
        folder.database.with_name(folder.database.name + suffix).unlink(missing_ok=True)
    _sync(fresh)
    os.replace(fresh, folder.database)


def _new_epoch(database: Path, present: Path) -> None:
    """Start a new epoch; those that were, in the backup and at present, are remembered as past."""
    past = dict.fromkeys([*_epochs(database), *(_epochs(present) if schema.is_ours(present) else [])])
    with closing(connect(database)) as connection:
        for id_, settings in connection.execute("SELECT id, settings FROM office").fetchall():
            kept = json.dumps({**json.loads(settings or "{}"), "past_epochs": list(past)}, ensure_ascii=False)
            connection.execute("UPDATE office SET epoch=?, settings=? WHERE id=?", (uuid4().hex, kept, id_))


def _epochs(database: Path) -> list[str]:
    with closing(connect(database)) as connection:
        row = connection.execute("SELECT epoch, settings FROM office").fetchone()
    return [*json.loads(row[1] or "{}").get("past_epochs", []), row[0]] if row else []


def snapshots(folder: DataFolder) -> list[Path]:
    """The snapshots, newest first."""
    return sorted(folder.backups.glob("*.db"), key=lambda path: path.name, reverse=True)


def newest_sound(folder: DataFolder) -> Path | None:
    """The newest snapshot that SQLite finds nothing wrong with."""
    return next((path for path in snapshots(folder) if schema.is_sound(path)), None)


def thin(folder: DataFolder, now: dt.datetime) -> list[Path]:
    """Drop snapshots: one an hour is kept for a day, one a day for a month, one a month for two years.

    The newest is always kept; what was made before an import for a day, before an upgrade or a restore
    for a month.
    Returns what was dropped.
    """
    kept: set[str] = set()
    dropped: list[Path] = []
    for index, path in enumerate(snapshots(folder)):
        try:
            made = dt.datetime.strptime(path.name[:17], "%Y-%m-%d_%H%M%S")
        except ValueError:
            continue
        slot = _slot(made, now, path.stem[18:])
        if index and (slot is None or slot in kept):
            path.unlink()
            dropped.append(path)
        elif slot is not None:
            kept.add(slot)
    return dropped


_WHOLE = {
    BEFORE_IMPORT: dt.timedelta(days=1),
    BEFORE_UPGRADE: dt.timedelta(days=31),
    BEFORE_RESTORE: dt.timedelta(days=31),
}
"""How long every one of a kind is kept, however close they lie."""


def _slot(made: dt.datetime, now: dt.datetime, reason: str) -> str | None:
    age = now - made
    if age < _WHOLE.get(reason, dt.timedelta()):
        return f"{made.isoformat()} {reason}"
    if age < dt.timedelta(days=1):
        return f"{made:%Y-%m-%d %H}"
    if age < dt.timedelta(days=31):
        return f"{made:%Y-%m-%d}"
    return f"{made:%Y-%m}" if age < dt.timedelta(days=731) else None


def due_today(folder: DataFolder, today: dt.date) -> bool:
    """Whether no snapshot was made today yet."""
    newest = next(iter(snapshots(folder)), None)
    return newest is None or not newest.name.startswith(today.isoformat())


@contextmanager
def _opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    try:
        with zipfile.ZipFile(path) as archive:
            if any(info.file_size > MEMBER_LIMIT for info in archive.infolist()):
                raise Refusal(f"“{path.name}”不是督查通的备份文件。")
            manifest = json.loads(archive.read(MANIFEST))
            if manifest["format"] > FORMAT:
                raise Refusal("这份备份由更新版本的督查通制作，请安装新版本后再恢复。")
            yield archive, manifest
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, OSError) as error:
        raise Refusal(f"“{path.name}”不是督查通的备份文件，或已损坏。") from error


@contextmanager
def _explained(target: Path) -> Iterator[None]:
    """Turn what the disk or SQLite says into a sentence."""
    where = f"没有写成：{target}。请检查磁盘空间，确认 U 盘没有拔下、文件夹可以写入。"
    try:
        yield
    except sqlite3.OperationalError as error:
        raise Refusal(where) from error
    except sqlite3.DatabaseError as error:
        raise schema.Damaged(DAMAGED) from error
    except OSError as error:
        raise Refusal(where) from error


def _attachments_of(database: Path) -> set[str]:
    with closing(connect(database, read_only=True)) as connection:
        return {row[0] for row in connection.execute("SELECT sha256 FROM attachment WHERE sha256 != ''")}


def _office(database: Path) -> str:
    with closing(connect(database, read_only=True)) as connection:
        row = connection.execute("SELECT name FROM office").fetchone()
    return str(row[0]) if row else ""


_COUNTED = ("team", "finding", "accountability_case", "feedback", "document", "unit", "site")


def _counts(database: Path) -> dict[str, int]:
    with closing(connect(database, read_only=True)) as connection:
        query = "SELECT count(*) FROM {} WHERE deleted_at IS NULL"
        return {table: connection.execute(query.format(table)).fetchone()[0] for table in _COUNTED}


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
