"""Which form belongs to which record."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from gui.core.context import Context
from gui.forms.panels.case_panel import CasePanel
from gui.forms.panels.feedback_panel import FeedbackPanel
from gui.forms.panels.finding_panel import FindingPanel
from gui.forms.panels.inspection_panel import InspectionPanel
from gui.forms.panels.record_panel import RecordPanel
from gui.forms.panels.site_panel import SitePanel
from gui.forms.panels.team_panel import TeamPanel
from models.records import Record

_OWN: dict[str, Callable[..., RecordPanel]] = {
    "finding": FindingPanel,
    "accountability_case": CasePanel,
    "team": TeamPanel,
    "inspection": InspectionPanel,
    "feedback": FeedbackPanel,
    "site": SitePanel,
}


def panel_for(context: Context, cls: type[Record], parent: QWidget | None = None) -> RecordPanel:
    """The form of a record class: its own where it has one, else the form of its fields."""
    own = _OWN.get(cls.__tablename__)
    return own(context, parent) if own else RecordPanel(context, cls, parent)
