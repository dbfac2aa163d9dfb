"""操作日志: who did what when, before and after. The source of the time line and of undo."""

import datetime as dt
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from models.records.base import Base


class Change(Base):
    """One record's part in one operation.

    All changes of an operation share ``operation`` (a uuid) and ``deed`` (its name in words).
    ``before`` is None for a new record; both hold only the fields that differ otherwise.
    ``undoes`` names the operation this one took back.
    """

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(index=True)
    operation: Mapped[str] = mapped_column(String(32), index=True)
    deed: Mapped[str] = mapped_column(String)
    who: Mapped[str] = mapped_column(String)
    table: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[int] = mapped_column()
    record_uuid: Mapped[str] = mapped_column(String(32), index=True)
    title: Mapped[str] = mapped_column(String)
    version: Mapped[int] = mapped_column()
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    undoes: Mapped[str] = mapped_column(String(32), default="")
    note: Mapped[str] = mapped_column(String, default="")


UPGRADE = "程序升级"
"""``Change.who`` of what an update of the program changed: the migrations write it."""


class UpdateNote(Base):
    """更新说明: what an update of the program counts otherwise, old and new, shown to the clerk once.

    ``lines`` are dicts of ``name``, ``old``, ``new`` and ``why``, all in words.
    """

    __tablename__ = "update_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[str] = mapped_column(String(20))
    at: Mapped[dt.datetime] = mapped_column()
    lines: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    seen_at: Mapped[dt.datetime | None] = mapped_column(default=None)


class ImportedRow(Base):
    """A row that was imported: from which source, what it said word for word, and the record it became.

    ``source`` and ``content`` are those of `models.domain.intake.identity`. A file that is imported again adds nothing.
    """

    __tablename__ = "imported_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(32), index=True)
    content: Mapped[str] = mapped_column(String(32))
    record_uuid: Mapped[str] = mapped_column(String(32))
