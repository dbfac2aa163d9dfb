"""Files that belong to records, kept once each by the SHA-256 of their bytes."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from models.errors import Refusal
from models.store.folder import DataFolder

CHUNK = 1 << 20
AT_ONCE = 4
"""How many files are made safe at a time; more gain nothing."""


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
    """Many files at once: written beside their places and made safe, and only then moved in.

    A few threads wait for the disk while the next file is written: it makes several files safe in
    hardly more time than one.
    """

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._waiting: list[tuple[Path, str]] = []
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self._syncing: list[Future[None]] = []

    def __enter__(self) -> "Batch":
        with _explained():
            self._folder.attachments.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)
        for scratch, _sha256 in self._waiting:
            scratch.unlink(missing_ok=True)

    def put(self, source: BinaryIO) -> tuple[str, int]:
        """Write one file beside the others; returns its hash and its size in bytes.

        Raises:
            Refusal: the disk is full or gone.
        """
        digest, size = hashlib.sha256(), 0
        with _explained(), tempfile.NamedTemporaryFile(dir=self._folder.attachments, delete=False) as copy:
            place = len(self._waiting)
            self._waiting.append((Path(copy.name), ""))
            while block := source.read(CHUNK):
                digest.update(block)
                size += len(block)
                copy.write(block)
        self._waiting[place] = (Path(copy.name), digest.hexdigest())
        self._syncing.append(self._pool.submit(_sync, Path(copy.name)))
        return digest.hexdigest(), size

    def keep(self) -> None:
        """Move all of them into place, once all are safe.

        Raises:
            Refusal: the disk is full or gone.
        """
        with _explained():
            for synced in self._syncing:
                synced.result()
            for scratch, sha256 in self._waiting:
                home = path_of(self._folder, sha256)
                home.parent.mkdir(exist_ok=True)
                os.replace(scratch, home)
        self._waiting.clear()


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


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
