"""A table of a paper edited in a grid: cells, rows, columns; the cell's whole text in the line below it."""

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QInputDialog,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.core import theme
from gui.core.plain_text import tip_text
from gui.documents.undoable_fields import line_field, put, put_line, text_field
from gui.widgets.styled import drawn_tool, tool
from models.paper import tables
from models.paper.elements import Table

Index = QModelIndex | QPersistentModelIndex
_NARROWEST = 44
_BAR = 58


class GridModel(QAbstractTableModel):
    """Shows a table; an edited cell is only told, the paper comes back with it."""

    cellEdited = Signal(int, int, str)

    def __init__(self) -> None:
        super().__init__()
        self.table = Table((), ())
        self.editable = True

    def show(self, table: Table) -> None:
        """Show another table; a cell being looked at stays where only texts have changed."""
        before, self.table = self.table, table
        if table is before:
            return
        if len(before.rows) == len(table.rows) and before.columns == table.columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(table.rows) - 1, len(table.columns) - 1))
            return
        self.beginResetModel()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Rows of the table."""
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Columns of the table."""
        return 0 if parent.isValid() else len(self.table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's text, whole when it is edited, in one line when it is shown."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return None
        text = self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_text(text)
        return text.replace("\n", " ") if role == Qt.ItemDataRole.DisplayRole else text

    def text(self, row: int, column: int) -> str:
        """A cell's text; empty where the row is too short."""
        cells = self.table.rows[row] if 0 <= row < len(self.table.rows) else ()
        return cells[column] if 0 <= column < len(cells) else ""

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was typed."""
        if role != Qt.ItemDataRole.EditRole or str(value) == self.text(index.row(), index.column()):
            return False
        self.cellEdited.emit(index.row(), index.column(), str(value))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Column titles, row numbers."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.table.columns[section].title if orientation == Qt.Orientation.Horizontal else str(section + 1)

    def flags(self, _index: Index) -> Qt.ItemFlag:
        """Every cell can be edited, except in what is issued."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.editable else flags


class _Cells(QStyledItemDelegate):
    """Edits a cell in place; what is dragged in goes to no cell by chance."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Qt's own input, which would answer MOVE."""
        made = super().createEditor(parent, option, index)
        made.setAcceptDrops(False)
        return made


class _View(QTableView):
    """A grid that copies and pastes cells as a spreadsheet does."""

    pasted = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C, Ctrl+V and Enter; all else is the grid's own."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QApplication.clipboard().text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the selected cells on the clipboard, tabs between them."""
        chosen = sorted(
            (index.row(), index.column(), index.data(Qt.ItemDataRole.EditRole)) for index in self.selectedIndexes()
        )
        rows: dict[int, list[str]] = {}
        for row, _column, text in chosen:
            rows.setdefault(row, []).append(str(text))
        QApplication.clipboard().setText("\n".join(map(tables.line, rows.values())))


class GridEditor(QWidget):
    """Tells every edit as a new table; ``show_table`` brings it back in.

    ``edited`` carries the deed's name, the table, and whether it was typed letter by letter.
    """

    edited = Signal(str, object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = GridModel()
        self.model.cellEdited.connect(self._cell_edited)
        self.view = _View()
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Cells(self.view))
        self.view.setAccessibleName("表格")
        self.view.setTabKeyNavigation(False)
        self.view.setWordWrap(False)
        self.view.verticalHeader().setDefaultSectionSize(theme.ROW)
        self.view.verticalHeader().hide()
        self.view.horizontalHeader().setMinimumSectionSize(_NARROWEST)
        self.view.horizontalHeader().sectionDoubleClicked.connect(self.rename_column)
        self.view.selectionModel().currentChanged.connect(lambda *_: self._show_cell())
        self.view.pasted.connect(self.paste)
        self.caption = line_field("表名", "表名，可以不写")
        self.caption.textEdited.connect(self._caption_typed)
        self.bar = text_field("单元格内容", "选中一格，在这里修改")
        self.bar.setFixedHeight(_BAR)
        self.bar.textChanged.connect(self._typed)
        self._filling = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addLayout(self._tools())
        for part in (self.caption, self.view, self.bar):
            column.addWidget(part)

    def _tools(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(theme.TINY)
        self.tools: list[QToolButton] = []
        for label, name, tip, do in (
            ("加一行", "plus", "在这一行后面加一行（Ctrl+Enter）", self.add_row),
            ("删去行", "trash", "删去选中的行（Ctrl+Delete）", self.drop_rows),
            ("", "arrow-up", "这一行上移（Alt+↑）", lambda: self.move_row(-1)),
            ("", "arrow-down", "这一行下移（Alt+↓）", lambda: self.move_row(1)),
        ):
            one = drawn_tool(label, name, tip)
            one.clicked.connect(do)
            self.tools.append(one)
            line.addWidget(one)
        columns = tool("列 ▾", "flat", "改列名、加一列、删去一列")
        columns.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(columns)
        menu.addAction("改列名…", lambda: self.rename_column(self.column))
        menu.addAction("在右边加一列…", self.add_column)
        menu.addAction("删去这一列", self.drop_column)
        columns.setMenu(menu)
        self.tools.append(columns)
        line.addWidget(columns)
        line.addStretch(1)
        return line

    # ---- showing

    def show_table(self, table: Table, *, read_only: bool) -> None:
        """Show a table; the cell that was looked at stays chosen."""
        row, column = self.row, self.column
        self._filling = True
        self.model.editable = not read_only
        titles = [one.title for one in self.model.table.columns]
        self.model.show(table)
        if titles != [one.title for one in table.columns]:
            self._fit_columns()
        if table.rows and table.columns:
            last = self.model.index(min(max(row, 0), len(table.rows) - 1), min(max(column, 0), len(table.columns) - 1))
            if last != self.view.currentIndex():
                self._select(last)
        put_line(self.caption, table.caption)
        self.caption.setReadOnly(read_only)
        for one in self.tools:
            one.setEnabled(not read_only)
        self._filling = False
        self._show_cell()

    def _show_cell(self) -> None:
        self._filling = True
        chosen = self.row >= 0 and self.column >= 0
        put(self.bar, self.model.text(self.row, self.column) if chosen else "")
        self.bar.setReadOnly(not chosen or not self.model.editable)
        self._filling = False

    def _fit_columns(self) -> None:
        """Widths in the shares they have on paper."""
        columns = self.model.table.columns
        room = max(self.view.viewport().width(), 60 * len(columns))
        whole = sum(column.width for column in columns) or 1.0
        for at, column in enumerate(columns):
            title = self.fontMetrics().horizontalAdvance(column.title) + theme.HUGE
            self.view.setColumnWidth(at, max(int(room * column.width / whole), title))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns share the new width."""
        super().resizeEvent(event)
        self._fit_columns()

    def sizeHint(self) -> QSize:
        """A few rows and the line below."""
        return QSize(320, 320)

    @property
    def row(self) -> int:
        """The chosen row, -1 where there is none."""
        return self.view.currentIndex().row()

    @property
    def column(self) -> int:
        """The chosen column, -1 where there is none."""
        return self.view.currentIndex().column()

    def choose(self, row: int, column: int | None = None) -> None:
        """Choose a cell."""
        self._select(self.model.index(row, max(self.column if column is None else column, 0)))

    def _select(self, cell: QModelIndex) -> None:
        # The view's own way would add to the selection while the Ctrl of a shortcut is still down.
        self.view.selectionModel().setCurrentIndex(cell, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def choose_record(self, record: str) -> None:
        """Choose the row that states a record, where one does."""
        if record in self.model.table.keys:
            self.choose(self.model.table.keys.index(record))

    # ---- editing

    def _cell_edited(self, row: int, column: int, text: str) -> None:
        self.edited.emit("修改表格", tables.with_cell(self.model.table, row, column, text), False)

    def _typed(self) -> None:
        if not self._filling and self.row >= 0 and self.column >= 0:
            changed = tables.with_cell(self.model.table, self.row, self.column, self.bar.toPlainText())
            self.edited.emit("修改表格", changed, True)

    def _caption_typed(self, text: str) -> None:
        self.edited.emit("修改表名", tables.with_caption(self.model.table, text), True)

    def add_row(self) -> None:
        """An empty row behind the chosen one, its first cell to write in chosen."""
        at = self.row + 1 if self.row >= 0 else len(self.model.table.rows)
        self.edited.emit("增加一行", tables.insert_row(self.model.table, at), False)
        self.choose(at, 1 if tables.counting(self.model.table) == 0 and len(self.model.table.columns) > 1 else 0)

    def drop_rows(self) -> None:
        """The table without the chosen rows."""
        rows = {index.row() for index in self.view.selectedIndexes()}
        if rows:
            self.edited.emit(f"删去 {len(rows)} 行", tables.drop_rows(self.model.table, rows), False)

    def move_row(self, by: int) -> None:
        """The chosen row up or down."""
        at, to = self.row, self.row + by
        if at >= 0 and 0 <= to < len(self.model.table.rows):
            self.edited.emit("移动行", tables.move_row(self.model.table, at, to), False)
            self.choose(to)

    def paste(self, text: str) -> None:
        """Cells copied from a spreadsheet, from the chosen cell on; rows that are missing are added."""
        cells = [line.split("\t") for line in text.rstrip("\r\n").splitlines()]
        if cells and self.model.editable:
            at = max(self.row, 0), max(self.column, 0)
            self.edited.emit("粘贴到表格", tables.pasted(self.model.table, at, cells), False)

    def rename_column(self, column: int) -> None:
        """Ask for another title of a column."""
        if column < 0 or not self.model.editable:
            return
        now = self.model.table.columns[column].title
        title, sure = QInputDialog.getText(self, "改列名", "列名：", text=now)
        if sure and title.strip():
            self.edited.emit("改列名", tables.retitle_column(self.model.table, column, title.strip()), False)

    def add_column(self) -> None:
        """Ask for the title of a new column."""
        title, sure = QInputDialog.getText(self, "加一列", "列名：")
        if sure and title.strip():
            at = self.column + 1
            self.edited.emit("增加一列", tables.insert_column(self.model.table, at, title.strip()), False)
            self.choose(max(self.row, 0), at)

    def drop_column(self) -> None:
        """The table without the chosen column; one always stays."""
        if self.column >= 0 and len(self.model.table.columns) > 1:
            self.edited.emit("删去一列", tables.drop_column(self.model.table, self.column), False)
