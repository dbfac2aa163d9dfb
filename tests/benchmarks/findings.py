"""A data folder with many findings, for the benchmarks; plain inserts, so that a hundred thousand take seconds."""

import datetime as dt
import random
import sys
from pathlib import Path

from models.demo.office import fill
from models.domain.findings.lifecycle import Status
from models.queries.lists import search
from models.services.unit_of_work import Workspace
from models.storage.data_folder import DataFolder
from models.storage.engine import Store

FACTS = (
    "入口处无人值守，扫码测温落实不到位",
    "消毒记录不全，台账登记不规范",
    "店内没有员工每日测温记录",
    "值班人员脱岗",
)
KINDS = ("测温不规范", "消毒不到位", "人员不在岗", "台账不规范")


def say(text: str) -> None:
    """Print one line of a benchmark."""
    sys.stdout.write(text + "\n")


def folder_with(count: int, root: Path) -> DataFolder:
    """The demo office with ``count`` findings more; made once, kept under ``root``."""
    folder = DataFolder(root / f"findings-{count}")
    if (folder.root / "made").exists():
        return folder
    store = Store(folder)
    fill(Workspace(store))
    _add(store, count)
    store.close()
    (folder.root / "made").touch()
    return folder


def _add(store: Store, count: int) -> None:
    draw = random.Random(1)
    day, states = dt.date.today(), list(Status)
    with store.session(writes=True) as session:
        connection = session.connection()
        first = connection.exec_driver_sql("SELECT max(id) FROM finding").scalar() + 1
        sites = connection.exec_driver_sql("SELECT id, unit_id FROM site").fetchall()
        columns = [row[1] for row in connection.exec_driver_sql("PRAGMA table_info(finding)")]
        template = connection.exec_driver_sql("SELECT * FROM finding LIMIT 1").fetchone()
        rows = []
        for n in range(count):
            site = draw.choice(sites)
            found = day - dt.timedelta(days=draw.randrange(700))
            row = dict(zip(columns, template, strict=True))
            row |= {
                "id": first + n, "uuid": f"{n:032x}", "serial": f"{found.year}-{n:06d}", "site_id": site[0],
                "unit_id": site[1], "status": draw.choice(states), "kind": draw.choice(KINDS), "deleted_at": None,
                "fact": f"{draw.choice(FACTS)}，第{n}处。" * 3, "found_on": found.isoformat(),
                "deadline": (found + dt.timedelta(days=draw.randrange(30))).isoformat(),
            }  # fmt: skip
            rows.append(tuple(row.values()))
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f"INSERT INTO finding VALUES ({marks})", rows)
        search.index(session, range(first, first + count))
        session.commit()
