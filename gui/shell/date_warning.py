"""The strip over the tabs when the computer's date cannot be trusted: it says why and asks for today's."""

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from gui.core import theme
from gui.core.drops import LineInput
from gui.core.plain_text import Label
from gui.lists.filters import button
from models import clock
from models.domain.text.entry import parse_day


class DayStrip(QFrame):
    """Proposes the last day something was written on; ``named`` carries the day the clerk settled on."""

    named = Signal(object)

    def __init__(self, doubt: str, last: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("class", "demo")
        self._last = last
        self.told = Label(doubt)
        self.told.setWordWrap(True)
        self.day = LineInput(last.isoformat())
        self.day.setFixedWidth(110)
        self.day.setAccessibleName("今天的日期")
        self.day.returnPressed.connect(self.take)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.MEDIUM, theme.TINY, theme.MEDIUM, theme.TINY)
        line.setSpacing(theme.SMALL)
        line.addWidget(self.told, 1)
        for part in (Label("今天是"), self.day, button("按这一天", self.take, "primary")):
            line.addWidget(part)
        line.addWidget(button("电脑日期没有错", self.keep))

    def take(self) -> None:
        """Go by the day that is typed."""
        try:
            day = parse_day(self.day.text(), self._last)
        except ValueError as error:
            self.told.setText(f"“{self.day.text()}”{error}")
            return
        clock.believe(day)
        self.hide()
        self.named.emit(day)

    def keep(self) -> None:
        """The computer is right."""
        clock.believe(clock.today())
        self.hide()
