"""A new unit, person or site made while another record is being entered: only what it must have."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from gui.core.context import Context
from gui.core.operation import Operation
from gui.forms.form import Form
from gui.forms.sections import Section
from gui.widgets.notice import Notice
from models.records import Record, fields_of
from models.services import records

FIELDS: dict[str, tuple[str, ...]] = {
    "unit": ("name", "kind", "parent_id"),
    "person": ("name", "unit_id", "post", "identities"),
    "site": ("name", "kind", "unit_id"),
    "team": ("name", "number"),
    "campaign": ("name",),
    "finding": ("kind", "severity", "fact", "count", "requirement"),
}
LATER = frozenset({"parent_id", "post", "identities", "number", "requirement", "severity", "count"})
"""Fields that may well stay empty: where all others are filled, Enter makes the record."""


class QuickNew(QDialog):
    """The few fields a new record needs now; the rest can follow in 资料."""

    def __init__(
        self, context: Context, cls: type[Record], values: Mapping[str, Any], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._cls = context, cls
        self.made: int | None = None
        self._given = dict(values)
        self.setWindowTitle(f"新建{cls.noun}")
        self.setMinimumWidth(560)
        names = FIELDS[cls.__tablename__]
        self.form = Form(context, fields_of(cls), [Section("", names)])
        self.form.show_values({**records.defaults(cls), **values})
        self._notice = Notice()
        buttons = QDialogButtonBox()
        self._keep = buttons.addButton("新建", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.form.finished.connect(self._keep.setFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for part in (self._notice, self.form, buttons):
            column.addWidget(part)
        missing = next((n for n in names if n not in LATER and not self.form[n].raw()), "")
        if missing:
            self.form.go_to(missing)
        else:
            self._keep.setFocus()

    def accept(self) -> None:
        """Write the record, or say under its field what is missing."""

        def write() -> None:
            values = {**self._given, **self.form.read_values()}
            self.made = records.create(self._context.workspace, self._cls, values).id

        if Operation(write, self).show_failure(self.form, self._notice).run():
            super().accept()


def quick_new(context: Context, cls: type[Record], values: Mapping[str, Any], parent: QWidget) -> int | None:
    """Ask for a new record; its id, or None when the clerk backs out."""
    dialog = QuickNew(context, cls, values, parent)
    dialog.exec()
    return dialog.made
