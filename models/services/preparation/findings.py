"""What happens to a finding before it is written: its serial, its counts, its place, its first status."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.documents.numbering import FINDINGS
from models.domain.findings.lifecycle import Status
from models.records import Finding, Inspection, Site, Visit
from models.services import first_status
from models.services.numbering import next_serial
from models.services.preparation.hook import Hook
from models.services.unit_of_work import UnitOfWork


def _prepare(work: UnitOfWork, finding: Finding) -> None:
    if not finding.serial:
        finding.serial = next_serial(work, FINDINGS, (finding.found_on or work.workspace.today).year)
    finding.count = max(1, finding.count or 1)
    closed = finding.status == Status.CLOSED
    finding.solved_count = finding.count if closed and finding.id else min(finding.solved_count or 0, finding.count)
    if finding.site_id and not finding.unit_id:
        _take_from_site(work.session, finding)
    if finding.site_id and finding.found_on and not finding.visit_id:
        _tie_to_visit(work.session, finding)
    first_status.settle(work, finding)


def _tie_to_visit(session: Session, finding: Finding) -> None:
    """What was found at a site on the day of its only visit was found on that visit: by it sites are counted."""
    where = [Visit.site_id == finding.site_id, Visit.on == finding.found_on, Visit.deleted_at.is_(None)]
    if finding.inspection_id:
        where.append(Visit.inspection_id == finding.inspection_id)
    with session.no_autoflush:
        found = list(session.scalars(select(Visit).where(*where).limit(2)))
        inspection = session.get(Inspection, found[0].inspection_id) if len(found) == 1 else None
    if inspection is None or (finding.team_id and finding.team_id != inspection.team_id):
        return
    finding.visit_id, finding.inspection_id, finding.team_id = found[0].id, inspection.id, inspection.team_id


def _take_from_site(session: Session, finding: Finding) -> None:
    site = session.get(Site, finding.site_id)
    if site:
        finding.unit_id = site.unit_id
        finding.department_id = finding.department_id or site.department_id


HOOKS = (Hook(Finding, _prepare, lenient=True),)
