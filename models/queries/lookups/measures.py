"""The office's catalog of measures (处理措施), over the shipped one."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.domain.cases import discipline
from models.records import Measure


def measure_named(session: Session, name: str) -> discipline.Measure | None:
    """The office's own measure of that name, else the shipped one; None for a name of its own."""
    shipped = discipline.find_measure(name)
    row = session.scalars(select(Measure).where(Measure.name == name, Measure.deleted_at.is_(None))).first()
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
        secondary=row.secondary,
    )
