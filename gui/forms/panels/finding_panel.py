"""A finding's form: what was found, who answers, what came back, what happens next."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.core.context import Context
from gui.core.plain_text import set_tip
from gui.forms.attachments import FilesView
from gui.forms.carrying import Start
from gui.forms.form import SectionBox
from gui.forms.panels.sublist import SubList
from gui.forms.workflow.lifecycle_panel import LifecyclePanel
from gui.forms.workflow.rounds import RoundsView, facts
from gui.forms.workflow.step_form import StepForm
from gui.forms.workflow.timeline import TimeLine
from gui.widgets.styled import button, emptied, label
from models.domain.findings import completeness, deadlines, lifecycle
from models.domain.findings.deadlines import Bounds, Light
from models.domain.findings.lifecycle import Status
from models.domain.objections import LAST
from models.domain.state_machine import Role, Step
from models.paper.numbering import full_day
from models.queries.facts.finding_life import FindingLife, Round, life_of
from models.records import Extension, Finding, Plan, Record, Site
from models.services import findings, unit_answers
from models.services.unit_of_work import ChangeSet

Values = Mapping[str, Any]
LINE = (Status.PENDING, Status.HANDED, Status.RECTIFYING, Status.VERIFYING, Status.CLOSED)
_ASIDE = {
    Status.RETURNED: Status.RECTIFYING,
    Status.SUSPENDED: Status.RECTIFYING,
    Status.REVOKED: Status.VERIFYING,
    Status.VOID: Status.PENDING,
}
"""Where statuses beside the line stand on it."""
_BEFORE_ANSWERS = (Status.DRAFT, Status.PENDING)


def due_in_words(finding: Finding, bounds: Bounds) -> tuple[str, str]:
    """Light and what to say of the deadline: 红, 逾期 3 天."""
    status = Status(finding.status or Status.DRAFT)
    day = deadlines.limit(status, finding.deadline, finding.review_on)
    if day is None or status not in deadlines.OWED:
        return "", ""
    light = deadlines.light(status, day, bounds)
    late = deadlines.days_overdue(day, bounds.today)
    if late:
        return str(light), f"逾期 {late} 天"
    if light is Light.YELLOW:
        return str(light), "今天到期" if day == bounds.today else "明天到期"
    doubt = "（暂定）" if finding.deadline_provisional else ""
    return str(light), f"{day.month}月{day.day}日到期{doubt}"


def draft_in_words(finding: Finding, today: dt.date) -> str:
    """Why a finding is a draft and what that means; of another what is still to be filled in; "" for nothing."""
    facts = {name: getattr(finding, name) for name in (*completeness.NEEDED, "source_level", "kind", "missing")}
    if finding.status != Status.DRAFT:
        marked = "、".join(completeness.to_be_given(facts))
        return f"待补：{marked}，现为暂记。" if marked else ""
    return f"草稿：{_why_a_draft(facts, today)}。不计入问题数，不写入公文。"


def _why_a_draft(facts: Values, today: dt.date) -> str:
    if lacks := completeness.lacking(facts):
        return f"还缺{'、'.join(lacks)}"
    if facts["found_on"] > today:
        return "“发现日期”晚于今天，请核对"
    return "群众举报，核实后送交办" if lifecycle.is_report(facts) else "内容完整，可以送交办"


class PlanList(SubList):
    """What the unit means to do."""

    def describe(self, record: Record) -> tuple[str, str]:
        """Its deadline and person, then the measures."""
        assert isinstance(record, Plan)
        due = full_day(record.due_on) if record.due_on else record.due_text
        return " ".join(filter(None, (due, record.person))) or "整改计划", record.measures[:80]


class FindingPanel(LifecyclePanel):
    """The 督查问题 tab's form."""

    plan_list: type[PlanList] = PlanList
    starts_at = "site_id"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._role: Role | None = None
        self._keeping_back = False
        self.life_now = FindingLife()
        super().__init__(context, Finding, parent)

    @property
    def finding(self) -> Finding:
        """The shown finding."""
        assert isinstance(self.record, Finding)
        return self.record

    @property
    def role(self) -> Role:
        """Of the office at this PC."""
        if self._role is None:
            office = self.context.workspace.office()
            self._role = "unit" if office and office.role == "unit" else "county"
        return self._role

    def starting(self) -> Start:
        """As the one before; the first, and one of another place, is the office's own."""
        source = "县" if self.role == "county" else lifecycle.SELF_FOUND
        return super().starting().usually({"source_level": source})

    def _place_known(self) -> None:
        """A site names the unit it lies in and its department: only another site changes them."""
        site_id = self.form["site_id"].raw()
        if not isinstance(site_id, int):
            return
        with self.context.workspace.reading() as session:
            site = session.get(Site, site_id)
        assert site is not None
        for name in ("unit_id", "department_id"):
            known = getattr(site, name)
            if known is not None or name in self.form.carried or name in self.form.passed_over:
                self.form[name].show_value(known)
                self.form.unmark(name)
        self.carrying.check()
        self.form.passed_over |= {name for name in ("unit_id", "department_id") if getattr(site, name)}

    def add_parts(self) -> None:
        """Plan, rounds, extensions, files, time line."""
        self.plans = self.plan_list(self.context, Plan, "finding_id", self.saved_id)
        self.rounds, self.extensions = RoundsView(), QWidget()
        QVBoxLayout(self.extensions).setContentsMargins(0, 0, 0, 0)
        self.files = FilesView(self.context, self.saved_record)
        self.files.changed.connect(self.part_changed)
        self.timeline = TimeLine(self.context)
        self.rounds_box = SectionBox("反馈与核查", self.rounds)
        self.plans_box = SectionBox("整改计划", self.plans, folded=True)
        self.extensions_box = SectionBox("延期、改派与回头看", self.extensions)
        self.files_box = SectionBox("附件", self.files)
        self.timeline_box = SectionBox("时间线", self.timeline, folded=True)
        for box in (self.rounds_box, self.plans_box, self.extensions_box, self.files_box, self.timeline_box):
            self.body.addWidget(box)
        self.add_sublist(self.plans)
        self.form["site_id"].edited.connect(self._place_known)

    def add_buttons(self) -> None:
        """存为草稿 beside 保存, and over the form why a finding is a draft."""
        self.keep_button = button("存为草稿")
        set_tip(self.keep_button, "先存着，不计入问题数，不写入公文")
        self.keep_button.clicked.connect(lambda _on: self.save_draft())
        self.button_row.addWidget(self.keep_button)
        super().add_buttons()
        self.draft_line = label(name="note", wrap=True, shown=False)
        self.head.addWidget(self.draft_line)

    # ---- saving

    def save_draft(self) -> bool:
        """存为草稿: save, but do not let it count yet."""
        self._keeping_back = True
        try:
            return self.save()
        finally:
            self._keeping_back = False

    def write(self, values: Values) -> ChangeSet:
        """Add or change the finding; a complete one counts, unless it is kept back.

        Raises:
            Refusal: a value will not do.
            Stale: the record has moved on.
        """
        if self.record is None:
            return super().write({**values, "status": str(Status.DRAFT)} if self._keeping_back else values)
        workspace, version = self.context.workspace, self.drafts.version
        return findings.save(workspace, self.finding.id, version, values, keep_draft=self._keeping_back)

    def _after(self, done: ChangeSet, *, was_new: bool) -> None:
        before = "" if self.record is None else self.finding.status
        super()._after(done, was_new=was_new)
        if self.role == "unit":  # nothing is kept back there, and its own words stand on the form
            return
        with self.context.workspace.reading() as session:
            kept = session.get_one(Finding, next(t.id for t in done.touched if t.table == Finding.__tablename__))
        moved = f"现为“{kept.status}”。" if kept.status not in (before, Status.DRAFT) else ""
        self.context.status(f"已保存 {kept.serial}。{moved}{draft_in_words(kept, self.context.workspace.today)}")

    # ---- showing

    def heading(self) -> str:
        """Its serial."""
        return self.finding.serial if self.record else "新增问题"

    def rounds_told(self) -> tuple[Round, ...]:
        """The rounds of answer and verification to show."""
        return self.life_now.rounds

    def show_parts(self) -> None:
        """Everything that hangs on the finding."""
        self.life_now = FindingLife()
        if self.record is not None:
            with self.context.workspace.reading() as session:
                self.life_now = life_of(session, self.finding)
        super().show_parts()
        life, there = self.life_now, self.record is not None
        answered = there and self.finding.status not in _BEFORE_ANSWERS
        rounds = self.rounds_told()
        self.rounds_box.setVisible(answered or bool(rounds))
        self.rounds.show_rounds(rounds)
        self.plans_box.setVisible(answered or bool(life.plans))
        self.plans.show_parent(self.record_id)
        if life.plans:
            self.plans_box.unfold()
        self._show_extensions(life)
        self._show_draft()
        self.files.show_files(life.files)
        self.timeline_box.setVisible(there)
        self.form.set_read_only(self.is_received)
        self.save_button.setEnabled(self.usable and not self.is_received)
        self.timeline.show_record(self.record)

    def _show_draft(self) -> None:
        """Why it is a draft; 存为草稿 while it may still be one."""
        shown = self.record is not None and self.role == "county"
        said = draft_in_words(self.finding, self.context.workspace.today) if shown else ""
        self.draft_line.setText(said)
        self.draft_line.setVisible(bool(said))
        keeps = self.record is None or self.finding.status == Status.DRAFT
        self.keep_button.setVisible(self.usable and keeps and self.role == "county")

    def close_step(self) -> None:
        """Put the step's form away; 存为草稿 is there again where it was."""
        open_ = self.step_form is not None
        super().close_step()
        if open_:
            self._show_draft()

    def _show_extensions(self, life: FindingLife) -> None:
        column = emptied(self.extensions.layout())
        lines = [_extension(one) for one in life.extensions]
        lines += [(f"{full_day(one.on)} 改派" if one.on else "改派", one.reason) for one in life.transfers]
        lines += [(f"{full_day(one.on)} 回头看" if one.on else "回头看", _recheck(one)) for one in life.rechecks]
        if lines:
            column.addWidget(facts(lines))
        self.extensions_box.setVisible(bool(lines))

    def show_life(self) -> None:
        """Status, light and line."""
        status = Status(self.finding.status)
        self.status_mark.show_status(str(status), *due_in_words(self.finding, self.context.bounds()))
        station = _ASIDE.get(status, status)
        at = LINE.index(station) if station in LINE else -1
        self.life.show_at([str(s) for s in LINE], at, str(status) if status in _ASIDE else "")

    def part_changed(self, done: ChangeSet) -> None:
        """A file or a child record was written."""
        self.saved.emit(done)
        self.refresh_parts()

    def refresh_parts(self) -> None:
        """Read again what hangs on the finding; the form stays as it is."""
        if self.record is not None and self.step_form is None:
            self.show_parts()
        elif self.record is not None:
            with self.context.workspace.reading() as session:
                self.life_now = life_of(session, self.finding)
            self.files.show_files(self.life_now.files)

    # ---- steps

    def facts(self) -> dict[str, Any]:
        """The finding as the rules see it."""
        if self.record is None:
            return {"status": Status.DRAFT, "today": self.context.workspace.today}
        last = self.life_now.last_answer
        known = {"evidence": len(self.life_now.files), LAST: last.outcome if last else ""}
        return {**findings.facts_of(self.finding, self.context.workspace.today), **known}

    @property
    def is_received(self) -> bool:
        """Whether the finding came from the county: then it is answered here, not kept."""
        return self.role == "unit" and self.record is not None and not self.finding.self_found

    def steps(self) -> list[tuple[Step[Any], str]]:
        """The steps of a finding's life."""
        found = self.facts()
        return [(step, why) for step, why in lifecycle.allowed(found["status"], found, self.role)]

    def usual_step(self) -> Step[Any] | None:
        """The one the big button names."""
        found = self.facts()
        return lifecycle.next_step(found["status"], found)

    def second_step(self) -> str:
        """退回重改 beside 销号, 登记进展 beside 送核查."""
        return {"close": "return_", "report": "progress", "recheck": "rebound"}.get(self._usual_key(), "")

    def _usual_key(self) -> str:
        step = self.usual_step()
        return step.key if step else ""

    def take(self, key: str, given: Values) -> ChangeSet:
        """Take a step of the finding's life."""
        if self.is_received:
            return unit_answers.write_feedback(self.context.workspace, self.finding.id, given)
        return findings.take(self.context.workspace, self.finding.id, key, given, version=self.finding.version)

    def prepare_step(self, form: StepForm) -> None:
        """The one who answers is likely the unit's leader; the finding's requirement is likely the office's usual."""
        self.keep_button.hide()
        unit = self.life_now.unit or self.life_now.department
        if unit is not None and "post" in form.form.cells and not form.form["person"].raw():
            form.form["person"].show_value(unit.leader)
            form.form["post"].show_value(unit.leader_post)
        if form.step.key == "close" and "reported_up_on" in form.form.cells and self.finding.source_level:
            cell = form.form.cells["reported_up_on"]
            cell.label.setText(lifecycle.upward_label(self.finding.source_level))

    def own_actions(self) -> list[QAction]:
        """What is done with a finding besides its steps."""
        divide = QAction("拆分…", self.more)
        divide.setEnabled(self.record is not None and self.role == "county")
        divide.triggered.connect(lambda _on: self._split())
        return [divide]

    def _split(self) -> None:
        if self.save() and self.record_id is not None:
            self.context.navigator.split_finding(self.finding.id, self)


def _extension(one: Extension) -> tuple[str, str]:
    old = full_day(one.old_deadline) if one.old_deadline else "无时限"
    new = full_day(one.new_deadline) if one.new_deadline else ""
    return "延期", f"{old} → {new}，申请人 {one.applicant}，批准人 {one.approver}。{one.reason}"


def _recheck(one: Any) -> str:
    return "，".join(filter(None, (one.result, one.checker, one.situation)))
