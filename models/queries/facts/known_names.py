"""Whom and what the office knows by name: units in every form they are written, organs, persons; whom it asks often."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.documents.states import DocumentState
from models.queries.lookups.places import Places
from models.records import Document, Inspection, Office, Party, Person, Term, Unit

DAYS: Final = 90
"""How far back it is counted how often a unit was asked or visited."""
_GOVERNMENT: Final = ("人民政府", "政府", "党委", "党委政府", "党委、政府", "指挥部", "指挥部办公室")
_STREET: Final = ("办事处", "党工委", "党工委办事处")
_ASKING: Final = ("rectification_notice", "reminder")
_SEVERAL = re.compile(r"[、，；,;\n]")


def organs(session: Session) -> frozenset[str]:
    """Names of units and organs in every form they are written: 柳河镇, 柳河镇人民政府, 县卫健局."""
    places = Places.load(session)
    found = {one for unit in places.units.values() if unit.deleted_at is None for one in _forms(places, unit)}
    for office in session.scalars(select(Office)):
        found |= {office.name, office.short_name, office.mark, office.printer, office.county_name}
        for text in (office.addressees, office.copy_to, office.known_addressees):
            found |= set(_SEVERAL.split(text))
            found |= set(text.split("\n"))
    found |= set(session.scalars(select(Term.name).where(Term.dictionary == "deciding_organ")))
    return frozenset(one.strip(" 。") for one in found if one and one.strip(" 。"))


def _forms(places: Places, unit: Unit) -> Iterator[str]:
    former = [re.split(r"[（(\s]", line.strip())[0] for line in unit.former_names.split("\n")]
    for name in filter(None, (unit.name, unit.short_name, *former, places.path(unit.id))):
        yield name
        if name.endswith(("镇", "乡", "县", "区")):
            yield from (name + end for end in _GOVERNMENT)
        if name.endswith("街道"):
            yield from (name + end for end in _STREET)
        if name.endswith(("镇人民政府", "乡人民政府")):
            yield name.removesuffix("人民政府")


def persons(session: Session) -> frozenset[str]:
    """Everybody the office knows: its list of persons, leaders of units, parties of cases."""
    found = set(session.scalars(select(Person.name).where(Person.deleted_at.is_(None))))
    found |= set(session.scalars(select(Party.name).where(Party.deleted_at.is_(None), Party.is_unit.is_(False))))
    for leader, deputy, contact in session.execute(select(Unit.leader, Unit.deputy, Unit.contact)):
        found |= {leader, deputy, contact}
    for signer, contact in session.execute(select(Office.signer, Office.contact)):
        found |= {signer, contact}
    return frozenset(one.strip() for one in found if one and one.strip())


def asked_often(session: Session, addressees: Iterable[str], until: dt.date) -> tuple[tuple[str, int], ...]:
    """The units a paper goes to that were asked or visited as often as the office means to at most, or oftener."""
    limit = session.scalars(select(Office.visit_limit)).first() or 0
    to = {name.strip() for one in addressees for name in _SEVERAL.split(one) if name.strip()}
    if not limit or not to:
        return ()
    since = until - dt.timedelta(DAYS)
    places = Places.load(session)
    found = []
    for unit in places.units.values():
        forms = set(_forms(places, unit))
        if unit.deleted_at is None and forms & to:
            times = _papers(session, forms, since, until) + _visits(session, unit.id, since, until)
            if times >= limit:
                found.append((unit.name, times))
    return tuple(found)


def _papers(session: Session, names: set[str], since: dt.date, until: dt.date) -> int:
    query = select(Document.addressees).where(
        Document.kind.in_(_ASKING), Document.state == DocumentState.ISSUED, Document.deleted_at.is_(None),
        Document.dated_on.between(since, until),
    )  # fmt: skip
    return sum(bool(names & {one.strip() for one in _SEVERAL.split(text)}) for text in session.scalars(query))


def _visits(session: Session, unit_id: int, since: dt.date, until: dt.date) -> int:
    query = select(Inspection.id).where(
        Inspection.unit_id == unit_id, Inspection.starts_on.between(since, until), Inspection.deleted_at.is_(None)
    )
    return len(session.scalars(query).all())


def last_issued(session: Session, code: str, year: int, serial: int) -> tuple[str, dt.date] | None:
    """Number and date of the latest paper issued in a year under a smaller number of a code; 0 for any number."""
    query = select(Document.number, Document.number_serial, Document.dated_on).where(
        Document.number_year == year, Document.state == DocumentState.ISSUED, Document.deleted_at.is_(None),
        Document.dated_on.is_not(None), Document.historical.is_(False),
    )  # fmt: skip
    rows = [
        (day, number) for number, given, day in session.execute(query).tuples()
        if day and given and number.startswith(f"{code}〔") and (not serial or given < serial)
    ]  # fmt: skip
    return (max(rows)[1], max(rows)[0]) if rows else None
