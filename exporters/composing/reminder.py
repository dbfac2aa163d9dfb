"""催办单: what is due or overdue, by how many days, from whom, and where each problem really stands."""

import datetime as dt
import re
from collections.abc import Sequence

from exporters.composing import holds
from exporters.composing.duties import addressee, due_of, one_unit, overdue_items, overdue_table, waiting
from exporters.composing.frame import Body, Frame, paragraph, paragraphs
from exporters.composing.grouping import records_of
from exporters.composing.period import figures, scope_of
from exporters.composing.selection import chosen_findings, nothing
from exporters.composing.stated import of_findings
from models.domain.findings.deadlines import days_overdue
from models.domain.findings.lifecycle import Status
from models.paper import kinds
from models.paper.elements import Annex, Block
from models.paper.numbering import full_day
from models.queries.facts.findings import FindingFacts

KIND = kinds.BY_KEY["reminder"]
LATE, NEAR, UNDATED, WAITING = "逾期", "临期", "未定时限", "挂账"
_SILENT = re.compile(r"[，、]?(仍|尚|均|至今|一直)*未(按时|及时|按要求)?(反馈|报送|上报)(整改)?(结果|情况)?")
"""What a lead says of problems nobody answered; it is left out where some of them were."""


def compose(frame: Frame) -> Body:
    """The reminder of one unit's findings due soon or overdue on the document's day.

    Raises:
        Refusal: nothing is due there, or the findings are of several units.
    """
    scope = scope_of(frame)
    facts = chosen_findings(frame, answers=True)
    if not facts:
        raise nothing(frame, "没有临期或逾期的问题，不需要催办。")
    unit_id = one_unit(frame, facts)
    frame.use_campaign_of(one.finding.campaign_id for one in facts)
    words = figures(frame, scope, facts, deadline=frame.deadline(_next_due(frame, facts)))
    words |= {"until": full_day(frame.date), "unit": addressee(frame, unit_id)}
    frame.holds = holds.of_problems(frame, facts, dated=True)
    blocks: list[Block] = []
    for name, rows in _by_urgency(frame, facts):
        told = words | {"problem_count": of_findings("问题数", rows)}
        blocks.append(paragraph(f"lead:{name}", _lead(frame, name, told, rows), records_of(rows)))
        blocks += overdue_items(frame, rows)
    blocks += paragraphs("requirement", frame.phrase("requirements", words))
    blocks += frame.closing(words)
    # A work sheet without red head and number; a letter (函) where the clerk wants the formal way.
    sheet = (frame.options.format or frame.kind.format) == "plain"
    title = f"{frame.campaign}督查问题催办单" if sheet else f"关于催办{frame.campaign}督查问题整改的函"
    table = overdue_table(frame, facts)
    listed = (Annex("催办问题清单", (table,)),) if frame.options.annex_table else ()
    return Body(
        title, tuple(blocks), listed, addressees=(addressee(frame, unit_id),), campaign_id=frame.options.campaign_id
    )


def _next_due(frame: Frame, facts: Sequence[FindingFacts]) -> dt.date | None:
    return max((due for one in facts if (due := due_of(one)) and due > frame.date), default=None)


def _by_urgency(frame: Frame, facts: Sequence[FindingFacts]) -> list[tuple[str, list[FindingFacts]]]:
    """What is late, what is near, what has no day at all, and what waits for a review, which has a day of its own."""
    found: dict[str, list[FindingFacts]] = {LATE: [], NEAR: [], UNDATED: [], WAITING: []}
    for one in facts:
        due = due_of(one)
        dated = WAITING if waiting(one) else LATE if days_overdue(due, frame.date) else NEAR
        found[dated if due else UNDATED].append(one)
    return [(name, rows) for name, rows in found.items() if rows]


def _lead(frame: Frame, name: str, words: dict[str, object], rows: Sequence[FindingFacts]) -> str:
    """The lead phrase for what is late, near or waiting; it says 未反馈 only where nobody answered."""
    if frame.options.lead:
        return "".join(frame.phrase("lead", words))
    found = frame.named_phrase("lead", name, words) or "".join(frame.phrase("lead", words))
    silent = all(not one.answers_now and one.finding.status not in (Status.RETURNED, Status.SUSPENDED) for one in rows)
    return found if silent else _SILENT.sub("", found)
