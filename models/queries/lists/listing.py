"""Lists of records as a clerk scans them: columns, search, filters, chips and order, all done by SQL.

A ``ListSpec`` says once what a list shows; a ``ListReader`` reads it over one connection. Rows are plain
tuples, ids an ``array('q')``, so that a hundred thousand records cost under a megabyte and a sort no objects.
In every expression the record is ``t``; ``:today`` and the other days of
``deadlines.Bounds`` are the bounds of the lights.
"""

import sqlite3
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

FilterKind = Literal["values", "text", "days", "number", ""]
Align = Literal["left", "right", "center"]

ALL = ""
"""The chip that filters nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it shows, sorts by and is filtered by (``match``, the value a filter compares).

    A ``past`` day is read as `models.records.fields.Field` says.
    """

    key: str
    label: str
    sql: str
    sort: str
    match: str
    filter: FilterKind = "text"
    width: int = 120
    align: Align = "left"
    shown: bool = True
    past: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """A count that is a filter: 待交办 12.

    ``always`` keeps it on the screen at 0; ``urgent`` colours it; ``note`` stands behind the number and keeps the
    chip on the screen while there is any.
    """

    key: str
    label: str
    where: str
    always: bool = False
    urgent: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """One column's filter in force.

    ``values`` with their ``labels`` for kind values; ``low``/``high`` (inclusive, ISO days or numbers, empty is
    open) for days and number; ``text`` for text.
    """

    key: str
    kind: FilterKind
    values: tuple[Any, ...] = ()
    labels: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    text: str = ""

    @property
    def words(self) -> str:
        """The filter's value as a clerk reads it behind the column's label."""
        if self.kind == "values":
            return "、".join(label or "（空）" for label in self.labels)
        if self.kind == "text":
            return f"含“{self.text}”"
        if self.low and self.high:
            return self.low if self.low == self.high else f"{self.low} 至 {self.high}"
        return f"{self.low} 起" if self.low else f"到 {self.high} 止"


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What is asked of a list: what was typed, the filters and chip in force, the order, 专项 and parent."""

    search: str = ""
    filters: tuple[Filter, ...] = ()
    chip: str = ALL
    sort: str = ""
    descending: bool = False
    campaign: int | None = None
    ids: tuple[int, ...] | None = None
    """Only these records, as after a click on a number elsewhere; None for all."""
    why: str = ""
    """The number elsewhere that these rows are behind, as 逾期未整改."""

    def filtered(self, one: Filter | None, key: str) -> "ListQuery":
        """The query with this column's filter replaced, or taken away for None."""
        others = tuple(f for f in self.filters if f.key != key)
        return replace(self, filters=(*others, one) if one else others)

    def as_json(self) -> dict[str, Any]:
        """The query as ui.json keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "ListQuery":
        """The query of ``as_json``; parts that no longer fit are left out."""
        known = {name: kept[name] for name in ("search", "chip", "sort", "descending", "campaign") if name in kept}
        filters = tuple(
            Filter(**{**one, "values": tuple(one["values"]), "labels": tuple(one["labels"])})
            for one in kept.get("filters", ())
        )
        return cls(**known, filters=filters)


@dataclass(frozen=True, slots=True)
class Total:
    """A sum that is told of the rows a list shows: its name and the expression that is added up."""

    label: str
    sql: str


@dataclass(frozen=True, slots=True)
class ListSpec:
    """A list: where its rows come from and what may be asked of them.

    ``source`` is a table name or a bracketed SELECT; ``search`` the expressions a typed word is looked for
    in; ``index`` an FTS table instead; ``order`` the ORDER BY without a chosen column; ``campaign`` the
    expression of a row's 专项, empty where it has none; ``totals`` are told beside the number of rows.
    """

    name: str
    noun: str
    source: str
    columns: tuple[Column, ...]
    order: str
    search: tuple[str, ...] = ()
    index: str = ""
    chips: tuple[Chip, ...] = ()
    campaign: str = ""
    live: str = "t.deleted_at IS NULL"
    totals: tuple[Total, ...] = ()

    def column(self, key: str) -> Column:
        """The column of that key.

        Raises:
            KeyError: the list has none.
        """
        for one in self.columns:
            if one.key == key:
                return one
        raise KeyError(key)

    def has(self, key: str) -> bool:
        """Whether the list has such a column, as a remembered filter or order may not fit any more."""
        return any(one.key == key for one in self.columns)


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with its named parameters."""

    sql: str
    params: dict[str, Any] = field(default_factory=dict)


