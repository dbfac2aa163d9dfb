"""Thousands of random steps, legal and illegal: no illegal status, and every count recounted from the log."""

import contextlib
import datetime as dt
import shutil
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from office import Clock
from sqlalchemy import select

from models.domain.findings import lifecycle
from models.domain.findings.lifecycle import ABOVE, STEPS, UNCOUNTED, Status
from models.errors import Refusal
from models.queries import integrity
from models.queries.figures import home as first_page
from models.records import Change, Finding, Unit
from models.services import findings, records, undo
from models.services.unit_of_work import Workspace
from models.storage.data_folder import DataFolder
from models.storage.engine import Store

DAYS = st.dates(dt.date(2022, 2, 1), dt.date(2022, 5, 1))
WORDS = st.sampled_from(["", "何平", "陈志远", "照片看不清", "设备未到货"])
GIVEN = st.fixed_dictionaries(
    {},
    optional={
        "deadline": DAYS, "requirement": WORDS, "received_on": DAYS, "measures": WORDS, "person": WORDS,
        "finished_on": DAYS, "reason": WORDS, "verifier": WORDS, "method": st.just("现场核查"), "verified_on": DAYS,
        "conclusion": st.just("已整改到位"), "approver": WORDS, "applicant": WORDS, "new_deadline": DAYS, "on": DAYS,
        "situation": WORDS, "coordinator": WORDS, "review_on": DAYS, "no_evidence_reason": WORDS,
        "outcome": st.sampled_from(["已整改", "部分完成", "正在推进", "异议", "长期坚持", "没有这一项"]),
        "done": st.integers(0, 4), "total": st.integers(0, 4), "reported_up_on": DAYS,
    },
)  # fmt: skip
FULL = {
    "deadline": dt.date(2022, 4, 1), "requirement": "立即整改", "received_on": dt.date(2022, 3, 10),
    "measures": "已整改", "person": "何平", "finished_on": dt.date(2022, 3, 12), "reason": "核实有误",
    "verifier": "王晓燕", "method": "现场核查", "verified_on": dt.date(2022, 3, 14), "conclusion": "已整改到位",
    "approver": "陈志远", "applicant": "何平", "new_deadline": dt.date(2022, 4, 28), "on": dt.date(2022, 3, 16),
    "situation": "又出现", "coordinator": "住建局", "review_on": dt.date(2022, 4, 20),
    "no_evidence_reason": "现场复核", "outcome": "已整改", "done": 1, "total": 3,
    "reported_up_on": dt.date(2022, 3, 15),
}  # fmt: skip
LEGAL = {(source, target) for step in STEPS for source in step.sources for target in (step.route(source) or (source,))}


class Ledger(RuleBasedStateMachine):
    """A ledger that a careless clerk works on."""

    pristine: Path

    @initialize()
    def open(self):
        self.root = Path(tempfile.mkdtemp())
        shutil.copytree(self.pristine, self.root / "data")
        self.clock = Clock()
        self.store = Store(DataFolder(self.root / "data"))
        self.workspace = Workspace(self.store, "王晓燕", self.clock)
        self.units = [
            records.create(self.workspace, Unit, {"name": n, "kind": "乡镇"}).id for n in ("柳河镇", "新桥镇")
        ]
        self.findings = []

    @rule(count=st.integers(1, 3), level=st.sampled_from(["县", "市", "省"]), complete=st.booleans())
    def write(self, count, level, complete):
        values = {"fact": "无测温记录", "count": count, "source_level": level, "found_on": dt.date(2022, 3, 5)}
        if complete:
            values |= {"kind": "测温登记", "unit_id": self.units[0]}
        self.findings.append(records.create(self.workspace, Finding, values).id)

    @precondition(lambda self: self.findings)
    @rule(data=st.data(), step=st.sampled_from([s.key for s in STEPS]), given=GIVEN, full=st.booleans())
    def take(self, data, step, given, full):
        id_ = data.draw(st.sampled_from(self.findings))
        before = self.status(id_)
        values = FULL | given if full else given
        if step == "reassign":
            values = values | {"unit_id": self.units[1]}
        try:
            findings.take(self.workspace, id_, step, values)
        except Refusal:
            assert self.status(id_) == before
        else:
            assert (before, self.status(id_)) in LEGAL

    @precondition(lambda self: self.findings)
    @rule(data=st.data())
    def take_what_is_offered(self, data):
        id_ = data.draw(st.sampled_from(self.findings))
        step = lifecycle.next_step(self.status(id_))
        if step is not None:
            with contextlib.suppress(Refusal):
                findings.take(self.workspace, id_, step.key, FULL)

    @rule()
    def undo_last(self):
        with self.workspace.reading() as session:
            operations = undo.recent(session, 1)
        if operations and not operations[0].deed.startswith("新增单位"):
            undo.undo(self.workspace, operations[0].operation)

    @rule(days=st.integers(0, 20))
    def wait(self, days):
        self.clock.forward(days)

    def status(self, id_):
        with self.workspace.reading() as session:
            return Status(session.get(Finding, id_).status)

    @invariant()
    def every_count_equals_a_recount_from_the_log(self):
        if not hasattr(self, "workspace"):
            return
        with self.workspace.reading() as session:
            told = first_page.home(session, self.workspace.today)
            log = session.scalars(select(Change).where(Change.table == "finding").order_by(Change.id)).all()
        state: dict[str, dict] = {}
        for change in log:
            state.setdefault(change.record_uuid, {}).update(change.after)
        alive = [s for s in state.values() if not s["deleted_at"]]
        counted = [s for s in alive if Status(s["status"]) not in UNCOUNTED and s["source_level"] not in ABOVE]
        assert told.problems == sum(s["count"] for s in counted)
        closed = sum(s["count"] for s in counted if s["status"] == "已销号")
        part = sum(min(s["solved_count"], s["count"]) for s in counted if s["status"] != "已销号")
        assert told.solved == closed + part
        by_status = Counter()
        for s in counted:
            by_status[s["status"]] += s["count"]
        assert {row.name: row.problems for row in told.statuses if row.problems} == dict(by_status)

    @invariant()
    def what_is_kept_fits_together(self):
        if hasattr(self, "workspace"):
            assert integrity.check(self.store.folder) == []

    def teardown(self):
        if hasattr(self, "store"):
            self.store.close()
            shutil.rmtree(self.root)


def run(kind, pristine, examples, steps):
    """Let a machine work on copies of an empty office."""
    machine = type(f"{kind.__name__}At", (kind,), {"pristine": pristine})
    from hypothesis.stateful import run_state_machine_as_test

    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    options = settings(max_examples=examples, stateful_step_count=steps, suppress_health_check=quiet)
    run_state_machine_as_test(machine, settings=options)


def test_random_steps_never_reach_an_illegal_status(pristine):
    run(Ledger, pristine, examples=12, steps=25)


@pytest.mark.full
def test_thousands_of_random_steps(pristine):
    run(Ledger, pristine, examples=200, steps=50)
