"""The file that travels (.dct): a zip of one manifest, its seal, and sealed members.

Everything is stored, not deflated: what is compressed is compressed before it is sealed, so the
zip's own sizes are the truth and a bomb cannot hide in them. See FORMAT.md.
"""

import hashlib
import re
import struct
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import uuid4

import msgspec

from models.errors import Refusal
from models.exchange import sealing
from models.exchange.manifest import Lock, Manifest, Member
from models.exchange.sealing import CHUNK, KEY, TAG, Unsealed
from models.storage import durable_files

FORMAT = 1
SUFFIX = ".dct"
MANIFEST, SEAL, RECORDS = "manifest.json", "seal", "records"
MOST_MEMBERS = 20_000
MOST_DIRECTORY = 8 << 20
MOST_MANIFEST = 16 << 20
MOST_RECORDS = 64 << 20
MOST_EVIDENCE = 256 << 20
SEAL_SIZE = 12 + TAG

UNREADABLE = (
    zipfile.BadZipFile, OSError, EOFError, KeyError, ValueError, RuntimeError, OverflowError, struct.error, zlib.error,
)  # fmt: skip
"""What the zip module raises on a damaged file, NotImplementedError and RecursionError among them."""

Progress = Callable[[int, int], None]
"""Told how much is done of how much; what it raises (cancelled) ends the work with nothing changed."""


class Evidence(msgspec.Struct, frozen=True):
    """A file to travel: its hash, where its bytes lie, and what a clerk calls it."""

    sha256: str
    path: Path
    name: str = ""


def package_key(lock: Lock, pairing_key: bytes, package_id: str, passphrase: str) -> bytes:
    """The key of one package.

    Raises:
        Unsealed: the lock is none of ours.
    """
    salt = sealing.from_text(lock.salt)
    base = pairing_key
    if lock.passphrase:
        base += sealing.stretched(passphrase, salt, lock.n, lock.r, lock.p)
    return sealing.derived(base, salt, f"duchatong package {package_id}")


def write(
    target: Path,
    manifest: Manifest,
    key: bytes,
    records: bytes,
    *,
    evidence: tuple[Evidence, ...] = (),
    progress: Progress | None = None,
) -> str:
    """Write a package beside its target and move it into place; returns its fingerprint.

    Raises:
        Refusal: the target cannot be written, or a file to travel is damaged.
    """
    scratch = target.with_name(f".{target.name}.{uuid4().hex[:8]}")
    try:
        with (
            ThreadPoolExecutor(1) as hasher,
            zipfile.ZipFile(scratch, "w", zipfile.ZIP_STORED, allowZip64=True) as archive,
        ):
            members = [_seal_bytes(archive, key, zlib.compress(records), RECORDS)]
            for done, one in enumerate(evidence, start=1):
                members.append(_seal_file(archive, key, one, hasher))
                if progress:
                    progress(done, len(evidence))
            content = msgspec.json.encode(msgspec.structs.replace(manifest, members=tuple(members)))
            archive.writestr(MANIFEST, content)
            archive.writestr(SEAL, sealing.seal(sealing.derived(key, b"", "manifest"), b"", content))
        durable_files.sync(scratch)
        durable_files.move(scratch, target)
    except OSError as error:
        raise Refusal(f"没有写成：{target}。请检查磁盘空间，确认 U 盘没有拔下、文件夹可以写入。") from error
    finally:
        scratch.unlink(missing_ok=True)
    return hashlib.sha256(content).hexdigest()


def _seal_bytes(archive: zipfile.ZipFile, key: bytes, content: bytes, name: str) -> Member:
    chunks = (content[i : i + CHUNK] for i in range(0, len(content), CHUNK))
    with archive.open(name, "w", force_zip64=True) as member:
        for chunk in sealing.sealed_chunks(_member_key(key, name), chunks):
            member.write(chunk)
    return Member(name, len(content), hashlib.sha256(content).hexdigest())


def _seal_file(archive: zipfile.ZipFile, key: bytes, evidence: Evidence, hasher: ThreadPoolExecutor) -> Member:
    """A file that rotted on this disk is found out here, where it can still be replaced."""
    name, digest = f"evidence/{evidence.sha256}", hashlib.sha256()
    hashing: list[Future[None]] = []

    def plain() -> Iterator[bytes]:
        while chunk := source.read(CHUNK):
            wait(hashing)
            hashing[:] = [hasher.submit(digest.update, chunk)]  # While others are sealed and written.
            yield chunk

    with evidence.path.open("rb") as source, archive.open(name, "w", force_zip64=True) as member:
        for chunk in sealing.sealed_chunks(_member_key(key, name), plain()):
            member.write(chunk)
        size = source.tell()
    wait(hashing)
    if digest.hexdigest() != evidence.sha256:
        raise Refusal(f"附件“{evidence.name}”在本机已损坏，没有制作数据包。请删除后重新添加这个附件。")
    return Member(name, size, evidence.sha256)


