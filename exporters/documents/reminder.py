"""催办单: what is due or overdue, by how many days, from whom."""

import datetime as dt
from collections.abc import Sequence

from exporters.documents.duties import addressee, due_of, one_unit, overdue_items, overdue_table
from exporters.documents.frame import Body, Frame, Kind, paragraph
from exporters.documents.grouping import records_of
from exporters.documents.period import figures, scope_of
from models.errors import Refusal
from models.paper.elements import Annex, Block
from models.paper.numbering import full_day
from models.queries import calendar
from models.queries.problems import FindingFacts, findings_for_documents
from models.rules.deadlines import OWED

KIND = Kind(
    "reminder",
    "letter",
    ("number", "date", "unit_ids", "finding_ids", "campaign_id", "reply_by", "annex_table"),
)
LATE, NEAR = "逾期", "临期"


def compose(frame: Frame) -> Body:
    """The reminder of one unit's findings due soon or overdue on the document's day.

    Raises:
        Refusal: nothing is due there, or the findings are of several units.
    """
    scope = scope_of(frame)
    facts = [one for one in findings_for_documents(frame.session, scope) if _urgent(frame, one)]
    if not facts:
        raise Refusal("没有临期或逾期的问题，不需要催办。")
    unit_id = one_unit(frame, facts)
    frame.speak_of(one.finding.campaign_id for one in facts)
    late = [one for one in facts if (due := due_of(one)) and due < frame.date]
    words = figures(frame, scope, facts, deadline=frame.deadline(_next_due(frame, facts)))
    words |= {"until": full_day(frame.date), "unit": addressee(frame, unit_id)}
    blocks: list[Block] = []
    for name, rows in ((LATE, late), (NEAR, [one for one in facts if one not in late])):
        if rows:
            told = words | {"problem_count": sum(one.finding.count for one in rows)}
            blocks.append(paragraph(f"lead:{name}", _lead(frame, name, told), records_of(rows)))
            blocks += overdue_items(frame, rows)
    blocks += [paragraph(f"requirement:{n}", text) for n, text in enumerate(frame.phrase("requirements", words), 1)]
    blocks += frame.closing(words)
    title = f"关于催办{frame.campaign}督查问题整改的函"
    table = overdue_table(frame, facts)
    listed = (Annex("催办问题清单", (table,)),) if frame.options.annex_table else ()
    return Body(
        title, tuple(blocks), listed, addressees=(addressee(frame, unit_id),), campaign_id=frame.options.campaign_id
    )


def _urgent(frame: Frame, one: FindingFacts) -> bool:
    due = due_of(one)
    near = calendar.near_until(frame.session, frame.date)
    return one.finding.status in OWED and due is not None and due <= near


def _next_due(frame: Frame, facts: Sequence[FindingFacts]) -> dt.date | None:
    return max((due for one in facts if (due := due_of(one)) and due > frame.date), default=None)


def _lead(frame: Frame, name: str, words: dict[str, object]) -> str:
    """The lead phrase for what is late, and the one for what is near."""
    found = frame.named_phrase("lead", name, words)
    return found or "".join(frame.phrase("lead", words))
