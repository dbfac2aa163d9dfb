"""Painting pages by Qt: on the screen, into a picture, onto paper."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGlyphRun, QImage, QPagedPaintDevice, QPainter, QPen, QTransform

from exporters import draft_stamp
from exporters.pages import decoding
from exporters.pages.fonts import FontBook, sized
from exporters.pages.geometry import LEFT, MM, SHEET_HEIGHT
from exporters.pages.layout import Layout, Page
from exporters.pages.rows import Mark, Picture, Rule
from exporters.pages.setting import Line, Run

_RED = QColor(255, 0, 0)
_BLACK = QColor(0, 0, 0)
_GREY = QColor(160, 160, 160)
_POINTS = 72.0
_NUMBER_Y = 768.9
_PICTURE_DPI = 200


def paint_page(layout: Layout, page: Page, painter: QPainter, scale: float = 1.0) -> None:
    """Paint one page as it is read, its top left corner at the painter's origin.

    Args:
        layout: what the page belongs to.
        page: one of its pages.
        painter: an open painter; its state is left as it was.
        scale: device units a point.
    """
    painter.save()
    painter.scale(scale, scale)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for y, row in page.rows:
        for mark in row.marks:
            _paint(mark, page.frame.left, y, painter, layout)
    if layout.stamp:
        _paint_stamp(layout.stamp, page, painter, layout.fonts)
    if page.number:
        if page.frame.landscape:
            painter.setTransform(_SHEET_TO_READING, combine=True)
        _paint_line(page.number, LEFT, _NUMBER_Y, painter, layout.fonts)
    painter.restore()


def _paint_stamp(stamp: Line, page: Page, painter: QPainter, fonts: FontBook) -> None:
    wide, high = draft_stamp.WIDTH_MM * MM, draft_stamp.HEIGHT_MM * MM
    left, top = page.frame.width - draft_stamp.RIGHT_MM * MM - wide, draft_stamp.TOP_MM * MM
    painter.save()
    painter.setPen(QPen(_RED, draft_stamp.RULE_POINTS))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(left, top, wide, high))
    painter.restore()
    _paint_line(stamp, left, top + (high + 0.72 * draft_stamp.SIZE_POINTS) / 2, painter, fonts)


# A landscape page is a sheet whose left edge is held up (clause 8).
_SHEET_TO_READING = QTransform(0, 1, -1, 0, SHEET_HEIGHT, 0)
_READING_TO_SHEET = QTransform(0, -1, 1, 0, 0, SHEET_HEIGHT)


def page_image(layout: Layout, index: int, dpi: float = 96.0) -> QImage:
    """One page as a picture on white, as it is read."""
    page, scale = layout.pages[index], dpi / _POINTS
    image = QImage(round(page.frame.width * scale), round(page.frame.height * scale), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    paint_page(layout, page, painter, scale)
    painter.end()
    return image


def paint_pages(device: QPagedPaintDevice, layout: Layout, page_numbers: Iterable[int] | None = None) -> None:
    """Print pages onto a printer, the sheets upright and in full size.

    Args:
        device: a printer or PDF writer; it is asked for A4 without margins.
        layout: the document.
        page_numbers: the pages' numbers from 1 in the order to print; all of them if None.

    Raises:
        RuntimeError: the device cannot be painted on.
    """
    numbers = list(page_numbers) if page_numbers is not None else range(1, len(layout.pages) + 1)
    painter = begin(device)
    for position, number in enumerate(numbers):
        if position:
            device.newPage()
        paint_sheet(layout, layout.pages[number - 1], painter)
    painter.end()


def begin(device: QPagedPaintDevice) -> QPainter:
    """An open painter whose unit is the point and whose origin is the sheet's corner.

    Raises:
        RuntimeError: the device cannot be painted on.
    """
    painter = QPainter()
    if not painter.begin(device):
        raise RuntimeError("the paint device does not open")
    painter.scale(device.logicalDpiX() / _POINTS, device.logicalDpiY() / _POINTS)
    return painter


def paint_sheet(layout: Layout, page: Page, painter: QPainter) -> None:
    """Paint a page as its upright sheet: a landscape page is turned a quarter to the left."""
    painter.save()
    if page.frame.landscape:
        painter.setTransform(_READING_TO_SHEET, combine=True)
    paint_page(layout, page, painter)
    painter.restore()


def _paint(mark: Mark, x: float, y: float, painter: QPainter, layout: Layout) -> None:
    if isinstance(mark, Rule):
        area = QRectF(x + mark.x, y + mark.y, mark.width, mark.height)
        painter.fillRect(area, _RED if mark.red else _BLACK)
    elif isinstance(mark, Picture):
        _paint_picture(mark, QRectF(x + mark.x, y + mark.y, mark.width, mark.height), painter, layout)
    else:
        _paint_line(mark.line, x, y + mark.y, painter, layout.fonts)


def _paint_line(line: Line, x: float, y: float, painter: QPainter, fonts: FontBook) -> None:
    for run in line.runs:
        painter.setPen(_RED if run.style.red else _BLACK)
        _paint_run(run, x, y, painter, fonts)


def _paint_run(run: Run, x: float, y: float, painter: QPainter, fonts: FontBook) -> None:
    face, stretch = fonts.faces[run.style.role], run.style.stretch
    by_font: dict[int, tuple[list[int], list[QPointF]]] = {}
    for char, at in zip(run.text, run.xs, strict=True):
        font, index, advance = face.glyph(char)
        if advance and char != " ":
            indexes, places = by_font.setdefault(font, ([], []))
            indexes.append(index)
            places.append(QPointF(at / stretch, 0))
    for font, (indexes, places) in by_font.items():
        glyphs = QGlyphRun()
        glyphs.setRawFont(sized(font, run.style.size))
        glyphs.setGlyphIndexes(indexes)
        glyphs.setPositions(places)
        if stretch == 1:
            painter.drawGlyphRun(QPointF(x, y), glyphs)
        else:
            painter.save()
            painter.translate(x, y)
            painter.scale(stretch, 1)
            painter.drawGlyphRun(QPointF(0, 0), glyphs)
            painter.restore()


def _paint_picture(mark: Picture, area: QRectF, painter: QPainter, layout: Layout) -> None:
    image = _read(layout.photo_path(mark.sha256), area) if layout.photo_path else QImage()
    if image.isNull():
        painter.setPen(_GREY)
        painter.drawRect(area)
    else:
        painter.drawImage(area, image)


def _read(path: Path, area: QRectF) -> QImage:
    """The picture, shrunk while it is read to what printing can show."""
    most = (area.size() * (_PICTURE_DPI / _POINTS)).toSize()
    return decoding.read(path, max(most.width(), most.height(), 1))
