"""Where a record stands: its status as shape and word, and the line of its life."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.core import icons, theme
from gui.core.plain_text import Label
from gui.widgets.styled import label, restyle


class StatusMark(QWidget):
    """Shape and word of a status, and beside it what else the clerk must see (逾期 3 天)."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._shape, self._word = Label(), label()
        self._light, self._due = Label(), label()
        for part in (self._shape, self._word, self._light, self._due):
            row.addWidget(part)

    @property
    def words(self) -> str:
        """What it says."""
        return f"{self._word.text()} {self._due.text()}".strip()

    def show_status(self, status: str, light: str = "", due: str = "") -> None:
        """Show a status; ``light`` colours what is due."""
        self._shape.setPixmap(icons.mark(status))
        self._word.setText(status)
        self._light.setPixmap(icons.mark(light))
        self._light.setVisible(bool(light))
        self._due.setText(due)
        self._due.setVisible(bool(due))
        self._due.setProperty("class", "urgent" if light == "红" else "muted")
        restyle(self._due)


class LifeLine(QWidget):
    """待交办 ─ 已交办 ─ 整改中 ─ 待核查 ─ 已销号: what is behind, where it stands, what is ahead."""

    def __init__(self) -> None:
        super().__init__()
        self._stations: Sequence[str] = ()
        self._at = -1
        self._aside = ""
        self.setAccessibleName("办理进度")

    def show_at(self, stations: Sequence[str], at: int, aside: str = "") -> None:
        """Stand at a station (-1: before the first); ``aside`` replaces its word where the record left the line."""
        self._stations, self._at, self._aside = tuple(stations), at, aside
        self.setAccessibleDescription(aside or (stations[at] if 0 <= at < len(stations) else ""))
        self.setVisible(bool(stations))
        self.update()

    @property
    def words(self) -> list[str]:
        """The stations as they are shown."""
        return [self._aside if i == self._at and self._aside else name for i, name in enumerate(self._stations)]

    def sizeHint(self) -> QSize:
        """One line of small text with dots over it."""
        return QSize(320, 36)

    def minimumSizeHint(self) -> QSize:
        """It shrinks with the form."""
        return QSize(200, 36)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw dots, the line between them and the words under them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self.width() / max(len(self._stations), 1)
        for i in range(1, len(self._stations)):
            painter.setPen(QPen(QColor(theme.GREEN if i <= self._at else theme.LINE), 2))
            painter.drawLine(QPointF(step * (i - 0.5) + 8, 8), QPointF(step * (i + 0.5) - 8, 8))
        for i, word in enumerate(self.words):
            self._station(painter, QRectF(step * i, 0, step, self.height()), i, word)
        painter.end()

    def _station(self, painter: QPainter, box: QRectF, i: int, word: str) -> None:
        now, past = i == self._at, i < self._at
        colour = QColor(theme.FOCUS if now else theme.GREEN if past else theme.FAINT)
        painter.setPen(QPen(colour, 2))
        painter.setBrush(colour if now or past else QColor(theme.PAPER))
        painter.drawEllipse(QPointF(box.center().x(), 8), 4.5, 4.5)
        font = QFont(self.font())
        font.setPixelSize(theme.NOTE)
        font.setBold(now)
        painter.setFont(font)
        painter.setPen(QColor(theme.INK if now else theme.MUTED))
        painter.drawText(box.adjusted(0, 17, 0, 0), Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, word)
