"""A data pack taken in: what it changes is shown before, the office's own edits win, and one undo takes it back.

A value is renewed only where the office still has what was shipped, by the program or by an earlier pack.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.data_packs import DataPack
from models.errors import Refusal
from models.records import Holiday, Measure, Office, Record, fields_of
from models.services import records, shipped_catalogs
from models.services.shipped_catalogs import KEYS, Row
from models.services.unit_of_work import ChangeSet, Workspace

SETTING: Final = "data_packs"
"""The setting with the packs taken in, by name: version, source, day, and the values each row had in it."""
ADDED, RENEWED, KEPT, REMOVED = "新增", "更新", "保留本单位的", "已删去，不加"


@dataclass(frozen=True, slots=True)
class PackChange:
    """One thing a pack would change, or leaves alone because the office decided otherwise.

    Attributes:
        record: class of the row.
        key: how the row is known.
        what: ADDED, RENEWED, KEPT or REMOVED.
        field: the value's name in the record; empty for a whole row.
        label: the row and value in words.
        before: as it stands.
        after: as the pack has it.
        row_id: the office's row, None for a new one.
    """

    record: type[Record]
    key: str
    what: str
    label: str
    field: str = ""
    before: Any = None
    after: Any = None
    row_id: int | None = None


@dataclass(frozen=True, slots=True)
class PackPlan:
    """What taking a pack in would do; ``present`` is the version the office has of it, empty where none."""

    pack: DataPack
    changes: tuple[PackChange, ...]
    present: str = ""

    @property
    def does(self) -> tuple[PackChange, ...]:
        """What is really changed."""
        return tuple(one for one in self.changes if one.what in (ADDED, RENEWED))


def plan(session: Session, pack: DataPack) -> PackPlan:
    """What a pack would change; writes nothing.

    Raises:
        Refusal: it holds a table or a field this program does not know, or a value that is none.
    """
    office = session.scalars(select(Office)).first()
    if office is None:
        raise Refusal("请先在设置里填写本机构的名称。")
    tables = {cls.__tablename__: cls for cls in KEYS}
    unknown = [name for name in pack.tables if name not in tables]
    if unknown:
        raise Refusal("这个数据文件要用更新的程序才能读，请先升级督查通。")
    found = [
        change for name, rows in pack.tables.items() for change in _of_table(session, office, tables[name], rows, pack)
    ]
    return PackPlan(pack, tuple(found), _present(office, pack.name))


def _present(office: Office, name: str) -> str:
    return str(_taken(office).get(name, {}).get("version", ""))


def _taken(office: Office) -> dict[str, Any]:
    found: dict[str, Any] = (office.settings or {}).get(SETTING, {})
    return found


def _of_table(session: Session, office: Office, cls: type[Record], rows: Any, pack: DataPack) -> Iterator[PackChange]:
    own = {shipped_catalogs.key_of(cls, _values(one, KEYS[cls])): one for one in _rows(session, cls)}
    shipped = shipped_catalogs.shipped_rows()[cls]
    before = _taken(office).get(pack.name, {}).get("rows", {}).get(cls.__tablename__, {})
    known = {*shipped_catalogs.known_keys(office).get(cls.__tablename__, ()), *before}
    measures = shipped_catalogs.shipped_measures(office) if cls is Measure else {}
    for given in rows:
        row = _read(cls, given, shipped)
        key = shipped_catalogs.key_of(cls, row)
        label = f"{cls.noun}“{_name(cls, row)}”"
        if key not in own:
            yield PackChange(cls, key, REMOVED if key in known else ADDED, label, after=row)
            continue
        there = own[key]
        last = [shipped.get(key, {}), measures.get(key, {}), before.get(key, {})]
        for name, value in row.items():
            now = getattr(there, name)
            if _plain(now) == _plain(value):
                continue
            renewed = any(name in one and _plain(one[name]) == _plain(now) for one in last)
            what = RENEWED if renewed else KEPT
            field = fields_of(cls)[name].label
            yield PackChange(cls, key, what, f"{label}的{field}", name, now, value, there.id)


def _rows(session: Session, cls: type[Record]) -> list[Any]:
    return list(session.scalars(select(cls).where(cls.deleted_at.is_(None))))


def _values(one: Record, names: tuple[str, ...]) -> Row:
    return {name: getattr(one, name) for name in names}


def _read(cls: type[Record], given: Mapping[str, Any], shipped: Mapping[str, Row]) -> Row:
    """A row of the pack with its values as the record has them.

    Raises:
        Refusal: a field is not known or a value is none.
    """
    names = set(next(iter(shipped.values()))) - {"position"}
    row = {name: value for name, value in given.items() if name != "position"}
    if not set(KEYS[cls]) <= set(row) or not set(row) <= names:
        raise Refusal("这个数据文件要用更新的程序才能读，请先升级督查通。")
    if "on" in row:
        try:
            row["on"] = dt.date.fromisoformat(str(row["on"]))
        except ValueError as error:
            raise Refusal(f"数据文件里的日期“{row['on']}”读不出来，请重新取得。") from error
    return row


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _name(cls: type[Record], row: Row) -> str:
    if cls is Holiday:
        return f"{row['on']} {row.get('name', '')}{'上班' if row.get('works') else '放假'}"
    return str(row[KEYS[cls][-1]])


def take(workspace: Workspace, pack: DataPack) -> ChangeSet:
    """Take a pack in.

    Raises:
        Refusal: the office has this version or a newer one, or the pack does not fit this program.
    """
    with workspace.reading() as session:
        made = plan(session, pack)
    if made.present and not _newer(pack.version, made.present):
        raise Refusal(f"已有“{pack.name}”{made.present}版，这个文件是{pack.version}版，不用再导入。")
    with workspace.writing(f"导入{pack.name}数据{pack.version}版") as work:
        for change in made.does:
            if change.what == ADDED:
                records.add(work, change.record, change.after)
            elif change.row_id is not None:
                records.change(work, work.get(change.record, change.row_id), {change.field: change.after})
        office = work.session.scalars(select(Office)).one()
        taken = {**_taken(office), pack.name: _remembered(pack)}
        work.set(office, settings={**(office.settings or {}), SETTING: taken})
    return work.done


def _newer(one: str, other: str) -> bool:
    def parts(version: str) -> list[int]:
        return [int(part) for part in version.split(".") if part.isdecimal()]

    return parts(one) > parts(other)


def _remembered(pack: DataPack) -> dict[str, Any]:
    """What is kept of a pack: who it is, and the values its rows had, to know later what the office edited."""
    tables = {cls.__tablename__: cls for cls in KEYS}
    rows = {
        name: {shipped_catalogs.key_of(tables[name], row): dict(row) for row in found}
        for name, found in pack.tables.items()
    }
    return {
        "version": pack.version, "source": pack.source, "issued_on": pack.issued_on.isoformat(),
        "sha256": pack.sha256, "rows": rows,
    }  # fmt: skip
