"""What a new record takes over from the one entered before it, and when it must not.

Nothing that says who, where, when or by what right goes to another place or another 专项: a bulletin would then say
that one township was inspected where the problem is another's. How something is done may go anywhere.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final


class Says(StrEnum):
    """What a field says of the record."""

    WHO = "谁"
    WHERE = "哪里"
    WHEN = "何时"
    RIGHT = "凭什么"
    MANNER = "怎样"


FIELDS: Final[Mapping[str, Mapping[str, Says]]] = {
    "finding": {
        "source_level": Says.RIGHT,
        "inspection_id": Says.RIGHT,
        "team_id": Says.WHO,
        "found_on": Says.WHEN,
        "site_id": Says.WHERE,
        "unit_id": Says.WHERE,
        "department_id": Says.WHO,
        "severity": Says.MANNER,
        "deadline_kind": Says.MANNER,
        "deadline_days": Says.MANNER,
        "deadline": Says.WHEN,
    },
    "team": {"starts_on": Says.WHEN, "ends_on": Says.WHEN},
    "member": {"team_id": Says.WHERE, "role": Says.MANNER, "joined_on": Says.WHEN},
    "inspection": {"team_id": Says.WHO, "kind": Says.MANNER, "methods": Says.MANNER},
    "visit": {"inspection_id": Says.WHERE, "on": Says.WHEN, "member_ids": Says.WHO},
    "party": {"unit_id": Says.WHERE},
    "disposition": {"organ": Says.WHO, "decided_on": Says.WHEN},
    "person": {"unit_id": Says.WHERE},
    "unit": {"kind": Says.MANNER, "parent_id": Says.WHERE},
}
"""What is taken over. 依据 is not: an inspection's is its 专项's, a disposition's is its own measure's."""
IN_A_COPY: Final[Mapping[str, Mapping[str, Says]]] = {
    "finding": {**FIELDS["finding"], "source_number": Says.RIGHT},
    "accountability_case": {
        "conduct_from": Says.WHEN,
        "conduct_until": Says.WHEN,
        "period_text": Says.WHEN,
        "place": Says.WHERE,
        "finding_ids": Says.RIGHT,
        "proposer": Says.WHO,
        "proposed_on": Says.WHEN,
        "approver": Says.WHO,
        "approved_on": Says.WHEN,
        "receiving_organ": Says.WHO,
        "handed_on": Says.WHEN,
    },
    "inspection": {**FIELDS["inspection"], "basis": Says.RIGHT, "starts_on": Says.WHEN, "ends_on": Says.WHEN},
    "team": {**FIELDS["team"], "area_ids": Says.WHERE},
    "shift": {"team_id": Says.WHO, "on": Says.WHEN, "member_ids": Says.WHO, "area_ids": Says.WHERE},
    "site": {"department_id": Says.WHO, "address": Says.WHERE, "contact": Says.WHO, "phone": Says.WHO},
}
"""What a copy must not take to another place; the rest of a copy is what the clerk asked for."""
OF_THE_OFFICE: Final = frozenset({"verifier", "approver", "checker", "confirmed_by"})
"""Who takes or approves a step at this office: the same for every unit, within one 专项."""
OF_THE_PLACE: Final = frozenset({"applicant", "coordinator", "organ", "receiving_organ", "proposer"})
"""Who asks, coordinates or decides for one unit."""
OF_THE_STEP: Final = frozenset({"deadline_kind", "deadline_days"})
"""How a step is usually taken, anywhere."""
BOUND: Final = frozenset({"inspection_id", "team_id", "site_id"})
"""References with a place, a 专项 and days of their own: they stay as long as these fit."""


@dataclass(frozen=True, slots=True)
class Where:
    """The place, the 专项 and the day of a record, as far as they are known.

    Attributes:
        place: a unit's id and those of the units above it, the county left out; empty where it is not known.
        under: the inspection of a visit, the team of a member or a shift.
        department: as ``place``, of the department that answers too.
    """

    place: tuple[int, ...] = ()
    campaign: int | None = None
    on: dt.date | None = None
    under: int | None = None
    department: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where an inspection, a team or a site belongs.

    Attributes:
        places: as in `Where`, any of them; empty where it may be anywhere.
    """

    places: tuple[tuple[int, ...], ...] = ()
    campaign: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None


