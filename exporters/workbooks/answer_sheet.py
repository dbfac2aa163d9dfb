"""整改反馈表: one unit's problems as a workbook it fills in and sends back; only the answers can be typed."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exporters.workbooks.page import LINE, TALLEST, capacity, lines_of
from exporters.workbooks.saving import save
from models.domain.findings.outcomes import Outcome
from models.exchange.answer_sheet import ANSWERS, KEY, LABELS, MARKS, PAGE, ROUND, SERIAL, Sheet
from models.paper.numbering import full_day
from models.records import Feedback, fields_of

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FACTS = ("序号", SERIAL, "点位", "问题事实", "整改要求", "整改时限", "退回原因")
HIDDEN = (KEY, ROUND)
_WIDTHS = {
    "序号": 6, SERIAL: 12, "点位": 14, "问题事实": 40, "整改要求": 26, "整改时限": 12, "退回原因": 18,
    "outcome": 14, "measures": 40, "finished_on": 13, "person": 10, "next_steps": 22, "no_evidence_reason": 18,
    "reason": 18, "submitted_at": 13,
}  # fmt: skip
_HELP = {
    "outcome": "从下拉中选择",
    "measures": "写清做了什么；异议或暂时无法整改时可不填",
    "done": "部分完成时填写已完成几个",
    "total": "部分完成时填写共几个",
    "finished_on": "写成 2022-3-5 的样子",
    "no_evidence_reason": "已整改的必填：本表不能附照片，写明佐证另送或为何没有",
    "reason": "异议、暂时无法整改、正在协调上级时必填",
    "submitted_at": "填表上报的日期，不填按收到日期算",
}
_EXPLANATION = (
    "浅黄色的格子由责任单位填写，其余由县里写明，不能改动。填完保存，原样发回，不要删改行、列和表名。",
    "还没有整改的问题可以留空，下次再报；同一张表报两次不会重复登记。",
)
_DAYS = ("finished_on", "submitted_at")


def write_answer_sheet(sheet: Sheet, target: Path) -> Path:
    """Draw the workbook; ``target`` is a file or an existing folder. Returns the file.

    Raises:
        Refusal: it cannot be written there.
    """
    from openpyxl import Workbook

    path = target / sheet.file_name if target.is_dir() else target
    book = Workbook()
    page = book.worksheets[0]
    page.title = PAGE
    _head(page, sheet)
    for number, line in enumerate(sheet.lines, start=1):
        deadline = line.deadline.isoformat() if line.deadline else "无时限"
        facts = (number, line.serial, line.site, line.fact, line.requirement, deadline, line.returned)
        page.append([*map(_safe, facts), *([None] * len(ANSWERS)), line.uuid, line.round])
        page.row_dimensions[page.max_row].height = _height(facts)
    _dress(page, len(sheet.lines))
    _lock(page)
    marks: Any = book.create_sheet(MARKS)
    marks.append([sheet.id, sheet.unit, sheet.office])
    marks.sheet_state = "veryHidden"
    marks.protection.sheet = True
    book.security.lockStructure = True
    save(book, path)
    return path


def _safe(value: object) -> object:
    """Text that is neither taken for a formula nor holds what the format forbids."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value


def _height(facts: Sequence[object]) -> float:
    """Points that show every fact whole, and some lines of an answer."""
    told = zip(FACTS, map(str, facts), strict=True)
    lines = max(lines_of(text, capacity(_WIDTHS[name])) for name, text in told)
    return min(TALLEST, LINE * max(lines, ANSWER_LINES) + 6)


ANSWER_LINES = 4
"""Lines of an answer that can be seen at least: a row of a set height does not grow by typing."""
_TOP = 5
"""The row of the header."""


def _head(page: "Worksheet", sheet: Sheet) -> None:
    from openpyxl.styles import Font

    whom = f"联系人：{sheet.contact}" if sheet.contact else ""
    page.append([f"{sheet.unit}整改反馈表"])
    page.append([f"{sheet.office}　{full_day(sheet.made_on)}　{whom}"])
    for line in _EXPLANATION:
        page.append([line])
    page.append([*FACTS, *(LABELS[name] for name in ANSWERS), *HIDDEN])
    page["A1"].font = Font(name="方正小标宋简体", size=18)


def _dress(page: "Worksheet", rows: int) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    edge = Side("thin")
    border = Border(edge, edge, edge, edge)
    answers = range(len(FACTS) + 1, len(FACTS) + len(ANSWERS) + 1)
    yellow, grey = PatternFill("solid", fgColor="FFF9E5"), PatternFill("solid", fgColor="DDEBF7")
    for place, name in enumerate((*FACTS, *ANSWERS), start=1):
        letter = get_column_letter(place)
        page.column_dimensions[letter].width = _WIDTHS.get(name, 11)
        for number in range(_TOP, _TOP + rows + 1):
            cell: Any = page.cell(number, place)
            cell.border = border
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            if number == _TOP:
                cell.font, cell.fill = Font(name="黑体", size=11), grey
            elif cell.data_type == "f":
                cell.data_type = "s"
            if number > _TOP and place in answers:
                cell.protection, cell.fill = Protection(locked=False), yellow
                cell.number_format = "yyyy-mm-dd" if name in _DAYS else "@"
        if place in answers:
            page.add_data_validation(_guided(name, f"{letter}{_TOP + 1}:{letter}{_TOP + rows}"))
    for place in range(len(FACTS) + len(ANSWERS) + 1, len(FACTS) + len(ANSWERS) + len(HIDDEN) + 1):
        page.column_dimensions[get_column_letter(place)].hidden = True
    page.freeze_panes = f"C{_TOP + 1}"
    page.print_title_rows = f"{_TOP}:{_TOP}"
    page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight = "landscape", 9, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _guided(name: str, where: str) -> Any:
    from openpyxl.worksheet.datavalidation import DataValidation

    if name == "outcome":
        rule = DataValidation(type="list", formula1=f'"{",".join(Outcome)}"', allow_blank=True, showErrorMessage=True)
        rule.errorTitle, rule.error = LABELS[name], "请从下拉中选择。"
    elif fields_of(Feedback)[name].kind == "number":
        rule = DataValidation(type="whole", operator="between", formula1="0", formula2="999999", allow_blank=True)
        rule.showErrorMessage, rule.error = True, "请填写数字。"
    else:
        rule = DataValidation(allow_blank=True, showErrorMessage=False)
    rule.promptTitle, rule.prompt = LABELS[name], _HELP.get(name, "")
    rule.showInputMessage = bool(rule.prompt)
    rule.add(where)
    return rule


def _lock(page: "Worksheet") -> None:
    """No password: the lock keeps slips out, and a clerk who must can still open it."""
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False
    page.protection.insertRows = page.protection.deleteRows = True
