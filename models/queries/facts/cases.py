"""Accountability cases with all that a document or a ledger says about them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from models.queries.figures.scope import EVERYTHING, Scope, below
from models.records import AccountabilityCase, Disposition, Party


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """A party with its dispositions in the order they were decided."""

    party: Party
    dispositions: tuple[Disposition, ...]


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case with its parties in the clerk's order."""

    case: AccountabilityCase
    parties: tuple[PartyFacts, ...]


def cases_for_documents(
    session: Session, case_ids: Sequence[int] = (), scope: Scope = EVERYTHING, *, gone: bool = False
) -> list[CaseFacts]:
    """Cases with parties and dispositions; those named, in their order, or those of a scope as they were written down.

    Args:
        session: to read with.
        case_ids: those named; then the scope does not matter.
        scope: which ones otherwise.
        gone: also those named that are in the recycle bin.
    """
    if case_ids:
        query = select(AccountabilityCase).where(AccountabilityCase.id.in_(case_ids))
        query = query if gone else query.where(_alive())
        place = {id_: n for n, id_ in enumerate(case_ids)}
        cases = sorted(session.scalars(query), key=lambda case: place[case.id])
    else:
        query = select(AccountabilityCase).where(*_inside(scope))
        cases = list(session.scalars(query.order_by(AccountabilityCase.id)))
    parties = _parties(session, [case.id for case in cases])
    return [CaseFacts(case, parties.get(case.id, ())) for case in cases]


def _alive() -> ColumnElement[bool]:
    return AccountabilityCase.deleted_at.is_(None)


def _inside(scope: Scope) -> list[ColumnElement[bool]]:
    where = [_alive()]
    if scope.campaign_id:
        where.append(AccountabilityCase.campaign_id == scope.campaign_id)
    if scope.from_:
        where.append(AccountabilityCase.conduct_from >= scope.from_)
    if scope.until:
        where.append(AccountabilityCase.conduct_from <= scope.until)
    if scope.unit_ids:
        where.append(AccountabilityCase.unit_id.in_(below(scope.unit_ids)))
    return where


def _parties(session: Session, case_ids: list[int]) -> dict[int, tuple[PartyFacts, ...]]:
    of_cases = (Party.case_id.in_(case_ids), Party.deleted_at.is_(None))
    order = (Party.case_id, Party.position, Party.id)
    parties = list(session.scalars(select(Party).where(*of_cases).order_by(*order)))
    measures: dict[int, list[Disposition]] = {}
    of_parties = (Disposition.party_id.in_([p.id for p in parties]), Disposition.deleted_at.is_(None))
    for row in session.scalars(select(Disposition).where(*of_parties).order_by(Disposition.decided_on, Disposition.id)):
        measures.setdefault(row.party_id or 0, []).append(row)
    found: dict[int, list[PartyFacts]] = {}
    for party in parties:
        found.setdefault(party.case_id or 0, []).append(PartyFacts(party, tuple(measures.get(party.id, ()))))
    return {case_id: tuple(rows) for case_id, rows in found.items()}
