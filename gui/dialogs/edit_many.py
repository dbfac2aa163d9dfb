"""批量修改: one field of several records gets the same value, all or none."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from gui.core import theme
from gui.core.context import Context
from gui.core.operation import Operation
from gui.core.plain_text import Label
from gui.forms.form import Form
from gui.forms.sections import Section
from gui.lists.filters import button
from gui.widgets.notice import Notice
from models.records import Record, fields_of
from models.services import records

SAME_FOR_MANY = frozenset({"choice", "choices", "ref", "day", "flag", "line", "text"})
OWN = frozenset({"serial", "code", "name", "title", "number", "fact"})
"""Fields that tell records apart: giving many the same value is never meant."""


class EditMany(QDialog):
    """Asks for the field and its value."""

    def __init__(self, context: Context, cls: type[Record], ids: list[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._cls, self._ids = context, cls, ids
        self.setWindowTitle(f"批量修改 {len(ids)} 条{cls.noun}")
        self.setMinimumWidth(560)
        declared = fields_of(cls)
        alike = {n: f for n, f in declared.items() if not f.hidden and f.kind in SAME_FOR_MANY and n not in OWN}
        self._fields = {n: f for n, f in alike.items() if not f.parent}
        self.which = QComboBox()
        for name, field in self._fields.items():
            self.which.addItem(field.label, name)
        self.which.currentIndexChanged.connect(lambda _n: self._ask())
        self._notice = Notice()
        self._place = QVBoxLayout()
        line = QHBoxLayout()
        line.addWidget(Label("把"))
        line.addWidget(self.which, 1)
        line.addWidget(Label("都改为"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.LARGE)
        layout.setSpacing(theme.MEDIUM)
        layout.addWidget(self._notice)
        layout.addLayout(line)
        layout.addLayout(self._place)
        layout.addStretch(1)
        layout.addLayout(self._buttons())
        self.form: Form
        self._ask()

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addStretch(1)
        self._do = button(f"修改 {len(self._ids)} 条", self.accept, "primary")
        self._do.setDefault(True)
        line.addWidget(self._do)
        line.addWidget(button("取消", self.reject))
        return line

    def _ask(self) -> None:
        while (item := self._place.takeAt(0)) is not None:
            item.widget().deleteLater()
        name = self.which.currentData()
        self.form = Form(self._context, {name: self._fields[name]}, [Section("", (name,))])
        self.form.finished.connect(self._do.setFocus)
        self._place.addWidget(self.form)
        asked = [one for one in self.form.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        for before, after in pairwise([self.which, *asked, self._do]):
            self.setTabOrder(before, after)  # a form made anew comes last by itself

    def accept(self) -> None:
        """Write the value into all of them."""

        def write() -> None:
            records.update_many(self._context.workspace, self._cls, self._ids, self.form.read_values())

        if Operation(write, self).show_failure(self.form, self._notice).run():
            self._context.status(f"已修改 {len(self._ids)} 条{self._cls.noun}。")
            super().accept()
