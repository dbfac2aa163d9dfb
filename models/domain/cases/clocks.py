"""The days the law sets after a decision: what the office has to do, and until when somebody may ask again.

Sources: 党纪处分条例 (2023) 44–46; 公职人员政务处分法 46, 54; 监察法 56; 公务员法 95; 任用条例 24.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from models.domain.cases.discipline import ADMONITION, OFFICE_GROUP, PARTY_GROUP, STATE_GROUP, Measure
from models.domain.cases.effects import last_day

ANNOUNCE, FORMALITIES, REPORT, IMPROVEMENT = "宣布", "办理手续", "报告执行情况", "诫勉期满报告"
TASKS: Final = (ANNOUNCE, FORMALITIES, REPORT, IMPROVEMENT)
"""What is ticked as done, 已办事项."""
_FROM_DEMOTION: Final = frozenset({"政务降级", "政务撤职", "政务开除"})


@dataclass(frozen=True, slots=True)
class Clock:
    """One day that is to be kept.

    Attributes:
        task: of `TASKS`; or what somebody may ask for, where it is a ``right``.
        due: the last day.
        basis: law and article.
        right: the person's, told but never a task of the office.
    """

    task: str
    due: date
    basis: str
    right: bool = False


def clocks(measure: Measure, decided_on: date | None) -> tuple[Clock, ...]:
    """The days that follow from a decision, the nearest first; none before it is dated."""
    if decided_on is None:
        return ()
    found: tuple[Clock, ...] = ()
    month, half = _months(decided_on, 1), _months(decided_on, 6)
    if measure.group == PARTY_GROUP:
        law = "中国共产党纪律处分条例第四十四条至第四十六条"
        found = (Clock(ANNOUNCE, month, law), Clock(FORMALITIES, month, law), Clock(REPORT, half, law))
    elif measure.group == STATE_GROUP:
        formal = (Clock(FORMALITIES, month, "公职人员政务处分法第五十四条"),) if measure.name in _FROM_DEMOTION else ()
        found = (Clock(ANNOUNCE, month, "公职人员政务处分法第四十六条，送达后及时宣布"), *formal)
        found += (Clock("申请复审", month, "中华人民共和国监察法（2024）第五十六条", right=True),)
    elif measure.group == OFFICE_GROUP:
        law = "中华人民共和国公务员法第九十五条"
        found = (Clock("申请复核或申诉", decided_on + timedelta(days=30), law, right=True),)
    elif measure.group == ADMONITION:
        found = (Clock(IMPROVEMENT, half, "党政领导干部选拔任用工作条例第二十四条及诫勉有关规定"),)
    return found


def waiting(measure: Measure, decided_on: date | None, done: tuple[str, ...]) -> tuple[Clock, ...]:
    """What the office has still to do."""
    return tuple(one for one in clocks(measure, decided_on) if not one.right and one.task not in done)


def _months(day: date, months: int) -> date:
    """The same day so many months later, the month's last where it has none."""
    return last_day(day + timedelta(days=1), months)
