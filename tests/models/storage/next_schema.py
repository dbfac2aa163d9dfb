"""A migration that no program has: the next schema, for the tests of upgrading.

It does what hurts most: rebuilds a table that others refer to, rewrites every row of it, adds a table and fills it.
"""

import shutil
from pathlib import Path

import pytest

from models.storage import schema

NEXT = f"{int(schema.HEAD) + 1:04d}"
MIGRATION = f'''"""Only for the tests."""

import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{schema.HEAD}"


def upgrade() -> None:
    with op.batch_alter_table("finding", recreate="always") as table:
        table.add_column(sa.Column("fact_length", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE finding SET fact_length = length(fact)")
    op.create_table(
        "fact",
        sa.Column("finding_id", sa.Integer(), sa.ForeignKey("finding.id"), primary_key=True),
        sa.Column("body", sa.Text(), nullable=False),
    )
    op.execute("INSERT INTO fact SELECT id, fact FROM finding")
'''


def install(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the production code find the next schema: a copy of its migrations with one more."""
    migrations = shutil.copytree(schema.MIGRATIONS, place / "migrations")
    (migrations / "versions" / f"{NEXT}_next.py").write_text(MIGRATION, "utf-8")
    monkeypatch.setattr(schema, "MIGRATIONS", migrations)
    monkeypatch.setattr(schema, "HEAD", NEXT)
