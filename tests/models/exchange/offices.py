"""A county and its townships, each with its own data folder, for the tests of the exchange."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from models.exchange import build, merge, plan
from models.records import Feedback, Finding, Unit
from models.services import attachments, findings, office_setup, records, unit_answers
from models.services.unit_of_work import Workspace
from models.storage import backup
from models.storage.data_folder import DataFolder
from models.storage.engine import Store
from models.storage.picture_metadata import format_of

NAMES = ["柳河镇", "青石镇", "白沙乡", "城关街道", "东岗镇", "石桥乡", "双河镇", "云峰乡", "金鸡镇", "南坪乡"]
COUNTY = "云水县疫情防控指挥部办公室"
DONE = {
    "outcome": "已整改", "measures": "已配齐测温设备，安排专人值守。", "finished_on": dt.date(2022, 3, 10),
    "person": "何平", "no_evidence_reason": "现场复核",
}  # fmt: skip
ONGOING = {"outcome": "正在推进", "measures": "正在采购设备。", "person": "何平"}
GIVEN: dict[str, dict[str, Any]] = {
    "sign_for": {"received_on": dt.date(2022, 3, 16)},
    "close": {
        "verifier": "王晓燕", "method": "现场核查", "verified_on": dt.date(2022, 3, 16), "conclusion": "已整改到位",
        "approver": "陈志远",
    },
    "return_": {"reason": "照片看不清"},
    "suspend": {"coordinator": "住建局", "review_on": dt.date(2022, 12, 1)},
    "resume": {"reason": "资金已落实"},
    "revoke": {"reason": "核实无误", "approver": "陈志远"},
    "rebound": {"on": dt.date(2022, 3, 16), "situation": "又出现", "new_deadline": dt.date(2022, 12, 1)},
    "void": {"reason": "重复"},
}  # fmt: skip


class Seat:
    """One office: its data folder and the desk at it."""

    def __init__(self, root: Path, pristine: Path, clock: Callable[[], dt.datetime]) -> None:
        shutil.copytree(pristine, root)
        self.folder = DataFolder(root)
        self._clock = clock
        self.open()

    def open(self) -> None:
        self.store = Store(self.folder)
        self.workspace = Workspace(self.store, operator="王晓燕", clock=self._clock)

    def found(self, role: str, name: str, short: str) -> None:
        office_setup.found_office(self.workspace, {"role": role, "name": name, "short_name": short})

    def keep(self) -> Path:
        """A snapshot to go back to."""
        self._number = getattr(self, "_number", 0) + 1
        return backup.snapshot(self.folder, f"试{self._number}", self.workspace.now)

    def go_back(self, snapshot: Path) -> None:
        self.store.close()
        backup.restore(self.folder, snapshot, self.workspace.now)
        self.open()

    def all(self, cls: type, *where: Any) -> list[Any]:
        with self.workspace.reading() as session:
            return list(session.scalars(select(cls).where(cls.deleted_at.is_(None), *where).order_by(cls.id)))

    def one(self, cls: type, *where: Any) -> Any:
        (found,) = self.all(cls, *where)
        return found

    def take_in(self, path: Path, **more: Any) -> merge.Taken:
        decisions = more.pop("decisions", None)
        return merge.apply(self.workspace, plan.read(self.workspace, path, **more), decisions)

    def counts(self, path: Path, **more: Any) -> dict[str, int]:
        return {sort: n for sort, n in plan.read(self.workspace, path, **more).counts.items() if n}


class County:
    """One county, some townships, and the stick between them."""

    def __init__(self, root: Path, pristine: Path, clock: Callable[[], dt.datetime], townships: int = 1) -> None:
        """Found every office, or open copies of them where ``pristine`` holds such a county already."""
        self.stick = root / "U 盘"
        self.stick.mkdir(parents=True)
        ready = (pristine / "county").is_dir()
        self.office = Seat(root / "county", pristine / "county" if ready else pristine, clock)
        self.units = [
            Seat(root / f"unit{n}", pristine / f"unit{n}" if ready else pristine, clock) for n in range(townships)
        ]
        if not ready:
            self._found()
        self.unit_ids = [unit.id for unit in self.office.all(Unit)[1:]]

    def _found(self) -> None:
        self.office.found("county", COUNTY, "县防控办")
        for number, unit in enumerate(self.units):
            name = NAMES[number] if number < len(NAMES) else f"第{number}镇"
            records.create(self.office.workspace, Unit, {"name": name, "kind": "乡镇"})
            unit.found("unit", f"云水县{name}人民政府", name)

    def hand_over(self, number: int = 0, **values: Any) -> Finding:
        """A problem that was handed to a township."""
        given = {
            "fact": "体温检测点无人值守。", "kind": "测温", "source_level": "县", "found_on": dt.date(2022, 3, 5),
            "unit_id": self.unit_ids[number], **values,
        }  # fmt: skip
        id_ = records.create(self.office.workspace, Finding, given).id
        self.step(id_, "hand_over", deadline=dt.date(2022, 3, 30), requirement="立即整改")
        return self.office.one(Finding, Finding.id == id_)

    def step(self, finding_id: int, key: str, **given: Any) -> None:
        findings.take(self.office.workspace, finding_id, key, {**GIVEN.get(key, {}), **given})

    def task(self, number: int = 0, **more: Any) -> Path:
        return build.task(self.office.workspace, self.unit_ids[number], self.stick, **more).path

    def answer(self, number: int = 0, **more: Any) -> Path:
        return build.answer(self.units[number].workspace, self.stick, **more).path

    def send(self, number: int = 0, **more: Any) -> merge.Taken:
        """The county's package, delivered at once."""
        return self.units[number].take_in(self.task(number, **more))

    def collect(self, number: int = 0, **more: Any) -> merge.Taken:
        """The township's package, delivered at once."""
        return self.office.take_in(self.answer(number, **more))

    def write(self, number: int = 0, serial: str = "", evidence: bytes = b"", **values: Any) -> Feedback:
        """A feedback typed at a township, on its first problem or the one of that serial."""
        unit = self.units[number]
        finding = unit.all(Finding, *([Finding.serial == serial] if serial else []))[0]
        given = {**DONE, **({"no_evidence_reason": "", "evidence": 1} if evidence else {}), **values}
        unit_answers.write_feedback(unit.workspace, finding.id, given)
        feedback = unit.all(Feedback, Feedback.finding_id == finding.id)[-1]
        if evidence:
            attachments.attach(unit.workspace, feedback, evidence, f"整改后.{'png' if format_of(evidence) else 'txt'}")
        return unit.one(Feedback, Feedback.id == feedback.id)

    def close(self) -> None:
        for seat in (self.office, *self.units):
            seat.store.close()
