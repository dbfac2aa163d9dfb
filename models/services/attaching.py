"""A problem without an inspection is put into the one that saw its unit on its day."""

from sqlalchemy import select

from models.queries.figures.scope import below
from models.records import Finding, Inspection
from models.services import records
from models.services.unit_of_work import Workspace


def attached(workspace: Workspace, finding_id: int) -> str:
    """Put a problem into the one inspection of its unit, or of one above it, that was there on its day.

    Returns:
        What was done, in a sentence; empty where there is no such inspection, or more than one.

    Raises:
        Refusal: the problem cannot be changed.
    """
    with workspace.reading() as session:
        finding = session.get_one(Finding, finding_id)
        if finding.found_on is None or finding.unit_id is None:
            return ""
        day = finding.found_on
        trips = session.scalars(
            select(Inspection).where(Inspection.deleted_at.is_(None), Inspection.starts_on <= day)
        ).all()
        there = [
            one for one in trips
            if day <= (one.ends_on or one.starts_on or day) and one.unit_id
            and finding.unit_id in set(session.scalars(below((one.unit_id,))))
        ]  # fmt: skip
    if len(there) != 1:
        return ""
    trip = there[0]
    given = {"inspection_id": trip.id, **({} if finding.team_id else {"team_id": trip.team_id})}
    records.update(workspace, Finding, finding.id, finding.version, given)
    return f"问题{finding.serial}已归入督查活动{trip.code}。"
