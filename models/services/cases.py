"""A case's way through its stages, its parties and their dispositions."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.domain.cases import stages
from models.domain.cases.discipline import EXPULSION
from models.domain.cases.stages import Stage
from models.errors import Problem, Refusal
from models.records import AccountabilityCase, Disposition, Party, fields_of
from models.services.unit_of_work import ChangeSet, Workspace

Values = Mapping[str, Any]


def facts_of(session: Session, case: AccountabilityCase, today: Any) -> dict[str, Any]:
    """The case as the rules see it, with what its parties add up to."""
    facts = {name: getattr(case, name) for name in fields_of(AccountabilityCase)}
    parties = session.scalars(select(Party).where(Party.case_id == case.id, Party.deleted_at.is_(None))).all()
    where = (Disposition.party_id.in_([p.id for p in parties]), Disposition.deleted_at.is_(None))
    # Five years after 开除党籍 are a note: no period of effect is waited for.
    ends = func.max(Disposition.effect_end).filter(Disposition.measure.not_like(f"{EXPULSION}%"))
    settled = session.execute(select(func.count(), ends).where(*where)).one()
    return {
        **facts,
        "stage": Stage(case.stage or Stage.CLUE),
        "status": Stage(case.stage or Stage.CLUE),
        "today": today,
        "party_count": len(parties),
        "disposition_count": settled[0] + sum(bool(p.elsewhere) for p in parties),
        "effect_end": settled[1],
    }


def take(workspace: Workspace, case_id: int, key: str, given: Values, *, version: int | None = None) -> ChangeSet:
    """Take one step of a case.

    Raises:
        Refusal: a guard stands against it; one problem a field, nothing was written.
        Stale: ``version`` was seen, and the case has moved on.
    """
    step = stages.step(key)
    with workspace.writing("") as work:
        case = work.get(AccountabilityCase, case_id, version)
        work.deed = f"{step.name} {case.code}"
        problems = step.check(facts_of(work.session, case, workspace.today), given)
        if problems:
            raise Refusal(*problems)
        declared = fields_of(AccountabilityCase)
        work.set(case, **{n: v for n, v in given.items() if n in declared and v not in (None, "")})
        if key == "publicise":
            work.set(case, publicised=True)
        work.note = "；".join(
            f"{want.label}：{given[want.field]}"
            for want in step.wants
            if want.field not in declared and given.get(want.field) not in (None, "")
        )
        route = step.route(Stage(case.stage))
        if route:
            work.set(case, stage=str(route[-1]))
    return work.done


def move_party(workspace: Workspace, party_id: int, by: int) -> ChangeSet:
    """Move a party up or down in the order the bulletin names them."""
    with workspace.writing("调整责任人员顺序") as work:
        party = work.get(Party, party_id)
        where = (Party.case_id == party.case_id, Party.deleted_at.is_(None))
        row = list(work.session.scalars(select(Party).where(*where).order_by(Party.position, Party.id)))
        at = row.index(party)
        to = min(max(at + by, 0), len(row) - 1)
        if to == at:
            raise Refusal(Problem("position", "已经排在头尾，不能再移动。"))
        row.insert(to, row.pop(at))
        for position, one in enumerate(row, start=1):
            if one.position != position:
                work.set(one, position=position)
    return work.done
