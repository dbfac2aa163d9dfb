"""A form's sections in reading order, from what the fields declare."""

from dataclasses import dataclass

from models.records import Record
from models.records.surfaces import in_form


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under one heading; ``folded`` ones start closed."""

    title: str
    names: tuple[str, ...]
    folded: bool = False


def sections_of(cls: type[Record], leaving_out: frozenset[str] = frozenset()) -> list[Section]:
    """The visible fields of a record in sections; every field is in exactly one."""
    sections = []
    for said, names in in_form(cls).items():
        shown = tuple(name for name in names if name not in leaving_out)
        if shown:
            sections.append(Section(said.title, shown, said.folded))
    return sections
