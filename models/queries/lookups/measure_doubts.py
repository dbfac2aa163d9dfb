"""What to look at in one disposition: who decided it, about whom, beside what, and within which older period.

The form says it beside the field, the check before issue says it again; nothing here refuses anything.
"""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.cases import authority, duties, effects
from models.domain.cases.discipline import BARE, Measure
from models.errors import Problem
from models.queries.lookups import earlier_cases
from models.queries.lookups.measures import measure_named
from models.records import AccountabilityCase, Disposition, Party

Doubt = tuple[str, Problem]
"""The code of a check (`models.paper.checks.catalog`), and the sentence with the field it stands beside."""
UNCLEAR, PERSON, ORGAN = "measure_unclear", "measure_person", "measure_organ"
GROUND = "measure_ground"
TOGETHER, AGAIN, TERM = "measure_together", "measure_again", "measure_term"


def doubted(session: Session, party: Party, given: Disposition) -> Iterator[Doubt]:
    """Everything to look at, in the order of the form.

    Args:
        session: to read the office's catalogue, the party's other dispositions and earlier cases with.
        party: whom it is about.
        given: as it is, or as it is being typed; only kept ones have an id.
    """
    measure = measure_named(session, given.measure)
    organ = given.organ or ""
    for problem in authority.doubts(given.measure, measure, party.identities or (), is_unit=party.is_unit, organ=organ):
        yield _code(problem, given.measure), problem
    if measure is None:
        return
    if wrong := duties.wrong_measure(party.ground or "", measure, is_unit=party.is_unit):
        yield GROUND, wrong
    yield from ((TERM, problem) for problem in _term(measure, given.term))
    others = [one for one in _others(session, party, given) if one is not None]
    yield from ((TOGETHER, problem) for problem in effects.together([*others, measure]))
    if found := _again(session, party, measure, given.effective_on or given.decided_on):
        yield AGAIN, found


def _code(problem: Problem, name: str) -> str:
    if problem.field == "organ":
        return ORGAN
    return UNCLEAR if name.removesuffix("处分") in BARE else PERSON


def _term(measure: Measure, term: int | None) -> tuple[Problem, ...]:
    if term is None or not measure.months_entered:
        return ()
    try:
        effects.effect_months(measure, term)
    except ValueError as error:
        return (Problem("term", f"“{measure.name}”的期限{error}（{measure.source}）。".replace("。（", "（")),)
    return ()


def _others(session: Session, party: Party, given: Disposition) -> list[Measure | None]:
    """The party's other measures in this case."""
    query = select(Disposition.id, Disposition.measure).where(
        Disposition.party_id == party.id, Disposition.deleted_at.is_(None)
    )
    return [measure_named(session, name) for id_, name in session.execute(query) if id_ != given.id]


def _again(session: Session, party: Party, measure: Measure, decided_on: dt.date | None) -> Problem | None:
    """A measure within the period of one of an earlier case, and done in that period where that is known."""
    case = session.get(AccountabilityCase, party.case_id or 0)
    acted = case.conduct_from if case else None
    for one in earlier_cases.earlier(session, party):
        if one.effect_end is None or one.decided_on is None or (acted and acted < one.decided_on):
            continue
        older = measure_named(session, one.measure)
        if older is None or older.group != measure.group:
            continue
        _, problem = effects.again(measure, decided_on, one.effect_end)
        if problem:
            return Problem(problem.field, f"{one.code}已给予“{one.measure}”，{problem.sentence}")
    return None
