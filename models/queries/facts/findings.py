"""Findings with all that a document says about them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.documents.numbering import in_order
from models.domain.findings.lifecycle import Status
from models.domain.findings.outcomes import Outcome
from models.queries.figures.conditions import counted
from models.queries.figures.scope import Scope
from models.records import (
    Attachment,
    Extension,
    Feedback,
    Finding,
    Inspection,
    Plan,
    Recheck,
    Site,
    Team,
    Transfer,
    Verification,
)

BEFORE, AFTER = "整改前", "整改后"
REBOUND = "反弹"
"""回头看结果 of a problem that was found again."""


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """A finding with its site, team and unit-side answers, each list in the order it was written."""

    finding: Finding
    site: Site | None = None
    team: Team | None = None
    inspection: Inspection | None = None
    plans: tuple[Plan, ...] = ()
    feedbacks: tuple[Feedback, ...] = ()
    verifications: tuple[Verification, ...] = ()
    photos: tuple[Attachment, ...] = ()
    extensions: tuple[Extension, ...] = ()
    rechecks: tuple[Recheck, ...] = ()
    transfers: tuple[Transfer, ...] = ()

    @property
    def responsible_id(self) -> int | None:
        """Whose problem it is: the unit it is in, else the department in charge."""
        return self.finding.unit_id or self.finding.department_id

    @property
    def answers_now(self) -> tuple[Feedback, ...]:
        """The feedbacks of the round that is open: after the last verification, to the unit it is with now."""
        moved = max((one.on for one in self.transfers if one.on), default=dt.date.min)
        back = self.rebounded.on if self.rebounded and self.rebounded.on else dt.date.min
        return tuple(
            one for one in self.feedbacks if one.round > len(self.verifications) and _submitted(one) >= max(moved, back)
        )

    @property
    def reported_done(self) -> bool:
        """Whether the unit's last word in the open round is that it is done: not verified yet, not sent back."""
        last = self.answers_now[-1] if self.answers_now else None
        done = last is not None and last.outcome in (Outcome.DONE, Outcome.ON_SPOT)
        return done and self.finding.status != Status.SUSPENDED

    @property
    def rebounded(self) -> Recheck | None:
        """The recheck that found the problem again, where it is the last word on it."""
        last = self.rechecks[-1] if self.rechecks else None
        return last if last is not None and last.result == REBOUND else None

    @property
    def plan(self) -> Plan | None:
        """The plan in force: the last one written."""
        return self.plans[-1] if self.plans else None

    @property
    def feedback(self) -> Feedback | None:
        """The last feedback that was due, else the last of all."""
        due = [one for one in self.feedbacks if not one.unexpected] or self.feedbacks
        return due[-1] if due else None

    def photo(self, role: str) -> Attachment | None:
        """The first picture of a role, 整改前 or 整改后."""
        return next((one for one in self.photos if one.role == role), None)


def findings_for_documents(session: Session, scope: Scope, *, answers: bool = False) -> list[FindingFacts]:
    """The counted findings of a scope by day and serial.

    Args:
        session: to read with.
        scope: which ones; 草稿, 作废 and 撤销 are left out as in every count.
        answers: also read plans, feedbacks, verifications and pictures.
    """
    return _with_facts(session, list(session.scalars(select(Finding).where(*counted(scope)))), answers=answers)


def facts_of(session: Session, finding_ids: Sequence[int], *, answers: bool = False) -> list[FindingFacts]:
    """These findings by day and serial, whatever their status; ``answers`` as in ``findings_for_documents``."""
    findings: list[Finding] = []
    for start in range(0, len(finding_ids), 500):
        some = finding_ids[start : start + 500]
        findings += session.scalars(select(Finding).where(Finding.id.in_(some)))
    return _with_facts(session, findings, answers=answers)


def _with_facts(session: Session, findings: list[Finding], *, answers: bool) -> list[FindingFacts]:
    findings.sort(key=_order)
    sites: dict[int, Site] = _known(session, Site)
    teams: dict[int, Team] = _known(session, Team)
    inspections: dict[int, Inspection] = _known(session, Inspection)
    more = _answers(session, findings) if answers else {}
    found = []
    for finding in findings:
        inspection = inspections.get(finding.inspection_id or 0)
        team = teams.get(finding.team_id or (inspection.team_id if inspection else None) or 0)
        site = sites.get(finding.site_id or 0)
        found.append(FindingFacts(finding, site, team, inspection, **more.get(finding.id, {})))
    return found


def _submitted(feedback: Feedback) -> dt.date:
    return feedback.submitted_at.date() if feedback.submitted_at else feedback.finished_on or dt.date.max


def answered(session: Session, findings: list[Finding]) -> dict[int, bool]:
    """The findings whose unit has answered in the round that is open, by id, and whether it reported them done."""
    more = _answers(session, findings)
    found: dict[int, dict[str, Any]] = {**more}
    facts = (FindingFacts(finding, **found.get(finding.id, {})) for finding in findings)
    return {one.finding.id: one.reported_done for one in facts if one.answers_now}


def _order(finding: Finding) -> tuple[object, ...]:
    return finding.found_on or dt.date.max, in_order(finding.serial), finding.id


def _known(session: Session, cls: Any) -> dict[int, Any]:
    return {record.id: record for record in session.scalars(select(cls))}


def _answers(session: Session, findings: list[Finding]) -> dict[int, dict[str, tuple[Any, ...]]]:
    ids = [finding.id for finding in findings]
    found: dict[int, dict[str, list[Any]]] = {}
    kinds: tuple[tuple[str, Any], ...] = (
        ("plans", Plan), ("feedbacks", Feedback), ("verifications", Verification),
        ("extensions", Extension), ("rechecks", Recheck), ("transfers", Transfer),
    )  # fmt: skip
    for name, cls in kinds:
        for row in _children(session, cls, ids):
            found.setdefault(row.finding_id or 0, {}).setdefault(name, []).append(row)
    owners = {finding.uuid: finding.id for finding in findings}
    owners |= {row.uuid: id_ for id_, rows in found.items() for row in rows.get("feedbacks", ())}
    pictures = (Attachment.media_type.startswith("image/"), Attachment.deleted_at.is_(None))
    where = (Attachment.owner_table.in_(("finding", "feedback")), *pictures)
    for photo in session.scalars(select(Attachment).where(*where).order_by(Attachment.id)):
        if photo.owner_uuid in owners:
            found.setdefault(owners[photo.owner_uuid], {}).setdefault("photos", []).append(photo)
    return {id_: {name: tuple(rows) for name, rows in lists.items()} for id_, lists in found.items()}


def _children(session: Session, cls: Any, ids: list[int]) -> list[Any]:
    where = (cls.finding_id.in_(ids), cls.deleted_at.is_(None))
    return list(session.scalars(select(cls).where(*where).order_by(cls.id)))
