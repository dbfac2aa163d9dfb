"""Whose names the public version of a paper masks: all but those who agreed to be named."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.text.naming import mask_name, mask_names
from models.paper.editing import key_of, records_of, text_of
from models.paper.elements import Block, Mask, Paper
from models.queries.facts.documents import covered
from models.records import AccountabilityCase, Feedback, Finding, Party, Plan, Unit

_PLAN = "rectification_plan"
"""The kind that names whoever is in charge of a unit where nobody else answers."""


def case_key(uuid: str) -> str:
    """The origin key of a case's block."""
    return f"case:{uuid}"


def with_masks(session: Session, paper: Paper) -> Paper:
    """The paper with the masks that hold as the records stand: for one that is composed, opened or issued.

    A name that no record tells of any more stays masked as it was.
    """
    parties = tuple(_of_parties(session, paper))
    others = _of_others(session, paper, {mask.name for mask in parties})
    masks = (*parties, *_of_answering(session, paper), *others)
    known = {mask.name for mask in masks}
    left = (mask for mask in paper.masks if mask.name not in known)
    return msgspec.structs.replace(paper, masks=(*masks, *left), consent=True)


def _of_parties(session: Session, paper: Paper) -> Iterable[Mask]:
    """Parties of the cases the paper states, and of cases that came of its findings; told apart within a case."""
    for case in _cases(session, paper):
        query = select(Party).where(Party.case_id == case.id, Party.deleted_at.is_(None), Party.is_unit.is_(False))
        people = [p for p in session.scalars(query.order_by(Party.position, Party.id)) if "某" not in p.name]
        agreed = {p.name for p in people if p.public_name}
        place = (case_key(case.uuid),)
        yield from (Mask(name, name, place) for name in agreed)
        for name, shown in mask_names(p.name for p in people if p.name not in agreed).items():
            if name != shown:
                yield Mask(name, shown, place)


def _cases(session: Session, paper: Paper) -> list[AccountabilityCase]:
    stated = covered(paper)
    cases = {uuid for table, uuid in stated if table == "accountability_case"}
    found = {uuid for table, uuid in stated if table == "finding"}
    alive = select(AccountabilityCase).where(AccountabilityCase.deleted_at.is_(None)).order_by(AccountabilityCase.id)
    if not found:
        return list(session.scalars(alive.where(AccountabilityCase.uuid.in_(cases)))) if cases else []
    linked = [case for case in session.scalars(alive) if case.uuid in cases or case.finding_ids]
    uuids = dict(session.execute(select(Finding.id, Finding.uuid).where(Finding.id.in_(
        {id_ for case in linked for id_ in case.finding_ids}
    ))).tuples().all())  # fmt: skip
    return [c for c in linked if c.uuid in cases or any(uuids.get(id_) in found for id_ in c.finding_ids)]


def _of_others(session: Session, paper: Paper, known: set[str]) -> Iterable[Mask]:
    """Parties of cases the paper does not tell whom its problems name all the same; each where it is named.

    A name of two characters may be a word: it is masked only where the problem is of the person's own unit.
    """
    blocks = [(block, refs) for block in _blocks(paper) if (refs := _findings(block)) and key_of(block)]
    if not blocks:
        return
    units = _units(session, {uuid for _, refs in blocks for uuid in refs})
    texts = [
        ("".join(text_of(block).split()), key_of(block), {units.get(one) for one in refs}) for block, refs in blocks
    ]
    query = (
        select(Party.name, Party.unit_id)
        .join(AccountabilityCase, AccountabilityCase.id == Party.case_id)
        .where(AccountabilityCase.deleted_at.is_(None), Party.deleted_at.is_(None))
        .where(Party.is_unit.is_(False), Party.public_name.is_(False))
    )
    for name, unit in dict.fromkeys(session.execute(query).tuples()):
        if len(name) < _SHORT or "某" in name or name in known:
            continue
        keys = [key for text, key, at in texts if name in text and (len(name) > _SHORT or unit in at)]
        if keys:
            yield Mask(name, mask_name(name), tuple(dict.fromkeys(keys)))


_SHORT = 2


def _findings(block: Block) -> list[str]:
    return [ref.partition(":")[2] for ref in records_of(block) if ref.startswith("finding:")]


def _units(session: Session, uuids: set[str]) -> dict[str, int | None]:
    """The unit of each finding, by uuid."""
    chosen, found = list(uuids), dict[str, int | None]()
    for start in range(0, len(chosen), 500):
        query = select(Finding.uuid, Finding.unit_id).where(Finding.uuid.in_(chosen[start : start + 500]))
        found.update(session.execute(query).tuples().all())
    return found


def _of_answering(session: Session, paper: Paper) -> Iterable[Mask]:
    """责任人 of plans and answers, in the blocks that state them: a name of two characters may be a word elsewhere."""
    places: dict[tuple[str, str], list[str]] = {}
    for block in _blocks(paper):
        for ref in records_of(block):
            table, _, uuid = ref.partition(":")
            if table in ("plan", "feedback", "finding") and key_of(block):
                places.setdefault((table, uuid), []).append(key_of(block))
    named: dict[str, list[str]] = {}
    for name, keys in _answering(session, paper, places):
        named.setdefault(name, []).extend(keys)
    for name, keys in named.items():
        if len(name) > 1 and name != mask_name(name):
            yield Mask(name, mask_name(name), tuple(dict.fromkeys(keys)))


def _blocks(paper: Paper) -> Iterable[Block]:
    yield from paper.blocks
    for annex in paper.annexes:
        yield from annex.blocks


def _answering(
    session: Session, paper: Paper, places: dict[tuple[str, str], list[str]]
) -> Iterable[tuple[str, list[str]]]:
    for cls in (Plan, Feedback):
        uuids = [uuid for table, uuid in places if table == cls.__tablename__]
        for start in range(0, len(uuids), 500):
            query = select(cls.uuid, cls.person).where(cls.uuid.in_(uuids[start : start + 500]), cls.person != "")
            for uuid, name in session.execute(query):
                yield name, places[cls.__tablename__, uuid]
    if paper.kind == _PLAN:
        yield from _in_charge(session, places)


def _in_charge(session: Session, places: dict[tuple[str, str], list[str]]) -> Iterable[tuple[str, list[str]]]:
    uuids = [uuid for table, uuid in places if table == "finding"]
    for start in range(0, len(uuids), 500):
        query = (
            select(Finding.uuid, Unit.leader, Unit.deputy)
            .join(Unit, Unit.id.in_((Finding.unit_id, Finding.department_id)))
            .where(Finding.uuid.in_(uuids[start : start + 500]))
        )
        for uuid, *names in session.execute(query):
            for name in filter(None, names):
                yield name, places["finding", uuid]
