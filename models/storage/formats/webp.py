"""WebP (RFC 9649), a RIFF file: the chunks EXIF and XMP and unknown ones go, the flags that announce them too."""

import struct
from collections.abc import Iterator

from models.storage.formats import exif
from models.storage.formats.shape import Cleaned, PictureError, Shape

_SHOWN = {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_FRAME_HEADER = 16
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04


def begins(content: bytes) -> bool:
    """Whether the bytes begin as a WebP file."""
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def cleaned(content: bytes) -> Cleaned:
    """The picture alone.

    Raises:
        PictureError: it is cut off or holds no picture.
    """
    size = int.from_bytes(content[4:8], "little")
    if size + 8 > len(content):
        raise PictureError("cut off")
    chunks = list(_chunks(content[12 : size + 8]))
    told = next((body.removeprefix(exif.PREFIX) for kind, body in chunks if kind == b"EXIF"), b"")
    turned = exif.orientation(told) if chunks and chunks[0][0] == b"VP8X" else 1
    kept = [(kind, _plain(kind, body, turned)) for kind, body in chunks if kind in _SHOWN]
    shape = _shape(kept)
    if turned != 1:
        kept.append((b"EXIF", exif.only_orientation(turned)))
    whole = b"WEBP" + _written(kept)
    return Cleaned(b"RIFF" + struct.pack("<I", len(whole)) + whole, shape, told)


def _plain(kind: bytes, body: bytes, turned: int) -> bytes:
    if kind == b"VP8X" and body:
        flags = body[0] & ~(_EXIF_FLAG | _XMP_FLAG)
        return bytes([flags | (_EXIF_FLAG if turned != 1 else 0)]) + body[1:]
    if kind == b"ANMF":
        frame = [(name, part) for name, part in _chunks(body[_FRAME_HEADER:]) if name in _SHOWN]
        return body[:_FRAME_HEADER] + _written(frame)
    return body


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(content):
        size = int.from_bytes(content[at + 4 : at + 8], "little")
        if at + 8 + size > len(content):
            raise PictureError("cut off")
        yield content[at : at + 4], content[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _written(chunks: list[tuple[bytes, bytes]]) -> bytes:
    return b"".join(kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2) for kind, body in chunks)


def _shape(chunks: list[tuple[bytes, bytes]]) -> Shape:
    """The canvas of an extended file, else the picture's own size."""
    kind, body = chunks[0] if chunks else (b"", b"")
    if kind == b"VP8X" and len(body) >= 10:
        return Shape(1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little"))
    if kind == b"VP8 " and len(body) >= 10:
        width, height = struct.unpack_from("<HH", body, 6)
        return Shape(width & 0x3FFF, height & 0x3FFF)
    if kind == b"VP8L" and len(body) >= 5:
        bits = int.from_bytes(body[1:5], "little")
        return Shape(1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    raise PictureError("no picture")
