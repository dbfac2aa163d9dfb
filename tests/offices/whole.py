"""Every invented office."""

from collections.abc import Iterator

from tests.offices import bulletins, made, more_papers, opening, reports, township_reports
from tests.offices.office import InventedOffice


def offices() -> Iterator[InventedOffice]:
    """Those with the shape of real papers, then those made by script."""
    yield from (reports.SUMMARY, reports.REPORT, township_reports.BY_VILLAGE, township_reports.BY_ASPECT)
    yield from (bulletins.CRITICISM, bulletins.SIX_TEAMS)
    yield from (more_papers.NAMED_ONLY, more_papers.PASTED_ADVICE, more_papers.OWN_LEAD, opening.BEGAN_IN_JUNE)
    yield from map(made.office, made.SHAPES)
