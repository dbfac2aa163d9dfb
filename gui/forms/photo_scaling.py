"""Proving a picture by decoding it before it is kept, and making it smaller where the office wants that."""

from collections.abc import Callable

from exporters.pages import decoding
from models.records import Office
from models.storage import picture_metadata

SIDE, QUALITY = 2000, 85
"""Longest side in pixels and JPEG quality: enough for half an A4 page at 300 dpi."""
_PROOF = 512


def scale_for(office: Office | None) -> Callable[[bytes], bytes]:
    """What a picture goes through before it is kept."""
    return shrunk if office is not None and office.shrink_photos else proved


def proved(content: bytes) -> bytes:
    """The same bytes, seen to be a picture.

    Raises:
        PictureError: nothing can decode it.
    """
    decoding.decoded(content, _PROOF)
    return content


def shrunk(content: bytes) -> bytes:
    """The photo at most ``SIDE`` pixels long, as a JPEG turned the right way up; what is smaller stays as it is.

    Raises:
        PictureError: nothing can decode it.
    """
    shape = picture_metadata.look(content).shape
    if max(shape.width, shape.height) <= SIDE:
        return proved(content)
    return decoding.encoded(decoding.decoded(content, SIDE), "JPG", QUALITY)
