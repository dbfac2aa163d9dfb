"""The demo office: an invented county with a season of inspections behind it, alive on any day.

Its people, places and texts are in ``resources/demo``; days are counted back from today.
"""

import datetime as dt
from typing import Any

from sqlalchemy import select

from models.demo.season import Season
from models.demo.sources import Clock, Known, told
from models.errors import Refusal
from models.records import Inspection, Member, Office, Person, Shift, Site, Team, Unit
from models.services import office_setup, records
from models.services.unit_of_work import UnitOfWork, Workspace

SEASON = 70
"""Days the demo season reaches back."""


def fill(workspace: Workspace) -> str:
    """Fill an empty data folder with the demo office; returns what to tell the clerk.

    Raises:
        Refusal: the folder has an office already.
    """
    with workspace.reading() as session:
        if session.scalars(select(Office.id)).first() is not None:
            raise Refusal("这个数据文件夹里已有数据，演示数据只能放进空文件夹。")
    present = workspace.clock()
    clock = Clock(present)
    past = Workspace(workspace.store, operator="何晓燕", clock=clock)
    today = present.date()
    clock.now = dt.datetime.combine(today - dt.timedelta(SEASON), dt.time(8, 30))
    with past.writing("建立演示单位") as work:
        known = _establish(work)
        _roster(work, known, today)
        inspections = _inspections(work, known, today)
    season = Season(past, clock, today, known)
    season.play(inspections)
    clock.now = present  # what is written last is written now: a clock is held against it
    season.enter_documents()
    return "演示数据已放好：云水县疫情防控指挥部办公室，均为虚构。"


def _establish(work: UnitOfWork) -> Known:
    county = told("county")
    season = {**county["campaign"], "starts_on": work.workspace.today}
    office = office_setup.write_office(work, {**county["office"], "demo": True}, season)
    assert office.unit_id is not None
    units = _units(work, county, office.unit_id)
    sites = _sites(work, units)
    people = _people(work, county, units)
    teams, members = _teams(work, county, units, people)
    return Known(units, sites, {s[0]: units[s[2]] for s in told("sites")}, teams, members)


def _units(work: UnitOfWork, county: dict[str, Any], root: int) -> dict[str, int]:
    rows: list[dict[str, Any]] = []
    for name, short, leader, post, deputy, deputy_post, contact, phone in county["departments"]:
        rows.append(_unit(name, "部门", root, short, leader, post, deputy, deputy_post, contact, phone))
    for name, kind, leader, post, deputy, deputy_post, contact, phone, _ in county["townships"]:
        rows.append(_unit(name, kind, root, "", leader, post, deputy, deputy_post, contact, phone))
    units = dict(zip((r["name"] for r in rows), work.bulk_add(Unit, rows), strict=True))
    below = [
        {**_unit(village, village[-1:].replace("区", "社区"), units[town[0]])}
        for town in county["townships"]
        for village in town[8]
    ]
    for name, kind, parent, leader, post in county["others"]:
        below.append(_unit(name, kind, units[parent], "", leader, post))
    ids = work.bulk_add(Unit, below)
    return units | {row["name"]: id_ for row, id_ in zip(below, ids, strict=True)}


def _unit(name: str, kind: str, parent: int, short: str = "", *more: str) -> dict[str, Any]:
    names = ("leader", "leader_post", "deputy", "deputy_post", "contact", "phone")
    unit = Unit(name=name, short_name=short)
    return {
        "name": name, "short_name": short, "kind": kind, "parent_id": parent,
        "pinyin": records.looked_up_by(unit), **dict(zip(names, more, strict=False)),
    }  # fmt: skip


def _sites(work: UnitOfWork, units: dict[str, int]) -> dict[str, int]:
    rows = [
        {
            "name": name, "kind": kind, "unit_id": units[unit], "department_id": units.get(department),
            "address": address, "pinyin": records.looked_up_by(Site(name=name)),
        }
        for name, kind, unit, department, address in told("sites")
    ]  # fmt: skip
    return dict(zip((r["name"] for r in rows), work.bulk_add(Site, rows), strict=True))


