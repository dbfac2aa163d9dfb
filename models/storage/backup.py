"""Copies of the office's data that can be trusted: snapshots, packed backups, restoring.

A *snapshot* is a copy of the database in the data folder's own ``backups``; the attachments it
refers to lie beside it by hash and are not cleaned away while any snapshot names them. A *backup*
is one file, a zip of the database and every attachment it refers to, and is the whole office.
Both are made by SQLite's backup API, checked, and only then moved into place.
"""

import datetime as dt
import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

from models.errors import Refusal
from models.storage import archive, attachments, durable_files, leftovers, schema
from models.storage import set_aside as aside
from models.storage.archive import FILES, SUFFIX, Progress
from models.storage.attachments import Lacking
from models.storage.connection import connect
from models.storage.data_folder import DataFolder
from models.storage.snapshots import (
    BEFORE_IMPORT,
    BEFORE_RESTORE,
    BEFORE_UPGRADE,
    DAMAGED,
    DAYS,
    copy_pages,
    due_today,
    explained,
    newest_sound,
    read_name,
    snapshot,
    snapshots,
    thin,
)

__all__ = [
    "BEFORE_IMPORT", "BEFORE_RESTORE", "BEFORE_UPGRADE", "DAMAGED", "DAYS", "SUFFIX", "Contents", "describe",
    "due_today", "in_words", "newest_sound", "pack", "prove", "read_name", "restore", "snapshot", "snapshots", "thin",
]  # fmt: skip
INCOMPLETE = "_不完整"
"""What an incomplete backup is called where a backup of the name proposed is there already."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds, shown before it is restored. ``counts`` are rows by table.

    ``attachments`` are those it brings, ``lacking`` those it names and does not bring.
    """

    path: Path
    office: str
    made_at: dt.datetime
    revision: str
    counts: dict[str, int]
    attachments: int
    lacking: tuple[Lacking, ...] = ()


_NOUNS = (("finding", "个问题"), ("accountability_case", "件案件"), ("feedback", "轮反馈"), ("document", "件发文"))


def in_words(contents: Contents) -> str:
    """What a backup holds, in a few words: “120 个问题、8 件案件、…、35 个附件”."""
    counted = [f"{contents.counts.get(table, 0)} {noun}" for table, noun in _NOUNS]
    return "、".join([*counted, f"{contents.attachments} 个附件"])


def pack(folder: DataFolder, target: Path, now: dt.datetime, progress: Progress | None = None) -> Path:
    """Write one file with the database and every attachment; returns its path.

    An attachment that is lost or damaged is named in it (``describe`` tells): such a backup never takes the place
    of another, but stands beside it. Both are proved before the file gets its name.

    Raises:
        Damaged: the database is damaged; no file was written.
        Refusal: the target cannot be written, or what was written does not come back.
    """
    target = target if target.suffix == SUFFIX else target.with_name(target.name + SUFFIX)
    scratch = target.with_name(f".{target.name}.{uuid4().hex[:8]}")
    copy = scratch.with_name(scratch.name + ".db")
    with explained(target):
        leftovers.clear_beside(target.parent)
        try:
            with leftovers.held(scratch):
                copy_pages(folder.database, copy)
                written = archive.Writer(folder, copy, scratch, progress)
                written.write(now)
            if written.lacking and target.exists():
                target = target.with_name(f"{target.stem}{INCOMPLETE}{SUFFIX}")
            durable_files.move(scratch, target)
        finally:
            scratch.unlink(missing_ok=True)
            copy.unlink(missing_ok=True)
    return target


def describe(path: Path) -> Contents:
    """What a backup or a snapshot holds by its own account.

    Raises:
        Refusal: it is neither, is damaged, or was made by a newer program.
    """
    if path.suffix.lower() == SUFFIX:
        with archive.opened(path) as (packed, manifest):
            return _told(path, manifest, archive.told_lacking(packed, manifest))
    if not path.is_file():
        raise Refusal(f"没有找到备份文件：{path}。")
    if not schema.is_ours(path):
        raise Refusal(f"“{path.name}”不是完好的督查通数据，不能恢复。")
    made = read_name(path).made or dt.datetime.fromtimestamp(path.stat().st_mtime).replace(microsecond=0)
    named = len(archive.names_of(path))
    return Contents(path, archive.office(path), made, schema.revision(path), archive.counts(path), named)


def _told(path: Path, manifest: dict[str, Any], lacking: tuple[Lacking, ...]) -> Contents:
    made, held = dt.datetime.fromisoformat(manifest["made_at"]), len(manifest["attachments"]) - len(lacking)
    return Contents(path, manifest["office"], made, manifest["revision"], manifest["counts"], held, lacking)


def prove(folder: DataFolder, path: Path, progress: Progress | None = None) -> Contents:
    """What would come of a restore, by reading every byte of the backup; the present data stay as they are.

    Raises:
        Refusal: its database is damaged or newer than the program.
    """
    folder.prepare()
    return _read(folder, path, progress, keep=None)[0]


