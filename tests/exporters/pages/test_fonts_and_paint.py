"""Fonts that stand in, pages as pictures, sheets on a printer."""

from pathlib import Path

import pymupdf
import pytest
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPdfWriter

from exporters.pages import lay_out, page_image, paint_pages
from exporters.pages.fonts import Face, FontBook, Style
from models.paper.elements import Annex, Fonts, Header, Paper, Paragraph, Photo, Photos

pytestmark = pytest.mark.usefixtures("qapp")

HEADER = Header(organs=("云岭县疫情防控督查组",), number="云疫督〔2022〕7号")
NOWHERE = Fonts(*["没有这种字体"] * 5)


def ink(image: QImage, *, red: bool = False) -> int:
    """How many of the sampled points of a picture are dark, or red."""
    found = 0
    for y in range(0, image.height(), 2):
        for x in range(0, image.width(), 2):
            color = image.pixelColor(x, y)
            dark = color.red() < 128 and color.green() < 128
            found += color.red() > 180 and color.green() < 90 if red else dark
    return found


def test_a_font_that_is_not_there_is_named_with_its_stand_in() -> None:
    layout = lay_out(Paper(title="通报", fonts=NOWHERE))
    assert set(layout.missing_fonts) == {"没有这种字体"}
    assert layout.missing_fonts["没有这种字体"]


def test_a_font_that_is_there_is_used_under_its_own_name() -> None:
    present = FontBook(NOWHERE).faces["body"].family
    assert Face(present, ()).family == present
    assert FontBook(Fonts(body=present)).faces["body"].wanted == present


def test_a_rare_character_is_drawn_by_another_font_and_named() -> None:
    face = FontBook(Fonts()).faces["body"]
    layout = lay_out(Paper(title="通报", blocks=(Paragraph(text="孙祎、李垚到会，\U00020bb7野家未到。"),)))
    for char, family in layout.missing_characters.items():
        assert char in "祎垚\U00020bb7"
        assert family
    assert face.glyph("祎").code
    assert "会" not in layout.missing_characters


def test_control_characters_take_no_room() -> None:
    assert FontBook(Fonts()).advances("a\u200b\x07", Style())[1:] == [0.0, 0.0]


def test_a_page_is_painted_in_black_and_red_at_any_size() -> None:
    layout = lay_out(Paper(header=HEADER, title="关于督查情况的通报", blocks=(Paragraph(text="督查工作" * 50),)))
    image = page_image(layout, 0, 96)
    assert (image.width(), image.height()) == (794, 1123)
    assert ink(image) > 1000
    assert ink(image, red=True) > 500
    assert ink(page_image(layout, 0, 48)) > 100


def test_a_landscape_page_is_upright_on_the_screen_and_turned_on_the_sheet(tmp_path: Path) -> None:
    paper = Paper(format="plain", title="通报", annexes=(Annex("清单", (Paragraph(text="督查工作" * 40),), True),))
    layout = lay_out(paper)
    image = page_image(layout, 1)
    assert image.width() > image.height()
    path = tmp_path / "printed.pdf"
    writer = QPdfWriter(str(path))
    upright = QPageLayout.Orientation.Portrait
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), upright, writer.pageLayout().margins()))
    writer.setPageMargins(writer.pageLayout().margins() * 0)
    paint_pages(writer, layout, [2, 1])
    with pymupdf.open(path) as document:
        assert [page.rect.width < page.rect.height for page in document] == [True, True]
        turned, straight = (
            {line["dir"] for block in page.get_text("dict")["blocks"] for line in block["lines"]} for page in document
        )
    # The head lies to the left: text runs up the sheet, only the page number lies as ever.
    assert {(round(x), round(y)) for x, y in turned} == {(0, -1), (1, 0)}
    assert {(round(x), round(y)) for x, y in straight} == {(1, 0)}


def test_a_picture_is_painted_where_it_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(0)
    image.save(str(path))
    paper = Paper(format="plain", blocks=(Photos((Photo("0" * 64),)),))
    with_picture = ink(page_image(lay_out(paper, lambda _: path), 0))
    assert with_picture > 10 * ink(page_image(lay_out(paper), 0))
