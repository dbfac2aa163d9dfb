"""Keys and sealed streams of a package. FORMAT.md tells the design and the threats it meets.

AES-256-GCM, HKDF-SHA256 and scrypt come from ``cryptography``; nothing here invents a cipher.
"""

import base64
import secrets
import struct
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

KEY, SALT, TAG = 32, 16, 16
CHUNK = 1 << 20
"""Plain bytes sealed at a time."""
SCRYPT = {"n": 1 << 15, "r": 8, "p": 1}
SCRYPT_LEAST = {"n": 2, "r": 1, "p": 1}
SCRYPT_MOST = {"n": 1 << 16, "r": 8, "p": 2}
"""64 MB and a second: what a stranger's file may cost before its seal is proven."""


class Unsealed(Exception):  # noqa: N818 - what was found, told to the caller in its own words
    """The seal does not fit: damaged, tampered with, or another key."""


def new_key() -> bytes:
    """A fresh 256-bit key."""
    return secrets.token_bytes(KEY)


def new_salt() -> bytes:
    """A fresh salt."""
    return secrets.token_bytes(SALT)


def stretched(passphrase: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    """A key from a passphrase (scrypt, RFC 7914).

    Raises:
        Unsealed: the parameters ask for more work than any package of ours would.
    """
    wanted = {"n": n, "r": r, "p": p}
    if any(not SCRYPT_LEAST[name] <= asked <= SCRYPT_MOST[name] for name, asked in wanted.items()) or n & (n - 1):
        raise Unsealed
    return Scrypt(salt=salt, length=KEY, n=n, r=r, p=p).derive(passphrase.strip().encode())


def derived(key: bytes, salt: bytes, purpose: str) -> bytes:
    """A key of one purpose from another (HKDF, RFC 5869)."""
    return HKDF(algorithm=hashes.SHA256(), length=KEY, salt=salt, info=purpose.encode()).derive(key)


def seal(key: bytes, plain: bytes, bound: bytes) -> bytes:
    """Nonce and sealed bytes in one; ``bound`` is authenticated with them."""
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound)


def unseal(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    """The plain bytes.

    Raises:
        Unsealed: the seal does not fit.
    """
    try:
        return AESGCM(key).decrypt(sealed[:12], sealed[12:], bound)
    except (InvalidTag, ValueError) as error:
        raise Unsealed from error


def sealed_chunks(key: bytes, plain: Iterable[bytes]) -> Iterator[bytes]:
    """Seal a stream chunk by chunk. The key must be used for this stream alone.

    The nonce counts the chunks and marks the last one, so that chunks can be neither left out,
    swapped, nor cut off at the end.
    """
    cipher, number, held = AESGCM(key), 0, None
    for chunk in plain:
        if held is not None:
            yield cipher.encrypt(_nonce(number, last=False), held, None)
            number += 1
        held = chunk
    yield cipher.encrypt(_nonce(number, last=True), held or b"", None)


def unsealed_chunks(key: bytes, sealed: Iterable[bytes]) -> Iterator[bytes]:
    """The reverse of ``sealed_chunks``; each item of ``sealed`` is one sealed chunk.

    Raises:
        Unsealed: a chunk is damaged, missing or out of place.
    """
    cipher, number, held = AESGCM(key), 0, None
    for chunk in sealed:
        if held is not None:
            yield _opened(cipher, number, held, last=False)
            number += 1
        held = chunk
    yield _opened(cipher, number, held or b"", last=True)


def _opened(cipher: AESGCM, number: int, chunk: bytes, *, last: bool) -> bytes:
    try:
        return cipher.decrypt(_nonce(number, last=last), chunk, None)
    except (InvalidTag, ValueError) as error:
        raise Unsealed from error


def _nonce(number: int, *, last: bool) -> bytes:
    return struct.pack(">IQ", int(last), number)


def to_text(data: bytes) -> str:
    """Bytes as the manifest writes them."""
    return base64.b64encode(data).decode()


def from_text(text: str) -> bytes:
    """Bytes as the manifest wrote them.

    Raises:
        Unsealed: this is no such text.
    """
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Unsealed from error
