"""The one door to the database: every connection, whoever asks, is made here."""

import os
import sqlite3
from pathlib import Path

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-16000",
)


def can_write(folder: Path) -> bool:
    """Whether files can be made in a folder."""
    return os.access(folder, os.W_OK)


def has_log(database: Path) -> bool:
    """Whether something lies in the log beside a database that is not in the database yet."""
    try:
        return database.with_name(database.name + "-wal").stat().st_size > 0
    except OSError:
        return False


def connect(database: Path, *, read_only: bool = False, alone: bool = False) -> sqlite3.Connection:
    """Open the database with the office's pragmas.

    A folder that cannot be written to has no room for SQLite's log: where there is none, the file is read as it
    is. ``alone`` reads it so in any case, without the log that lies beside it.

    ``isolation_level=None`` switches the driver's own BEGIN off, so that DDL rolls back too.

    Raises:
        sqlite3.DatabaseError: the file is no database, or is damaged.
    """
    if read_only or alone:
        fixed = "&immutable=1" if alone or not (can_write(database.parent) or has_log(database)) else ""
        place = f"{database.absolute().as_uri()}?mode=ro{fixed}"
        connection = sqlite3.connect(place, uri=True, check_same_thread=False)
    else:
        connection = sqlite3.connect(database, check_same_thread=False)
    connection.isolation_level = None
    for pragma in PRAGMAS[2:] if read_only or alone else PRAGMAS:
        connection.execute(pragma)
    return connection
