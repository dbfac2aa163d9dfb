"""A document to be measured: its pages, its lines of text, and the distance between them."""

import statistics
from collections import Counter
from functools import cached_property
from itertools import combinations, pairwise
from pathlib import Path

import pymupdf

from tests.measure.page import Line, Page
from tests.measure.standard import BODY, BOTTOM, TOP, USUAL_PITCH, near
from tests.measure.word import WordFacts, facts


class Document:
    """A PDF, with the .docx it came from if there is one."""

    def __init__(self, pdf: Path, docx: Path | None, *, profile: str, form: str) -> None:
        """Read the pages.

        Args:
            pdf: The rendered pages.
            docx: The file they were rendered from.
            profile: ``full`` for a document with red header, ``plain`` for a working paper.
            form: ``general``, or ``letter`` for 信函格式.
        """
        with pymupdf.open(pdf) as opened:
            self.pages = [Page(page, number) for number, page in enumerate(opened, 1)]
        self.word: WordFacts | None = facts(docx) if docx else None
        self.is_full, self.is_letter = profile == "full", form == "letter"

    def required(self, ok: bool | None) -> bool | None:
        """The verdict of an element a full document must have: what is missing there fails."""
        return False if ok is None and self.is_full else ok

    @cached_property
    def upright(self) -> list[Page]:
        """The pages that are not turned."""
        return [page for page in self.pages if page.is_upright]

    @cached_property
    def lines(self) -> list[Line]:
        """All lines, page by page."""
        return [line for page in self.pages for line in page.lines]

    def body_of(self, page: Page) -> list[Line]:
        """The lines of 3号 inside the type area."""
        return [line for line in page.lines if near(line.size, BODY, 0.6) and TOP - 3 < line.y < BOTTOM + 2]

    @cached_property
    def body(self) -> list[Line]:
        """The lines of 3号 on all upright pages."""
        return [line for page in self.upright for line in self.body_of(page)]

    @cached_property
    def flow(self) -> list[Line]:
        """All lines inside the type area, page by page."""
        return [line for line in self.lines if TOP - 3 < line.y < BOTTOM + 3]

    @cached_property
    def pitch(self) -> float | None:
        """The distance of two lines of the text, measured over the longest stretch of even lines."""
        steps = [b.y - a.y for page in self.upright for a, b in pairwise(self.body_of(page)) if 7 < b.y - a.y < 14]
        if not steps:
            return None
        usual = Counter(round(step, 1) for step in steps).most_common(1)[0][0]
        rough = statistics.median(step for step in steps if abs(step - usual) < 0.15)
        stretches = [found for page in self.upright if (found := _longest_even(self.body_of(page), rough))]
        return max(stretches, key=lambda found: found[0])[1] if stretches else rough

    @property
    def usual_pitch(self) -> float:
        """The distance of two lines, or the standard's where the document has too few to tell."""
        return self.pitch or USUAL_PITCH


def _longest_even(lines: list[Line], pitch: float) -> tuple[int, float] | None:
    """The longest stretch of four steps and more in which every line stands a whole number of them from the first."""
    found: tuple[int, float] | None = None
    for first, last in combinations(range(len(lines)), 2):
        steps = [(line.y - lines[first].y) / pitch for line in lines[first : last + 1]]
        count = round(steps[-1])
        if count < 4 or last - first < 4 or any(abs(step - round(step)) >= 0.1 for step in steps):
            continue
        if found is None or count > found[0]:
            found = count, (lines[last].y - lines[first].y) / count
    return found
