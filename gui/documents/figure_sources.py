"""数字出处: the numbers a paper states, and the records each of them comes from."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from gui.core import theme
from gui.core.context import Context
from gui.core.screen_fit import fit
from gui.dialogs.edit_record import open_ref
from gui.widgets.plain_table import plain_table, put_row
from gui.widgets.styled import button, label
from models.paper.editing import TITLE
from models.paper.elements import Figure, Paper
from models.paper.figures import UNKNOWN_SOURCE, parts, present, sources
from models.queries.lookups.named_records import named

_NUMBERS, _NUMBER_WIDTHS = ("数", "名称", "所在"), (64, 150, 220)
_RECORDS, _RECORD_WIDTHS = ("类别", "计入", "记录"), (84, 52, 480)
_AROUND = 12
"""Characters told before and behind a number, to say where it stands."""


class FigureSources(QDialog):
    """Every number of the paper at the left, the records behind the chosen one at the right; Enter opens a record."""

    def __init__(self, context: Context, paper: Paper, chosen: Figure | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("数字出处")
        self._context, self._paper = context, paper
        self._now = {key: (composed, now) for key, composed, now in parts(paper)}
        self.figures = [figure for figure in paper.figures if self._place(figure)]
        self._refs: list[str] = []
        self.numbers = plain_table(_NUMBERS, _NUMBER_WIDTHS)
        self.records = plain_table(_RECORDS, _RECORD_WIDTHS)
        self.said = label(name="muted", wrap=True)
        self._build()
        self._list_numbers()
        at = self.figures.index(chosen) if chosen in self.figures else 0
        self.numbers.currentCellChanged.connect(lambda row, *_rest: self._show(row))
        self.records.cellActivated.connect(lambda row, _column: self.open_record(row))
        if self.figures:
            self.numbers.selectRow(at)
        self._show(at)

    def _build(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        for table in (self.numbers, self.records):
            split.addWidget(table)
        split.setStretchFactor(1, 1)
        split.setSizes([420, 620])
        foot = QHBoxLayout()
        foot.addWidget(self.said, 1)
        close = button("关闭")
        close.clicked.connect(self.reject)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setSpacing(theme.SMALL)
        column.addWidget(split, 1)
        column.addLayout(foot)
        fit(self, 1080, 560)

    def _place(self, figure: Figure) -> tuple[int, int] | None:
        if figure.key not in self._now:
            return None
        return present(figure, *self._now[figure.key])

    def _list_numbers(self) -> None:
        self.numbers.setRowCount(len(self.figures))
        for row, figure in enumerate(self.figures):
            put_row(self.numbers, row, (self._shown(figure), figure.name, self._around(figure)))

    def _shown(self, figure: Figure) -> str:
        place = self._place(figure)
        return self._now[figure.key][1][slice(*place)] if place else figure.shown

    def _around(self, figure: Figure) -> str:
        place, (_, now) = self._place(figure), self._now[figure.key]
        start, end = place or (0, 0)
        before = "标题：" if figure.key == TITLE else ""
        return before + now[max(start - _AROUND, 0) : end + _AROUND].replace("\n", "").replace("\t", "　")

    def _show(self, row: int) -> None:
        """The records behind the chosen number."""
        if not 0 <= row < len(self.figures):
            self.said.setText(f"{UNKNOWN_SOURCE}：生成这份文稿时没有记下，可“按最新记录更新”后再看。")
            return
        figure = self.figures[row]
        refs = sources(self._paper, figure)
        with self._context.workspace.reading() as session:
            found = named(session, refs)
        weights = figure.weights or ("",) * len(refs)
        self._refs = [one.ref for one in found]
        self.records.setRowCount(len(found))
        for at, (one, weight) in enumerate(zip(found, weights, strict=True)):
            put_row(self.records, at, (one.noun, str(weight), one.words))
        self.said.setText(self._told(figure, self._shown(figure), len(found)))

    def _told(self, figure: Figure, shown: str, records: int) -> str:
        typed = f"（手工改过，生成时为{figure.shown}）" if shown != figure.shown else ""
        opening = f"，其中期初{figure.opening}" if figure.opening else ""
        behind = f"来自下列{records}条记录{opening}" if records else "没有记录"
        return f"{figure.name}{shown}{typed}：{behind}。双击打开记录。"

    def open_record(self, row: int) -> None:
        """Open a record behind the number."""
        if 0 <= row < len(self._refs):
            open_ref(self._context, self._refs[row], self)
            self._show(self.numbers.currentRow())


def show_sources(context: Context, paper: Paper, chosen: Figure | None, parent: QWidget) -> None:
    """Show where the numbers of a paper come from, the chosen one first."""
    FigureSources(context, paper, chosen, parent).exec()
