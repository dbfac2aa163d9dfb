"""The one door to the database: every connection, whoever asks, is made here."""

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


def connect(database: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open the database with the office's pragmas.

    ``isolation_level=None`` switches the driver's own BEGIN off, so that DDL rolls back too.

    Raises:
        sqlite3.DatabaseError: the file is no database, or is damaged.
    """
    if read_only:
        connection = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    else:
        connection = sqlite3.connect(database, check_same_thread=False)
    connection.isolation_level = None
    for pragma in PRAGMAS[2:] if read_only else PRAGMAS:
        connection.execute(pragma)
    return connection
