"""The PDF file: its text can be found and copied, it has bookmarks, and it is whole or not there."""

import datetime as dt
from pathlib import Path

import pymupdf
import pytest

from exporters.pages import write_pdf
from models.errors import Refusal
from models.paper.elements import Annex, Colophon, Fonts, Header, Paper, Paragraph, Photo, Photos, Signature

pytestmark = pytest.mark.usefixtures("qapp")

DAY = dt.date(2022, 3, 5)
TEXT = "一是入口处无人值守；二是消毒记录不全，见《台账》“十二”页，行动力长、方、高、龙、首、食、黄、黑、鼠、齿——皆在。"
PAPER = Paper(
    header=Header(organs=("云岭县疫情防控督查组",), number="云疫督〔2022〕7号"),
    title="关于疫情防控督查\n情况的通报",
    addressees=("各乡（镇）人民政府",),
    blocks=(
        Paragraph(heading="存在的主要问题", level=1),
        Paragraph(heading="管控不严。", text=TEXT, level=2),
        Paragraph(heading="下一步工作", level=1),
    ),
    signature=Signature(("云岭县疫情防控督查组",), DAY),
    annexes=(Annex("问题清单", (Paragraph(text=TEXT),), landscape=True),),
    colophon=Colophon(("青石镇人民政府",), "云岭县疫情防控督查组", DAY),
)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "通报 第7期.pdf"
    write_pdf(PAPER, path)
    return path


def test_every_character_can_be_found_as_itself(written: Path) -> None:
    with pymupdf.open(written) as document:
        text = "".join("".join(page.get_text().split()) for page in document)
    assert TEXT in text
    assert "一、存在的主要问题" in text


@pytest.mark.parametrize("font", ["仿宋_GB2312", "Noto Sans CJK SC", "Noto Serif CJK SC"])
def test_no_character_becomes_a_radical_in_whichever_font(tmp_path: Path, font: str) -> None:
    said = "人民政府各部门车辆住户龙泉镇长传播风险食品飞马鸟鱼麦页见贝齿黄青韦骨"
    paper = Paper(format="plain", fonts=Fonts(body=font, kai=font), title="民门车户", blocks=(Paragraph(text=said),))
    write_pdf(paper, tmp_path / "民.pdf")
    with pymupdf.open(tmp_path / "民.pdf") as document:
        text = "".join("".join(page.get_text().split()) for page in document)
    assert text.startswith("民门车户")
    assert said in text


def test_a_radical_that_is_itself_written_is_left_alone(tmp_path: Path) -> None:
    paper = Paper(format="plain", fonts=Fonts(body="Noto Sans CJK SC"), blocks=(Paragraph(text="门⻔民"),))
    write_pdf(paper, tmp_path / "门.pdf")
    with pymupdf.open(tmp_path / "门.pdf") as document:
        text = document[0].get_text()
    assert "⻔" in text
    assert "民" in text


def test_pages_are_a4_and_a_landscape_one_lies(written: Path) -> None:
    with pymupdf.open(written) as document:
        sizes = [(round(page.rect.width), round(page.rect.height)) for page in document]
    assert sizes == [(595, 842), (595, 842), (842, 595), (595, 842)]


def test_fonts_are_embedded(written: Path) -> None:
    with pymupdf.open(written) as document:
        fonts = {font[:4] for page in document for font in page.get_fonts()}
        assert fonts
        assert all(document.extract_font(font[0])[3] for font in fonts)


def test_title_and_bookmarks_lead_through_the_document(written: Path) -> None:
    with pymupdf.open(written) as document:
        assert document.metadata["title"] == "关于疫情防控督查情况的通报"
        assert document.get_toc() == [
            [1, "关于疫情防控督查情况的通报", 1],
            [2, "一、存在的主要问题", 1],
            [3, "（一）管控不严。", 1],
            [2, "二、下一步工作", 2],
            [1, "附件 问题清单", 3],
        ]


def test_several_papers_follow_each_other_each_numbered_from_one(tmp_path: Path) -> None:
    path = tmp_path / "several.pdf"
    write_pdf([Paper(format="plain", title="第一份"), Paper(format="plain", title="第二份")], path)
    with pymupdf.open(path) as document:
        assert ["—1—" in "".join(page.get_text().split()) for page in document] == [True, True]
        assert document.get_toc() == [[1, "第一份", 1], [1, "第二份", 2]]


def test_a_file_that_cannot_be_written_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        write_pdf(PAPER, tmp_path / "no folder" / "x.pdf")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", [None, b"no picture"])
def test_a_picture_that_is_gone_or_damaged_is_refused_by_its_name(tmp_path: Path, content: bytes | None) -> None:
    photo = tmp_path / "photo.jpg"
    if content is not None:
        photo.write_bytes(content)
    paper = Paper(format="plain", blocks=(Photos((Photo("0" * 64, "整改前"),)),))
    with pytest.raises(Refusal, match="整改前"):
        write_pdf(paper, tmp_path / "x.pdf", lambda _: photo)
    assert not (tmp_path / "x.pdf").exists()


def test_photos_need_to_be_told_where_they_lie(tmp_path: Path) -> None:
    paper = Paper(format="plain", blocks=(Photos((Photo("0" * 64),)),))
    with pytest.raises(ValueError, match="photo_path"):
        write_pdf(paper, tmp_path / "x.pdf")
