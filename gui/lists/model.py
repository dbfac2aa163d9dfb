"""A table over ordered ids: SQL sorts and filters, pages of plain tuples are read as they scroll into view."""

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from gui.core import icons, theme
from gui.core.plain_text import tip_text
from models.queries.lists.listing import Column, ListQuery, ListReader, ListSpec
from models.storage.connection import connect

PAGE = 128
PAGES_KEPT = 64
MARKED = frozenset({"light", "status", "stage"})
LATE = frozenset({"days_over"})
INVALID = QModelIndex()
Quietly = Callable[[Callable[[], Any], Callable[[Any], object]], object]
Row = tuple[Any, ...]


class RecordModel(QAbstractTableModel):
    """Rows of one list. ``ask`` shows a query's first page at once; all ids follow from a thread.

    ``quietly`` runs a function in the background and hands its result back on the screen's thread
    (``Runner.quietly``). Selections are kept as ids, never as model indexes, across resets.
    """

    counted = Signal(dict)
    """How many rows each chip has under the query."""
    completed = Signal()
    """All ids of the last query are here."""

    def __init__(
        self,
        database: Path,
        spec: ListSpec,
        days: Mapping[str, str],
        quietly: Quietly,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.spec = spec
        self.query = ListQuery()
        self._database = database
        self._days = days
        self._quietly = quietly
        self._connection: sqlite3.Connection | None = None
        self._ids: array[int] = array("q")
        self._pages: dict[int, list[Row | None]] = {}
        self._whole = True
        self._asked = 0
        self.totals: dict[str, int] = {}
        self._aligned = {"left": 0x81, "right": 0x82, "center": 0x84}

    @property
    def columns(self) -> tuple[Column, ...]:
        """The list's columns, shown or not."""
        return self.spec.columns

    def _reader(self) -> ListReader:
        if self._connection is None:
            self._connection = connect(self._database, read_only=True)
        return ListReader(self._connection, self.spec, self._days)

    def close(self) -> None:
        """Give the connection back, as before the data folder is left."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def set_days(self, days: Mapping[str, str]) -> None:
        """Judge lights by another day."""
        self._days = days

    def ask(self, query: ListQuery) -> None:
        """Show what the query gives: its first page now, the rest a moment later."""
        reader = self._reader()
        first = reader.ids(query, PAGE)
        rows = reader.rows(first)
        self.beginResetModel()
        self.query, self._ids, self._pages = query, first, {0: rows}
        self._whole = len(first) < PAGE
        self._asked += 1
        self.endResetModel()
        self._follow(query, self._asked)

    def _follow(self, query: ListQuery, asked: int, *, again: bool = False) -> None:
        """Fetch all ids and the chips' counts in the background; forget them when asked anew meanwhile."""
        spec, days, database = self.spec, dict(self._days), self._database
        whole = self._whole and not again

        def work() -> "tuple[array[int] | None, dict[str, int], dict[str, int]]":
            connection = connect(database, read_only=True)
            try:
                reader = ListReader(connection, spec, days)
                return (None if whole else reader.ids(query)), reader.counts(query), reader.totals(query)
            finally:
                connection.close()

        def done(found: "tuple[array[int] | None, dict[str, int], dict[str, int]]") -> None:
            if asked == self._asked:
                self._take(*found)

        self._quietly(work, done)

    def _take(self, ids: "array[int] | None", counts: dict[str, int], totals: dict[str, int]) -> None:
        if ids is not None:
            self._put(ids)
        self.totals = totals
        self.counted.emit(counts)
        self.completed.emit()

    def _put(self, ids: "array[int]") -> None:
        """All ids: those that follow what is shown are added, anything else is shown anew."""
        known = len(self._ids)
        if ids[:known] != self._ids:
            self.beginResetModel()
            self._ids, self._pages = ids, {}
            self.endResetModel()
        elif len(ids) > known:
            self.beginInsertRows(QModelIndex(), known, len(ids) - 1)
            self._pages.pop(known // PAGE, None)
            self._ids = ids
            self.endInsertRows()
        self._whole = True

    def _fill(self) -> None:
        """Have all ids now, where something cannot wait for them."""
        if not self._whole:
            self._put(self._reader().ids(self.query))

    def refresh(self, touched: Iterable[int], *, around: bool = False) -> None:
        """Read again after a write: these rows at once, order and membership a moment later.

        Args:
            touched: ids of this list's own records.
            around: what rows show of other records was written: every row is read anew when it is next painted.
        """
        if around and self._ids:
            self._pages.clear()
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, self.columnCount() - 1))
        wanted = set(touched)
        for number, page in self._pages.items():
            self._reread(number, page, [n for n, row in enumerate(page) if row is not None and row[0] in wanted])
        self._asked += 1
        self._follow(self.query, self._asked, again=True)

    def _reread(self, number: int, page: list[Row | None], places: list[int]) -> None:
        if not places:
            return
        fresh = self._reader().rows([row[0] for row in map(page.__getitem__, places) if row is not None])
        for place, row in zip(places, fresh, strict=True):
            page[place] = row
        first, last = number * PAGE + places[0], number * PAGE + places[-1]
        self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))

    # What Qt asks for, thousands of times a second: kept flat on purpose.

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = INVALID) -> int:
        """All rows of the query."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = INVALID) -> int:
        """The list's columns, hidden ones too."""
        return 0 if parent.isValid() else len(self.spec.columns)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        """A cell's text, and at other roles its mark, colour and place."""
        if role == 0:
            row = self.row(index.row())
            return None if row is None else row[index.column() + 1]
        if role in _ROLES:
            return self._other(index, role)
        return None

    def _other(self, index: QModelIndex | QPersistentModelIndex, role: int) -> Any:
        column = self.spec.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._aligned[column.align]
        row = self.row(index.row())
        if row is None:
            return None
        value = row[index.column() + 1]
        if role == Qt.ItemDataRole.DecorationRole:
            return icons.mark(value) if column.key in MARKED and value else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(column, row)
        return None if value in (None, "") else tip_text(str(value))

    def _ink(self, column: Column, row: Row) -> QColor | None:
        if column.key in LATE or (column.key == "deadline" and self._light(row) == "红"):
            return QColor(theme.ACCENT)
        return None

    def _light(self, row: Row) -> str:
        return str(row[1]) if self.spec.columns[0].key == "light" else ""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """A column's label."""
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == 0 else None
        column = self.spec.columns[section]
        if role == 0:
            return column.label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._aligned[column.align]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{column.label}：点击排序，右键筛选"
        return None

    def row(self, place: int) -> Row | None:
        """The row at a place: id, then the cells; None where it was deleted meanwhile."""
        page = self._pages.get(place >> 7)
        if page is None:
            page = self._fetch(place >> 7)
        return page[place & 127] if place & 127 < len(page) else None

    def _fetch(self, number: int) -> list[Row | None]:
        if len(self._pages) >= PAGES_KEPT:
            del self._pages[next(iter(self._pages))]
        page = self._reader().rows(self._ids[number * PAGE : (number + 1) * PAGE])
        self._pages[number] = page
        return page

    def id_at(self, place: int) -> int | None:
        """The record's id at a place; None outside the list."""
        return self._ids[place] if 0 <= place < len(self._ids) else None

    def place_of(self, id_: int) -> int | None:
        """Where a record is in the list; None when it is not in it."""
        if id_ not in self._ids:
            self._fill()
        try:
            return self._ids.index(id_)
        except ValueError:
            return None

    def ids(self, places: Iterable[int]) -> list[int]:
        """The ids at these places, in the list's order."""
        return [one for one in map(self.id_at, sorted(places)) if one is not None]

    def all_ids(self) -> "array[int]":
        """Every id of the query in its order."""
        self._fill()
        return self._ids

    def values(self, key: str) -> list[tuple[Any, str, int]]:
        """What a column's filter offers: value, label, count."""
        return self._reader().values(self.query, key)

    def tab_separated(self, places: Iterable[int], columns: Sequence[int]) -> str:
        """Rows as Excel and WPS paste them: a header line, then a line a row."""
        lines = ["\t".join(self.spec.columns[c].label for c in columns)]
        for place in sorted(places):
            row = self.row(place)
            if row is not None:
                lines.append("\t".join(_flat(row[c + 1]) for c in columns))
        return "\n".join(lines)


_ROLES = frozenset(
    int(role)
    for role in (
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.ForegroundRole,
        Qt.ItemDataRole.ToolTipRole,
    )
)


def _flat(value: Any) -> str:
    return "" if value is None else str(value).replace("\t", " ").replace("\n", " ")
