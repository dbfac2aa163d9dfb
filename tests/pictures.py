"""Pictures made by script: of every format, with and without what phones tell beside them."""

import random
import struct
import zlib

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage, QPainter

SECRET = b"N29.99E103.00-SECRET"
"""Stands for a position, wherever one is told."""


def chunk(kind: bytes, body: bytes) -> bytes:
    """A PNG chunk."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 4, height: int = 3, *more: bytes, seed: int = 0) -> bytes:
    """A PNG of noise, as large in bytes as in pixels; ``more`` chunks come before its pixels."""
    noise = random.Random(seed)
    rows = b"".join(b"\0" + noise.randbytes(width * 3) for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(rows, 1))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(more) + pixels + chunk(b"IEND", b"")


def image(width: int = 64, height: int = 48) -> QImage:
    """Red at the left, blue at the right."""
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(QColor("#CC0000"))
    painter = QPainter(made)
    painter.fillRect(width // 2, 0, width, height, QColor("#0033CC"))
    painter.end()
    return made


def encoded(kind: str, width: int = 64, height: int = 48) -> bytes:
    """A picture by Qt's encoder of that format."""
    target = QBuffer()
    target.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image(width, height).save(target, kind)
    return bytes(target.data().data())


def tiff_block(orientation: int = 1, taken: bytes = b"2022:03:05 10:11:12", changed: bytes = b"") -> bytes:
    """Exif data as cameras write them: orientation, day, GPS, MakerNote and a thumbnail in the second directory."""
    extra, at = b"", 8 + 2 + 12 * 4 + 4

    def put(content: bytes) -> int:
        nonlocal extra
        extra += content
        return at + len(extra) - len(content)

    def entry(tag: int, kind: int, count: int, value: int) -> bytes:
        field = struct.pack("<HH", value, 0) if kind == 3 else struct.pack("<I", value)
        return struct.pack("<HHI", tag, kind, count) + field

    day = (changed or taken) + b"\0"
    first = [entry(0x0112, 3, 1, orientation), entry(0x0132, 2, 20, put(day))]
    inner = put(taken + b"\0")
    note = put(b"MakerNote" + SECRET)
    exif = put(struct.pack("<H", 2) + entry(0x9003, 2, 20, inner) + entry(0x927C, 7, 29, note) + bytes(4))
    gps = put(SECRET)
    position = put(struct.pack("<H", 1) + entry(0x0002, 5, 3, gps) + bytes(4))
    first += [entry(0x8769, 4, 1, exif), entry(0x8825, 4, 1, position)]
    thumb = put(encoded("JPG", 16, 12) + SECRET)
    second = put(struct.pack("<H", 1) + entry(0x0201, 4, 1, thumb) + bytes(4))
    return b"II*\0" + struct.pack("<IH", 8, 4) + b"".join(first) + struct.pack("<I", second) + extra


def segment(marker: int, body: bytes) -> bytes:
    """A JPEG segment."""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def phone_jpeg(orientation: int = 6, **told: bytes) -> bytes:
    """A photo as phones write it: Exif, XMP, MPF with a second picture, Photoshop's block, comment, a film behind."""
    plain = encoded("JPG")
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude='" + SECRET + b"'/>"
    more = b"".join([
        segment(0xE1, b"Exif\0\0" + tiff_block(orientation, **told)), segment(0xE1, xmp),
        segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + SECRET), segment(0xE2, b"MPF\0" + SECRET),
        segment(0xED, b"Photoshop 3.0\0" + SECRET), segment(0xEB, b"JP\0\0" + SECRET), segment(0xFE, SECRET),
        segment(0xE0, b"JFXX\0\x10" + SECRET),
    ])  # fmt: skip
    second = plain[:2] + segment(0xE1, b"Exif\0\0" + tiff_block()) + plain[2:]
    return plain[:2] + more + plain[2:] + second + b"\0\0\0\x18ftypmp42" + SECRET


def phone_png() -> bytes:
    """A PNG with everything that tells a position."""
    plain = encoded("PNG")
    told = [
        chunk(b"eXIf", tiff_block()), chunk(b"tEXt", b"Location\0" + SECRET),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0" + SECRET),
        chunk(b"zTXt", b"Raw\0\0" + zlib.compress(SECRET)), chunk(b"prIv", SECRET),
    ]  # fmt: skip
    return plain[:33] + b"".join(told) + plain[33:] + SECRET


def phone_webp() -> bytes:
    """A WebP with EXIF and XMP chunks."""
    plain = encoded("WEBP")
    inner = plain[12:]
    size = struct.pack("<I", 63)[:3] + struct.pack("<I", 47)[:3]
    parts = [(b"VP8X", bytes([0x0C, 0, 0, 0]) + size)]
    parts += [(inner[:4], inner[8 : 8 + int.from_bytes(inner[4:8], "little")])]
    parts += [(b"EXIF", tiff_block()), (b"XMP ", b"<x>" + SECRET + b"</x>"), (b"PRIV", SECRET)]
    body = b"WEBP" + b"".join(k + struct.pack("<I", len(v)) + v + b"\0" * (len(v) % 2) for k, v in parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body + SECRET


def phone_gif() -> bytes:
    """A GIF of one pixel with a comment and XMP."""
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\xff\0\0\0\0\xff"
    comment = b"\x21\xfe" + bytes([len(SECRET)]) + SECRET + b"\0"
    xmp = b"\x21\xff\x0bXMP DataXMP" + bytes([len(SECRET)]) + SECRET + b"\0"
    moves = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
    drawn = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\0"
    return head + comment + xmp + moves + drawn + b"\x3b" + SECRET


def phone_bmp() -> bytes:
    """A bitmap with something behind its pixels."""
    return encoded("BMP") + SECRET


EVERY = {
    "jpeg": phone_jpeg, "png": phone_png, "webp": phone_webp, "gif": phone_gif, "bmp": phone_bmp,
}  # fmt: skip
