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
from models.store import backup, disk, schema
from models.store.connection import connect
from models.store.folder import DataFolder


class Store:
    """The database of one data folder. Opening it makes it, or migrates it after a snapshot.

    Raises:
        Damaged: the file is no sound database of this program's.
        Refusal: it was written by a newer program, or the folder cannot be written to.
    """

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder
        folder.prepare()
        with _explained(folder, "没有打开"):
            schema.ensure(folder.database, self._before_upgrade)
        self.engine = _engine(folder)

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


@contextmanager
def _explained(folder: DataFolder, undone: str) -> Iterator[None]:
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:
        if disk.is_damage(error):
            raise schema.Damaged(f"数据文件已损坏，请从备份恢复：{folder.database}。") from error
        refusal = disk.refusal(error, undone)
        if refusal is None:
            raise
        raise refusal from error


def _as_json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _engine(folder: DataFolder) -> Engine:
    def door() -> sqlite3.Connection:
        return connect(folder.database)

    engine = create_engine(
        "sqlite://", creator=door, poolclass=QueuePool, pool_size=4, max_overflow=8, json_serializer=_as_json
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
