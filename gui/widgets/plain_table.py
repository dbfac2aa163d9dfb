"""The plain table the dialogs list a few rows in."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from gui.core import theme
from gui.core.plain_text import set_tip


def plain_table(head: Sequence[str], widths: Sequence[int]) -> QTableWidget:
    """A table of whole rows to choose from; nothing in it is typed."""
    table = QTableWidget(0, len(head))
    table.setHorizontalHeaderLabels(list(head))
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme.ROW)
    header = table.horizontalHeader()
    header.setStretchLastSection(True)
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    for n, width in enumerate(widths):
        table.setColumnWidth(n, width)
    return table


def put_row(table: QTableWidget, row: int, texts: Sequence[str]) -> list[QTableWidgetItem]:
    """Write one row; each cell says the whole of its text as a tool tip."""
    items = []
    for column, text in enumerate(texts):
        item = QTableWidgetItem(text)
        set_tip(item, text)
        table.setItem(row, column, item)
        items.append(item)
    return items
