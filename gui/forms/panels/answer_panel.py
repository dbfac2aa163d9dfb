"""An answering unit's forms: the county's problem to read, plan and feedback to write; its own problems to keep."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy import select

from gui.core.context import Context
from gui.core.operation import Operation
from gui.core.plain_text import set_tip
from gui.forms.attachments import FilesView
from gui.forms.carrying import CARRIED, Start
from gui.forms.form import Form, SectionBox
from gui.forms.panels.finding_panel import FindingPanel, PlanList, due_in_words
from gui.forms.panels.sublist import SubList, SubRow
from gui.forms.workflow.rounds import facts
from gui.widgets.styled import emptied, label
from models.domain.findings import lifecycle
from models.domain.findings.lifecycle import Status
from models.domain.findings.unit_status import OWN, LocalStatus, own_told, told
from models.domain.state_machine import Step, always, merged, never
from models.queries.facts.finding_life import Round, answerer_before
from models.records import Feedback, Finding, Record, Site
from models.services import attachments, records, unit_answers
from models.services.unit_of_work import ChangeSet

Values = Mapping[str, Any]
SENT_TO = "第 {} 轮"


class AnswerRow(SubRow):
    """One feedback that has not left this office."""

    _with_file = False
    files: FilesView | None = None
    """Its evidence, while the row is open."""

    def _write(self, _values: dict[str, Any]) -> ChangeSet:
        assert self.form is not None
        values, _ = self.form.values()
        shown = {name: value for name, value in values.items() if not self.form.cells[name].isHidden()}
        if self._with_file:
            shown["evidence"] = 1
        feedback_id = self.record.id if self.record else None
        return unit_answers.write_feedback(
            self.owner.context.workspace, self.owner.parent_id or 0, shown, feedback_id=feedback_id
        )

    def ensure(self) -> Record | None:
        """The feedback a file is to be kept with; a new one is saved first, counting the file as its evidence."""
        if self.record is not None:
            return self.record
        self._with_file = True
        owner = self.owner
        assert isinstance(owner, AnswerList)
        try:
            return owner.newest() if self.save() else None
        finally:
            self._with_file = False


class AnswerList(SubList):
    """The feedbacks that are still to be sent; those that were are rounds like any other."""

    row_type = AnswerRow
    finding: Finding | None = None
    wanted = True

    def may_add(self) -> bool:
        """One round at a time, and only while the county wants one."""
        return self.wanted and not self.rows

    def _records(self) -> list[Record]:
        return [one for one in super()._records() if isinstance(one, Feedback) and not one.sent_batch]

    def newest(self) -> Record | None:
        """The feedback written last."""
        where = (Feedback.finding_id == self.parent_id, Feedback.deleted_at.is_(None), Feedback.sent_batch == 0)
        with self.context.workspace.reading() as session:
            return session.scalars(select(Feedback).where(*where).order_by(Feedback.id.desc())).first()

    def describe(self, record: Record) -> tuple[str, str]:
        """Round and outcome, then the measures."""
        assert isinstance(record, Feedback)
        return f"{SENT_TO.format(record.round)}　{record.outcome}", f"未上报　{record.measures[:60]}"

    def starting(self) -> Start:
        """The usual answer, and who answered last for the same place."""
        start = Start({"outcome": "已整改", "finished_on": self.context.workspace.today})
        start.values |= {"total": self.finding.count} if self.finding and self.finding.count > 1 else {}
        with self.context.workspace.reading() as session:
            last = answerer_before(session, self.finding) if self.finding else None
        if last is not None:
            start.values |= {"person": last.person, "post": last.post}
            start.words = dict.fromkeys(("person", "post"), CARRIED)
        return start

    def make_form(self) -> Form:
        """The form of a feedback; fields that depend on the outcome come and go with it."""
        form = super().make_form()
        for stamped in ("submitted_by", "submitted_at"):  # when it leaves, by whoever sends it
            form.show_field(stamped, shown=False)
        form.edited.connect(lambda: self._fit(form))
        return form

    def _fit(self, form: Form) -> None:
        values, _ = form.values()
        given = merged(self._facts(), values)
        for want in lifecycle.step("report").wants:
            if want.field in form.cells and want.required_when not in (always, never):
                form.show_field(want.field, shown=want.required_when(given))

    def _facts(self) -> dict[str, Any]:
        from models.services.findings import facts_of

        return dict(facts_of(self.finding, self.context.workspace.today)) if self.finding else {}

    def dress(self, row: SubRow, column: QVBoxLayout) -> None:
        """Evidence under the form."""
        assert isinstance(row, AnswerRow)
        row.files = files = FilesView(self.context, row.ensure, "整改后")
        files.changed.connect(self.changed)
        if row.record is not None:
            with self.context.workspace.reading() as session:
                files.show_files(attachments.of(session, [row.record]))
        files.changed.connect(lambda _done: self._reopen())
        column.addWidget(label("佐证照片和材料", "muted"))
        column.addWidget(files)
        if row.form is not None:
            self._fit(row.form)

    def _reopen(self) -> None:
        """Show the files anew in the row they belong to."""
        newest = self.newest()
        self.read()
        for row in self.rows:
            if newest is not None and row.record is not None and row.record.id == newest.id:
                row.close_form()
                row.open()

    def remove(self, row: SubRow) -> None:
        """撤回: take a feedback back that has not left."""
        assert row.record is not None
        record = row.record

        def show(done: Any) -> None:
            row.form = None
            self.read()
            self.changed.emit(done)
            self.context.status("已撤回这一轮反馈，可用 Ctrl+Z 恢复。")

        Operation(lambda: unit_answers.withdraw(self.context.workspace, record.id), self).on_success(show).run()

    def begin(self) -> None:
        """Open what is being written, or start a new round."""
        started = next((row for row in self.rows if row.record is not None), None)
        if started is None:
            self.add()
            return
        started.open()
        if started.form is not None:
            started.form.focus_first()


class UnitPlanRow(SubRow):
    """What the unit means to do about a finding."""

    def _write(self, _values: dict[str, Any]) -> ChangeSet:
        assert self.form is not None
        values, _ = self.form.values()
        return unit_answers.write_plan(self.owner.context.workspace, self.owner.parent_id or 0, values)


class UnitPlanList(PlanList):
    """One plan a finding."""

    row_type = UnitPlanRow

    def may_add(self) -> bool:
        """The first is the last."""
        return not self.rows


class AnswerPanel(FindingPanel):
    """收到的问题: facts to read on top, what this unit answers below."""

    plan_list = UnitPlanList

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.form.hide()
        self.again.hide()

    def add_parts(self) -> None:
        """The facts first, the answer next, then what else hangs on the finding."""
        self.summary = QWidget()
        QVBoxLayout(self.summary).setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.summary)
        self.answer_list = AnswerList(self.context, Feedback, "finding_id", self.saved_id)
        self.answer_box = SectionBox("填写整改反馈", self.answer_list)
        self.body.addWidget(self.answer_box)
        super().add_parts()
        self.body.removeWidget(self.plans_box)
        self.body.insertWidget(self.body.indexOf(self.answer_box) + 1, self.plans_box)
        self.plans_box.unfold()
        self.files_box.head.setText("县里的附件")
        self.add_sublist(self.answer_list)

    def add_buttons(self) -> None:
        """The local status beside the county's."""
        super().add_buttons()
        self.local = label(name="heading")
        self.title_row.insertWidget(1, self.local)

    def heading(self) -> str:
        """Its serial."""
        return self.finding.serial if self.record else self.cls.noun

    def evidence(self) -> FilesView | None:
        """Of the answer that is being written: the county's own files are not added to."""
        rows = (row for row in self.answer_list.rows if isinstance(row, AnswerRow) and row.form is not None)
        return next((row.files for row in rows), None) if self.usable else None

    def rounds_told(self) -> tuple[Round, ...]:
        """Those that left; what is still being written stands in its own list."""
        left = (replace(one, feedbacks=[f for f in one.feedbacks if f.sent_batch]) for one in self.life_now.rounds)
        return tuple(one for one in left if one.feedbacks or one.verification)

    def invitation(self) -> str:
        """What is said while no problem is shown."""
        return "在列表中选择一条问题，在这里查看和填写反馈"

    def show_parts(self) -> None:
        """Facts, answer, plan, and the county's rounds."""
        self.answer_list.finding = self.finding if self.record is not None else None
        super().show_parts()
        there = self.record is not None
        self.again.hide()
        self.save_button.setEnabled(there)
        column = emptied(self.summary.layout())
        reason = self._why_not()
        self.local.setText(f"填报：{self._stands()}" if there else "")
        self.answer_list.wanted = not reason
        self.answer_list.show_parent(self.record_id)
        self.answer_box.setVisible(there and (not reason or bool(self.answer_list.rows)))
        self.plans_box.setVisible(there and (not reason or bool(self.plans.rows)))
        given = [one for one in self.life_now.files if one.owner_table == Finding.__tablename__]
        self.files.show_files(given)  # what this unit attached stands with its answer
        self.files_box.setVisible(bool(given))
        if there:
            column.addWidget(self._facts())
            if reason:
                column.addWidget(label(reason, "muted", wrap=True))

    def _stands(self) -> str:
        """Where the answer stands."""
        found = self.finding
        return told(LocalStatus(found.local_status or LocalStatus.EMPTY), Status(found.status or Status.HANDED))

    def _facts(self) -> QWidget:
        found, life = self.finding, self.life_now
        light, due = due_in_words(found, self.context.bounds())
        with self.context.workspace.reading() as session:
            site = session.get(Site, found.site_id) if found.site_id else None
        pairs = (
            ("点位", site.name if site else ""),
            ("整改时限", found.deadline),
            ("发现日期", found.found_on),
            ("问题类别", found.kind),
            ("时限提醒", due if light else ""),
            ("责任单位", "、".join(one.name for one in (life.unit, life.department) if one)),
            ("问题事实", found.fact),
            ("整改要求", found.requirement),
            ("退回原因", found.returned_reason if found.status == Status.RETURNED else ""),
        )
        return facts(pairs, paired=6)

    def _why_not(self) -> str:
        """Why nothing is to be answered now, in a sentence."""
        if self.record is None:
            return "先选一个问题。"
        if self.finding.local_status == LocalStatus.LEFT:
            return "这个问题已改派给其他单位，不需要再反馈。"
        status = Status(self.finding.status or Status.HANDED)
        if status not in lifecycle.step("report").sources:
            return f"这个问题县里的状态是“{status}”，不需要再反馈。"
        return ""

    # ---- what may be done: only to answer

    def steps(self) -> list[tuple[Step[Any], str]]:
        """None: the county moves its problems."""
        return []

    def usual_step(self) -> Step[Any] | None:
        """None: see ``next_step``."""
        return None

    def second_step(self) -> str:
        """None."""
        return ""

    def _show_buttons(self) -> None:
        self.other_button.hide()
        reason = self._why_not()
        self.next_button.setVisible(self.record is not None)
        self.next_button.setText("填写反馈  Ctrl+Enter")
        self.next_button.setEnabled(not reason)
        set_tip(self.next_button, reason)

    def next_step(self) -> None:
        """Ctrl+Enter: write the answer; where it is written, save it."""
        reason = self._why_not()
        if reason:
            self.context.status(reason)
        elif self.answer_list.dirty:
            self.save()
        else:
            self.answer_box.unfold()
            self.answer_list.begin()

    def refresh_parts(self) -> None:
        """Read the finding again: its 填报状态 moves with what is written."""
        if self.record is not None:
            self.record = self._load(self.record.id)
            self.show_parts()

    def new_record(self, _values: Values | None = None) -> None:
        """Nothing is added here: what this unit finds itself belongs under 自查问题."""
        self.context.status("县里交办的问题由任务包带来。本单位发现的问题，请在“自查问题”里新增。")

    def new_like(self, _record: Record) -> None:
        """As ``new_record``."""
        self.new_record()

    def more_actions(self) -> list[QAction]:
        """Give up what is typed."""
        back = QAction("放弃未保存的修改", self.more, enabled=self.dirty)
        back.triggered.connect(self.discard)
        return [back]


