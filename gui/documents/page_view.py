"""The pages of a paper on screen, painted by the same engine that prints them."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Mapping
from itertools import accumulate

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from exporters.pages import Layout, page_image
from gui.core import theme
from gui.core.plain_text import show_tip
from gui.documents.figure_clicks import figure_on_page
from models.paper.elements import Figure

GAP = theme.LARGE
KEPT = 12
"""How many painted pages are kept."""
_WIDTH = 595.0
ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)


class PageView(QAbstractScrollArea):
    """Pages one below the other, as wide as the view; a click names the part under it, and the number.

    ``zoom`` 1.0 is the width of the view; only the pages in sight are painted.
    """

    partClicked = Signal(str)
    figureClicked = Signal(object)
    pageChanged = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout: Layout | None = None
        self._zoom = self._scale = 1.0
        self._widest, self._tops = _WIDTH, [float(GAP)]
        self._selected = ""
        self._notices: dict[str, str] = {}
        self._stamp = ""
        self._painted: OrderedDict[tuple[int, int], QPixmap] = OrderedDict()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("版面预览")
        self.verticalScrollBar().setSingleStep(40)
        self.verticalScrollBar().valueChanged.connect(lambda _v: self._tell_page())

    def show_layout(self, layout: Layout) -> None:
        """Show other pages; the place read last stays in sight."""
        self._layout = layout
        self._painted.clear()
        self._resize_bars()
        self._tell_page()
        self.viewport().update()

    def set_notices(self, notices: Mapping[str, str]) -> None:
        """Mark parts with what the check says of them, by part."""
        self._notices = dict(notices)
        self.viewport().update()

    def set_stamp(self, words: str) -> None:
        """Say over the pages, on the screen only, which version is seen."""
        self._stamp = words
        self.viewport().update()

    def select(self, part: str, *, scroll: bool = True) -> None:
        """Tint a part, and bring it into sight."""
        self._selected = part
        places = self._layout.find(part) if self._layout else []
        if places and scroll:
            index, region = places[0]
            top = self._page_top(index) + region.y * self._scale
            bar = self.verticalScrollBar()
            if not bar.value() <= top <= bar.value() + self.viewport().height() - region.height * self._scale:
                bar.setValue(int(top - self.viewport().height() / 3))
        self.viewport().update()

    def set_zoom(self, zoom: float) -> None:
        """Another size; 1.0 is as wide as the view."""
        self._zoom = min(max(zoom, ZOOMS[0]), ZOOMS[-1])
        self._painted.clear()
        self._resize_bars()
        self.viewport().update()

    def zoom_by(self, steps: int) -> None:
        """The next size up or down."""
        nearest = min(range(len(ZOOMS)), key=lambda i: abs(ZOOMS[i] - self._zoom))
        self.set_zoom(ZOOMS[min(max(nearest + steps, 0), len(ZOOMS) - 1)])

    # ---- measures

    def _measure(self) -> None:
        """Pixels a point, and where every page begins: known once for each layout, size and zoom."""
        pages = self._layout.pages if self._layout else ()
        self._widest = max((page.frame.width for page in pages), default=_WIDTH)
        self._scale = max(self.viewport().width() - 2 * GAP, 200) / self._widest * self._zoom
        heights = (page.frame.height * self._scale + GAP for page in pages)
        self._tops = list(accumulate(heights, initial=float(GAP)))

    def _page_top(self, index: int) -> float:
        return self._tops[index]

    def _page_over(self, y: float) -> int:
        """The page that begins last above ``y`` pixels from the first one's top."""
        return max(bisect_right(self._tops, y, hi=max(len(self._tops) - 1, 0)) - 1, 0)

    def _page_left(self, index: int) -> float:
        assert self._layout is not None
        width = self._layout.pages[index].frame.width * self._scale
        return max((self.viewport().width() - width) / 2, GAP) - self.horizontalScrollBar().value()

    def _resize_bars(self) -> None:
        self._measure()
        if self._layout is None:
            return
        height = int(self._tops[-1])
        width = int(self._widest * self._scale) + 2 * GAP
        for bar, full, seen in (
            (self.verticalScrollBar(), height, self.viewport().height()),
            (self.horizontalScrollBar(), width, self.viewport().width()),
        ):
            bar.setPageStep(seen)
            bar.setRange(0, max(0, full - seen))

    def _tell_page(self) -> None:
        if self._layout is None:
            return
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        self.pageChanged.emit(self._page_over(middle) + 1, len(self._layout.pages))

    def part_at(self, position: QPointF) -> str:
        """The part under a place of the view; empty between pages."""
        if self._layout is None:
            return ""
        y = position.y() + self.verticalScrollBar().value()
        page = self._layout.pages[self._page_over(y)]
        return page.part_at((y - self._page_top(page.index)) / self._scale)

    def figure_at(self, position: QPointF) -> Figure | None:
        """The number under a place of the view; None where there is none whose source is known."""
        if self._layout is None:
            return None
        y = position.y() + self.verticalScrollBar().value()
        index = self._page_over(y)
        left, top = self._page_left(index), self._page_top(index)
        return figure_on_page(self._layout, index, (position.x() - left) / self._scale, (y - top) / self._scale)

    # ---- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay as wide as the view."""
        self._painted.clear()
        self._resize_bars()
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The pages in sight, their tints and marks."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(theme.BAND))
        if self._layout is None:
            return
        offset = self.verticalScrollBar().value()
        last = self._page_over(offset + self.viewport().height())
        for page in self._layout.pages[self._page_over(offset) : last + 1]:
            top = self._page_top(page.index) - offset
            height = page.frame.height * self._scale
            left = self._page_left(page.index)
            painter.drawPixmap(QPointF(left, top), self._picture(page.index))
            painter.setPen(QColor(theme.LINE))
            painter.drawRect(QRectF(left, top, page.frame.width * self._scale, height))
            self._paint_marks(painter, page.index, left, top)
        if self._stamp:
            self._paint_stamp(painter)

    def _paint_stamp(self, painter: QPainter) -> None:
        font = self.font()
        font.setPixelSize(theme.TITLE)
        font.setBold(True)
        painter.setFont(font)
        size = painter.fontMetrics().size(0, self._stamp)
        width, height = size.width() + 2 * theme.MEDIUM, size.height() + theme.SMALL
        # At the left: at the right stands what is stamped on the page itself.
        area = QRectF(theme.HUGE, theme.LARGE + theme.SMALL, width, height)
        painter.setPen(QPen(QColor(theme.ACCENT), 2))
        painter.setBrush(QColor(theme.PAPER))
        painter.drawRoundedRect(area, 3, 3)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._stamp)

    def _paint_marks(self, painter: QPainter, index: int, left: float, top: float) -> None:
        assert self._layout is not None
        scale = self._scale
        for region in self._layout.pages[index].regions:
            area = QRectF(left + region.x * scale, top + region.y * scale, region.width * scale, region.height * scale)
            if region.part == self._selected:
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
                painter.fillRect(area.adjusted(-6, 0, 6, 0), QColor(theme.HOVER))
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            if region.part in self._notices:
                painter.fillRect(QRectF(area.left() - 12, area.top(), 4, area.height()), QColor(theme.AMBER))

    def _picture(self, index: int) -> QPixmap:
        assert self._layout is not None
        ratio = self.devicePixelRatioF()
        key = (index, round(self._scale * ratio * 1000))
        if key not in self._painted:
            picture = QPixmap.fromImage(page_image(self._layout, index, 72 * self._scale * ratio))
            picture.setDevicePixelRatio(ratio)
            self._painted[key] = picture
            while len(self._painted) > KEPT:
                self._painted.popitem(last=False)
        self._painted.move_to_end(key)
        return self._painted[key]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Name the part that was clicked."""
        part = self.part_at(event.position())
        if part and event.button() == Qt.MouseButton.LeftButton:
            self.select(part, scroll=False)
            self.partClicked.emit(part)
            if figure := self.figure_at(event.position()):
                self.figureClicked.emit(figure)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel change the size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what the check found where the mouse rests."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            told = self._notices.get(self.part_at(QPointF(event.pos())), "")
            if not told and (figure := self.figure_at(QPointF(event.pos()))):
                told = f"{figure.name}：{len(figure.records)} 条记录，单击查看"
            if told:
                show_tip(event.globalPos(), told, self)
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)
