"""Bringing an edited table up to date with the records, row by row and cell by cell.

A table can be merged where each of its rows stands for one record (``Table.keys``). Its origin keeps
the rows as composed: a cell that differs from them was edited by hand, and the column that counts
the rows (序号) says nothing about either.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeVar

import msgspec

from models.paper import tables
from models.paper.elements import Block, Origin, Table
from models.paper.mismatch import Mismatch, Reason

Cells = tuple[str, ...]
T = TypeVar("T")
_replace = msgspec.structs.replace


class _Composed(NamedTuple):
    """What a table's origin keeps, taken apart: the rows by their records."""

    caption: str
    titles: str
    rows: Mapping[str, str]


class _Row(NamedTuple):
    """A row and the record it states, "" where it was typed by hand."""

    key: str
    cells: Cells


def can_merge(ours: Table, new: Table) -> bool:
    """Whether both can be told row by row and stand under the same columns."""
    base = _composed(ours)
    keyed = len(new.keys) == len(new.rows)
    same = len(ours.columns) == len(new.columns)
    return base is not None and keyed and same and base.titles == _titles(new)


def merged(ours: Table, new: Table, found: list[Mismatch]) -> Table:
    """The clerk's table with every cell that was not edited as the records have it now.

    Args:
        ours: as edited.
        new: as composed now; ``can_merge`` with ``ours``.
        found: takes the rows that no longer match the records.
    """
    base = _composed(ours)
    assert base is not None
    assert ours.origin is not None
    fresh = dict(zip(new.keys, new.rows, strict=True))
    seen = len(found)
    rows = (_Row(*row) for row in zip(ours.keys, ours.rows, strict=True))
    kept = [row for old in rows for row in _kept(ours, old, base, fresh, found)]
    known = set(ours.keys) | set(base.rows)
    rows_now = inserted(kept, [_Row(*item) for item in fresh.items()], known, lambda row: row.key)
    open_rows = {m.records[0]: base.rows[m.records[0]] for m in found[seen:]}
    composed = _Composed(_flat(new.caption), _titles(new), {k: tables.line(r) for k, r in fresh.items()} | open_rows)
    merged = _replace(
        ours,
        columns=new.columns if _titles(ours) == base.titles else ours.columns,
        caption=new.caption if _flat(ours.caption) == base.caption else ours.caption,
        rows=tuple(row.cells for row in rows_now),
        keys=tuple(row.key for row in rows_now),
        origin=_origin(ours.origin.key, composed),
    )
    return tables.counted(merged)


def _kept(
    table: Table, row: _Row, base: _Composed, fresh: Mapping[str, Cells], found: list[Mismatch]
) -> Sequence[_Row]:
    """What becomes of a row that is there already."""
    was, now = base.rows.get(row.key), fresh.get(row.key)
    if was is None:
        return [row]
    if now is None:
        if not _differs(table, row.cells, was):
            return []
        found.append(_mismatch(table, row, "gone", ""))
        return [row]
    if _conflicts(table, row.cells, was, now):
        found.append(_mismatch(table, row, "changed", tables.line(now)))
    olds = was.split("\t")
    cells = (new if _flat(own) == old else own for own, old, new in zip(row.cells, olds, now, strict=True))
    return [row._replace(cells=tuple(cells))]


def _mismatch(table: Table, row: _Row, reason: Reason, fresh: str) -> Mismatch:
    assert table.origin is not None
    words = "　".join(cell for n, cell in enumerate(row.cells) if cell and n != tables.counting(table))
    return Mismatch(f"{table.origin.key}#{row.key}", reason, words, fresh, (row.key,))


def accepted(table: Table, mismatch: Mismatch, record: str) -> Table:
    """The clerk's row for good: what the records say now counts as seen, a row without record as the clerk's own."""
    if mismatch.reason == "changed":
        return _with_composed(table, record, mismatch.fresh)
    keys = tuple("" if key == record else key for key in table.keys)
    return _with_composed(_replace(table, keys=keys), record, None)


def taken(table: Table, new: Block | None, record: str) -> Table:
    """The row as the records have it now; without the row where they have it no more."""
    at = table.keys.index(record)
    if not isinstance(new, Table) or record not in new.keys:
        return _with_composed(tables.drop_rows(table, {at}), record, None)
    rows = list(table.rows)
    rows[at] = new.rows[new.keys.index(record)]
    return _with_composed(tables.counted(_replace(table, rows=tuple(rows))), record, tables.line(rows[at]))


def _composed(table: Table) -> _Composed | None:
    """What was composed, row by row; None where the rows stand for no records."""
    if table.origin is None:
        return None
    caption, titles, *lines = table.origin.text.split("\n")
    if len(lines) != len(table.origin.records):
        return None
    return _Composed(caption, titles, dict(zip(table.origin.records, lines, strict=True)))


def _origin(key: str, composed: _Composed) -> Origin:
    text = "\n".join((composed.caption, composed.titles, *composed.rows.values()))
    return Origin(key, tuple(composed.rows), text)


def _with_composed(table: Table, record: str, row: str | None) -> Table:
    """The table with another row kept as composed; None takes it out."""
    base = _composed(table)
    assert base is not None
    assert table.origin is not None
    rows = {**base.rows, record: row or ""}
    if row is None:
        del rows[record]
    return _replace(table, origin=_origin(table.origin.key, base._replace(rows=rows)))


def _titles(table: Table) -> str:
    return tables.line([column.title for column in table.columns])


def _flat(text: str) -> str:
    return tables.line([text])


def _differs(table: Table, row: Cells, was: str) -> bool:
    """Whether a row was edited, its number apart."""
    return any(_flat(row[n]) != old for n, old in enumerate(was.split("\t")) if n != tables.counting(table))


def _conflicts(table: Table, mine: Cells, was: str, now: Cells) -> bool:
    """Whether a cell that was edited says something else in the records now."""
    told = enumerate(zip(mine, was.split("\t"), now, strict=True))
    return any(
        old != _flat(new) and _flat(own) not in (old, _flat(new))
        for n, (own, old, new) in told
        if n != tables.counting(table)
    )


def inserted(kept: Sequence[T], fresh: Sequence[T], known: set[str], key: Callable[[T], str]) -> list[T]:
    """New parts behind the one they follow in the fresh composition."""
    places = {key(part): place for place, part in enumerate(kept) if key(part)}
    behind: dict[int, list[T]] = {}
    last = -1
    for part in fresh:
        if key(part) in places:
            last = places[key(part)]
        elif key(part) not in known:
            behind.setdefault(last, []).append(part)
    result = behind.get(-1, [])
    for place, part in enumerate(kept):
        result.append(part)
        result += behind.get(place, ())
    return result
