"""Importing a workbook or pasted rows: what each row would do, then all of it in one transaction."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gui.core import error_reporting, theme
from gui.core.context import Context, Progress
from gui.core.plain_text import Label, tip_text
from gui.core.save_file import ask_file
from gui.core.screen_fit import fit
from gui.dialogs.missing_values import Lacking
from gui.exchange import incoming
from gui.exchange.preview import PackagePreview
from gui.lists.filters import button
from models.errors import Refusal, Stale

if TYPE_CHECKING:
    from models.intake.matching import Answer
    from models.intake.rows import Preview, Row
    from models.intake.workbook import Book

FILES = "表格 (*.xlsx *.xlsm *.xls *.xlsb *.ods *.et *.csv *.txt *.docx);;所有文件 (*)"
HEAD = ("结果", "表", "位置", "属地", "点位", "日期", "内容", "说明")
WIDTHS = (76, 76, 118, 92, 130, 88, 220, 300)
COLOURS = {"新增": theme.GREEN, "变更": theme.BLUE, "待确认": theme.AMBER, "不能导入": theme.ACCENT}
ASKED = "待确认的行不会导入。选中后请说明：是本机已有的那一条，还是另一条新的。"


def import_file(context: Context, parent: QWidget) -> None:
    """Ask for a workbook, then show what it would do."""
    folder = str(context.state.folder("import"))
    name, _ = QFileDialog.getOpenFileName(parent, "选择要导入的 Excel 文件", folder, FILES)
    if name:
        context.state.use_folder("import", Path(name).parent)
        _show(context, Path(name), parent)


def _show(context: Context, path: Path, parent: QWidget) -> None:
    if incoming.kind_of(path) in ("package", "sheet"):
        PackagePreview(context, [path], parent).exec()
    else:
        ImportDialog(context, path, parent).exec()


def paste_rows(context: Context, table: str, rows: list[list[str]], parent: QWidget) -> None:
    """Show what rows pasted into a list would do."""
    from models.intake.sheets import BY_TABLE
    from models.intake.workbook import of_rows
    from models.records import RECORDS, fields_of

    sheet = BY_TABLE[table].name
    try:
        book = of_rows("粘贴的内容", sheet, rows)
    except Refusal as refusal:
        why = refusal.sentence.replace(f"“{sheet}”表", "粘贴的内容")
        heads = "".join(f"“{field.label}”" for field in fields_of(RECORDS[table]).values() if field.required)
        error_reporting.refuse(Refusal(f"{why}请连同标题行一起复制，其中要有{heads}等列名。"), parent)
        return
    ImportDialog(context, book, parent).exec()


class _Rows(QAbstractTableModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show(self, rows: "list[Row]") -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """The shown rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, _parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Result, sheet, place in the file, unit, site, day, content, and what changes or must be known."""
        return len(HEAD)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """The heads."""
        return HEAD[section] if role == 0 and orientation == Qt.Orientation.Horizontal else None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        """A row's part."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _cells(row)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip_text(_cells(row)[index.column()])
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 0:
            return QColor(COLOURS.get(str(row.verdict), theme.MUTED))
        return None


def _cells(row: "Row") -> tuple[str, ...]:
    parts = row.parts
    about = parts["fact"] or row.title
    return str(row.verdict), row.sheet.name, row.place, parts["unit"], parts["place"], parts["day"], about, row.told


