"""Editing a table by hand: cells, rows and columns. Every function gives a new table.

A column titled 序号 counts its rows by itself, so that rows can be added, moved and taken out.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import count

import msgspec

from models.paper.elements import Align, Column, Table

PLACE = "序号"
_KEPT = 64
_FLAT = str.maketrans({"\n": "\v", "\t": " "})

Rows = list[list[str]]


@lru_cache(maxsize=_KEPT)
def text_of(table: Table) -> str:
    """Caption, column titles and rows, a line each, cells between tabs: what the table's origin keeps."""
    head = line([column.title for column in table.columns])
    return "\n".join((table.caption.translate(_FLAT), head, *map(line, table.rows)))


def line(cells: Sequence[str]) -> str:
    """One row of ``text_of``."""
    return "\t".join(cell.translate(_FLAT) for cell in cells)


def with_cell(table: Table, row: int, column: int, text: str) -> Table:
    """Another text in one cell."""
    rows = _rows(table)
    rows[row][column] = text
    return _with(table, rows, list(table.keys))


def with_caption(table: Table, caption: str) -> Table:
    """Another name over the table."""
    return msgspec.structs.replace(table, caption=caption)


def pasted(table: Table, at: tuple[int, int], cells: Sequence[Sequence[str]]) -> Table:
    """A block of cells from row and column ``at`` on; rows that are missing are added, columns are not."""
    top, left = at
    while len(table.rows) < top + len(cells):
        table = insert_row(table, len(table.rows))
    rows = _rows(table)
    for row, given in zip(rows[top:], cells, strict=False):
        for n, text in enumerate(given[: len(table.columns) - left], left):
            row[n] = text
    return _with(table, rows, list(table.keys))


def insert_row(table: Table, at: int, cells: Sequence[str] = ()) -> Table:
    """A row of the clerk's own before the one at that place; cells that are not given are empty."""
    rows, keys = _rows(table), list(table.keys)
    rows.insert(at, [*cells, *[""] * len(table.columns)][: len(table.columns)])
    if keys or not table.rows:
        keys.insert(at, "")
    return _with(table, rows, keys)


def drop_rows(table: Table, places: Collection[int]) -> Table:
    """The table without some rows; composing again does not bring them back."""
    rows = [row for at, row in enumerate(_rows(table)) if at not in places]
    return _with(table, rows, [key for at, key in enumerate(table.keys) if at not in places])


def move_row(table: Table, at: int, to: int) -> Table:
    """A row at another place; ``to`` counts after it was taken out."""
    rows, keys = _rows(table), list(table.keys)
    rows.insert(to, rows.pop(at))
    if keys:
        keys.insert(to, keys.pop(at))
    return _with(table, rows, keys)


def retitle_column(table: Table, at: int, title: str) -> Table:
    """Another title over a column."""
    columns = list(table.columns)
    columns[at] = msgspec.structs.replace(columns[at], title=title)
    return counted(msgspec.structs.replace(table, columns=tuple(columns)))


def insert_column(table: Table, at: int, title: str) -> Table:
    """An empty column of average width before the one at that place."""
    columns, rows = list(table.columns), _rows(table)
    width = sum(column.width for column in columns) / len(columns) if columns else 1.0
    columns.insert(at, Column(title, round(width, 2)))
    for row in rows:
        row.insert(at, "")
    return _with(msgspec.structs.replace(table, columns=tuple(columns)), rows, list(table.keys))


def drop_column(table: Table, at: int) -> Table:
    """The table without a column."""
    columns = tuple(column for n, column in enumerate(table.columns) if n != at)
    rows = [row[:at] + row[at + 1 :] for row in _rows(table)]
    return _with(msgspec.structs.replace(table, columns=columns), rows, list(table.keys))


def blank(titles: Sequence[str], rows: int = 1) -> Table:
    """A new table with empty rows; a column 序号 is narrow and counts."""
    columns = tuple(Column(title, 0.4 if title == PLACE else 1.0, _align(title)) for title in titles)
    return counted(Table(columns, tuple(tuple("" for _ in titles) for _ in range(rows))))


def _align(title: str) -> Align:
    return "center" if title == PLACE else "left"


def _rows(table: Table) -> Rows:
    """The rows as lists, each as long as there are columns."""
    width = len(table.columns)
    return [[*row, *[""] * width][:width] for row in table.rows]


def _with(table: Table, rows: Rows, keys: Sequence[str]) -> Table:
    changed = msgspec.structs.replace(table, rows=tuple(tuple(row) for row in rows), keys=tuple(keys))
    return counted(changed)


def counting(table: Table) -> int | None:
    """The column that counts the rows; None where there is none."""
    return next((n for n, column in enumerate(table.columns) if column.title == PLACE), None)


def counted(table: Table) -> Table:
    """The table with its rows counted anew, where a column counts them."""
    at = counting(table)
    if at is None:
        return table
    numbers = count(1)
    rows = (_numbered(row, at, numbers) for row in table.rows)
    return msgspec.structs.replace(table, rows=tuple(rows))


def _numbered(row: tuple[str, ...], at: int, numbers: Iterator[int]) -> tuple[str, ...]:
    """The row with the next number; a row of totals (合计) has none."""
    if row[at] and not row[at].isdecimal():
        return row
    return (*row[:at], str(next(numbers)), *row[at + 1 :])
