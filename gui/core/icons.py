"""The drawn signs: the icons of the one family, and the coloured shape of every status and light.

They stand apart from the look because Qt's own names of pens and alignments cost a tenth of the window's start.
"""

from functools import cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from gui.core.theme import ACCENT, AMBER, BLUE, FAINT, GREEN, MUTED, VIOLET, YELLOW
from models.domain.catalogs import resources

# Status or light → colour and shape: the shape alone tells them apart.
MARKS: Final[dict[str, tuple[str, str]]] = {
    "草稿": (FAINT, "ring"),
    "待交办": (AMBER, "ring"),
    "已交办": (BLUE, "dot"),
    "整改中": (BLUE, "half"),
    "待核查": (VIOLET, "diamond"),
    "退回重改": (AMBER, "back"),
    "已销号": (GREEN, "tick"),
    "挂账协调": (AMBER, "pause"),
    "撤销": (FAINT, "cross"),
    "作废": (FAINT, "cross"),
    "未整改": (AMBER, "ring"),
    "已整改": (GREEN, "tick"),
    "红": (ACCENT, "square"),
    "黄": (YELLOW, "triangle"),
    "蓝": (BLUE, "dot"),
    "线索": (FAINT, "ring"),
    "核实": (AMBER, "ring"),
    "问责建议": (AMBER, "half"),
    "报批": (VIOLET, "diamond"),
    "移交有权机关": (BLUE, "half"),
    "决定": (ACCENT, "square"),
    "宣布执行": (ACCENT, "square"),
    "通报": (GREEN, "dot"),
    "归档": (GREEN, "tick"),
    "不予问责": (FAINT, "cross"),
    "申诉变更": (AMBER, "back"),
}


def icon_path(name: str) -> Path:
    """Where an icon's SVG lies (Tabler Icons, MIT; licence beside them)."""
    return resources() / "icons" / f"{name}.svg"


@cache
def icon(name: str, colour: str = MUTED) -> QIcon:
    """An icon of the one family, recoloured, sharp at 100, 150 and 200 %; Qt greys it when disabled.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    found = QIcon()
    for size in (16, 24, 32):
        found.addPixmap(_drawn(name, colour, size))
    return found


def picture(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """One icon as a picture of ``size`` px for a screen of that pixel ratio."""
    drawn = _drawn(name, colour, round(size * ratio))
    drawn.setDevicePixelRatio(ratio)
    return drawn


@cache
def _outline(name: str) -> str:
    return icon_path(name).read_text(encoding="utf-8").replace('stroke-width="2"', 'stroke-width="1.75"')


def _drawn(name: str, colour: str, size: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    svg = _outline(name).replace("currentColor", colour)
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    return pixmap


@cache
def mark(name: str, size: int = 14, ratio: float = 2.0) -> QPixmap:
    """The coloured shape of a status or a light; an empty picture for an unknown one."""
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    if name in MARKS:
        colour, shape = MARKS[name]
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _shape(painter, QRectF(1.5, 1.5, size - 3, size - 3), QColor(colour), shape)
        painter.end()
    return pixmap


def _shape(painter: QPainter, box: QRectF, colour: QColor, shape: str) -> None:
    line = QPen(colour, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    filled = shape in ("dot", "square", "triangle", "diamond")
    painter.setPen(Qt.PenStyle.NoPen if filled else line)
    painter.setBrush(colour if filled else Qt.BrushStyle.NoBrush)
    points = _POINTS.get(shape)
    if points:
        corners = [QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in points]
        (painter.drawPolygon if filled else painter.drawPolyline)(QPolygonF(corners))
    if shape in ("ring", "dot", "half"):
        painter.drawEllipse(box)
    if shape == "half":
        painter.setBrush(colour)
        painter.drawPie(box, 90 * 16, -180 * 16)
    if shape in ("pause", "cross"):
        for x0, y0, x1, y1 in _STROKES[shape]:
            painter.drawLine(
                QPointF(box.left() + x0 * box.width(), box.top() + y0 * box.height()),
                QPointF(box.left() + x1 * box.width(), box.top() + y1 * box.height()),
            )


_POINTS: Final[dict[str, tuple[tuple[float, float], ...]]] = {
    "square": ((0.05, 0.05), (0.95, 0.05), (0.95, 0.95), (0.05, 0.95)),
    "triangle": ((0.5, 0.0), (1.0, 0.95), (0.0, 0.95)),
    "diamond": ((0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)),
    "tick": ((0.05, 0.55), (0.38, 0.9), (0.95, 0.15)),
    "back": ((0.45, 0.1), (0.05, 0.4), (0.45, 0.7), (0.05, 0.4), (0.7, 0.4), (0.95, 0.6), (0.95, 0.95)),
}
_STROKES: Final = {
    "pause": ((0.25, 0.1, 0.25, 0.9), (0.75, 0.1, 0.75, 0.9)),
    "cross": ((0.15, 0.15, 0.85, 0.85), (0.85, 0.15, 0.15, 0.85)),
}
