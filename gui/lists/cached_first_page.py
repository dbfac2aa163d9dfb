"""The first page at start-up: remembered SQL and headers, read by plain sqlite3 before anything heavy is imported."""

import datetime as dt
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from gui.core import icons, theme
from models.domain.findings.deadlines import Bounds
from models.storage.connection import connect

if TYPE_CHECKING:
    from gui.lists.view import RecordTable

MARKED = frozenset({"light", "status", "stage"})
INVALID = QModelIndex()
ROWS = 40
"""More than any screen shows."""


def remember(table: "RecordTable", days: Mapping[str, str]) -> dict[str, Any]:
    """What ``read`` needs next time, from the table as it stands; JSON-ready."""
    from models.queries.lists.listing import ids_statement

    records, shown = table.records, table.shown_columns()
    columns = [records.columns[n] for n in shown]
    ids = ids_statement(records.spec, records.query, days, ROWS)
    cells = ", ".join(c.sql for c in columns)
    sql = f"WITH page AS ({ids.sql}) SELECT {cells} FROM page JOIN {records.spec.source} t ON t.id = page.id"
    return {
        "sql": sql,
        "params": ids.params,
        "columns": [[c.key, c.label, table.columnWidth(n), c.align] for n, c in zip(shown, columns, strict=True)],
    }


def read(database: Path, kept: Mapping[str, Any], today: dt.date) -> list[tuple[Any, ...]]:
    """The remembered first page as it is now; empty where the database or the memory does not fit."""
    try:
        with closing(connect(database, read_only=True)) as connection:
            days = bounds(connection, today).parameters()
            return connection.execute(kept["sql"], {**kept["params"], **days}).fetchall()
    except (sqlite3.Error, sqlite3.Warning, UnicodeError, KeyError, TypeError, ValueError, OverflowError):
        return []


def bounds(connection: sqlite3.Connection, today: dt.date) -> Bounds:
    """What ``queries.lookups.calendar.bounds`` gives, without the records: they are not imported yet."""
    holidays = connection.execute('SELECT "on", works FROM holiday WHERE deleted_at IS NULL AND "on" IS NOT NULL')
    rows = [(dt.date.fromisoformat(day), bool(works)) for day, works in holidays]
    office = connection.execute("SELECT near_days FROM office ORDER BY id").fetchone()
    return Bounds.of_rows(today, rows, office[0] if office else None)


class _Page(QAbstractTableModel):
    def __init__(self, rows: Sequence[tuple[Any, ...]], columns: Sequence[Sequence[Any]], parent: QObject) -> None:
        super().__init__(parent)
        self._rows, self._columns = rows, columns
        self._marked = {n for n, column in enumerate(columns) if column[0] in MARKED}

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = INVALID) -> int:
        """The rows that were read."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = INVALID) -> int:
        """The remembered columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        """A cell's text and mark."""
        if role == 0:
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() in self._marked:
            value = self._rows[index.row()][index.column()]
            return icons.mark(value) if value else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """A column's remembered label."""
        if role == 0 and orientation == Qt.Orientation.Horizontal:
            return self._columns[section][1]
        return None


class FirstPage(QWidget):
    """Looks like the tab that takes its place a moment later."""

    def __init__(self, rows: Sequence[tuple[Any, ...]], kept: Mapping[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        band = QFrame()
        band.setProperty("class", "band")
        band.setFixedHeight(50)
        self.table = QTableView()
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.ROW)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.horizontalHeader().setFixedHeight(theme.ROW)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setIconSize(icons.mark("红").deviceIndependentSize().toSize())
        self.table.setModel(_Page(rows, kept["columns"], self))
        for n, column in enumerate(kept["columns"]):
            self.table.setColumnWidth(n, int(column[2]))
        body = QHBoxLayout()
        body.setSpacing(0)
        sizes = kept.get("splitter") or [1, 0]
        body.addWidget(self.table, max(int(sizes[0]), 1))
        form = QFrame()
        form.setProperty("class", "paper")
        body.addWidget(form, int(sizes[-1]))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(band)
        layout.addLayout(body, 1)
