"""A month between a county and its townships: packages lost, doubled, out of order, offices restored.

Some packages come from an older release. There is one format so far, so an older release is one of the same format
that knew fewer keys and fields (``older.LATER``) and sent no receipts along; offices change their release from one
package to the next, back and forth. Packages of every format ever released are read in ``test_older_release``.
"""

import contextlib
import datetime as dt
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from office import Clock
from offices import County, Seat
from older import aged
from sqlalchemy import select

from models.domain.findings.lifecycle import STEPS, Status
from models.domain.findings.unit_status import LocalStatus
from models.errors import Refusal
from models.exchange import pairing
from models.exchange.content import TRAVELS
from models.exchange.plan import WantsPairing
from models.queries import integrity
from models.records import Attachment, Campaign, Change, Feedback, Finding, Peer, Plan, Site, Unit, fields_of

LEGAL = {(source, target) for step in STEPS for source in step.sources for target in (step.route(source) or (source,))}
LEGAL |= {(source, step.route(source)[-1]) for step in STEPS for source in step.sources if step.route(source)}
BY_IMPORT = {"status", "received_on", "submitted_on", "solved_count", "version"}
"""What a township's answer may change in the county's own record, through the step that takes it in."""
PICK = st.integers(0, 10_000)
TEXT = st.sampled_from(["设备已到位。", "已安排专人值守。", "正在联系厂家。"])


class IncomingPackage(NamedTuple):
    """A package on its way between the county and a township."""

    number: int
    to_county: bool
    path: Path
    key: bytes
    """The pairing key it is sealed by."""


