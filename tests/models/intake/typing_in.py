"""How tests fill workbooks: rows by header into the blank template, or sheets from nothing."""

from pathlib import Path
from typing import Any

import openpyxl

from exporters.workbooks.template import write_template
from models.services.unit_of_work import Workspace

Rows = dict[str, list[dict[str, Any]]]


def filled(target: Path, rows: Rows, workspace: Workspace | None = None) -> Path:
    """The blank template with these rows typed in; an office's own where a desk is given."""
    if workspace is None:
        write_template(None, target)
    else:
        with workspace.reading() as session:
            write_template(session, target)
    book = openpyxl.load_workbook(target)
    for sheet, lines in rows.items():
        page = book[sheet]
        places = {cell.value: cell.column for cell in page[1]}
        for number, line in enumerate(lines, start=2):
            for header, value in line.items():
                page.cell(number, places[header], value)
    book.save(target)
    return target


def plain(target: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    """A workbook of these sheets, as an office's own ledger may look."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(target)
    return target
