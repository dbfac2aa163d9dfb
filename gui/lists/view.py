"""The table as a clerk handles it: keys, header, columns as they were left, selection by record."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from gui.core import icons, theme
from gui.lists.model import RecordModel

if TYPE_CHECKING:
    from gui.core.context import UiState

FUNNEL = 20
"""Width of the part of a header section that opens its filter, px."""


class Header(QHeaderView):
    """A column's head: a click sorts, a click on its funnel or the right button opens its filter."""

    filterAsked = Signal(int, QPoint)
    filtered: frozenset[str] = frozenset()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(False)
        self.setMinimumSectionSize(36)
        self.setFixedHeight(theme.ROW)
        self.setMouseTracking(True)
        self._hovered = -1
        self._sorted = (-1, False)

    def show_sorted(self, section: int, descending: bool) -> None:
        """Mark the column the list is sorted by; -1 for none."""
        self._sorted = (section, descending)
        self.viewport().update()

    def _funnel(self, section: int) -> QRect:
        right = self.sectionViewportPosition(section) + self.sectionSize(section)
        return QRect(right - FUNNEL, 0, FUNNEL, self.height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """The label, with the funnel and the arrow where they apply."""
        painter.save()
        super().paintSection(painter, rect, section)
        painter.restore()
        key = self.model().columns[section].key  # type: ignore[attr-defined]
        x = rect.right() - 16
        if key in self.filtered:
            self._put(painter, "filter", theme.FOCUS, x, rect)
            x -= 16
        elif section == self._hovered and rect.width() > 64:
            self._put(painter, "filter", theme.FAINT, x, rect)
            x -= 16
        if section == self._sorted[0]:
            self._put(painter, "arrow-down" if self._sorted[1] else "arrow-up", theme.FOCUS, x, rect)

    def _put(self, painter: QPainter, name: str, colour: str, x: int, rect: QRect) -> None:
        picture: QPixmap = icons.picture(name, colour, 14, self.devicePixelRatioF())
        painter.fillRect(QRect(x - 1, rect.top() + 6, 16, rect.height() - 12), theme.BAND)
        painter.drawPixmap(x, rect.center().y() - 6, picture)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the funnel of the column under the mouse."""
        hovered = self.logicalIndexAt(event.position().toPoint())
        if hovered != self._hovered:
            self._hovered = hovered
            self.viewport().update()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the funnel."""
        self._hovered = -1
        self.viewport().update()
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """On the funnel: the filter; else as usual."""
        point = event.position().toPoint()
        section = self.logicalIndexAt(point)
        near_edge = abs(point.x() - self._funnel(section).right()) < 4
        if section >= 0 and self._funnel(section).contains(point) and not near_edge and self.sectionSize(section) > 64:
            self.setSectionsClickable(False)
            super().mouseReleaseEvent(event)
            self.setSectionsClickable(True)
            self.filterAsked.emit(section, self._under(section))
            return
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button asks for the menu."""
        section = self.logicalIndexAt(event.pos())
        if section >= 0:
            self.filterAsked.emit(section, self._under(section))

    def _under(self, section: int) -> QPoint:
        return self.mapToGlobal(QPoint(self.sectionViewportPosition(section), self.height()))


class RecordTable(QTableView):
    """Shows a ``RecordModel``. What is selected and current is known by record id."""

    opened = Signal()
    """Enter, F2 or a double click: to the form."""
    deleteAsked = Signal()
    copyAsked = Signal()
    pasted = Signal(str)
    currentChangedTo = Signal(object)
    """The current record's id, or None."""
    selectedChanged = Signal(int)
    """How many records are selected."""
    menuAsked = Signal(QPoint)

    def __init__(self, model: RecordModel, state: "UiState", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._kept: tuple[int | None, list[int], int] | None = None
        self._giving_back = False
        self.records = model
        self._set_up()
        self.setModel(model)
        self.selectionModel().currentRowChanged.connect(self._current_moved)
        self.selectionModel().selectionChanged.connect(self._selection_moved)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._give_back)
        self._restore_columns()
        for moved in (self.head.sectionResized, self.head.sectionMoved):
            moved.connect(self._remember_columns)

    def _set_up(self) -> None:
        self.head = Header(self)
        self.setHorizontalHeader(self.head)
        self.head.setStretchLastSection(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setAccessibleName("记录列表")
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setIconSize(icons.mark("红").deviceIndependentSize().toSize())
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    # Columns as they were left

    @property
    def _columns_key(self) -> str:
        return f"columns.{self.records.spec.name}"

    def _restore_columns(self) -> None:
        kept: dict[str, Any] = self._state.get(self._columns_key, {})
        widths, hidden, order = kept.get("widths", {}), kept.get("hidden"), kept.get("order", [])
        for n, column in enumerate(self.records.columns):
            self.setColumnWidth(n, int(widths.get(column.key, column.width)))
            self.setColumnHidden(n, not column.shown if hidden is None else column.key in hidden)
        keys = [c.key for c in self.records.columns]
        for place, key in enumerate(k for k in order if k in keys):
            self.head.moveSection(self.head.visualIndex(keys.index(key)), place)

    def _remember_columns(self, *_: object) -> None:
        columns = self.records.columns
        hidden = [c.key for n, c in enumerate(columns) if self.isColumnHidden(n)]
        stretched = self.shown_columns()[-1:]
        shown = [n for n in range(len(columns)) if not self.isColumnHidden(n) and n not in stretched]
        widths = {columns[n].key: self.columnWidth(n) for n in shown}
        kept = self._state.get(self._columns_key, {}).get("widths", {})
        order = [columns[self.head.logicalIndex(n)].key for n in range(len(columns))]
        self._state.set(self._columns_key, {"widths": {**kept, **widths}, "hidden": hidden, "order": order})

    def show_column(self, key: str, shown: bool) -> None:
        """Show or hide a column from the chooser."""
        place = [c.key for c in self.records.columns].index(key)
        self.setColumnHidden(place, not shown)
        if shown and self.columnWidth(place) < 40:
            self.setColumnWidth(place, self.records.columns[place].width)
        self._remember_columns()

    def reset_columns(self) -> None:
        """Back to the columns, widths and order the program ships with."""
        self._state.set(self._columns_key, {})
        for n in range(len(self.records.columns)):
            self.head.moveSection(self.head.visualIndex(n), n)
        self._state.set(self._columns_key, {})
        self._restore_columns()

    def shown_columns(self) -> list[int]:
        """The visible columns in the order the clerk put them."""
        order = (self.head.logicalIndex(n) for n in range(len(self.records.columns)))
        return [n for n in order if not self.isColumnHidden(n)]

    # Selection by record

    @property
    def current_id(self) -> int | None:
        """The current record's id."""
        index = self.currentIndex()
        return self.records.id_at(index.row()) if index.isValid() else None

    def selected_ids(self) -> list[int]:
        """The selected records' ids in the list's order."""
        return self.records.ids(self._selected_places())

    def _selected_places(self) -> list[int]:
        parts = self.selectionModel().selection().toList()
        return sorted({n for part in parts for n in range(part.top(), part.bottom() + 1)})

    def select_id(self, id_: int) -> bool:
        """Make a record current and show it; False when the list does not have it."""
        place = self.records.place_of(id_)
        if place is None:
            return False
        # Not selectRow: with Ctrl still held after Ctrl+S that would take the selection away again.
        flags = QItemSelectionModel.SelectionFlag
        index = self.records.index(place, self._first_column())
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
        return True

    def _first_column(self) -> int:
        return next(iter(self.shown_columns()), 0)

    def _keep(self) -> None:
        # A new query starts at the top; the same one read again stays where it was.
        if self._kept is None:
            self._kept = (self.current_id, self.selected_ids()[:500], self.verticalScrollBar().value())

    def _give_back(self) -> None:
        """Select again what was selected; a list that was read anew has not moved to another record."""
        kept, self._kept = self._kept, None
        if kept is None:
            return
        self._giving_back = True
        try:
            there = self._select_again(*kept)
        finally:
            self._giving_back = False
        if not there:
            self.currentChangedTo.emit(None)

    def _select_again(self, current: int | None, selected: list[int], scrolled: int) -> bool:
        """Put current, selected and scrolled rows back; whether the current one is still listed."""
        model, chosen, last = self.selectionModel(), QItemSelection(), self.records.columnCount() - 1
        for one in (p for p in map(self.records.place_of, selected) if p is not None):
            chosen.select(self.records.index(one, 0), self.records.index(one, last))
        place = self.records.place_of(current) if current is not None else None
        if place is not None:
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            model.setCurrentIndex(self.records.index(place, self._first_column()), flag)
        model.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._selection_moved()  # a reset takes the selection away without a word
        self.verticalScrollBar().setValue(scrolled)
        return place is not None

    def _current_moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if self._kept is None and not self._giving_back:
            self.currentChangedTo.emit(self.records.id_at(now.row()) if now.isValid() else None)

    def _selection_moved(self, *_: object) -> None:
        self.selectedChanged.emit(sum(part.height() for part in self.selectionModel().selection().toList()))

    # Keys

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt makes the first row current, which shows it in the form: then it is the selected one too."""
        had = self.currentIndex().isValid()
        super().focusInEvent(event)
        if not had and self.currentIndex().isValid() and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectRow(self.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys a clerk works with."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.opened.emit()
        elif key == Qt.Key.Key_Delete:
            self.deleteAsked.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QApplication.clipboard().text())
        elif key == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self._ask_filter_of_current()
        else:
            super().keyPressEvent(event)

    def _ask_filter_of_current(self) -> None:
        section = self.currentIndex().column() if self.currentIndex().isValid() else self._first_column()
        x = self.head.sectionViewportPosition(section)
        self.head.filterAsked.emit(section, self.head.mapToGlobal(QPoint(x, self.head.height())))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button asks for the menu."""
        self.menuAsked.emit(event.globalPos())

    def copy_rows(self) -> None:
        """Put the selected rows on the clipboard as Excel and WPS read them."""
        text = self.records.tab_separated(self._selected_places(), self.shown_columns())
        QApplication.clipboard().setText(text)
        self.copyAsked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say so where nothing fits."""
        super().paintEvent(event)
        if self.records.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(theme.MUTED)
            where = self.viewport().rect().adjusted(0, 40, 0, 0)
            painter.drawText(where, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, "没有符合条件的记录")
