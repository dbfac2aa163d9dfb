"""PNG (ISO 15948): the chunks that show the picture are kept; eXIf, tEXt, zTXt, iTXt, tIME and strangers go."""

import struct
import zlib

from models.storage.formats import exif
from models.storage.formats.shape import Cleaned, PictureError, Shape

START = b"\x89PNG\r\n\x1a\n"
_SHOWN = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs"}


def cleaned(content: bytes) -> Cleaned:
    """The picture alone.

    Raises:
        PictureError: it is cut off, or a chunk is not what its checksum says.
    """
    kept, at, told, kind = [START], len(START), b"", b""
    header = content[16:24]
    while kind != b"IEND":
        size = int.from_bytes(content[at : at + 4], "big")
        chunk, at = content[at : at + 12 + size], at + 12 + size
        kind, body = chunk[4:8], chunk[8:-4]
        if len(chunk) != 12 + size or (len(kept) == 1 and kind != b"IHDR"):
            raise PictureError("cut off")
        if kind == b"eXIf":
            told = body
        if kind in _SHOWN:
            if zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
                raise PictureError("checksum")
            kept.append(chunk)
    turned = exif.orientation(told)
    if turned != 1:
        kept.insert(2, _written(b"eXIf", exif.only_orientation(turned)))
    width, height = struct.unpack(">II", header)
    return Cleaned(b"".join(kept), Shape(width, height), told)


def _written(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
