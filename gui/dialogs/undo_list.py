"""撤销操作: the last fifty operations by name, each with the reason where it cannot be taken back."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from gui.core import theme
from gui.core.context import Context
from gui.core.operation import Operation
from gui.core.plain_text import Label, set_tip
from gui.core.screen_fit import fit
from gui.lists.filters import button
from gui.widgets.notice import Notice
from gui.widgets.plain_table import plain_table, put_row

if TYPE_CHECKING:
    from models.services.undo import UndoEntry

HEAD = ("时间", "操作人", "做了什么", "能否撤销")
WIDTHS = (110, 80, 240, 400)


class UndoList(QDialog):
    """Takes back any one of the last operations that nothing depends on."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.offered: list[tuple[UndoEntry, str]] = []
        self.setWindowTitle("撤销操作")
        fit(self, 900, 520)
        self.notice = Notice()
        self.table = plain_table(HEAD, WIDTHS)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.itemSelectionChanged.connect(self._chosen)
        self.table.itemDoubleClicked.connect(lambda _item: self.undo())
        self._build()
        self.read()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.SMALL)
        hint = Label("最近 50 步操作，最新的在前。撤销不会抹掉记录，操作日志里都能查到。")
        hint.setProperty("class", "muted")
        layout.addWidget(hint)
        layout.addWidget(self.notice)
        layout.addWidget(self.table, 1)
        line = QHBoxLayout()
        self.do = button("撤销这一步", self.undo, "primary")
        self.do.setEnabled(False)
        line.addWidget(self.do)
        line.addStretch(1)
        line.addWidget(button("关闭", self.reject))
        layout.addLayout(line)

    def read(self) -> None:
        """Read the operations in the background."""
        from models.services import undo

        workspace = self._context.workspace

        def work() -> "list[tuple[UndoEntry, str]]":
            with workspace.reading() as session:
                return undo.offered(session)

        self._context.runner.quietly(work, self._show)

    def _show(self, offered: "list[tuple[UndoEntry, str]]") -> None:
        self.offered = offered
        self.table.setRowCount(len(offered))
        for row, (one, reason) in enumerate(offered):
            texts = (f"{one.at:%m-%d %H:%M}", one.who, one.deed, reason or "可以撤销")
            for item in put_row(self.table, row, texts):
                item.setForeground(QColor(theme.MUTED if reason else theme.INK))
        self._chosen()

    def _chosen(self) -> None:
        row = self.table.currentRow()
        marked = bool(self.table.selectedItems()) and row < len(self.offered)
        self.do.setEnabled(marked and not self.offered[row][1])
        set_tip(self.do, self.offered[row][1] if marked else "")

    def undo(self) -> None:
        """Take the marked operation back."""
        from models.services import undo

        row = self.table.currentRow()
        if not 0 <= row < len(self.offered):
            return
        one = self.offered[row][0]
        write = Operation(lambda: undo.undo(self._context.workspace, one.operation), self)
        write.on_failure(lambda refusal: self.notice.say(refusal.sentence, grave=True))
        if write.run():
            self.notice.say(f"已撤销：{one.deed}。")
            self._context.status(f"已撤销：{one.deed}。")
            self.table.clearSelection()
            self.read()
