"""What an undone step left behind: kept for the log, but in no recycle bin, for restored it would fit nothing."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.records import Record

STEPS = ("feedback", "verification", "extension", "recheck", "transfer")
"""Records that only the steps of a finding's life write."""
_OF_STEPS = ", ".join(f"'{table}'" for table in STEPS)
REMNANTS = (
    'SELECT DISTINCT c."table" AS "table", c.record_id AS id FROM "change" c'
    " WHERE c.undoes <> '' AND json_extract(c.after, '$.deleted_at') IS NOT NULL"
    f' AND (c."table" IN ({_OF_STEPS}) OR EXISTS (SELECT 1 FROM "change" d WHERE d.operation = c.undoes'
    " AND d.before IS NOT NULL AND d.record_uuid <> c.record_uuid))"
)
"""Table and id of each: what a step wrote beside changing another record, and an undo took back.

A record that was simply written, and the writing undone, is none: it waits in the bin like any other.
"""


def is_remnant(session: Session, record: Record) -> bool:
    """Whether a deleted record is what an undone step left behind."""
    query = f'SELECT 1 FROM ({REMNANTS}) WHERE "table" = :table AND id = :id'
    return session.execute(text(query), {"table": record.__tablename__, "id": record.id}).first() is not None
