"""Write the migration that leads from the newest schema to today's records, and make it `schema.HEAD`.

`revision.py MESSAGE`, run by `dev.py revision`; read what it wrote before committing it.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.operations.ops import AddColumnOp, MigrateOperation, MigrationScript
from sqlalchemy import DefaultClause

from models.storage import schema
from models.storage.connection import connect


def write(message: str) -> None:
    """Compare a database at the newest migration with the records and write the difference."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        database = Path(folder) / "newest.db"
        schema.migrate(database)
        config = Config()
        config.set_main_option("script_location", str(schema.MIGRATIONS).replace("%", "%%"))
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        with closing(connect(database)) as connection:
            config.attributes["connection"] = connection
            following = f"{len(list((schema.MIGRATIONS / 'versions').glob('*.py'))) + 1:04d}"
            command.revision(config, message, True, rev_id=following, process_revision_directives=_fill)
    source = Path(schema.__file__)
    source.write_text(source.read_text("utf-8").replace(f'HEAD = "{schema.HEAD}"', f'HEAD = "{following}"'), "utf-8")


def _fill(_context: object, _revision: object, scripts: list[MigrationScript]) -> None:
    """Give the rows that are there a new column's default; SQLite adds no column of NOT NULL without one."""
    for one in _operations(scripts[0].upgrade_ops):
        if isinstance(one, AddColumnOp) and not one.column.nullable:
            one.column.server_default = DefaultClause(_as_sql(one.column.default))


def _operations(holder: Any) -> Iterator[MigrateOperation]:
    for one in holder.ops:
        yield from _operations(one) if hasattr(one, "ops") else (one,)


def _as_sql(default: Any) -> str:
    """A column's default as text: a word, 0 or 1, an empty list as JSON."""
    value = default.arg(None) if default.is_callable else default.arg
    return value if isinstance(value, str) else json.dumps(int(value) if isinstance(value, bool) else value)


if __name__ == "__main__":
    write(" ".join(sys.argv[1:]))
