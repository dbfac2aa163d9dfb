"""GIF 89a: comments and the blocks of applications (XMP) go; what makes it move stays."""

import struct

from models.storage.formats.shape import Cleaned, PictureError, Shape

_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF
_MOVES = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0")


def begins(content: bytes) -> bool:
    """Whether the bytes begin as a GIF file."""
    return content[:6] in (b"GIF87a", b"GIF89a")


def cleaned(content: bytes) -> Cleaned:
    """The pictures alone.

    Raises:
        PictureError: it is cut off or holds no picture.
    """
    try:
        return _cleaned(content)
    except (IndexError, struct.error) as error:
        raise PictureError("cut off") from error


def _cleaned(content: bytes) -> Cleaned:
    width, height = struct.unpack_from("<HH", content, 6)
    at = 13 + _colours(content[10])
    kept, shown = [content[:at]], False
    while content[at] != _TRAILER:
        if content[at] == _IMAGE:
            end = _blocks(content, at + 10 + _colours(content[at + 9]) + 1)
            kept.append(content[at:end])
            shown = True
        elif content[at] == _EXTENSION:
            end = _blocks(content, at + 2)
            moves = content[at + 1] == _APPLICATION and content[at + 2 : at + 14] in _MOVES
            if content[at + 1] == _CONTROL or moves:
                kept.append(content[at:end])
        else:
            raise PictureError("unknown block")
        at = end
    if not shown:
        raise PictureError("no picture")
    return Cleaned(b"".join(kept) + b"\x3b", Shape(width, height))


def _colours(flags: int) -> int:
    """Bytes of the colour table that the flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks(content: bytes, at: int) -> int:
    """Where a row of data blocks ends."""
    while content[at]:
        at += 1 + content[at]
    return at + 1
