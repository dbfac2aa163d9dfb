"""What happens to a case, its parties and dispositions before they are written."""

from sqlalchemy import func, inspect, select

from models.domain.cases import authority, effects
from models.domain.cases.discipline import SECOND_HAND
from models.domain.cases.duties import GUESSED
from models.domain.cases.stages import Stage
from models.domain.documents.numbering import CASES
from models.errors import Refusal
from models.queries.lookups.measures import measure_named
from models.records import AccountabilityCase, Disposition, Measure, Party
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
    if party.id is not None and inspect(party).attrs.duty.history.has_changes():
        # A duty that was guessed at import and is another now was looked at.
        party.note = "；".join(part for part in (party.note or "").split("；") if part != GUESSED)
    if party.id is None:
        where = (Party.case_id == party.case_id, Party.deleted_at.is_(None))
        party.position = (work.session.scalar(select(func.max(Party.position)).where(*where)) or 0) + 1


def _prepare_disposition(work: UnitOfWork, disposition: Disposition) -> None:
    """What is plainly impossible is refused; the effect's end is filled in where the law fixes it.

    Who may decide a measure about whom is only warned of (`authority.doubts`), in the form and before issue.
    """
    party = work.get(Party, disposition.party_id or 0)
    measure = measure_named(work.session, disposition.measure)
    if measure is None:
        return
    if problems := authority.impossible(measure, is_unit=party.is_unit):
        raise Refusal(*problems)
    if disposition.effect_end is None:
        since, restored = disposition.effective_on or disposition.decided_on, disposition.restored_on
        disposition.effect_end = effects.effect_end(measure, since, restored_on=restored)


def _prepare_measure(_work: UnitOfWork, measure: Measure) -> None:
    """依据待核 follows 来源级别, where that is written down."""
    if measure.certainty:
        measure.secondary = measure.certainty == SECOND_HAND


HOOKS = (
    Hook(AccountabilityCase, _prepare_case), Hook(Party, _prepare_party), Hook(Disposition, _prepare_disposition),
    Hook(Measure, _prepare_measure),
)  # fmt: skip
