"""A paper as a PDF file, as it prints."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QBuffer, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter

from exporters.output import replacing
from exporters.pages.compose import lay_out
from exporters.pages.layout import Layout, Page
from exporters.pages.painting import begin, paint_page
from exporters.pages.pictures import PhotoPath, check
from models.paper.elements import Paper

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

_DPI = 1200


def write_pdf(
    papers: Paper | Sequence[Paper], target: Path, photo_path: PhotoPath | None = None, *, stamp: str = "",
    at: dt.datetime | None = None,
) -> None:  # fmt: skip
    """Write one or more papers as one PDF with embedded fonts, a title and bookmarks.

    Args:
        papers: the document, or several to follow each other, each numbered from 1.
        target: the .pdf file to make or replace.
        photo_path: the file of a picture by its hash; needed when a paper holds photos.
        stamp: what stands in a red frame at the top right of every page, as 草稿 before issue.
        at: the moment its properties say it was made, as of the issue; then the same paper gives the same bytes.

    Raises:
        Refusal: the file cannot be written there, or a picture's file is gone or damaged.
        ValueError: a paper holds photos and ``photo_path`` is missing.
    """
    several = (papers,) if isinstance(papers, Paper) else tuple(papers)
    for paper in several:
        check(paper, photo_path)
    layouts = [lay_out(paper, photo_path, stamp=stamp) for paper in several]
    # Qt and pypdf do not say when a disk is full: the file is made in memory and written by ourselves.
    made = _finished(layouts, _painted(layouts), at)
    with replacing(target) as beside:
        beside.write_bytes(made)


def _painted(layouts: list[Layout]) -> bytes:
    held = QBuffer()
    held.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(held)
    writer.setResolution(_DPI)
    writer.setTitle(layouts[0].paper.title.replace("\n", ""))
    writer.setCreator("督查通")
    pages = [(layout, page) for layout in layouts for page in layout.pages]
    writer.setPageLayout(_page_layout(pages[0][1]))
    painter = begin(writer)
    for position, (layout, page) in enumerate(pages):
        if position:
            writer.setPageLayout(_page_layout(page))
            writer.newPage()
        paint_page(layout, page, painter)
    painter.end()
    return bytes(held.data().data())


def _page_layout(page: Page) -> QPageLayout:
    turned = QPageLayout.Orientation.Landscape if page.frame.landscape else QPageLayout.Orientation.Portrait
    return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), turned, QMarginsF(0, 0, 0, 0))


def _finished(layouts: list[Layout], made: bytes, at: dt.datetime | None) -> bytes:
    """Add bookmarks, and let every character be found and copied as itself."""
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=io.BytesIO(made))
    _unify(layouts, writer)
    _add_bookmarks(layouts, writer)
    if at is not None:
        _date(writer, at)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _date(writer: PdfWriter, at: dt.datetime) -> None:
    """Let the file say it was made at that moment; Qt gives it this one, and an identity of its own."""
    from pypdf.generic import StreamObject  # as late as pypdf itself

    day = f"D:{at:%Y%m%d%H%M%S}"
    writer.add_metadata({"/CreationDate": day, "/ModDate": day})
    writer._ID = None
    told = writer.root_object.get("/Metadata")
    stream = told.get_object() if told is not None else None
    if isinstance(stream, StreamObject):
        dated = _MOMENT.sub(f"{at:%Y-%m-%dT%H:%M:%S}+00:00".encode(), stream.get_data())
        stream.set_data(_IDENTITY.sub(b"uuid:00000000-0000-0000-0000-000000000000", dated))

    _name_subsets(writer)


def _name_subsets(writer: PdfWriter) -> None:
    """Tag the parts of fonts that are embedded in their order; Qt's tags are another in each run of the program."""
    from pypdf.generic import NameObject  # as late as pypdf itself

    known: list[int] = []
    for font in (font for page in writer.pages for font in _fonts(page)):
        shaped = cast("ArrayObject", font["/DescendantFonts"])[0].get_object()
        described = cast("DictionaryObject", cast("DictionaryObject", shaped)["/FontDescriptor"].get_object())
        if id(described) not in known:
            known.append(id(described))
            name = str(described["/FontName"]).partition("+")[2]
            tag = "".join(chr(ord("A") + int(digit)) for digit in f"{len(known):06d}")
            described[NameObject("/FontName")] = NameObject(f"/{tag}+{name}")


_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
_IDENTITY = re.compile(rb"uuid:[0-9a-fA-F-]{36}")


_CODE = re.compile(rb"<([0-9A-F]{4})>")


def _unify(layouts: list[Layout], writer: PdfWriter) -> None:
    """Name glyphs by the characters of the text: Qt takes the first that one shows, which for 一 is a radical."""
    from pypdf.generic import StreamObject

    names = {f"{ord(said):04X}": f"{ord(char):04X}" for one in layouts for said, char in one.misnamed.items()}
    codes = {said.encode(): f"<{char}>".encode() for said, char in names.items()}
    fonts = {id(font): font for page in writer.pages for font in _fonts(page)}
    for font in fonts.values():
        table = font["/ToUnicode"].get_object()
        if isinstance(table, StreamObject):
            table.set_data(_CODE.sub(lambda found: codes.get(found[1], found[0]), table.get_data()))


def _fonts(page: PageObject) -> list[DictionaryObject]:
    from pypdf.generic import DictionaryObject

    resources = page["/Resources"].get_object()
    found = resources.get("/Font") if isinstance(resources, DictionaryObject) else None
    held = found.get_object() if found is not None else None
    fonts = [font.get_object() for font in held.values()] if isinstance(held, DictionaryObject) else []
    return [font for font in fonts if isinstance(font, DictionaryObject) and "/ToUnicode" in font]


def _add_bookmarks(layouts: list[Layout], writer: PdfWriter) -> None:
    first = 0
    for layout in layouts:
        parents: dict[int, IndirectObject] = {}
        for entry in layout.outline:
            above = max((level for level in parents if level < entry.level), default=None)
            parent = parents[above] if above is not None else None
            parents = {level: item for level, item in parents.items() if level < entry.level}
            parents[entry.level] = writer.add_outline_item(
                title=entry.text, page_number=first + entry.page, parent=parent
            )
        first += len(layout.pages)
