"""An .xlsx workbook before it is read: its parts unpacked within limits, cells far from every table cut out.

calamine holds a sheet as a full rectangle, so that one cell in XFD1048576 ends its process. Each sheet is
therefore passed through expat first, which holds nothing.
"""

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

from models.errors import Refusal
from models.spreadsheets import kinds, limits

RELATIONS = "xl/_rels/workbook.xml.rels"
_ALSO: Final = ("xl/sharedStrings.xml", "xl/styles.xml")
_OFFICE = "http://schemas.openxmlformats.org"
_FRAME: Final = {
    "[Content_Types].xml": f'<Types xmlns="{_OFFICE}/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_OFFICE}/package/2006/relationships"><Relationship Id="r" '
    f'Type="{_OFFICE}/officeDocument/2006/relationships/officeDocument" Target="{kinds.WORKBOOK}"/></Relationships>',
}
"""What makes a package of parts a workbook; calamine knows the format by it."""
_FAR_TOLD: Final = 3
_NO_COLUMN: Final = 1 << 20
_DIGITS = "0123456789"
_FILLING = frozenset({"v", "f", "is", "t"})
_TAG = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*(/?)>""")


UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, KeyError, ValueError, OSError, NotImplementedError,
)  # fmt: skip
"""What a damaged workbook raises; the last where it is packed in a way that Office does not use."""


@dataclass(slots=True)
class Scanned:
    """A workbook that is safe to be read.

    Attributes:
        data: a new .xlsx of the parts that are needed.
        sheets: names of its worksheets, in order; charts and macro sheets left out.
        far: by sheet, how many filled cells were cut out, and the places of the first of them.
        hidden: by sheet, the rows of the table that are not shown, from 1.
    """

    data: bytes
    sheets: list[str]
    far: dict[str, tuple[int, list[str]]]
    hidden: dict[str, list[int]]


def scan(path: Path) -> Scanned:
    """Unpack what is needed of a workbook.

    Raises:
        Refusal: no .xlsx workbook, damaged, locked, or larger than `limits` allow.
    """
    try:
        if kinds.is_overgrown(path):
            raise too_much(path.name, "里的部件太多")
        with zipfile.ZipFile(path) as archive:
            return _Scanner(path.name, archive).run()
    except UNREADABLE as error:
        raise damaged(path.name) from error


def damaged(name: str) -> Refusal:
    """A workbook whose content is no longer whole."""
    return Refusal(f"“{name}”已损坏，读不出内容，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。")


def too_much(name: str, what: str) -> Refusal:
    """A workbook that is larger than an office's table can be."""
    return Refusal(f"“{name}”{what}，没有读取。请删去多余的内容，或分成几个文件再导入。")


