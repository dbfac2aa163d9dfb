"""What happens to 期初数 before they are written."""

from models.domain import openings
from models.domain.openings import FIGURES
from models.errors import Problem, Refusal
from models.queries.figures.openings import first_record
from models.records import OpeningFigures
from models.services.preparation.hook import Hook
from models.services.unit_of_work import UnitOfWork


def _prepare(work: UnitOfWork, row: OpeningFigures) -> None:
    """Numbers are numbers, parts fit their wholes, and nothing is counted twice unless the clerk said how.

    Raises:
        Refusal: with a problem for each field at fault.
    """
    names = (*FIGURES, "starts_on", "ends_on")
    problems = openings.problems({name: getattr(row, name) for name in names})
    with work.session.no_autoflush:
        first = first_record(work.session, row.campaign_id, row.unit_id)
    if asked := openings.overlap(row.ends_on, first, settled=bool(row.includes_recorded or row.not_double.strip())):
        problems.append(Problem("ends_on", asked))
    if problems:
        raise Refusal(*problems)
    for name in FIGURES:
        given = openings.amount(getattr(row, name))
        if given is not None and getattr(row, name) != str(given):
            setattr(row, name, str(given))


HOOKS = (Hook(OpeningFigures, _prepare),)
