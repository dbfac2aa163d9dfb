"""When something was written last: what a clock that may be wrong is held against."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records import Change


def last_day(session: Session) -> dt.date | None:
    """The day of the last change, which a package or a document that was made is too; None in an empty office.

    By the order things were written in: a day that was wrong once is not the last for ever.
    """
    at = session.scalar(select(Change.at).order_by(Change.id.desc()).limit(1))
    return at.date() if at else None
