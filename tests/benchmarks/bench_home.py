"""The 首页 and any filter at 20,000 findings with 40,000 rounds, against the same SQL run bare; asserts nothing.

Run: python -m tests.benchmarks.bench_home [FOLDER]
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.orm import Session

from models.domain.findings.deadlines import Bounds
from models.queries.figures import statistics as figures
from models.queries.lists import catalog
from models.queries.lists.listing import Filter, ListQuery, ListReader
from models.services.unit_of_work import Workspace
from models.storage.connection import connect
from models.storage.engine import Store
from tests.benchmarks.findings import folder_with, say

FINDINGS, ROUNDS = 20_000, 40_000


def median(do: Callable[[], object], repeat: int = 7) -> float:
    """Milliseconds, the median of several runs."""
    taken = []
    for _ in range(repeat):
        start = time.perf_counter()
        do()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def add_rounds(store: Store) -> None:
    """Two rounds of feedback a finding, once."""
    with store.session(writes=True) as session:
        connection = session.connection()
        if connection.exec_driver_sql("SELECT count(*) FROM feedback").scalar_one() >= ROUNDS:
            return
        names = [row[1] for row in connection.exec_driver_sql("PRAGMA table_info(feedback)")]
        template = connection.exec_driver_sql("SELECT * FROM feedback LIMIT 1").fetchone()
        first = connection.exec_driver_sql("SELECT max(id) FROM feedback").scalar_one() + 1
        found = connection.exec_driver_sql(f"SELECT id FROM finding ORDER BY id DESC LIMIT {FINDINGS}").fetchall()
        rows = []
        for n, (finding,) in enumerate(found * (ROUNDS // FINDINGS)):
            row = dict(zip(names, template, strict=True))
            row |= {"id": first + n, "uuid": f"f{n:031x}", "finding_id": finding, "round": 1 + n // FINDINGS}
            rows.append(tuple(row.values()))
        connection.exec_driver_sql(f"INSERT INTO feedback VALUES ({', '.join('?' * len(names))})", rows)
        session.commit()


def bare_sql(session: Session, do: Callable[[], object]) -> Callable[[], None]:
    """The statements of a deed run straight through the driver: the floor."""
    told: list[tuple[str, tuple[object, ...]]] = []
    engine = session.get_bind()

    def listen(_c: object, _cursor: object, statement: str, parameters: tuple[object, ...], *_: object) -> None:
        told.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", listen)
    do()
    event.remove(engine, "before_cursor_execute", listen)

    def run() -> None:
        raw = session.connection().connection.driver_connection
        assert raw is not None
        for statement, parameters in told:
            raw.execute(statement, parameters).fetchall()

    return run


def main(root: Path) -> None:
    """Print the figures."""
    folder = folder_with(FINDINGS, root)
    store = Store(folder)
    add_rounds(store)
    workspace = Workspace(store)
    with store.session() as session:
        home = lambda: figures.home(session, workspace.today)  # noqa: E731
        ours, floor = median(home), median(bare_sql(session, home))
        size = f"{FINDINGS} findings, {ROUNDS} rounds"
        say(f"首页 at {size}: {ours:.0f} ms, its SQL bare {floor:.0f} ms, {ours / floor:.2f}x")
    connection = connect(folder.database, read_only=True)
    reader = ListReader(connection, catalog.spec("finding"), Bounds.of(workspace.today).parameters())
    queries = {
        "status": ListQuery(chip="verifying"),
        "overdue": ListQuery(chip="overdue"),
        "search": ListQuery(search="消毒"),
        "kind": ListQuery(filters=(Filter("kind", "values", values=("人员不在岗",), labels=("人员不在岗",)),)),
    }
    for name, query in queries.items():
        say(f"filter {name}: all ids {median(lambda q=query: reader.ids(q)):.0f} ms")
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp()))
