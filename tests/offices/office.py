"""An invented office: its settings, what is typed into the import workbook, and the papers it is to write."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from sqlalchemy import select
from sqlalchemy.orm import Session

from exporters.composing import Options, composed
from exporters.docx.writer import write_docx
from models.domain.dictionaries import phrases
from models.errors import Refusal
from models.intake.apply import apply
from models.intake.preview import preview
from models.intake.workbook import read
from models.paper.elements import Paper
from models.records import AccountabilityCase, Finding, Inspection, Team, Unit
from models.services.office_setup import found_office
from models.services.unit_of_work import Workspace
from models.storage.data_folder import DataFolder
from models.storage.engine import Store
from tests.models.intake.typing_in import Rows, filled
from tests.offices.facts import Expected, Read, Score, compare


@dataclass(frozen=True)
class InventedOffice:
    """An office with the list of what its papers must say."""

    name: str
    settings: Mapping[str, Any]
    campaign: str
    rows: Rows
    papers: tuple[Expected, ...]
    date: dt.date = dt.date(2024, 7, 5)


@cache
def _blank() -> bytes:
    """An empty database; the migrations run once for all offices."""
    with TemporaryDirectory() as folder:
        root = Path(folder) / "blank"
        Store(DataFolder(root)).close()
        return DataFolder(root).database.read_bytes()


class Desk:
    """An office typed in: founded, its workbook filled and imported as a clerk does it."""

    def __init__(self, office: InventedOffice, folder: Path) -> None:
        self.office, self.folder = office, folder
        data = DataFolder(folder / "data")
        data.root.mkdir(parents=True)
        data.database.write_bytes(_blank())
        self.store = Store(data)
        self.workspace = Workspace(self.store, "周敏", clock=lambda: dt.datetime.combine(office.date, dt.time(9)))
        found_office(self.workspace, office.settings, office.campaign)
        self.left = self._import()

    def _import(self) -> list[str]:
        """Type the rows in and import them; what was not taken as it stands is told."""
        book = read(filled(self.folder / "导入.xlsx", self.office.rows, self.workspace))
        with self.workspace.reading() as session:
            found = preview(session, book, today=self.workspace.today)
        apply(self.workspace, found)
        return [
            f"{row.place} {'；'.join(reason.sentence for reason in row.reasons)}" for row in found.rows if row.reasons
        ]

    def close(self) -> None:
        """Close the data folder."""
        self.store.close()

    def score(self, expected: Expected) -> tuple[Score, Read]:
        """Compose a paper, write it as Word document, read that back and compare."""
        with self.workspace.reading() as session:
            options = self._options(session, expected)
            try:
                paper = composed(session, expected.kind, options).paper
            except Refusal as refusal:
                return Score(lost=(f"all: {refusal}",)), Read(())
        target = self.folder / f"{expected.kind}.docx"
        write_docx(paper, target)
        text = Read(tuple(_read(target, paper)))
        return compare(text, expected, self.sources(expected)), text

    def _options(self, session: Session, expected: Expected) -> Options:
        given: dict[str, Any] = {"date": self.office.date, **expected.choices}
        for key, (column, option) in _NAMED.items():
            if key in given:
                names = given.pop(key)
                ids = {name: id_ for id_, name in session.execute(select(column.class_.id, column)).tuples()}
                given[option] = tuple(ids[name] for name in names)
        return Options(**given)

    def sources(self, expected: Expected) -> list[str]:
        """Every text the office has given the program."""
        cells = [v for rows in self.office.rows.values() for row in rows for v in row.values()]
        days = [v for v in (*cells, *expected.choices.values(), self.office.date) if isinstance(v, dt.date)]
        texts = [str(v) for v in (*cells, *self.office.settings.values(), *expected.choices.values())]
        texts += [f"{d.year}年{d.month}月{d.day}日" for d in days]
        texts += [phrase.text for phrase in phrases()]
        return [*texts, self.office.campaign]


_NAMED: Mapping[str, tuple[Any, str]] = {
    "units": (Unit.name, "unit_ids"),
    "teams": (Team.name, "team_ids"),
    "inspections": (Inspection.code, "inspection_ids"),
    "cases": (AccountabilityCase.code, "case_ids"),
    "findings": (Finding.serial, "finding_ids"),
}


def _read(target: Path, paper: Paper) -> Iterator[str]:
    """Paragraphs and rows of a Word document, without the number of automatic lists, which the paper says."""
    yield paper.title.replace("\n", "")
    document = docx.Document(str(target))
    for element in document.element.body.iterchildren():
        if element.tag.endswith("}p"):
            if text := WordParagraph(element, document).text.strip():
                yield text
        elif element.tag.endswith("}tbl"):
            for row in WordTable(element, document).rows:
                yield "|".join(dict.fromkeys(cell.text for cell in row.cells))
