"""The file a backup is: a zip of the database, of every attachment it names, and of a manifest.

Nothing in it is believed: what goes in is hashed, the finished file is read again and hashed, and what comes
out is hashed before it is kept. The manifest names the attachments that were lost or damaged already.
"""

import datetime as dt
import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO

from models.errors import Refusal
from models.storage import attachments, durable_files, schema, snapshots
from models.storage.attachments import Lacking
from models.storage.connection import connect
from models.storage.data_folder import DataFolder

SUFFIX = ".dcb"
DATABASE, MANIFEST, FILES = "duchatong.db", "manifest.json", "attachments/"
FORMAT = 1
MEMBER_LIMIT = 1 << 33
STRETCH = 32 << 20
"""Bytes that are made safe at a time."""
Progress = Callable[[int, int], None]
_HASH = re.compile(r"[0-9a-f]{64}")


class Unreadable(Exception):  # noqa: N818 - the file's fault, not ours
    """A member of a backup cannot be read."""


def names_of(database: Path) -> dict[str, str]:
    """The attachments a database names: file names by hash."""
    with closing(connect(database, read_only=True)) as connection:
        query = "SELECT sha256, min(name) FROM attachment WHERE sha256 != '' GROUP BY sha256 ORDER BY sha256"
        return dict(connection.execute(query).fetchall())


