"""Unfinished forms: kept while they are typed, so that no error and no crash loses a word. Not logged."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from models.records import Draft
from models.services.unit_of_work import Workspace

AND_MORE = "#"
"""Before the number of a second draft of a new record, as in ``finding#2``."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What was typed into a form: editors' raw values by field, and the record's version it started from."""

    values: Mapping[str, Any]
    seen_version: int | None


def save(
    workspace: Workspace, form: str, record_id: int | None, seen_version: int | None, values: Mapping[str, Any]
) -> None:
    """Keep what is typed so far; one draft a form and record."""
    with workspace.store.session(writes=True) as session:
        draft = _find(session, form, record_id) or Draft(form=form, record_id=record_id)
        draft.seen_version, draft.values, draft.updated_at = seen_version, dict(values), workspace.now
        session.add(draft)
        session.commit()


def load(workspace: Workspace, form: str, record_id: int | None) -> Unfinished | None:
    """What was typed and not saved, or None."""
    with workspace.reading() as session:
        draft = _find(session, form, record_id)
        return Unfinished(draft.values, draft.seen_version) if draft else None


def discard(workspace: Workspace, form: str, record_id: int | None) -> None:
    """The form was saved, or the clerk gave it up."""
    with workspace.store.session(writes=True) as session:
        session.execute(delete(Draft).where(Draft.form == form, Draft.record_id.is_not_distinct_from(record_id)))
        session.commit()


def waiting(workspace: Workspace, form: str) -> list[str]:
    """The drafts of new records of one form, by the names they are kept under; the one typed into last comes first."""
    mine = (Draft.form == form, Draft.form.startswith(f"{form}{AND_MORE}", autoescape=True))
    query = select(Draft.form).where(Draft.record_id.is_(None), or_(*mine))
    with workspace.reading() as session:
        return list(session.scalars(query.order_by(Draft.updated_at.desc(), Draft.id.desc())))


def free(workspace: Workspace, form: str) -> str:
    """A name that no draft of a new record has yet: an unfinished one is never written over."""
    taken = set(waiting(workspace, form))
    names = (form if n == 1 else f"{form}{AND_MORE}{n}" for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _find(session: Session, form: str, record_id: int | None) -> Draft | None:
    return session.scalars(
        select(Draft).where(Draft.form == form, Draft.record_id.is_not_distinct_from(record_id))
    ).first()
