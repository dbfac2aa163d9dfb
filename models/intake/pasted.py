"""Rows copied in Excel or WPS and pasted into the findings: the clipboard's tab-separated text as a book."""

import csv
import io
from collections.abc import Sequence

from models.errors import Refusal
from models.intake.sheets import BY_TABLE, labels, squeezed
from models.intake.workbook import Book, of_rows

ORIGIN = "粘贴内容"
SHEET = "finding"
USUAL = ("问题来源", "督查组", "点位", "属地单位", "发现日期", "问题类别", "问题事实", "整改要求", "整改时限")
"""Columns taken where the copied rows bring no header."""


def table(text: str) -> list[list[str]]:
    """The clipboard's text as rows of cells; a quoted cell keeps its line breaks and doubled quotes."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip("\n")
    reader = csv.reader(io.StringIO(plain, newline=""), delimiter="\t", quotechar='"', doublequote=True)
    return [row for row in reader if any(cell.strip() for cell in row)]


def book(text: str, columns: Sequence[str] = USUAL) -> Book:
    """Pasted rows as findings to be previewed like a workbook's.

    Args:
        text: what the clipboard holds.
        columns: headers to read the cells by where the first row is none.

    Raises:
        Refusal: nothing to read, or more cells in a row than there are columns.
    """
    csv.field_size_limit(10_000_000)
    rows = table(text)
    if not rows:
        raise Refusal("剪贴板里没有可以粘贴的行，请先在 Excel 或 WPS 里复制。")
    if not _is_header(rows[0]):
        widest = max(len(row) for row in rows)
        if widest > len(columns):
            raise Refusal(f"粘贴的行有 {widest} 列，超过 {len(columns)} 列，请连同列名一起复制。")
        rows = [list(columns[:widest]), *rows]
    return of_rows(ORIGIN, BY_TABLE[SHEET].name, rows)


def _is_header(row: Sequence[str]) -> bool:
    known = labels(BY_TABLE[SHEET].columns)
    hits = sum(squeezed(cell) in known for cell in row)
    return hits >= max(2, sum(bool(cell.strip()) for cell in row) // 2)
