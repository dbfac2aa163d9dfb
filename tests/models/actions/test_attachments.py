"""Evidence is kept by its hash; a photo keeps its day and loses its position."""

import datetime as dt
import hashlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.actions import attachments, records
from models.errors import Refusal
from models.records import Unit
from models.store import attachments as files
from models.store import photos


def photo(orientation=6, taken=b"2022:03:05 10:11:12\0", gps=b"GPS-SECRET"):
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    tiff = b"II*\0" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 0) + taken + gps
    exif = b"Exif\0\0" + tiff
    segment = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    table = b"\xff\xdb" + struct.pack(">H", 5) + b"abc"
    return b"\xff\xd8" + segment + table + b"\xff\xda" + b"picture bytes"


@pytest.fixture
def unit(desk):
    id_ = records.create(desk, Unit, {"name": "柳河镇", "kind": "乡镇"}).id
    with desk.reading() as session:
        return session.get(Unit, id_)


def kept(desk, unit):
    with desk.reading() as session:
        return attachments.of(session, [unit])


def test_a_photo_keeps_its_day_and_loses_its_position(desk, unit, folder):
    attachments.attach(desk, unit, photo(), "现场.jpg")
    (one,) = kept(desk, unit)
    assert one.taken_on == dt.date(2022, 3, 5)
    assert one.original_sha256 == hashlib.sha256(photo()).hexdigest()
    stored = files.path_of(folder, one.sha256).read_bytes()
    assert b"GPS-SECRET" not in stored
    assert stored.endswith(b"picture bytes")


def test_the_orientation_survives():
    clean = photos.without_position(photo(orientation=6))
    assert photos._orientation(next(body for marker, body in photos._segments(clean) if marker == 0xE1)[6:]) == 6


def test_a_photo_is_scaled_on_request(desk, unit, folder):
    attachments.attach(desk, unit, photo(), "现场.jpg", scale=lambda content: b"small")
    (one,) = kept(desk, unit)
    assert files.path_of(folder, one.sha256).read_bytes() == b"small"


def test_a_document_is_kept_byte_for_byte(desk, unit, folder, tmp_path):
    source = tmp_path / "扫描件 第1页.pdf"
    source.write_bytes(b"%PDF-1.7 ...")
    attachments.attach(desk, unit, source)
    (one,) = kept(desk, unit)
    assert (one.name, one.media_type, one.size) == ("扫描件 第1页.pdf", "application/pdf", 12)
    assert files.path_of(folder, one.sha256).read_bytes() == b"%PDF-1.7 ..."


@pytest.mark.parametrize("content", [b""])
def test_an_empty_file_is_refused(desk, unit, content):
    with pytest.raises(Refusal, match="空文件"):
        attachments.attach(desk, unit, content, "空.pdf")


def test_a_file_that_is_gone_is_named(desk, unit, tmp_path):
    with pytest.raises(Refusal, match="不在"):
        attachments.attach(desk, unit, tmp_path / "不在.pdf")


@given(st.binary(max_size=400))
def test_any_bytes_come_through(noise):
    for content in (noise, b"\xff\xd8" + noise, b"\xff\xd8\xff\xe1" + noise):
        photos.taken_on(content)
        photos.without_position(content)


@given(st.binary(min_size=1, max_size=60))
def test_any_exif_comes_through(noise):
    exif = b"Exif\0\0" + noise
    content = b"\xff\xd8\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + b"\xff\xdapicture"
    photos.taken_on(content)
    assert photos.without_position(content).endswith(b"\xff\xdapicture")
