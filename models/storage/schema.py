"""Which version of the database this program writes, and how an older one is brought up to it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from models.errors import Refusal
from models.storage import disk_errors, durable_files
from models.storage.connection import connect

HEAD = "0002"
"""The newest migration; a test holds it against the migrations folder."""
OURS = frozenset({"alembic_version", "office", "finding", "change", "attachment"})
"""Tables every database of this program's has had."""

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
    found = revision_here(database)
    if found == HEAD:
        return
    if before_upgrade:
        before_upgrade(found)
    migrate(database)


class Damaged(Refusal):
    """The database cannot be read; the newest sound backup is what to go on with."""


def revision_here(database: Path) -> str:
    """The migration a database of ours stands at, for whoever opens or examines it.

    Raises:
        Damaged: the file is no database of this program's, or is damaged.
        Refusal: the database was written by a newer program.
        sqlite3.OperationalError: the disk is full, gone or read-only, which says nothing of the file.
    """
    damaged = Damaged(f"数据文件已损坏，请从备份恢复：{database}。")
    try:
        if not _has_sound_header(database):
            raise damaged
        known = _is_known(database)
        found = revision(database) if known else ""
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if disk_errors.refusal(error):
            raise
        raise damaged from error
    if not found:
        raise Damaged(f"这不是督查通的数据文件，或已损坏，请从备份恢复：{database}。")
    if found > HEAD:
        raise Refusal("数据由更新版本的督查通写成，请安装新版本后再打开。")
    return found


def _create(database: Path) -> None:
    fresh = database.with_suffix(".new")
    for leftover in database.parent.glob(fresh.name + "*"):
        leftover.unlink()
    migrate(fresh)
    with closing(connect(fresh)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    durable_files.sync(fresh)
    durable_files.move(fresh, database)


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


def is_current(database: Path) -> bool:
    """Whether a database, where there is one, stands at ``HEAD``; one that cannot be read has nothing to bring up."""
    try:
        return not database.exists() or revision(database) == HEAD
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return True


def is_ours(database: Path) -> bool:
    """Whether the file is a sound database of this program's."""
    try:
        return database.exists() and is_sound(database) and _is_known(database)
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False


def _is_known(database: Path) -> bool:
    """Whether the tables are ours: other programs number their migrations in the same table."""
    with closing(connect(database, read_only=True)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return tables >= OURS and revision(database) != ""


def is_sound(database: Path, *, alone: bool = False) -> bool:
    """Whether the header is SQLite's and its quick check finds nothing wrong; ``alone``, without its log."""
    try:
        if not _has_sound_header(database):
            return False
        with closing(connect(database, read_only=True, alone=alone)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False


def _has_sound_header(database: Path) -> bool:
    """Whether the fields of the file's header that never change are as SQLite writes them.

    SQLite itself opens a file whose version it does not know for reading only, and blames the disk
    (https://www.sqlite.org/fileformat2.html, section 1.3).
    """
    with database.open("rb") as file:
        head = file.read(100)
    if len(head) < 100 or head[:16] != b"SQLite format 3\0":
        return False
    page = int.from_bytes(head[16:18]) or 1 << 16
    sized = page == 1 or (page >= 512 and page.bit_count() == 1)
    versions = head[18] in (1, 2) and head[19] in (1, 2)
    form, encoding = int.from_bytes(head[44:48]), int.from_bytes(head[56:60])
    return sized and versions and head[21:24] == bytes((64, 32, 32)) and 1 <= form <= 4 and encoding == 1