class _Scanner:
    def __init__(self, name: str, archive: zipfile.ZipFile) -> None:
        self._name = name
        self._archive = archive
        self._names = {n.replace("\\", "/").lower(): n for n in archive.NameToInfo}
        self._left = limits.MOST_UNPACKED
        self._cells = self._places = self._rows = 0

    def run(self) -> Scanned:
        book, relations = self._part(kinds.WORKBOOK), self._part(RELATIONS)
        targets = _targets(relations)
        sheets = [(name, targets[link]) for name, link in _sheets(book) if link in targets]
        packed = io.BytesIO()
        far: dict[str, tuple[int, list[str]]] = {}
        hidden: dict[str, list[int]] = {}
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as out:
            for part, content in _FRAME.items():
                out.writestr(part, content)
            out.writestr(kinds.WORKBOOK, book)
            out.writestr(RELATIONS, relations)
            for part in _ALSO:
                if part.lower() in self._names:
                    out.writestr(part, self._part(part))
            for name, target in sheets:
                found, data = self._sheet(name, target)
                out.writestr(target, data)
                hidden[name] = [row for row in found.hidden if row <= found.bottom]
                if found.far:
                    far[name] = (found.far, found.places)
        return Scanned(packed.getvalue(), [name for name, _ in sheets], far, hidden)

    def _part(self, name: str) -> bytes:
        """A part, unpacked no further than is left of what may be; its own word on its size is not believed."""
        with self._archive.open(self._names[name.lower()]) as file:
            data = file.read(self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            most = limits.MOST_UNPACKED >> 20
            raise too_much(self._name, f"的内容展开后超过 {most} MB，或有大量带格式的空行空列")
        return data

    def _sheet(self, name: str, target: str) -> "tuple[_Cells, bytes]":
        data = self._part(target)
        found = _Cells()
        found.read(data)
        self._cells += found.count
        self._rows += found.rows
        self._places += found.bottom * found.right
        if self._cells > limits.MOST_CELLS:
            raise too_much(self._name, f"的单元格超过 {limits.MOST_CELLS // 10_000} 万个")
        if self._rows > limits.MOST_ROWS:
            raise too_much(self._name, f"的行数超过 {limits.MOST_ROWS // 10_000} 万行")
        if self._places > limits.MOST_PLACES:
            raise too_much(self._name, f"的“{name}”表有 {found.bottom} 行、{found.right} 列，超过能读取的范围")
        return found, _without(data, found.cut) if found.cut else data


def _parser() -> Any:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _no_doctype
    return parser


def _no_doctype(*_: object) -> None:
    raise ValueError("an Office part declares no document type")


def _targets(relations: bytes) -> dict[str, str]:
    """Worksheet parts by the relation's id."""
    found: dict[str, str] = {}

    def start(_tag: str, given: dict[str, str]) -> None:
        if given.get("Type", "").endswith("/worksheet"):
            target = given.get("Target", "").replace("\\", "/")
            found[given.get("Id", "")] = posixpath.normpath(
                target.lstrip("/") if target.startswith(("/", "xl/")) else f"xl/{target}"
            )

    parser = _parser()
    parser.StartElementHandler = start
    parser.Parse(relations, True)
    return found


def _sheets(book: bytes) -> list[tuple[str, str]]:
    """Names of sheets with the ids of their relations."""
    found: list[tuple[str, str]] = []

    def start(tag: str, given: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "sheet":
            link = next((value for name, value in given.items() if name.endswith(":id")), "")
            found.append((given.get("name", ""), link))

    parser = _parser()
    parser.StartElementHandler = start
    parser.Parse(book, True)
    return found


@dataclass(slots=True)
class _Cells:
    """Where a sheet's cells stand, counted as calamine counts them.

    Attributes:
        count: cells that are held; empty ones to the right of the table and below it are not.
        rows: rows that hold something.
        bottom: the last row with something in it, from 1.
        right: the last column with something in it, from 1.
        hidden: rows that are not shown, from 1.
        cut: numbers of the cells, in the order of the file, that stand apart from everything.
        far: how many of those hold something.
        places: of the first of them.
    """

    count: int = 0
    rows: int = 0
    bottom: int = 0
    right: int = 0
    cut: set[int] = field(default_factory=set)
    hidden: list[int] = field(default_factory=list)
    far: int = 0
    places: list[str] = field(default_factory=list)
    _number: int = -1
    _row: int = 0
    _column: int = 0
    _at: tuple[int, int] | None = None
    _columns: dict[str, int] = field(default_factory=dict)

    def read(self, data: bytes) -> None:
        """Pass over a sheet's XML once."""
        parser = _parser()
        parser.StartElementHandler = self._start
        parser.Parse(data, True)

    def _start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "c":
            self._cell(given.get("r"))
        elif tag == "row":
            row = given.get("r", "")
            self._row, self._column = int(row) if row.isdecimal() else self._row + 1, 0
            if given.get("hidden") in ("1", "true"):
                self.hidden.append(self._row)
        elif tag in _FILLING:
            if self._at is not None:
                self._fill(*self._at)
        elif ":" in tag:
            self._start(tag.rpartition(":")[2], given)

    def _cell(self, place: str | None) -> None:
        """A cell begins. Within what is known to be the table it matters no further."""
        self._number += 1
        if place:
            letters = place.rstrip(_DIGITS)
            column = self._columns.get(letters) or self._index(letters)
            row = int(place[len(letters) :] or 0)
        else:
            row, column = self._row, self._column + 1
        self._column = column
        if 0 < row <= self.bottom and column <= self.right:
            self.count += 1
            self._at = None
            return
        self._at = (row, column)
        if row > self.bottom + limits.ROW_GAP or column > self.right + limits.COLUMN_GAP or not row:
            self.cut.add(self._number)

    def _index(self, letters: str) -> int:
        """A column's number, from 1; more than any sheet has where these are no column's letters."""
        number = 0
        for letter in letters.upper()[:4]:
            number = number * 26 + ord(letter) - 64 if "A" <= letter <= "Z" else _NO_COLUMN
        self._columns[letters] = number or _NO_COLUMN
        return self._columns[letters]

    def _fill(self, row: int, column: int) -> None:
        """A cell outside what was known of the table holds something."""
        self._at = None
        self.count += 1
        if self._number in self.cut:
            self.far += 1
            if len(self.places) < _FAR_TOLD:
                self.places.append(f"{letters_of(column - 1)}{row}")
            return
        self.rows += row > self.bottom
        self.bottom = max(self.bottom, row)
        self.right = max(self.right, column)


def _without(data: bytes, cut: set[int]) -> bytes:
    """A sheet's XML without these cells."""
    kept: list[bytes] = []
    number, done, open_ = -1, 0, False

    def start(tag: str, _given: object) -> None:
        nonlocal number, done, open_
        if tag.rpartition(":")[2] != "c":
            return
        number += 1
        if number not in cut:
            return
        begin = parser.CurrentByteIndex
        found = _TAG.match(data, begin)
        if found is None:
            raise ValueError("a cell's tag is not where it was parsed")
        kept.append(data[done:begin])
        done, open_ = found.end(), not found[1]

    def end(tag: str) -> None:
        nonlocal done, open_
        if open_ and tag.rpartition(":")[2] == "c":
            done, open_ = data.index(b">", parser.CurrentByteIndex) + 1, False

    parser = _parser()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)
    kept.append(data[done:])
    return b"".join(kept)


def letters_of(index: int) -> str:
    """A column's letters: 0 → A, 27 → AB."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