class ImportDialog(QDialog):
    """The preview, with the rows that cannot come in first."""

    def __init__(self, context: Context, source: "Path | Book", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._source = context, source
        self.preview: Preview | None = None
        self._answers: dict[tuple[str, int], Answer] = {}
        self.setWindowTitle("导入")
        fit(self, 1180, 640)
        self._title = Label("正在读取…")
        self._title.setProperty("class", "title")
        self._notes = Label()
        self._notes.setProperty("class", "muted")
        self._notes.setWordWrap(True)
        self._tabs, self._group = QHBoxLayout(), QButtonGroup(self)
        self._tabs.setSpacing(0)
        self.table = QTableView()
        self.table.setModel(_Rows(self))
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.ROW)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for n, width in enumerate(WIDTHS):
            self.table.setColumnWidth(n, width)
        self._same = button("是已有的那一条", lambda: self._answer("same"))
        self._new = button("是新的一条", lambda: self._answer("new"))
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._offer_answers())
        self._build()
        self._read()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(self._title)
        layout.addWidget(self._notes)
        self.asking = Lacking(self._context, self._again)
        layout.addWidget(self.asking)
        layout.addLayout(self._tabs)
        layout.addWidget(self.table, 1)
        self._asking = QWidget()
        asked = QHBoxLayout(self._asking)
        asked.setContentsMargins(0, 0, 0, 0)
        self._question = Label(ASKED)
        self._question.setProperty("class", "muted")
        self._question.setWordWrap(True)
        asked.addWidget(self._question, 1)
        asked.addWidget(self._same)
        asked.addWidget(self._new)
        self._asking.hide()
        layout.addWidget(self._asking)
        line = QHBoxLayout()
        line.addWidget(button("空白模板…", self.save_template))
        line.addStretch(1)
        self._do = button("导入", self.accept, "primary")
        self._do.setDefault(True)
        self._do.setEnabled(False)
        line.addWidget(self._do)
        line.addWidget(button("取消", self.reject))
        layout.addLayout(line)

    def _read(self) -> None:
        workspace, source, answers = self._context.workspace, self._source, dict(self._answers)
        usual = self.asking.given()

        def work(progress: Progress) -> "Preview":
            from models.intake.preview import preview
            from models.intake.workbook import read

            progress("正在读取文件…")
            book = self._source = read(source) if isinstance(source, Path) else source
            progress("正在与台账比对…")
            with workspace.reading() as session:
                return preview(session, book, today=workspace.today, usual=usual, answers=answers)

        self._context.runner.run("正在读取文件…", work, self._show, self._failed)

    def _chosen(self) -> "list[Row]":
        model = self.table.model()
        assert isinstance(model, _Rows)
        return [model.rows[index.row()] for index in self.table.selectionModel().selectedRows()]

    def _offer_answers(self) -> None:
        asked = [row for row in self._chosen() if row.asks]
        for one in (self._same, self._new):
            one.setEnabled(any(row.answerable for row in asked))
        self._question.setText(asked[0].told if len(asked) == 1 else ASKED)

    def _answer(self, answer: "Answer") -> None:
        """Note what the clerk says of the chosen rows in doubt, and look at the whole file again."""
        self._answers |= {row.line.key: answer for row in self._chosen() if row.asks and row.line}
        self._again()

    def _again(self) -> None:
        """Look at the same rows anew."""
        for one in self._group.buttons():
            self._group.removeButton(one)
            one.deleteLater()
        while (item := self._tabs.takeAt(0)) is not None:
            del item
        self._do.setEnabled(False)
        self._read()

    def _failed(self, error: BaseException) -> None:
        self._title.setText("不能导入")
        if isinstance(error, Refusal):
            self._notes.setText(error.sentence)
            self._notes.setProperty("class", "wrong")
            self._notes.style().polish(self._notes)
        else:
            error_reporting.tell(error)

    def _show(self, found: "Preview") -> None:
        from models.intake.rows import Verdict

        self.preview = found
        counts = {verdict: found.count(verdict) for verdict in Verdict}
        self._title.setText(f"导入“{found.name}”")
        told = [*found.notes, *filter(None, (found.ending,))]
        self._notes.setText("\n".join(told))
        self._notes.setVisible(bool(told))
        self.asking.ask(found.lacking)
        order = [Verdict.UNSURE, *(one for one in list(Verdict)[::-1] if one is not Verdict.UNSURE)]
        rows = sorted(found.rows, key=lambda row: order.index(row.verdict))
        self._add_tab(f"全部 {len(rows)}", rows)
        for verdict in Verdict:
            if counts[verdict]:
                self._add_tab(f"{verdict} {counts[verdict]}", [row for row in rows if row.verdict is verdict])
        self._tabs.addStretch(1)
        self._group.buttons()[0].click()
        writes = counts[Verdict.NEW] + counts[Verdict.CHANGED]
        self._do.setText(f"导入 {writes} 行" if writes else "没有可导入的行")
        self._do.setEnabled(found.writes)
        self._asking.setVisible(bool(found.doubts))
        self._offer_answers()

    def _add_tab(self, label: str, rows: "list[Row]") -> None:
        one = QPushButton(label)
        one.setCheckable(True)
        one.setAutoDefault(False)
        one.setProperty("class", "segment")
        model = self.table.model()
        assert isinstance(model, _Rows)
        one.clicked.connect(lambda _on: model.show(rows))
        self._group.addButton(one)
        self._tabs.addWidget(one)

    def accept(self) -> None:
        """Write what was previewed."""
        if self.preview is None or not self.preview.writes:
            return
        found, workspace = self.preview, self._context.workspace
        self._do.setEnabled(False)

        def work(_progress: Progress) -> None:
            from models.intake.apply import apply

            apply(workspace, found)

        self._context.runner.run("正在导入…", work, lambda _none: self._done(), self._not_done)

    def _done(self) -> None:
        assert self.preview is not None
        self._context.status(f"已导入“{self.preview.name}”。{self.preview.ending}可用 Ctrl+Z 撤销。")
        super().accept()

    def _not_done(self, error: BaseException) -> None:
        error_reporting.tell(error)
        if isinstance(error, Stale):
            self._again()

    def save_template(self) -> None:
        """Write the blank import workbook."""
        folder = self._context.state.folder("import")
        proposed = folder / "督查通导入模板.xlsx"
        target = ask_file(self, "保存空白模板", proposed, (".xlsx",), self._context.folder)
        if target is None:
            return
        workspace = self._context.workspace

        def work(_progress: Progress) -> Path:
            from exporters.workbooks.template import write_template

            with workspace.reading() as session:
                write_template(session, target)
            return target

        def done(path: Path) -> None:
            from gui.dialogs.export_done import Finished

            Finished(path, None, self).exec()

        self._context.runner.run("正在写出模板…", work, done)
