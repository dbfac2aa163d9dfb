"""One finding's whole life for the screen: plan, rounds side by side, extensions, rechecks, files."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records import (
    Attachment,
    Extension,
    Feedback,
    Finding,
    Plan,
    Recheck,
    Record,
    Site,
    Transfer,
    Unit,
    Verification,
)


@dataclass(slots=True)
class Round:
    """What was answered and what the county found, of one round."""

    number: int
    feedbacks: list[Feedback] = field(default_factory=list)
    verification: Verification | None = None

    @property
    def feedback(self) -> Feedback | None:
        """The answer that counts: the last one that was due."""
        due = [one for one in self.feedbacks if not one.unexpected] or self.feedbacks
        return due[-1] if due else None


@dataclass(frozen=True, slots=True)
class FindingLife:
    """Everything that hangs on a finding, each list in the order it was written."""

    site: Site | None = None
    unit: Unit | None = None
    department: Unit | None = None
    plans: tuple[Plan, ...] = ()
    rounds: tuple[Round, ...] = ()
    extensions: tuple[Extension, ...] = ()
    rechecks: tuple[Recheck, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    files: tuple[Attachment, ...] = ()

    @property
    def last_answer(self) -> Feedback | None:
        """What the unit said last, asked for or not."""
        found = [one for told in self.rounds for one in told.feedbacks]
        return max(found, key=lambda one: one.id, default=None)


def life_of(session: Session, finding: Finding) -> FindingLife:
    """All of it, in nine short queries."""
    feedbacks = _children(session, Feedback, finding)
    owners = [finding.uuid, *(one.uuid for one in feedbacks)]
    where = (Attachment.owner_uuid.in_(owners), Attachment.deleted_at.is_(None))
    return FindingLife(
        site=session.get(Site, finding.site_id) if finding.site_id else None,
        unit=session.get(Unit, finding.unit_id) if finding.unit_id else None,
        department=session.get(Unit, finding.department_id) if finding.department_id else None,
        plans=tuple(_children(session, Plan, finding)),
        rounds=tuple(_rounds(feedbacks, _children(session, Verification, finding))),
        extensions=tuple(_children(session, Extension, finding)),
        rechecks=tuple(_children(session, Recheck, finding)),
        transfers=tuple(_children(session, Transfer, finding)),
        files=tuple(session.scalars(select(Attachment).where(*where).order_by(Attachment.id))),
    )


def answered(session: Session, feedbacks: list[int]) -> list[int]:
    """The findings that these feedbacks answer, each once, in the order of the feedbacks."""
    rows = session.execute(select(Feedback.id, Feedback.finding_id).where(Feedback.id.in_(feedbacks))).tuples()
    found = dict(rows.all())
    return list(dict.fromkeys(finding for one in feedbacks if (finding := found.get(one)) is not None))


def last_outcomes(session: Session, finding_ids: Sequence[int]) -> dict[int, str]:
    """The outcome of each finding's last feedback, one that was not due too: what the county has to answer."""
    found: dict[int, str] = {}
    query = select(Feedback.finding_id, Feedback.outcome).where(Feedback.deleted_at.is_(None)).order_by(Feedback.id)
    for start in range(0, len(finding_ids), 500):
        some = finding_ids[start : start + 500]
        found |= {id_: told for id_, told in session.execute(query.where(Feedback.finding_id.in_(some))) if id_}
    return found


def last_outcome(session: Session, finding: Finding) -> str:
    """``last_outcomes`` of one finding, "" where it was never answered."""
    return last_outcomes(session, [finding.id]).get(finding.id, "")


def answerer_before(session: Session, finding: Finding) -> Feedback | None:
    """The last feedback that names who answered for the same unit and department; None where there is none."""
    query = (
        select(Feedback)
        .join(Finding, Finding.id == Feedback.finding_id)
        .where(Finding.unit_id.is_not_distinct_from(finding.unit_id))
        .where(Finding.department_id.is_not_distinct_from(finding.department_id))
        .where(Feedback.person != "", Feedback.deleted_at.is_(None))
    )
    return session.scalars(query.order_by(Feedback.id.desc())).first()


def _children(session: Session, cls: Any, finding: Record) -> list[Any]:
    query = select(cls).where(cls.finding_id == finding.id, cls.deleted_at.is_(None))
    return list(session.scalars(query.order_by(cls.id)))


def _rounds(feedbacks: list[Feedback], verifications: list[Verification]) -> list[Round]:
    rounds: dict[int, Round] = {}
    for feedback in feedbacks:
        rounds.setdefault(feedback.round, Round(feedback.round)).feedbacks.append(feedback)
    for verification in verifications:
        rounds.setdefault(verification.round, Round(verification.round)).verification = verification
    return [rounds[number] for number in sorted(rounds)]
