"""What happens to 本机构 before it is written."""

from sqlalchemy import select

from models.domain.findings.deadlines import MOST_NEAR_WORKDAYS
from models.domain.text import guess
from models.errors import Problem, Refusal
from models.queries.lookups.references import named_by
from models.records import Office, Unit
from models.services.preparation.hook import Hook
from models.services.unit_of_work import UnitOfWork

COUNTY_ROLE, COUNTY = "county", "县"


def _name_the_county(work: UnitOfWork, office: Office) -> None:
    """The county's own unit bears the county's name, also when the office is named after its first records came.

    An office without 县名 says it by its own name, as a new one does. A unit of that name that came with the records
    is the county: it becomes the office's unit, and those below the one it had lie in it.
    """
    if office.role != COUNTY_ROLE or not office.unit_id:
        return
    root, told = work.get(Unit, office.unit_id), guess.county_of(office.name)
    if not office.county_name and told and told != root.name:
        work.set(office, county_name=told)
    if office.county_name in ("", root.name):
        return
    query = select(Unit).where(Unit.name == office.county_name, Unit.deleted_at.is_(None)).order_by(Unit.id)
    county = work.session.scalars(query).first()
    if county is None:
        work.set(root, name=office.county_name)
        return
    work.set(county, kind=COUNTY, rank=root.rank, parent_id=None)
    for unit in work.session.scalars(select(Unit).where(Unit.parent_id == root.id, Unit.id != county.id)):
        work.set(unit, parent_id=county.id)
    work.set(office, unit_id=county.id)
    work.session.flush()
    if named_by(work.session, root):
        work.set(root, kind="部门", parent_id=county.id)
    else:
        work.set(root, deleted_at=work.workspace.now)


def _near_days_fit_a_year(_work: UnitOfWork, office: Office) -> None:
    if office.near_days > MOST_NEAR_WORKDAYS:
        raise Refusal(Problem("near_days", f"“临期提醒”最多 {MOST_NEAR_WORKDAYS} 个工作日，现填 {office.near_days}。"))


HOOKS = (Hook(Office, _name_the_county), Hook(Office, _near_days_fit_a_year))
