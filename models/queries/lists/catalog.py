"""Every list of the program by its name, the county's and those of an answering unit."""

from typing import Final

from models.queries.lists import columns, unit_lists
from models.queries.lists.listing import ListSpec

ALL_SPECS: Final = {
    "finding": columns.findings,
    "team": columns.teams,
    "member": columns.members,
    "shift": columns.shifts,
    "inspection": columns.inspections,
    "visit": columns.visits,
    "accountability_case": columns.cases,
    "party": columns.parties,
    "feedback": columns.feedback,
    "unit": columns.units,
    "person": columns.people,
    "site": columns.sites,
    "campaign": columns.campaigns,
    "opening_figures": columns.opening_figures,
    "document": columns.documents,
    "change": columns.changes,
    "bin": columns.bin_,
    "term": columns.terms,
    "measure": columns.measures,
    "phrase": columns.phrases,
    "holiday": columns.holidays,
}
"""Every list of the county by its name; a list of records is named as their table."""


def spec(name: str) -> ListSpec:
    """The list of that name."""
    return (ALL_SPECS | unit_lists.SPECS)[name]()
