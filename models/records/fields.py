"""What a field is to a clerk, declared once beside its column.

Form, table header, import mapping, Excel header, change log and error message all read the
``Field`` kept in ``column.info["field"]``; nothing else spells a label. A field is on every surface its record has
(``models.records.surfaces``) unless it says why it is ``Absent`` there.
"""

from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import JSON, Boolean, Date, DateTime, ForeignKey, Integer, String, Text
from sqlalchemy.orm import MappedColumn, mapped_column

Kind = Literal["line", "text", "day", "moment", "number", "choice", "choices", "ref", "refs", "flag", "data"]
Owner = Literal["county", "unit", "local"]
Codes = Literal["", "dictionary", "document_kind", "slot", "office_role"]


@dataclass(frozen=True, slots=True)
class Absent:
    """A field is not on a surface, and why."""

    why: str


PROGRAM: Final = Absent("kept by the program itself")
PINYIN: Final = Absent("computed from the name")
BY_NAME: Final = Absent("a workbook names people by their names")
IN_FORM: Final = Absent("long or seldom asked for: the form of its record shows it")
IN_SHEET: Final = Absent("a row of the ledger keeps to what is printed; the sheet of the import workbook has it")


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A field's column in the sheet its record has in the import workbook.

    Attributes:
        label: its header where that is not the field's label.
        aliases: other headers it is known by in offices' own ledgers.
        help: how to fill it, in one sentence, where that is not the field's help.
        words: fixed words to choose from, where no dictionary has them.
        required: a row without it is rejected, also where the sheet's rows may be incomplete.
        retired: still read where an older workbook has it, and written in none.
        guessed: a row without it is taken in all the same, with one that follows from its others and is told.
    """

    label: str = ""
    aliases: tuple[str, ...] = ()
    help: str = ""
    words: tuple[str, ...] = ()
    required: bool = False
    retired: bool = False
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A field's column in the list of its record.

    Attributes:
        shown: to begin with; otherwise it waits in the columns chooser.
        width: in pixels at 14 px, 0 for that of its kind.
        label: its header where that is not the field's label.
    """

    shown: bool = False
    width: int = 0
    label: str = ""


SHOWN: Final = ListColumn(shown=True)


@dataclass(frozen=True, slots=True)
class FormSection:
    """Fields of a form under one heading; a ``folded`` one starts closed."""

    title: str
    folded: bool = False


OTHER: Final = FormSection("其他", folded=True)
"""Last in a form: what stands in no section of a record that has sections."""


@dataclass(frozen=True, slots=True)
class FieldOrder:
    """The order of a record's fields on a surface, names between blanks, where it is not that of their declaration.

    A field that is not named follows the one declared before it.
    """

    form: str = ""
    columns: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field as a clerk knows it.

    ``term`` is the dictionary its choices come from (``Term.dictionary``); ``target`` the table
    a ref or refs points to; ``limit`` the most characters; ``owner`` the side that may change it
    (domain.md: each field has one owner). A ``hidden`` field is the program's own. ``parent`` names the record
    this one is part of: it is set when the record is written, and no edit moves it to another. A ``past`` day is one on
    which something has happened: typed without a year it is the last of that name.

    ``travels_since`` is the format of the packages between offices (docs/formats.md) whose rows carry the field from
    then on, 0 where it does not leave the office; a row that comes in without a ``travels_always`` field is refused.

    In a form it stands in its ``section`` unless it is hidden. ``editor`` is what it is typed into where its kind does
    not say so, ``suggests`` a dictionary a line of any words offers, ``codes`` the list of keys a line takes one of.
    ``column`` is its column in the list of its record; a list is searched by its texts and names, of the hidden ones
    by those that are ``searched``.
    ``sheet`` is its column in the import workbook; ``ledger`` says why the ledger that is read back lacks it.
    """

    label: str
    kind: Kind
    required: bool = False
    term: str = ""
    target: str = ""
    limit: int = 0
    help: str = ""
    owner: Owner = "county"
    hidden: bool = False
    parent: bool = False
    past: bool = False
    travels_since: int = 0
    travels_always: bool = False
    section: FormSection | None = None
    editor: Literal["", "person", "phone", "measure"] = ""
    suggests: str = ""
    codes: Codes = ""
    column: ListColumn | Absent = ListColumn()
    searched: bool = False
    sheet: SheetColumn | Absent = SheetColumn()
    ledger: Absent | None = None


def line(label: str, *, limit: int = 200, index: bool = False, unique: bool = False, **more: Any) -> MappedColumn[Any]:
    """One line of text; empty is "", never NULL."""
    info = {"field": Field(label, "line", limit=limit, **more)}
    return mapped_column(String, default="", index=index, unique=unique, info=info)


def text(label: str, *, limit: int = 20_000, **more: Any) -> MappedColumn[Any]:
    """Text of several lines; empty is "", never NULL."""
    return mapped_column(Text, default="", info={"field": Field(label, "text", limit=limit, **more)})


def choice(label: str, term: str, *, index: bool = False, **more: Any) -> MappedColumn[Any]:
    """One entry of a dictionary, kept as its Chinese words."""
    info = {"field": Field(label, "choice", term=term, limit=100, **more)}
    return mapped_column(String, default="", index=index, info=info)


def choices(label: str, term: str, **more: Any) -> MappedColumn[Any]:
    """Several entries of a dictionary, a JSON list of their words."""
    return mapped_column(JSON, default=list, info={"field": Field(label, "choices", term=term, **more)})


def day(label: str, *, index: bool = False, **more: Any) -> MappedColumn[Any]:
    """A calendar day or NULL."""
    return mapped_column(Date, index=index, default=None, info={"field": Field(label, "day", **more)})


def moment(label: str, **more: Any) -> MappedColumn[Any]:
    """A local date and time to the second, or NULL."""
    return mapped_column(DateTime, default=None, info={"field": Field(label, "moment", **more)})


def number(label: str, default: int | None = None, **more: Any) -> MappedColumn[Any]:
    """A whole number; NULL where nothing was counted."""
    return mapped_column(Integer, default=default, info={"field": Field(label, "number", **more)})


def flag(label: str, default: bool = False, **more: Any) -> MappedColumn[Any]:
    """Yes or no."""
    return mapped_column(Boolean, default=default, info={"field": Field(label, "flag", **more)})


def ref(label: str, target: str, **more: Any) -> MappedColumn[Any]:
    """One other record, by id; NULL where none is named."""
    info = {"field": Field(label, "ref", target=target, **more)}
    return mapped_column(ForeignKey(f"{target}.id"), index=True, default=None, info=info)


def refs(label: str, target: str, **more: Any) -> MappedColumn[Any]:
    """Several other records: a JSON list of ids in the clerk's order; ``queries.soundness`` proves they exist."""
    return mapped_column(JSON, default=list, info={"field": Field(label, "refs", target=target, **more)})


def data(label: str, **more: Any) -> MappedColumn[Any]:
    """The program's own JSON value."""
    return mapped_column(JSON, default=dict, info={"field": Field(label, "data", hidden=True, **more)})
