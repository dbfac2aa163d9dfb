"""The schema of version 1.1: how a person is named in a bulletin, and decisions known by their month only."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("disposition", schema=None) as batch_op:
        batch_op.add_column(sa.Column("decided_text", sa.String(), server_default="", nullable=False))

    with op.batch_alter_table("party", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mention", sa.String(), server_default="", nullable=False))
