"""Compose the nine kinds of an invented county, plant each mistake, and see what the check says and where."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exporters.composing import composed, settled, to_data
from exporters.docx.writer import write_docx
from models.errors import Refusal
from models.paper.checks.before_issue import Notice
from models.paper.editing import key_of, with_fields
from models.paper.elements import Paper
from models.services import documents
from models.text_files import review as reviewing
from models.text_files.parts import parts_of
from tests.offices.made import SHAPES, office
from tests.offices.office import Desk
from tests.planted.defects import DEFECTS, Defect

KINDS = (
    "findings_bulletin", "accountability_bulletin", "rectification_notice", "reminder", "inspection_report",
    "rectification_report", "rectification_plan", "self_inspection_report", "period_summary",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tried:
    """One mistake in one paper: what was said at its place that was not said before."""

    defect: str
    kind: str
    caught: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()


class Papers:
    """One invented county with a paper of each kind."""

    def __init__(self, folder: Path) -> None:
        self._desk = Desk(office(SHAPES[0]), folder)
        self.papers: dict[str, tuple[Paper, dict[str, Any]]] = {}
        with self._desk.workspace.reading() as session:
            for expected in self._desk.office.papers:
                if expected.kind not in self.papers:
                    options = self._desk._options(session, expected)
                    made = composed(session, expected.kind, options)
                    numbered = made.paper
                    if numbered.format != "plain":
                        numbered = with_fields(numbered, {"number": "云指办〔2024〕1号"})
                    self.papers[expected.kind] = (numbered, to_data(settled(options, made.selection, "")))

    def close(self) -> None:
        self._desk.close()

    def checked(self, paper: Paper, options: dict[str, Any]) -> tuple[Notice, ...]:
        with self._desk.workspace.reading() as session:
            return documents.check_paper(session, paper, options)

    def tried(self) -> Iterator[Tried]:
        """Each mistake in each kind of paper that it makes sense in, one after the other kind by kind."""
        for defect in DEFECTS:
            for kind in defect.only or _spread(defect):
                paper, options = self.papers[kind]
                planted = defect.plant(paper)
                if planted is None:
                    continue
                before = set(self.checked(paper, options))
                found = [one for one in self.checked(planted[0], options) if one not in before]
                here = [one.code for one in found if _stands(planted[0], one, planted[1])]
                yield Tried(defect.name, kind, tuple(here), tuple(one.code for one in found if one.code not in here))

    def reviewed(self, folder: Path) -> Iterator[Tried]:
        """The same in Word documents, without the records: one kind of paper a mistake."""
        for defect in DEFECTS:
            for kind in (defect.only or _spread(defect))[:1]:
                paper, _options = self.papers[kind]
                planted = defect.plant(paper)
                if planted is not None:
                    before = {(one.notice.code, one.notice.sentence) for one in _read(paper, folder)}
                    found = [
                        one for one in _read(planted[0], folder) if (one.notice.code, one.notice.sentence) not in before
                    ]
                    yield Tried(defect.name, kind, tuple(one.notice.code for one in found))


def _read(paper: Paper, folder: Path) -> tuple[reviewing.Remark, ...]:
    """A paper written as Word and read back, within this process."""
    target = folder / "文稿.docx"
    write_docx(paper, target)
    told = parts_of(target)
    return reviewing.of_parts(told).remarks


def _spread(defect: Defect) -> tuple[str, ...]:
    """Three kinds of paper, other ones for each mistake."""
    start = [one.name for one in DEFECTS].index(defect.name)
    return tuple(KINDS[(start + step) % len(KINDS)] for step in (0, 2, 5))


def _stands(paper: Paper, notice: Notice, part: str) -> bool:
    """Whether a notice stands at a part."""
    if part == "lead":
        return notice.key in ("title", "") or notice.key.startswith(("lead", "group", "findings"))
    if part.startswith("blocks."):
        at = int(part.removeprefix("blocks."))
        return notice.at == at or notice.key == part or (notice.key != "" and notice.key == key_of(paper.blocks[at]))
    return notice.key == part


LEAST = 58
"""Kinds of mistakes that must be caught in every paper they were planted in."""
TRUE_OF_THEM = frozenset({"deadline_recorded", "addressees", "addressee_unknown", "left_out", "order_basis"})
"""Said of the tests' offices rightly: problems past their deadline, no addressee was typed, somebody is left out."""


def counted(rows: Iterable[Tried]) -> tuple[int, int]:
    """Of how many kinds of mistakes all were caught, and how many kinds there are."""
    caught: dict[str, bool] = {}
    for row in rows:
        caught[row.defect] = caught.get(row.defect, True) and bool(row.caught)
    return sum(caught.values()), len(caught)


def clean(folder: Path, shapes: Iterable[int] = (0, 1, 6, 9, 12, 18, 19)) -> Iterator[tuple[str, list[str]]]:
    """Every paper of some offices as it was composed, and what was said of it without reason."""
    for number in shapes:
        desk = Desk(office(SHAPES[number]), folder / f"{number}")
        for expected in desk.office.papers:
            with desk.workspace.reading() as session:
                options = desk._options(session, expected)
                try:
                    made = composed(session, expected.kind, options)
                except Refusal:
                    continue
                paper = made.paper
                if paper.format != "plain":
                    paper = with_fields(paper, {"number": "云指办〔2024〕1号"})
                found = documents.check_paper(session, paper, to_data(settled(options, made.selection, "")))
            told = [one.code for one in found if one.code not in TRUE_OF_THEM]
            read = [one.notice.code for one in _read(paper, folder) if one.notice.code not in _TRUE_IN_WORD]
            yield f"{number} {expected.kind}", [*told, *(f"review:{code}" for code in read)]
        desk.close()


_TRUE_IN_WORD = frozenset({"deadline", "addressees", "order_basis"})
