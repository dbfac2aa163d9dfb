"""A column's filter: the pop-up it is chosen in, and the mark that shows it is in force."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.core import icons, theme
from gui.core.drops import LineInput
from gui.core.plain_text import Label, set_tip
from models.queries.lists.listing import Column, Filter, FilterKind

Values = list[tuple[object, str, int]]


def button(text: str, do: Callable[[], object], kind: str = "") -> QPushButton:
    """A push button that does something; ``kind`` is its class in the style sheet."""
    made = QPushButton(text)
    made.setProperty("class", kind)
    made.clicked.connect(lambda _checked=False: do())
    return made


class FilterPopup(QFrame):
    """Asks for one column's filter. ``chosen`` carries it, or None to take it away."""

    chosen = Signal(object)
    sortAsked = Signal(bool)

    def __init__(self, column: Column, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("class", "card")
        self.setFixedWidth(280)
        self.column = column
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        self._layout.setSpacing(theme.SMALL)
        title = Label(column.label)
        title.setProperty("class", "heading")
        line = QHBoxLayout()
        line.addWidget(title, 1)
        line.addWidget(button("升序", lambda: self._sort(False), "link"))
        line.addWidget(button("降序", lambda: self._sort(True), "link"))
        self._layout.addLayout(line)

    def _sort(self, descending: bool) -> None:
        self.sortAsked.emit(descending)
        self.close()

    def finish(self) -> None:
        """Add the closing buttons, after the asking part."""
        line = QHBoxLayout()
        line.addWidget(button("清除筛选", lambda: self._give(None)))
        line.addStretch(1)
        line.addWidget(button("筛选", self.accept, "primary"))
        self._layout.addLayout(line)

    def accept(self) -> None:
        """Give what was asked for."""
        self._give(self.asked())

    def asked(self) -> Filter | None:
        """The filter as it was chosen; None where nothing was."""
        raise NotImplementedError

    def _give(self, one: Filter | None) -> None:
        self.chosen.emit(one)
        self.close()

    def open_at(self, point: QPoint) -> None:
        """Show below a point, moved to be on the screen as a whole."""
        self.adjustSize()
        screen = (QGuiApplication.screenAt(point) or self.screen()).availableGeometry()
        x = min(point.x(), screen.right() - self.width())
        y = min(point.y(), screen.bottom() - self.height())
        self.move(max(x, screen.left()), max(y, screen.top()))
        self.show()


class ValuesPopup(FilterPopup):
    """Ticks values, each with its count; typing narrows the list."""

    def __init__(self, column: Column, values: Values, one: Filter | None, parent: QWidget | None = None) -> None:
        super().__init__(column, parent)
        self._find = LineInput(placeholderText="在下面的值里查找", clearButtonEnabled=True)
        self._find.textChanged.connect(self._narrow)
        self._find.returnPressed.connect(self.accept)
        ticked = set(one.values) if one and one.kind == "values" else set()
        self.ticks: list[tuple[QCheckBox, object, str]] = []
        content = QWidget()
        content.setProperty("class", "paper")
        box = QVBoxLayout(content)
        box.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        box.setSpacing(theme.TINY)
        for value, label, count in values:
            tick = QCheckBox(f"{label or '（空）'}　{count:,}".replace("&", "&&"))
            tick.setChecked(value in ticked)
            tick.setMinimumHeight(theme.HUGE)
            box.addWidget(tick)
            self.ticks.append((tick, value, label))
        box.addStretch(1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFixedHeight(260)
        scroll.setWidget(content)
        for part in (self._find, scroll):
            self._layout.addWidget(part)
        self.finish()
        self._find.setFocus()

    def _narrow(self, text: str) -> None:
        for tick, _value, _label in self.ticks:
            tick.setVisible(text.strip() in tick.text())

    def asked(self) -> Filter | None:
        """What was ticked; where nothing was, what the typed words leave."""
        chosen = [(value, label) for tick, value, label in self.ticks if tick.isChecked()]
        if not chosen and self._find.text().strip():
            chosen = [(value, label) for tick, value, label in self.ticks if not tick.isHidden()]
        if not chosen:
            return None
        values, labels = zip(*chosen, strict=True)
        return Filter(self.column.key, "values", tuple(values), tuple(labels))


class TextPopup(FilterPopup):
    """Asks for characters the cell contains."""

    def __init__(self, column: Column, one: Filter | None, parent: QWidget | None = None) -> None:
        super().__init__(column, parent)
        self._text = LineInput(one.text if one else "", placeholderText="包含的文字", clearButtonEnabled=True)
        self._text.returnPressed.connect(self.accept)
        self._layout.addWidget(self._text)
        self.finish()
        self._text.setFocus()

    def asked(self) -> Filter | None:
        """What was typed or ticked."""
        text = self._text.text().strip()
        return Filter(self.column.key, "text", text=text) if text else None


class RangePopup(FilterPopup):
    """Asks for a range, both ends included; days may be typed as anywhere else or picked from presets."""

    def __init__(self, column: Column, one: Filter | None, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(column, parent)
        self._today = today
        self._low, self._high = (LineInput(text) for text in ((one.low, one.high) if one else ("", "")))
        grid = QGridLayout()
        for row, (label, field) in enumerate((("从", self._low), ("到", self._high))):
            field.setPlaceholderText("如 3.5 或 2022-3-5" if column.filter == "days" else "数字")
            field.returnPressed.connect(self.accept)
            grid.addWidget(Label(label), row, 0)
            grid.addWidget(field, row, 1)
        self._layout.addLayout(grid)
        if column.filter == "days":
            self._add_presets()
        self._wrong = Label()
        self._wrong.setProperty("class", "wrong")
        self._wrong.setWordWrap(True)
        self._wrong.hide()
        self._layout.addWidget(self._wrong)
        self.finish()
        self._low.setFocus()

    def _add_presets(self) -> None:
        grid = QGridLayout()
        for n, (name, low, high) in enumerate(presets(self._today)):
            grid.addWidget(button(name, partial(self._set, low, high)), n // 3, n % 3)
        self._layout.addLayout(grid)

    def _set(self, low: dt.date, high: dt.date) -> None:
        self._low.setText(low.isoformat())
        self._high.setText(high.isoformat())
        self.accept()

    def accept(self) -> None:
        """Read what was typed; a slip is said in place."""
        try:
            found = self.asked()
        except ValueError as error:
            self._wrong.setText(str(error))
            self._wrong.show()
            return
        self._give(found)

    def asked(self) -> Filter | None:
        """What was typed or ticked."""
        low, high = (self._read(field, label) for field, label in ((self._low, "从"), (self._high, "到")))
        kind: FilterKind = "days" if self.column.filter == "days" else "number"
        return Filter(self.column.key, kind, low=low, high=high) if low or high else None

    def _read(self, field: LineInput, label: str) -> str:
        from models.domain.text.entry import parse_day, parse_number

        text = field.text().strip()
        if not text:
            return ""
        try:
            if self.column.filter != "days":
                return str(parse_number(text))
            until = self._today if self.column.past else None
            return parse_day(text, self._today, until=until).isoformat()
        except ValueError as error:
            raise ValueError(f"“{label}”{error}") from error


def presets(today: dt.date) -> list[tuple[str, dt.date, dt.date]]:
    """The ranges a clerk asks for most."""
    monday = today - dt.timedelta(days=today.weekday())
    first = today.replace(day=1)
    last_month_end = first - dt.timedelta(days=1)
    return [
        ("今天", today, today),
        ("本周", monday, monday + dt.timedelta(days=6)),
        ("近 7 天", today - dt.timedelta(days=6), today),
        ("本月", first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)),
        ("上月", last_month_end.replace(day=1), last_month_end),
        ("今年", today.replace(month=1, day=1), today.replace(month=12, day=31)),
    ]


def popup(column: Column, one: Filter | None, values: Callable[[], Values], today: dt.date) -> FilterPopup:
    """The pop-up that fits the column's kind of filter; ``values`` is read only where it is shown."""
    if column.filter == "values":
        return ValuesPopup(column, values(), one)
    if column.filter in ("days", "number"):
        return RangePopup(column, one, today)
    return TextPopup(column, one)


class FilterMark(QFrame):
    """A filter in force, in words, with one ✕."""

    removed = Signal()
    opened = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("class", "filter")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SMALL, 0, theme.TINY, 0)
        layout.setSpacing(theme.TINY)
        text = Label(words if len(words) <= 32 else words[:31] + "…")
        set_tip(text, words)
        away = QToolButton()
        away.setIcon(icons.icon("x", theme.FOCUS))
        set_tip(away, "去掉这个筛选")
        away.setAccessibleName(f"去掉筛选 {words}")
        away.clicked.connect(self.removed)
        layout.addWidget(text)
        layout.addWidget(away)
