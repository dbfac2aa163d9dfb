"""Sites seen and sites with a problem: the one must never be fewer than the other.

走访点位 are the sites of the visits written down; where there are any, a finding of an inspection proves that its
site was seen too. 问题点位 are sites seen that have a problem of the office's own book (domain.md).
"""

from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, distinct, func, select, union
from sqlalchemy.orm import Session

from models.queries.figures import scope as scopes
from models.queries.figures.conditions import booked, counted
from models.queries.figures.scope import Scope
from models.records import Finding, Visit


def told(session: Session, scope: Scope) -> bool:
    """Whether anybody wrote down a visit: only then a number of sites visited is known."""
    return session.scalar(select(Visit.id).where(*_visits(scope)).limit(1)) is not None


def seen(scope: Scope) -> CompoundSelect[tuple[int]]:
    """Ids of the sites seen, each once, where visits were written down at all."""
    came_from = Finding.inspection_id.is_not(None) | Finding.team_id.is_not(None) | Finding.visit_id.is_not(None)
    return union(
        select(Visit.site_id).where(*_visits(scope)),
        select(Finding.site_id).where(*counted(booked(scope)), came_from, Finding.site_id.is_not(None)),
    )


def with_problems(session: Session, scope: Scope) -> tuple[ColumnElement[bool], ...]:
    """Conditions on ``Finding``: a problem at a site seen; where no visit was written down, at any site."""
    where = (*counted(booked(scope)), Finding.site_id.is_not(None))
    return (*where, Finding.site_id.in_(select(seen(scope).subquery()))) if told(session, scope) else where


def visited(session: Session, scope: Scope) -> int:
    """Sites visited (走访点位数); 0 where nobody wrote a visit down."""
    return _number(session, select(func.count()).select_from(seen(scope).subquery())) if told(session, scope) else 0


def problem_sites(session: Session, scope: Scope) -> int:
    """Sites visited with at least one problem (问题点位数); 0 where nobody wrote a visit down."""
    return concerned(session, scope) if told(session, scope) else 0


def concerned(session: Session, scope: Scope) -> int:
    """Sites that have a problem (涉及点位数), seen ones only where visits were written down."""
    return _number(session, select(func.count(distinct(Finding.site_id))).where(*with_problems(session, scope)))


def _visits(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    return (*scopes.visits(scope), Visit.site_id.is_not(None))


def _number(session: Session, query: Select[Any]) -> int:
    return session.scalar(query) or 0