def restore(folder: DataFolder, path: Path, now: dt.datetime, progress: Progress | None = None) -> Contents:
    """Put a backup in the place of the data; the present ones are kept first.

    As a snapshot, or where nothing can read them any more, as they are. Whatever is sound comes back; what does
    not is ``lacking``. The restored data start a new epoch, which the other offices' copies recognise. The caller
    holds the folder's lock and no connection.

    Raises:
        Refusal: the backup is damaged or newer, or the disk is full; the present data are untouched.
    """
    folder.prepare()
    with attachments.Batch(folder) as batch:
        contents, fresh = _read(folder, path, progress, keep=batch)
        with explained(folder.database):
            try:
                batch.keep()
                schema.ensure(fresh)
                _new_epoch(fresh, _past_epochs(folder.database))
                _keep_present(folder, now)
                _move_in(folder, fresh)
            finally:
                _remove(fresh)
    return contents


def _read(
    folder: DataFolder, path: Path, progress: Progress | None, keep: attachments.Batch | None
) -> tuple[Contents, Path]:
    """Take the database out and hash every attachment; those that are wanted here are put into ``keep``."""
    contents = describe(path)
    if contents.revision > schema.HEAD:
        raise Refusal("这份备份由更新版本的督查通制作，请安装新版本后再恢复。")
    fresh = folder.root / f".restore-{uuid4().hex[:8]}.db"
    try:
        with explained(folder.database, f"“{path.name}”里的数据已损坏，不能恢复。"):
            if path.suffix.lower() == SUFFIX:
                lacking = _unpack(folder, path, fresh, progress, keep)
            else:
                shutil.copyfile(path, fresh)
                lacking = attachments.lost(folder, archive.names_of(fresh), progress)
            named = len(archive.names_of(fresh))
    except BaseException:
        _remove(fresh)
        raise
    if keep is None:
        _remove(fresh)
    return replace(contents, attachments=named - len(lacking), lacking=lacking), fresh


def _remove(fresh: Path) -> None:
    for leftover in fresh.parent.glob(fresh.name + "*"):
        leftover.unlink()


def _unpack(
    folder: DataFolder, path: Path, fresh: Path, progress: Progress | None, keep: attachments.Batch | None
) -> tuple[Lacking, ...]:
    with archive.opened(path) as (packed, manifest):
        _unpack_database(packed, path, fresh, manifest["sha256"])
        lacking, held = [], set(packed.namelist())
        names = archive.names_of(fresh)
        for done, (sha256, name) in enumerate(names.items(), start=1):
            if not attachments.sound(folder, sha256):
                if FILES + sha256 not in held:
                    lacking.append(Lacking(sha256, name, "丢失"))
                elif not _unpack_file(packed, sha256, keep):
                    lacking.append(Lacking(sha256, name, "已损坏"))
            if progress:
                progress(done, len(names))
    return tuple(lacking)


def _unpack_database(packed: ZipFile, path: Path, fresh: Path, sha256: str) -> None:
    digest = hashlib.sha256()
    try:
        with fresh.open("wb") as target:
            for block in archive.blocks(packed, archive.DATABASE):
                digest.update(block)
                target.write(block)
    except archive.Unreadable:
        digest = hashlib.sha256()
    if digest.hexdigest() != sha256 or not schema.is_ours(fresh):
        raise Refusal(f"“{path.name}”里的数据已损坏，不能恢复。")


def _unpack_file(packed: ZipFile, sha256: str, keep: attachments.Batch | None) -> bool:
    """Whether an attachment is sound; it is put into ``keep`` then."""
    blocks = archive.blocks(packed, FILES + sha256)
    try:
        if keep is not None:
            return keep.put_blocks(blocks, only=sha256)[0] == sha256
        digest = hashlib.sha256()
        for block in blocks:
            digest.update(block)
    except archive.Unreadable:
        return False
    return digest.hexdigest() == sha256


def _keep_present(folder: DataFolder, now: dt.datetime) -> None:
    """Before other data take their place; what is no sound database of ours is kept as it is."""
    if schema.is_ours(folder.database):
        try:
            snapshot(folder, BEFORE_RESTORE, now)
        except schema.Damaged:
            aside.set_aside(folder, now)
    else:
        aside.set_aside(folder, now)


def _move_in(folder: DataFolder, fresh: Path) -> None:
    """Replace the database; the old WAL must not be replayed onto the new file.

    What the old WAL holds is folded into the old file first: a crash in between loses nothing.
    """
    with closing(connect(fresh)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    durable_files.sync(fresh)
    if schema.is_ours(folder.database):
        with closing(connect(folder.database)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for suffix in aside.LOGS:
        folder.database.with_name(folder.database.name + suffix).unlink(missing_ok=True)
    durable_files.move(fresh, folder.database)


def _new_epoch(database: Path, past: list[str]) -> None:
    """Start a new epoch; those that were, in the backup and at present, are remembered as past."""
    known = list(dict.fromkeys([*_epochs(database), *past]))
    with closing(connect(database)) as connection:
        for id_, settings in connection.execute("SELECT id, settings FROM office").fetchall():
            kept = json.dumps({**json.loads(settings or "{}"), "past_epochs": known}, ensure_ascii=False)
            connection.execute("UPDATE office SET epoch=?, settings=? WHERE id=?", (uuid4().hex, kept, id_))


def _past_epochs(present: Path) -> list[str]:
    """The epochs of the present data, as far as they can be read: a restore never needs them."""
    try:
        return _epochs(present) if schema.is_ours(present) else []
    except (sqlite3.DatabaseError, ValueError, AttributeError):
        return []


def _epochs(database: Path) -> list[str]:
    with closing(connect(database, read_only=True)) as connection:
        row = connection.execute("SELECT epoch, settings FROM office").fetchone()
    return [*json.loads(row[1] or "{}").get("past_epochs", []), row[0]] if row else []
