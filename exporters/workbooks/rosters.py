"""督查组名册 and 月排班表."""

import calendar
import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from exporters.workbooks import rows
from exporters.workbooks.names import Names
from exporters.workbooks.page import Column, Page, arranged
from models.intake import sheets
from models.paper.numbering import full_day
from models.queries.figures.scope import Scope
from models.records import Member, Shift, Team

MEMBERS, SHIFTS = "督查组名册", "月排班表"
_ORDER = ("组长", "常务副组长", "副组长", "联络员", "成员")
_WEEKDAYS = "一二三四五六日"
_WIDTHS = {"team_id": 16, "name": 12, "unit_id": 26, "post": 26, "phone": 18, "role": 14, "note": 24}


def members(session: Session, scope: Scope, today: dt.date) -> Page:
    """Who serves in which team, leaders first; those who left are in it with the day."""
    names = [c.name for c in sheets.BY_TABLE["member"].columns]
    marks, mark = rows.marks(session)
    columns = {"number": Column("序号", 6, "number"), **rows.columns("member", names, _WIDTHS), **marks}
    query = select(Member, Team.number).join(Team, Team.id == Member.team_id)
    query = query.where(Member.deleted_at.is_(None), Team.deleted_at.is_(None))
    if scope.team_ids:
        query = query.where(Team.id.in_(scope.team_ids))
    if scope.campaign_id:
        query = query.where(Team.campaign_id == scope.campaign_id)
    if scope.unit_ids:
        query = query.where(Member.unit_id.in_(scope.unit_ids))
    known = Names(session)
    found = sorted(session.execute(query).tuples(), key=_rank)
    told = [
        {"number": place, **rows.values("member", names, {n: getattr(m, n) for n in names}, known), **mark(m.uuid)}
        for place, (m, _) in enumerate(found, start=1)
    ]
    note = f"制表日期：{full_day(today)}"
    title = f"{rows.campaign(session, scope)}{MEMBERS}"
    return Page(MEMBERS, title, list(columns.values()), arranged(columns, told), note)


def _rank(row: tuple[Member, int | None]) -> tuple[Any, ...]:
    member, number = row
    role = _ORDER.index(member.role) if member.role in _ORDER else len(_ORDER)
    return (number or 10_000, member.team_id, role, member.id)


def shifts(session: Session, scope: Scope, today: dt.date) -> Page:
    """Who is on duty day by day: the scope's days, else the current month."""
    first = scope.from_ or today.replace(day=1)
    month_end = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    last = scope.until or month_end
    columns = {
        "on": Column("日期", 13, "day"), "weekday": Column("星期", 8), "team": Column("督查组", 16),
        "members": Column("值班成员", 34, "wrap"), "phones": Column("联系电话", 34, "wrap"),
        "areas": Column("督查区域", 30, "wrap"), "vehicle": Column("车辆", 16), "note": Column("备注", 20, "wrap"),
    }  # fmt: skip
    query = select(Shift).join(Team, Team.id == Shift.team_id).where(Shift.deleted_at.is_(None))
    query = query.where(Shift.on >= first, Shift.on <= last).order_by(Shift.on, Team.number, Shift.id)
    if scope.team_ids:
        query = query.where(Shift.team_id.in_(scope.team_ids))
    if scope.campaign_id:
        query = query.where(Team.campaign_id == scope.campaign_id)
    known = Names(session)
    phones = {row.id: row.phone for row in session.execute(select(Member.id, Member.phone))}
    told = [_shift(shift, known, phones) for shift in session.scalars(query)]
    whole = first.day == 1 and last == month_end
    when = f"{first.year}年{first.month}月" if whole else f"{first.month}月{first.day}日至{last.month}月{last.day}日"
    return Page(SHIFTS, f"{when}督查排班表", list(columns.values()), arranged(columns, told), _office(session))


def _office(session: Session) -> str:
    """Whom to call, as the roster's small line; empty where the office did not say."""
    from models.records import Office

    office = session.scalars(select(Office)).first()
    if office is None or not (office.contact or office.phone):
        return ""
    return f"{office.name}　联系人：{office.contact}　电话：{office.phone}"


def _shift(shift: Shift, known: Names, phones: dict[int, str]) -> dict[str, Any]:
    return {
        "on": shift.on, "weekday": f"周{_WEEKDAYS[shift.on.weekday()]}" if shift.on else "",
        "team": known.of("team", shift.team_id), "members": known.several("member", shift.member_ids),
        "phones": "、".join(filter(None, (phones.get(i, "") for i in shift.member_ids))),
        "areas": known.several("unit", shift.area_ids), "vehicle": shift.vehicle, "note": shift.note,
    }  # fmt: skip
