"""An open data folder: sessions to read with, and the one session that writes."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from models import clock
from models.errors import Refusal
from models.storage import backup, disk_errors, proof, schema, set_aside, write_ahead_log
from models.storage.connection import connect, has_log
from models.storage.data_folder import DataFolder


class Store:
    """The database of one data folder. Opening it makes it, or migrates it after a snapshot.

    ``read_only`` reads a folder that cannot be written to. ``news`` says what was found and mended on opening.

    Raises:
        Damaged: the file is no sound database of this program's, or is gone while its backups are there.
        Refusal: it was written by a newer program, or the folder cannot be written to.
    """

    def __init__(self, folder: DataFolder, *, read_only: bool = False) -> None:
        self.folder = folder
        self.news = ""
        with _explained(folder, "没有打开"):
            if read_only:
                _refuse_old(folder)
            else:
                folder.prepare()
                self._clear_the_way()
                schema.ensure(folder.database, self._before_upgrade)
        self.engine = _engine(folder, read_only=read_only)

    def _clear_the_way(self) -> None:
        """A log of another database would be played into this one: it is moved away before anything is opened."""
        database = self.folder.database
        if not database.exists():
            if backup.snapshots(self.folder):
                raise gone(self.folder)
            if any(database.with_name(database.name + suffix).exists() for suffix in set_aside.LOGS):
                set_aside.move_logs_aside(self.folder, clock.now())
        elif has_log(database) and not write_ahead_log.belongs(database):
            if not schema.is_sound(database, alone=True):
                raise schema.Damaged(f"数据文件已损坏，请从备份恢复：{database}。")
            kept = set_aside.move_logs_aside(self.folder, clock.now())
            self.news = f"数据文件旁有一个不属于它的日志文件，没有采用，已改名为 {kept.name}。请核对最近录入的内容。"

    def _before_upgrade(self, _found: str) -> None:
        backup.snapshot(self.folder, backup.BEFORE_UPGRADE, clock.now())

    @contextmanager
    def session(self, *, writes: bool = False) -> Iterator[Session]:
        """A session whose work is rolled back unless it commits; its records stay readable after.

        A session that ``writes`` takes the write lock at once, so that what it read stays true.

        Raises:
            Refusal: the disk is full or gone, or another command is writing.
            Damaged: a page that was needed cannot be read.
        """
        engine = self.engine.execution_options(writes=True) if writes else self.engine
        undone = "没有保存" if writes else ""
        with _explained(self.folder, undone), Session(engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    def close(self) -> None:
        """Give the file back; the last connection folds the WAL into it."""
        self.engine.dispose()


def gone(folder: DataFolder) -> schema.Damaged:
    """The sentence where the backups are there and the database is not."""
    told = f"数据文件夹里没有数据文件，但自动备份还在，请从备份恢复：{folder.root}。"
    return schema.Damaged(f"{told}要从头开始的，请先把其中的 backups 文件夹移到别处。")


def _refuse_old(folder: DataFolder) -> None:
    if not schema.is_ours(folder.database):
        raise schema.Damaged(f"数据文件已损坏，请从备份恢复：{folder.database}。")
    if schema.revision(folder.database) != schema.HEAD:
        raise Refusal("这个文件夹不能写入，里面的数据不是本版程序的格式。请复制到可以写入的位置，用督查通打开一次。")


@contextmanager
def _explained(folder: DataFolder, undone: str) -> Iterator[None]:
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError, UnicodeDecodeError) as error:
        refusal = disk_errors.refusal(error, undone) or proof.damage_behind(folder.database, error)
        if refusal is None:
            raise
        raise refusal from error
    except UnicodeEncodeError as error:
        raise Refusal(f"“{_around(error)}”里有一个残缺的字，不能保存，请删去后重新输入。") from error


def _around(error: UnicodeEncodeError) -> str:
    """The text about half a character, which no file can hold."""
    before, after = error.object[max(error.start - 10, 0) : error.start], error.object[error.end : error.end + 10]
    return f"{before}□{after}".encode(errors="replace").decode()


def _as_json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _engine(folder: DataFolder, *, read_only: bool) -> Engine:
    def door() -> sqlite3.Connection:
        return connect(folder.database, read_only=read_only)

    engine = create_engine(
        "sqlite://", creator=door, poolclass=QueuePool, pool_size=4, max_overflow=8, json_serializer=_as_json
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
