"""Files made safe on the disk: their bytes, and the folder that names them."""

import os
from contextlib import suppress
from pathlib import Path


def sync(path: Path) -> None:
    """Make a file's bytes safe.

    Raises:
        OSError: the disk is full or gone.
    """
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make a folder's names safe; Windows cannot open a folder, some network drives cannot sync one."""
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def move(source: Path, target: Path) -> None:
    """Move a file or folder into its place, so that it is there after a power cut too.

    Raises:
        OSError: it cannot be moved there.
    """
    os.replace(source, target)
    sync_folder(target.parent)


def forget(path: Path) -> None:
    """Let the next reading of a file come from the disk and not from memory, where the system can."""
    if not hasattr(os, "posix_fadvise"):
        return
    with path.open("rb") as file, suppress(OSError):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
