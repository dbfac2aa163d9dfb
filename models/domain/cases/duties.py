"""责任类型 by the ground of accountability: whoever is named under 问责条例 has other duties than under 党纪.

Sources: 中国共产党问责条例 (2019) 6, 8; 中国共产党纪律处分条例 (2023) 39.
"""

from collections.abc import Mapping
from typing import Final

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