class Month(RuleBasedStateMachine):
    """Each rule is something a clerk, a stick or a broken disk does."""

    pristine: Path
    townships = 3

    @initialize()
    def begin(self) -> None:
        self.root = Path(tempfile.mkdtemp())
        self.clock = Clock()
        self.county = County(self.root, self.pristine, self.clock, self.townships)
        self.under_way: list[IncomingPackage] = []
        self.snapshots: list[tuple[Seat, Path]] = []

    def unit(self, pick: int) -> int:
        return pick % self.townships

    @rule(pick=PICK, both=st.booleans())
    def hand_over(self, pick: int, both: bool) -> None:
        other = {"department_id": self.county.unit_ids[self.unit(pick + 1)]} if both else {}
        self.county.hand_over(self.unit(pick), campaign_id=1, **other)

    def keys(self, number: int) -> tuple[bytes | None, bytes | None]:
        """The pairing key the county has for a township, and the township's own."""
        office, unit = self.county.office, self.county.units[number]
        known = office.all(Peer, Peer.unit_id == self.county.unit_ids[number]), unit.all(Peer, Peer.role == "county")
        ours, theirs = (peers[0].key if peers else None for peers in known)
        return ours, theirs

    def parcel(self, number: int, *, to_county: bool, older: bool = False) -> IncomingPackage:
        """A package on its stick; one of an older release is written again the way that would have."""
        path = self.county.answer(number) if to_county else self.county.task(number)
        key = self.keys(number)[to_county]
        assert key is not None
        if older:
            aged(path, key)
        return IncomingPackage(number, to_county, path, key)

    @rule(pick=PICK, older=st.booleans())
    def send(self, pick: int, older: bool) -> None:
        with contextlib.suppress(Refusal):
            self.under_way.append(self.parcel(self.unit(pick), to_county=False, older=older))

    @rule(pick=PICK, outcome=st.sampled_from(["已整改", "正在推进", "异议(不属实)"]), text=TEXT, shown=st.booleans())
    def write(self, pick: int, outcome: str, text: str, shown: bool) -> None:
        number = self.unit(pick)
        found = self.county.units[number].all(Finding)
        if not found:
            return
        serial = found[pick % len(found)].serial
        evidence = text.encode() if shown and outcome == "已整改" else b""
        with contextlib.suppress(Refusal):
            self.county.write(number, serial, evidence, outcome=outcome, measures=text, reason="有据")

    @rule(pick=PICK, text=TEXT)
    def plan(self, pick: int, text: str) -> None:
        from models.services import unit_answers

        unit = self.county.units[self.unit(pick)]
        found = unit.all(Finding)
        if found:
            unit_answers.write_plan(
                unit.workspace, found[pick % len(found)].id, {"measures": text, "due_text": str(pick)}
            )

    @rule(pick=PICK, older=st.booleans())
    def answer(self, pick: int, older: bool) -> None:
        with contextlib.suppress(Refusal):
            self.under_way.append(self.parcel(self.unit(pick), to_county=True, older=older))

    @precondition(lambda self: self.under_way)
    @rule(pick=PICK, again=st.booleans())
    def deliver(self, pick: int, again: bool) -> None:
        """Any package, not the first sent; it may come a second time."""
        place = pick % len(self.under_way)
        parcel = self.under_way[place]
        if not again:
            self.under_way.pop(place)
        self.hand_in(parcel)

    def hand_in(self, parcel: IncomingPackage) -> None:
        """Only what was sealed by a key its receiver has not got, since one of them went back a day, is refused.

        A township that is to pair anew telephones: the county confirms the key it has now.
        """
        seat = self.county.office if parcel.to_county else self.county.units[parcel.number]
        ours, theirs = self.keys(parcel.number)
        told = ""
        try:
            seat.take_in(parcel.path)
        except WantsPairing:
            if parcel.key == ours:
                seat.take_in(parcel.path, pair_anew=True)
        except Refusal as refusal:
            told = refusal.sentence
        assert not told or parcel.key != (ours if parcel.to_county else theirs), told

    @precondition(lambda self: self.under_way)
    @rule(pick=PICK)
    def lose(self, pick: int) -> None:
        self.under_way.pop(pick % len(self.under_way))

    @rule(pick=PICK, key=st.sampled_from(sorted({s.key for s in STEPS} - {"submit", "hand_over", "report"})))
    def decide(self, pick: int, key: str) -> None:
        found = self.county.office.all(Finding)
        if not found:
            return
        finding, given = found[pick % len(found)], dict[str, Any]()
        if key == "extend":
            later = (finding.deadline or self.clock().date()) + dt.timedelta(days=3)
            given = {"applicant": "何平", "approver": "陈志远", "reason": "设备未到货", "new_deadline": later}
        if key == "reassign":
            given = {"unit_id": self.county.unit_ids[self.unit(pick // 7)], "reason": "属地有误"}
        with contextlib.suppress(Refusal):
            self.county.step(finding.id, key, **given)

    @rule(pick=PICK)
    def copy(self, pick: int) -> None:
        seat = [self.county.office, *self.county.units][pick % (self.townships + 1)]
        self.snapshots.append((seat, seat.keep()))

    @precondition(lambda self: self.snapshots)
    @rule(pick=PICK)
    def restore(self, pick: int) -> None:
        seat, path = self.snapshots[pick % len(self.snapshots)]
        seat.go_back(path)

    @rule()
    def sleep(self) -> None:
        self.clock.now += dt.timedelta(hours=7)

    def teardown(self) -> None:
        if not hasattr(self, "county"):
            return
        try:
            self.hold_the_closing_day()
            self.check_soundness()
            self.check_feedback()
            self.check_status()
            self.check_owners()
        finally:
            self.county.close()
            shutil.rmtree(self.root)

    def hold_the_closing_day(self) -> None:
        """What was left lying comes after all, then everyone writes once more."""
        for parcel in self.under_way:
            self.hand_in(parcel)
        for _ in range(2):
            for number in range(self.townships):
                self.bring(number)
                with contextlib.suppress(Refusal):
                    self.county.collect(number)
                self.bring(number)

    def bring(self, number: int) -> None:
        """The county's package, delivered at once; where the township cannot read it the county pairs anew."""
        with contextlib.suppress(Refusal):
            self.hand_in(self.parcel(number, to_county=False))
            ours, theirs = self.keys(number)
            if ours != theirs:
                office = self.county.office
                pairing.pair_anew(office.workspace, office.one(Peer, Peer.unit_id == self.county.unit_ids[number]).id)
                self.hand_in(self.parcel(number, to_county=False))

    def told(self, number: int) -> bool:
        """Whether the county has anything to send to a township; one that went back may have forgotten it all."""
        id_ = self.county.unit_ids[number]
        handed = (f for f in self.county.office.all(Finding) if f.handed_on)
        return any(id_ in (f.unit_id, f.department_id) for f in handed)

    def check_soundness(self) -> None:
        """What is kept in every office fits together."""
        for seat in (self.county.office, *self.county.units):
            assert integrity.check(seat.folder) == []

    def check_feedback(self) -> None:
        """Every feedback a township holds is in the county, once, word for word, with its photo."""
        here = {f.uuid: f for f in self.county.office.all(Feedback)}
        files = Counter(a.owner_uuid for a in self.county.office.all(Attachment))
        known = {f.uuid for f in self.county.office.all(Finding)}
        for number, unit in enumerate(self.county.units):
            findings = {f.id: f for f in unit.all(Finding)}
            for feedback in unit.all(Feedback):
                finding = findings[feedback.finding_id]
                if finding.uuid not in known:  # The county went back to a day before it wrote the problem down.
                    assert finding.local_status == LocalStatus.LEFT or not self.told(number)
                    continue
                arrived = here[feedback.uuid]
                assert arrived.measures == feedback.measures
                assert files[feedback.uuid] == len(unit.all(Attachment, Attachment.owner_uuid == feedback.uuid))
                assert feedback.arrived
                assert arrived.origin == feedback.origin

    def check_status(self) -> None:
        with self.county.office.workspace.reading() as session:
            changes = session.scalars(select(Change).where(Change.table == "finding")).all()
        for change in changes:
            after, before = change.after.get("status"), (change.before or {}).get("status")
            if before and after and not change.deed.startswith("导入前"):
                assert (Status(before), Status(after)) in LEGAL | {(Status(before), Status(before))}

    def check_owners(self) -> None:
        """No answer changed what is the county's, and the townships hold what the county says."""
        county = self.county.office
        with county.workspace.reading() as session:
            changes = session.scalars(select(Change).where(Change.deed.startswith("导入“"))).all()
        for change in changes:
            if change.table == "finding":
                assert change.before is not None
                assert set(change.after) <= BY_IMPORT
            assert change.table in {"finding", "feedback", "plan", "attachment", "peer", "package", "receipt"}
        ours = {f.uuid: f for f in county.all(Finding)}
        for number, unit in enumerate(self.county.units):
            for finding in unit.all(Finding):
                mine = ours.get(finding.uuid)
                answers = mine and self.county.unit_ids[number] in (mine.unit_id, mine.department_id)
                if answers or self.told(number):
                    assert (finding.local_status != LocalStatus.LEFT) == bool(answers)
                if answers:
                    refs = {n for n in TRAVELS["finding"] if fields_of(Finding)[n].kind == "ref"}
                    for name in set(TRAVELS["finding"]) - refs:
                        assert getattr(finding, name) == getattr(mine, name), name
            theirs = {p.uuid: p.measures for p in county.all(Plan)}
            for one in unit.all(Plan):
                if any(f.id == one.finding_id and f.uuid in ours for f in unit.all(Finding)):
                    assert theirs[one.uuid] == one.measures
            assert len(unit.all(Unit, Unit.name == county.all(Unit)[number + 1].name)) <= 1
            assert len(unit.all(Campaign)) == 1
            assert unit.all(Site) == []


@pytest.fixture(scope="module")
def month(founded: Path) -> type[Month]:
    Month.pristine = founded
    return Month


def run(machine: type[Month], **more: Any) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(machine, settings=settings(suppress_health_check=list(HealthCheck), **more))


def test_a_month_loses_nothing(month: type[Month]) -> None:
    run(month, max_examples=10, stateful_step_count=35)


@pytest.mark.full
def test_a_month_of_thirty_townships_loses_nothing(pristine: Path) -> None:
    thirty = type("MonthOfThirty", (Month,), {"pristine": pristine, "townships": 30})
    run(thirty, max_examples=20, stateful_step_count=300)


@pytest.mark.full
def test_many_months_lose_nothing(month: type[Month]) -> None:
    run(month, max_examples=120, stateful_step_count=60)
