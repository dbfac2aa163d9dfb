"""One cell of a workbook as a field's value: text, real dates, serial numbers, ticks, words of a dictionary.

Every reader raises ValueError with the end of a Chinese sentence, as `models.domain.text.entry` does.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Any

from models.domain.text.entry import normalize_line, normalize_text, parse_day, parse_number
from models.records.fields import Field

Cell = Any
"""What calamine gives: str, float, bool, date, datetime, time, timedelta; "" for an empty one."""

FIRST_DAY = dt.date(1899, 12, 30)
"""Day 0 of a workbook's serial numbers (1900 system, after its leap-year error)."""
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
_YES = frozenset({"是", "√", "✓", "✔", "☑", "对", "有", "y", "yes", "true", "1", "t"})
_NO = frozenset({"否", "×", "✗", "☐", "无", "不是", "n", "no", "false", "0", "f", "-", "—"})
_BETWEEN = re.compile(r"[、,，;；/\n]+")
_MOMENT = re.compile(r"(.+?)[\sT]+(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2}))?\S*")


def text_of(cell: Cell) -> str:
    """A cell as text: whole numbers without a point, days in ISO form.

    Raises:
        ValueError: a formula's error value.
    """
    if isinstance(cell, str):
        if cell in _ERRORS:
            raise ValueError(f"的单元格是公式错误值 {cell}，请改正后再导入。")
        return cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ", "minutes") if cell.time() != dt.time() else cell.date().isoformat()
    return str(cell)


def day_of(cell: Cell, today: dt.date) -> dt.date:
    """A day, however it was put into the cell.

    Raises:
        ValueError: no day, or one out of range.
    """
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    if isinstance(cell, float):
        cell = _serial_day(cell)
    if not isinstance(cell, dt.date):
        return parse_day(normalize_line(text_of(cell)), today)
    if not 1950 <= cell.year <= 2100:
        raise ValueError(f"的年份 {cell.year} 不对，请核对。")
    return cell


def _serial_day(number: float) -> dt.date:
    """A day kept as a number: a serial (44625), or 20220305 typed without dashes."""
    if 10_000 <= number < 80_000:
        return FIRST_DAY + dt.timedelta(int(number))
    if number.is_integer() and 19_500_101 <= number <= 21_001_231:
        return parse_day(str(int(number)), dt.date(2000, 1, 1))
    raise ValueError("不是日期，请按 2022-3-5 的样子填写。")


def moment_of(cell: Cell, today: dt.date) -> dt.datetime:
    """A day with a time of day, midnight where none is given.

    Raises:
        ValueError: no day.
    """
    if isinstance(cell, dt.datetime):
        return cell.replace(microsecond=0)
    if isinstance(cell, float) and 10_000 <= cell < 80_000:
        seconds = round((cell - int(cell)) * 86400)
        return dt.datetime.combine(FIRST_DAY + dt.timedelta(int(cell)), dt.time()) + dt.timedelta(seconds=seconds)
    text = normalize_line(text_of(cell))
    if found := _MOMENT.fullmatch(text):
        try:
            clock = dt.time(int(found[2]), int(found[3]), int(found[4] or 0))
        except ValueError:
            raise ValueError("的时间不对，请按 2022-3-5 14:30 的样子填写。") from None
        return dt.datetime.combine(parse_day(found[1], today), clock)
    return dt.datetime.combine(day_of(cell, today), dt.time())


def number_of(cell: Cell) -> int:
    """A whole number.

    Raises:
        ValueError: none.
    """
    if isinstance(cell, float) and cell.is_integer() and 0 <= cell <= 999_999_999:
        return int(cell)
    return parse_number(text_of(cell))


def flag_of(cell: Cell) -> bool:
    """A tick, 是 or 否.

    Raises:
        ValueError: neither.
    """
    word = text_of(cell).strip().lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError("请填“是”或“否”。")


def parts_of(cell: Cell) -> list[str]:
    """The entries of a cell that holds several: 听取汇报、实地走访."""
    return [part for part in (normalize_line(p) for p in _BETWEEN.split(text_of(cell))) if part]


def matched(text: str, words: Iterable[str]) -> str:
    """The word of a dictionary that the text means, brackets and blanks aside; empty where there is none."""
    wanted = _loose(text)
    return next((word for word in words if _loose(word) == wanted), "")


def _loose(text: str) -> str:
    return re.sub(r"\s", "", text).replace("（", "(").replace("）", ")")


def reader(field: Field, today: dt.date) -> Callable[[Cell], Any]:
    """The reader of a field that needs nothing but the cell; links and dictionaries have their own.

    The value is held against the field's limit here, so that the sentence can name the cell.
    """
    if field.kind == "day":
        return lambda cell: day_of(cell, today)
    if field.kind == "moment":
        return lambda cell: moment_of(cell, today)
    if field.kind == "number":
        return number_of
    if field.kind == "flag":
        return flag_of
    clean = normalize_text if field.kind == "text" else normalize_line
    limit = field.limit

    def words(cell: Cell) -> str:
        text = clean(cell if cell.__class__ is str and cell[:1] != "#" else text_of(cell))
        if limit and len(text) > limit:
            raise ValueError(f"最多 {limit} 个字，现有 {len(text)} 个字，请精简或分成几条。")
        return text

    return words
