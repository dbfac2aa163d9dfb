"""The office's catalog of measures (处理措施), over the shipped one."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.cases import discipline
from models.records import Measure


def measure_named(session: Session, name: str) -> discipline.Measure | None:
    """The office's own measure of that name, or of the name it is an alias of, else the shipped one.

    None for a name of the office's own, and for 警告, 记过 and the like, which several laws know.
    """
    shipped = discipline.find_measure(name)
    names = {name: 0, **({shipped.name: 1} if shipped else {})}
    query = select(Measure).where(Measure.name.in_(names), Measure.deleted_at.is_(None))
    row = min(session.scalars(query), key=lambda one: names[one.name], default=None)
    if row is None:
        return shipped
    return replace(
        shipped or discipline.Measure(row.name, row.group),
        name=row.name,
        group=row.group,
        form=row.form,
        months=row.months,
        months_entered=row.months_entered,
        source=row.source,
        certainty=row.certainty or (discipline.SECOND_HAND if row.secondary else ""),
        deciders=tuple(row.deciders or ()),
        whom=tuple(row.whom or ()),
    )
