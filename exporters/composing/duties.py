"""What a letter to an answering unit holds: whom it goes to, and tables of what is owed."""

import datetime as dt
from collections.abc import Sequence

from exporters.composing import finding_states
from exporters.composing.frame import Frame, paragraph, references, table
from exporters.composing.grouping import counted, records_of, said, site_before
from exporters.composing.stated import Count
from exporters.composing.wording import sentence, tidy
from models.domain.findings.deadlines import DeadlineKind, days_overdue, limit
from models.domain.findings.lifecycle import Status
from models.errors import Refusal
from models.paper.elements import Block, Column, Table
from models.queries.facts.findings import FindingFacts

_DUE = (
    Column("序号", 0.7, "center"),
    Column("编号", 1.3, "center"),
    Column("点位", 1.2),
    Column("存在问题", 2.8),
    Column("整改要求", 1.9),
    Column("整改时限", 1.2, "center"),
)
_OVERDUE = (
    Column("序号", 0.7, "center"),
    Column("编号", 1.3, "center"),
    Column("点位", 1.2),
    Column("存在问题", 2.6),
    Column("反馈情况", 1.4),
    Column("整改时限", 1.2, "center"),
    Column("到期情况", 1.1, "center"),
)


def one_unit(frame: Frame, facts: Sequence[FindingFacts]) -> int:
    """The unit a letter goes to: the one chosen, else the one all findings are of.

    Raises:
        Refusal: they are of several units, or of none.
    """
    if len(frame.options.unit_ids) == 1:
        return frame.options.unit_ids[0]
    units = {one.responsible_id for one in facts}
    if len(units) > 1:
        raise Refusal(f"所选问题属于{len(units)}个单位，请先选择“单位”，一个单位一份。")
    unit_id = units.pop()
    if not unit_id:
        raise Refusal("所选问题没有责任单位，请先填写“属地单位”或“行业主管部门”。")
    return unit_id


_SEATS = {"镇": "人民政府", "乡": "人民政府", "街道": "办事处"}


def addressee(frame: Frame, unit_id: int) -> str:
    """The organ a letter goes to: 柳河镇 is a place, 柳河镇人民政府 its organ (7.3.2)."""
    name = frame.places.called(unit_id)
    unit = frame.places.units.get(unit_id)
    if unit and unit.kind in ("乡镇", "街道"):
        return name + next((organ for ending, organ in _SEATS.items() if name.endswith(ending)), "")
    return name


def due_words(frame: Frame, one: FindingFacts) -> str:
    """3月15日, with the year where it is not the document's; 立即 where that was asked; provisional ones say so."""
    finding = one.finding
    if finding.deadline_kind == DeadlineKind.AT_ONCE:
        return "立即"
    if finding.deadline is None:
        return ""
    return frame.day(finding.deadline) + ("（暂定）" if finding.deadline_provisional else "")


def due_of(one: FindingFacts) -> dt.date | None:
    """The day that counts: a suspended finding waits for its review date."""
    return limit(Status(one.finding.status), one.finding.deadline, one.finding.review_on)


def waiting(one: FindingFacts) -> bool:
    """Whether a problem waits for a review (挂账): its review day is no deadline."""
    return one.finding.status == Status.SUSPENDED


def by_due(facts: Sequence[FindingFacts]) -> list[FindingFacts]:
    """The findings in the order of their days."""
    return sorted(facts, key=lambda one: due_of(one) or dt.date.max)


def due_items(frame: Frame, facts: Sequence[FindingFacts]) -> list[Block]:
    """One numbered paragraph a problem, with what is wanted and by when."""
    found: list[Block] = []
    for one in facts:
        wanted = sentence(one.finding.requirement)
        parts = [
            f"整改要求：{wanted}" if wanted else "",
            f"整改时限：{due}。" if (due := due_words(frame, one)) else "",
        ]
        if one.finding.status == Status.RETURNED:
            parts.append(f"{finding_states.returned(frame, one)}。")
        text = f"{site_before(one)}{_fact(one)}。{''.join(parts)}"
        found.append(paragraph(f"finding:{one.finding.uuid}", text, records_of([one]), level=3))
    return found


def overdue_items(frame: Frame, facts: Sequence[FindingFacts]) -> list[Block]:
    """One numbered paragraph a problem: its day, how far past or ahead that is, and what is still owed."""
    found: list[Block] = []
    for one in by_due(facts):
        words = _day_words(frame, one)
        day = f"{'研判日期' if waiting(one) else '整改时限'}：{words}" if words else ""
        told = "，".join(filter(None, (day, _state(frame, one), finding_states.owed(frame, one))))
        text = f"{site_before(one)}{_fact(one)}。{told}。"
        found.append(paragraph(f"finding:{one.finding.uuid}", text, records_of([one]), level=3))
    return found


def due_table(frame: Frame, facts: Sequence[FindingFacts]) -> Table:
    """Each problem with what is wanted and by when."""
    rows = tuple(
        (
            str(n),
            one.finding.serial,
            _site(frame, one),
            _fact(one),
            tidy(one.finding.requirement),
            due_words(frame, one),
        )
        for n, one in enumerate(facts, 1)
    )
    return table("table:due", Table(_DUE, rows), [one.finding for one in facts])


def overdue_table(frame: Frame, facts: Sequence[FindingFacts]) -> Table:
    """Each problem with what is still owed, its day and how far past or ahead that is."""
    ordered = by_due(facts)
    rows = tuple(
        (
            str(n),
            one.finding.serial,
            _site(frame, one),
            _fact(one),
            finding_states.owed(frame, one),
            f"{'研判日期' if waiting(one) else ''}{_day_words(frame, one)}",
            _state(frame, one),
        )
        for n, one in enumerate(ordered, 1)
    )
    return table("table:overdue", Table(_OVERDUE, rows), [one.finding for one in ordered])


def _day_words(frame: Frame, one: FindingFacts) -> str:
    if waiting(one) and (due := due_of(one)):
        return frame.day(due)
    return finding_states.extended(frame, one) or due_words(frame, one)


def _state(frame: Frame, one: FindingFacts) -> str:
    due = due_of(one)
    if due is None:
        return ""
    ref = references([one.finding])
    past = Count(days_overdue(due, frame.date), "超期天数", ref)
    ahead = Count((due - frame.date).days, "到期天数", ref)
    if waiting(one):
        return f"已过{past}天" if past else f"{ahead}天后研判" if ahead else "今日研判"
    if past:
        return f"已逾期{past}天"
    return f"{ahead}天后到期" if ahead else "今日到期"


def _site(frame: Frame, one: FindingFacts) -> str:
    return one.site.name if one.site else frame.places.name(one.finding.unit_id)


def _fact(one: FindingFacts) -> str:
    return counted(said(one), one)
