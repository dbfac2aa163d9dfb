"""One step for many findings: a summary before, a result per row after."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import select

from gui.core.context import Context
from gui.core.screen_fit import fit
from gui.forms.workflow.step_form import StepForm, remember
from gui.widgets.plain_table import plain_table, put_row
from gui.widgets.styled import button, label
from models.domain.findings import lifecycle
from models.domain.findings.lifecycle import Status
from models.domain.objections import INSTEAD, LAST, objected
from models.domain.state_machine import Step
from models.queries.facts.finding_life import last_outcomes
from models.records import Finding, Unit
from models.services import findings
from models.services.findings import Result

HEAD = ("台账编号", "责任单位", "现状", "整改结果", "办理情况")
WIDTHS = (100, 130, 80, 110, 240)
PAUSE = 250
"""Milliseconds of rest in typing before the summary is made anew."""
_OWN = {"hand_over": ("unit_id", "department_id")}
"""Fields that stay each finding's own when many are taken at once."""
ONE_BY_ONE = frozenset({"return_", "suspend"})
"""Steps that answer a feedback; 销号 refuses objections by its own rule."""
BY_ITSELF = "反馈为“异议”，请逐条用“核查异议”办理。"
OFFERED = (
    "submit", "hold", "hand_over", "sign_for", "report", "progress", "close", "return_", "suspend", "resume", "extend",
    "reassign", "recheck", "void",
)  # fmt: skip


def offered(chosen: Sequence[Finding], last: Mapping[int, str]) -> list[tuple[Step[Status], int]]:
    """The steps that at least one of the findings may take, with how many.

    Args:
        chosen: the findings.
        last: the outcome of each one's last feedback.
    """
    told = [(Status(f.status), {LAST: last.get(f.id, "")}) for f in chosen if f.status]
    steps = [lifecycle.step(key) for key in OFFERED]
    counts = [(step, sum(not step.barred(status, facts) for status, facts in told)) for step in steps]
    return [(step, count) for step, count in counts if count]


