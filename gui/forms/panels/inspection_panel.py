"""An inspection's form: where the team went, what it saw, which sites were clean."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from sqlalchemy import func, select

from gui.core.context import Context
from gui.forms.attachments import FilesView
from gui.forms.carrying import Start
from gui.forms.form import SectionBox
from gui.forms.panels.evidence_panel import EvidencePanel
from gui.forms.panels.sublist import SubList
from gui.forms.workflow.timeline import TimeLine
from gui.widgets.styled import label
from models.queries.figures.conditions import counted
from models.queries.figures.scope import EVERYTHING
from models.records import Finding, Inspection, Record, Site, Visit
from models.services import attachments


class VisitList(SubList):
    """The sites an inspection went to: clean or not, and with how many problems."""

    inspection: Inspection | None = None

    def order(self) -> tuple[Any, ...]:
        """By day."""
        return (Visit.on, Visit.id)

    def gather(self, session: Any, found: list[Any]) -> None:
        """Sites and problem counts, for the lines."""
        sites = {v.site_id for v in found if v.site_id}
        self._sites = {s.id: s for s in session.scalars(select(Site).where(Site.id.in_(sites)))}
        count = func.coalesce(func.sum(Finding.count), 0)
        where = (Finding.visit_id.in_([v.id for v in found]), *counted(EVERYTHING))
        rows = session.execute(select(Finding.visit_id, count).where(*where).group_by(Finding.visit_id))
        self._problems = dict(rows.tuples().all())

    def describe(self, record: Record) -> tuple[str, str]:
        """The site, and what was found there."""
        assert isinstance(record, Visit)
        site = self._sites.get(record.site_id or 0)
        problems = self._problems.get(record.id, 0)
        found = f"问题 {problems} 个" if problems else "未发现问题" if record.clean else "尚未登记情况"
        day = f"{record.on.month}月{record.on.day}日" if record.on else ""
        return site.name if site else "点位", "，".join(filter(None, (day, site.kind if site else "", found)))

    def starting(self) -> Start:
        """The same day and people as the visit before, else the inspection's first day."""
        return super().starting().usually({"on": self.inspection.starts_on if self.inspection else None})

    def site_counts(self, visits: list[Visit]) -> tuple[int, int]:
        """Sites visited, and sites with problems: each site once."""
        return len({v.site_id for v in visits}), len({v.site_id for v in visits if self._problems.get(v.id)})

    def row_deeds(self, record: Record) -> list[tuple[str, Callable[[], object]]]:
        """Write a problem down on the spot."""
        return [("登记问题", partial(self._write_down, record))]

    def _write_down(self, record: Record) -> None:
        assert isinstance(record, Visit)
        assert self.inspection is not None
        site = self._sites.get(record.site_id or 0)
        values = {
            "visit_id": record.id, "inspection_id": self.inspection.id, "team_id": self.inspection.team_id,
            "campaign_id": self.inspection.campaign_id, "site_id": record.site_id,
            "unit_id": site.unit_id if site else None, "department_id": site.department_id if site else None,
            "found_on": record.on, "source_level": "县",
        }  # fmt: skip
        made = self.context.navigator.quick_new(Finding, values, self)
        if made is not None:
            self.read()
            self.edited.emit()
            self.context.status("已登记问题，可到“督查问题”补充和交办。")


class InspectionPanel(EvidencePanel):
    """The 督查组 tab's form of an inspection."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, Inspection, parent)

    def add_parts(self) -> None:
        """Visits, files, time line."""
        self.visits = VisitList(self.context, Visit, "inspection_id", self.saved_id)
        self.add_sublist(self.visits)
        self.counts = label(name="muted", wrap=True)
        self.files = FilesView(self.context, self.saved_record)
        self.files.changed.connect(self._sub_written)
        self.timeline = TimeLine(self.context)
        self.timeline_box = SectionBox("时间线", self.timeline, folded=True)
        self.body.addWidget(self.counts)
        for box in (
            SectionBox("走访点位", self.visits),
            SectionBox("附件", self.files, folded=True),
            self.timeline_box,
        ):
            self.body.addWidget(box)
        self.visits.edited.connect(self._show_counts)

    def show_parts(self) -> None:
        """Visits and files of the inspection."""
        assert self.record is None or isinstance(self.record, Inspection)
        self.visits.inspection = self.record
        self.visits.show_parent(self.record_id)
        self.refresh_parts()

    def refresh_parts(self) -> None:
        """Visits or files were written."""
        self._show_counts()
        self.timeline_box.setVisible(self.record is not None)
        self.timeline.show_record(self.record)
        if self.record is not None:
            with self.context.workspace.reading() as session:
                self.files.show_files(attachments.of(session, [self.record]))
        else:
            self.files.show_files([])

    def _show_counts(self) -> None:
        rows = [row.record for row in self.visits.rows if isinstance(row.record, Visit)]
        sites, bad = self.visits.site_counts(rows)
        self.counts.setText(f"走访点位 {sites} 个，其中存在问题的 {bad} 个。")
        self.counts.setVisible(bool(rows))
