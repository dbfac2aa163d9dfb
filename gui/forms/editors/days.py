"""Editors of days and moments: typed as a clerk writes them, or picked from a calendar."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QMenu, QWidget, QWidgetAction

from gui.forms.editors.lines import ParsedEditor
from gui.theme import icon
from models.records.fields import Field
from models.rules import entry

CHINESE = QLocale(QLocale.Language.Chinese, QLocale.Country.China)
_WEEKDAYS = "一二三四五六日"
_MOMENT = re.compile(r"(.+?)[\sT]+(\d{1,2})[:时点](\d{1,2})分?(?::\d{1,2})?$")


def day_in_words(day: dt.date) -> str:
    """2022年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_calendar() -> QCalendarWidget:
    """A month to click in, Monday first, in Chinese."""
    calendar = QCalendarWidget()
    calendar.setLocale(CHINESE)
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
    return calendar


class DayEditor(ParsedEditor):
    """A day: 3.5, 3月5日, 今天, 2022-3-5, full-width too; ↑ and ↓ move it by one day."""

    def __init__(self, field: Field, today: Callable[[], dt.date], parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._today = today
        self.edit.setPlaceholderText("如 3.5 或 今天")
        self.edit.setToolTip(field.help)
        action = self.edit.addAction(icon("calendar"), self.edit.ActionPosition.TrailingPosition)
        action.setToolTip("打开日历（Alt+↓）")
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
        return entry.parse_day(text, self._today())

    def show_value(self, value: Any) -> None:
        """Show a day as the tables do."""
        self.edit.setText(value.isoformat() if value else "")
        weekday = f"星期{_WEEKDAYS[value.weekday()]}" if value else ""
        self.edit.setToolTip(weekday)

    def show_raw(self, raw: Any) -> None:
        """Show the text as it was typed."""
        self.edit.setText(raw or "")

    def open_calendar(self) -> None:
        """Let the clerk click a day."""
        if self.edit.isReadOnly():
            return
        menu, calendar = QMenu(self), chinese_calendar()
        try:
            day = self.value() or self._today()
        except ValueError:
            day = self._today()
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)

        def pick(picked: QDate) -> None:
            menu.close()
            self.show_value(dt.date(picked.year(), picked.month(), picked.day()))
            self.edited.emit()
            self.edit.setFocus()

        calendar.clicked.connect(pick)
        calendar.activated.connect(pick)
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
