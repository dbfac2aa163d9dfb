"""Windows bitmaps: what lies behind the pixels goes, and with it the name of a linked colour profile."""

import struct

from models.storage.formats.shape import Cleaned, PictureError, Shape

_CORE, _INFO, _FIFTH = 12, 40, 124
_HEADERS = {_CORE, _INFO, 52, 56, 64, 108, _FIFTH}
_UNPACKED = {0, 3, 6}
_COLOUR_SPACE, _PROFILE = 14 + 56, 14 + 112


def begins(content: bytes) -> bool:
    """Whether the bytes begin as a bitmap."""
    return content[:2] == b"BM" and len(content) >= 26 and _header(content) in _HEADERS


def cleaned(content: bytes) -> Cleaned:
    """Header, colours and pixels.

    Raises:
        PictureError: it is cut off.
    """
    offset, header = struct.unpack_from("<I", content, 10)[0], _header(content)
    if len(content) < 14 + header:
        raise PictureError("cut off")
    packed, told = 0, 0
    if header == _CORE:
        width, height, _planes, bits = struct.unpack_from("<HHHH", content, 18)
    else:
        width, height, _planes, bits, packed, told = struct.unpack_from("<iiHHII", content, 18)
    rows = (width * bits + 31) // 32 * 4 * abs(height)
    end = offset + (rows if packed in _UNPACKED else told or len(content) - offset)
    if not width > 0 or not height or not 14 + header <= offset < end <= len(content):
        raise PictureError("cut off")
    kept = bytearray(content[:end])
    if header == _FIFTH and kept.startswith((b"KNIL", b"DEBM"), _COLOUR_SPACE):
        kept[_COLOUR_SPACE : _COLOUR_SPACE + 4] = b"BGRs"
        kept[_PROFILE : _PROFILE + 8] = bytes(8)
    return Cleaned(bytes(kept), Shape(width, abs(height)))


def _header(content: bytes) -> int:
    return int(struct.unpack_from("<I", content, 14)[0])