def is_elsewhere(one: Where, other: Where) -> bool:
    """Whether two records are of another township, 专项, inspection or team; what is not known is no other."""
    apart = bool(one.place and other.place) and not set(one.place) & set(other.place)
    return apart or _differ(one.campaign, other.campaign) or _differ(one.under, other.under)


def _differ(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one != other


def _lies_in(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return one[0] in other or other[0] in one


def fits(bounds: Bounds, where: Where) -> bool:
    """Whether what is bound so may be named by a record of that place, 专项 and day."""
    if _differ(bounds.campaign, where.campaign):
        return False
    mine = [place for place in (where.place, where.department) if place]
    if bounds.places and mine and not any(_lies_in(place, one) for place in bounds.places for one in mine):
        return False
    return _in_days(bounds, where.on)


def _in_days(bounds: Bounds, day: dt.date | None) -> bool:
    since, until = bounds.since, bounds.until
    return day is None or ((since is None or since <= day) and (until is None or day <= until))


def where_chosen(now: Where, chosen: Iterable[Bounds], *, placed: bool, campaign: bool) -> Where:
    """Where a new record is when an inspection or a team was chosen in it: that says more than what was taken over.

    Args:
        now: by what stands in its form.
        chosen: where they belong; the first that says something is believed.
        placed: whether its own place was typed.
        campaign: whether its own 专项 was typed.
    """
    for one in chosen:
        if not placed and one.places:
            here = bool(now.place) and any(_lies_in(now.place, place) for place in one.places)
            now, placed = (now if here else replace(now, place=one.places[0], department=())), True
        if not campaign and one.campaign is not None:
            now, campaign = replace(now, campaign=one.campaign), True
    return now


def taken_over(table: str, last: Mapping[str, Any], *, of: Where, now: Where, same_day: bool) -> dict[str, Any]:
    """The values a new record starts with.

    Args:
        table: of the record.
        last: the values of the record entered before it.
        of: place and 专项 of that one.
        now: of the new one, as far as they are known.
        same_day: whether that one was entered today; a new day begins with no place, person or day.
    """
    near = same_day and not is_elsewhere(of, now)
    kept = {name for name, says in FIELDS.get(table, {}).items() if near or says is Says.MANNER}
    return {name: last[name] for name in FIELDS.get(table, {}) if name in kept and last.get(name) not in (None, "", [])}


def misfits(
    table: str,
    carried: Collection[str],
    *,
    of: Where,
    now: Where,
    bounds: Mapping[str, Bounds],
    chosen: Iterable[Bounds] = (),
) -> tuple[str, ...]:
    """What was taken over and does not fit what was typed since: it is to be emptied.

    Args:
        table: of the record.
        carried: fields that still hold what was taken over.
        of: place and 专项 of the record they came from.
        now: of the new one, by what stands in its form.
        bounds: of the references among ``carried``, by field.
        chosen: of the references that were typed; a day outside them is another day's.
    """
    says = {**FIELDS.get(table, {}), **IN_A_COPY.get(table, {})}
    bound = {} if _differ(of.campaign, now.campaign) else {name: bounds[name] for name in BOUND if name in bounds}
    gone = {name: not fits(one, now) for name, one in bound.items()}
    elsewhere = is_elsewhere(of, now)
    another_day = not all(_in_days(one, of.on) for one in chosen)
    for name, told in says.items():
        if name not in bound:
            gone[name] = (elsewhere and told is not Says.MANNER) or (another_day and told is Says.WHEN)
    return tuple(name for name in says if name in carried and gone[name])


def remembered(given: Mapping[str, Any]) -> dict[str, Any]:
    """What of a step's values is kept for the next step of its kind."""
    kept = OF_THE_OFFICE | OF_THE_PLACE | OF_THE_STEP
    return {name: value for name, value in given.items() if name in kept and value not in (None, "", [])}


def again(kept: Mapping[str, Any], *, of: Where, now: Where) -> dict[str, Any]:
    """What is proposed again at a step: persons of the office within one 专项, others for the same place only.

    Args:
        kept: as `remembered` gave it.
        of: place and 专项 of the record it was typed for.
        now: of the record the step is taken with; without a place, as of many at once, nobody of a place is proposed.
    """
    here = bool(set(of.place) & set(now.place)) and not is_elsewhere(of, now)
    names = set(OF_THE_STEP)
    names |= set() if _differ(of.campaign, now.campaign) else OF_THE_OFFICE
    names |= OF_THE_PLACE if here else set()
    return {name: value for name, value in kept.items() if name in names}
