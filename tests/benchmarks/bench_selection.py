"""Selection and check before issue of 1,000 findings, kind by kind, against the half second they may take.

Run: python -m tests.benchmarks.bench_selection [FOLDER]; ends with 1 where one of them takes longer.
"""

import datetime as dt
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from exporters.composing import Options, composed, to_data
from models.domain.documents.selection import TABLE
from models.paper.kinds import BY_KEY
from models.queries.figures.scope import Scope
from models.queries.selection.choices import Choice
from models.queries.selection.findings import select_findings
from models.records import Inspection
from models.services.documents import check_paper
from models.services.unit_of_work import Workspace
from models.storage.engine import Store
from tests.benchmarks.findings import folder_with, say

FINDINGS = 1_000
MOST = 500
"""Milliseconds either may take."""
_OF_CASES = ("accountability_bulletin", "correction", "free_paper")


def median(do: Callable[[], Any], repeat: int = 5) -> float:
    """Milliseconds of the processor, the median of several runs: what they take on a machine that does nothing else."""
    taken = []
    for _ in range(repeat):
        start = time.process_time()
        do()
        taken.append((time.process_time() - start) * 1000)
    return statistics.median(taken)


def check(session: Session, kind: str, today: dt.date) -> float:
    """Milliseconds the check of a paper of everything takes."""
    options = Options(include=True, from_=today - dt.timedelta(days=700))
    made = composed(session, kind, options)
    taken = median(lambda: check_paper(session, made.paper, to_data(options)), 3)
    say(f"{kind}: check of {len(made.selection.included)} findings {taken:.0f} ms")
    return taken


def main(root: Path) -> int:
    """Print both figures of every kind a county composes from findings."""
    workspace = Workspace(Store(folder_with(FINDINGS, root)))
    today, worst = workspace.today, 0.0
    with workspace.reading() as session:
        trips = session.scalars(select(Inspection)).all()
        for kind in (kind for kind, role in TABLE if role == "county" and kind not in _OF_CASES):
            choice = Choice(kind, "county", today, Scope(from_=today - dt.timedelta(days=700)), include=True)
            looked = len(select_findings(session, choice, trips).judged)
            taken = median(lambda choice=choice: select_findings(session, choice, trips))  # type: ignore[misc]
            worst = max(worst, taken)
            say(f"{kind}: selection of {looked} findings {taken:.0f} ms")
            if not BY_KEY[kind].to_one_unit:
                worst = max(worst, check(session, kind, today))
    say(f"slowest {worst:.0f} ms of {MOST} ms")
    return int(worst > MOST)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else temporary)))
