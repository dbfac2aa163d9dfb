"""A filled workbook as rows of cells, each with its place: sheets known by name or header, headers by label."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from models.domain.intake import identity
from models.domain.intake.headings import kind_of
from models.errors import Refusal
from models.intake.cells import Cell
from models.intake.sheets import (
    BY_TABLE,
    CHOICES,
    EXPLANATION,
    LEDGERS,
    OFFICE_MARK,
    PARENTS,
    RECORD_MARK,
    SHEETS,
    UNREAD,
    Column,
    Ledger,
    Sheet,
    labels,
    part_column,
    squeezed,
)
from models.spreadsheets import reading as spreadsheet
from models.spreadsheets.scan import letters_of

HEADER_WITHIN = 50
"""Rows from the top among which a header is looked for."""
FINDINGS = "finding"
_UNIT_SHEET = re.compile(
    r"[\u4e00-\u9fff]{1,8}(镇|乡|街道|街道办事处|园区|林场|农场)|[\u4e00-\u9fff]{0,8}(经济?开发区|经开区|高新区)"
)
"""Sheets that are named after the unit their rows are of."""
ENOUGH = 3
"""Headers that must be known for a sheet of another name to be taken for one of ours."""
_FACT, _WHERE = (FINDINGS, "fact"), frozenset({(FINDINGS, "site_id"), (FINDINGS, "unit_id")})
"""A list that says what is wrong, and where, is one of problems with no more headers than these."""
_ORDINAL = re.compile(r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]")


@dataclass(frozen=True, slots=True)
class Line:
    """One record's part of a row: what its cells hold, and where they stand.

    Attributes:
        sheet: the layout it is read by.
        origin: name of the sheet in the file.
        number: row in the file, from 1.
        cells: by attribute, empty ones left out.
        places: column letters by attribute, empty cells' too.
        ledger: whether the row is of a ledger, whose rows tell several records.
        parent: the line of a ledger's row that this one belongs to; None for a row of its own.
        office: identity of the office that exported the row; empty for a row from elsewhere.
        record: identity of the record in that office.
        headers: what stands above the cells in the file, by attribute.
    """

    sheet: Sheet
    origin: str
    number: int
    cells: dict[str, Cell]
    places: Mapping[str, str]
    columns: Mapping[str, Column]
    ledger: bool = False
    parent: "Line | None" = None
    office: str = ""
    record: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def header(self, attribute: str) -> str:
        """The header of a column as the file writes it; "" where it has no such column."""
        return self.headers.get(attribute, "")

    @property
    def key(self) -> tuple[str, int]:
        """The row in the file, as a clerk's answer names it."""
        return self.origin, self.number

    def place(self, attribute: str = "") -> str:
        """The cell as a clerk finds it: 督查问题!F12; the row where no column is meant."""
        letters = self.places.get(attribute, "")
        return f"{self.origin}!{letters}{self.number}" if letters else f"{self.origin}!第{self.number}行"


