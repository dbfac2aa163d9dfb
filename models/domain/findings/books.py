"""Own, from above, self: the books that a county's and a unit's problems are counted in, never added up.

什么算谁的：本级督查发现的是本级的，国家、省、市反馈的是上级的，乡镇、部门自查的是自查的（单位自己用时，
自查的是本级的，其余都是上级交办的）。
"""

from enum import StrEnum
from typing import Final

from models.domain.findings.lifecycle import ABOVE, SELF_FOUND


class Book(StrEnum):
    """In whose figures a finding stands."""

    OWN = "本级发现"
    ABOVE = "上级反馈"
    SELF = "单位自查"


COUNTED_IN: Final = "数字为本级督查发现的问题，上级反馈和单位自查的另计。"
"""What a sheet or a page says of its figures."""


def book_of(source_level: str, *, self_found: bool = False, role: str = "county") -> Book:
    """The book of a finding.

    Args:
        source_level: 问题来源; none known counts as this office's own.
        self_found: found by the answering unit itself.
        role: of this office; a unit's own is what it found itself, all else was handed down to it.
    """
    own = self_found or source_level == SELF_FOUND
    if role == "unit":
        return Book.OWN if own else Book.ABOVE
    if own:
        return Book.SELF
    return Book.ABOVE if source_level in ABOVE else Book.OWN
