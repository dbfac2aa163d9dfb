"""Where records belong, for the rule of what a new one takes over (`domain.carry_over`)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from models.domain.carry_over import Bounds, Where
from models.records import Inspection, Record, Site, Team, Unit

COUNTY = "县"
UNDER = {"visit": "inspection_id", "member": "team_id", "shift": "team_id"}
"""By table, the record that one belongs to."""
DAYS = ("found_on", "on", "starts_on")
Values = Mapping[str, Any]


def above(session: Session, unit_id: Any) -> tuple[int, ...]:
    """A unit and those it lies in, the county left out; () where it is not known."""
    chain: list[int] = []
    while isinstance(unit_id, int) and unit_id not in chain:
        unit = session.get(Unit, unit_id)
        if unit is None or unit.kind == COUNTY:
            break
        chain.append(unit_id)
        unit_id = unit.parent_id
    return tuple(chain)


def where(session: Session, table: str, values: Values) -> Where:
    """Place, 专项 and day of a record by its values; a finding that names none is where its inspection was."""
    site = _found(session, Site, values.get("site_id"))
    inspection = _found(session, Inspection, values.get("inspection_id")) if table == "finding" else None
    unit = values.get("unit_id") or (site.unit_id if site else None) or (inspection.unit_id if inspection else None)
    under = values.get(UNDER.get(table, ""))
    day = next((values[name] for name in DAYS if isinstance(values.get(name), dt.date)), None)
    campaign = values.get("campaign_id") or _campaign_above(session, table, under)
    campaign = campaign or (inspection.campaign_id if inspection else None)
    department = above(session, values.get("department_id")) if table == "finding" else ()
    return Where(above(session, unit), _id(campaign), day, _id(under), department)


def _campaign_above(session: Session, table: str, under: Any) -> int | None:
    """The 专项 of the inspection or the team that a record without one of its own belongs to."""
    if table not in UNDER:
        return None
    above_it = _found(session, Inspection if UNDER[table] == "inspection_id" else Team, under)
    return above_it.campaign_id if above_it is not None else None


def bounds(session: Session, values: Values) -> dict[str, Bounds]:
    """Where the inspection, the team and the site among the values belong, by field."""
    found = {}
    inspection = _found(session, Inspection, values.get("inspection_id"))
    if inspection is not None:
        place = above(session, inspection.unit_id)
        until = inspection.ends_on or inspection.starts_on
        found["inspection_id"] = Bounds((place,) if place else (), inspection.campaign_id, inspection.starts_on, until)
    team = _found(session, Team, values.get("team_id"))
    if team is not None:
        areas = tuple(place for one in team.area_ids or () if (place := above(session, one)))
        found["team_id"] = Bounds(areas, team.campaign_id, team.starts_on, team.ends_on)
    site = _found(session, Site, values.get("site_id"))
    if site is not None:
        place = above(session, site.unit_id)
        found["site_id"] = Bounds((place,) if place else ())
    return found


def _id(value: Any) -> int | None:
    return value if isinstance(value, int) else None


def _found(session: Session, cls: type[Record], id_: Any) -> Any:
    return session.get(cls, id_) if isinstance(id_, int) else None
