"""Photos made smaller on intake."""

import pictures
import pytest
from PySide6.QtGui import QImage

from gui.forms.photo_scaling import SIDE, shrunk
from models.storage.picture_metadata import PictureError


def test_a_large_photo_is_made_smaller(qapp):
    small = QImage.fromData(shrunk(pictures.encoded("PNG", 3000, 1500)))
    assert (small.width(), small.height()) == (SIDE, SIDE // 2)


def test_a_small_one_stays_as_it_is_and_what_is_no_photo_is_told(qapp):
    small = pictures.encoded("PNG", 300, 200)
    assert shrunk(small) == small
    with pytest.raises(PictureError):
        shrunk(b"%PDF-1.7")


@pytest.mark.parametrize("width", [300, 3000])
def test_a_tiff_is_told_and_does_not_end_the_program(qapp, width):
    with pytest.raises(PictureError):
        shrunk(pictures.encoded("TIFF", width, 200))
