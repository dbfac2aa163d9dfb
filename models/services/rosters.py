"""The monthly roster: a day set at a click, a month proposed and kept in one deed."""

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from models.errors import Refusal
from models.records import Shift
from models.services import records
from models.services.unit_of_work import ChangeSet, UnitOfWork, Workspace


def set_day(workspace: Workspace, team_id: int, on: dt.date, member_ids: Sequence[int]) -> ChangeSet:
    """Put these members on duty on a day; none of them takes the shift away."""
    with workspace.writing(f"排班 {on.month}月{on.day}日") as work:
        _put(work, team_id, on, member_ids)
    return work.done


def set_days(workspace: Workspace, team_id: int, plan: Mapping[dt.date, Sequence[int]]) -> ChangeSet:
    """Keep a proposed rotation: all its days in one operation, so that one undo takes it back.

    Raises:
        Refusal: there is no day to fill.
    """
    if not plan:
        raise Refusal("这个月没有空着的日子可排，需要重排请先清空。")
    with workspace.writing(f"轮流排班 {len(plan)} 天") as work:
        for on, member_ids in plan.items():
            _put(work, team_id, on, member_ids)
    return work.done


def _put(work: UnitOfWork, team_id: int, on: dt.date, member_ids: Sequence[int]) -> None:
    where = (Shift.team_id == team_id, Shift.on == on, Shift.deleted_at.is_(None))
    shift = work.session.scalars(select(Shift).where(*where).order_by(Shift.id)).first()
    if shift is None:
        if member_ids:
            records.add(work, Shift, {"team_id": team_id, "on": on, "member_ids": list(member_ids)})
    elif member_ids:
        records.change(work, shift, {"member_ids": list(member_ids)})
    else:
        work.set(shift, deleted_at=work.workspace.now)
