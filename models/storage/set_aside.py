"""Files that cannot be used stay in the data folder under another name; nothing is ever thrown away."""

import datetime as dt
import os
import shutil
from contextlib import suppress
from pathlib import Path

from models.storage import durable_files
from models.storage.data_folder import DataFolder

LOGS = ("-wal", "-shm")
"""What SQLite keeps beside a database while it is open."""


def set_aside(folder: DataFolder, now: dt.datetime) -> Path:
    """Keep a database that cannot be read, with what lies beside it; its own file stays until another takes its place.

    A log that stays would be played into whatever database comes next, so it is moved away. Takes no room on the
    disk where the disk can give a file two names.

    Raises:
        OSError: the disk is full or cannot be written to.
    """
    kept = _free(folder, now)
    if folder.database.exists():
        _second_name(folder.database, kept)
    move_logs(folder, kept)
    durable_files.sync_folder(folder.root)
    return kept


def move_logs_aside(folder: DataFolder, now: dt.datetime) -> Path:
    """Keep the log beside a database that it does not belong to; returns what it is called now.

    Raises:
        OSError: the disk cannot be written to.
    """
    kept = _free(folder, now)
    move_logs(folder, kept)
    durable_files.sync_folder(folder.root)
    return kept.with_name(kept.name + LOGS[0])


def move_logs(folder: DataFolder, kept: Path) -> None:
    """Give the files beside the database the other database's name."""
    for suffix in LOGS:
        with suppress(FileNotFoundError):
            os.replace(folder.database.with_name(folder.database.name + suffix), kept.with_name(kept.name + suffix))


def _free(folder: DataFolder, now: dt.datetime) -> Path:
    stem, number = f"duchatong.damaged-{now:%Y%m%d-%H%M%S}", 1
    kept = folder.root / f"{stem}.db"
    while any(kept.with_name(kept.name + suffix).exists() for suffix in ("", *LOGS)):
        number += 1
        kept = folder.root / f"{stem}-{number}.db"
    return kept


def _second_name(file: Path, kept: Path) -> None:
    try:
        os.link(file, kept)
    except OSError:  # a stick's file system has no second names
        shutil.copyfile(file, kept)
