"""Evidence is kept by its hash; a photo keeps its day and loses its position."""

import contextlib
import datetime as dt
import hashlib

import pictures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Refusal
from models.records import Attachment, Unit
from models.services import attachments, records
from models.storage import attachments as files
from models.storage import picture_metadata


def photo(**told):
    return pictures.phone_jpeg(**told)


@pytest.fixture
def unit(workspace):
    id_ = records.create(workspace, Unit, {"name": "柳河镇", "kind": "乡镇"}).id
    with workspace.reading() as session:
        return session.get(Unit, id_)


def kept(workspace, unit):
    with workspace.reading() as session:
        return attachments.of(session, [unit])


def test_a_photo_keeps_its_day_and_loses_its_position(workspace, unit, folder):
    attachments.attach(workspace, unit, photo(), "现场.jpg")
    (one,) = kept(workspace, unit)
    assert one.taken_on == dt.date(2022, 3, 5)
    assert one.original_sha256 == hashlib.sha256(photo()).hexdigest()
    stored = files.path_of(folder, one.sha256).read_bytes()
    assert pictures.SECRET not in stored
    assert picture_metadata.look(stored).shape[:2] == (64, 48)


@pytest.mark.parametrize("kind", pictures.EVERY)
def test_no_format_keeps_a_position(workspace, unit, folder, kind):
    told = pictures.EVERY[kind]()
    attachments.attach(workspace, unit, told, f"现场.{kind}")
    (one,) = kept(workspace, unit)
    assert pictures.SECRET not in files.path_of(folder, one.sha256).read_bytes()
    assert one.original_sha256 == hashlib.sha256(told).hexdigest()
    assert one.media_type == f"image/{kind}"
    assert one.taken_on == (dt.date(2022, 3, 5) if kind in ("jpeg", "png", "webp") else None)


def test_the_orientation_survives():
    for turned in range(1, 9):
        assert picture_metadata.look(picture_metadata.without_position(photo(orientation=turned))).orientation == turned


def test_the_day_it_was_taken_goes_before_the_day_of_the_last_change(workspace, unit):
    attachments.attach(workspace, unit, photo(changed=b"2026:01:02 08:00:00"), "现场.jpg")
    assert kept(workspace, unit)[0].taken_on == dt.date(2022, 3, 5)


def test_the_bytes_decide_what_a_file_is(workspace, unit):
    attachments.attach(workspace, unit, pictures.png(), "现场.jpg")
    attachments.attach(workspace, unit, photo(), "扫描.pdf")
    assert [one.media_type for one in kept(workspace, unit)] == ["image/png", "image/jpeg"]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (pictures.encoded("TIFF"), "扫描.tif", "TIFF"),
        (pictures.encoded("TIFF"), "扫描.jpg", "TIFF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "IMG_1.HEIC", "HEIC"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "图.svg", "网页"),
        (b"no picture", "现场.jpg", "不是能显示的图片"),
        (pictures.phone_jpeg()[:900], "现场.jpg", "不完整"),
        (pictures.png(60_001, 1000), "现场.png", "太大"),
    ],
)  # fmt: skip
def test_a_picture_that_cannot_be_shown_is_told(workspace, unit, content, name, said):
    with pytest.raises(Refusal, match=said) as refused:
        attachments.attach(workspace, unit, content, name)
    assert name in str(refused.value)
    assert not kept(workspace, unit)


@pytest.mark.parametrize(
    "name",
    ["现场照片.jpg.exe", "说明.desktop", "说明.ＥＸＥ", "表.XLSM", "照片\u202egpj.exe", "说明\u200f.pdf", "CON",
     "nul.txt", " 说明.txt", "说明.txt.", "..", "打开我.lnk", "网页.url", "公告.html",
     "存下的网页.mht", "笔记.one"],
)  # fmt: skip
def test_programs_and_hidden_names_are_not_taken_in(workspace, unit, name):
    with pytest.raises(Refusal, match="没有添加"):
        attachments.attach(workspace, unit, b"text", name)
    attachments.attach(workspace, unit, b"text", "说明.txt")
    (one,) = kept(workspace, unit)
    with pytest.raises(Refusal, match="文件名"):
        records.update(workspace, Attachment, one.id, None, {"name": name})


def test_a_program_under_the_name_of_a_document_is_not_taken_in(workspace, unit):
    with pytest.raises(Refusal, match="内容是程序"):
        attachments.attach(workspace, unit, b"MZ\x90\0", "说明.pdf")


def test_an_old_record_of_a_program_can_still_be_described(workspace, unit):
    with workspace.writing("旧数据") as work:
        values = {"owner_table": "unit", "owner_uuid": unit.uuid, "name": "旧.exe", "sha256": "0" * 64}
        id_ = work.add(Attachment(**records.defaults(Attachment) | values)).id
    records.update(workspace, Attachment, id_, None, {"description": "来源不明"})


def test_a_photo_is_scaled_on_request(workspace, unit, folder):
    attachments.attach(workspace, unit, photo(), "现场.jpg", scale=lambda content: pictures.png())
    (one,) = kept(workspace, unit)
    assert files.path_of(folder, one.sha256).read_bytes() == pictures.png()
    assert one.name == "现场.png"


def test_a_document_is_kept_byte_for_byte(workspace, unit, folder, tmp_path):
    source = tmp_path / "扫描件 第1页.pdf"
    source.write_bytes(b"%PDF-1.7 ...")
    attachments.attach(workspace, unit, source)
    (one,) = kept(workspace, unit)
    assert (one.name, one.media_type, one.size) == ("扫描件 第1页.pdf", "application/pdf", 12)
    assert files.path_of(folder, one.sha256).read_bytes() == b"%PDF-1.7 ..."


@pytest.mark.parametrize("content", [b""])
def test_an_empty_file_is_refused(workspace, unit, content):
    with pytest.raises(Refusal, match="空文件"):
        attachments.attach(workspace, unit, content, "空.pdf")


def test_a_file_that_is_gone_is_named(workspace, unit, tmp_path):
    with pytest.raises(Refusal, match="不在"):
        attachments.attach(workspace, unit, tmp_path / "不在.pdf")


@given(st.binary(max_size=400))
def test_any_bytes_are_a_picture_or_told(noise):
    starts = (b"", b"\xff\xd8", b"\xff\xd8\xff\xe1", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM", b"RIFF\x90\1\0\0WEBPVP8X")
    for content in (start + noise for start in starts):
        picture_metadata.taken_on(content)
        with contextlib.suppress(picture_metadata.PictureError):
            picture_metadata.without_position(content)


@given(st.binary(min_size=1, max_size=60))
def test_any_exif_comes_through(noise):
    plain = pictures.encoded("JPG")
    content = plain[:2] + pictures.segment(0xE1, b"Exif\0\0" + noise) + plain[2:]
    picture_metadata.taken_on(content)
    assert picture_metadata.look(picture_metadata.without_position(content)).shape[:2] == (64, 48)
