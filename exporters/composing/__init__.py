"""Documents composed from records: one module a kind, one function to compose them all."""

from dataclasses import dataclass
from typing import Final

import msgspec
from sqlalchemy.orm import Session

from exporters.composing import (
    accountability_bulletin,
    correction,
    findings_bulletin,
    free_paper,
    inspection_report,
    period_summary,
    rectification_notice,
    rectification_plan,
    rectification_report,
    reminder,
    self_inspection_report,
)
from exporters.composing.frame import Frame
from exporters.composing.options import Options, from_data, to_data
from exporters.composing.selection import NothingToWrite
from exporters.composing.stated import registering, resolved
from models import clock
from models.domain.documents.selection import Answer
from models.errors import Refusal
from models.paper.elements import Paper
from models.paper.kinds import BY_KEY, NAMES, Kind, key_of
from models.queries.lookups.masked_names import with_masks
from models.queries.selection.choices import Selection

__all__ = [
    "KINDS", "Composed", "Kind", "NothingToWrite", "Options", "compose", "composed", "from_data", "kind_of", "settled",
    "to_data",
]  # fmt: skip


MODULES: Final = (
    findings_bulletin, accountability_bulletin, correction, rectification_notice, reminder, inspection_report,
    rectification_report, rectification_plan, self_inspection_report, period_summary, free_paper,
)  # fmt: skip
"""The module of every kind, in the order menus show them."""
KINDS: Final = BY_KEY
"""Every kind by its key."""
_COMPOSE: Final = {module.KIND.key: module.compose for module in MODULES}


def kind_of(key: str) -> Kind:
    """The kind of that key or Chinese name.

    Raises:
        Refusal: there is none.
    """
    found = key_of(key)
    if not found:
        raise Refusal(f"没有“{key}”这个文种，可选：{'、'.join(NAMES.values())}。")
    return KINDS[found]


@dataclass(frozen=True, slots=True)
class Composed:
    """A document with the records that stand in it and those that were left out.

    ``requirement_ids`` are the requirements of the office's store that stand in it.
    """

    paper: Paper
    selection: Selection
    requirement_ids: tuple[int, ...] = ()


def compose(session: Session, kind: str, options: Options | None = None) -> Paper:
    """``composed`` where only the paper is wanted."""
    return composed(session, kind, options).paper


def composed(session: Session, kind: str, options: Options | None = None) -> Composed:
    """The document of a kind, from the records as they stand; writes nothing.

    All names stand in full; ``masking.public`` lays the masks it brings over for the public version.

    Raises:
        NothingToWrite: no record may stand in it.
        Refusal: a choice will not do, or the office does not write this kind.
    """
    found = kind_of(kind)
    chosen = options or Options()
    frame = Frame(session, found, chosen, chosen.date or clock.today())
    frame.allow()
    with registering() as register:
        paper = frame.paper(_COMPOSE[found.key](frame))
    return Composed(with_masks(session, resolved(paper, register)), frame.selection, frame.requirement_ids)


def settled(options: Options, selection: Selection, reason: str = "") -> Options:
    """The choices as a document keeps them: every record the table asked about with the reason it was taken in for.

    What the table asks about later is then asked, not taken.
    """
    asked = (one.uuid for one in selection.included if one.verdict.answer is Answer.ASK)
    ticks = {uuid: options.ticks.get(uuid) or reason for uuid in asked}
    return msgspec.structs.replace(options, ticks=ticks, include=False)
