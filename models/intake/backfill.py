"""Old records taken in afterwards (补录): what the rows of a finding or a case add up to.

A finding that comes in with its answers and checks gets the status they show, the rounds they make, and a
list of what its steps would have asked for.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from models.domain.cases import stages
from models.domain.cases.stages import Stage
from models.domain.findings import completeness, lifecycle
from models.domain.findings.deadlines import DeadlineKind, due_day
from models.domain.findings.lifecycle import Status
from models.domain.findings.outcomes import Outcome, outcome
from models.domain.objections import Ruling
from models.domain.workdays import Calendar
from models.intake.known_sheet import Entry

Values = dict[str, Any]
NOT_CLOSED: Final = "未销号"
"""What 否 under 是否销号 says: any status but 已销号."""
BEGINNING: Final = frozenset({Status.DRAFT, Status.PENDING})
"""Statuses a finding may be written in from the start; any other is a 补录."""
STEP_OF: Final = {
    "已整改到位": "close",
    "基本整改到位": "close",
    "未整改到位": "return_",
    "问题不属实": "revoke",
    **{str(ruling): "judge" for ruling in Ruling},
}
"""The step a conclusion stands for."""


def in_order(answers: Iterable[Entry], checks: Iterable[Entry]) -> list[tuple[bool, Entry]]:
    """A finding's feedback (True) and verifications (False) as they followed each other."""
    answered = [(True, row) for row in answers]
    checked = [(False, row) for row in checks]
    merged: list[tuple[bool, Entry]] = []
    while answered or checked:
        if not checked or (answered and _first(answered[0][1].values) <= _first(checked[0][1].values)):
            merged.append(answered.pop(0))
        else:
            merged.append(checked.pop(0))
    return merged


def _first(row: Values) -> dt.date:
    moment = row.get("submitted_at")
    day = row.get("finished_on") or row.get("verified_on") or (moment.date() if moment else None)
    return day or dt.date.min


def settle_finding(values: Values, events: list[tuple[bool, Entry]], calendar: Calendar, rounds: int = 0) -> None:
    """Number the rounds and fill in what follows from them; new findings only get a status of their own.

    Args:
        values: of the finding, changed in place.
        events: as `in_order` gives them, changed in place.
        calendar: for deadlines given in working days.
        rounds: closed before, for a finding that was there already.
    """
    _fill_deadline(values, calendar)
    shown = _number_rounds(values, events, rounds)
    given = values.pop("status", None)
    told = Status(given) if given and given != NOT_CLOSED else None
    status = told or shown or _start(values, still_open=given == NOT_CLOSED)
    values["status"] = str(status)
    answers = [row.values for answered, row in events if answered]
    checks = [row.values for answered, row in events if not answered]
    _fill_ending(values, status, answers, checks)
    if status not in BEGINNING or shown:
        facts = {**(answers[-1] if answers else {}), **(checks[-1] if checks else {}), **_known(values)}
        values["backfilled"] = True
        lacks = lifecycle.missing_for(status, {**facts, "status": status})
        values["missing"] = "、".join(dict.fromkeys([*filter(None, (values.get("missing"),)), *lacks]))


def _known(values: Values) -> Values:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _number_rounds(values: Values, events: list[tuple[bool, Entry]], rounds: int) -> Status | None:
    """Give every event its round; returns the status the last one shows, None where there is none."""
    shown: Status | None = None
    last: Entry | None = None
    for answered, entry in events:
        row = entry.values
        row["round"] = rounds + 1
        if answered:
            found = outcome(row.get("outcome"))
            last = entry if found and found.moves else last
            shown = Status.VERIFYING if found and found.moves else shown or Status.RECTIFYING
            row["deadline_then"] = values.get("deadline")
            row["submitted_at"] = row.get("submitted_at") or _midnight(row.get("finished_on"))
            if found is Outcome.PART:
                values.setdefault("solved_count", row.get("done") or 0)
        else:
            rounds += 1
            row["feedback_id"] = last
            step = STEP_OF.get(str(row.get("conclusion")))
            route = lifecycle.step(step).route(Status.VERIFYING, row) if step else ()
            shown = route[-1] if route else shown
    return shown


def _midnight(day: dt.date | None) -> dt.datetime | None:
    return dt.datetime.combine(day, dt.time()) if day else None


def _fill_deadline(values: Values, calendar: Calendar) -> None:
    kind, start = values.get("deadline_kind"), values.get("handed_on") or values.get("found_on")
    if values.get("deadline"):
        values.setdefault("deadline_kind", str(DeadlineKind.DATE))
    elif start and (kind == DeadlineKind.AT_ONCE or (kind == DeadlineKind.WORKDAYS and values.get("deadline_days"))):
        due = due_day(kind, values.get("deadline_days"), start, calendar)
        values |= {"deadline": due.day, "deadline_provisional": due.provisional}
    if values.get("deadline"):
        values.setdefault("original_deadline", values["deadline"])


def _start(values: Values, *, still_open: bool) -> Status:
    """待交办 where it is complete, else 草稿; 已交办 and on where its days or a 否 under 是否销号 say so."""
    if values.get("closed_on"):
        return Status.CLOSED
    if values.get("received_on"):
        return Status.RECTIFYING
    if values.get("handed_on"):
        return Status.HANDED
    first = completeness.first_status(values)
    if first is Status.PENDING and still_open and values.get("unit_id") and values.get("deadline"):
        return Status.HANDED
    return first


def _fill_ending(values: Values, status: Status, answers: list[Values], checks: list[Values]) -> None:
    if status is Status.CLOSED:
        last = checks[-1] if checks else {}
        moving = [row for row in answers if (found := outcome(row.get("outcome"))) and found.moves]
        sent = moving[-1].get("submitted_at") if moving else None
        values["closed_on"] = values.get("closed_on") or last.get("verified_on")
        values["submitted_on"] = values.get("submitted_on") or (sent.date() if sent else None)
        values["solved_count"] = values.get("solved_count") or values.get("count") or 1
    if status is Status.RETURNED and checks:
        values["returned_reason"] = checks[-1].get("reason") or ""


def settle_case(values: Values, parties: list[Values], dispositions: list[Values]) -> None:
    """Give a new case the stage its rows show, where none was written."""
    if not values.get("stage"):
        values["stage"] = str(Stage.DECIDED if dispositions else Stage.CLUE)
    values["backfilled"] = values["stage"] != Stage.CLUE
    settled = len(dispositions) + sum(bool(p.get("elsewhere")) for p in parties)
    facts = {**values, "party_count": len(parties), "disposition_count": settled}
    lacking = stages.missing_for(Stage(values["stage"]), facts) if values["backfilled"] else ()
    if lacking:
        told = f"补录缺少：{'、'.join(lacking)}"
        values["note"] = "\n".join(filter(None, (values.get("note"), told)))
