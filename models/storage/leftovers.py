"""What a killed program left half written, cleared away.

In its data folder by whoever gets the lock next, where backups go by the next backup.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from models.storage.data_folder import DataFolder

HALVES = (
    ("attachments", "tmp*"),
    ("backups", "[0-9]*.part*"),
    ("", ".restore-*.db*"),
    ("", "duchatong.new*"),
    ("", "ui.tmp"),
)
"""Folder and pattern of everything that is written beside its place before it is moved there."""


def clear(folder: DataFolder) -> None:
    """Remove every half-written file; only the lock's holder may, for nobody else is writing then."""
    for path in _found(folder):
        # Held open, as by a virus scanner: the next start tries again.
        with suppress(OSError):
            path.unlink()


def _found(folder: DataFolder) -> Iterator[Path]:
    for place, pattern in HALVES:
        yield from (path for path in (folder.root / place).glob(pattern) if path.is_file())


_BACKUP = re.compile(r"(\..+\.dcb(?:\.[0-9a-f]{8})?)(?:\.db(?:-\w+)?)?")
"""A backup that is being written, and the copy of the database beside it; 1.0.0 named the latter without the digits."""


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Mark a backup that is being written; a killed writer holds nothing. Windows removes no open file anyway."""
    file.touch()
    if os.name == "nt":
        yield
        return
    import fcntl

    handle = os.open(file, os.O_RDWR)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def clear_beside(folder: Path) -> None:
    """Remove what killed backups left in a folder; what another one is writing there now stays."""
    for path in folder.glob(".*.dcb*"):
        found = _BACKUP.fullmatch(path.name)
        if found and not _is_held(folder / found[1]):
            with suppress(OSError):
                path.unlink()


def _is_held(file: Path) -> bool:
    if os.name == "nt" or not file.exists():
        return False
    import fcntl

    try:
        handle = os.open(file, os.O_RDWR)
    except OSError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False
