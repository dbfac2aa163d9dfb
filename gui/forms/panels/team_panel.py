"""A team's form: who it is, its members, its month."""

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy import select

from gui.core.context import Context
from gui.forms.form import SectionBox
from gui.forms.panels.parties import known_by_name
from gui.forms.panels.record_panel import RecordPanel
from gui.forms.panels.roster import RosterView
from gui.forms.panels.sublist import SubList, SubRow
from gui.forms.workflow.timeline import TimeLine
from models.records import Member, Record, Team, Unit


class MemberList(SubList):
    """The members of a team."""

    def gather(self, session: Any, found: list[Any]) -> None:
        """Their units, for the lines."""
        units = {m.unit_id for m in found if m.unit_id}
        self._units = dict(session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(units))).tuples().all())

    def describe(self, record: Record) -> tuple[str, str]:
        """Name, role, seconding unit, phone."""
        assert isinstance(record, Member)
        where = f"{self._units.get(record.unit_id or 0, '')}{record.post}"
        left = "已离岗" if record.left_on and record.left_on < self.context.workspace.today else ""
        return record.name, "，".join(filter(None, (record.role, where, record.phone, left)))

    def dress(self, row: SubRow, column: QVBoxLayout) -> None:  # noqa: ARG002 - part of the interface
        """A picked person fills the form."""
        form = row.form
        assert form is not None
        known_by_name(self.context, form, ("name", "unit_id", "post", "phone"))


class TeamPanel(RecordPanel):
    """The 督查组 tab's form of a team."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, Team, parent)

    def add_parts(self) -> None:
        """Members, roster, time line."""
        self.members = MemberList(self.context, Member, "team_id", self._saved_id)
        self.add_sublist(self.members)
        self.roster = RosterView(self.context)
        self.roster.changed.connect(self.saved)
        self.timeline = TimeLine(self.context)
        self.roster_box = SectionBox("排班", self.roster)
        self.timeline_box = SectionBox("时间线", self.timeline, folded=True)
        for box in (SectionBox("成员", self.members), self.roster_box, self.timeline_box):
            self.body.addWidget(box)

    def _saved_id(self) -> int | None:
        return self.record_id if self.ensure_saved() else None

    def heading(self) -> str:
        """Its name."""
        return self.record.title if self.record else "新增督查组"

    def show_parts(self) -> None:
        """Members and month of the team."""
        self.members.show_parent(self.record_id)
        self.roster_box.setVisible(self.record is not None)
        self.roster.show_team(self.record_id)
        self.timeline_box.setVisible(self.record is not None)
        self.timeline.show_record(self.record)

    def refresh_parts(self) -> None:
        """Members were written: the month may name others now."""
        self.roster.read()
        self.timeline.show_record(self.record)