class Writer:
    """Writes one backup; what it finds lost or damaged is in ``lacking``."""

    def __init__(self, folder: DataFolder, database: Path, target: Path, progress: Progress | None) -> None:
        self.lacking: list[Lacking] = []
        self._folder, self._database, self._target = folder, database, target
        self._names = names_of(database)
        self._progress = progress or (lambda _done, _total: None)

    def write(self, now: dt.datetime) -> None:
        """Write the file and read it again: what is on the disk is what was meant, only then is it a backup.

        Raises:
            Damaged: the copy of the database is damaged.
            Refusal: what was written does not come back.
            OSError: the target is full or gone.
        """
        with ThreadPoolExecutor(4) as beside:
            with zipfile.ZipFile(self._target, "w", zipfile.ZIP_STORED) as archive:
                checked = beside.submit(snapshots.check, self._database)
                behind = _OlderBackup(self._target, beside)
                for done, (sha256, name) in enumerate(self._names.items(), start=1):
                    self._add(archive, sha256, name, behind)
                    self._progress(done, len(self._names))
                database = _add(archive, self._database, DATABASE, beside)
                behind.grown(database)
                checked.result()
                archive.writestr(MANIFEST, json.dumps(self._manifest(now, database.sha256), ensure_ascii=False))
            behind.finish()
        with opened(self._target):
            pass

    def _add(self, archive: zipfile.ZipFile, sha256: str, name: str, behind: "_OlderBackup") -> None:
        source = attachments.path_of(self._folder, sha256)
        if not source.is_file():
            self.lacking.append(Lacking(sha256, name, "丢失"))
            return
        written = _add(archive, source, FILES + sha256, behind.beside)
        if written.sha256 == sha256:
            behind.grown(written)
        else:
            self.lacking.append(Lacking(sha256, name, "已损坏"))

    def _manifest(self, now: dt.datetime, sha256: str) -> dict[str, Any]:
        return {
            "format": FORMAT, "made_at": now.isoformat(), "sha256": sha256, "attachments": list(self._names),
            "lacking": [[one.sha256, one.name, one.state] for one in self.lacking],
            "revision": schema.revision(self._database), "office": office(self._database),
            "counts": counts(self._database),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Written:
    """A member as it lies in the file; ``sha256`` is empty where its source could not be read."""

    start: int
    size: int
    sha256: str


class _OlderBackup:
    """Makes a growing file safe on the disk and reads it again from there, while it is written.

    Little is left to wait for at the end, and on a slow stick the progress told is true.
    """

    def __init__(self, path: Path, beside: Executor) -> None:
        self.beside = beside
        self._path = path
        self._unproved: list[_Written] = []
        self._proving: Future[None] | None = None

    def grown(self, written: _Written) -> None:
        """Tell of a member written; waits for the stretch before the last one."""
        self._unproved.append(written)
        if sum(one.size for one in self._unproved) >= STRETCH:
            self._wait()
            self._proving, self._unproved = self.beside.submit(_prove, self._path, self._unproved), []

    def finish(self) -> None:
        """The file is written: prove the rest.

        Raises:
            Refusal: what was written does not come back.
        """
        self._wait()
        _prove(self._path, self._unproved)

    def _wait(self) -> None:
        if self._proving:
            self._proving.result()


def _prove(path: Path, written: list[_Written]) -> None:
    durable_files.sync(path)
    durable_files.forget(path)
    with path.open("rb") as file:
        if all(_hash(file, one) == one.sha256 for one in written):
            return
    raise Refusal("备份写完后核对，内容与原来的不一致，这份备份没有保留。请检查 U 盘或磁盘，换一个位置再备份。")


def _hash(file: BinaryIO, written: _Written) -> str:
    digest, left = hashlib.sha256(), written.size
    file.seek(written.start)
    while left and (block := file.read(min(left, attachments.CHUNK))):
        digest.update(block)
        left -= len(block)
    return digest.hexdigest()


def _add(archive: zipfile.ZipFile, source: Path, name: str, beside: Executor) -> _Written:
    """Store a file by large blocks and hash it meanwhile; zipfile's own way reads eight kilobytes at a time."""
    member, digest, size = zipfile.ZipInfo(name), hashlib.sha256(), 0
    member.file_size = source.stat().st_size
    assert archive.fp is not None
    with source.open("rb") as file, archive.open(member, "w") as kept:
        start = archive.fp.tell()
        try:
            while block := file.read(attachments.CHUNK):
                hashed = beside.submit(digest.update, block)
                _write(kept, block)
                hashed.result()
                size += len(block)
        except _Unwritable as error:
            raise error.reason from None
        except OSError:
            return _Written(start, size, "")
    archive.fp.flush()
    return _Written(start, size, digest.hexdigest())


class _Unwritable(Exception):  # noqa: N818 - only tells the target's trouble from the source's
    def __init__(self, reason: OSError) -> None:
        self.reason = reason


def _write(kept: IO[bytes], block: bytes) -> None:
    try:
        kept.write(block)
    except OSError as error:
        raise _Unwritable(error) from error


def blocks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A member's bytes.

    Raises:
        Unreadable: the backup is damaged there, or the stick is gone.
    """
    try:
        with archive.open(name) as file:
            while block := file.read(attachments.CHUNK):
                yield block
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, KeyError, ValueError) as error:
        raise Unreadable from error


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    """A backup and its manifest.

    Raises:
        Refusal: it is no backup, or was made by a newer program.
    """
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise Refusal(f"没有找到备份文件：{path}。") from None
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _no_backup(path) from error
    with archive:
        yield archive, _read_manifest(path, archive)


def _no_backup(path: Path) -> Refusal:
    return Refusal(f"“{path.name}”不是督查通的备份文件，或已损坏。")


def _read_manifest(path: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    if any(info.file_size > MEMBER_LIMIT for info in archive.infolist()):
        raise _no_backup(path)
    try:
        manifest = json.loads(b"".join(blocks(archive, MANIFEST)))
        form, shape = manifest["format"], (manifest["office"], manifest["revision"], manifest["sha256"])
        hashes, counted = manifest["attachments"], manifest["counts"]
        dt.datetime.fromisoformat(manifest["made_at"])
    except (Unreadable, ValueError, TypeError, KeyError, RecursionError) as error:
        raise _no_backup(path) from error
    if not isinstance(form, int) or not all(isinstance(one, str) for one in (*shape, *hashes)):
        raise _no_backup(path)
    if not all(_HASH.fullmatch(one) for one in hashes):
        raise _no_backup(path)
    if form > FORMAT:
        raise Refusal("这份备份由更新版本的督查通制作，请安装新版本后再恢复。")
    if not isinstance(counted, dict) or not all(isinstance(one, int) for one in counted.values()):
        raise _no_backup(path)
    if DATABASE not in archive.namelist():
        raise Refusal(f"“{path.name}”不完整，里面没有数据文件。")
    return dict(manifest)


def told_lacking(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> tuple[Lacking, ...]:
    """What a backup lacks by its own account; 1.0.0 left it out without a word."""
    told = [one for one in manifest.get("lacking") or [] if isinstance(one, list) and len(one) == 3]
    known = {
        sha256: Lacking(sha256, str(name), "丢失" if state == "丢失" else "已损坏") for sha256, name, state in told
    }
    held = set(archive.namelist())
    for sha256 in manifest["attachments"]:
        if FILES + sha256 not in held:
            known.setdefault(sha256, Lacking(sha256, "", "丢失"))
    return tuple(known.values())


def office(database: Path) -> str:
    """The name of the office whose data a database holds."""
    with closing(connect(database, read_only=True)) as connection:
        row = connection.execute("SELECT name FROM office").fetchone()
    return str(row[0]) if row else ""


_COUNTED = ("team", "finding", "accountability_case", "feedback", "document", "unit", "site")


def counts(database: Path) -> dict[str, int]:
    """How many records a database holds, by table."""
    with closing(connect(database, read_only=True)) as connection:
        query = "SELECT count(*) FROM {} WHERE deleted_at IS NULL"
        return {table: connection.execute(query.format(table)).fetchone()[0] for table in _COUNTED}
