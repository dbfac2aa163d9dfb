"""The workspace of one clerk, and the unit of work each operation runs in: one transaction, all of it or nothing.

Every write of the program goes through ``Workspace.writing``: it opens the only writing session,
notes before and after of every record that was touched as ``Change`` rows, commits, and only
then tells the listeners which records to read again.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, TypeVar, cast

from sqlalchemy import Table, bindparam, event, inspect, or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import get_history

from models import clock
from models.errors import Refusal, Stale
from models.queries.lists import search
from models.records import RECORDS, Change, Draft, Finding, ImportedRow, Office, Record, Site, Unit
from models.records import Sequence as Series
from models.records.base import Base, logged_values_of, new_uuid, plain, values_of
from models.storage.engine import Store

R = TypeVar("R", bound=Record)
Values = Mapping[str, Any]
UNLOGGED: tuple[type[Record], ...] = (Draft, Series)


@dataclass(frozen=True, slots=True)
class Touched:
    """A record that an operation wrote: what tables and forms read again."""

    table: str
    id: int


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What an operation did. ``operation`` is what undo takes back."""

    operation: str
    deed: str
    touched: tuple[Touched, ...]

    @property
    def id(self) -> int:
        """The first touched record's id; what a create returns."""
        return self.touched[0].id


Listener = Callable[[ChangeSet], None]


