"""A case's form: what was done wrong, by whom, how it is dealt with, and where it stands."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.core.context import Context
from gui.forms.attachments import FilesView
from gui.forms.form import SectionBox
from gui.forms.panels.parties import PartyList
from gui.forms.workflow.lifecycle_panel import LifecyclePanel
from gui.forms.workflow.timeline import TimeLine
from gui.widgets.styled import button, emptied, label, say
from models.domain.cases import stages
from models.domain.cases.stages import Stage
from models.domain.state_machine import Step
from models.paper.numbering import full_day
from models.queries.facts.amendments import to_correct
from models.queries.figures import case_clocks
from models.queries.lookups import earlier_cases
from models.records import AccountabilityCase, Party
from models.services import attachments, cases
from models.services.unit_of_work import ChangeSet

Values = Mapping[str, Any]
LINE: dict[Stage, str] = {
    Stage.CLUE: "线索",
    Stage.VERIFIED: "核实",
    Stage.PROPOSED: "建议",
    Stage.SUBMITTED: "报批",
    Stage.TRANSFERRED: "移交",
    Stage.DECIDED: "决定",
    Stage.EXECUTED: "执行",
    Stage.PUBLICISED: "通报",
    Stage.FILED: "归档",
}
"""The stages' short names, nine in a line."""
_ASIDE = {Stage.DROPPED: Stage.VERIFIED, Stage.AMENDED: Stage.DECIDED}


