"""The file that travels (.dct): a zip of one manifest, its seal, and sealed members.

Everything is stored, not deflated: what is compressed is compressed before it is sealed, so the
zip's own sizes are the truth and a bomb cannot hide in them. See FORMAT.md.
"""

import hashlib
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Literal
from uuid import uuid4

import msgspec

from models.errors import Refusal
from models.exchange import sealing
from models.exchange.sealing import CHUNK, TAG, Unsealed

FORMAT = 1
SUFFIX = ".dct"
MANIFEST, SEAL, RECORDS = "manifest.json", "seal", "records"
MOST_MEMBERS = 20_000
MOST_MANIFEST = 16 << 20
MOST_RECORDS = 64 << 20
MOST_EVIDENCE = 256 << 20

UNREADABLE = (
    zipfile.BadZipFile, OSError, EOFError, KeyError, ValueError, RuntimeError, OverflowError, struct.error, zlib.error,
)  # fmt: skip
"""What the zip module raises on a damaged file, NotImplementedError and RecursionError among them."""

Kind = Literal["task", "return", "receipt"]
Progress = Callable[[int, int], None]


class Party(msgspec.Struct, frozen=True):
    """One end of a package. ``epoch`` changes when that office restored a backup."""

    uuid: str = ""
    name: str = ""
    role: str = ""
    epoch: str = ""
    past_epochs: tuple[str, ...] = ()


class Lock(msgspec.Struct, frozen=True):
    """How the package's key is come by.

    ``pairing`` is empty between paired offices. Before, it carries the pairing key: as it is
    when ``wrapped`` is False, sealed by the passphrase's key when True.
    """

    salt: str
    passphrase: bool = False
    n: int = 0
    r: int = 0
    p: int = 0
    pairing: str = ""
    wrapped: bool = False


class Member(msgspec.Struct, frozen=True):
    """A sealed member: plain size in bytes, SHA-256 of the plain bytes."""

    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What a package says of itself, readable before it is opened, bound by its seal."""

    format: int
    needs: str
    kind: Kind
    id: str
    pairing_id: str
    sender: Party
    receiver: Party
    batch: int
    made_at: str
    lock: Lock
    members: tuple[Member, ...] = ()


class Evidence(msgspec.Struct, frozen=True):
    """A file to travel: its hash and where its bytes lie."""

    sha256: str
    path: Path


def package_key(lock: Lock, pairing_key: bytes, package_id: str, passphrase: str) -> bytes:
    """The key of one package.

    Raises:
        Unsealed: a passphrase is wanted and none was given.
    """
    salt = sealing.from_text(lock.salt)
    base = pairing_key
    if lock.passphrase and not lock.wrapped:
        if not passphrase:
            raise Unsealed
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
    """Write a package beside its target and move it into place; returns the file's SHA-256.

    Raises:
        Refusal: the target cannot be written.
    """
    scratch = target.with_name(f".{target.name}.{uuid4().hex[:8]}")
    try:
        with zipfile.ZipFile(scratch, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
            members = [_seal_bytes(archive, key, zlib.compress(records), RECORDS)]
            for done, one in enumerate(evidence, start=1):
                members.append(_seal_file(archive, key, one))
                if progress:
                    progress(done, len(evidence))
            content = msgspec.json.encode(msgspec.structs.replace(manifest, members=tuple(members)))
            archive.writestr(MANIFEST, content)
            archive.writestr(SEAL, sealing.seal(sealing.derived(key, b"", "manifest"), b"", content))
        with scratch.open("rb+") as file:
            os.fsync(file.fileno())
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.replace(scratch, target)
    except OSError as error:
        raise Refusal(f"没有写成：{target}。请检查磁盘空间，确认 U 盘没有拔下、文件夹可以写入。") from error
    finally:
        scratch.unlink(missing_ok=True)
    return digest


def _seal_bytes(archive: zipfile.ZipFile, key: bytes, content: bytes, name: str) -> Member:
    chunks = (content[i : i + CHUNK] for i in range(0, len(content), CHUNK))
    with archive.open(name, "w", force_zip64=True) as member:
        for chunk in sealing.sealed_chunks(_member_key(key, name), chunks):
            member.write(chunk)
    return Member(name, len(content), hashlib.sha256(content).hexdigest())


def _seal_file(archive: zipfile.ZipFile, key: bytes, evidence: Evidence) -> Member:
    name = f"evidence/{evidence.sha256}"
    with evidence.path.open("rb") as source, archive.open(name, "w", force_zip64=True) as member:
        for chunk in sealing.sealed_chunks(_member_key(key, name), iter(lambda: source.read(CHUNK), b"")):
            member.write(chunk)
        return Member(name, source.tell(), evidence.sha256)


def _member_key(key: bytes, name: str) -> bytes:
    return sealing.derived(key, b"", f"member {name}")


def look(path: Path) -> Manifest:
    """What a package says of itself, before its seal was proven.

    Raises:
        Refusal: it is no package, is damaged, or is too new for this program.
    """
    with _archive(path) as archive:
        return _manifest(path, archive)[0]


class Opened:
    """A package whose seal holds. Its evidence is read one file at a time."""

    def __init__(self, path: Path, manifest: Manifest, key: bytes) -> None:
        self.path = path
        self.manifest = manifest
        self._key = key

    @property
    def evidence(self) -> frozenset[str]:
        """The hashes of the files inside."""
        return frozenset(m.sha256 for m in self.manifest.members if m.name != RECORDS)

    def records(self) -> bytes:
        """The JSON records.

        Raises:
            Refusal: they are damaged or larger than any of ours.
        """
        packed = b"".join(self._plain(RECORDS))
        unpacker = zlib.decompressobj()
        try:
            content = unpacker.decompress(packed, MOST_RECORDS)
        except zlib.error as error:
            raise damaged(self.path) from error
        if unpacker.unconsumed_tail or not unpacker.eof:
            raise damaged(self.path)
        return content

    def file(self, sha256: str) -> Iterator[bytes]:
        """The bytes of one file, in chunks; the last one comes only when all of it was sound.

        Raises:
            Refusal: it is damaged.
        """
        return self._plain(f"evidence/{sha256}")

    def _plain(self, name: str) -> Iterator[bytes]:
        member = next((m for m in self.manifest.members if m.name == name), None)
        if member is None:
            raise damaged(self.path)
        digest, size, held = hashlib.sha256(), 0, b""
        try:
            with _archive(self.path) as archive, archive.open(name) as source:
                for chunk in sealing.unsealed_chunks(_member_key(self._key, name), _pieces(source)):
                    digest.update(chunk)
                    size += len(chunk)
                    if held:
                        yield held
                    held = chunk
        except (Unsealed, *UNREADABLE) as error:
            raise damaged(self.path) from error
        if size != member.size or digest.hexdigest() != member.sha256:
            raise damaged(self.path)
        if held:
            yield held


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: source.read(CHUNK + TAG), b"")


def open_with(path: Path, pairing_key: bytes, passphrase: str = "") -> Opened:
    """Open a package with the pairing key, proving its seal before anything in it is believed.

    Raises:
        Refusal: damaged, tampered with, too new, another office's, or the passphrase is wrong.
    """
    with _archive(path) as archive:
        manifest, content = _manifest(path, archive)
        try:
            key = package_key(manifest.lock, pairing_key, manifest.id, passphrase)
            sealing.unseal(sealing.derived(key, b"", "manifest"), archive.read(SEAL), content)
        except (Unsealed, *UNREADABLE) as error:
            if manifest.lock.passphrase:
                raise Refusal(f"“{path.name}”打不开：口令不对，或文件已损坏。请核对口令后再试。") from error
            raise damaged(path) from error
        _check_members(path, archive, manifest)
    return Opened(path, manifest, key)


def pairing_key_in(path: Path, manifest: Manifest, passphrase: str = "") -> bytes | None:
    """The pairing key a first package carries; None between paired offices.

    Raises:
        Refusal: it is locked by a passphrase and the one given does not fit.
    """
    lock = manifest.lock
    if not lock.pairing:
        return None
    try:
        carried = sealing.from_text(lock.pairing)
        if not lock.wrapped:
            return carried
        if not passphrase:
            raise Refusal(f"打开“{path.name}”需要口令，请向发包单位询问。")
        wrapping = sealing.stretched(passphrase, sealing.from_text(lock.salt), lock.n, lock.r, lock.p)
        return sealing.unseal(wrapping, carried, manifest.id.encode())
    except Unsealed as error:
        raise Refusal(f"“{path.name}”打不开：口令不对，或文件已损坏。请核对口令后再试。") from error


def damaged(path: Path) -> Refusal:
    """The sentence for a package that cannot be believed."""
    return Refusal(f"“{path.name}”已损坏或被改动，没有导入任何内容。请对方重新发送。")


class _archive:  # noqa: N801 - a context manager used like a function
    """An open zip; what the zip module complains of becomes a sentence."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> zipfile.ZipFile:
        try:
            self._archive = zipfile.ZipFile(self._path)
        except FileNotFoundError as error:
            raise Refusal(f"找不到文件：{self._path}。") from error
        except PermissionError as error:
            raise Refusal(f"文件正被其他程序打开，请关闭后再试：{self._path.name}。") from error
        except UNREADABLE as error:
            raise Refusal(f"“{self._path.name}”不是督查通的数据包，或已损坏。") from error
        return self._archive

    def __exit__(self, *_: object) -> None:
        self._archive.close()


