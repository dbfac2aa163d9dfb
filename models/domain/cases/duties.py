"""责任类型 by the ground of accountability: whoever is named under 问责条例 has other duties than under 党纪.

Sources: 中国共产党问责条例 (2019) 6, 8; 中国共产党纪律处分条例 (2023) 39.
"""

import re
from collections.abc import Mapping
from typing import Final

from models.domain.cases.discipline import Measure
from models.domain.cases.ranking import leaders_key
from models.errors import Problem

ACCOUNTABILITY: Final = "中国共产党问责条例"
PARTY_DISCIPLINE: Final = "中国共产党纪律处分条例"
STATE_DISCIPLINE: Final = "公职人员政务处分法"
OTHER: Final = "其他"
_DIRECT, _WHOLE, _MAIN, _LEADING = "直接责任", "全面领导责任", "主要领导责任", "重要领导责任"
DUTIES: Final[Mapping[str, tuple[str, ...]]] = {
    ACCOUNTABILITY: (_WHOLE, _MAIN, _LEADING),
    PARTY_DISCIPLINE: (_DIRECT, _MAIN, _LEADING),
    STATE_DISCIPLINE: (_DIRECT, _MAIN, _LEADING),
}
"""The duties each ground knows; a ground that is not here knows all of them."""
_ARTICLES: Final = {
    ACCOUNTABILITY: "中国共产党问责条例第六条",
    PARTY_DISCIPLINE: "中国共产党纪律处分条例第三十九条",
    STATE_DISCIPLINE: "公职人员政务处分法有关领导责任的规定",
}


def offered(ground: str, all_of_them: tuple[str, ...]) -> tuple[str, ...]:
    """The duties to offer under a ground."""
    return DUTIES.get(ground, all_of_them)


GUESSED: Final = "责任类型为推断，请核对"
"""Stands in the note of a party whose duty was guessed; while it does, no paper tells that duty."""
_HEAD: Final = re.compile(r"^(?!.*副).*(书记|镇长|乡长|局长|主任|经理)")
_DEPUTY: Final = re.compile(r"副(书记|镇长|乡长|局长|主任|经理)|党委委员|党组成员|班子成员")


def guessed(unit: str, post: str, *, first: bool, is_unit: bool) -> str:
    """责任类型 of a ledger's row without one, to be looked at: the first of a case did it, then by post.

    Args:
        unit: name of the person's unit.
        post: of the person.
        first: the first party of its case.
        is_unit: the party is a unit.
    """
    below = leaders_key(unit, post)[0] > 0
    if first or is_unit or below:
        return _DIRECT
    if _DEPUTY.search(post):
        return _LEADING
    return _MAIN if _HEAD.search(post) else _DIRECT


def told_duty(duty: str, note: str) -> str:
    """The duty as a paper may tell it: none that was only guessed."""
    return "" if GUESSED in note else duty


_UNDER_ACCOUNTABILITY: Final = {
    True: ("责令检查", "通报批评", "改组"),
    False: ("通报批评", "诫勉"),
}
_GROUPS: Final = ("组织处理", "党纪")


def wrong_measure(ground: str, measure: Measure, *, is_unit: bool) -> Problem | None:
    """A measure 问责条例 does not know: 检查, 通报, 改组 of 党组织; 通报, 诫勉, 组织处理, 党纪 of leaders (art. 8)."""
    if ground != ACCOUNTABILITY or measure.name in _UNDER_ACCOUNTABILITY[is_unit]:
        return None
    if not is_unit and measure.group in _GROUPS:
        return None
    known = "检查、通报、改组" if is_unit else "通报、诫勉、组织调整或组织处理、纪律处分"
    return Problem("measure", f"按{ground}，问责方式为{known}，没有“{measure.name}”（{ground}第八条）。")


def wrong_duty(ground: str, duty: str, *, is_unit: bool) -> Problem | None:
    """A duty the ground does not know; 全面领导责任 is the leading body's, not one person's (问责条例 art. 6)."""
    known = DUTIES.get(ground)
    if known and duty and duty not in known:
        return Problem("duty", f"按{ground}，责任类型为{'、'.join(known)}，没有“{duty}”（{_ARTICLES[ground]}）。")
    if duty == _WHOLE and not is_unit:
        return Problem(
            "duty", f"“{duty}”由党组织领导班子承担，个人为主要或重要领导责任（{_ARTICLES[ACCOUNTABILITY]}）。"
        )
    return None
