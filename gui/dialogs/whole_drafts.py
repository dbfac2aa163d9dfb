"""草稿送交办: every complete draft, those an issued document names ticked, sent on in one operation."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QTableWidgetItem, QVBoxLayout, QWidget

from gui.core import theme
from gui.core.context import Context
from gui.core.plain_text import Label
from gui.core.screen_fit import fit
from gui.forms.form import Form
from gui.forms.sections import Section
from gui.forms.workflow.step_form import fields_for, proposals, remember
from gui.lists.filters import button
from gui.widgets.notice import Notice
from gui.widgets.plain_table import plain_table, put_row
from models.domain.findings import lifecycle
from models.queries.whole_drafts import WholeDraft, whole_drafts
from models.services import findings

HEAD = ("编号", "发现日期", "属地和点位", "问题事实", "说明")
WIDTHS = (116, 96, 180, 320, 160)
ABOUT = (
    "这些草稿有问题事实、发现日期和地点，送交办后计入问题数，可以写入公文。已写入印发公文的先勾上了。"
    "不勾的留作草稿，以后可在“记录 › 草稿送交办”里再办。"
)


class WholeDrafts(QDialog):
    """Which of the complete drafts count."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.drafts: list[WholeDraft] = []
        self.setWindowTitle("草稿送交办")
        fit(self, 1080, 620)
        self.notice = Notice()
        self.table = plain_table(HEAD, WIDTHS)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.itemChanged.connect(lambda _item: self._count())
        self._build()
        self.read()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.SMALL)
        about = Label(ABOUT)
        about.setProperty("class", "muted")
        about.setWordWrap(True)
        layout.addWidget(about)
        layout.addWidget(self.notice)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._verified())
        line = QHBoxLayout()
        line.addWidget(button("全选", lambda: self._tick(on=True)))
        line.addWidget(button("全不选", lambda: self._tick(on=False)))
        line.addStretch(1)
        self.go = button("送交办", self.send, "primary")
        line.addWidget(self.go)
        line.addWidget(button("关闭", self.reject))
        layout.addLayout(line)

    def _verified(self) -> QWidget:
        """Who verified what the public reported; asked while such a draft is ticked."""
        self._step = lifecycle.step("submit")
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        self.reports = Label()
        column.addWidget(self.reports)
        fields = fields_for(self._step)
        self.form = Form(self._context, fields, [Section("", tuple(fields))])
        values, words = proposals(self._step, {"source_level": lifecycle.REPORTED}, {}, self._context)
        self.form.show_values(values)
        self.form.mark_carried(words)
        column.addWidget(self.form)
        self._verifying = box
        return box

    # ---- showing

    def read(self) -> None:
        """List what is a complete draft now."""
        with self._context.workspace.reading() as session:
            self.drafts = whole_drafts(session)
        self.table.blockSignals(True)
        self.table.setRowCount(len(self.drafts))
        for row, one in enumerate(self.drafts):
            papers = f"已写入{'、'.join(one.papers)}" if one.papers else ""
            told = "；".join(filter(None, ("群众举报" if one.reported else "", papers)))
            day = f"{one.found_on:%Y-%m-%d}"
            first = put_row(self.table, row, (one.serial, day, one.place, one.fact, told))[0]
            first.setFlags(first.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            first.setCheckState(Qt.CheckState.Checked if one.papers else Qt.CheckState.Unchecked)
        self.table.blockSignals(False)
        self._count()

    def _tick(self, *, on: bool) -> None:
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        self.table.blockSignals(True)
        for row in range(self.table.rowCount()):
            self._box(row).setCheckState(state)
        self.table.blockSignals(False)
        self._count()

    def _box(self, row: int) -> QTableWidgetItem:
        item = self.table.item(row, 0)
        assert item is not None
        return item

    def chosen(self) -> list[WholeDraft]:
        """The ticked drafts."""
        return [one for row, one in enumerate(self.drafts) if self._box(row).checkState() == Qt.CheckState.Checked]

    def _count(self) -> None:
        chosen = self.chosen()
        reports = sum(one.reported for one in chosen)
        self.reports.setText(f"其中 {reports} 条是群众举报，送交办即说明已经核实，请填写：")
        self._verifying.setVisible(bool(reports))
        problems = sum(one.count for one in chosen)
        self.go.setText(f"送交办 {len(chosen)} 条（{problems} 个问题）" if chosen else "送交办")
        self.go.setEnabled(bool(chosen))
        if not self.drafts:
            self.notice.say("没有内容完整的草稿。")

    # ---- sending on

    def send(self) -> None:
        """Send the ticked drafts on in one operation; what cannot go says why."""
        chosen = self.chosen()
        values, problems = self.form.values()
        if any(one.reported for one in chosen):
            wanted = (want.problem({"source_level": lifecycle.REPORTED}, values) for want in self._step.wants)
            problems = [*problems, *filter(None, wanted)]
            if problems:
                self.form.complain(problems)
                return
        _done, results = findings.take_many(self._context.workspace, [one.id for one in chosen], self._step.key, values)
        remember(self._step, {}, values, self._context)
        refused = [f"{one.serial}：{one.reason}" for one in results if one.reason]
        taken = len(results) - len(refused)
        self.read()
        self.notice.say(f"已送交办 {taken} 条，可按 Ctrl+Z 整批撤销。{''.join(refused)}", grave=bool(refused))
        self._context.status(f"已送交办 {taken} 条草稿。")


def show(context: Context, parent: QWidget) -> None:
    """Open the list of complete drafts."""
    WholeDrafts(context, parent).exec()
