"""What happens to a case, its parties and dispositions before they are written."""

from sqlalchemy import func, inspect, select

from models.domain.cases import discipline
from models.domain.cases.stages import Stage
from models.domain.documents.numbering import CASES
from models.errors import Refusal
from models.queries.lookups.measures import measure_named
from models.records import AccountabilityCase, Disposition, Party
from models.services.numbering import at_least, next_serial
from models.services.preparation.hook import Hook
from models.services.unit_of_work import UnitOfWork


def _prepare_case(work: UnitOfWork, case: AccountabilityCase) -> None:
    if not case.code:
        case.code = next_serial(work, CASES, (case.conduct_from or work.workspace.today).year)
    elif given := CASES.read(case.code):
        at_least(work, CASES.name, *given)
    case.stage = case.stage or Stage.CLUE


def _prepare_party(work: UnitOfWork, party: Party) -> None:
    """The order of a new party; 隐去名字 of an older workbook takes 公开全名 back, and a new tick is above it."""
    if party.masked and inspect(party).attrs.masked.history.has_changes():
        party.public_name = False
    elif party.public_name:
        party.masked = False
    if party.id is None:
        where = (Party.case_id == party.case_id, Party.deleted_at.is_(None))
        party.position = (work.session.scalar(select(func.max(Party.position)).where(*where)) or 0) + 1


def _prepare_disposition(work: UnitOfWork, disposition: Disposition) -> None:
    """The checks of entry, and the effect's end where the law fixes it (政务处分法 arts. 8, 15, 22)."""
    party = work.get(Party, disposition.party_id or 0)
    measure = measure_named(work.session, disposition.measure)
    if measure is None:
        return
    problems = discipline.check(measure, party.identities, is_unit=party.is_unit, organ=disposition.organ)
    if problems:
        raise Refusal(*problems)
    if disposition.effect_end is None:
        disposition.effect_end = discipline.effect_end(measure, disposition.effective_on or disposition.decided_on)


HOOKS = (
    Hook(AccountabilityCase, _prepare_case), Hook(Party, _prepare_party), Hook(Disposition, _prepare_disposition),
)  # fmt: skip
