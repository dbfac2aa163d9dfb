"""Is the data sound? Asked by ``main.py check``, after a restore and before support is called; writes nothing."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice

from models.domain.cases.stages import Stage
from models.domain.findings.life import case_faults, faults
from models.domain.findings.lifecycle import Status
from models.errors import Refusal
from models.queries.facts.lives import case_lives, lives
from models.records import RECORDS, Draft, Record, Sequence, fields_of
from models.storage import archive, attachments, disk_errors, proof, schema
from models.storage.connection import connect
from models.storage.data_folder import DataFolder

MOST = 5
"""Records named in one sentence."""
MOST_LIVES = 50
"""Findings and cases that are each told in a sentence of their own."""
_WORDS = {
    "finding": ("status", "状态", frozenset(Status)),
    "accountability_case": ("stage", "阶段", frozenset(Stage)),
}


def check(folder: DataFolder) -> list[str]:
    """Everything that is wrong with a data folder, as sentences; empty where it is sound."""
    if not folder.database.is_file():
        return [f"没有找到数据库文件：{folder.database}。"]
    try:
        if schema.revision_here(folder.database) != schema.HEAD:
            return ["数据库不是本版程序的格式，请用督查通打开一次。"]
        with closing(connect(folder.database, read_only=True)) as connection:
            broken = _broken(connection) or list(_values(connection, folder))
            return broken or [sentence for part in _PARTS for sentence in part(connection, folder)]
    except Refusal as refusal:
        return [refusal.sentence]
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if trouble := disk_errors.refusal(error, "没有检查"):
            return [trouble.sentence]
        return [f"数据库文件已损坏，请从备份恢复（{error}）。"]


def _broken(connection: sqlite3.Connection) -> list[str]:
    found = [row[0] for row in connection.execute("PRAGMA quick_check(10)")]
    if found != ["ok"]:
        return [f"数据库文件已损坏，请从备份恢复（{' '.join(str(found[0]).split())}）。"]
    return []


def _foreign_keys(connection: sqlite3.Connection, _: DataFolder) -> Iterator[str]:
    for table, row, target, _place in connection.execute("PRAGMA foreign_key_check").fetchmany(MOST):
        yield f"{_noun(table)}（第 {row} 号）所指的{_noun(target)}不存在。"


def _noun(table: str) -> str:
    return RECORDS[table].noun if table in RECORDS else table


def _lists(connection: sqlite3.Connection, _: DataFolder) -> Iterator[str]:
    """Lists of ids, which no foreign key guards."""
    for table, cls in RECORDS.items():
        for name, field in fields_of(cls).items():
            if field.kind != "refs":
                continue
            known = {row[0] for row in connection.execute(f'SELECT id FROM "{table_of(field.target)}"')}
            for id_, kept in connection.execute(f'SELECT id, "{name}" FROM "{table}" WHERE "{name}" <> \'[]\''):
                lost = [one for one in json.loads(kept or "[]") if one not in known]
                if lost:
                    yield f"{cls.noun}（第 {id_} 号）的“{field.label}”里有 {len(lost)} 条{_noun(field.target)}不存在。"


def _deleted(connection: sqlite3.Connection, _: DataFolder) -> Iterator[str]:
    """Records that count although what they belong to or name is in the recycle bin."""
    for table, cls in RECORDS.items():
        for name, field in fields_of(cls).items():
            if field.kind != "ref":
                continue
            query = (
                f'SELECT r.id FROM "{table}" r JOIN "{table_of(field.target)}" t ON t.id = r."{name}"'
                " WHERE r.deleted_at IS NULL AND t.deleted_at IS NOT NULL ORDER BY r.id"
            )
            if odd := [str(row[0]) for row in connection.execute(query)]:
                some = "、".join(odd[:MOST])
                target = RECORDS[field.target].noun
                yield f"有 {len(odd)} 条{cls.noun}（第 {some} 号）的“{field.label}”所指的{target}已被删除。"


def table_of(target: str) -> str:
    """The table a field's target names.

    Raises:
        KeyError: a field points to no table.
    """
    return str(RECORDS[target].__tablename__)


def _words(connection: sqlite3.Connection, _: DataFolder) -> Iterator[str]:
    for table, (column, label, legal) in _WORDS.items():
        for word, count in connection.execute(f'SELECT "{column}", count(*) FROM "{table}" GROUP BY 1'):
            if word not in legal:
                yield f"有 {count} 条{_noun(table)}的“{label}”是“{word}”，没有这一项。"


def _values(connection: sqlite3.Connection, _: DataFolder) -> Iterator[str]:
    """Every value is what its column is: a day is a day, a list can be read."""
    for table, column, row in islice(proof.unreadable(connection), MOST):
        field = fields_of(RECORDS[table]).get(column) if table in RECORDS else None
        yield f"{_noun(table)}（第 {row} 号）的“{field.label if field else column}”读不出来。"


def _numbers(connection: sqlite3.Connection, _: DataFolder) -> Iterator[str]:
    repeated = connection.execute(
        "SELECT serial, count(*) FROM finding WHERE serial <> '' GROUP BY serial HAVING count(*) > 1"
    )
    for serial, count in repeated.fetchmany(MOST):
        yield f"台账编号“{serial}”重复，共 {count} 条。"


def _search(connection: sqlite3.Connection, _: DataFolder) -> Iterator[str]:
    query = "SELECT serial FROM finding WHERE id NOT IN (SELECT rowid FROM finding_search) ORDER BY serial"
    if lacking := [row[0] for row in connection.execute(query)]:
        some = "、".join(lacking[:MOST])
        yield f"有 {len(lacking)} 个问题（{some}）搜索不到，请打开后改一下事实的文字，再改回来。"


def _versions(connection: sqlite3.Connection, _: DataFolder) -> Iterator[str]:
    """Every record's version is its last change's: nothing was written past the log."""
    for table, cls in RECORDS.items():
        if cls in _UNLOGGED:
            continue
        query = (
            f'SELECT r.id FROM "{table}" r LEFT JOIN "change" c ON c.record_uuid = r.uuid'
            " GROUP BY r.id HAVING r.version <> coalesce(max(c.version), 0)"
        )
        odd = [str(row[0]) for row in connection.execute(query)]
        if odd:
            some = "、".join(odd[:MOST])
            yield f"有 {len(odd)} 条{cls.noun}与操作日志对不上（第 {some} 号）。"


_UNLOGGED: tuple[type[Record], ...] = (Draft, Sequence)


def _files(_: sqlite3.Connection, folder: DataFolder) -> Iterator[str]:
    """Every attachment's bytes still have their hash."""
    for one in sorted(attachments.lost(folder, archive.names_of(folder.database)), key=lambda one: one.name):
        yield f"附件“{one.name}”{one.state}。"


def _fitting(connection: sqlite3.Connection, _: DataFolder) -> Iterator[str]:
    """Findings and cases whose records do not fit together, a sentence for each."""
    found = [sentence for life in lives(connection.execute) for sentence in faults(life)]
    found += [sentence for case in case_lives(connection.execute) for sentence in case_faults(case)]
    yield from found[:MOST_LIVES]
    if len(found) > MOST_LIVES:
        yield f"另有 {len(found) - MOST_LIVES} 处问题或案件的记录前后不符。"


_PARTS = (_foreign_keys, _lists, _deleted, _words, _numbers, _search, _versions, _fitting, _files)
