"""Making a photo smaller before it is kept, where the office wants that."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImageReader

SIDE, QUALITY = 2000, 85
"""Longest side in pixels and JPEG quality: enough for half an A4 page at 300 dpi."""


def shrunk(content: bytes) -> bytes:
    """The photo at most ``SIDE`` pixels long, as a JPEG turned the right way up; what is smaller stays as it is."""
    source = QBuffer()
    source.setData(QByteArray(content))
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(source)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) <= SIDE:
        return content
    reader.setScaledSize(size.scaled(QSize(SIDE, SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    target = QBuffer()
    target.open(QIODevice.OpenModeFlag.WriteOnly)
    if image.isNull() or not image.save(target, "JPG", QUALITY):  # type: ignore[call-overload]
        return content
    return bytes(target.data().data())
