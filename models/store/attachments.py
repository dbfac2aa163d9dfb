"""Files that belong to records, kept once each by the SHA-256 of their bytes."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from models.errors import Refusal
from models.store.folder import DataFolder

CHUNK = 1 << 20


def path_of(folder: DataFolder, sha256: str) -> Path:
    """Where the file with this hash lies, whether or not it is there."""
    return folder.attachments / sha256[:2] / sha256


def put(folder: DataFolder, source: BinaryIO) -> tuple[str, int]:
    """Keep a file; returns its hash and its size in bytes. Keeping it twice keeps it once.

    Raises:
        Refusal: the disk is full or gone.
    """
    digest, size, scratch = hashlib.sha256(), 0, None
    try:
        folder.attachments.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder.attachments, delete=False) as copy:
            scratch = Path(copy.name)
            while block := source.read(CHUNK):
                digest.update(block)
                size += len(block)
                copy.write(block)
            copy.flush()
            os.fsync(copy.fileno())
        home = path_of(folder, digest.hexdigest())
        home.parent.mkdir(exist_ok=True)
        os.replace(scratch, home)
    except OSError as error:
        raise Refusal("附件没有存下，请检查磁盘空间后再试。") from error
    finally:
        if scratch is not None:
            scratch.unlink(missing_ok=True)
    return digest.hexdigest(), size


def sound(folder: DataFolder, sha256: str) -> bool:
    """Whether the file is there and its bytes still have their hash."""
    path = path_of(folder, sha256)
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256
