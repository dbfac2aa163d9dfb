"""Pictures as they are kept: of an allowed format, whole, of a size that can be shown, without their position.

The first bytes decide what a file is, never its name. Of each format only the parts that show the picture are
kept, so that a position cannot hide in a part nobody thought of; the day is read before.
"""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from models.storage.formats import bmp, exif, gif, jpeg, png, webp
from models.storage.formats.shape import Cleaned, PictureError, Shape

__all__ = ["Picture", "PictureError", "format_of", "look", "taken_on", "without_position"]

MEDIA_TYPES = {
    "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "gif": "image/gif", "bmp": "image/bmp",
}  # fmt: skip
"""The formats that are shown."""
SUFFIXES = {"jpeg": "jpg", "png": "png", "webp": "webp", "gif": "gif", "bmp": "bmp"}
MOST_BYTES = 64 << 20
MOST_PIXELS, MOST_STREAMED = 50_000_000, 220_000_000
"""Of a picture that a decoder holds whole, and of one it makes small while it reads."""
MOST_WORK = 1_000_000_000
"""Pixels times passes: what bounds the time of decoding, some 15 s on a slow PC."""

_CLEANERS: dict[str, Callable[[bytes], Cleaned]] = {
    "jpeg": jpeg.cleaned, "png": png.cleaned, "webp": webp.cleaned, "gif": gif.cleaned, "bmp": bmp.cleaned,
}  # fmt: skip
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}


class Picture(NamedTuple):
    """A picture that can be shown: its format, its size as stored (not turned), and how it is to be turned."""

    format: str
    shape: Shape
    orientation: int


def format_of(content: bytes) -> str:
    """The format the first bytes say: one of ``MEDIA_TYPES``, "tiff" or "heic", which are not shown, or empty."""
    if content.startswith(jpeg.START):
        return "jpeg"
    if content.startswith(png.START):
        return "png"
    if content[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        return "tiff"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        return "heic"
    begins = {"webp": webp.begins, "gif": gif.begins, "bmp": bmp.begins}
    return next((name for name, test in begins.items() if test(content)), "")


def look(content: bytes) -> Picture:
    """What a decoder may be given.

    Raises:
        PictureError: no picture of an allowed format, cut off, or larger than can be shown; ``args`` say how.
    """
    kind, found = _read(content)
    return Picture(kind, found.shape, exif.orientation(found.exif))


def taken_on(content: bytes) -> dt.date | None:
    """The day in the photo's Exif data, None where it has none."""
    try:
        return exif.taken_on(_read(content)[1].exif)
    except PictureError:
        return None


def without_position(content: bytes) -> bytes:
    """The same picture without anything told beside it, but for how it is to be turned.

    Raises:
        PictureError: as ``look`` does.
    """
    return _read(content)[1].content


def _read(content: bytes) -> tuple[str, Cleaned]:
    kind = format_of(content)
    if kind not in _CLEANERS:
        raise PictureError("unknown")
    if len(content) > MOST_BYTES:
        raise PictureError("large")
    found = _CLEANERS[kind](content)
    width, height, passes, streamed = found.shape
    pixels = width * height
    if not pixels:
        raise PictureError("empty")
    if pixels > (MOST_STREAMED if streamed and passes == 1 else MOST_PIXELS) or pixels * passes > MOST_WORK:
        raise PictureError("large")
    return kind, found