class BulkStep(QDialog):
    """Takes one step with several findings: those that may go go, in one operation that one undo takes back."""

    def __init__(self, context: Context, ids: Sequence[int], key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.ids = context, list(ids)
        self.results: list[Result] = []
        self.step_form: StepForm | None = None
        self.setWindowTitle(f"批量办理 {len(ids)} 个问题")
        fit(self, 720, 640)
        self._read()
        self._build()
        steps = offered(self._findings, self._last)
        usual = max(steps, key=lambda one: (one[0].key == key, _is_usual(one[0], self._findings), one[1]), default=None)
        if usual is not None:
            self._steps.setCurrentIndex([step.key for step, _ in steps].index(usual[0].key))
        self._chosen()

    def _read(self) -> None:
        with self.context.workspace.reading() as session:
            query = select(Finding).where(Finding.id.in_(self.ids), Finding.deleted_at.is_(None))
            self._findings = list(session.scalars(query.order_by(Finding.serial)))
            self._last = last_outcomes(session, self.ids)
            units = {f.unit_id or f.department_id for f in self._findings}
            self._units = dict(session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(units))).tuples().all())

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        row = QHBoxLayout()
        row.addWidget(label("办理事项"))
        self._steps = QComboBox()
        for step, count in offered(self._findings, self._last):
            self._steps.addItem(f"{step.name}（{count} 个）", step.key)
        self._steps.currentIndexChanged.connect(lambda _index: self._chosen())
        row.addWidget(self._steps)
        row.addStretch()
        column.addLayout(row)
        self._place = QVBoxLayout()
        column.addLayout(self._place)
        self.summary = label(name="heading", wrap=True)
        column.addWidget(self.summary)
        self.table = plain_table(HEAD, WIDTHS)
        column.addWidget(self.table, 1)
        column.addLayout(self._buttons())
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.preview)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch()
        self.go = button("办理", "primary")
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.agree)
        self.go.clicked.connect(lambda _on: self.take())
        self.back = button("取消")
        self.back.clicked.connect(lambda _on: self.reject())
        row.addWidget(self.go)
        row.addWidget(self.back)
        return row

    @property
    def step(self) -> Step[Status]:
        """The chosen step."""
        return lifecycle.step(self._steps.currentData())

    def _chosen(self) -> None:
        if self.step_form is not None:
            self.step_form.hide()
            self.step_form.deleteLater()
            self.step_form = None
        if self._steps.currentIndex() < 0:
            self.summary.setText("所选的问题都已办结，没有可以批量办理的事项。")
            self.go.setEnabled(False)
            return
        facts = {"today": self.context.workspace.today, "source_level": self._source(), "count": 1}
        form = StepForm(self.context, self.step, facts, about=self._about())
        for part in (form.yes, form.no):
            part.hide()
        for name in _OWN.get(self.step.key, ()):
            form.form.show_field(name, shown=False)
        form.setVisible(self.step.asks(facts))
        form.form.edited.connect(self._timer.start)
        form.form.finished.connect(self.go.setFocus)
        self._place.addWidget(form)
        self.step_form = form
        self.preview()
        if self.step.asks(facts):
            form.form.focus_first()
        else:
            self.go.setFocus()

    def _about(self) -> dict[str, Any]:
        """Place and 专项 that all the findings share: who was named last is proposed for these only."""
        shared = {name: {getattr(f, name) for f in self._findings} for name in ("unit_id", "campaign_id")}
        return {name: found.pop() for name, found in shared.items() if len(found) == 1}

    def _source(self) -> str:
        """The source that asks most of the step: one report among the chosen needs who verified it."""
        able = {f.source_level for f in self._findings if f.status in self.step.sources}
        asking = (lifecycle.REPORTED,) if self.step.key == "submit" else ("省", "国家", "市")
        return next((level for level in asking if level in able), "县")

    def preview(self) -> None:
        """What would come of each row with what is typed now."""
        if self.results or self.step_form is None:
            return
        given, _unread = self.step_form.given()  # what is still being typed is no mistake yet
        ids, apart = self._apart()
        rows = findings.preview_many(self.context.workspace, ids, self.step.key, given) + apart
        able = sum(not row.reason for row in rows)
        self._show(rows, "可以办理")
        rest = f"，{len(rows) - able} 个暂不能办，原因见下表" if able < len(rows) else ""
        objections = sum(row.reason in (INSTEAD, BY_ITSELF) for row in rows)
        told = f"其中 {objections} 个反馈为异议，须逐条核查。" if objections else ""
        self.summary.setText(f"将对 {able} 个问题“{self.step.name}”{rest}。{told}")
        self.go.setText(f"{self.step.name} {able} 个  Ctrl+Enter")
        self.go.setEnabled(bool(able))

    def _apart(self) -> tuple[list[int], list[Result]]:
        """Whom the step is for, and those left out: an objection is answered by itself, never with others."""
        objections = [
            f for f in self._findings if self.step.key in ONE_BY_ONE and objected({LAST: self._last.get(f.id)})
        ]
        objections = [f for f in objections if f.status in self.step.sources]
        apart = {f.id for f in objections}
        return [id_ for id_ in self.ids if id_ not in apart], [Result(f.id, f.serial, BY_ITSELF) for f in objections]

    def agree(self) -> None:
        """Ctrl+Enter: with what is typed by now, looked through or not."""
        self.preview()
        self.go.click()

    def take(self) -> None:
        """Do it, and show what came of each row; what cannot be read is said first."""
        if self.step_form is None:
            return
        (given, problems), step = self.step_form.given(), self.step
        if problems:
            self.step_form.complain(problems)
            return
        ids, apart = self._apart()
        _done, taken_up = findings.take_many(self.context.workspace, ids, step.key, given)
        self.results = taken_up + apart
        remember(step, self._about(), given, self.context)
        self._read()
        taken = sum(not row.reason for row in self.results)
        self._show(self.results, "已办理")
        rest = f"，{len(self.results) - taken} 个没有办理，原因见下表" if taken < len(self.results) else ""
        self.summary.setText(f"已对 {taken} 个问题“{step.name}”{rest}。可按 Ctrl+Z 整批撤销。")
        self.context.status(f"{step.name} {taken} 个问题：已办理。")
        self.step_form.setEnabled(False)
        self._steps.setEnabled(False)
        self.go.setEnabled(False)
        self.go.hide()
        self.back.setText("关闭")
        self.back.setFocus()

    def _show(self, rows: Sequence[Result], fine: str) -> None:
        found = {f.id: f for f in self._findings}
        self.table.setRowCount(len(rows))
        for place, row in enumerate(sorted(rows, key=lambda one: one.serial)):
            finding = found.get(row.id)
            unit = self._units.get((finding.unit_id or finding.department_id or 0), "") if finding else ""
            status, told = (finding.status, self._last.get(finding.id, "")) if finding else ("", "")
            put_row(self.table, place, (row.serial, unit, status, told, row.reason or fine))


def _is_usual(step: Step[Status], chosen: Sequence[Finding]) -> int:
    """How many of the findings have this as their next step."""
    usual = [lifecycle.next_step(Status(f.status)) for f in chosen if f.status]
    return sum(one is not None and one.key == step.key for one in usual)
