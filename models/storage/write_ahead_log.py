"""Does the log beside a database belong to it? SQLite plays whatever log lies there into the file.

A copy that was put back beside the log of a later or another file would be changed without a word.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from models.storage import schema
from models.storage.connection import connect

Told = tuple[str, int, str]


def belongs(database: Path) -> bool:
    """Whether database and log together are sound, and still hold all that the database says by itself.

    Changes are only ever added: what the file knows, its own log knows too. A file that cannot be read by itself,
    as after a power cut while the log was folded in, has nothing to hold against it.
    """
    if not schema.is_sound(database):
        return False
    alone = _last(database, alone=True)
    if alone is None or not alone[1]:
        return True
    return _last(database, upto=alone[1]) == alone


def _last(database: Path, *, alone: bool = False, upto: int | None = None) -> tuple[Told, int] | None:
    """The office, how many changes there are and the last one's operation, up to a change's number; and that number."""
    try:
        with closing(connect(database, read_only=True, alone=alone)) as connection:
            last = upto if upto is not None else connection.execute('SELECT max(id) FROM "change"').fetchone()[0] or 0
            count = connection.execute('SELECT count(*) FROM "change" WHERE id <= ?', (last,)).fetchone()[0]
            said = connection.execute('SELECT operation FROM "change" WHERE id = ?', (last,)).fetchone()
            office = connection.execute("SELECT uuid FROM office").fetchone()
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return None
    return (office[0] if office else "", count, said[0] if said else ""), last
