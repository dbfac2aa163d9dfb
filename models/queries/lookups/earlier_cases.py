"""What is known of people and units held to account: earlier cases, and who led a unit."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from models.records import AccountabilityCase, Disposition, Party, Person, Unit


@dataclass(frozen=True, slots=True)
class Earlier:
    """One measure, or one case without any yet, that a person met before."""

    case_id: int
    code: str
    title: str
    measure: str
    decided_on: dt.date | None
    effect_end: dt.date | None


@dataclass(frozen=True, slots=True)
class Leader:
    """Someone who led a unit and may share responsibility."""

    name: str
    post: str
    duty: str
    unit_id: int
    person_id: int | None
    identities: tuple[str, ...]


def earlier(session: Session, party: Party) -> list[Earlier]:
    """The same person's other cases, the newest first: by the person picked, else by name and unit."""
    same: list[ColumnElement[bool]] = [
        (Party.name == party.name) & (Party.unit_id == party.unit_id) & Party.unit_id.is_not(None)
    ]
    if party.person_id:
        same.append(Party.person_id == party.person_id)
    query = (
        select(
            AccountabilityCase.id, AccountabilityCase.code, AccountabilityCase.title,
            Disposition.measure, Disposition.decided_on, Disposition.effect_end,
        )
        .join(Party, Party.case_id == AccountabilityCase.id)
        .outerjoin(Disposition, (Disposition.party_id == Party.id) & Disposition.deleted_at.is_(None))
        .where(or_(*same), Party.case_id != party.case_id, Party.deleted_at.is_(None))
        .where(AccountabilityCase.deleted_at.is_(None), Party.is_unit.is_(party.is_unit))
        .order_by(AccountabilityCase.id.desc(), Disposition.id)
    )  # fmt: skip
    return [Earlier(row[0], row[1], row[2], row[3] or "", row[4], row[5]) for row in session.execute(query)]


def leaders(session: Session, unit_id: int | None) -> list[Leader]:
    """Who led the unit, first its head, then the deputy in charge; none where nobody is known."""
    unit = session.get(Unit, unit_id) if unit_id else None
    if unit is None:
        return []
    named = ((unit.leader, unit.leader_post, "主要领导责任"), (unit.deputy, unit.deputy_post, "重要领导责任"))
    return [_leader(session, unit, *one) for one in named if one[0]]


def _leader(session: Session, unit: Unit, name: str, post: str, duty: str) -> Leader:
    where = (Person.name == name, Person.unit_id == unit.id, Person.deleted_at.is_(None))
    person = session.scalars(select(Person).where(*where)).first()
    identities = tuple(person.identities) if person else ()
    return Leader(name, post, duty, unit.id, person.id if person else None, identities)
