"""A panel for records that have a life: status, next step, the other steps with the reason why not."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent

from gui.core.operation import Operation
from gui.core.plain_text import set_tip
from gui.forms.autosave import DraftAutosave
from gui.forms.panels.evidence_panel import EvidencePanel
from gui.forms.workflow.life_line import LifeLine, StatusMark
from gui.forms.workflow.step_form import DECIDING, StepForm, remember
from gui.widgets.styled import button, label
from models.domain.state_machine import Step
from models.queries.lookups.issued_papers import papers_of
from models.services.unit_of_work import ChangeSet

Values = Mapping[str, Any]


class LifecyclePanel(EvidencePanel):
    """Adds to the form what may happen to the record next."""

    _other: str = ""
    step_form: StepForm | None = None

    def add_buttons(self) -> None:
        """The next step, and the one that is as often taken."""
        self.next_button = button("下一步")
        self.next_button.clicked.connect(lambda _on: self.next_step())
        self.other_button = button("")
        self.other_button.clicked.connect(lambda _on: self.start(self._other))
        self.button_row.addWidget(self.next_button)
        self.button_row.addWidget(self.other_button)
        self.status_mark = StatusMark()
        self.title_row.addWidget(self.status_mark)
        self.life = LifeLine()
        self.head.addWidget(self.life)
        self.papers = label(name="note", wrap=True, shown=False)
        self.head.addWidget(self.papers)

    # ---- what a subclass knows

    @abstractmethod
    def facts(self) -> dict[str, Any]:
        """The record as the rules see it."""

    @abstractmethod
    def steps(self) -> list[tuple[Step[Any], str]]:
        """Every step with the reason why not, "" where it may be taken."""

    @abstractmethod
    def usual_step(self) -> Step[Any] | None:
        """The step the big button names."""

    @abstractmethod
    def take(self, key: str, given: Values) -> ChangeSet:
        """Take a step.

        Raises:
            Refusal: a guard stands against it.
        """

    @abstractmethod
    def show_life(self) -> None:
        """Show status and life line of ``self.record``."""

    def second_step(self) -> str:
        """The key of a step that deserves a button of its own now, or ""."""
        return ""

    # ---- showing

    def show_parts(self) -> None:
        """Status, life line and buttons."""
        self.close_step()
        self.status_mark.setVisible(self.record is not None)
        if self.record is None:
            self.life.show_at((), -1)
        else:
            self.show_life()
        self._show_papers()
        self._show_buttons()

    def _show_papers(self) -> None:
        """Which issued documents cover the record."""
        found = []
        if self.record is not None:
            with self.context.workspace.reading() as session:
                found = papers_of(session, self.record)
        self.papers.setText("已写入：" + "、".join(one.number or one.title for one in found))
        set_tip(self.papers, "\n".join(one.title for one in found))
        self.papers.setVisible(bool(found))

    def _show_buttons(self) -> None:
        step = self.usual_step()
        self.next_button.setVisible(step is not None)
        self.next_button.setEnabled(self.usable)
        if step is not None:
            self.next_button.setText(f"下一步：{step.name}  Ctrl+Enter")
            set_tip(self.next_button, "".join(step.effects))
        self._other = self.second_step() if self.record is not None else ""
        self.other_button.setVisible(bool(self._other))
        if self._other:
            named = {one.key: one for one, _ in self.steps()}
            self.other_button.setText(named[self._other].name)

    def more_actions(self) -> list[QAction]:
        """The other steps, greyed ones with their reason, then what every record offers."""
        actions = []
        if self.record is not None:
            usual = self.usual_step()
            for step, reason in sorted(self.steps(), key=lambda one: bool(one[1])):
                if usual is None or step.key != usual.key:
                    actions.append(self._step_action(step, reason))
        self.more.setToolTipsVisible(True)
        return [*actions, *self.own_actions(), self._separator(), *super().more_actions()]

    def own_actions(self) -> list[QAction]:
        """What a subclass offers besides steps."""
        return []

    def _separator(self) -> QAction:
        action = QAction(self.more)
        action.setSeparator(True)
        return action

    def _step_action(self, step: Step[Any], reason: str) -> QAction:
        action = QAction(step.name, self.more)
        action.setEnabled(not reason)
        set_tip(action, reason or "".join(step.effects) or step.name)
        action.triggered.connect(lambda _on: self.start(step.key))
        return action

    # ---- taking a step

    def next_step(self) -> None:
        """Ctrl+Enter: agree to the open step, or start the usual one."""
        if self.step_form is not None:
            self.step_form.agree()
            return
        step = self.usual_step()
        if any(one.focused for one in self.sublists) or step is None:
            super().next_step()
        elif self.usable:
            self.start(step.key)

    def start(self, key: str) -> None:
        """Save what is typed, then ask for what the step wants, or take it at once where it wants nothing.

        With 连续新增 a new record takes its first step too before the next one is begun.
        """
        onward = self.record is None and self.again.isChecked()
        with self.staying():
            if (self.record is None or self.dirty) and not self.save():
                return
        step, reason = next((one, why) for one, why in self.steps() if one.key == key)
        facts = self.facts()
        done = bool(reason) and facts["status"] is step.target  # saving it was the step
        if done or not step.asks(facts):
            if (done or self._try(step, {})) and onward:
                self.next_record(self.record_id)
            return
        if reason:
            self.notice.say(reason, grave=True)
            return
        self._open(step)

    def _open(self, step: Step[Any], *, focus: bool = True) -> None:
        self.close_step()
        form = StepForm(self.context, step, self.facts())
        drafts = DraftAutosave(self.context, form.form, f"{self.cls.__tablename__}.{step.key}")
        drafts.about(self.record.id if self.record else None, self.record.version if self.record else None)
        if drafts.restore(deciding=DECIDING):
            form.form.edited.emit()
        form.drafts = drafts
        form.agreed.connect(lambda given: self._try(step, given))
        form.backed_out.connect(self.close_step)
        self.step_form = form
        self.foot.addWidget(form)
        for hidden in (self.next_button, self.other_button, self.save_button):
            hidden.setVisible(False)
        self.prepare_step(form)
        if focus:
            QTimer.singleShot(0, form, form.form.focus_first)

    def prepare_step(self, form: StepForm) -> None:
        """Let a subclass add to the step's form."""

    def focus_first(self) -> None:
        """Into the step that is open, else into the form."""
        (self.step_form or self).form.focus_first()

    def close_step(self) -> None:
        """Put the step's form away."""
        if self.step_form is not None:
            if self.step_form.drafts is not None:
                self.step_form.drafts.keep()
            self.step_form.hide()
            self.step_form.deleteLater()
            self.step_form = None
            self.save_button.setVisible(True)
            self._show_buttons()

    def _try(self, step: Step[Any], given: Values) -> bool:
        assert self.record is not None
        id_, before = self.record.id, self.facts()

        def moved_on() -> None:
            self.show_again(id_)
            self.notice.say("这条记录已在别处修改，现已显示最新内容，请核对后再办。", grave=True)

        write = Operation(lambda: self.take(step.key, given), self).on_stale(moved_on)
        write.on_failure(lambda refusal: (self.step_form or self).complain(refusal.problems))
        return write.on_success(lambda done: self._taken(step, before, given, done)).run()

    def _taken(self, step: Step[Any], before: Values, given: Values, done: ChangeSet) -> None:
        assert self.record is not None
        id_ = self.record.id
        remember(step, before, given, self.context)
        if self.step_form is not None and self.step_form.drafts is not None:
            self.step_form.drafts.drop()
            self.step_form.drafts = None
        self.close_step()
        self.context.status(f"{done.deed}：已办理。")
        self.show_again(id_)
        self.saved.emit(done)
        self.after_step(step, done)

    def show_again(self, id_: int) -> None:
        """Show the record as it is now."""
        self.show_record(id_)

    def after_step(self, step: Step[Any], done: ChangeSet) -> None:
        """Let a subclass go on, as to the next record that waits."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc backs out of a step."""
        if event.key() == Qt.Key.Key_Escape and self.step_form is not None:
            self.close_step()
        else:
            super().keyPressEvent(event)