@dataclass(slots=True)
class Book:
    """What a workbook holds, sheet by sheet in the layout's order, and what was left unread.

    Attributes:
        source: what the file is known by when it comes again; empty for rows that come from no file.
        office: identity of the office whose blank template this is; empty for others.
        rows: how many of the file's rows hold something that was read.
        above: what stands above the headers: titles, the period, the day of writing.
        foreign: whether a sheet of it is not called as ours are.
    """

    name: str
    source: str = ""
    office: str = ""
    above: list[str] = field(default_factory=list)
    rows: int = 0
    lines: dict[str, list[Line]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    foreign: bool = False

    @property
    def trusted(self) -> bool:
        """Whether its words are this program's: a template or a ledger of ours, or rows that are pasted."""
        return not self.foreign


def read(path: Path) -> Book:
    """Read a workbook.

    Raises:
        Refusal: no such file, no workbook of this kind, open elsewhere, protected, or without any sheet
            whose header is known.
    """
    book = Book(path.name)
    for sheet in spreadsheet.sheets(path):
        book.notes += sheet.notes
        _fill_merged(sheet.rows, sheet.merged)
        book.notes += _leave_out(sheet)
        _read_sheet(book, sheet.name, sheet.rows)
    headings = {
        f"{BY_TABLE[table].name}|{column}"
        for table, lines in book.lines.items()
        for line in lines[:1]
        for column in line.places
    }
    book.source = identity.source(path.name, sorted(headings))
    if not book.lines:
        wanted = "、".join(f"“{sheet.name}”" for sheet in SHEETS)
        why = "".join(book.notes)
        raise Refusal(f"“{path.name}”里没有认出可导入的表。{why}请用“导入模板”填写，表名为{wanted}，第一行为列名。")
    return book


def of_rows(name: str, origin: str, rows: Iterable[Iterable[Cell]]) -> Book:
    """A book of one sheet whose rows came from elsewhere, as from the clipboard.

    Raises:
        Refusal: the header is not known.
    """
    book = Book(name)
    _read_sheet(book, origin, [list(row) for row in rows])
    if not book.lines:
        raise Refusal("".join(book.notes) or f"“{name}”里没有内容。")
    return book


def _leave_out(sheet: spreadsheet.Sheet) -> list[str]:
    """Empty the rows that the file hides, and tell which they were."""
    rows = [row for row in sheet.hidden if row <= len(sheet.rows) and not all(map(_empty, sheet.rows[row - 1]))]
    for row in rows:
        sheet.rows[row - 1] = []
    told = "、".join(map(str, rows[:_TOLD])) + ("等" if len(rows) > _TOLD else "")
    return (
        [f"“{sheet.name}”表隐藏的第{told}行（共 {len(rows)} 行）没有读取，要读取的请先取消隐藏或筛选。"] if rows else []
    )


_TOLD = 10
"""Hidden rows that are named."""
Grid = list[list[Cell]]
Merged = Iterable[tuple[tuple[int, int], tuple[int, int]]]


def _fill_merged(grid: Grid, merged: Merged) -> None:
    """Every cell of a merged block holds what its first one shows; a block across the sheet is a title."""
    for (top, left), (bottom, right) in merged:
        if top >= len(grid) or left >= len(grid[top]) or (top == bottom and right - left >= ENOUGH):
            continue
        value = grid[top][left]
        for row in grid[top : bottom + 1]:
            row.extend([""] * (right + 1 - len(row)))
            row[left : right + 1] = [value] * (right + 1 - left)


@dataclass(frozen=True, slots=True)
class _Match:
    """A layout's columns found in a header row: sheet by sheet, attribute to column index.

    Attributes:
        more: further columns of a text, 整改情况 beside 整改措施.
        doubled: headers of further columns of what can have only one.
    """

    row: int
    layout: Sheet | Ledger
    found: dict[tuple[str, str], int]
    unknown: tuple[str, ...]
    marks: dict[str, int]
    more: tuple[tuple[tuple[str, str], int], ...] = ()
    doubled: tuple[str, ...] = ()


def _read_sheet(book: Book, name: str, grid: Grid) -> None:
    if squeezed(name) == OFFICE_MARK:
        book.office = str(grid[0][0]) if grid and grid[0] else ""
        return
    if squeezed(name) in (EXPLANATION, "填写" + EXPLANATION, CHOICES) or not any(any(row) for row in grid):
        return
    layout, own = _named(name), squeezed(name) in _OWN_NAMES
    # Another office's 问题台账 may be a ledger with its answers as well.
    layouts = [layout] if layout and own else [*([layout] if layout else []), *SHEETS, *LEDGERS]
    match = _best(grid, layouts, 1 if layout else ENOUGH)
    if match is None:
        book.notes.append(f"“{name}”表没有认出列名，没有读取。")
        return
    parts = _parts(match.layout)
    missing = [
        c.label
        for c in parts[0].values()
        if c.required and (_first(match.layout).key, c.name) not in match.found and not _told_by_a_part(match, c.name)
    ]
    if missing:
        book.notes.append(f"“{name}”表缺少{'、'.join(f'“{m}”' for m in missing)}列，没有读取。")
        return
    if match.unknown:
        book.notes.append(f"“{name}”表的{'、'.join(f'“{u}”' for u in match.unknown)}列不认识，没有读取。")
    if match.doubled:
        said = "、".join(f"“{header}”" for header in match.doubled)
        book.notes.append(f"“{name}”表的{said}列和前面的列是同一项，没有读取。")
    # A ledger of ours bears its marks; without them it is another office's, whatever it is called.
    ours = match.marks or (own and isinstance(match.layout, Sheet))
    book.foreign = book.foreign or not ours
    _lines(book, name, grid, match)


def _told_by_a_part(match: _Match, name: str) -> bool:
    """Whether a ledger's further part says what its first lacks: whose person it is says where the case happened."""
    return (_first(match.layout).key, name) == ("accountability_case", "unit_id") and any(
        found in match.found for found in (("party", "unit_id"), ("party", "post"))
    )


_OWN_NAMES = frozenset({*(sheet.name for sheet in SHEETS), *(ledger.name for ledger in LEDGERS)})
"""What the sheets of our own workbooks are called."""


def _named(name: str) -> Sheet | Ledger | None:
    wanted = squeezed(name)
    layouts: tuple[Sheet | Ledger, ...] = (*SHEETS, *LEDGERS)
    exact = next((one for one in layouts if one.name == wanted), None)
    return exact or next((one for one in layouts if wanted in one.aliases), None)


def _first(layout: Sheet | Ledger) -> Sheet:
    return layout if isinstance(layout, Sheet) else BY_TABLE[layout.parts[0][0]]


def _parts(layout: Sheet | Ledger) -> list[dict[str, Column]]:
    if isinstance(layout, Sheet):
        return [{c.name: c for c in layout.columns}]
    first, *others = layout.parts
    return [
        {name: BY_TABLE[first[0]].column(name) for name in first[1]},
        *({name: part_column(BY_TABLE[sheet], name) for name in names} for sheet, names in others),
    ]


def _names(layout: Sheet | Ledger) -> list[str]:
    return [layout.key] if isinstance(layout, Sheet) else [part[0] for part in layout.parts]


_LONGEST_HEADER = 1000
"""Characters of a header with its remarks; a longer text is an entry, and would be compared with every layout."""


def _best(grid: Grid, layouts: Iterable[Sheet | Ledger], least: int) -> _Match | None:
    """The header row and layout that know most headers; a plain sheet goes before a ledger where they tie."""
    best: _Match | None = None
    for layout in layouts:
        owners = [(sheet, c) for sheet, part in zip(_names(layout), _parts(layout), strict=True) for c in part.values()]
        known = labels(c for _, c in owners)
        owner_of = {id(c): sheet for sheet, c in owners}
        for place, row in enumerate(grid[:HEADER_WITHIN]):
            match = _match(layout, known, owner_of, place, row)
            enough = 2 if _FACT in match.found and _WHERE & match.found.keys() else least
            if len(match.found) >= max(enough, len(best.found) + 1 if best else 0):
                best = match
    return best


def _match(
    layout: Sheet | Ledger, known: Mapping[str, Column], owner_of: Mapping[int, str], place: int, row: list[Cell]
) -> _Match:
    found: dict[tuple[str, str], int] = {}
    others: list[tuple[int, str]] = []
    again: list[tuple[int, str]] = []
    marks: dict[str, int] = {}
    for index, cell in enumerate(row):
        header = squeezed(cell) if isinstance(cell, str) and len(cell) <= _LONGEST_HEADER else ""
        column = known.get(header)
        if header in (OFFICE_MARK, RECORD_MARK):
            marks[header] = index
        elif column is None:
            others += [(index, header)] if header and header not in UNREAD else []
        elif (owner_of[id(column)], column.name) not in found:
            found[owner_of[id(column)], column.name] = index
        else:
            again.append((index, header))
    meant = _alike(others, known, owner_of) if others else {}
    for index, header in others:
        if index in meant and meant[index] in found:
            again.append((index, header))
        elif index in meant:
            found[meant[index]] = index
    for at, (index, header) in enumerate(again):
        if header.startswith(_LEADS):
            key = meant.get(index) or _key(known, owner_of, header)
            again[at] = found[key], squeezed(row[found[key]])
            found[key] = index
    columns = {(owner_of[id(column)], column.name): column for column in known.values()}
    more = tuple(
        (key, index)
        for index, header in again
        if columns[key := meant.get(index) or _key(known, owner_of, header)].field.kind == "text" and not marks
    )
    taken = {index for _, index in more}
    doubled = tuple(header for index, header in again if index not in taken)
    unknown = tuple(header for index, header in others if index not in meant)
    return _Match(place, layout, found, unknown, marks, more, doubled)


_LEADS = "牵头"
"""Whose heading begins so answers for the problem, whoever else has a column: 牵头单位 before 责任单位."""


def _key(known: Mapping[str, Column], owner_of: Mapping[int, str], header: str) -> tuple[str, str]:
    column = known[header]
    return owner_of[id(column)], column.name


def _alike(
    others: Iterable[tuple[int, str]], known: Mapping[str, Column], owner_of: Mapping[int, str]
) -> dict[int, tuple[str, str]]:
    """What columns mean whose headers say it in other words, by their index."""
    kinds: dict[str, set[tuple[str, str]]] = {}
    for label, column in known.items():
        kinds.setdefault(kind_of(label), set()).add((owner_of[id(column)], column.name))
    meant = ((index, kinds.get(kind_of(header), set())) for index, header in others)
    return {index: next(iter(keys)) for index, keys in meant if len(keys) == 1}


def _lines(book: Book, name: str, grid: Grid, match: _Match) -> None:
    places = {key: letters_of(index) for key, index in match.found.items()}
    parts = list(zip(_names(match.layout), _parts(match.layout), strict=True))
    header = grid[match.row]
    foot: list[str] = []
    further = {
        sheet: [(attribute, index) for (owner, attribute), index in match.more if owner == sheet] for sheet, _ in parts
    }
    plans = [
        (
            BY_TABLE[sheet],
            dict(columns),
            [(attribute, index) for (owner, attribute), index in match.found.items() if owner == sheet],
            {attribute: letters for (owner, attribute), letters in places.items() if owner == sheet},
            {attribute: squeezed(header[index]) for (owner, attribute), index in match.found.items() if owner == sheet},
        )
        for sheet, columns in parts
    ]
    book.above += [cell for row in grid[: match.row] for cell in row if isinstance(cell, str) and cell]
    for number, row, of_sheet in _entries(name, grid, match, foot):
        parent: Line | None = None
        marks = [_mark(row, match.marks.get(header)) for header in (OFFICE_MARK, RECORD_MARK)]
        told = False
        for place, (sheet, columns, indexes, letters, headers) in enumerate(plans):
            cells = {a: row[i] for a, i in indexes if i < len(row) and not _empty(row[i])}
            for attribute, index in further[sheet.key]:
                _add_text(cells, attribute, row, index, first=bool(_STATE.search(str(header[index]))))
            if not cells:
                continue
            if place == 0 and of_sheet and sheet.key == FINDINGS and "unit_id" not in cells:
                cells["unit_id"] = of_sheet
            mark = marks if place == 0 else ("", "")
            line = Line(
                sheet, name, number, cells, letters, columns, isinstance(match.layout, Ledger), parent,
                office=mark[0], record=mark[1], headers=headers,
            )  # fmt: skip
            book.lines.setdefault(sheet.key, []).append(line)
            if place == 0 or sheet.key in PARENTS:
                parent = line
            told = True
        book.rows += told
    if foot:
        book.notes.append(f"“{name}”表末尾的{'、'.join(foot)}不是问题，没有读取。")
    for sheet, *_ in plans[:1]:
        book.lines.setdefault(sheet.key, [])


def _entries(name: str, grid: Grid, match: _Match, foot: list[str]) -> Iterator[tuple[int, list[Cell], str]]:
    """The rows below the header that hold entries, with the unit their block or sheet is named after."""
    header = grid[match.row]
    alone = _first(match.layout).key == FINDINGS and (FINDINGS, "unit_id") not in match.found
    unit = name if alone and _UNIT_SHEET.fullmatch(name) else ""
    unit = (_unit_line(grid[match.row - 1]) if alone and match.row else "") or unit
    for number, row in enumerate(grid[match.row + 1 :], start=match.row + 2):
        if is_foot(row):
            foot.append(f"第{number}行“{_first_text(row)}”")
        elif alone and (named := _unit_line(row)):
            unit = named
        elif not _is_header_again(row, header, match):
            yield number, row, unit


_STATE = re.compile(r"情况|进展|进度|结果")
"""Headers of what has come of it, which is told before what is planned."""


def _add_text(cells: dict[str, Cell], attribute: str, row: list[Cell], index: int, *, first: bool) -> None:
    """What a further column of the same text holds goes into the same cell, on a line of its own."""
    if index >= len(row) or _empty(row[index]):
        return
    before = cells.get(attribute)
    texts = [] if _empty(before) else [str(before)]
    cells[attribute] = "\n".join([str(row[index]), *texts] if first else [*texts, str(row[index])])


def _unit_line(row: list[Cell]) -> str:
    """The unit that a row between two blocks names and nothing else: 一、柳河镇; "" for other rows."""
    told = {str(cell).strip() for cell in row if not _empty(cell)}
    said = _ORDINAL.sub("", told.pop(), count=1).strip("：: ") if len(told) == 1 else ""
    return said if _UNIT_SHEET.fullmatch(said) else ""


def _is_header_again(row: list[Cell], header: list[Cell], match: _Match) -> bool:
    """Whether a row repeats the headers, as the next block below does."""
    places = match.found.values()
    return len(places) > 1 and all(at < len(row) and squeezed(row[at]) == squeezed(header[at]) for at in places)


_FOOT = re.compile(
    r"(?:合\s*计|小\s*计|总\s*计|共\s*计)[：:]?.{0,8}|(?:备\s*注|说\s*明|注|填表说明)[：:].*|单位负责人.*"
    r"|(?:填表|审核|制表|复核|统计|经办|填报|负责|联系|分管|签字)(?:人|单位|领导|时间|日期)?[：:].*"
)
"""What the first cell of a row below a table says: 合计, 填表人：…"""


def is_foot(row: list[Cell]) -> bool:
    """Whether a row stands below a table and is none of it."""
    return bool(_FOOT.fullmatch(_first_text(row)))


def _first_text(row: list[Cell]) -> str:
    first = next((cell for cell in row if not _empty(cell)), "")
    return " ".join(first.split()) if isinstance(first, str) else ""


def _mark(row: list[Cell], index: int | None) -> str:
    return str(row[index]).strip() if index is not None and index < len(row) else ""


def _empty(cell: Cell) -> bool:
    return cell == "" or cell is None or (cell.__class__ is str and not cell.strip())
