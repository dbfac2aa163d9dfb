"""What a photo tells besides its picture: its day is kept, its position is not.

JPEG segments as in CIPA DC-008 (Exif) and ISO 10918-1; the picture's own bytes are not touched.
"""

import datetime as dt
import re
import struct
from collections.abc import Iterator

_DAY = re.compile(rb"((?:19|20)\d\d):(\d\d):(\d\d) \d\d:\d\d:\d\d\0")
_EXIF = b"Exif\0\0"
_XMP = b"http://ns.adobe.com/"
_ORIENTATION = 0x0112


def taken_on(picture: bytes) -> dt.date | None:
    """The day in the photo's Exif data, None where it has none."""
    for marker, body in _segments(picture):
        found = _DAY.search(body) if marker == 0xE1 and body.startswith(_EXIF) else None
        if found:
            try:
                return dt.date(*(int(part) for part in found.groups()))
            except ValueError:
                return None
    return None


def without_position(picture: bytes) -> bytes:
    """The same photo without Exif and XMP, but for the orientation it is to be shown in.

    Anything that is no well-formed JPEG comes back as it is.
    """
    if not picture.startswith(b"\xff\xd8"):
        return picture
    kept, end = [b"\xff\xd8"], 2
    for marker, body in _segments(picture):
        end += len(body) + 4
        if marker == 0xE1 and body.startswith(_EXIF):
            kept.append(_segment(0xE1, _EXIF + _oriented(_orientation(body[6:]))))
        elif not (marker == 0xE1 and body.startswith(_XMP)):
            kept.append(_segment(marker, body))
    return b"".join(kept) + picture[end:]


def _segments(picture: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and body of each segment before the picture itself begins."""
    at = 2
    while picture.startswith(b"\xff\xd8") and at + 4 <= len(picture) and picture[at] == 0xFF:
        marker, size = picture[at + 1], int.from_bytes(picture[at + 2 : at + 4], "big")
        if marker == 0xDA or size < 2 or at + 2 + size > len(picture):
            return
        yield marker, picture[at + 4 : at + 2 + size]
        at += 2 + size


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _orientation(tiff: bytes) -> int:
    order = "<" if tiff[:2] == b"II" else ">"
    try:
        start = struct.unpack_from(order + "I", tiff, 4)[0]
        for i in range(struct.unpack_from(order + "H", tiff, start)[0]):
            tag, _kind, _count, value = struct.unpack_from(order + "HHIH", tiff, start + 2 + 12 * i)
            if tag == _ORIENTATION:
                return int(value)
    except struct.error:
        return 1
    return 1


def _oriented(orientation: int) -> bytes:
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, orientation, 0)
    return b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
