"""What the cells of a list show and what its columns sort and search by, in SQL, from the records' own fields.

A row of the list is ``t``, a record it refers to ``x``.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from models.domain import dictionaries
from models.queries.lists.listing import Align, Column, FilterKind
from models.records import Record, fields_of
from models.records.fields import Absent, Field, ListColumn
from models.records.surfaces import in_list

TITLES: Final = {
    "unit": "coalesce(nullif(x.short_name, ''), x.name)",
    "inspection": "coalesce(nullif(x.code, ''), x.starts_on || '督查')",
    "visit": "x.\"on\" || ' ' || coalesce((SELECT name FROM site WHERE site.id = x.site_id), '')",
    "finding": "x.serial",
    "accountability_case": "x.title",
    "shift": "x.\"on\" || ' 排班'",
    "document": "coalesce(nullif(x.number, ''), x.title)",
    "feedback": "'第' || x.round || '轮'",
    "disposition": "x.measure",
    "measure": "x.name",
    "attachment": "x.name",
}
"""How a record is called in another's row; ``x.name`` where nothing is said."""

_PINYIN: Final = frozenset({"unit", "person", "site"})
_WIDTHS: Final = {
    "day": 100, "moment": 136, "number": 72, "flag": 64, "choice": 100, "ref": 116, "text": 240, "line": 116,
    "choices": 140, "refs": 160, "data": 100,
}  # fmt: skip
_FILTERS: Final[dict[str, FilterKind]] = {
    "day": "days", "moment": "days", "number": "number", "flag": "values", "choice": "values", "ref": "values",
}  # fmt: skip
CLIP: Final = 120
"""Characters of a long text a row carries; the form shows all of it."""


NOTHING: Final[Mapping[str, tuple[Column, ...]]] = MappingProxyType({})


def quoted(values: Any) -> str:
    """Values as SQL lists them."""
    return ", ".join(f"'{value}'" for value in sorted(values))


def ranked(column: str, order: Any) -> str:
    """The SQL that sorts a column's words in a given order; others come last."""
    ranks = " ".join(f"WHEN '{value}' THEN {rank}" for rank, value in enumerate(order))
    return f"CASE {column} {ranks} ELSE 99 END"


_SHOWN: Final = {
    "choices": "(SELECT group_concat(value, '、') FROM json_each({}))",
    "flag": "CASE WHEN {} THEN '是' ELSE '' END",
    "moment": "replace(substr({}, 1, 16), 'T', ' ')",
    "text": f"replace(substr({{}}, 1, {CLIP}), char(10), ' ')",
}


def _called(target: str, where: str) -> str:
    title = TITLES.get(target, "x.name")
    return f'(SELECT {title} FROM "{target}" x WHERE {where})'


def _shown(field: Field, raw: str) -> str:
    """The SQL of what a cell shows for a field of each kind."""
    if field.kind == "ref":
        return _called(field.target, f"x.id = {raw}")
    if field.kind == "refs":
        title = TITLES.get(field.target, "x.name")
        return (
            f"(SELECT group_concat({title}, '、') FROM json_each({raw}) j JOIN \"{field.target}\" x ON x.id = j.value)"
        )
    return _SHOWN.get(field.kind, "{}").format(raw)


def _sorted(cls: type[Record], name: str, field: Field, raw: str) -> str:
    """What a column sorts by: pinyin for names, the dictionary's order for choices."""
    if field.kind == "ref" and field.target in _PINYIN:
        return f'(SELECT x.pinyin FROM "{field.target}" x WHERE x.id = {raw})'
    if name == "name" and cls.__tablename__ in _PINYIN:
        return "t.pinyin"
    if field.kind in ("ref", "refs", "choices"):
        return _shown(field, raw)
    if field.kind == "choice" and field.term:
        return _placed(field.term, raw)
    return raw


def _placed(dictionary: str, raw: str) -> str:
    """A word's place among the office's own words and the shipped ones behind them; unknown words come last.

    The words are joined once a query and searched for each row: asking ``term`` row by row costs ten times that.
    """
    shipped = "".join(f"<{term.name}>" for term in dictionaries.terms() if term.dictionary == dictionary)
    own = (
        f"(SELECT name FROM term WHERE dictionary = '{dictionary}' AND deleted_at IS NULL"
        " ORDER BY position IS NULL, position, id)"
    )
    words = f"(SELECT coalesce(group_concat('<' || name || '>', ''), '') || '{shipped}' FROM {own})"
    return f"coalesce(nullif(instr({words}, '<' || {raw} || '>'), 0), 1000000)"


def of_field(cls: type[Record], name: str, otherwise: ListColumn | None = None) -> Column:
    """The column of one field of a record, as it declares or, in a list besides its record's own, otherwise."""
    field = fields_of(cls)[name]
    said = otherwise or field.column
    if isinstance(said, Absent):
        raise TypeError(f"{cls.__tablename__}.{name} has no column in a list: {said.why}")
    raw = f't."{name}"'
    align: Align = "right" if field.kind == "number" else "left"
    filters = _FILTERS.get(field.kind, "text")
    match = raw if field.kind in _FILTERS or field.kind in ("line", "text") else _shown(field, raw)
    return Column(
        name, said.label or field.label, _shown(field, raw), _sorted(cls, name, field, raw), match, filters,
        said.width or _WIDTHS[field.kind], align, said.shown, field.past,
    )  # fmt: skip


def of_record(
    cls: type[Record], own: Iterable[Column] = (), after: Mapping[str, tuple[Column, ...]] = NOTHING
) -> tuple[Column, ...]:
    """The columns of a record's list.

    Args:
        cls: whose fields they are, in the order its class declares.
        own: columns the list makes itself for the fields of the same name.
        after: what is counted or looked up, by the field it stands behind; "" for before all others.
    """
    mine = {column.key: column for column in own}
    found = [*after.get("", ())]
    for name in in_list(cls):
        found += [mine.get(name) or of_field(cls, name), *after.get(name, ())]
    return tuple(found)


def of_key(cls: type[Record], name: str, words: Mapping[str, str], width: int) -> Column:
    """The column of a field that keeps a key, by what the screen calls each."""
    cases = " ".join(f"WHEN '{key}' THEN '{word}'" for key, word in words.items())
    said = f'CASE t."{name}" {cases} ELSE t."{name}" END'
    return Column(name, fields_of(cls)[name].label, said, said, said, "values", width)


def searched(cls: type[Record]) -> tuple[str, ...]:
    """Every text of a record, and the names it refers to, by characters or by pinyin."""
    found = []
    for name, field in fields_of(cls).items():
        raw = f't."{name}"'
        if field.kind in ("line", "text", "choice") and (not field.hidden or field.searched):
            found.append(raw)
        elif field.kind in ("ref", "refs") and not field.hidden:
            found.append(_shown(field, raw))
            if field.kind == "ref" and field.target in _PINYIN:
                found.append(_sorted(cls, name, field, raw))
    return tuple(found)
