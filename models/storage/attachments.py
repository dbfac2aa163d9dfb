"""Files that belong to records, kept once each by the SHA-256 of their bytes."""

import datetime as dt
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, TypeVar

from models.errors import Refusal
from models.storage import durable_files
from models.storage.data_folder import DataFolder

T = TypeVar("T")
CHUNK = 1 << 20
AT_ONCE = 4
"""How many files are written at a time; more gain nothing."""
DAILY = 512 << 20
"""Bytes that are read in a day's look at them."""
State = Literal["丢失", "已损坏"]
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Lacking:
    """A file that is gone, or whose bytes are others than they were; ``name`` as the clerk knows it."""

    sha256: str
    name: str
    state: State


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
        return self.put_blocks(iter(lambda: source.read(CHUNK), b""))

    def put_blocks(self, blocks: Iterable[bytes], only: str = "") -> tuple[str, int]:
        """The same of a file that comes block by block; with ``only`` it is kept if that is its hash.

        Raises:
            Refusal: the disk is full or gone.
        """
        digest, size = hashlib.sha256(), 0
        with _explained(), tempfile.NamedTemporaryFile(dir=self._folder.attachments, delete=False) as copy:
            self._scratch.append(Path(copy.name))
            for block in blocks:
                digest.update(block)
                size += len(block)
                copy.write(block)
            copy.flush()
            os.fsync(copy.fileno())
        if only in ("", digest.hexdigest()):
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
        for place in {path_of(self._folder, sha256).parent for _, sha256 in self._written}:
            durable_files.sync_folder(place)
        durable_files.sync_folder(self._folder.attachments)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Refusal("附件没有存下，请检查磁盘空间后再试。") from error


def sound(folder: DataFolder, sha256: str) -> bool:
    """Whether the file is there and its bytes still have their hash."""
    return state(folder, sha256) is None


def state(folder: DataFolder, sha256: str) -> State | None:
    """What is wrong with a file; None where it is there and its bytes still have their hash."""
    path = path_of(folder, sha256)
    if not path.is_file():
        return "丢失"
    try:
        with path.open("rb") as file:
            return None if hashlib.file_digest(file, "sha256").hexdigest() == sha256 else "已损坏"
    except OSError:
        return "已损坏"


def lost(
    folder: DataFolder, names: Mapping[str, str], progress: Callable[[int, int], None] | None = None
) -> tuple[Lacking, ...]:
    """Of the files named, by hash, those that are gone or damaged; every byte is read."""
    found = []
    for done, (sha256, name) in enumerate(names.items(), start=1):
        if wrong := state(folder, sha256):
            found.append(Lacking(sha256, name, wrong))
        if progress:
            progress(done, len(names))
    return tuple(found)


def lost_today(folder: DataFolder, names: Mapping[str, str], today: dt.date, room: int = DAILY) -> tuple[Lacking, ...]:
    """The same of those whose turn it is: ``room`` bytes a day are read, and all of them in a few days.

    One that is gone is seen every day.
    """
    places = {sha256: path_of(folder, sha256) for sha256 in names}
    sizes = {sha256: place.stat().st_size for sha256, place in places.items() if place.is_file()}
    turns = max(1, -(-sum(sizes.values()) // room))
    mine = (sha256 for n, sha256 in enumerate(names) if sha256 not in sizes or n % turns == today.toordinal() % turns)
    return lost(folder, {sha256: names[sha256] for sha256 in mine})


def in_words(lacking: Iterable[Lacking]) -> str:
    """Which files, in a few words: “2 个附件（“1.jpg”丢失、“2.jpg”已损坏）”."""
    lacking = list(lacking)
    some = "、".join(f"“{one.name or one.sha256[:8]}”{one.state}" for one in lacking[:_NAMED])
    return f"{len(lacking)} 个附件（{some}{'等' if len(lacking) > _NAMED else ''}）"
