"""Pictures side by side, each with its caption below."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from exporters import standard
from exporters.docx.marks import marked
from exporters.docx.text import SPECK, clean, paragraph, run, speck
from models.errors import Refusal
from models.paper import marks
from models.paper.elements import Fonts, Photo, Photos
from models.storage.picture_metadata import PictureError

if TYPE_CHECKING:
    from exporters.docx.package import Package

_EMU = 635
_MARGIN = 120
_TALLEST = 10 * standard.PITCH


class Pictures:
    """The pictures of one document."""

    def __init__(self, package: "Package", photo_path: Callable[[str], Path] | None) -> None:
        self._package = package
        self._photo_path = photo_path
        self._count = 0
        self.heights: dict[Photos, int] = {}
        """What each row of pictures written so far takes with its captions, in twips."""

    def row(self, given: Photos, fonts: Fonts, mark: str, width: int) -> Iterator[str]:
        """One row of pictures over ``width`` twips, in a table without lines, on one page with its captions.

        ``mark`` names the row in the document.

        Raises:
            Refusal: a picture's file is gone or is no picture.
        """
        if not given.photos:
            return
        share = width // len(given.photos)
        sized = [self._image(photo, share - 2 * _MARGIN) for photo in given.photos]
        images = [image for image, _ in sized]
        self.heights[given] = max(high for _, high in sized) + _below(given)
        rows = [_row([paragraph(image, justify="center", line=0, keep=True) for image in images], share)]
        if any(photo.caption for photo in given.photos):
            named = (f"{marks.caption(mark)}_{number}" for number in range(len(given.photos)))
            captions = [
                _caption(p.caption, fonts, name, keep=True) for p, name in zip(given.photos, named, strict=True)
            ]
            rows.append(_row(captions, share))
        grid = f'<w:gridCol w:w="{share}"/>' * len(images)
        yield (
            f'<w:tbl><w:tblPr><w:tblW w:w="{share * len(images)}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{_MARGIN}" w:type="dxa"/>'
            f'<w:right w:w="{_MARGIN}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )
        yield _caption(given.caption, fonts, marks.caption(mark), after=_MARGIN) if given.caption else speck()

    def _image(self, photo: Photo, width: int) -> tuple[str, int]:
        """The picture's run, inside ``width`` twips and ten rows, and its height."""
        relation, wide, high = self._load(photo)
        scale = min(width / wide, _TALLEST / high)
        self._count += 1
        name = clean(photo.caption) or "照片"
        return _inline(relation, self._count, name, round(wide * scale), round(high * scale)), round(high * scale)

    def _load(self, photo: Photo) -> tuple[str, int, int]:
        from docx.image.exceptions import (
            InvalidImageStreamError,
            UnexpectedEndOfFileError,
            UnrecognizedImageError,
        )
        from docx.image.image import Image

        from exporters.pages.decoding import for_word

        if self._photo_path is None:
            raise ValueError("a paper with photos needs photo_path")
        name = photo.caption or photo.sha256[:8]
        try:
            content = for_word(self._photo_path(photo.sha256).read_bytes())
            image = Image.from_blob(content)
        except FileNotFoundError as error:
            raise Refusal(f"照片“{name}”的文件找不到，请在文稿中删去这张照片或从备份恢复后再导出。") from error
        except (PictureError, UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError) as error:
            raise Refusal(f"照片“{name}”的文件已损坏，请在文稿中换一张照片后再导出。") from error
        relation = self._package.picture(content, image.content_type, image.ext)
        return relation, max(1, image.px_width), max(1, image.px_height)


def _below(given: Photos) -> int:
    """The height of the captions of a row's pictures and of its own, each in one line."""
    captions = any(photo.caption for photo in given.photos) + bool(given.caption)
    return captions * standard.SMALL_PITCH + (_MARGIN if given.caption else SPECK)


def _row(cells: list[str], share: int) -> str:
    drawn = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{share}" w:type="dxa"/><w:vAlign w:val="bottom"/></w:tcPr>{cell}</w:tc>'
        for cell in cells
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{drawn}</w:tr>"


def _caption(text: str, fonts: Fonts, name: str, after: int = 0, *, keep: bool = False) -> str:
    content = marked(run(text, fonts.body, standard.SMALL, tighten=0), name)
    return paragraph(content, justify="center", line=standard.SMALL_PITCH, after=after, keep=keep)


def _inline(relation: str, number: int, name: str, wide: int, high: int) -> str:
    extent = f'cx="{wide * _EMU}" cy="{high * _EMU}"'
    named = f'id="{number}" name={quoteattr(f"照片{number}")} descr={quoteattr(name)}'
    uri = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:docPr {named}/><a:graphic><a:graphicData uri="{uri}"><pic:pic><pic:nvPicPr><pic:cNvPr {named}/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/>'
        f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
