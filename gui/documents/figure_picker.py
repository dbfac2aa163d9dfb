"""插入数字: a figure of the records, of a period, 专项 or unit, put into the text at the cursor."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from gui.core import theme
from gui.core.context import Context
from gui.core.screen_fit import fit
from gui.forms.form import Form
from gui.forms.sections import Section
from gui.lists.filters import button
from gui.widgets.plain_table import plain_table, put_row
from gui.widgets.styled import label, say
from models.paper.typed_figures import NamedFigure
from models.queries.figures.named import named_figures
from models.queries.figures.scope import Scope
from models.records.fields import Field

FIELDS = {
    "from_": Field("从哪天", "day"),
    "until": Field("到哪天", "day"),
    "campaign_id": Field("专项", "ref", target="campaign"),
    "unit_ids": Field("单位", "refs", target="unit"),
}
HEAD, WIDTHS = ("数", "名称"), (88, 420)
ABOUT = "数字按记录统计，插入以后可以点数字看出处。不填日期的，统计全部。"


class FigurePicker(QDialog):
    """What the figures are of, and the figures; a double click or Enter takes one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.figures: tuple[NamedFigure, ...] = ()
        self.chosen: NamedFigure | None = None
        self.setWindowTitle("插入数字")
        fit(self, 720, 620)
        self.form = Form(context, FIELDS, [Section("", tuple(FIELDS))])
        self.form.show_values({"campaign_id": context.state.get("campaign")})
        self._later = QTimer(self, singleShot=True, interval=200)
        self._later.timeout.connect(self.count)
        self.form.edited.connect(self._later.start)
        self.table = plain_table(HEAD, WIDTHS)
        self.table.cellActivated.connect(lambda _row, _column: self.accept())
        self._wrong = label(name="wrong", wrap=True, shown=False)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(button("插入", self.accept, "primary"))
        line.addWidget(button("取消", self.reject))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        for part in (label(ABOUT, "muted", wrap=True), self.form, self._wrong):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addLayout(line)
        self.count()

    def count(self) -> None:
        """Count anew for what is asked now; the chosen row stays."""
        self._later.stop()
        values, problems = self.form.values()
        self.form.complain(problems)
        first, last = values.get("from_"), values.get("until")
        wrong = bool(first and last and first > last)
        say(self._wrong, "“到哪天”早于“从哪天”，请核对。" if wrong else "")
        if problems or wrong:
            self.figures = ()
        else:
            scope = Scope(
                campaign_id=values.get("campaign_id"), from_=first, until=last,
                unit_ids=tuple(values.get("unit_ids") or ()),
            )  # fmt: skip
            workspace = self._context.workspace
            with workspace.reading() as session:
                self.figures = named_figures(session, workspace.today, scope)
        self._fill()

    def _fill(self) -> None:
        row = max(self.table.currentRow(), 0)
        self.table.setRowCount(len(self.figures))
        for at, one in enumerate(self.figures):
            put_row(self.table, at, (one.shown, one.name))
        if self.figures:
            self.table.selectRow(min(row, len(self.figures) - 1))

    def accept(self) -> None:
        """Take the chosen figure."""
        if self._later.isActive():
            self.count()
        row = self.table.currentRow()
        if 0 <= row < len(self.figures):
            self.chosen = self.figures[row]
            super().accept()


def ask_figure(context: Context, parent: QWidget) -> NamedFigure | None:
    """A figure to put in; None where the clerk backs out."""
    dialog = FigurePicker(context, parent)
    return dialog.chosen if dialog.exec() else None
