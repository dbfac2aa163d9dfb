"""期初数: totals of the time before the office began with the program, as the clerk has them: 41, or 300余."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from models.errors import Problem

FIGURES: Final[Mapping[str, str]] = {
    "inspections": "督查次数",
    "sites_visited": "走访点位数",
    "problem_sites": "问题点位数",
    "problems": "问题数",
    "solved": "已整改数",
    "from_above": "上级反馈问题数",
    "from_above_solved": "上级反馈已整改数",
    "suggestions": "意见建议条数",
    "findings_bulletins": "督查通报期数",
    "accountability_bulletins": "问责通报期数",
}
"""What can be carried over, named as in ``statistics.Summary``."""
PARTS: Final = (("solved", "problems"), ("from_above_solved", "from_above"), ("problem_sites", "sites_visited"))
"""A part, and the whole it may not be more than."""
_AMOUNT = re.compile(r"(\d{1,9})(?:[余多])?(?:个|次|条|期|家|处)?")
_MARKS = str.maketrans({",": None, "，": None, " ": None, "\u3000": None})
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as a clerk has it; ``more`` is 余: at least so many."""

    value: int
    more: bool = False

    def __str__(self) -> str:
        return f"{self.value}{'余' if self.more else ''}"


def about(value: int) -> str:
    """A sum of which a part is known only as 余, as offices write it: in tens, 340余."""
    return f"{value // 10 * 10 or value}余"


def amount(text: str) -> Amount | None:
    """What was typed, 41, 1,286, 300余 or 300多个; None where nothing was.

    Raises:
        ValueError: it is no number.
    """
    plain = text.translate(_WIDE).translate(_MARKS)
    if not plain:
        return None
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise ValueError(text)
    return Amount(int(found[1]), "余" in plain or "多" in plain)


def problems(values: Mapping[str, Any]) -> list[Problem]:
    """What stands against the figures a clerk typed, each with its field."""
    found, amounts = [], {}
    for name, label in FIGURES.items():
        try:
            amounts[name] = amount(values.get(name) or "")
        except ValueError:
            found.append(Problem(name, f"“{label}”填整数，不是整数的写成“30余”，现填“{values.get(name)}”。"))
    given = {name: one for name, one in amounts.items() if one is not None}
    if not given and not found:
        found.append(Problem("problems", "请至少填写一个数，如“问题数”。"))
    for part, whole in PARTS:
        if part in given and whole in given and _more(given[part], given[whole]):
            told = f"“{FIGURES[part]}”{given[part]}多于“{FIGURES[whole]}”{given[whole]}，请核对。"
            found.append(Problem(part, told))
    starts, ends = values.get("starts_on"), values.get("ends_on")
    if starts and ends and ends < starts:
        found.append(Problem("ends_on", "“结束日期”早于“开始日期”，请核对。"))
    return found


def _more(part: Amount, whole: Amount) -> bool:
    return part.value > whole.value and not whole.more


def overlap(ends_on: dt.date | None, first: dt.date | None, *, settled: bool) -> str:
    """What is asked where records reach into the period; empty where none do, or the clerk said how they stand.

    Args:
        ends_on: last day of the opening figures.
        first: day of the first record of the same unit and 专项.
        settled: the clerk said whether those records are among the figures.
    """
    if settled or ends_on is None or first is None or first > ends_on:
        return ""
    day = f"{first.year}年{first.month}月{first.day}日"
    return (
        f"“结束日期”不早于已录入的第一条记录（{day}）。期初数里已含这些记录的，请勾选“已含录入的记录”；"
        "不含的，请在“不重复的说明”里写明；或把结束日期改到第一条记录之前。"
    )
