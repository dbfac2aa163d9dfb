"""Until when a measure counts: one, several together, and again within the period.

Sources: 公职人员政务处分法 arts. 8, 13, 15, 16; 行政机关公务员处分条例 10; 党纪处分条例 (2023) 10–13, 21.
"""

import calendar
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from models.domain.cases.discipline import (
    ENTERPRISE_GROUP,
    INSTITUTION_GROUP,
    OFFICE_GROUP,
    PARTY_GROUP,
    PROBATION,
    STATE_GROUP,
    Measure,
)
from models.errors import Problem

MOST_TOGETHER: Final = 48
"""Months that several of one kind, or an old period and a new one, may reach (政务处分法 art. 15)."""
AFTER_RIGHTS: Final = 24
"""Months of effect after 留党察看, from the day the rights are restored (党纪处分条例 art. 12)."""
EXTENDED: Final = "延长预备期"
"""Of a probationary member once, six to twelve months."""
_EMPLOYERS: Final = frozenset({OFFICE_GROUP, INSTITUTION_GROUP, ENTERPRISE_GROUP})
_STATE: Final = _EMPLOYERS | {STATE_GROUP}


def effect_months(measure: Measure, entered: int | None = None, count: int = 1) -> int | None:
    """Months the effect lasts; None where there is no period or it is not known yet.

    Args:
        measure: what was given.
        entered: what the deciding organ set, for 延长预备期 and for several together.
        count: how many of this kind were decided together.

    Raises:
        ValueError: the organ's period is out of what the law allows; the message ends a Chinese sentence.
    """
    least, most = month_range(measure, count)
    if entered is None:
        return measure.months if count == 1 else None
    if least is not None and entered < least:
        raise ValueError(f"不少于 {least} 个月，现填 {entered} 个月，请核对。")
    if most is not None and entered > most:
        raise ValueError(f"不超过 {most} 个月，现填 {entered} 个月，请核对。")
    return entered


def month_range(measure: Measure, count: int = 1) -> tuple[int | None, int | None]:
    """Least and most months for ``count`` measures of one kind decided together, None where not bound.

    Several of one kind of 政务处分 last at least one period and at most the sum, never more
    than 48 months (政务处分法 art. 15).
    """
    if measure.months is None:
        return measure.least_months, measure.most_months
    if count > 1 and measure.group in _STATE:
        return measure.months, min(measure.months * count, MOST_TOGETHER)
    return (measure.months, measure.months) if count == 1 else (measure.months, None)


def effect_end(
    measure: Measure,
    decided_on: date | None,
    entered: int | None = None,
    count: int = 1,
    *,
    restored_on: date | None = None,
) -> date | None:
    """The last day of the effect period; None where there is none or something is still unknown.

    The day of the decision is the period's first day (政务处分法 art. 8), so six months from
    14 February end on 13 August; where the month has no such day, on its last. 留党察看 has two dates:
    the probation's end, and the effect's, counted from the day the rights were really restored.
    """
    if measure.name == PROBATION:
        return last_day(restored_on, AFTER_RIGHTS) if restored_on else None
    months = effect_months(measure, entered, count)
    return None if decided_on is None or months is None else last_day(decided_on, months)


def term_end(measure: Measure, decided_on: date | None, term: int | None) -> date | None:
    """The last day of what the organ set in months: 留党察看, 延长预备期, 停职检查."""
    return last_day(decided_on, term) if measure.months_entered and decided_on and term else None


def note_until(measure: Measure, decided_on: date | None) -> date | None:
    """Until when a note stands that holds nothing open: five years after 开除党籍 (党纪处分条例 art. 13)."""
    return last_day(decided_on, measure.note_months) if decided_on and measure.note_months else None


def last_day(first: date, months: int) -> date:
    """The last day of so many months that begin on ``first``."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    length = calendar.monthrange(year, month + 1)[1]
    if first.day > length:
        return date(year, month + 1, length)
    return date(year, month + 1, first.day) - timedelta(days=1)


def together(given: Sequence[Measure]) -> tuple[Problem, ...]:
    """What the law says of several measures of one person in one case, for the clerk to look at.

    Several acts: each decided, the heaviest carried out; of one kind below 开除 one period up to the sum
    (政务处分法 art. 15). One act is not punished by 监察机关 and employer both (art. 16).
    """
    groups = {one.group for one in given}
    found = []
    if STATE_GROUP in groups and groups & _EMPLOYERS:
        sentence = "同一违法行为，监察机关已给予政务处分的，任免机关、单位不再给予处分（公职人员政务处分法第十六条）。"
        found.append(Problem("measure", sentence))
    if sum(one.name == EXTENDED for one in given) > 1:
        found.append(Problem("measure", f"“{EXTENDED}”只能一次（中国共产党纪律处分条例第三十六条）。"))
    state = [one for one in given if one.group == STATE_GROUP]
    if len({one.name for one in state}) > 1:
        sentence = "有两个以上违法行为的分别确定政务处分，种类不同的执行最重的（公职人员政务处分法第十五条）。"
        found.append(Problem("measure", sentence))
    elif len(state) > 1 and state[0].months:
        least, most = month_range(state[0], len(state))
        sentence = f"应合并为一项，处分期在{least}个月以上、{most}个月以下确定（公职人员政务处分法第十五条）。"
        found.append(Problem("measure", f"几项“{state[0].name}”{sentence}"))
    return tuple(found)


def again(measure: Measure, decided_on: date | None, previous_end: date | None) -> tuple[date | None, Problem | None]:
    """A new measure within the period of an older one: the effect's end where the law adds both, and what to tell.

    Args:
        measure: the new one.
        decided_on: its day.
        previous_end: last day of the older one's effect.
    """
    if not decided_on or not previous_end or previous_end < decided_on:
        return None, None
    if measure.group == STATE_GROUP:
        return None, Problem(
            "measure", "在处分期内：故意再次违法的，应当从重给予政务处分（公职人员政务处分法第十三条）。"
        )
    if measure.months is None or measure.group not in (PARTY_GROUP, OFFICE_GROUP):
        return None, None
    end = last_day(previous_end + timedelta(days=1), measure.months)
    if measure.group == PARTY_GROUP:
        law = "影响期为原处分尚未执行的期限与新处分期限之和（中国共产党纪律处分条例第二十一条）"
    else:
        end = min(end, last_day(decided_on, MOST_TOGETHER))
        law = "处分期为原处分尚未执行的期限与新处分期限之和，最长不超过四十八个月（行政机关公务员处分条例第十条）"
    return end, Problem("effect_end", f"在原处分影响期内：{law}，到{end.year}年{end.month}月{end.day}日。")
