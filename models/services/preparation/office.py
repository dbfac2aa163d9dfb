"""What happens to 本机构 before it is written."""

from models.domain.findings.deadlines import MOST_NEAR_WORKDAYS
from models.errors import Problem, Refusal
from models.records import Office, Unit
from models.services.preparation.hook import Hook
from models.services.unit_of_work import UnitOfWork

COUNTY_ROLE = "county"


def _rename_root(work: UnitOfWork, office: Office) -> None:
    """The county's own unit bears the county's name, also when that is filled in later."""
    if office.role == COUNTY_ROLE and office.county_name and office.unit_id:
        root = work.get(Unit, office.unit_id)
        if root.name != office.county_name:
            work.set(root, name=office.county_name)


def _near_days_fit_a_year(_work: UnitOfWork, office: Office) -> None:
    if office.near_days > MOST_NEAR_WORKDAYS:
        raise Refusal(Problem("near_days", f"“临期提醒”最多 {MOST_NEAR_WORKDAYS} 个工作日，现填 {office.near_days}。"))


HOOKS = (Hook(Office, _rename_root), Hook(Office, _near_days_fit_a_year))
