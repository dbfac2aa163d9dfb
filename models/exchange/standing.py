"""Where the problems of an answering unit stand after the county's word came in.

Everything is derived from what is held now, nothing from what was there before, so that lost and
doubled packages lead to the same place.
"""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select

from models.actions.answers import local_status
from models.actions.work import Work
from models.records import Feedback, Finding
from models.rules.local import LocalStatus


def confirm(work: Work, held: Collection[str], *, renewed: bool) -> None:
    """Note which feedbacks the county holds. When it was ``renewed`` from a backup it may have lost some again."""
    known = set(held)
    for feedback in work.session.scalars(select(Feedback).where(Feedback.deleted_at.is_(None))):
        arrived = feedback.uuid in known or (feedback.arrived and not renewed)
        if arrived != feedback.arrived:
            work.set(feedback, arrived=arrived)


def settle(work: Work, present: Collection[str]) -> None:
    """Give every finding of the county's its 填报状态; those not ``present`` in its package are no longer ours."""
    answers: dict[int | None, list[Feedback]] = defaultdict(list)
    for feedback in work.session.scalars(select(Feedback).where(Feedback.deleted_at.is_(None)).order_by(Feedback.id)):
        answers[feedback.finding_id].append(feedback)
    theirs = (Finding.self_found.is_(False), Finding.deleted_at.is_(None))
    for finding in work.session.scalars(select(Finding).where(*theirs)):
        stands = local_status(finding, answers[finding.id]) if finding.uuid in present else LocalStatus.LEFT
        if finding.local_status != stands:
            work.set(finding, local_status=str(stands))
