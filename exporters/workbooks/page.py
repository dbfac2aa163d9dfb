"""One sheet of a ledger, drawn to be printed and still to be sorted, filtered and read back.

Rows are streamed (openpyxl's write-only mode); a cell's style is one shared prototype, copied by reference.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

Look = Literal["middle", "wrap", "day", "number", "share", "status"]

TITLE_FONT, HEAD_FONT, BODY_FONT = "方正小标宋简体", "黑体", "仿宋_GB2312"
BODY_SIZE = 11
LINE = 15.0
"""Points a line of the body takes."""
TALLEST = 409.0
"""Points a row may have at most, which is the format's own limit."""
STATUS_FILLS = {
    "草稿": "F2F2F2", "待交办": "FFF2CC", "已交办": "DDEBF7", "整改中": "DDEBF7", "待核查": "FCE4D6",
    "退回重改": "F8CBAD", "已销号": "E2EFDA", "挂账协调": "E4DFEC", "撤销": "EDEDED", "作废": "EDEDED",
    "按时办结": "E2EFDA", "超期办结": "FFF2CC", "未到期": "DDEBF7", "逾期未办": "F8CBAD", "无时限": "F2F2F2",
    "通报": "E2EFDA", "归档": "E2EFDA", "线索": "FFF2CC", "不予问责": "EDEDED",
}  # fmt: skip
"""Fill of a status cell; what is not named here stays white."""
_FORMATS = {"day": "yyyy-mm-dd", "number": "0", "share": "0.0%"}
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_WIDE = re.compile("[^\x00-\xff]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, its width in characters of the standard font, and how its cells look.

    ``hidden`` ones are for the program only.
    """

    label: str
    width: float
    look: Look = "middle"
    printed: bool = True
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet to be written.

    Attributes:
        name: of the sheet.
        title: the line above the header.
        columns: printed ones first; those not printed stand to the right of the print area.
        rows: values, one a column.
        note: a line under the title, such as the period and the day of writing.
        totals: how many of the last rows are sums, which filters and sorting leave in their place.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    note: str = ""
    totals: int = 0


def write(workbook: "Workbook", page: Page) -> None:
    """Add the page to a write-only workbook."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet: Any = workbook.create_sheet(page.name)
    columns = _widened(page)
    head = 3 if page.note else 2
    printed = get_column_letter(max(1, sum(c.printed for c in columns)))
    last, end = get_column_letter(len(columns)), head + max(len(page.rows), 1)
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
        sheet.column_dimensions[get_column_letter(place)].hidden = column.hidden
    sheet.freeze_panes = f"A{head + 1}"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    _set_up_print(sheet, head, f"A1:{printed}{end}")
    styles = _Styles(sheet, columns)
    for row in range(1, head):
        sheet.merged_cells.add(f"A{row}:{printed}{row}")
    sheet.row_dimensions[1].height = _title_height(page.title, columns)
    sheet.append([styles.title(page.title)])
    if page.note:
        sheet.append([styles.note(page.note)])
    sheet.row_dimensions[head].height = _head_height(columns)
    sheet.append([styles.head(c.label) for c in columns])
    _write_rows(sheet, page.rows, columns, styles, head)
    sheet.auto_filter.ref = f"A{head}:{last}{max(end - page.totals, head + 1)}"


def _write_rows(
    sheet: Any, rows: Iterable[Sequence[Any]], columns: Sequence[Column], styles: "_Styles", head: int
) -> None:
    wrapping = [(place, capacity(c.width)) for place, c in enumerate(columns) if c.look in ("wrap", "middle", "status")]
    dimensions = sheet.row_dimensions
    for number, row in enumerate(rows, start=head + 1):
        lines = 1
        for place, room in wrapping:
            value = row[place]
            if value.__class__ is str and len(value) * 2 > room:
                lines = max(lines, lines_of(value, room))
        dimensions[number].height = min(TALLEST, max(22.0, lines * LINE + 6))
        sheet.append(styles.body(row))


def capacity(width: float) -> int:
    """Half-width characters that stand in one line of a column, with a little room for wrapping."""
    return max(2, math.floor((width * 7 - 3) / 14.67 * 2 * 0.95))


def lines_of(text: str, room: int) -> int:
    """Lines a text takes where ``room`` half-width characters stand in one."""
    return sum(
        max(1, math.ceil((len(part) + len(_WIDE.findall(part))) / (room if room % 2 == 0 else room - 1)))
        for part in text.split("\n")
    )


def _widened(page: Page) -> list[Column]:
    """The columns; a wrapping one whose text would not fit into the tallest row gets wider."""
    columns = list(page.columns)
    most = int((TALLEST - 6) / LINE)
    for place, column in enumerate(columns):
        if column.look != "wrap":
            continue
        longest = max((row[place] for row in page.rows if row[place]), key=len, default="")
        width = column.width
        while width < 120 and lines_of(str(longest), capacity(width)) > most:
            width += 10
        columns[place] = replace(column, width=width)
    return columns


def _title_height(title: str, columns: Sequence[Column]) -> float:
    room = capacity(sum(c.width for c in columns if c.printed)) * BODY_SIZE // 18
    return 34.0 * lines_of(title, max(room, 8))


def _head_height(columns: Sequence[Column]) -> float:
    return 10 + LINE * max(lines_of(c.label, capacity(c.width)) for c in columns)


def _set_up_print(sheet: Any, head: int, area: str) -> None:
    sheet.print_title_rows = f"{head}:{head}"
    sheet.print_area = area
    setup = sheet.page_setup
    setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight = 9, "landscape", 1, 0
    margins = sheet.page_margins
    margins.left = margins.right = 0.45
    margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.65, 0.3, 0.3
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    sheet.oddFooter.center.size = 10


class _Styles:
    """Prototype cells whose style every cell of a kind shares."""

    def __init__(self, sheet: Any, columns: Sequence[Column]) -> None:
        from openpyxl.cell import WriteOnlyCell

        self._cell = WriteOnlyCell
        self._sheet = sheet
        self._columns = columns
        self._printed = sum(c.printed for c in columns)
        self._plain = [self._style(c.look) for c in columns]
        self._quoted = [self._style(c.look, quoted=True) for c in columns]
        self._filled: dict[str, Any] = {}

    def _style(self, look: Look, fill: str = "", *, quoted: bool = False) -> Any:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        side = Side(style="thin", color="808080")
        cell: Any = self._cell(self._sheet)
        cell.font = Font(name=BODY_FONT, size=BODY_SIZE)
        cell.border = Border(left=side, right=side, top=side, bottom=side)
        sideways = "left" if look == "wrap" else "center"
        cell.alignment = Alignment(horizontal=sideways, vertical="center", wrap_text=look not in _FORMATS)
        cell.number_format = _FORMATS.get(look, "General")
        if fill:
            cell.fill = PatternFill("solid", fgColor=fill)
        style = copy(cell._style)
        style.quotePrefix = int(quoted)
        return style

    def body(self, row: Sequence[Any]) -> list[Any]:
        """A row's cells; empty ones beside the print area are left out."""
        cells: list[Any] = []
        for place, value in enumerate(row):
            if place >= self._printed and value in (None, ""):
                cells.append(None)
                continue
            cell: Any = self._cell(self._sheet)
            cell._style = self._plain[place]
            if value.__class__ is str:
                self._put_text(cell, place, value)
            elif value is not None:
                cell.value = value
            cells.append(cell)
        return cells

    def _put_text(self, cell: Any, place: int, text: str) -> None:
        if not text:
            return
        if text[0] in "=+-@":
            cell._style = self._quoted[place]
        elif self._columns[place].look == "status" and text in STATUS_FILLS:
            if text not in self._filled:
                self._filled[text] = self._style("status", STATUS_FILLS[text])
            cell._style = self._filled[text]
        cell.value = _ILLEGAL.sub("", text)
        cell.data_type = "s"

    def title(self, text: str) -> Any:
        """The line above everything."""
        return self._line(text, TITLE_FONT, 18, "center")

    def note(self, text: str) -> Any:
        """The small line under it."""
        return self._line(text, BODY_FONT, BODY_SIZE, "right")

    def head(self, text: str) -> Any:
        """A column's header."""
        from openpyxl.styles import Border, PatternFill, Side

        cell = self._line(text, HEAD_FONT, BODY_SIZE, "center")
        side = Side(style="thin", color="808080")
        cell.border = Border(left=side, right=side, top=side, bottom=side)
        cell.fill = PatternFill("solid", fgColor="DDEBF7")
        return cell

    def _line(self, text: str, font: str, size: int, sideways: str) -> Any:
        from openpyxl.styles import Alignment, Font

        cell: Any = self._cell(self._sheet, text)
        cell.font = Font(name=font, size=size)
        cell.alignment = Alignment(horizontal=sideways, vertical="center", wrap_text=True)
        return cell


def arranged(columns: Mapping[str, Column], rows: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
    """Rows by key as rows by place."""
    return [[row.get(key) for key in columns] for row in rows]
