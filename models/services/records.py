"""Add, edit, copy, delete and restore any record: the deeds that are the same for all of them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.text import pinyin
from models.errors import Problem, Refusal
from models.queries.lookups.references import named_by
from models.records import Record, fields_of
from models.records.fields import Field
from models.services import deletion_rules, preparation
from models.services.unit_of_work import ChangeSet, UnitOfWork, Workspace, record_class

R = TypeVar("R", bound=Record)
Values = Mapping[str, Any]

TITLE_LIMIT = 30
"""Characters of a record's name in the name of a deed: it stands in lists and in the status bar."""


def create(workspace: Workspace, cls: type[R], values: Values) -> ChangeSet:
    """Add one record; ``ChangeSet.id`` is its id.

    Raises:
        Refusal: a value is missing, too long or of the wrong kind; one problem a field.
    """
    with workspace.writing("") as work:
        work.deed = told("新增", add(work, cls, values))
    return work.done


def add(work: UnitOfWork, cls: type[R], values: Values) -> R:
    """``create`` inside a deed that does more."""
    record = cls(**defaults(cls) | dict(values))
    check(work.session, record, values)
    prepare(work, record)
    return work.add(record)


def defaults(cls: type[Record]) -> dict[str, Any]:
    """Plain defaults of the columns, so that a new record's fields can be read before it is written."""
    found: dict[str, Any] = {}
    for column in cls.__table__.columns:
        default: Any = column.default
        if default is not None and "field" in column.info:
            found[column.key] = default.arg(None) if default.is_callable else default.arg
    return found


def update(workspace: Workspace, cls: type[R], id_: int, version: int | None, values: Values) -> ChangeSet:
    """Change some fields of one record. ``version`` is the one the clerk saw.

    Raises:
        Stale: the record has moved on since; nothing was written.
        Refusal: a value will not do.
    """
    with workspace.writing("") as work:
        record = work.get(cls, id_, version)
        change(work, record, values)
        work.deed = told("修改", record)
    return work.done


def change(work: UnitOfWork, record: Record, values: Values) -> None:
    """``update`` inside a deed that does more."""
    _refuse_the_countys(work, record, values)
    deletion_rules.refuse_moving(record, values)
    with deletion_rules.fitting(work, record, "这样修改"):
        work.set(record, **values)
        check(work.session, record, values)
        prepare(work, record)


def update_many(workspace: Workspace, cls: type[R], ids: Iterable[int], values: Values) -> ChangeSet:
    """Give several records the same values: all or none.

    Raises:
        Refusal: a value will not do, or a field ties the records to others: that is a step of each.
    """
    tied = [field.label for name, field in fields_of(cls).items() if field.parent and name in values]
    if tied:
        raise Refusal(f"{cls.noun}的“{tied[0]}”不能批量修改。")
    chosen = list(ids)
    with workspace.writing(f"批量修改 {len(chosen)} 条{cls.noun}") as work:
        for id_ in chosen:
            change(work, work.get(cls, id_), values)
    return work.done


def delete(workspace: Workspace, cls: type[R], ids: Iterable[int]) -> ChangeSet:
    """Move records to the recycle bin.

    Raises:
        Refusal: other records still name one of them, or its problem or case would not fit any more; says which.
    """
    chosen = list(ids)
    with workspace.writing(f"删除 {len(chosen)} 条{cls.noun}") as work:
        for id_ in chosen:
            record = work.get(cls, id_)
            if len(chosen) == 1:
                work.deed = told("删除", record)
            _refuse_the_countys(work, record, fields_of(cls))
            _refuse_if_named(work.session, record, set(chosen))
            deletion_rules.refuse_removal(work, record)
            with deletion_rules.fitting(work, record, "删去"):
                work.set(record, deleted_at=workspace.now)
    return work.done


def restore(workspace: Workspace, cls: type[R], ids: Iterable[int]) -> ChangeSet:
    """Take records out of the recycle bin, each with what belongs to it and went in the same operation.

    Raises:
        Refusal: one is what an undone step left behind, or its problem or case would not fit any more.
    """
    chosen = list(ids)
    with workspace.writing(f"恢复 {len(chosen)} 条{cls.noun}") as work:
        records = [work.get(cls, id_) for id_ in chosen]
        for record in records:
            if len(chosen) == 1:
                work.deed = told("恢复", record)
            deletion_rules.refuse_restoring(work, record, records)
            gone = deletion_rules.gone_with(work, record)
            with deletion_rules.fitting(work, record, "恢复"):
                work.set(record, deleted_at=None)
                for one in gone:
                    work.set(one, deleted_at=None)
    return work.done


