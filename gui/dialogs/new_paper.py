"""起草公文: a paper of any type from a blank page, or from a text that is pasted whole."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QMessageBox, QVBoxLayout, QWidget

from gui.core import theme
from gui.core.context import Context
from gui.core.drops import TextInput
from gui.core.operation import Operation
from gui.core.plain_text import MessageBox
from gui.core.screen_fit import fit
from gui.forms.form import Form
from gui.forms.sections import Section
from gui.lists.filters import button
from gui.widgets.styled import CalmCombo, label, say
from models.domain.documents.document_types import BY_NAME, TYPES, type_of
from models.errors import Refusal
from models.paper.kinds import FORMATS
from models.paper.typed_text import several
from models.records.fields import Field

if TYPE_CHECKING:
    from exporters.composing import Options
    from gui.documents.window import DocumentWindow

KIND = "free_paper"
BY_TITLE = "按标题末尾"
FIELDS = {
    "title": Field("标题", "line", limit=300, help="如：关于开展汛期值守督查的通知"),
    "addressees": Field("主送", "line", limit=2000, help="不填用“设置”里的，函、决定等不填为空；几个之间用顿号或分号"),
    "date": Field("成文日期", "day", help="不填为今天"),
}
_HINT = (
    "可以整篇粘贴，也可以空着到编辑窗口里写。一行一段；“一、”“（一）”“1.”“（1）”开头的成为各级标题，"
    "从表格复制来的成为表格，单独一行“附件1”以后的成为附件。"
)


class NewPaper(QDialog):
    """Type, title and addressees, and the text; the editor goes on from there."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.window_: DocumentWindow | None = None
        self.setWindowTitle("起草公文")
        fit(self, 860, 640)
        self.type = CalmCombo()
        self.type.setAccessibleName("文种")
        for name in ("", *BY_NAME):
            self.type.addItem(name or BY_TITLE, name)
        self.type.insertSeparator(len(TYPES) + 1)
        self.form = Form(context, FIELDS, [Section("", tuple(FIELDS))])
        for name in ("title", "addressees"):
            self.form.widen(name)
        self.form.edited.connect(self._told)
        self.text = TextInput()
        self.text.setAccessibleName("正文")
        self.text.setTabChangesFocus(True)
        self._type_told = label(name="muted")
        self._wrong = label(name="wrong", wrap=True, shown=False)
        self._build()
        self.form.go_to("title")
        self._told()

    def _build(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        line.addWidget(label("文种", "field"))
        line.addWidget(self.type)
        line.addWidget(self._type_told, 1)
        self.type.currentIndexChanged.connect(self._told)
        doing = QHBoxLayout()
        doing.addStretch(1)
        doing.addWidget(button("开始编辑", self.accept, "primary"))
        doing.addWidget(button("取消", self.reject))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.HUGE, theme.LARGE, theme.HUGE, theme.LARGE)
        column.setSpacing(theme.MEDIUM)
        column.addLayout(line)
        for part in (self.form, label("正文", "field"), label(_HINT, "muted", wrap=True)):
            column.addWidget(part)
        column.addWidget(self.text, 1)
        column.addWidget(self._wrong)
        column.addLayout(doing)

    def _told(self) -> None:
        """What the type means: its form, whether it goes up, or that the title says none yet."""
        values, _problems = self.form.values()
        found = BY_NAME.get(self.type.currentData() or "") or type_of(values.get("title") or "")
        if found is None:
            self._type_told.setText("标题末尾没有文种的，按工作用稿")
            return
        told = (found.name, FORMATS[found.format], "上行文，写签发人" if found.upward else "")
        self._type_told.setText("，".join(filter(None, told)))

    def options(self) -> "Options":
        """What was typed.

        Raises:
            Refusal: a field does not read.
        """
        from exporters.composing import Options  # composing takes long to load

        values, problems = self.form.values()
        if problems:
            self.form.complain(problems)
            raise Refusal(*problems)
        return Options(
            document_type=self.type.currentData() or "",
            title=(values.get("title") or "").strip(),
            addressees=several(values["addressees"]) if values.get("addressees") else None,
            date=values.get("date"),
            campaign_id=self._context.state.get("campaign"),
            text=self.text.toPlainText(),
        )

    def accept(self) -> None:
        """Open the editor with what was typed; what stands against it is said and nothing is lost."""
        if Operation(self._begin, self).say_failure(partial(say, self._wrong)).run():
            super().accept()

    def _begin(self) -> None:
        from exporters.composing import compose, to_data  # composing and pages take long to load
        from gui.documents.window import open_paper  # likewise

        options = self.options()
        with self._context.workspace.reading() as session:
            paper = compose(session, KIND, options)
        parent = self.parentWidget()
        self.window_ = open_paper(self._context, paper, to_data(options), parent.window() if parent else None)

    def reject(self) -> None:
        """A text that was typed is not thrown away without asking."""
        if self.text.toPlainText().strip() and not self._may_leave():
            return
        super().reject()

    def _may_leave(self) -> bool:
        box = MessageBox(self, QMessageBox.Icon.Question, "正文还没有成文，放弃吗？")
        leave = box.addButton("放弃", QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton("继续填写", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        return box.clickedButton() is leave


def begin(context: Context, parent: QWidget | None) -> None:
    """Ask what is to be written, then open the editor."""
    NewPaper(context, parent).exec()
