"""Search as you type over the findings: FTS5 on overlapping pairs of characters.

The built-in trigram tokenizer cannot match one or two characters (扶贫), which is what a clerk
types; pairs can, and one character is a prefix of a pair.
"""

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

_BREAK = re.compile(r"[\W_]+")
_PAIR = re.compile(r"(?=([^\W_]{1,2}))")
WORDS = frozenset({
    "serial", "fact", "kind", "requirement", "source_number", "site_id", "unit_id", "department_id", "note",
})  # fmt: skip
"""The fields of a finding that the index holds."""

_BODY = """
SELECT f.id, f.serial || ' ' || f.fact || ' ' || f.kind || ' ' || f.requirement || ' ' || f.source_number || ' '
 || coalesce(s.name, '') || ' ' || coalesce(u.name, '') || ' ' || coalesce(d.name, '') || ' ' || f.note
FROM finding f LEFT JOIN site s ON s.id = f.site_id LEFT JOIN unit u ON u.id = f.unit_id
LEFT JOIN unit d ON d.id = f.department_id
"""


def pairs(body: str) -> str:
    """The text as overlapping pairs: 测温记录 → 测温 温记 记录 录."""
    return " ".join(_PAIR.findall(body.lower()))


def match(query: str) -> str:
    """The FTS5 expression for what a clerk typed; all its words must occur. Empty: nothing to match."""
    return " AND ".join(_phrase(run) for run in _BREAK.split(query.lower()) if run)


def _phrase(run: str) -> str:
    if len(run) == 1:
        return f'"{run}"*'
    return '"' + " ".join(run[i : i + 2] for i in range(len(run) - 1)) + '"'


def index(session: Session, ids: Sequence[int]) -> None:
    """Make the index say what these findings say now."""
    for start in range(0, len(ids), 500):
        some = ",".join(str(int(i)) for i in ids[start : start + 500])
        rows = session.execute(text(f"{_BODY} WHERE f.id IN ({some})")).all()
        _write(session, f"IN ({some})", ((row[0], row[1]) for row in rows))


def _write(session: Session, which: str, rows: Iterable[tuple[int, str]]) -> None:
    connection = session.connection()
    connection.exec_driver_sql(f"DELETE FROM finding_search WHERE rowid {which}")
    bodies = [(id_, pairs(body)) for id_, body in rows]
    if bodies:
        connection.exec_driver_sql("INSERT INTO finding_search(rowid, body) VALUES (?, ?)", bodies)
