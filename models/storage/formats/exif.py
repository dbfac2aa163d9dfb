"""The few things read from Exif data (CIPA DC-008), which is a TIFF: orientation and day."""

import datetime as dt
import re
import struct
from collections.abc import Iterator

PREFIX = b"Exif\0\0"
_DAY = re.compile(rb"((?:19|20)\d\d):(\d\d):(\d\d) \d\d:\d\d:\d\d")
_ORIENTATION, _CHANGED, _EXIF_IFD, _TAKEN, _DIGITIZED = 0x0112, 0x0132, 0x8769, 0x9003, 0x9004
_MOST_ENTRIES = 512


def orientation(tiff: bytes) -> int:
    """How the picture is to be turned, 1 to 8; 1 where nothing is said."""
    for tag, _kind, _count, value in _entries(tiff, _first(tiff)):
        if tag == _ORIENTATION:
            # Two bytes at the left of a field of four.
            number = struct.unpack_from(_order(tiff) + "H", value)[0]
            return int(number) if 1 <= number <= 8 else 1
    return 1


def taken_on(tiff: bytes) -> dt.date | None:
    """The day the photo was taken, before that it was digitized, before that of the last change."""
    first = list(_entries(tiff, _first(tiff)))
    inner = [_offset(tiff, value) for tag, _kind, _count, value in first if tag == _EXIF_IFD]
    entries = [*first, *(entry for start in inner for entry in _entries(tiff, start))]
    places = {tag: _offset(tiff, value) for tag, _kind, _count, value in entries}
    told = [tiff[places[tag] : places[tag] + 20] for tag in (_TAKEN, _DIGITIZED, _CHANGED) if tag in places]
    # Some writers leave the directory broken and the day readable.
    days = (_day(found) for text in (*told, tiff) if (found := _DAY.search(text)))
    return next((day for day in days if day is not None), None)


def only_orientation(turned: int) -> bytes:
    """Exif data that say nothing but how the picture is turned."""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, turned, 0)
    return b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)


def _day(found: re.Match[bytes]) -> dt.date | None:
    try:
        return dt.date(*(int(part) for part in found.groups()))
    except ValueError:
        return None


def _order(tiff: bytes) -> str:
    return "<" if tiff[:2] == b"II" else ">"


def _offset(tiff: bytes, value: bytes) -> int:
    return int(struct.unpack(_order(tiff) + "I", value)[0])


def _first(tiff: bytes) -> int:
    return _offset(tiff, tiff[4:8]) if len(tiff) >= 8 else 0


def _entries(tiff: bytes, start: int) -> Iterator[tuple[int, int, int, bytes]]:
    """Tag, kind, count and the four bytes of value or offset of each entry of a directory."""
    if not 0 < start <= len(tiff) - 2:
        return
    count = struct.unpack_from(_order(tiff) + "H", tiff, start)[0]
    for number in range(min(count, _MOST_ENTRIES)):
        at = start + 2 + 12 * number
        if at + 12 > len(tiff):
            return
        tag, kind, size = struct.unpack_from(_order(tiff) + "HHI", tiff, at)
        yield tag, kind, size, tiff[at + 8 : at + 12]
