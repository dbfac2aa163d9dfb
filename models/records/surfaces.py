"""Where the fields of a record appear, read from their declarations: each surface asks here which fields it has."""

from collections.abc import Iterable, Mapping

from models.records.base import Record, fields_of
from models.records.fields import OTHER, Absent, Field, FormSection


def in_form(record: type[Record]) -> dict[FormSection, tuple[str, ...]]:
    """The fields a form shows, by their sections in reading order; those without one come last, folded."""
    declared = fields_of(record)
    visible = {name for name, field in declared.items() if not field.hidden}
    sectioned = any(field.section not in (None, OTHER) for field in declared.values())
    found: dict[FormSection, tuple[str, ...]] = {}
    for name in ordered(declared, visible, record.field_order.form):
        section = declared[name].section or (OTHER if sectioned else FormSection(""))
        found[section] = (*found.get(section, ()), name)
    last = found.pop(OTHER, ())
    return {**found, OTHER: last} if last else found


def in_list(record: type[Record]) -> tuple[str, ...]:
    """The fields that have a column in the list of their record, in its order."""
    declared = fields_of(record)
    return ordered(declared, _present(declared, "column"), record.field_order.columns)


def on_sheet(record: type[Record]) -> tuple[str, ...]:
    """The fields that have a column in the import workbook, in its order."""
    declared = fields_of(record)
    return ordered(declared, _present(declared, "sheet"), record.field_order.sheet)


def in_ledger(record: type[Record]) -> tuple[str, ...]:
    """Those of them that a ledger read back has: a row names its parent by standing beside it."""
    declared = fields_of(record)
    return tuple(n for n in on_sheet(record) if declared[n].ledger is None and not declared[n].parent)


def _present(declared: Mapping[str, Field], surface: str) -> set[str]:
    return {name for name, field in declared.items() if not isinstance(getattr(field, surface), Absent)}


def ordered(declared: Iterable[str], present: set[str], order: str) -> tuple[str, ...]:
    """The present fields in the order given; one it does not name follows the one declared before it."""
    found = [name for name in order.split() if name in present]
    if not found:
        return tuple(name for name in declared if name in present)
    place = 0
    for name in declared:
        if name not in present:
            continue
        if name not in found:
            found.insert(place, name)
        place = found.index(name) + 1
    return tuple(found)
