"""A bulletin of a thousand items composed, written, laid out and edited; prints times and growth, asserts nothing.

Run: PYTHONPATH=. python tests/benchmarks/bench_editor.py
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from findings import folder_with, say

from exporters.composing import Options, compose
from exporters.docx.writer import write_docx
from exporters.pages import lay_out, page_image, write_pdf
from models.paper import editing
from models.paper.elements import Paper
from models.services.unit_of_work import Workspace
from models.storage.engine import Store

SIZES = (250, 500, 1000, 2000)


def timed(deed: Callable[[], object], times: int = 3) -> float:
    """The least seconds a deed takes."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        deed()
        best = min(best, time.perf_counter() - start)
    return best


def first_page(paper: Paper) -> None:
    """What the clerk waits for: the pages known, the first one painted."""
    page_image(lay_out(paper), 0, 96)


def edited(paper: Paper) -> Callable[[], object]:
    """One key typed in the middle of the text, and the pages again."""
    at, typed = len(paper.blocks) // 2, iter(range(10**6))

    def deed() -> None:
        lay_out(editing.replace_text(paper, at, f"{editing.text_of(paper.blocks[at])}{next(typed)}"))

    return deed


def measure(workspace: Workspace, items: int, target: Path) -> dict[str, float]:
    """Seconds of every step for a bulletin of so many items, each a paragraph of its own."""
    options = Options(finding_ids=tuple(range(100, 100 + items)), merge_like=False, detail="full")
    with workspace.reading() as session:
        composing = timed(lambda: compose(session, "findings_bulletin", options))
        paper = compose(session, "findings_bulletin", options)
    lay_out(msgspec.structs.replace(paper, blocks=paper.blocks[:3]))
    start = time.perf_counter()
    first_page(paper)
    first = time.perf_counter() - start
    return {
        "composed": composing,
        "first page": first,
        "edit": timed(edited(paper)),
        ".docx": timed(lambda: write_docx(paper, target / "paper.docx")),
        ".pdf": timed(lambda: write_pdf(paper, target / "paper.pdf"), 1),
    }


def main() -> None:
    """Print a line a size, then how much more the largest takes than the smallest, against its size."""
    kept = Path(tempfile.gettempdir()) / "duchatong-bench"
    store = Store(folder_with(10_000, kept))
    workspace, found = Workspace(store), {}
    for items in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            found[items] = measure(workspace, items, Path(folder))
        say(f"{items:5} items: " + ", ".join(f"{name} {spent * 1000:.0f} ms" for name, spent in found[items].items()))
    for name in found[SIZES[0]]:
        growth = found[SIZES[-1]][name] / found[SIZES[0]][name]
        say(f"{name:10}: {SIZES[-1] // SIZES[0]}x the items take {growth:.1f}x the time")
    store.close()


if __name__ == "__main__":
    main()
