"""The few charts of the 首页, painted by hand: QtCharts is GPL only and numpy alone weighs 50 MB.

Every bar carries its number, can be clicked through to its rows, and every chart can be copied as
a picture for a report.
"""

import datetime as dt
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from gui.core import icons, theme
from gui.core.plain_text import show_tip
from models.domain.findings.deadlines import Bucket
from models.queries.figures.breakdown import Row

BUCKET_COLOURS: Final = {
    Bucket.ON_TIME: theme.GREEN,
    Bucket.LATE: theme.AMBER,
    Bucket.AHEAD: theme.BLUE,
    Bucket.OVERDUE: theme.ACCENT,
    Bucket.NO_LIMIT: theme.FAINT,
}
BAR, STEP, HEAD = 16, 26, 44
"""Thickness of a bar, distance from bar to bar, and room for the heading, px."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar: its number, colour, what it is called and what it stands for when clicked."""

    value: int
    colour: str
    name: str
    stands_for: Hashable


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a bar chart."""

    label: str
    pieces: tuple[Piece, ...]
    note: str = ""

    @property
    def total(self) -> int:
        """The whole bar."""
        return sum(piece.value for piece in self.pieces)


class Chart(QWidget):
    """A heading, what is painted below it, and the places that can be clicked."""

    picked = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._places: list[tuple[QRectF, Piece]] = []
        self.setMouseTracking(True)
        self.setMinimumSize(300, 200)
        self.setAccessibleName(title)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The card, its heading, and the chart."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.LINE))
        painter.setBrush(QColor(theme.PAPER))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(QColor(theme.INK))
        font = QFont(self.font())
        font.setBold(True)
        painter.setFont(font)
        painter.drawText(QRectF(16, 8, self.width() - 32, 28), Qt.AlignmentFlag.AlignVCenter, self._title)
        painter.setFont(self.font())
        self._places.clear()
        self.draw(painter, QRectF(16, HEAD, self.width() - 32, self.height() - HEAD - 12))
        painter.end()

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Paint the chart itself."""
        raise NotImplementedError

    def _block(self, painter: QPainter, area: QRectF, piece: Piece) -> None:
        painter.fillRect(area, QColor(piece.colour))
        self._places.append((area, piece))

    def _words(
        self, painter: QPainter, area: QRectF, text: str, colour: str = theme.MUTED, *, right: bool = False
    ) -> None:
        painter.setPen(QColor(colour))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()) + 1)
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _legend(self, painter: QPainter, left: float, top: float, pieces: Iterable[tuple[str, str]]) -> None:
        for name, colour in pieces:
            painter.fillRect(QRectF(left, top + 4, 10, 10), QColor(colour))
            width = painter.fontMetrics().horizontalAdvance(name) + 4
            self._words(painter, QRectF(left + 14, top, width, 18), name)
            left += width + 28

    def piece_at(self, position: QPointF) -> Piece | None:
        """What stands under a place."""
        return next((piece for area, piece in self._places if area.adjusted(-2, -4, 2, 4).contains(position)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where a click leads somewhere."""
        hand = self.piece_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the rows behind the number."""
        piece = self.piece_at(event.position())
        if piece is not None and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(piece.stands_for)

    def event(self, event: QEvent) -> bool:
        """Say what the mouse rests on."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            piece = self.piece_at(QPointF(event.pos()))
            show_tip(event.globalPos(), _tip(piece) if piece else "", self)
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copy the chart."""
        menu = QMenu(self)
        menu.addAction(icons.icon("copy"), "复制图表").triggered.connect(lambda _checked=False: self.copy())
        menu.exec(event.globalPos())

    def copy(self) -> None:
        """Put the chart on the clipboard as a picture."""
        QApplication.clipboard().setPixmap(self.grab())


def _tip(piece: Piece) -> str:
    return f"{piece.name}：{piece.value}" if piece.colour else f"{piece.name}，单击查看"


class BarChart(Chart):
    """Bars from left to right, their parts one after the other, the whole number at the end."""

    def __init__(self, title: str, most: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._most = most
        self._bars: tuple[Bar, ...] = ()
        self._names: tuple[tuple[str, str], ...] = ()

    def show_bars(self, bars: Sequence[Bar], legend: Iterable[tuple[str, str]] = ()) -> None:
        """Show these bars."""
        self._bars, self._names = tuple(bars[: self._most]), tuple(legend)
        self.setMinimumHeight(self.sizeHint().height())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its bars."""
        return QSize(420, HEAD + max(len(self._bars), 3) * STEP + (24 if self._names else 0) + 16)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """The bars."""
        if not self._bars:
            self._words(painter, QRectF(area.left(), area.top(), area.width(), 24), "还没有数据。")
            return
        metrics = painter.fontMetrics()
        label = min(max(metrics.horizontalAdvance(bar.label) for bar in self._bars), 120) + 8
        number = max(metrics.horizontalAdvance(f"{bar.total} {bar.note}") for bar in self._bars) + 10
        room, longest = area.width() - label - number, max(bar.total for bar in self._bars) or 1
        top = area.top()
        for bar in self._bars:
            self._words(painter, QRectF(area.left(), top, label - 8, STEP), bar.label, theme.INK)
            left = area.left() + label
            for piece in bar.pieces:
                width = room * piece.value / longest
                if piece.value:
                    self._block(painter, QRectF(left, top + (STEP - BAR) / 2, max(width, 1), BAR), piece)
                left += width
            self._words(painter, QRectF(left + 6, top, number, STEP), f"{bar.total} {bar.note}".strip(), theme.INK)
            top += STEP
        if self._names:
            self._legend(painter, area.left() + label, top + 4, self._names)


class WeekChart(Chart):
    """Found and solved, week by week, side by side."""

    WEEKS: Final = 10

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._weeks: tuple[tuple[dt.date, int, int], ...] = ()

    def show_weeks(self, weeks: Sequence[tuple[dt.date, int, int]]) -> None:
        """Show the last weeks: Monday, found, solved."""
        self._weeks = tuple(weeks[-self.WEEKS :])
        self.update()

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Two columns a week."""
        if not self._weeks:
            self._words(painter, QRectF(area.left(), area.top(), area.width(), 24), "还没有数据。")
            return
        self._legend(painter, area.right() - 170, area.top() - 32, (("发现", theme.BLUE), ("其中已整改", theme.GREEN)))
        longest = max(max(found, solved) for _, found, solved in self._weeks) or 1
        step, floor = area.width() / len(self._weeks), area.bottom() - 22
        room = floor - area.top() - 18
        for at, (monday, found, solved) in enumerate(self._weeks):
            left, width = area.left() + at * step + step * 0.15, step * 0.33
            for value, colour, name in ((found, theme.BLUE, "发现"), (solved, theme.GREEN, "其中已整改")):
                height = room * value / longest
                piece = Piece(value, colour, f"{monday:%m-%d} 起一周{name}", monday)
                self._block(painter, QRectF(left, floor - height, width, max(height, 1)), piece)
                painter.setPen(QColor(theme.INK))
                number = QRectF(left - 10, floor - height - 18, width + 20, 16)
                painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(value))
                left += width + 2
            painter.setPen(QColor(theme.MUTED))
            day = QRectF(area.left() + at * step, floor + 4, step, 18)
            painter.drawText(day, Qt.AlignmentFlag.AlignCenter, f"{monday.month}.{monday.day}")


class RateChart(Chart):
    """Rates and totals in large figures, and the five buckets as one bar."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._rates: tuple[tuple[str, str, str], ...] = ()
        self._pieces: tuple[Piece, ...] = ()

    def show_rates(self, rates: Sequence[tuple[str, str, str]], buckets: dict[Bucket, int]) -> None:
        """Show figures (name, words, what they stand for), and how many problems are in each bucket."""
        self._rates = tuple(rates)
        self._pieces = tuple(Piece(n, BUCKET_COLOURS[one], str(one), one) for one, n in buckets.items())
        self.update()

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Figures above, the bar and its legend below."""
        large = QFont(self.font())
        large.setPixelSize(28)
        step = area.width() / max(len(self._rates), 1)
        for at, (name, words, asks) in enumerate(self._rates):
            left = area.left() + at * step
            painter.setFont(large)
            self._words(painter, QRectF(left, area.top(), step, 38), words, theme.INK)
            painter.setFont(self.font())
            self._words(painter, QRectF(left, area.top() + 38, step, 20), name)
            self._places.append((QRectF(left, area.top(), step - 12, 58), Piece(0, "", f"{name} {words}", asks)))
        total, left, top = sum(p.value for p in self._pieces) or 1, area.left(), area.top() + 74
        for piece in self._pieces:
            width = area.width() * piece.value / total
            if piece.value:
                self._block(painter, QRectF(left, top, width, BAR), piece)
            left += width
        for at, piece in enumerate(self._pieces):
            row, column = divmod(at, 3)
            place = (area.left() + column * area.width() / 3, top + 28 + row * 24)
            self._legend(painter, *place, ((f"{piece.name} {piece.value}", piece.colour),))


def unit_bars(rows: Iterable[Row]) -> list[Bar]:
    """A bar a unit: done in time, done late, still in time, overdue, without a limit."""
    return [Bar(row.name, _bucket_pieces(row)) for row in rows if row.problems]


def _bucket_pieces(row: Row) -> tuple[Piece, ...]:
    return tuple(
        Piece(row.buckets[one], colour, f"{row.name} {one}", (row.id, one)) for one, colour in BUCKET_COLOURS.items()
    )


def kind_bars(rows: Iterable[Row]) -> list[Bar]:
    """A bar a kind of problem."""
    counted = (row for row in rows if row.problems)
    return [Bar(row.name or "未分类", (Piece(row.problems, theme.BLUE, row.name, row.name),)) for row in counted]