def copied(record: Record) -> dict[str, Any]:
    """The visible values of a record, as the start of a new one; what names it uniquely stays behind."""
    own = {"serial", "code"}
    return {n: getattr(record, n) for n, f in fields_of(type(record)).items() if not f.hidden and n not in own}


def _refuse_the_countys(work: UnitOfWork, record: Record, names: Iterable[str]) -> None:
    """At an answering unit, what the county sent is the county's: each field has one owner (domain: Decided)."""
    if work.role != "unit" or not record.base_version:
        return
    declared = fields_of(type(record))
    if any(name in declared and declared[name].owner == "county" for name in names):
        raise Refusal(f"这条{record.noun}由县里下发，本单位不能修改。")


def told(verb: str, record: Record) -> str:
    """A deed on one record, by the name the clerk knows it by where it has one."""
    title = record.title if len(record.title) <= TITLE_LIMIT else record.title[: TITLE_LIMIT - 1] + "…"
    if title.startswith(record.noun):  # a number of ours, which says nothing
        return f"{verb}{record.noun}"
    return f"{verb} {title}" if record.noun in title else f"{verb}{record.noun} {title}"


def prepare(work: UnitOfWork, record: Record) -> None:
    """Keep what the record is looked up by, then run what is declared for its class."""
    if hasattr(record, "pinyin"):
        record.pinyin = looked_up_by(record)
    preparation.run(work, record)


def looked_up_by(record: Any) -> str:
    """The pinyin a picker searches: of the name, and of the short name where there is one."""
    names = (record.name, getattr(record, "short_name", ""))
    return " ".join(pinyin.index(name) for name in names if name)


def check(session: Session, record: Record, values: Values) -> None:
    """Hold the given values against the fields' declarations.

    Raises:
        Refusal: with a problem for each field at fault.
    """
    declared = fields_of(type(record))
    problems = [p for name, value in values.items() if name in declared for p in _wrong(name, declared[name], value)]
    if not preparation.may_be_incomplete(type(record)):
        faulty = {p.field for p in problems}
        problems += [
            Problem(name, f"请先填写“{field.label}”。")
            for name, field in declared.items()
            if field.required and name not in faulty and getattr(record, name) in (None, "", [])
        ]
    problems += [
        p for name, value in values.items() if name in declared for p in _lost(session, name, declared[name], value)
    ]
    if problems:
        raise Refusal(*problems)


def _wrong(name: str, field: Field, value: Any) -> Iterable[Problem]:
    if field.limit and isinstance(value, str) and len(value) > field.limit:
        yield Problem(name, f"“{field.label}”最多 {field.limit} 个字，现有 {len(value)} 个字。")
    if field.kind == "day" and value is not None and (not isinstance(value, dt.date) or not 1950 <= value.year <= 2100):
        yield Problem(name, f"“{field.label}”不是日期，请按 3.5 或 2022-3-5 的样子填写。")
    if field.kind == "number" and value is not None and (not isinstance(value, int) or not 0 <= value < 10**9):
        yield Problem(name, f"“{field.label}”请填写数字。")


def _lost(session: Session, name: str, field: Field, value: Any) -> Iterable[Problem]:
    if field.kind not in ("ref", "refs") or not value:
        return
    target = record_class(field.target)
    wanted = set(value) if field.kind == "refs" else {value}
    found = set(session.scalars(select(target.id).where(target.id.in_(wanted), target.deleted_at.is_(None))))
    if wanted - found:
        yield Problem(name, f"“{field.label}”所选的{target.noun}已不存在，请重新选择。")


def _refuse_if_named(session: Session, record: Record, leaving: set[int]) -> None:
    links = [
        link for link in named_by(session, record) if not (link.table == record.__tablename__ and link.id in leaving)
    ]
    if links:
        first = "、".join(f"{link.noun}“{link.title}”" for link in links[:3])
        more = f"等 {len(links)} 条记录" if len(links) > 3 else ""
        raise Refusal(f"{record.noun}“{record.title}”还被{first}{more}使用，不能删除。")
