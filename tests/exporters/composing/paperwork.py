"""Builds invented offices for the tests of documents, and reads papers back as text."""

import datetime as dt
import tempfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from models.paper.elements import Paper, Paragraph, Photos, Table
from models.paper.numbering import ordinals
from models.records import (
    AccountabilityCase,
    Campaign,
    Disposition,
    Feedback,
    Finding,
    Inspection,
    Office,
    Party,
    Plan,
    Record,
    Site,
    Team,
    Unit,
    Visit,
)
from models.services import cases, findings, records  # noqa: F401  (their preparing hooks)
from models.services.unit_of_work import Workspace
from models.storage.data_folder import DataFolder
from models.storage.engine import Store

TODAY = dt.datetime(2022, 3, 20, 9, 0)


def day(month: int, number: int, year: int = 2022) -> dt.date:
    return dt.date(year, month, number)


@cache
def blank() -> bytes:
    """An empty database; the migrations run once for all tests."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "blank"
        Store(DataFolder(root)).close()
        return DataFolder(root).database.read_bytes()


class Bureau:
    """A data folder being filled: every ``add`` is one record by the actions a clerk uses."""

    def __init__(self, root: Path, **office: Any) -> None:
        root.mkdir(parents=True)
        DataFolder(root).database.write_bytes(blank())
        self.workspace = Workspace(Store(DataFolder(root)), "周敏", clock=lambda: TODAY)
        values = {
            "role": "county", "name": "云岭县疫情防控指挥部办公室", "short_name": "县防控办", "county_name": "云岭县",
            "mark": "云岭县疫情防控指挥部办公室", "number_code": "云防指办", "contact": "周敏", "phone": "0000-1234567",
            "addressees": "各乡镇人民政府\n县直各有关单位", "copy_to": "县委办公室\n县政府办公室", "signer": "方正明",
        }  # fmt: skip
        self.add(Office, **(values | office))
        self.campaign = self.add(Campaign, name="疫情防控", active=True)
        self.units: dict[str, int] = {}
        self.root = self.unit("云岭县", "县")

    def add(self, cls: type[Record], **values: Any) -> int:
        return records.create(self.workspace, cls, values).id

    def unit(self, name: str, kind: str = "乡镇", parent: str = "", **more: Any) -> int:
        if name not in self.units:
            above = self.units.get(parent) if parent else (self.units.get("云岭县") if kind != "县" else None)
            self.units[name] = self.add(Unit, name=name, kind=kind, parent_id=above, **more)
        return self.units[name]

    def site(self, name: str, unit: str, kind: str = "药店", **more: Any) -> int:
        return self.add(Site, name=name, kind=kind, unit_id=self.unit(unit), **more)

    def finding(self, fact: str, **more: Any) -> int:
        values = {"kind": "管控措施不到位", "source_level": "县", "found_on": day(3, 2), "status": "待交办",
                  "campaign_id": self.campaign}  # fmt: skip
        return self.add(Finding, fact=fact, **(values | more))

    def case(self, fact: str, parties: list[Mapping[str, Any]], **more: Any) -> int:
        case = self.add(AccountabilityCase, fact=fact, **({"campaign_id": self.campaign, "stage": "决定"} | more))
        for values in parties:
            self.party(case, **values)
        return case

    def party(self, case: int, measures: tuple[Mapping[str, Any], ...] = (), **values: Any) -> int:
        party = self.add(Party, case_id=case, **values)
        for measure in measures:
            self.add(Disposition, party_id=party, **measure)
        return party

    def team(self, name: str, number: int) -> int:
        return self.add(Team, name=name, number=number, campaign_id=self.campaign)

    def inspection(self, team: int, unit: str, **more: Any) -> int:
        values = {"kind": "综合", "starts_on": day(3, 1), "ends_on": day(3, 4), "methods": ["四不两直", "实地走访"]}
        return self.add(Inspection, team_id=team, unit_id=self.unit(unit), campaign_id=self.campaign, **(values | more))

    def visit(self, inspection: int, site: int, on: dt.date | None = None) -> int:
        return self.add(Visit, inspection_id=inspection, site_id=site, on=on or day(3, 2))

    def plan(self, finding: int, measures: str, **more: Any) -> int:
        return self.add(Plan, finding_id=finding, measures=measures, **more)

    def feedback(self, finding: int, **more: Any) -> int:
        return self.add(Feedback, finding_id=finding, **more)

    def set_campaign(self, name: str) -> None:
        self.set(Campaign, self.campaign, name=name)

    def set(self, cls: type[Record], id_: int, **values: Any) -> None:
        with self.workspace.writing("补录") as work:
            work.set(work.get(cls, id_), **values)

    def compose(self, kind: str, **options: Any) -> Paper:
        """A document of the records as they stand; cases the table only asks about are taken in."""
        from exporters.composing import Options, compose

        if kind == "accountability_bulletin":
            options = {"include": True, "approver": "方正明"} | options
        with self.workspace.reading() as session:
            return compose(session, kind, Options(**({"date": day(3, 20)} | options)))


def texts(paper: Paper) -> Iterator[str]:
    """Every paragraph as printed, ordinals included; tables row by row."""
    for blocks in (paper.blocks, *(annex.blocks for annex in paper.annexes)):
        for block, ordinal in zip(blocks, ordinals(blocks), strict=True):
            if isinstance(block, Paragraph):
                yield ordinal + block.heading + block.text
            elif isinstance(block, Table):
                yield from ("|".join(row) for row in block.rows)
            elif isinstance(block, Photos):
                yield block.caption


def text(paper: Paper) -> str:
    return "\n".join([paper.title.replace("\n", ""), paper.subtitle, *texts(paper)])
