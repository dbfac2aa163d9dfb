"""A month's roster: who is on duty when, what clashes, and what a fair rotation would be."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records import Member, Shift, Team


@dataclass(frozen=True, slots=True)
class Clash:
    """Something wrong with one day's duty."""

    on: dt.date
    sentence: str


@dataclass(frozen=True, slots=True)
class Month:
    """Shifts of a month with the members that may serve."""

    shifts: tuple[Shift, ...]
    members: tuple[Member, ...]
    teams: tuple[Team, ...]

    def on(self, day: dt.date, team_id: int | None = None) -> tuple[Shift, ...]:
        """The shifts of a day, of one team or of all."""
        return tuple(s for s in self.shifts if s.on == day and team_id in (None, s.team_id))

    def named(self, shift: Shift) -> list[str]:
        """The names of those on duty."""
        names = {m.id: m.name for m in self.members}
        return [names.get(i, "（已移除）") for i in shift.member_ids]


def month(session: Session, year: int, number: int) -> Month:
    """All teams' shifts and members of a month."""
    first = dt.date(year, number, 1)
    after = (first + dt.timedelta(days=32)).replace(day=1)
    shifts = select(Shift).where(Shift.on >= first, Shift.on < after, Shift.deleted_at.is_(None))
    members = select(Member).where(Member.deleted_at.is_(None)).order_by(Member.id)
    teams = select(Team).where(Team.deleted_at.is_(None)).order_by(Team.number.is_(None), Team.number, Team.id)
    return Month(
        tuple(session.scalars(shifts.order_by(Shift.on, Shift.id))),
        tuple(session.scalars(members)),
        tuple(session.scalars(teams)),
    )


def serving(member: Member, on: dt.date) -> bool:
    """Whether the member has joined and not left by that day."""
    return (member.joined_on is None or member.joined_on <= on) and (member.left_on is None or on <= member.left_on)


def clashes(of: Month) -> list[Clash]:
    """People on duty twice a day or outside their time, and vehicles given twice."""
    found: list[Clash] = []
    members = {m.id: m for m in of.members}
    people: dict[tuple[dt.date, str], int] = {}
    vehicles: dict[tuple[dt.date, str], int] = {}
    for shift in of.shifts:
        if shift.on is None:
            continue
        for id_ in shift.member_ids:
            member = members.get(id_)
            if member is None:
                found.append(Clash(shift.on, "有成员已从名册移除，请重新安排。"))
                continue
            if not serving(member, shift.on):
                found.append(Clash(shift.on, f"{member.name}当天不在组（未到岗或已离岗）。"))
            key = (shift.on, f"{member.person_id or ''}{member.name}")
            people[key] = people.get(key, 0) + 1
            if people[key] == 2:
                found.append(Clash(shift.on, f"{member.name}当天排了两次。"))
        if shift.vehicle:
            vehicles[shift.on, shift.vehicle] = vehicles.get((shift.on, shift.vehicle), 0) + 1
            if vehicles[shift.on, shift.vehicle] == 2:
                found.append(Clash(shift.on, f"车辆“{shift.vehicle}”当天用了两次。"))
    return sorted(found, key=lambda clash: clash.on)


def rotation(
    members: Sequence[Member], days: Iterable[dt.date], size: int, served: dict[int, int] | None = None
) -> dict[dt.date, list[int]]:
    """Who would serve when: every day the ones who have served least, in the roster's order.

    Args:
        members: of the team.
        days: to be filled.
        size: people a day.
        served: days each has served already, so that the burden evens out.
    """
    counts = {m.id: (served or {}).get(m.id, 0) for m in members}
    last: dict[int, int] = {}
    plan: dict[dt.date, list[int]] = {}
    for turn, day in enumerate(sorted(days)):
        able = [m.id for m in members if serving(m, day)]
        order = sorted(able, key=lambda i: (counts[i], last.get(i, -1), able.index(i)))
        plan[day] = order[:size]
        for id_ in plan[day]:
            counts[id_] += 1
            last[id_] = turn
    return plan
