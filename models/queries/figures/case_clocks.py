"""What is still to be done after a decision: announced, formalities, reports; the days that are near or past."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.cases import clocks
from models.domain.cases.clocks import Clock
from models.domain.cases.stages import Stage
from models.queries.lookups.measures import measure_named
from models.records import AccountabilityCase, Disposition, Party

AHEAD: Final = 15
"""Days before the last one from which it is told."""
LOOKED_BACK: Final = 366
"""Days after a decision while it is told: what nobody ticked in a year is not waited for any more."""
_ANNOUNCED: Final = frozenset({Stage.EXECUTED, Stage.PUBLICISED})


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do in a case: for whom, after which measure, until when."""

    case_id: int
    name: str
    measure: str
    clock: Clock


def waiting(session: Session, today: dt.date, case_id: int | None = None) -> list[Waiting]:
    """What is near or past, the nearest day first; of one case everything that is waited for.

    A case that is 归档 waits for nothing; one at 宣布执行 or further has been announced.
    """
    since = today - dt.timedelta(days=LOOKED_BACK)
    query = (
        select(AccountabilityCase.id, AccountabilityCase.stage, Party.name, Disposition)
        .join(Party, Party.case_id == AccountabilityCase.id)
        .join(Disposition, Disposition.party_id == Party.id)
        .where(*(one.deleted_at.is_(None) for one in (AccountabilityCase, Party, Disposition)))
        .where(AccountabilityCase.stage.in_((Stage.DECIDED, *_ANNOUNCED)), Disposition.decided_on >= since)
    )
    if case_id is not None:
        query = query.where(AccountabilityCase.id == case_id)
    rows = session.execute(query).tuples().all()
    known = {name: measure_named(session, name) for name in {row.measure for *_, row in rows}}
    found = []
    for case, stage, name, row in rows:
        measure = known[row.measure]
        done = (*(row.done or ()), *((clocks.ANNOUNCE,) if stage in _ANNOUNCED else ()))
        for clock in clocks.waiting(measure, row.effective_on or row.decided_on, done) if measure else ():
            if case_id is not None or clock.due <= today + dt.timedelta(days=AHEAD):
                found.append(Waiting(case, name, row.measure, clock))
    return sorted(found, key=lambda one: (one.clock.due, one.case_id))


def cases_of(found: Iterable[Waiting]) -> tuple[int, ...]:
    """The ids of the cases, each once."""
    return tuple(dict.fromkeys(one.case_id for one in found))