class OwnPanel(FindingPanel):
    """自查问题: kept, mended and closed by the unit itself, for its 排查起底报告."""

    def left_out(self) -> frozenset[str]:
        """What only the county knows."""
        return frozenset({
            "inspection_id", "team_id", "source_number", "source_level", "campaign_id", "serial", "department_id",
            "unit_id",
        })  # fmt: skip

    def starting(self) -> Start:
        """Found today; nothing of the county's problems is carried over."""
        return Start({"found_on": self.context.workspace.today})

    def show_life(self) -> None:
        """Its own three stations: nobody hands it over or verifies it."""
        status = Status(self.finding.status)
        stations = list(OWN)
        self.status_mark.show_status(own_told(status), *due_in_words(self.finding, self.context.bounds()))
        self.life.show_at(list(OWN.values()), stations.index(status) if status in stations else -1)

    def write(self, values: Values) -> ChangeSet:
        """Add or change the problem."""
        if self.record is None:
            return unit_answers.add_self_found(self.context.workspace, {**self._preset, **values})
        return records.update(self.context.workspace, Finding, self.record.id, self.drafts.version, values)

    def steps(self) -> list[tuple[Step[Any], str]]:
        """One: to note what was done."""
        step = self.usual_step()
        return [(step, "")] if step is not None else []

    def usual_step(self) -> Step[Any] | None:
        """登记整改, until it is solved."""
        if self.record is None or self.finding.status == Status.CLOSED:
            return None
        return replace(lifecycle.step("report"), name="登记整改")

    def second_step(self) -> str:
        """None."""
        return ""

    def take(self, _key: str, given: Values) -> ChangeSet:
        """Note what was done."""
        return unit_answers.finish_self_found(self.context.workspace, self.finding.id, given)
