"""Which version of the database this program writes, and how an older one is brought up to it."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from models.errors import Refusal
from models.store import disk
from models.store.connection import connect

HEAD = "0002"
"""The newest migration; a test holds it against the migrations folder."""

MIGRATIONS = Path(__file__).parent / "migrations"


def revision(database: Path) -> str:
    """The migration a database stands at; empty for a database without any.

    Raises:
        sqlite3.DatabaseError: the file is no database.
    """
    with closing(connect(database, read_only=True)) as connection:
        known = connection.execute("SELECT name FROM sqlite_master WHERE name='alembic_version'").fetchone()
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    return str(row[0]) if row else ""


def ensure(database: Path, before_upgrade: Callable[[str], object] | None = None) -> None:
    """Bring a database to ``HEAD``, creating it when it is missing.

    ``before_upgrade`` is called with the old revision before anything is changed (the backup).
    A new database is made beside its place and moved in, so that a crash leaves none half made.

    Raises:
        Damaged: the file is no database of this program's, or is damaged.
        Refusal: the database was written by a newer program.
        sqlite3.OperationalError: the disk is full, gone or read-only, which says nothing of the file.
    """
    if not database.exists():
        _create(database)
        return
    found = _revision_or_damaged(database)
    if found == HEAD:
        return
    if found > HEAD:
        raise Refusal("数据由更新版本的督查通写成，请安装新版本后再打开。")
    if before_upgrade:
        before_upgrade(found)
    migrate(database)


class Damaged(Refusal):
    """The database cannot be read; the newest sound backup is what to go on with."""


def _revision_or_damaged(database: Path) -> str:
    try:
        found = revision(database)
    except sqlite3.DatabaseError as error:
        if disk.refusal(error):
            raise
        raise Damaged(f"数据文件已损坏，请从备份恢复：{database}。") from error
    if not found:
        raise Damaged(f"这不是督查通的数据文件，或已损坏，请从备份恢复：{database}。")
    return found


def _create(database: Path) -> None:
    fresh = database.with_suffix(".new")
    for leftover in database.parent.glob(fresh.name + "*"):
        leftover.unlink()
    migrate(fresh)
    with closing(connect(fresh)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    shutil.move(fresh, database)


def migrate(database: Path, target: str = "head") -> None:
    """Run the migrations up to ``target``, all in one transaction.

    A table that is rebuilt is dropped for a moment, so references are not guarded meanwhile; all of
    them are checked before the commit (https://www.sqlite.org/lang_altertable.html, section 7).

    Raises:
        sqlite3.IntegrityError: a migration left a reference to nothing; nothing was changed.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    connection = connect(database)
    try:
        connection.execute("PRAGMA foreign_keys=OFF")
        config.attributes["connection"] = connection
        command.upgrade(config, target)
    finally:
        connection.close()


def is_ours(database: Path) -> bool:
    """Whether the file is a sound database of this program's."""
    return database.exists() and is_sound(database) and revision(database) != ""


def is_sound(database: Path) -> bool:
    """Whether SQLite's quick check finds nothing wrong."""
    try:
        with closing(connect(database, read_only=True)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False
