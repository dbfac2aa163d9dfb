"""The 整改反馈 tab's form: the finding, its photos and all rounds on one screen; one key accepts or returns."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from sqlalchemy import select

from gui.core import error_reporting
from gui.core.context import Context
from gui.core.operation import is_begun_by
from gui.forms.editors import editor_for
from gui.forms.editors.lines import TextEditor
from gui.forms.panels.finding_panel import FindingPanel
from gui.forms.workflow.rounds import facts
from gui.forms.workflow.step_form import StepForm
from gui.widgets.styled import button, emptied, label
from models.domain.findings import lifecycle
from models.domain.findings.lifecycle import Status
from models.domain.findings.outcomes import outcome
from models.domain.objections import Ruling
from models.domain.state_machine import Step
from models.errors import Problem
from models.records import Feedback, Finding
from models.records.fields import Field
from models.services.unit_of_work import ChangeSet

Values = Mapping[str, Any]


class FeedbackPanel(FindingPanel):
    """Shows a feedback by its finding."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._feedback_id: int | None = None
        self._going_on = False
        self._place: int | None = None
        super().__init__(context, parent)
        self.form.hide()
        self.again.hide()
        self.save_button.hide()
        back = QShortcut(QKeySequence("Ctrl+R"), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.return_)

    def add_parts(self) -> None:
        """The facts first, then photos, rounds and the rest."""
        self.picker = editor_for(self.context, "finding_id", Field("问题", "ref", True, target="finding"))
        self.picker.edited.connect(self._picked)
        self.picker_box = QWidget()
        column = QVBoxLayout(self.picker_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label("为哪个问题登记反馈：输入编号或问题里的几个字", "muted"))
        column.addWidget(self.picker)
        self.summary = QWidget()
        QVBoxLayout(self.summary).setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.picker_box)
        self.body.addWidget(self.summary)
        super().add_parts()
        for box in (self.files_box, self.rounds_box):
            self.body.removeWidget(box)
            self.body.insertWidget(3, box)
        self.rounds_box.head.setText("反馈与核查")

    # ---- what is shown

    @property
    def record_id(self) -> int | None:
        """The feedback's id; the record shown is its finding."""
        return self._feedback_id if self.record else None

    @property
    def dirty(self) -> bool:
        """Steps keep drafts of their own; a finding's fields are not edited here."""
        return any(one.dirty for one in self.sublists)

    def show_record(self, record_id: int | None) -> None:
        """Show the finding of this feedback."""
        self._feedback_id = record_id
        with self.context.workspace.reading() as session:
            feedback = session.get(Feedback, record_id) if record_id is not None else None
        super().show_record(feedback.finding_id if feedback else None)

    def show_finding(self, finding_id: int) -> None:
        """Show a finding by its last feedback."""
        with self.context.workspace.reading() as session:
            query = select(Feedback.id).where(Feedback.finding_id == finding_id).order_by(Feedback.id.desc())
            self._feedback_id = session.scalars(query).first()
        super().show_record(finding_id)

    def show_again(self, id_: int) -> None:
        """The finding as it is now."""
        self.show_finding(id_)

    def refresh(self) -> None:
        """Read the finding again; what is typed into a step stays."""
        if self.record is not None and self.step_form is None and not is_begun_by(self):
            self.show_finding(self.finding.id)

    def new_record(self, values: Values | None = None) -> None:
        """Ask for the finding, then for what came back."""
        wanted = (values or {}).get("finding_id")
        self._feedback_id = None
        super().show_record(None)
        self.title_label.setText("登记整改反馈")
        self.show_page(shown=True)
        self.files_box.hide()
        self.next_button.hide()
        self.picker_box.show()
        self.picker.show_value(wanted)
        self.picker.setFocus()
        if wanted:
            self._picked()

    def new_like(self, record: Any) -> None:
        """Another feedback about the same finding."""
        self.new_record({"finding_id": getattr(record, "finding_id", None)})

    def invitation(self) -> str:
        """What is said while no record is shown."""
        return "在列表中选择一条反馈核查，或用“新增”代为登记"

    def _picked(self) -> None:
        try:
            finding_id = self.picker.value()
        except ValueError:
            return
        if finding_id is None:
            return
        self.show_finding(finding_id)
        key = self._usual_key()
        if key in ("report", "sign_for"):
            self.start("report")

    def _show(self, *, enabled: bool) -> None:
        super()._show(enabled=enabled)
        self.again.hide()
        self.picker_box.hide()

    def show_parts(self) -> None:
        """The finding's facts, and the verification where one is due."""
        super().show_parts()
        self.save_button.hide()
        self.plans_box.setVisible(bool(self.life_now.plans))
        column = emptied(self.summary.layout())
        if self.record is None:
            return
        column.addWidget(self._facts())
        step = self.usual_step()
        if self.finding.status == Status.VERIFYING and self.role == "county" and step is not None:
            self._open(step, focus=self._has_the_keys())

    def _has_the_keys(self) -> bool:
        """Whether the clerk is working in the form: a click on a row leaves the keys in the list."""
        now = QApplication.focusWidget()
        return self._going_on or now is None or self.isAncestorOf(now)

    def _facts(self) -> QWidget:
        found, life = self.finding, self.life_now
        answerers = "、".join(one.name for one in (life.unit, life.department) if one)
        where = (("点位", life.site.name if life.site else ""), ("责任单位", answerers))
        days = (("发现日期", found.found_on), ("整改时限", found.deadline))
        what, wanted = ("问题事实", found.fact), ("整改要求", found.requirement)
        last = life.last_answer
        if found.status == Status.VERIFYING and last is not None:
            # The verification's form leaves room for little: what is to be judged comes first.
            answer = (("整改结果", last.outcome), ("整改措施", last.measures or last.reason))
            return facts((*where, what, *answer, *days, wanted), paired=2)
        return facts((*where, *days, what, wanted), paired=4)

    def close_step(self) -> None:
        """Put the step's form away; nothing is edited here that 保存 could save."""
        super().close_step()
        self.save_button.hide()

    # ---- accept or return

    def prepare_step(self, form: StepForm) -> None:
        """The verification carries its return beside it; an objection has choices of its own."""
        super().prepare_step(form)
        last = self.life_now.last_answer
        if form.step.key == "judge" and last is not None:
            form.no.hide()
            form.form["opinion"].show_lines(1)  # type: ignore[attr-defined]
            form.add_above(f"单位说明：{last.reason or last.measures or '没有说明'}")
        if form.step.key != "close" or self.finding.status != Status.VERIFYING:
            return
        self.reason = TextEditor(Field("退回原因", "text", limit=2000, help="退回时写明原因"))
        self.reason.show_lines(1)
        self._reason_error = label(name="wrong", wrap=True, shown=False)
        self.reason.edited.connect(self._reason_error.hide)
        back = button("退回重改  Ctrl+R")
        back.clicked.connect(lambda _on: self.return_())
        form.no.hide()
        form.add_beside(back)
        form.add_below("退回原因", self.reason, self._reason_error)

    def return_(self) -> None:
        """Ctrl+R: send the round back; the reason is mandatory. An objection is sent back by upholding the problem."""
        if self.step_form is not None and self.step_form.step.key == "judge":
            self.step_form.form.fill({"conclusion": str(Ruling.UPHELD)})
            self.step_form.form.go_to("opinion")
        if self.step_form is None or self.step_form.step.key != "close":
            return
        values, _ = self.step_form.form.read(("verifier", "verified_on"))
        given = {**values, "reason": self.reason.value()}
        step = lifecycle.step("return_")
        problems = lifecycle.check(step, self.facts(), given, self.role)
        if problems:
            self._complain_reason(problems[0])
            return
        self._try(step, given)

    def _complain_reason(self, problem: Problem) -> None:
        self._reason_error.setText(problem.sentence)
        self._reason_error.show()
        self.reason.setFocus()

    def take(self, key: str, given: Values) -> ChangeSet:
        """A feedback goes where its outcome says: 送核查 or 登记进展."""
        self._place = self._feedback_id
        found = outcome(given.get("outcome"))
        if key in ("report", "progress") and found is not None:
            step = lifecycle.feedback_step(Status(self.finding.status), found)
            key = step.key if step else key
        return super().take(key, given)

    def after_step(self, step: Step[Any], done: ChangeSet) -> None:
        """After accepting or returning, the next one that waits comes up by itself."""
        if step.key not in ("close", "judge", "return_", "revoke", "suspend"):
            return
        following = self._next_waiting()
        if following is None:
            self.context.status(f"{done.deed}：已办理。待核查的都已办完。")
            return
        self.context.status(f"{done.deed}：已办理，接着核查下一条。")
        error_reporting.later(self, lambda: self._go_on(following))

    def _go_on(self, feedback_id: int) -> None:
        self._going_on = True
        try:
            self.show_record(feedback_id)
        finally:
            self._going_on = False
        self.moved.emit(feedback_id)

    def _next_waiting(self) -> int | None:
        """The next below in the list that waits, else the one above it, else the one due first."""
        waiting = self._waiting()
        listed = list(self.listed())
        at = listed.index(self._place) if self._place in listed else 0
        below = [id_ for id_ in (*listed[at:], *reversed(listed[:at])) if id_ in waiting]
        return next(iter(below or waiting), None)

    def _waiting(self) -> list[int]:
        query = (
            select(Feedback.id)
            .join(Finding, Finding.id == Feedback.finding_id)
            .where(Finding.status == str(Status.VERIFYING), Finding.deleted_at.is_(None))
            .where(Feedback.unexpected.is_(False), Feedback.deleted_at.is_(None))
            .order_by(Finding.deadline.is_(None), Finding.deadline, Finding.id, Feedback.id.desc())
        )
        with self.context.workspace.reading() as session:
            return list(session.scalars(query))

    def more_actions(self) -> list[QAction]:
        """Only the steps; copying a feedback makes no sense."""
        actions = []
        usual = self._usual_key()
        steps = self.steps() if self.record is not None else []
        for step, reason in sorted(steps, key=lambda one: bool(one[1])):
            if step.key != usual:
                actions.append(self._step_action(step, reason))
        self.more.setToolTipsVisible(True)
        return actions