class CasePanel(LifecyclePanel):
    """The 问责通报 tab's form."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._facts: dict[str, Any] = {}
        super().__init__(context, AccountabilityCase, parent)

    @property
    def case(self) -> AccountabilityCase:
        """The shown case."""
        assert isinstance(self.record, AccountabilityCase)
        return self.record

    def add_parts(self) -> None:
        """Parties, files, time line."""
        self.parties = PartyList(self.context, Party, "case_id", self.saved_id)
        self.add_sublist(self.parties)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.leaders, self.corrections = QHBoxLayout(), QVBoxLayout()
        self.tasks = label(name="doubt", wrap=True, shown=False)
        column.addWidget(self.tasks)
        column.addWidget(self.parties)
        column.addLayout(self.leaders)
        self.files = FilesView(self.context, self.saved_record)
        self.files.changed.connect(self._sub_written)
        self.timeline = TimeLine(self.context)
        self.timeline_box = SectionBox("时间线", self.timeline, folded=True)
        self.body.addLayout(self.corrections)
        for box in (
            SectionBox("责任人员和单位", inner),
            SectionBox("附件", self.files, folded=True),
            self.timeline_box,
        ):
            self.body.addWidget(box)
        self.form["unit_id"].edited.connect(self._show_leaders)

    # ---- showing

    def heading(self) -> str:
        """Its code."""
        return self.case.code if self.record else "新增问责案件"

    def show_parts(self) -> None:
        """Parties, leaders, files, time line."""
        self._read()
        super().show_parts()
        self.parties.show_parent(self.record_id)
        self._show_leaders()
        self._show_corrections()
        self.timeline_box.setVisible(self.record is not None)
        self.timeline.show_record(self.record)

    def _read(self) -> None:
        self._facts = {"status": Stage.CLUE, "today": self.context.workspace.today}
        files: list[Any] = []
        tasks: list[case_clocks.Waiting] = []
        if self.record is not None:
            with self.context.workspace.reading() as session:
                tasks = case_clocks.waiting(session, self.context.workspace.today, self.case.id)
                self._facts = cases.facts_of(session, self.case, self.context.workspace.today)
                files = attachments.of(session, [self.case])
        self.files.show_files(files)
        say(self.tasks, _to_do(tasks, self.context.workspace.today))

    def refresh_parts(self) -> None:
        """A party or a disposition was written: the steps may be others now."""
        self._read()
        if self.record is not None:
            self.show_life()
            self._show_leaders()
            self._show_corrections()
            self.timeline.show_record(self.record)
        if self.step_form is None:
            self._show_buttons()

    def _show_leaders(self) -> None:
        """Who led the unit and is not in the case yet: one click adds them."""
        emptied(self.leaders)
        unit_id = self.form["unit_id"].raw()
        if not isinstance(unit_id, int):
            return
        with self.context.workspace.reading() as session:
            found = earlier_cases.leaders(session, unit_id)
        there = {row.record.name for row in self.parties.rows if isinstance(row.record, Party)}
        found = [one for one in found if one.name not in there]
        if found:
            self.leaders.addWidget(label("单位负责人：", "note"))
        for one in found:
            add = button(f"＋ {one.name} {one.post}", "link", f"加入责任人员（{one.duty}）")
            add.clicked.connect(lambda _on, one=one: self._add_leader(one))
            self.leaders.addWidget(add)
        self.leaders.addStretch()

    def _show_corrections(self) -> None:
        """The issued bulletins that still say what was changed on appeal, each with the offer to correct it."""
        emptied(self.corrections)
        if self.record is None:
            return
        with self.context.workspace.reading() as session:
            found = to_correct(session, [self.case.id])
        for one in found:
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            said = f"{one.number or one.title}写的是变更前的处理。"
            line.addWidget(label(said, "note", wrap=True), 1)
            offer = button("起草更正通报…", tip=one.title)
            offer.clicked.connect(lambda _on, id_=one.id: self._correct(id_))
            line.addWidget(offer)
            self.corrections.addWidget(row)

    def _correct(self, document_id: int) -> None:
        self.context.navigator.correct_bulletin(document_id, self.case, self)
        self._show_corrections()

    def _add_leader(self, one: earlier_cases.Leader) -> None:
        self.parties.add({
            "name": one.name, "post": one.post, "duty": one.duty, "unit_id": one.unit_id,
            "person_id": one.person_id, "identities": list(one.identities),
        })  # fmt: skip

    def show_life(self) -> None:
        """Stage, when its effects end, and the line."""
        stage = self._facts["status"]
        end = self._facts.get("effect_end")
        self.status_mark.show_status(str(stage), "", _effect(end, self.context.workspace.today))
        station = _ASIDE.get(stage, stage)
        self.life.show_at(list(LINE.values()), list(LINE).index(station), str(stage) if stage in _ASIDE else "")

    # ---- steps

    def facts(self) -> dict[str, Any]:
        """The case as the rules see it."""
        return self._facts

    def steps(self) -> list[tuple[Step[Any], str]]:
        """The steps of a case."""
        return [(step, why) for step, why in stages.allowed(self._facts["status"], self._facts)]

    def usual_step(self) -> Step[Any] | None:
        """The one the big button names."""
        return stages.next_step(self._facts["status"])

    def take(self, key: str, given: Values) -> ChangeSet:
        """Take a step of the case."""
        return cases.take(self.context.workspace, self.case.id, key, given, version=self.case.version)


def _to_do(tasks: list[case_clocks.Waiting], today: dt.date) -> str:
    """What is to be done after the decision, the nearest day first; done once it is ticked under 处理."""
    laws: dict[str, dict[str, list[str]]] = {}
    for one in tasks:
        late = "，已过期" if one.clock.due < today else ""
        said = f"{one.clock.task}（{full_day(one.clock.due)}前{late}）"
        laws.setdefault(one.clock.basis, {}).setdefault(said, []).append(one.name)
    lines = []
    for law, days in laws.items():
        said_of = ("、".join(dict.fromkeys(names)) + said for said, names in days.items())
        lines.append(f"{'；'.join(said_of)}（{law}）")
    return f"处理后待办：{'；'.join(lines)}。办好后在处理的“已办事项”里勾选。" if lines else ""


def _effect(end: dt.date | None, today: dt.date) -> str:
    """Until when the measures take effect; a case may be filed before."""
    if end is None:
        return ""
    return f"影响期至 {full_day(end)}" if today <= end else f"影响期已满（{full_day(end)}）"