def _manifest(path: Path, archive: zipfile.ZipFile) -> tuple[Manifest, bytes]:
    infos = archive.infolist()
    names = [info.filename for info in infos]
    stored = all(i.compress_type == zipfile.ZIP_STORED and i.compress_size == i.file_size for i in infos)
    if len(infos) > MOST_MEMBERS + 2 or len(set(names)) != len(names) or not stored or MANIFEST not in names:
        raise Refusal(f"“{path.name}”不是督查通的数据包，或已损坏。")
    if archive.getinfo(MANIFEST).file_size > MOST_MANIFEST:
        raise damaged(path)
    try:
        content = archive.read(MANIFEST)
        stamp = msgspec.json.decode(content, type=_Stamp)
        if stamp.format > FORMAT:
            raise Refusal(f"“{path.name}”由更新版本的督查通制作，请安装 {stamp.needs[:20]} 以上版本后再导入。")
        return msgspec.json.decode(content, type=Manifest), content
    except (msgspec.DecodeError, *UNREADABLE) as error:
        raise damaged(path) from error


class _Stamp(msgspec.Struct):
    """The part of a manifest every version can read."""

    format: int
    needs: str = ""


def _check_members(path: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    expected = {m.name: m for m in manifest.members}
    found = {i.filename: i.file_size for i in archive.infolist()} | {}
    sizes = {name: size for name, size in found.items() if name not in (MANIFEST, SEAL)}
    if set(sizes) != set(expected) or len(expected) != len(manifest.members) or RECORDS not in expected:
        raise damaged(path)
    for name, member in expected.items():
        chunks = max(1, -(-member.size // CHUNK))
        lawful = name in (RECORDS, f"evidence/{member.sha256}")
        if not lawful or member.size > MOST_EVIDENCE or sizes[name] != member.size + chunks * TAG:
            raise damaged(path)
