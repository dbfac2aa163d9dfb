"""Editors of days and moments: typed as a clerk writes them, or picked from a calendar."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QMenu, QVBoxLayout, QWidget, QWidgetAction

from gui.core import icons, theme
from gui.core.plain_text import set_tip
from gui.forms.editors.lines import ParsedEditor
from gui.widgets.styled import label, tool
from models.domain.text import entry
from models.records.fields import Field

CHINESE = QLocale(QLocale.Language.Chinese, QLocale.Country.China)
_WEEKDAYS = "一二三四五六日"
_MOMENT = re.compile(r"(.+?)[\sT]+(\d{1,2})[:时点](\d{1,2})分?(?::\d{1,2})?$")


class ChineseCalendar(QWidget):
    """A month to click in, Monday first, in Chinese."""

    picked = Signal(object)

    def __init__(self, day: dt.date) -> None:
        super().__init__()
        self.month = month = QCalendarWidget()
        month.setLocale(CHINESE)
        month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        month.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        month.setNavigationBarVisible(False)
        grey = QTextCharFormat()
        grey.setForeground(QColor(theme.MUTED))
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            month.setWeekdayTextFormat(weekend, grey)
        month.setSelectedDate(QDate(day.year, day.month, day.day))
        self._title = label(name="heading")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        column.addLayout(self._band())
        column.addWidget(month)
        month.currentPageChanged.connect(self._turned)
        month.clicked.connect(self._pick)
        month.activated.connect(self._pick)
        self._turned(month.yearShown(), month.monthShown())
        self.setFocusProxy(month)

    def _band(self) -> QHBoxLayout:
        row = QHBoxLayout()
        before, after = tool("", "flat", "上一个月"), tool("", "flat", "下一个月")
        before.setIcon(icons.icon("chevron-left"))
        after.setIcon(icons.icon("chevron-right"))
        before.clicked.connect(self.month.showPreviousMonth)
        after.clicked.connect(self.month.showNextMonth)
        row.addWidget(before)
        row.addStretch()
        row.addWidget(self._title)
        row.addStretch()
        row.addWidget(after)
        return row

    def _turned(self, year: int, month: int) -> None:
        self._title.setText(f"{year}年{month}月")

    def _pick(self, day: QDate) -> None:
        self.picked.emit(dt.date(day.year(), day.month(), day.day()))


class DayEditor(ParsedEditor):
    """A day: 3.5, 3月5日, 今天, 2022-3-5, full-width too; ↑ and ↓ move it by one day."""

    leeway: int | None = None
    """The day has been, or comes within so many days: 3.5 is then the last 5 March before that; None for any day."""
    start: "DayEditor | None" = None
    """The day this one cannot lie before: 5.31 after a start on 1 March is the next 31 May."""

    def __init__(self, field: Field, today: Callable[[], dt.date], parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._today = today
        self.edit.setPlaceholderText("如 3.5 或 今天")
        set_tip(self.edit, field.help)
        action = self.edit.addAction(icons.icon("calendar"), self.edit.ActionPosition.TrailingPosition)
        set_tip(action, "打开日历（Alt+↓）")
        action.triggered.connect(self.open_calendar)
        self.edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """↑ and ↓ move the day, Alt+↓ opens the calendar."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            up, down = event.key() == Qt.Key.Key_Up, event.key() == Qt.Key.Key_Down
            if down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.open_calendar()
            elif up or down:
                self._step(1 if up else -1)
            return up or down
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        if self.edit.isReadOnly():
            return
        try:
            day = self.value() or self._today()
        except ValueError:
            return
        self.show_value(day + dt.timedelta(days=by))
        self.edited.emit()

    def parse(self, text: str) -> Any:
        """The day meant."""
        today = self._today()
        until = None if self.leeway is None else today + dt.timedelta(days=self.leeway)
        return entry.parse_day(text, today, until=until, since=self._since())

    def _since(self) -> dt.date | None:
        try:
            found: dt.date | None = self.start.value() if self.start is not None else None
        except ValueError:
            return None
        return found

    def show_value(self, value: Any) -> None:
        """Show a day as the tables do."""
        self.edit.setText(value.isoformat() if value else "")
        weekday = f"星期{_WEEKDAYS[value.weekday()]}" if value else ""
        set_tip(self.edit, weekday)

    def show_raw(self, raw: Any) -> None:
        """Show the text as it was typed."""
        self.edit.setText(raw or "")

    def open_calendar(self) -> None:
        """Let the clerk click a day."""
        if self.edit.isReadOnly():
            return
        try:
            day = self.value() or self._today()
        except ValueError:
            day = self._today()
        menu, calendar = QMenu(self), ChineseCalendar(day)
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)

        def pick(picked: dt.date) -> None:
            menu.close()
            self.show_value(picked)
            self.edited.emit()
            self.edit.setFocus()

        calendar.picked.connect(pick)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.edit.mapToGlobal(QPoint(0, self.edit.height())))
        calendar.setFocus()


class MomentEditor(DayEditor):
    """A day with its time: 3.5 14:30."""

    def parse(self, text: str) -> Any:
        """The moment meant; without a time it is the day's beginning."""
        found = _MOMENT.match(entry.text_half(text))
        day = entry.parse_day(found[1] if found else text, self._today())
        hour, minute = (int(found[2]), int(found[3])) if found else (0, 0)
        if hour > 23 or minute > 59:
            raise ValueError("的时间不对，请按 14:30 的样子填写。")
        return dt.datetime.combine(day, dt.time(hour, minute))

    def show_value(self, value: Any) -> None:
        """Show day and time."""
        if value and not isinstance(value, dt.datetime):
            value = dt.datetime.combine(value, dt.time())
        self.edit.setText(f"{value:%Y-%m-%d %H:%M}" if value else "")
