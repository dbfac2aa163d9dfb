"""设置: what 本机构 is called, how its documents are headed, and where its data lie."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from gui.core import theme
from gui.core.context import Context
from gui.core.operation import Operation
from gui.core.plain_text import Label
from gui.core.screen_fit import fit
from gui.dialogs.document_look import LookPreview
from gui.forms.font_settings import FontsBox
from gui.forms.form import Form, SectionBox
from gui.forms.sections import Section
from gui.lists.filters import button
from gui.widgets.notice import Notice
from models.records import Office, fields_of
from models.services import records

SECTIONS = (
    Section(
        "本机构", ("name", "short_name", "county_name", "contact", "phone", "near_days", "visit_limit", "shrink_photos")
    ),
    Section("公文", ("mark", "number_code", "printer", "signer", "addressees", "known_addressees", "copy_to")),
)
FORM = 560
"""Width of the form at first, px; on a small screen it leaves two fifths to the sample."""


class Settings(QDialog):
    """Edits 本机构."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle("设置")
        fit(self, 1180, 680)
        self.form = Form(context, fields_of(Office), SECTIONS)
        for name in ("name", "mark", "printer"):
            self.form.widen(name)
        self.notice, self.fonts, self.look = Notice(), FontsBox(), LookPreview(context)
        office = context.workspace.office()
        assert office is not None
        self._office = office
        self.form.show_values({name: getattr(office, name) for name in self.form.cells})
        self.fonts.show_fonts(office.fonts)
        self.form.edited.connect(self._preview)
        self.fonts.edited.connect(self._preview)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.notice)
        layout.addWidget(self._middle(), 1)
        layout.addLayout(self._buttons())
        self._preview()

    def _middle(self) -> QSplitter:
        """What is set, and beside it what it makes of a document."""
        middle = QSplitter(Qt.Orientation.Horizontal)
        middle.setChildrenCollapsible(False)
        middle.addWidget(self._set())
        middle.addWidget(self.look)
        form = min(FORM, self.width() * 3 // 5)
        middle.setSizes([form, self.width() - form])
        middle.setStretchFactor(1, 1)
        return middle

    def _set(self) -> QScrollArea:
        content = QWidget()
        content.setProperty("class", "paper")
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.HUGE, theme.LARGE, theme.HUGE, theme.LARGE)
        column.setSpacing(theme.LARGE)
        column.addWidget(self.form)
        column.addWidget(SectionBox("公文字体", self.fonts, folded=True))
        column.addLayout(self._place())
        column.addStretch(1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(content)
        scroll.setMinimumWidth(FORM // 2)
        return scroll

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        line.addStretch(1)
        save = button("保存", self.accept, "primary")
        save.setDefault(True)
        line.addWidget(save)
        line.addWidget(button("取消", self.reject))
        return line

    def _preview(self) -> None:
        """Let the sample follow what the form says; a field that does not read keeps its saved value."""
        kept = {name: getattr(self._office, name) for name in fields_of(Office)}
        values, problems = self.form.values()
        typed = {name: value for name, value in values.items() if name not in {p.field for p in problems}}
        self.look.show_values({**kept, **typed, "fonts": self.fonts.fonts()})

    def _place(self) -> QHBoxLayout:
        folder = self._context.folder.root
        line = QHBoxLayout()
        where = Label(f"数据文件夹：{folder}")
        where.setProperty("class", "muted")
        where.setWordWrap(True)
        line.addWidget(where, 1)
        line.addWidget(button("打开", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))))
        return line

    def accept(self) -> None:
        """Write what was changed."""

        def write() -> None:
            values = self.form.read_values(changed=True)
            if self.fonts.fonts() != self._office.fonts:
                values["fonts"] = self.fonts.fonts()
            if values:
                records.update(self._context.workspace, Office, self._office.id, self._office.version, values)

        if Operation(write, self).show_failure(self.form, self.notice).run():
            super().accept()
