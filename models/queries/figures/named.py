"""Every figure of a scope by its name, with the records behind it: what a clerk puts into a text of his own."""

import datetime as dt

from sqlalchemy.orm import Session

from models.paper.numbering import full_day
from models.paper.typed_figures import NamedFigure
from models.queries.figures import statistics
from models.queries.figures.behind import Sources
from models.queries.figures.scope import EVERYTHING, Scope
from models.records import Campaign, Unit

_PARTS = {"bulletins": ("findings_bulletins", "accountability_bulletins"), "sites_concerned": ("problem_sites",)}
"""Figures whose 期初数 are kept under other names."""
_SHARES = ("closure_rate", "on_time_rate")


def named_figures(session: Session, today: dt.date, scope: Scope = EVERYTHING) -> tuple[NamedFigure, ...]:
    """The figures of a scope in the order of ``statistics.LABELS``; a share nobody can tell is left out."""
    total = statistics.summary(session, today, scope)
    sources = Sources(session, today, scope)
    about = told(session, scope)
    found = []
    for name, label in statistics.LABELS.items():
        value = getattr(total, name)
        if name in _SHARES and value is not None:
            found.append(NamedFigure(label + about, value, statistics.percent(value), tuple(sources.of("problems"))))
        elif isinstance(value, int) and not isinstance(value, bool):
            parts = _PARTS.get(name, (name,))
            carried = tuple(one for part in parts for one in total.opening.sources.get(part, ()))
            behind = (*sources.of(name), *carried)
            opening = sum(number for _, number in carried)
            found.append(NamedFigure(label + about, value, str(value), behind, opening))
    return tuple(found)


def told(session: Session, scope: Scope) -> str:
    """What a scope is, in brackets behind a name: （2022年3月1日至2022年3月20日，防汛，柳河镇）."""
    parts = []
    if scope.from_ or scope.until:
        parts.append("至".join(filter(None, (_day(scope.from_) or "开始", _day(scope.until) or "现在"))))
    if scope.campaign_id and (campaign := session.get(Campaign, scope.campaign_id)):
        parts.append(campaign.name)
    parts += [unit.name for id_ in scope.unit_ids if (unit := session.get(Unit, id_))]
    return f"（{'，'.join(parts)}）" if parts else ""


def _day(day: dt.date | None) -> str:
    return full_day(day) if day else ""
