"""Write a data pack from the catalogs of this checkout: laws and holidays that offices take in without a new program.

``python packaging/data_pack.py VERSION SOURCE OUT.json`` packs measures and holidays, and proves that the program
reads the file. For developers; docs/formats.md says what is in it.
"""

import datetime as dt
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from models.domain.data_packs import FORMAT, read_pack, sealed
from models.records import Holiday, Measure
from models.services.shipped_catalogs import shipped_rows

NAME = "法规和节假日"


def content(version: str, source: str, day: dt.date) -> dict[str, Any]:
    """Everything in the pack but its hash."""
    rows = shipped_rows()
    tables = {cls.__tablename__: [_plain(row) for row in rows[cls].values()] for cls in (Measure, Holiday)}
    return {
        "format": FORMAT, "name": NAME, "version": version, "issued_on": day.isoformat(), "source": source,
        "tables": tables,
    }  # fmt: skip


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in row.items()}


def main() -> None:
    """Write the file and say what is in it."""
    version, source, target = sys.argv[1:]
    data = sealed(content(version, source, dt.date.today()))
    pack = read_pack(data)
    Path(target).write_bytes(data)
    print(target, {name: len(rows) for name, rows in pack.tables.items()}, pack.sha256)


if __name__ == "__main__":
    main()