@dataclass
class Workspace:
    """One clerk at one data folder. ``operator`` is the name picked for the day."""

    store: Store
    operator: str = ""
    clock: Callable[[], dt.datetime] = clock.now
    listeners: list[Listener] = field(default_factory=list)

    @property
    def now(self) -> dt.datetime:
        """The moment, to the second."""
        return self.clock().replace(microsecond=0)

    @property
    def today(self) -> dt.date:
        """The day all deadlines are held against."""
        return self.clock().date()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session to read with; records that leave it are detached and read-only."""
        with self.store.session() as session:
            yield session

    @contextmanager
    def writing(self, deed: str, *, undoes: str = "", note: str = "") -> Iterator["UnitOfWork"]:
        """One deed, one transaction: all of it or nothing.

        Raises:
            Refusal: the disk is full, gone or read-only; nothing was written.
        """
        with self.store.session(writes=True) as session:
            work = UnitOfWork(self, session, deed, undoes, note)
            with work.watched():
                yield work
                work.finish()
        for listener in self.listeners:
            listener(work.done)

    def office(self) -> Office | None:
        """本机构, or None before the first-run page was answered."""
        with self.reading() as session:
            return session.scalars(select(Office)).first()


class UnitOfWork:
    """What a deed may do inside its transaction."""

    def __init__(self, workspace: Workspace, session: Session, deed: str, undoes: str, note: str) -> None:
        self.workspace = workspace
        self.session = session
        self.deed = deed
        self.operation = new_uuid()
        self._undoes = undoes
        self.note = note
        self._before: dict[Record, dict[str, Any] | None] = {}
        self._bulk: list[Touched] = []
        self._unindexed: set[int] = set()
        self._waiting: dict[type[Record], list[Values]] | None = None
        mine = session.execute(select(Office.uuid, Office.role)).first()
        self._origin = mine.uuid if mine else ""
        self.role = mine.role if mine else "county"

    @property
    def done(self) -> ChangeSet:
        """What was written so far."""
        touched = [Touched(r.__tablename__, r.id) for r in self._before if r.id is not None]
        return ChangeSet(self.operation, self.deed, (*touched, *self._bulk))

    def get(self, cls: type[R], id_: int, version: int | None = None) -> R:
        """A record to change.

        Raises:
            Refusal: it is gone.
            Stale: ``version`` was seen, and the record has moved on since.
        """
        record = self.session.get(cls, id_)
        if record is None:
            raise Refusal(f"这条{cls.noun}已不存在。")
        if version is not None and record.version != version:
            raise Stale(f"{cls.noun}“{record.title}”已在别处修改，请查看最新内容后再保存。")
        return record

    def add(self, record: R) -> R:
        """Keep a new record; its id is known at once."""
        record.origin = record.origin or self._origin
        self.session.add(record)
        self.session.flush()
        return record

    def put(self, cls: type[Record], row: Values) -> None:
        """Insert a record that the deed itself does not read again; inside ``together`` at its end."""
        if self._waiting is None:
            self.bulk_add(cls, [row])
        else:
            self._waiting.setdefault(cls, []).append(row)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Write all that is ``put`` inside in one go."""
        self._waiting = {}
        yield
        waiting, self._waiting = self._waiting, None
        self.session.flush()
        for cls, rows in waiting.items():
            self.bulk_add(cls, rows)

    def set(self, record: Record, **values: Any) -> None:
        """Change some of a record's fields."""
        for name, value in values.items():
            setattr(record, name, value)

    def bulk_add(self, cls: type[Record], rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Insert many records of one table with their ``Change`` rows; returns their ids in order.

        Each row holds attribute values; what is missing gets the column's default.
        """
        if not rows:
            return []
        first = (self.session.execute(select(cls.id).order_by(cls.id.desc()).limit(1)).scalar() or 0) + 1
        stamp = {"origin": self._origin, "created_at": self.workspace.now, "updated_at": self.workspace.now}
        given, made = _defaults(cls)
        fresh = [(name, make) for name, make in made if name not in stamp]
        full = [
            {**given, **{name: make(None) for name, make in fresh if name not in row}, **stamp, **row, "id": first + i}
            for i, row in enumerate(rows)
        ]
        _insert(self.session, cls, full)
        _insert(self.session, Change, [self._change_of_row(cls, row) for row in full])
        ids = [first + i for i in range(len(rows))]
        self._note_bulk(cls, ids, search.WORDS)
        return ids

    def bulk_set(self, cls: type[Record], values: Mapping[int, Values]) -> None:
        """Give many records of one table new values, by their ids, with their ``Change`` rows.

        All of them the same fields. What a record says already is not written again. Past the
        session: a record that was loaded in this deed does not learn of it.
        """
        table, ids = cast("Table", cls.__table__), list(values)
        written, changes = [], []
        for start in range(0, len(ids), 500):
            query = select(table).where(table.c.id.in_(ids[start : start + 500]))
            for row in map(dict, self.session.execute(query).mappings()):
                fresh = {name: value for name, value in values[row["id"]].items() if row[name] != value}
                if fresh:
                    fresh["version"] = row["version"] + 1
                    before, after = ({name: plain(of[name]) for name in fresh} for of in (row, fresh))
                    changes.append(self._change(cls, {**row, **fresh}, _title(cls, row), before, after))
                    written.append({"id_": row["id"], "updated_at": self.workspace.now, **values[row["id"]], **fresh})
        if written:
            names = written[0].keys() - {"id_"}
            told = update(table).where(table.c.id == bindparam("id_")).values({n: bindparam(n) for n in names})
            self.session.connection().execute(told, written)
            self._note_bulk(cls, [one["id_"] for one in written], names)
        _insert(self.session, Change, changes)

    def remember_rows(self, source: str, rows: Iterable[tuple[str, str]]) -> None:
        """Keep what rows of a file said, word for word, with the records they became; no clerk's deed, not logged."""
        kept = [{"source": source, "content": content, "record_uuid": uuid} for content, uuid in rows]
        _insert(self.session, ImportedRow, kept)

    def _note_bulk(self, cls: type[Record], ids: Iterable[int], names: Iterable[str]) -> None:
        self._bulk += [Touched(cls.__tablename__, id_) for id_ in ids]
        if cls is Finding and not search.WORDS.isdisjoint(names):
            self._unindexed.update(ids)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Note what every flush is about to write."""
        event.listen(self.session, "before_flush", self._note_flush)
        try:
            yield
        finally:
            event.remove(self.session, "before_flush", self._note_flush)

    def finish(self) -> None:
        """Write the ``Change`` rows and commit."""
        self.session.flush()
        changes = [self._change_of(record, before) for record, before in self._before.items()]
        _insert(self.session, Change, [c for c in changes if c is not None])
        self._index()
        self.session.commit()

    def _index(self) -> None:
        """Let the search index say what was written; findings repeat the names of units and sites."""
        findings = {r.id for r, before in self._before.items() if isinstance(r, Finding) and _is_read_anew(before)}
        findings |= self._unindexed
        renamed = [r for r, before in self._before.items() if before and "name" in before]
        units = [r.id for r in renamed if isinstance(r, Unit)]
        sites = [r.id for r in renamed if isinstance(r, Site)]
        if units or sites:
            where = or_(Finding.unit_id.in_(units), Finding.department_id.in_(units), Finding.site_id.in_(sites))
            findings.update(self.session.scalars(select(Finding.id).where(where)))
        if findings:
            search.index(self.session, sorted(findings))

    def _note_flush(self, session: Session, *_: object) -> None:
        for record in session.new:
            if isinstance(record, Record) and record.created_at is None:
                record.created_at = record.updated_at = self.workspace.now
            if isinstance(record, Record) and not isinstance(record, UNLOGGED):
                self._before.setdefault(record, None)
        for record in session.dirty:
            if isinstance(record, Record) and not isinstance(record, UNLOGGED):
                self._note_dirty(record)

    def _note_dirty(self, record: Record) -> None:
        old = _old_values(record)
        if not old:
            return
        if record not in self._before:
            self._before[record] = {"version": record.version}
            record.version += 1
            record.updated_at = self.workspace.now
        known = self._before[record]
        if known is not None:
            for name, value in old.items():
                known.setdefault(name, value)

    def _change_of(self, record: Record, before: dict[str, Any] | None) -> dict[str, Any] | None:
        after = values_of(record, before)
        if before is not None:
            before = {name: before[name] for name in after}
            if all(before[name] == after[name] for name in after if name != "version"):
                return None
        known = {name: getattr(record, name) for name in ("id", "uuid", "version")}
        return self._change(type(record), known, record.title, before, after)

    def _change_of_row(self, cls: type[Record], row: Values) -> dict[str, Any]:
        return self._change(cls, row, _title(cls, row), None, logged_values_of(cls, row))

    def _change(
        self, cls: type[Record], row: Values, title: str, before: Values | None, after: Values
    ) -> dict[str, Any]:
        return {
            "at": self.workspace.now, "operation": self.operation, "deed": self.deed, "who": self.workspace.operator,
            "table": cls.__tablename__, "record_id": row["id"], "record_uuid": row["uuid"], "title": title,
            "version": row["version"], "before": before, "after": after, "undoes": self._undoes, "note": self.note,
        }  # fmt: skip


def _title(cls: type[Record], row: Values) -> str:
    """What a record's ``title`` says, of a row that never was one."""
    own: Any = cls.title
    return str(row["title"] if "title" in row else own.fget(SimpleNamespace(noun=cls.noun, **row)))


def _is_read_anew(before: Mapping[str, Any] | None) -> bool:
    """Whether the index holds any of what was written; None stands for a new record."""
    return before is None or not search.WORDS.isdisjoint(before)


def _old_values(record: Record) -> dict[str, Any]:
    state = inspect(record)
    quiet = {*state.unmodified, "updated_at", "version"}
    old = {}
    for column in state.mapper.column_attrs:
        if column.key not in quiet:
            history = get_history(record, column.key)
            if history.has_changes():
                old[column.key] = plain(history.deleted[0]) if history.deleted else None
    return old


def _defaults(cls: type[Record]) -> tuple[dict[str, Any], list[tuple[str, Callable[[Any], Any]]]]:
    """A new row's values where none is given: fixed ones, and those made anew for each row."""
    defaults = {column.key: column.default for column in cls.__table__.columns}
    made = [(key, d.arg) for key, d in defaults.items() if d is not None and d.is_callable]
    return {key: getattr(d, "arg", None) for key, d in defaults.items()}, made


def _insert(session: Session, cls: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same keys, past the ORM: a ledger's import is mostly this."""
    if not rows:
        return
    connection = session.connection()
    columns = [c for c in cls.__table__.columns if c.key in rows[0]]
    readers = [(c.key, c.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)) for c in columns]
    names, marks = ", ".join(f'"{c.name}"' for c in columns), ", ".join("?" * len(columns))
    values = ([read(row[key]) for row in rows] if read else [row[key] for row in rows] for key, read in readers)
    data = list(zip(*values, strict=True))
    connection.exec_driver_sql(f'INSERT INTO "{cls.__tablename__}" ({names}) VALUES ({marks})', data)


def record_class(table: str) -> type[Record]:
    """The class of a table's records."""
    return RECORDS[table]