def ids_statement(spec: ListSpec, query: ListQuery, days: Mapping[str, str], limit: int = 0) -> Statement:
    """The ordered ids the query asks for, at most ``limit`` of them (0: all)."""
    where, params = _where(spec, query, chip=True)
    more = f" LIMIT {int(limit)}" if limit else ""
    sql = f"SELECT t.id FROM {spec.source} t WHERE {where} ORDER BY {_order(spec, query)}{more}"
    return Statement(sql, {**days, **params})


def rows_statement(spec: ListSpec, ids: Iterable[int], days: Mapping[str, str]) -> Statement:
    """Id and every column of these records, in no order."""
    some = ",".join(str(int(one)) for one in ids)
    cells = ", ".join(c.sql for c in spec.columns)
    return Statement(f"SELECT t.id, {cells} FROM {spec.source} t WHERE t.id IN ({some})", dict(days))


class ListReader:
    """Reads one list over one connection; for one thread at a time."""

    def __init__(self, connection: sqlite3.Connection, spec: ListSpec, days: Mapping[str, str]) -> None:
        self._connection = connection
        self.spec = spec
        self.days = days

    def _all(self, statement: Statement) -> list[Any]:
        return self._connection.execute(statement.sql, statement.params).fetchall()

    def ids(self, query: ListQuery, limit: int = 0) -> "array[int]":
        """The ordered ids, all or the first ``limit``."""
        statement = ids_statement(self.spec, query, self.days, limit)
        if limit:
            return array("q", [row[0] for row in self._all(statement)])
        # One row instead of a hundred thousand: the interpreter is not held while SQLite works.
        together = Statement(f"SELECT group_concat(id) FROM ({statement.sql})", statement.params)
        joined = self._all(together)[0][0]
        return array("q", map(int, joined.split(",")) if joined else ())

    def rows(self, ids: Sequence[int]) -> list[tuple[Any, ...] | None]:
        """A tuple (id, cells in the columns' order) for each id; None for one that is gone."""
        found = {row[0]: row for row in self._all(rows_statement(self.spec, ids, self.days))}
        return [found.get(one) for one in ids]

    def count(self, query: ListQuery) -> int:
        """How many rows the query gives."""
        where, params = _where(self.spec, query, chip=True)
        sql = f"SELECT count(*) FROM {self.spec.source} t WHERE {where}"
        return int(self._all(Statement(sql, {**self.days, **params}))[0][0])

    def counts(self, query: ListQuery) -> dict[str, int]:
        """How many rows each chip would give under the query's other conditions; ``ALL`` for none."""
        where, params = _where(self.spec, query, chip=False)
        sums = "".join(f", total({chip.where})" for chip in self.spec.chips)
        sql = f"SELECT count(*){sums} FROM {self.spec.source} t WHERE {where}"
        row = self._all(Statement(sql, {**self.days, **params}))[0]
        return {ALL: row[0]} | {chip.key: int(n) for chip, n in zip(self.spec.chips, row[1:], strict=True)}

    def totals(self, query: ListQuery) -> dict[str, int]:
        """The sums of the rows the query gives, by their names."""
        if not self.spec.totals:
            return {}
        where, params = _where(self.spec, query, chip=True)
        sums = ", ".join(f"total({one.sql})" for one in self.spec.totals)
        row = self._all(Statement(f"SELECT {sums} FROM {self.spec.source} t WHERE {where}", {**self.days, **params}))[0]
        return {one.label: int(number) for one, number in zip(self.spec.totals, row, strict=True)}

    def values(self, query: ListQuery, key: str, limit: int = 500) -> list[tuple[Any, str, int]]:
        """The values a column has under the query's other filters: value, label, count; in the column's order."""
        column = self.spec.column(key)
        where, params = _where(self.spec, query.filtered(None, key), chip=True)
        sql = (
            f"SELECT {column.match}, {column.sql}, count(*) FROM {self.spec.source} t WHERE {where}"
            f" GROUP BY 1 ORDER BY {column.sort} LIMIT {limit}"
        )
        rows = self._all(Statement(sql, {**self.days, **params}))
        return [(value, "" if label is None else str(label), count) for value, label, count in rows]


