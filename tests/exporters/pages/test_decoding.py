"""Hostile and plain pictures go through one door: told, never the end of the program."""

import random
import time

import pictures as made
import pytest

from exporters.pages import decoding
from gui.forms.photo_scaling import SIDE, proved, shrunk
from models.storage import picture_metadata
from models.storage.picture_metadata import PictureError


@pytest.mark.parametrize("kind", made.EVERY)
def test_every_allowed_format_is_shown_and_loses_its_position(kind):
    told = made.EVERY[kind]()
    clean = picture_metadata.without_position(told)
    assert made.SECRET in told
    assert made.SECRET not in clean
    assert picture_metadata.format_of(clean) == kind
    assert picture_metadata.without_position(clean) == clean
    before, after = decoding.decoded(told, 500), decoding.decoded(clean, 500)
    assert before == after


@pytest.mark.parametrize("kind", ["TIFF", "PPM", "ICO"])
def test_what_is_not_allowed_is_told_not_decoded(kind):
    content = made.encoded(kind, 3000, 1500) if kind != "ICO" else made.encoded(kind)
    for deed in (shrunk, proved, picture_metadata.look):
        with pytest.raises(PictureError):
            deed(content)


def test_a_large_photo_is_made_smaller_and_stands_upright():
    small = shrunk(made.encoded("PNG", 3000, 1500))
    assert picture_metadata.look(small).shape[:2] == (SIDE, SIDE // 2)
    upright = decoding.decoded(made.phone_jpeg(orientation=6), 500)
    assert (upright.width(), upright.height()) == (48, 64)
    assert upright.pixelColor(24, 8).red() > 150


def test_word_gets_pixels_turned_and_a_format_it_knows(tmp_path):
    turned = decoding.for_word(made.phone_jpeg(orientation=6))
    assert picture_metadata.look(turned).shape[:2] == (48, 64)
    assert picture_metadata.format_of(decoding.for_word(made.phone_webp())) == "jpeg"
    assert made.SECRET not in decoding.for_word(made.phone_png())
    path = tmp_path / "photo"
    path.write_bytes(made.phone_jpeg(orientation=6))
    assert (decoding.size_of(path).width(), decoding.size_of(path).height()) == (48, 64)


def test_a_picture_that_would_fill_the_memory_is_told():
    content = bytearray(made.encoded("JPG"))
    frame = content.index(b"\xff\xc0") + 5
    content[frame : frame + 4] = b"\xff\xff\xff\xff"
    with pytest.raises(PictureError, match="large"):
        picture_metadata.look(bytes(content))
    with pytest.raises(PictureError, match="large"):
        picture_metadata.look(made.png(60_001, 1000))


def test_a_picture_of_very_many_scans_is_told():
    plain = picture_metadata.without_position(made.encoded("JPG", 1000, 1000))
    scan = plain[plain.index(b"\xff\xda") : -2]
    with pytest.raises(PictureError, match="large"):
        picture_metadata.look(plain[:-2] + scan * 1100 + b"\xff\xd9")


@pytest.mark.parametrize("kind", made.EVERY)
def test_cut_off_pictures_are_told(kind):
    whole = picture_metadata.without_position(made.EVERY[kind]())
    for end in {len(whole) // 2, len(whole) - 1, 30}:
        with pytest.raises(PictureError):
            proved(whole[:end])


@pytest.mark.parametrize("kind", made.EVERY)
def test_fuzzed_bytes_never_end_the_program(kind, tmp_path):
    noise, whole = random.Random(kind), made.EVERY[kind]()
    until = time.monotonic() + 4
    for _ in range(400):
        content = bytearray(whole)
        for _ in range(noise.randrange(1, 12)):
            content[noise.randrange(len(content))] = noise.randrange(256)
        if noise.random() < 0.3:
            del content[noise.randrange(len(content)) :]
        try:
            clean = picture_metadata.without_position(bytes(content))
            shrunk(clean)
            decoding.for_word(clean)
        except PictureError:
            pass
        if time.monotonic() > until:
            break


def test_what_is_no_picture_is_a_null_image(tmp_path):
    path = tmp_path / "photo"
    assert decoding.read(path, 100).isNull()
    path.write_bytes(b"%PDF-1.7")
    assert decoding.read(path, 100).isNull()
    assert not decoding.size_of(path).isValid()