def _member_key(key: bytes, name: str) -> bytes:
    return sealing.derived(key, b"", f"member {name}")


def look(path: Path) -> Manifest:
    """What a package says of itself, before its seal was proven.

    Raises:
        Refusal: it is no package, is damaged, or is too new for this program.
    """
    with _Archive(path) as archive:
        return _manifest(path, archive)[0]


class Opened:
    """A package whose seal holds. Its files are read in chunks."""

    def __init__(self, path: Path, manifest: Manifest, key: bytes, fingerprint: str) -> None:
        self.path = path
        self.manifest = manifest
        self.fingerprint = fingerprint
        self._key = key
        self._members = {m.name: m for m in manifest.members}

    @property
    def evidence(self) -> frozenset[str]:
        """The hashes of the files inside."""
        return frozenset(m.sha256 for name, m in self._members.items() if name != RECORDS)

    def records(self) -> bytes:
        """The JSON records.

        Raises:
            Refusal: they are damaged or larger than any of ours.
        """
        with _Archive(self.path) as archive:
            packed = b"".join(self._plain(archive, RECORDS))
        if hashlib.sha256(packed).hexdigest() != self._members[RECORDS].sha256:
            raise damaged(self.path)
        unpacker = zlib.decompressobj()
        try:
            content = unpacker.decompress(packed, MOST_RECORDS)
        except zlib.error as error:
            raise damaged(self.path) from error
        if not unpacker.eof:
            raise damaged(self.path)
        return content

    @contextmanager
    def files(self) -> Iterator[Callable[[str], Iterator[bytes]]]:
        """What gives a file's chunks by its hash, to several threads at a time if they like.

        The caller, who keeps them by their hashes, holds what came against what was asked for.

        Raises:
            Refusal: one is damaged.
        """
        with _Archive(self.path) as archive:
            yield lambda sha256: self._plain(archive, f"evidence/{sha256}")

    def _plain(self, archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
        """The sealed stream proves itself; its last chunk comes only when nothing was missing."""
        try:
            with _member(archive, name) as source:
                yield from sealing.unsealed_chunks(_member_key(self._key, name), _pieces(source))
        except (Unsealed, *UNREADABLE) as error:
            raise damaged(self.path) from error


_COUNTING = threading.Lock()


@contextmanager
def _member(archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """A member to read. The zip module reads for many threads, but counts what is open for one."""
    with _COUNTING:
        source = archive.open(name)
    try:
        yield source
    finally:
        with _COUNTING:
            source.close()


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: source.read(CHUNK + TAG), b"")


def open_with(path: Path, pairing_key: bytes, passphrase: str = "") -> Opened:
    """Open a package with the pairing key, proving its seal before anything in it is believed.

    Raises:
        Refusal: damaged, tampered with, too new, another office's, or the passphrase is wrong.
    """
    with _Archive(path) as archive:
        manifest, content = _manifest(path, archive)
        if manifest.lock.passphrase and not passphrase:
            raise wants_passphrase(path)
        try:
            key = package_key(manifest.lock, pairing_key, manifest.id, passphrase)
            sealing.unseal(sealing.derived(key, b"", "manifest"), archive.read(SEAL), content)
        except (Unsealed, *UNREADABLE) as error:
            raise _wrong_passphrase(path) if manifest.lock.passphrase else damaged(path) from error
        _check_members(path, archive, manifest)
    return Opened(path, manifest, key, hashlib.sha256(content).hexdigest())


def pairing_key_in(path: Path, manifest: Manifest, passphrase: str = "") -> bytes | None:
    """The pairing key a first package carries; None between paired offices.

    Raises:
        Refusal: it is locked by a passphrase and the one given does not fit.
    """
    lock = manifest.lock
    if not lock.pairing:
        return None
    if lock.wrapped and not passphrase:
        raise wants_passphrase(path)
    try:
        carried = sealing.from_text(lock.pairing)
        if lock.wrapped:
            wrapping = sealing.stretched(passphrase, sealing.from_text(lock.salt), lock.n, lock.r, lock.p)
            carried = sealing.unseal(wrapping, carried, manifest.id.encode())
    except Unsealed as error:
        raise _wrong_passphrase(path) if lock.wrapped else damaged(path) from error
    if len(carried) != KEY:
        raise damaged(path)
    return carried


def damaged(path: Path) -> Refusal:
    """The sentence for a package that cannot be believed."""
    return Refusal(f"“{path.name}”已损坏或被改动，没有导入任何内容。请对方重新发送。")


def wants_passphrase(path: Path) -> Refusal:
    """The sentence for a package that was locked by an extra passphrase."""
    return Refusal(f"打开“{path.name}”需要口令，请向发包单位询问。")


def _wrong_passphrase(path: Path) -> Refusal:
    return Refusal(f"“{path.name}”打不开：口令不对，或文件已损坏。请核对口令后再试。")


def _no_package(path: Path) -> Refusal:
    return Refusal(f"“{path.name}”不是督查通的数据包，或已损坏。请核对文件，或请对方重新发送。")


class _Archive:
    """An open zip; what the zip module complains of becomes a sentence."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> zipfile.ZipFile:
        try:
            if self._path.exists() and not self._path.is_file():  # a pipe would be waited for without end
                raise _no_package(self._path)
            _check_ending(self._path)
            self._archive = zipfile.ZipFile(self._path)
        except FileNotFoundError as error:
            raise Refusal(f"找不到文件：{self._path}。") from error
        except PermissionError as error:
            raise Refusal(f"文件正被其他程序打开，请关闭后再试：{self._path.name}。") from error
        except UNREADABLE as error:
            raise _no_package(self._path) from error
        return self._archive

    def __exit__(self, *_: object) -> None:
        self._archive.close()


_END, _LOCATOR, _END64 = 22, 20, 56


def _check_ending(path: Path) -> None:
    """Refuse a directory that is too large before the zip module reads all of it into memory.

    Raises:
        BadZipFile: the file does not end as ours do: a directory of modest size, no comment.
    """
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _END - _LOCATOR - _END64))
        tail = file.read()
    if len(tail) < _END or tail[-_END:][:4] != b"PK\5\6" or tail[-2:] != b"\0\0":
        raise zipfile.BadZipFile
    sizes = list(struct.unpack("<I", tail[-10:-6]))
    if tail[-_END - _LOCATOR :][:4] == b"PK\6\7":
        sizes += struct.unpack("<Q", tail[:_END64][40:48])
    if max(sizes) > MOST_DIRECTORY:
        raise zipfile.BadZipFile


def _manifest(path: Path, archive: zipfile.ZipFile) -> tuple[Manifest, bytes]:
    infos = archive.infolist()
    sizes = {info.filename: info.file_size for info in infos}
    stored = all(i.compress_type == zipfile.ZIP_STORED and i.compress_size == i.file_size for i in infos)
    if len(infos) > MOST_MEMBERS + 3 or len(sizes) != len(infos) or not stored or MANIFEST not in sizes:
        raise _no_package(path)
    try:
        content = archive.read(MANIFEST) if sizes[MANIFEST] <= MOST_MANIFEST else b""
        stamp = msgspec.json.decode(content, type=_Stamp)
        if stamp.format > FORMAT:
            needs = f" {stamp.needs} 以上" if _VERSION.fullmatch(stamp.needs) else "新"
            raise Refusal(f"“{path.name}”由更新版本的督查通制作，请安装{needs}版本后再导入。")
        manifest = msgspec.json.decode(content, type=Manifest)
    except (msgspec.DecodeError, *UNREADABLE) as error:
        raise damaged(path) from error
    if sizes.get(SEAL) != SEAL_SIZE:
        raise damaged(path)
    return manifest, content


_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){1,3}")


class _Stamp(msgspec.Struct):
    """The part of a manifest every version can read."""

    format: int
    needs: str = ""


def _check_members(path: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    expected = {m.name: m for m in manifest.members}
    sizes = {i.filename: i.file_size for i in archive.infolist() if i.filename not in (MANIFEST, SEAL)}
    if set(sizes) != set(expected) or len(expected) != len(manifest.members) or RECORDS not in expected:
        raise damaged(path)
    for name, member in expected.items():
        chunks = max(1, -(-member.size // CHUNK))
        most = MOST_RECORDS if name == RECORDS else MOST_EVIDENCE
        lawful = name in (RECORDS, f"evidence/{member.sha256}")
        if not lawful or member.size > most or sizes[name] != member.size + chunks * TAG:
            raise damaged(path)
