"""Which cases of an issued bulletin stand in its correction: those of whose parties something else holds by now."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.documents.selection import Feature, Trait, judge
from models.queries.facts.amendments import AmendedCase, AmendedParty, amended, stated
from models.queries.selection import reported
from models.queries.selection.cases import decided_on
from models.queries.selection.choices import Choice, Judged, Selection
from models.records import AccountabilityCase, Document

TABLE = "accountability_case"


@dataclass(frozen=True, slots=True)
class CorrectionSelection(Selection):
    """The cases that were looked at; ``cases`` are those that are corrected, as of the correction's date."""

    cases: tuple[AmendedCase, ...] = ()


def select_corrections(session: Session, choice: Choice, document: Document) -> CorrectionSelection:
    """The cases of a bulletin, or those that were named, with the table's answer."""
    changed = {one.case.uuid: one for one in amended(session, document)}
    told = stated(session, document)
    done = reported.covered(session, choice.kind, TABLE)
    judged, printed = [], []
    for case in _looked_at(session, choice, told):
        seen = as_of(changed.get(case.uuid), choice.date)
        features = set(_features(case, changed.get(case.uuid), seen))
        if case.uuid not in told:
            features.add(Trait.NOT_TOLD)
        if case.uuid in done and case.uuid in changed and done[case.uuid] >= changed[case.uuid].at:
            features.add(Trait.REPORTED)
        verdict = judge(choice.row, features)
        taken = choice.takes(case.uuid, verdict)
        label = " ".join(filter(None, (case.code, case.title or case.fact[:24])))
        judged.append(Judged(TABLE, case.id, case.uuid, label, verdict, taken))
        if taken and seen is not None:
            printed.append(seen)
    return CorrectionSelection(tuple(judged), tuple(printed))


def _looked_at(session: Session, choice: Choice, told: frozenset[str]) -> Sequence[AccountabilityCase]:
    where = AccountabilityCase.id.in_(choice.case_ids) if choice.case_ids else AccountabilityCase.uuid.in_(told)
    return session.scalars(select(AccountabilityCase).where(where).order_by(AccountabilityCase.id)).all()


def as_of(found: AmendedCase | None, date: dt.date) -> AmendedCase | None:
    """The case as a paper of a date may tell it: what was decided later never stands in it."""
    if found is None:
        return None

    def known(party: AmendedParty) -> AmendedParty:
        after = tuple(one for one in party.after if (decided_on(one, found.case, date.year) or dt.date.min) <= date)
        return replace(party, after=after)

    # Whose new measure is still to come is not said to be free of the old one.
    parties = tuple(now for one in found.parties if (now := known(one)).after or not one.after)
    return replace(found, parties=parties)


def _features(case: AccountabilityCase, found: AmendedCase | None, seen: AmendedCase | None) -> Iterator[Feature]:
    if case.deleted_at:
        yield Trait.DELETED
    if found is None:
        yield Trait.UNCHANGED
    elif seen is not None and not seen.parties:
        yield Trait.FUTURE_DECISION
