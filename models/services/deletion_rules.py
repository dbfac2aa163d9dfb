"""Records that belong together stay together: what an edit, a deletion or a restoring may not take apart."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from models.domain.findings.life import case_faults, faults
from models.domain.findings.lifecycle import Status
from models.domain.findings.outcomes import Outcome, outcome
from models.errors import Problem, Refusal
from models.queries.facts.lives import asking, case_lives, lives
from models.queries.lookups.undone_remnants import STEPS, is_remnant
from models.records import (
    RECORDS,
    Change,
    Disposition,
    Extension,
    Feedback,
    Finding,
    Party,
    Plan,
    Recheck,
    Record,
    Transfer,
    Verification,
    fields_of,
)
from models.services.unit_of_work import UnitOfWork

_CLASSES = tuple(RECORDS[table] for table in STEPS)
_WRITTEN_BY_STEPS = (Verification, Extension, Transfer)
_WAY_OUT = "办错了的，请撤销这一步操作，或者退回重改后重新办理。"


def refuse_moving(record: Record, values: Mapping[str, Any]) -> None:
    """A kept record stays part of the one it was written for.

    Raises:
        Refusal: a value would make it part of another.
    """
    for name, field in fields_of(type(record)).items():
        if not field.parent or name not in values or record.id is None:
            continue
        kept = getattr(record, name)
        if kept is not None and values[name] != kept:
            sentence = f"{record.noun}的“{field.label}”不能改。记错了地方的，请在正确的{field.label}下重新登记。"
            raise Refusal(Problem(name, sentence))


@contextmanager
def fitting(work: UnitOfWork, record: Record, verb: str) -> Iterator[None]:
    """What is done inside leaves the finding or case of a record as sound as it was.

    Raises:
        Refusal: it does not; says what would not fit.
    """
    before = _faults(work, record)
    yield
    fresh = [one for one in _faults(work, record) if one not in before]
    if fresh:
        raise Refusal(f"不能{verb}{record.noun}“{record.title}”：{fresh[0]}{_WAY_OUT}")


def _faults(work: UnitOfWork, record: Record) -> list[str]:
    """What does not fit around a record; of old records taken in (补录) too, for nothing more may get lost there."""
    ask = asking(work.session)
    if isinstance(record, _CLASSES):
        found = lives(ask, getattr(record, "finding_id", 0))
        return [sentence for one in found for sentence in faults(replace(one, backfilled=False))]
    case_id = _case_of(work, record)
    if case_id is None:
        return []
    return [sentence for one in case_lives(ask, case_id) for sentence in case_faults(replace(one, backfilled=False))]


def _case_of(work: UnitOfWork, record: Record) -> int | None:
    if isinstance(record, Disposition):
        party = work.session.get(Party, record.party_id)
        return party.case_id if party else None
    return record.case_id if isinstance(record, Party) else None


def refuse_removal(work: UnitOfWork, record: Record) -> None:
    """What a step wrote, what another office wrote and what has been sent is not deleted.

    Raises:
        Refusal: the record is such; says the way out.
    """
    told = f"{record.noun}“{record.title}”"
    if isinstance(record, Feedback | Plan) and record.base_version and work.role == "county":
        raise Refusal(f"{told}是责任单位报来的，不能删去。不采信的，请退回重改。")
    if isinstance(record, Feedback | Plan) and record.sent_batch:
        raise Refusal(f"{told}已经上报，不能删去。如需补充，请另填一轮。")
    rebound = isinstance(record, Recheck) and record.result == "反弹"
    if isinstance(record, _WRITTEN_BY_STEPS) or rebound:
        raise Refusal(f"{told}是办理步骤记下的，不能单独删去。{_WAY_OUT}")
    if isinstance(record, Feedback) and not record.unexpected and _is_suspended(work, record):
        raise Refusal(f"{told}是挂账协调的依据，不能删去。填错了的，请先恢复整改，再删去。")
    if isinstance(record, Feedback) and not record.unexpected:
        found = outcome(record.outcome)
        if found is not None and (found.moves or found is Outcome.PART):
            raise Refusal(f"{told}决定着问题的状态和已整改数，不能删去。{_WAY_OUT}")


def _is_suspended(work: UnitOfWork, feedback: Feedback) -> bool:
    """What the unit reported is what its finding was suspended on."""
    finding = work.session.get(Finding, feedback.finding_id)
    return finding is not None and finding.status == Status.SUSPENDED


def refuse_restoring(work: UnitOfWork, record: Record, together: Iterable[Record]) -> None:
    """What an undone step left, and what belongs to a deleted record, is not restored by itself.

    Raises:
        Refusal: the record is such.
    """
    told = f"{record.noun}“{record.title}”"
    if is_remnant(work.session, record):
        raise Refusal(f"{told}是撤销操作时去掉的，不能恢复。请重新办理这一步。")
    for name, field in fields_of(type(record)).items():
        owner = work.session.get(RECORDS[field.target], getattr(record, name)) if _filled(record, name) else None
        if field.parent and owner is not None and owner.deleted_at is not None and owner not in together:
            raise Refusal(f"{told}所属的{owner.noun}“{owner.title}”也在回收站里，请先恢复它。")
    if isinstance(record, Plan):
        where = (Plan.finding_id == record.finding_id, Plan.deleted_at.is_(None), Plan.id != record.id)
        if work.session.scalars(select(Plan).where(*where)).first() is not None:
            raise Refusal(f"这个问题已有整改计划，不能再恢复一份。要用原来的，请先删去现有的{record.noun}。")


def _filled(record: Record, name: str) -> bool:
    return fields_of(type(record))[name].kind == "ref" and getattr(record, name) is not None


def gone_with(work: UnitOfWork, record: Record) -> list[Record]:
    """The records that belong to a deleted one and went in the same operation: they come back with it."""
    last = select(Change.operation).where(
        Change.record_uuid == record.uuid, Change.after["deleted_at"].as_string().is_not(None)
    )
    operation = work.session.scalars(last.order_by(Change.id.desc()).limit(1)).first()
    if operation is None:
        return []
    found: list[Record] = []
    for cls in RECORDS.values():
        for name, field in fields_of(cls).items():
            if field.parent and field.target == record.__tablename__:
                gone = select(Change.record_uuid).where(Change.operation == operation)
                where = (getattr(cls, name) == record.id, cls.deleted_at.is_not(None), cls.uuid.in_(gone))
                found += work.session.scalars(select(cls).where(*where).order_by(cls.id))
    return found + [deeper for one in tuple(found) for deeper in gone_with(work, one)]
