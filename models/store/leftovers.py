"""What a killed program left half written in its data folder, cleared away by whoever gets the lock next."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from models.store.folder import DataFolder

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
