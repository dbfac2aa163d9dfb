"""JPEG (ISO 10918-1): only what a decoder needs is kept, up to the end of the first picture.

What phones put beside it goes: Exif with its thumbnail and MakerNotes, XMP, Photoshop and C2PA blocks, comments,
and everything behind the end: second pictures (MPF), depth maps, the film of a moving photo.
"""

import re
import struct
from typing import NamedTuple

from models.storage.formats import exif
from models.storage.formats.shape import Cleaned, PictureError, Shape

START = b"\xff\xd8"
_SCAN_END = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_SOS, _EOI = 0xDA, 0xD9
_ALONE = {0x00, 0x01, *range(0xD0, 0xD8)}
_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PROGRESSIVE = {0xC2, 0xC6, 0xCA, 0xCE}
_DECODERS = {*range(0xC0, 0xD0), _SOS, 0xDB, 0xDC, 0xDD}
_JFIF, _EXIF, _ICC, _ADOBE = 0xE0, 0xE1, 0xE2, 0xEE


class _Segment(NamedTuple):
    marker: int
    body: bytes
    end: int


def cleaned(content: bytes) -> Cleaned:
    """The first picture alone.

    Raises:
        PictureError: it is cut off, or no decoder could read it.
    """
    kept, at, told, frame, scans = [START], 2, b"", b"", 0
    streamed = True
    while (segment := _next(content, at)) is not None:
        marker, body, at = segment
        if marker == _EXIF and body.startswith(exif.PREFIX) and not told:
            told = body[len(exif.PREFIX) :]
        if marker in _FRAMES:
            frame, streamed = body, marker not in _PROGRESSIVE
        if plain := _kept(marker, body):
            kept.append(_written(marker, plain))
        if marker == _SOS:
            end = _scan_end(content, at)
            kept.append(content[at:end])
            at, scans = end, scans + 1
    if not scans:
        raise PictureError("no picture")
    turned = exif.orientation(told)
    if turned != 1:
        kept.insert(1, _written(_EXIF, exif.PREFIX + exif.only_orientation(turned)))
    return Cleaned(b"".join(kept) + b"\xff\xd9", _shape(frame, scans, streamed=streamed), told)


def _next(content: bytes, at: int) -> _Segment | None:
    """The next segment; None at the end of the picture. Fill bytes and strays are passed over, as decoders do."""
    while True:
        at = content.find(b"\xff", at)
        while 0 <= at < len(content) and content[at] == 0xFF:
            at += 1
        if not 0 <= at < len(content):
            raise PictureError("no end")
        marker, at = content[at], at + 1
        if marker == _EOI:
            return None
        if marker not in _ALONE:
            break
    size = int.from_bytes(content[at : at + 2], "big")
    if size < 2 or at + size > len(content) or marker == 0xD8:
        raise PictureError("cut off")
    return _Segment(marker, content[at + 2 : at + size], at + size)


def _scan_end(content: bytes, at: int) -> int:
    found = _SCAN_END.search(content, at)
    if found is None:
        raise PictureError("no end")
    return found.start()


def _kept(marker: int, body: bytes) -> bytes:
    """What of a segment stays; empty for nothing."""
    if marker in _DECODERS:
        return body
    if marker == _JFIF and body.startswith(b"JFIF\0") and len(body) >= 12:
        return body[:12] + b"\0\0"  # without its thumbnail
    kept = (marker == _ICC and body.startswith(b"ICC_PROFILE\0")) or (marker == _ADOBE and body.startswith(b"Adobe"))
    return body if kept else b""


def _written(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _shape(frame: bytes, scans: int, *, streamed: bool) -> Shape:
    if len(frame) < 6:
        raise PictureError("no frame")
    height, width = struct.unpack_from(">HH", frame, 1)
    return Shape(width, height, scans, streamed)
