"""Accountability ledgers of other offices: a row a person, unit and post in one cell, several measures in one cell."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from models.domain.cases import discipline
from models.domain.reading.people import unit_and_post
from models.domain.text import guess
from models.domain.text.entry import normalize_line
from models.intake import cells
from models.intake.sheets import BY_TABLE
from models.intake.workbook import Book, Line

CASE, PARTY, DISPOSITION = "accountability_case", "party", "disposition"
_SEVERAL = re.compile(r"[、，,；;\n]|并处?(?=[^、]{2})")
_AROUND = re.compile(r"^(?:给予|受到|予以|被|作出|进行)+|(?:处分|处理|决定)$")
_LONGEST_NAME: Final = 3
"""Characters of a person's name that could be a unit's as well."""


def settle(book: Book) -> None:
    """Make the rows of other offices plain; those of this program are left as they are."""
    if CASE not in book.lines or book.trusted:
        return
    for line in book.lines.get(PARTY, ()):
        _split_post(line)
        _know_units(line)
    for line in book.lines[CASE]:
        _place(book, line)
    if DISPOSITION in book.lines:
        book.lines[DISPOSITION] = [one for line in book.lines[DISPOSITION] for one in _measures(line)]


def _text(line: Line, name: str) -> str:
    cell = line.cells.get(name)
    return normalize_line(cells.text_of(cell)) if cell not in (None, "") else ""


def _give(line: Line, name: str, value: Any) -> None:
    """Fill a cell that the file does not have."""
    line.cells[name] = value
    if name not in line.columns:
        line.columns[name] = BY_TABLE[line.sheet.key].column(name)  # type: ignore[index]


def _split_post(line: Line) -> None:
    """柳河镇党委副书记 in one cell is a unit and a post."""
    if _text(line, "unit_id") or not _text(line, "post"):
        return
    unit, post = unit_and_post(_text(line, "post"))
    if unit and post:
        _give(line, "unit_id", unit)
        line.cells["post"] = post


def _know_units(line: Line) -> None:
    """柳河镇党委 without a post is a unit and nobody's name."""
    name = _text(line, "name")
    if len(name) > _LONGEST_NAME and not _text(line, "post") and not _text(line, "is_unit") and guess.unit_kind(name):
        _give(line, "is_unit", "是")


def _place(book: Book, line: Line) -> None:
    """发生单位 that the ledger does not say: the first person's own."""
    if _text(line, "unit_id"):
        return
    for party in book.lines.get(PARTY, ()):
        if party.parent is line and _text(party, "unit_id"):
            _give(line, "unit_id", _text(party, "unit_id"))
            return


def _measures(line: Line) -> Iterator[Line]:
    """One line a measure: 党内警告、免职 are two, with the same organ and day."""
    said = _text(line, "measure")
    parts = [part.strip() for part in _SEVERAL.split(said) if part.strip()] or [said]
    known = [_named(part) for part in parts]
    if len(parts) > 1 and not all(discipline.find_measure(one) for one in known):
        yield line
        return
    for one in known:
        yield replace(line, cells={**line.cells, "measure": one} if one else line.cells)


def _named(text: str) -> str:
    """A measure without the words around it: 给予党内严重警告处分 is 党内严重警告."""
    if discipline.find_measure(text):
        return text
    bare = _AROUND.sub("", _AROUND.sub("", text))
    return bare if discipline.find_measure(bare) else text
