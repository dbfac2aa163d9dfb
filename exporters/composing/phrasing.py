"""The office's phrases: which of them stand in a document.

A phrase the program ships declares what must hold (``needs``), so that none says what is not so: 核实处理 of cases
nobody decided, 逐条整改 where all is solved. What the office wrote itself is its own affair. Requirements are
picked from the office's store: those picked for the last document of the kind are proposed again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from exporters.composing.options import Options
from models.domain.dictionaries import PhraseBlock, fits, phrases
from models.records import Document, Phrase

REQUIREMENTS: Final = "requirements"
"""The slot of the store that requirements are picked from."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A phrase that stands in the document; ``id`` is None of a shipped one an office without a store uses."""

    text: str
    id: int | None = None


def chosen(session: Session, kind: str, slot: str, options: Options, holds: frozenset[str] | None) -> list[Chosen]:
    """The phrases of a slot that stand in a document: as picked, else as proposed.

    Args:
        session: to read the store with.
        kind: key of the kind of document.
        slot: lead, requirements or closing.
        options: what the clerk picked.
        holds: what holds of the records; None where the kind does not tell.
    """
    where = (Phrase.document_kind == kind, Phrase.slot == slot, Phrase.deleted_at.is_(None))
    kept = list(session.scalars(select(Phrase).where(*where).order_by(Phrase.position, Phrase.id)))
    if slot == REQUIREMENTS and options.requirement_ids is not None:
        order = {id_: place for place, id_ in enumerate(options.requirement_ids)}
        return _own(sorted((one for one in kept if one.id in order), key=lambda one: order[one.id]))
    if picked := [one for one in kept if one.id in options.phrase_ids]:
        return _own(picked)
    fitting = [one for one in kept if fits(kind, slot, one.text, holds)]
    if slot == REQUIREMENTS and (last := _last_picks(session, kind)) is not None:
        return _own(one for one in fitting if one.id in last)
    here = [one for one in phrases() if (one.document_kind, one.slot) == (kind, slot)]
    shipped = [one for one in here if fits(kind, slot, one.text, holds)]
    proposed = _own(one for one in fitting if one.default) if kept else _shipped(one for one in shipped if one.default)
    if proposed or slot != "lead":
        return proposed
    return _own(fitting[:1]) or _shipped(shipped[:1])


def _own(found: Iterable[Phrase]) -> list[Chosen]:
    return [Chosen(one.text, one.id) for one in found]


def _shipped(found: Iterable[PhraseBlock]) -> list[Chosen]:
    return [Chosen(one.text) for one in found]


def _last_picks(session: Session, kind: str) -> set[int] | None:
    """The requirements picked for the last document of that kind; None where nobody has picked any yet."""
    query = select(Document.options).where(Document.kind == kind, Document.deleted_at.is_(None))
    for options in session.scalars(query.order_by(Document.id.desc())):
        if options and options.get("requirement_ids") is not None:
            return set(options["requirement_ids"])
    return None


def named(session: Session, kind: str, slot: str, name: str, holds: frozenset[str] | None) -> str:
    """The phrase of that name, the office's own before the shipped one; empty where there is none that holds."""
    where = (Phrase.document_kind == kind, Phrase.slot == slot, Phrase.name == name, Phrase.deleted_at.is_(None))
    kept = session.scalars(select(Phrase.text).where(*where)).first()
    shipped = (one.text for one in phrases() if (one.document_kind, one.slot, one.name) == (kind, slot, name))
    text = kept or next(shipped, "")
    return text if fits(kind, slot, text, holds) else ""
