"""Pictures decoded within limits: the one door to Qt's readers, by what the bytes say and never by a file's name.

May be used on any thread. A reader is let go before the bytes it reads from: some formats still read while they
are closed, and a buffer that is gone by then ends the program.
"""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from models.storage import picture_metadata
from models.storage.picture_metadata import Picture, PictureError

_LOSSLESS = {"png", "gif", "bmp"}
QUALITY = 90
_MEGABYTES = picture_metadata.MOST_PIXELS * 4 // (1 << 20) + 64


def decoded(content: bytes, side: int) -> QImage:
    """The picture the right way up, its longer side at most ``side`` pixels.

    Raises:
        PictureError: it is no whole picture of an allowed format, too large, or no decoder can read it.
    """
    return _decoded(content, picture_metadata.look(content), side)


def read(path: Path, side: int) -> QImage:
    """``decoded`` of a kept file; a null image where it cannot be shown."""
    try:
        return decoded(_content(path), side)
    except (OSError, PictureError):
        return QImage()


def size_of(path: Path) -> QSize:
    """Width and height the right way up; an invalid size where it cannot be shown."""
    try:
        found = picture_metadata.look(_content(path))
    except (OSError, PictureError):
        return QSize()
    size = QSize(found.shape.width, found.shape.height)
    return size.transposed() if found.orientation > 4 else size


def for_word(content: bytes) -> bytes:
    """The picture as Word shows it: without a position, turned by its pixels, in a format Word knows.

    Raises:
        PictureError: as ``decoded`` does.
    """
    found = picture_metadata.look(content)
    if found.orientation == 1 and found.format != "webp":
        return picture_metadata.without_position(content)
    longest = max(found.shape.width, found.shape.height)
    return encoded(_decoded(content, found, longest), "PNG" if found.format in _LOSSLESS else "JPG", QUALITY)


def encoded(image: QImage, kind: str, quality: int = -1) -> bytes:
    """The image as a file's bytes."""
    target = QBuffer()
    target.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(target, kind, quality)  # type: ignore[call-overload]
    return bytes(target.data().data())


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(picture_metadata.MOST_BYTES + 1)


def _decoded(content: bytes, found: Picture, side: int) -> QImage:
    QImageReader.setAllocationLimit(_MEGABYTES)
    source = QBuffer()
    source.setData(QByteArray(content))
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(source, QByteArray(found.format.encode()))
    try:
        reader.setAutoDetectImageFormat(False)
        reader.setAutoTransform(True)
        size = QSize(found.shape.width, found.shape.height)
        if max(size.width(), size.height()) > side:
            reader.setScaledSize(_at_least_one(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio)))
        image = reader.read()
    finally:
        del reader  # before its source
    if image.isNull():
        raise PictureError("undecodable")
    return image


def _at_least_one(size: QSize) -> QSize:
    return size.expandedTo(QSize(1, 1))
