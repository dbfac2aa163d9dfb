"""Where the problems of an answering unit stand after the county's word came in.

Everything is derived from what is held now, nothing from what was there before, so that lost and
doubled packages lead to the same place.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, select

from models.domain.findings.unit_status import LocalStatus
from models.exchange.rows import some
from models.records import Feedback, Finding
from models.services.unit_answers import local_status
from models.services.unit_of_work import UnitOfWork


def confirm(work: UnitOfWork, held: Collection[str], *, renewed: bool) -> None:
    """Note which feedbacks the county holds. When it was ``renewed`` from a backup it may have lost some again."""
    known = set(held)
    query = select(Feedback.id, Feedback.uuid, Feedback.arrived).where(Feedback.deleted_at.is_(None))
    moved: dict[int, dict[str, bool]] = {}
    for id_, uuid, noted in work.session.execute(query):
        arrived = uuid in known or (noted and not renewed)
        if arrived != noted:
            moved[id_] = {"arrived": arrived}
    work.bulk_set(Feedback, moved)


def settle(work: UnitOfWork, present: Collection[str]) -> None:
    """Give every finding of the county's its 填报状态; those not ``present`` in its package are no longer ours."""
    answers: dict[int | None, list[Row[Any]]] = defaultdict(list)
    columns = (Feedback.finding_id, Feedback.sent_batch, Feedback.arrived, Feedback.outcome)
    for answer in work.session.execute(select(*columns).where(Feedback.deleted_at.is_(None)).order_by(Feedback.id)):
        answers[answer.finding_id].append(answer)
    theirs = (Finding.self_found.is_(False), Finding.deleted_at.is_(None))
    moved: dict[int, str] = {}
    for id_, uuid, status, told in work.session.execute(
        select(Finding.id, Finding.uuid, Finding.status, Finding.local_status).where(*theirs)
    ):
        stands = local_status(status, answers[id_]) if uuid in present else LocalStatus.LEFT
        if told != stands:
            moved[id_] = str(stands)
    for handful in some(moved):
        for finding in work.session.scalars(select(Finding).where(Finding.id.in_(handful))):
            work.set(finding, local_status=moved[finding.id])
