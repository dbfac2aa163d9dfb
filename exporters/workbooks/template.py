"""The blank import workbook: a sheet a record, drop-downs from the dictionaries, every column explained."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from exporters.workbooks.saving import save
from models.domain.cases import discipline
from models.intake.sheets import CHOICES, EXPLANATION, OFFICE_MARK, SHEETS, Column, Sheet
from models.queries.lookups import pickers
from models.records import Office

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

ROWS = 5000
"""Rows that drop-downs and date formats reach down to."""
_WIDTHS = {"text": 40, "line": 16, "day": 13, "moment": 18, "number": 10, "flag": 10, "choice": 16, "choices": 22}
_INTRODUCTION = (
    "每张表第一行是列名，从第二行起一行填一条；深色列名的列必填。",
    "表与表用名称或编号对应：如整改反馈的“台账编号”填督查问题里的同一编号。用不到的表留空。",
    "下拉选项里没有的词也可以直接填写（整改结果、问题来源等固定选项除外），导入时自动加入字典。",
    "历史台账可以填任何状态，按补录登记，缺少的内容会列在记录上。同一文件重复导入不会重复登记。",
)


def write_template(session: Session | None, target: Path) -> None:
    """Write the blank workbook; its choices are the office's own where there is one.

    Raises:
        Refusal: the file cannot be written there.
    """
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    _explain(workbook.create_sheet(EXPLANATION))
    choices = _Choices(session)
    for sheet in SHEETS:
        _blank(workbook.create_sheet(sheet.name), sheet, choices)
    choices.write(workbook.create_sheet(CHOICES))
    if session is not None:
        _mark(workbook.create_sheet(OFFICE_MARK), session)
    workbook.active = 1
    save(workbook, target)


def _mark(page: "Worksheet", session: Session) -> None:
    """Say whose template it is: by this, numbers in it are known to be this office's own."""
    page.append([session.scalars(select(Office.uuid)).first() or ""])
    page.sheet_state = "hidden"


class _Choices:
    """Every list of choices as a column of its own sheet, for drop-downs longer than a cell's formula holds."""

    def __init__(self, session: Session | None) -> None:
        self._session = session
        self._lists: dict[str, list[str]] = {}

    def formula(self, column: Column) -> str:
        """The list of a column's choices, as a reference; empty where it has none."""
        # Columns of two sheets may have one label and other words: 状态 of a problem is none of a document.
        key = "fixed:" + "|".join(column.choices) if column.choices else column.field.term
        if column.name == "measure":
            key = "measure"
        if not key or column.field.kind == "choices":
            return ""
        if key not in self._lists:
            self._lists[key] = self._words(key, column)
        letter = _letter(list(self._lists).index(key) + 1)
        return f"'{CHOICES}'!${letter}$1:${letter}${max(len(self._lists[key]), 1)}"

    def _words(self, key: str, column: Column) -> list[str]:
        if key == "measure":
            return [m.name for m in discipline.measures()]
        if column.choices:
            return list(column.choices)
        return pickers.entries(self._session, key) if self._session else pickers.shipped(key)

    def write(self, sheet: "Worksheet") -> None:
        """Fill the sheet the references point to."""
        for place, words in enumerate(self._lists.values(), start=1):
            for row, word in enumerate(words, start=1):
                sheet.cell(row, place, word)
        sheet.sheet_state = "hidden"


def _blank(page: "Worksheet", sheet: Sheet, choices: _Choices) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    head = Font(name="黑体", size=11)
    must = Font(name="黑体", size=11, color="FFFFFF")
    fills = {True: PatternFill("solid", fgColor="2F5597"), False: PatternFill("solid", fgColor="DDEBF7")}
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for place, column in enumerate(sheet.written, start=1):
        letter = _letter(place)
        cell = page.cell(1, place, column.label)
        cell.font, cell.fill, cell.alignment = must if column.required else head, fills[column.required], middle
        setting = page.column_dimensions[letter]
        setting.width = max(_WIDTHS.get(column.field.kind, 16), len(column.label) * 2 + 2)
        setting.number_format = _FORMATS.get(column.field.kind, "@")
        setting.alignment = Alignment(vertical="center", wrap_text=column.field.kind == "text")
        page.add_data_validation(_guided(column, letter, choices.formula(column)))
    page.row_dimensions[1].height = 30
    page.freeze_panes = "A2"


_FORMATS = {"day": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm", "number": "0"}


def _guided(column: Column, letter: str, formula: str) -> Any:
    """A drop-down where there are choices, and in any case the column's explanation as the cell is entered."""
    from openpyxl.worksheet.datavalidation import DataValidation

    listed = '"是,否"' if column.field.kind == "flag" else formula
    rule = DataValidation(allow_blank=True, showErrorMessage=False)
    if listed:
        rule = DataValidation(type="list", formula1=listed, allow_blank=True, showErrorMessage=False)
    rule.promptTitle = column.label[:32]
    rule.prompt = (("必填。" if column.required else "") + _sentence(column))[:255]
    rule.showInputMessage = bool(rule.prompt)
    rule.add(f"{letter}2:{letter}{ROWS}")
    return rule


def _sentence(column: Column) -> str:
    return f"{column.help}。" if column.help else ""


def _explain(page: "Worksheet") -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.properties import PageSetupProperties

    page.append(["导入模板填表说明"])
    page["A1"].font = Font(name="黑体", size=16)
    for line in _INTRODUCTION:
        page.append([line])
    page.append([])
    page.append(["表", "列", "是否必填", "怎样填"])
    for cell in page[page.max_row]:
        cell.font = Font(name="黑体", size=11)
        cell.fill = PatternFill("solid", fgColor="DDEBF7")
    page.freeze_panes = f"A{page.max_row + 1}"
    for sheet in SHEETS:
        for column in sheet.written:
            fixed = f"可填：{'、'.join(column.choices)}" if column.choices else ""
            how = "；".join(part for part in (column.help, fixed) if part)
            page.append([sheet.name, column.label, "必填" if column.required else "", how])
            page.cell(page.max_row, 4).alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCD", (12, 18, 10, 90), strict=True):
        page.column_dimensions[letter].width = width
    page.page_setup.paperSize, page.page_setup.orientation = 9, "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(place))
