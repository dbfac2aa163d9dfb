"""What a workbook says is closed although the unit's last word was an objection: told, not taken in."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from models.domain.findings.lifecycle import Status
from models.domain.objections import LAST, objected
from models.intake import backfill

if TYPE_CHECKING:
    from models.intake.known_sheet import Entry

Events = list[tuple[bool, "Entry"]]
AT_FAULT = {"finding": "status", "verification": "conclusion"}
"""By sheet, the column that says closed."""


def last_told(answers: "Iterable[Entry]", finding: "Entry") -> str:
    """The outcome of a kept finding's last feedback, "" where it was never answered."""
    kept = [one for one in answers if one.id is not None and one.values.get("finding_id") is finding]
    return str(kept[-1].values.get("outcome") or "") if kept else ""


def wrongly_closed(finding: "Entry", events: Events, before: str) -> "list[Entry]":
    """What may not come in: checks that close an objection, or a finding that is closed over one.

    Args:
        finding: the one the events belong to.
        events: its answers (True) and checks (False), as they followed each other.
        before: the outcome of its last feedback that is kept already.
    """
    last, found = before, []
    for answered, entry in events:
        if answered:
            last = str(entry.values.get("outcome") or "")
        elif backfill.STEP_OF.get(str(entry.values.get("conclusion"))) == "close" and objected({LAST: last}):
            found.append(entry)
    closed = finding.id is None and finding.values.get("status") == Status.CLOSED
    return [finding] if closed and objected({LAST: last}) else found


def without(events: Events, refused: "list[Entry]") -> Events:
    """The events that do come in."""
    gone = {id(entry) for entry in refused}
    return [event for event in events if id(event[1]) not in gone]
