"""Is a database's content what the program wrote? Looked at before damage is claimed, and before a backup is offered.

SQLite's own check reads its pages; it sees neither text that is no UTF-8, nor a column whose name has changed,
nor a day that is none.
"""

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from models.storage import disk_errors, schema
from models.storage.connection import connect

Tables = dict[str, dict[str, str]]
"""Columns and their types, by table."""


def is_proved(database: Path) -> bool:
    """Whether every row of a sound database of ours can be read for what its column is."""
    try:
        if not schema.is_ours(database):
            return False
        with closing(connect(database, read_only=True)) as connection:
            found = _tables(connection)
            wanted = _wanted(schema.revision(database))
            whole = all(columns.keys() <= found.get(table, {}).keys() for table, columns in wanted.items())
            return whole and next(unreadable(connection), None) is None
    except (sqlite3.DatabaseError, UnicodeDecodeError, OSError):
        return False


def unreadable(connection: sqlite3.Connection) -> Iterator[tuple[str, str, int]]:
    """Table, column and row number of every value that is not what its column is.

    Raises:
        sqlite3.DatabaseError: some text is no UTF-8, or a page cannot be read.
    """
    for table, columns in _tables(connection).items():
        readers = {name: _READERS[kind] for name, kind in columns.items() if kind in _READERS}
        names = ", ".join(["rowid", *(f'"{name}"' for name in readers), "*"])
        for row in connection.execute(f'SELECT {names} FROM "{table}"'):
            for (name, read), value in zip(readers.items(), row[1:], strict=False):
                if value is not None and not _fits(read, value):
                    yield table, name, row[0]


_READERS: dict[str, Callable[[Any], Any]] = {
    "DATE": dt.date.fromisoformat,
    "DATETIME": dt.datetime.fromisoformat,
    "JSON": json.loads,
    "INTEGER": int.__index__,
    "BOOLEAN": (False, True).index,
}


def _fits(read: Callable[[Any], Any], value: Any) -> bool:
    try:
        read(value)
    except (ValueError, TypeError, RecursionError):
        return False
    return True


def _tables(connection: sqlite3.Connection) -> Tables:
    """The tables of our own, not those the search index keeps."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND name NOT LIKE 'finding\\_search%' ESCAPE '\\'"
    ).fetchall()
    return {name: {row[1]: row[2] for row in connection.execute(f'PRAGMA table_info("{name}")')} for (name,) in names}


@cache
def _wanted(revision: str) -> Tables:
    """What the migrations make of a revision; nothing where it is a newer program's."""
    if revision > schema.HEAD:
        return {}
    with TemporaryDirectory() as scratch:
        database = Path(scratch) / "new.db"
        schema.migrate(database, revision)
        with closing(connect(database)) as connection:
            return _tables(connection)


def damage_behind(database: Path, error: BaseException) -> schema.Damaged | None:
    """The sentence, where an error comes from the file and not from us; the file is read through to tell."""
    said = schema.Damaged(f"数据文件已损坏，请从备份恢复：{database}。")
    if disk_errors.is_damage(error):
        return said
    if isinstance(getattr(error, "orig", None) or error, (sqlite3.IntegrityError, sqlite3.ProgrammingError)):
        return None
    if disk_errors.refusal(error) or not database.is_file():
        return None
    return None if is_proved(database) else said
