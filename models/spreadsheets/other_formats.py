"""Tables that are no .xlsx: text with separators, web pages saved as .xls, tables in Word, older and open formats.

Read in the reading process, whose memory and time are bounded; what calamine reads is read by it.
"""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element, fromstring

from models.errors import Refusal
from models.spreadsheets import kinds, limits, scan

Table = tuple[str, list[list[Any]], list[Any]]
"""A table's name, its rows, its merged blocks as calamine tells them."""
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE: Final = frozenset({f"{_WORD}del", f"{_WORD}moveFrom"})
_SEPARATORS: Final = "\t,;|"
_ENCODINGS: Final = ("utf-8-sig", "gb18030")
_MOST_CELL: Final = 100_000
"""Characters of one cell."""


def tables(path: Path, kind: str) -> Iterator[Table]:
    """The tables of a file of that kind, see `kinds.kind_of`.

    Raises:
        Refusal: damaged, locked or too large.
    """
    cells = 0
    for name, rows, merged in _READ[kind](path):
        cells += sum(len(row) for row in rows)
        if cells > limits.MOST_CELLS or len(rows) > limits.MOST_ROWS:
            raise scan.too_much(path.name, "的内容超过能读取的限度")
        yield name, rows, merged


def _by_calamine(path: Path) -> Iterator[Table]:
    from python_calamine import CalamineWorkbook  # a Rust library, loaded in the reading process alone

    book = CalamineWorkbook.from_filelike(io.BytesIO(_bytes(path)))
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.height * sheet.width > limits.MOST_PLACES:
            raise scan.too_much(path.name, f"的“{name}”表有 {sheet.height} 行、{sheet.width} 列，超过能读取的范围")
        yield name, sheet.to_python(skip_empty_area=False), []


def _bytes(path: Path) -> bytes:
    """A file whole.

    Raises:
        Refusal: it is larger than any table.
    """
    with path.open("rb") as file:
        data = file.read(limits.MOST_UNPACKED + 1)
    if len(data) > limits.MOST_UNPACKED:
        raise scan.too_much(path.name, f"超过 {limits.MOST_UNPACKED >> 20} MB")
    return data


def _text(path: Path) -> str:
    """The characters of a text file.

    Raises:
        Refusal: in an encoding that offices do not use.
    """
    data = _bytes(path)
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else _ENCODINGS
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal(f"“{path.name}”的文字编码不能识别，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。")


def _separated(path: Path) -> Iterator[Table]:
    text = _text(path).replace("\x00", "")
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    csv.field_size_limit(_MOST_CELL)
    try:
        rows = [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    except csv.Error as error:
        raise scan.too_much(path.name, "有的格子文字太多") from error
    yield path.stem, rows, []


class _Page(HTMLParser):
    """The tables of a web page; a cell over several rows or columns is told as merged."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[tuple[list[list[Any]], list[Any]]] = []
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._held: dict[tuple[int, int], None] = {}
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, a row or a cell begins."""
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(([], []))
                self._held = {}
        elif not self._depth:
            return
        elif tag == "tr" and self._depth == 1:
            self._close()
            self.tables[-1][0].append([])
        elif tag in ("td", "th") and self._depth == 1 and self.tables[-1][0]:
            self._close()
            given = dict(attrs)
            self._span = (_span(given.get("rowspan")), _span(given.get("colspan")))
            self._cell = []
        elif tag in ("br", "p", "div") and self._cell:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A cell or a table ends."""
        if tag in ("td", "th", "tr") and self._depth == 1:
            self._close()
        elif tag == "table" and self._depth:
            self._close()
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        """Text of a cell."""
        if self._cell is not None:
            self._cell.append(data)

    def _close(self) -> None:
        if self._cell is None:
            return
        rows, merged = self.tables[-1]
        at, row = len(rows) - 1, rows[-1]
        while (at, len(row)) in self._held:
            row.append("")
        high, wide = self._span
        if high * wide > 1:
            merged.append(((at, len(row)), (at + high - 1, len(row) + wide - 1)))
            self._held |= {(at + down, len(row)): None for down in range(1, high)}
        row.append(" ".join("".join(self._cell).split(" ")).strip())
        row += [""] * (wide - 1)
        self._cell = None


def _span(given: str | None) -> int:
    return min(int(given), 1000) if given and given.isdecimal() and int(given) else 1


def _page(path: Path) -> Iterator[Table]:
    page = _Page()
    page.feed(_text(path))
    page.close()
    for number, (rows, merged) in enumerate(page.tables, 1):
        yield f"表{number}" if len(page.tables) > 1 else path.stem, rows, merged


def _word(path: Path) -> Iterator[Table]:
    with zipfile.ZipFile(path) as archive, archive.open(kinds.WORD) as stream:
        data = stream.read(limits.MOST_UNPACKED + 1)
    if len(data) > limits.MOST_UNPACKED:
        raise scan.too_much(path.name, "的文字太多")
    if b"<!DOCTYPE" in data[:4096]:
        raise ValueError("an Office part declares no document type")
    found = list(fromstring(data).iter(f"{_WORD}tbl"))
    if not found:
        raise Refusal(f"“{path.name}”是 Word 文档，里面没有表格，不能导入；正文里的问题请用“从文稿录入”。")
    for number, table in enumerate(found, 1):
        yield f"表{number}" if len(found) > 1 else path.stem, *_word_rows(table)


def _word_rows(table: Element) -> tuple[list[list[Any]], list[Any]]:
    rows: list[list[Any]] = []
    merged: list[Any] = []
    open_: dict[int, int] = {}
    for row in table.findall(f"{_WORD}tr"):
        cells: list[Any] = []
        for cell in row.iter(f"{_WORD}tc"):
            at, wide = len(cells), _grid_span(cell)
            goes_on = cell.find(f"{_WORD}tcPr/{_WORD}vMerge")
            if goes_on is not None and goes_on.get(f"{_WORD}val") != "restart" and at in open_:
                _stretch(merged, open_[at], len(rows))
                cells.append("")
            else:
                if goes_on is not None or wide > 1:
                    open_[at] = len(merged)
                    merged.append(((len(rows), at), (len(rows), at + wide - 1)))
                cells.append(_cell(cell))
            cells += [""] * (wide - 1)
        rows.append(cells)
    return rows, [block for block in merged if block[0] != block[1]]


def _stretch(merged: list[Any], at: int, row: int) -> None:
    start, (_bottom, right) = merged[at]
    merged[at] = (start, (row, right))


def _grid_span(cell: Element) -> int:
    span = cell.find(f"{_WORD}tcPr/{_WORD}gridSpan")
    return _span(None if span is None else span.get(f"{_WORD}val"))


def _cell(cell: Element) -> str:
    return "\n".join(filter(None, (_said(one).strip() for one in cell.iter(f"{_WORD}p"))))


def _said(parent: Element) -> str:
    """The text of a paragraph as it stands, deleted text apart."""
    found = []
    for one in parent:
        if one.tag == f"{_WORD}t":
            found.append(one.text or "")
        elif one.tag in (f"{_WORD}br", f"{_WORD}tab"):
            found.append("\n" if one.tag.endswith("br") else " ")
        elif one.tag not in _GONE:
            found.append(_said(one))
    return "".join(found)


_READ: Final[dict[str, Callable[[Path], Iterator[Table]]]] = {
    kinds.TEXT: _separated, kinds.PAGE: _page, kinds.WORD_TABLES: _word, kinds.OLDER: _by_calamine,
    kinds.BINARY: _by_calamine, kinds.OPEN: _by_calamine,
}  # fmt: skip