def _people(work: UnitOfWork, county: dict[str, Any], units: dict[str, int]) -> dict[str, int]:
    """Leaders, members and the people of the cases, one row a person."""
    found: dict[str, dict[str, Any]] = {}
    for row in (*county["departments"], *([t[0], "", *t[2:8]] for t in county["townships"])):
        found[row[2]] = {"unit_id": units[row[0]], "post": row[3], "identities": ["中共党员", "公职人员"]}
        found[row[4]] = {"unit_id": units[row[0]], "post": row[5], "identities": ["中共党员", "公职人员"]}
    for team in county["teams"]:
        for name, unit, post, _ in team["members"]:
            found.setdefault(name, {"unit_id": units[unit], "post": post, "identities": ["中共党员", "公职人员"]})
    for case in told("cases"):
        for party in case["parties"]:
            if not party.get("is_unit") and "某" not in party["name"]:
                about = {"unit_id": units[party["unit"]], "post": party["post"], "identities": party["identities"]}
                found.setdefault(party["name"], about)
    rows = [{"name": n, **row, "pinyin": records.looked_up_by(Person(name=n))} for n, row in found.items()]
    return dict(zip(found, work.bulk_add(Person, rows), strict=True))


def _teams(
    work: UnitOfWork, county: dict[str, Any], units: dict[str, int], people: dict[str, int]
) -> tuple[dict[str, int], dict[str, list[int]]]:
    teams: dict[str, int] = {}
    members: dict[str, list[int]] = {}
    for number, told_team in enumerate(county["teams"], start=1):
        values = {
            "name": told_team["name"], "number": number, "campaign_id": 1, "starts_on": work.workspace.today,
            "area_ids": [units[area] for area in told_team["areas"]], "duties": county["duties"],
        }  # fmt: skip
        team = teams[told_team["name"]] = records.add(work, Team, values).id
        rows = [
            {
                "team_id": team, "person_id": people[name], "name": name, "unit_id": units[unit], "post": post,
                "phone": f"139{number:02d}{place:02d}{(number * 37 + place * 11) % 10000:04d}", "role": role,
                "joined_on": work.workspace.today,
            }
            for place, (name, unit, post, role) in enumerate(told_team["members"], start=1)
        ]  # fmt: skip
        members[told_team["name"]] = work.bulk_add(Member, rows)
    return teams, members


def _roster(work: UnitOfWork, known: Known, today: dt.date) -> None:
    """The month's roster: two teams out a day, two or three of each."""
    county = told("county")
    day, rows = today.replace(day=1), []
    while day.month == today.month:
        for place in (day.day % 4, (day.day + 2) % 4):
            team = county["teams"][place]
            people, turn = known.members[team["name"]], day.day // 2
            out = {people[(turn + step) % len(people)] for step in range(2 + (day.day + place) % 2)}
            area = team["areas"][turn % len(team["areas"])]
            rows.append({
                "on": day, "team_id": known.teams[team["name"]], "member_ids": sorted(out),
                "area_ids": [known.units[area]], "vehicle": county["vehicles"][place],
            })  # fmt: skip
        day += dt.timedelta(1)
    work.bulk_add(Shift, rows)


def _inspections(work: UnitOfWork, known: Known, today: dt.date) -> list[Inspection]:
    """Eight weekly trips of each team, through its areas in turn."""
    county, found = told("county"), []
    methods = (
        ["实地走访", "查阅档案"],
        ["现场检查", "随机抽查"],
        ["暗访", "四不两直"],
        ["听取汇报", "实地走访", "电话抽查"],
    )
    for week in range(8):
        for place, team in enumerate(county["teams"]):
            starts = today - dt.timedelta(SEASON - 2 - week * 9 - place)
            unit = team["areas"][week % len(team["areas"])]
            kind = "综合" if week == 0 else "回头看" if week == 6 else "专项" if week % 3 == 2 else "日常"
            values = {
                "code": f"{starts.year}-D{week * 4 + place + 1:02d}", "campaign_id": 1,
                "team_id": known.teams[team["name"]], "unit_id": known.units[unit], "kind": kind,
                "starts_on": starts, "ends_on": min(starts + dt.timedelta(1), today),
                "methods": methods[(week + place) % 4], "basis": county["campaign"]["basis"],
                "overview": "".join(county["overviews"][unit][week // len(team["areas"]) :][:1]),
                "advice": county["advice"][(week * 2 + place) % len(county["advice"])],
            }  # fmt: skip
            found.append(records.add(work, Inspection, values))
    return found
