"""Write the migration that leads from the newest schema to today's records: `revision.py MESSAGE`.

Run by `dev.py revision`; read what it wrote before committing it, and raise `models.store.schema.HEAD`.
"""

import sys
import tempfile
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config

from models.store import schema
from models.store.connection import connect


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
            command.revision(config, message, autogenerate=True, rev_id=following)


if __name__ == "__main__":
    write(" ".join(sys.argv[1:]))
