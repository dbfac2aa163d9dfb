"""What every format's reader gives back."""

from typing import NamedTuple


class PictureError(ValueError):
    """The bytes are not a whole picture of the format they begin as."""


class Shape(NamedTuple):
    """Width and height in pixels, and how often a decoder goes over them (the scans of a progressive JPEG)."""

    width: int
    height: int
    passes: int = 1
    streamed: bool = False
    """Whether a decoder can make it small without ever holding all of it."""


class Cleaned(NamedTuple):
    """The picture without what is told beside it, and that which was: Exif data as a TIFF, empty for none."""

    content: bytes
    shape: Shape
    exif: bytes = b""