def _order(spec: ListSpec, query: ListQuery) -> str:
    if not query.sort or not spec.has(query.sort):
        return spec.order
    way = " DESC" if query.descending else ""
    return f"{spec.column(query.sort).sort}{way}, t.id{way}"


def _where(spec: ListSpec, query: ListQuery, *, chip: bool) -> tuple[str, dict[str, Any]]:
    parts, params = [spec.live], dict[str, Any]()
    if spec.campaign and query.campaign is not None:
        parts.append(f"{spec.campaign} = :campaign")
        params["campaign"] = query.campaign
    if query.ids is not None:
        parts.append(f"t.id IN ({','.join(str(int(one)) for one in query.ids)})")
    if chip:
        parts += [one.where for one in spec.chips if one.key == query.chip]
    if query.search.strip():
        parts.append(_searched(spec, query.search, params))
    for n, one in enumerate(query.filters):
        if spec.has(one.key):
            parts.append(_filtered(spec.column(one.key), one, f"f{n}", params))
            if one.kind == "text" and spec.index:
                parts += _narrowed(spec, one, f"i{n}", params)
    return " AND ".join(parts), params


def _searched(spec: ListSpec, typed: str, params: dict[str, Any]) -> str:
    from models.queries.lists.search import match

    if spec.index and (expression := match(typed)):
        params["match"] = expression
        return f"t.id IN (SELECT rowid FROM {spec.index} WHERE {spec.index} MATCH :match)"
    parts = []
    for n, word in enumerate(typed.split()):
        params[f"w{n}"] = _like(word)
        parts.append("(" + " OR ".join(f"{one} LIKE :w{n} ESCAPE '\\'" for one in spec.search) + ")")
    return " AND ".join(parts)


def _narrowed(spec: ListSpec, one: Filter, name: str, params: dict[str, Any]) -> list[str]:
    """The rows whose index holds the text's pairs: few enough to be looked at one by one."""
    from models.queries.lists.search import WORDS, match

    expression = match(one.text)
    if one.key not in WORDS or spec.column(one.key).match != f't."{one.key}"' or not expression or "*" in expression:
        return []
    params[name] = expression
    return [f"t.id IN (SELECT rowid FROM {spec.index} WHERE {spec.index} MATCH :{name})"]


def _like(word: str) -> str:
    for special in ("\\", "%", "_"):
        word = word.replace(special, "\\" + special)
    return f"%{word}%"


def _filtered(column: Column, one: Filter, name: str, params: dict[str, Any]) -> str:
    if one.kind == "text":
        params[name] = _like(one.text)
        return f"{column.match} LIKE :{name} ESCAPE '\\'"
    if one.kind == "values":
        return _among(column, one.values, name, params)
    parts = []
    for bound, sign in ((one.low, ">="), (one.high, "<=")):
        if bound:
            key = f"{name}{'low' if sign == '>=' else 'high'}"
            params[key] = int(bound) if one.kind == "number" else bound
            match = f"substr({column.match}, 1, 10)" if one.kind == "days" else column.match
            parts.append(f"{match} {sign} :{key}")
    return " AND ".join(parts) or "1"


def _among(column: Column, values: Sequence[Any], name: str, params: dict[str, Any]) -> str:
    keys = []
    for n, value in enumerate(v for v in values if v is not None):
        params[f"{name}v{n}"] = value
        keys.append(f":{name}v{n}")
    some = f"{column.match} IN ({', '.join(keys)})"
    return f"({some} OR {column.match} IS NULL)" if None in values else some
