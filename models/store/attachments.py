"""Files that belong to records, kept once each by the SHA-256 of their bytes."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar

from models.errors import Refusal
from models.store.folder import DataFolder

T = TypeVar("T")
CHUNK = 1 << 20
AT_ONCE = 4
"""How many files are written at a time; more gain nothing."""


def path_of(folder: DataFolder, sha256: str) -> Path:
    """Where the file with this hash lies, whether or not it is there."""
    return folder.attachments / sha256[:2] / sha256


def put(folder: DataFolder, source: BinaryIO) -> tuple[str, int]:
    """Keep a file; returns its hash and its size in bytes. Keeping it twice keeps it once.

    Raises:
        Refusal: the disk is full or gone.
    """
    with Batch(folder) as batch:
        kept = batch.put(source)
        batch.keep()
    return kept


class Batch:
    """Many files at once: written beside their places and made safe, and only then moved in."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._scratch: list[Path] = []
        self._written: list[tuple[Path, str]] = []
        self._pool = ThreadPoolExecutor(AT_ONCE)

    def __enter__(self) -> "Batch":
        with _explained():
            self._folder.attachments.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)
        for scratch in self._scratch:
            scratch.unlink(missing_ok=True)

    def at_once(self, put: Callable[[T], object], items: Iterable[T]) -> Iterator[object]:
        """Call ``put`` for each item in a few threads: while one waits for the disk, the next is hashed.

        What it returns comes in the order of the items; what it raises ends them all.
        """
        return self._pool.map(put, items)

    def put(self, source: BinaryIO) -> tuple[str, int]:
        """Write one file beside the others; returns its hash and its size in bytes.

        Raises:
            Refusal: the disk is full or gone.
        """
        digest, size = hashlib.sha256(), 0
        with _explained(), tempfile.NamedTemporaryFile(dir=self._folder.attachments, delete=False) as copy:
            self._scratch.append(Path(copy.name))
            while block := source.read(CHUNK):
                digest.update(block)
                size += len(block)
                copy.write(block)
            copy.flush()
            os.fsync(copy.fileno())
        self._written.append((Path(copy.name), digest.hexdigest()))
        return digest.hexdigest(), size

    def keep(self) -> None:
        """Move all of them into place.

        Raises:
            Refusal: the disk is full or gone.
        """
        with _explained():
            for scratch, sha256 in self._written:
                home = path_of(self._folder, sha256)
                home.parent.mkdir(exist_ok=True)
                os.replace(scratch, home)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Refusal("附件没有存下，请检查磁盘空间后再试。") from error


def sound(folder: DataFolder, sha256: str) -> bool:
    """Whether the file is there and its bytes still have their hash."""
    path = path_of(folder, sha256)
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256
