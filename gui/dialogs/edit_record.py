"""A record's fields in a small dialog, for what has no list of its own."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from gui.core.context import Context
from gui.core.operation import Operation
from gui.core.screen_fit import fit, scrolled
from gui.forms.form import Form
from gui.forms.sections import sections_of
from gui.widgets.notice import Notice
from models.records import Record, fields_of
from models.services import records
from models.services.unit_of_work import ChangeSet

WIDTH = 600
AROUND = 100
"""Pixels the dialog takes above and below its form."""


class EditRecord(QDialog):
    """Edits one record; ``done`` is what was written, None while nothing was."""

    def __init__(self, context: Context, record: Record, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._record = context, record
        self.written: ChangeSet | None = None
        cls = type(record)
        self.setWindowTitle(f"{cls.noun}：{record.title}")
        self.form = Form(context, fields_of(cls), sections_of(cls))
        self.form.show_values({name: getattr(record, name) for name in self.form.cells})
        self._notice = Notice()
        buttons = QDialogButtonBox()
        buttons.addButton("保存", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for part in (self._notice, scrolled(self.form), buttons):
            column.addWidget(part)
        fit(self, WIDTH, max(self.form.sizeHint().height(), self.form.heightForWidth(WIDTH - 40)) + AROUND)

    def accept(self) -> None:
        """Write what was changed, or say what stands against it."""
        record = self._record

        def write() -> None:
            if values := self.form.read_values(changed=True):
                done = records.update(self._context.workspace, type(record), record.id, record.version, values)
                self.written = done

        if Operation(write, self).show_failure(self.form, self._notice).run():
            super().accept()


def edit_record(context: Context, record: Record, parent: QWidget) -> ChangeSet | None:
    """Edit a record; what was written, None where nothing was."""
    dialog = EditRecord(context, record, parent)
    dialog.exec()
    return dialog.written


def open_ref(context: Context, ref: str, parent: QWidget) -> ChangeSet | None:
    """Edit the record that "table:uuid" names; what was written, None where nothing was or it is gone."""
    from sqlalchemy import select

    from models.records import RECORDS

    table, _, uuid = ref.partition(":")
    cls = RECORDS[table]
    with context.workspace.reading() as session:
        record = session.scalars(select(cls).where(cls.uuid == uuid)).first()
    return edit_record(context, record, parent) if record is not None else None
