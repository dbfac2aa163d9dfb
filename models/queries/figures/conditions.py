"""The rules of counting as SQL: what counts, what is solved, which bucket; one place for all queries."""

import datetime as dt
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, null, select, true

from models.domain.findings.books import Book
from models.domain.findings.deadlines import LIGHTS, OWED, Bounds, Bucket, Light
from models.domain.findings.lifecycle import UNCOUNTED, Status
from models.queries.figures import scope as scopes
from models.queries.figures.scope import Scope
from models.records import Feedback, Finding


def closed(day: dt.date | None) -> ColumnElement[bool]:
    """Closed by the end of a day; by now where None."""
    done = Finding.status == Status.CLOSED
    return done if day is None else done & func.coalesce(Finding.closed_on <= day, true())


def solved(day: dt.date | None = None) -> ColumnElement[int]:
    """How many of a finding's problems are solved by a day: all of a closed one, x of a part-done one.

    Of what was closed later nobody knows how far it was: nothing.
    """
    return case(
        (closed(day), Finding.count),
        (Finding.status == Status.CLOSED, 0),
        else_=func.min(Finding.solved_count, Finding.count),
    )


def counted(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    """Findings of a scope that are counted: not 草稿, 作废 or 撤销, not in the recycle bin."""
    return (*scopes.findings(scope), Finding.status.not_in(UNCOUNTED))


def booked(scope: Scope) -> Scope:
    """The scope narrowed to the office's own book, where it does not ask for another one."""
    return scope if scope.book or scope.self_found is not None else replace(scope, book=Book.OWN)


def limit() -> ColumnElement[Any]:
    """``deadlines.limit`` in SQL."""
    suspended = Finding.status == Status.SUSPENDED
    return case((suspended, func.coalesce(Finding.review_on, Finding.deadline)), else_=Finding.deadline)


def light(bounds: Bounds) -> ColumnElement[str]:
    """``deadlines.light`` in SQL."""
    reached = ((limit() <= getattr(bounds, last), str(one)) for one, last in LIGHTS)
    return case((Finding.status.not_in(OWED) | limit().is_(None), str(Light.NONE)), *reached, else_=str(Light.NONE))


def _waiting_since() -> ColumnElement[Any]:
    """The day the round that waits for verification was submitted."""
    of_round = (Feedback.finding_id == Finding.id, Feedback.unexpected.is_(False), Feedback.deleted_at.is_(None))
    sent = select(func.date(func.max(Feedback.submitted_at))).where(*of_round).correlate(Finding).scalar_subquery()
    return case((Finding.status == Status.VERIFYING, func.coalesce(Finding.submitted_on, sent)), else_=null())


def bucket(today: dt.date) -> ColumnElement[str]:
    """``deadlines.bucket`` in SQL; a test holds the two together."""
    done = closed(today)
    later = (Finding.status == Status.CLOSED) & (Finding.submitted_on <= today)
    answered = func.coalesce(Finding.submitted_on, Finding.closed_on)
    clock = case((later, Finding.submitted_on), else_=func.coalesce(_waiting_since(), literal(today)))
    return case(
        (done & Finding.fixed_on_spot, str(Bucket.ON_TIME)),
        (limit().is_(None), str(Bucket.NO_LIMIT)),
        (done & (answered > limit()), str(Bucket.LATE)),
        (done, str(Bucket.ON_TIME)),
        (clock > limit(), str(Bucket.OVERDUE)),
        else_=str(Bucket.AHEAD),
    )
