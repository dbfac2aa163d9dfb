"""Alembic's way in: one transaction on the connection it is handed."""

import sqlite3

from alembic import context
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

import models.records
from models.records.base import Base


def _run() -> None:
    driver = context.config.attributes["connection"]
    engine = create_engine("sqlite://", creator=lambda: driver, poolclass=StaticPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            transactional_ddl=False,
            include_object=_ours,
        )
        context.run_migrations()
        _check_references(connection)
        connection.exec_driver_sql("COMMIT")


def _check_references(connection: Connection) -> None:
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(5)
    if lost:
        raise sqlite3.IntegrityError(f"references to nothing: {lost}")


def _ours(_object: object, name: str | None, kind: str, *_rest: object) -> bool:
    return not (kind == "table" and name and name.startswith("finding_search"))


assert models.records.RECORDS
_run()
