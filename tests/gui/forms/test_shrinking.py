"""Photos made smaller on intake."""

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from gui.forms.shrinking import SIDE, shrunk


def picture(width, height):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def test_a_large_photo_is_made_smaller(qapp):
    small = QImage.fromData(shrunk(picture(3000, 1500)))
    assert (small.width(), small.height()) == (SIDE, SIDE // 2)


def test_a_small_one_and_what_is_no_photo_stay_as_they_are(qapp):
    assert shrunk(picture(300, 200)) == picture(300, 200)
    assert shrunk(b"%PDF-1.7") == b"%PDF-1.7"
