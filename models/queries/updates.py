"""更新说明: what the last update of the program counts otherwise."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records import UpdateNote


def latest(session: Session) -> UpdateNote | None:
    """The note of the last update that changed something here; None where none did."""
    return session.scalars(select(UpdateNote).order_by(UpdateNote.id.desc()).limit(1)).first()


def unseen(session: Session) -> UpdateNote | None:
    """The last note where nobody has seen it yet."""
    note = latest(session)
    return note if note is not None and note.seen_at is None else None
