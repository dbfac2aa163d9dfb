"""Which form belongs to which record."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.forms.panel import RecordPanel
    from models.records import Record

_OWN = {
    "finding": ("gui.forms.finding_panel", "FindingPanel"),
    "accountability_case": ("gui.forms.case_panel", "CasePanel"),
    "team": ("gui.forms.team_panel", "TeamPanel"),
    "inspection": ("gui.forms.inspection_panel", "InspectionPanel"),
    "feedback": ("gui.forms.feedback_panel", "FeedbackPanel"),
}


def panel_for(cls: "type[Record]") -> "Callable[..., RecordPanel] | None":
    """The record's own form; None where the form of its fields serves (`RecordPanel`)."""
    from importlib import import_module

    home = _OWN.get(cls.__tablename__)
    return getattr(import_module(home[0]), home[1]) if home else None
