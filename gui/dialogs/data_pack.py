"""更新法规和节假日数据: a data pack is read, shown with what it changes, and taken in."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from gui.core import theme
from gui.core.context import Context
from gui.core.operation import Operation
from gui.core.screen_fit import fit
from gui.lists.filters import button
from gui.widgets.plain_table import plain_table, put_row
from gui.widgets.styled import label, say
from models.domain.data_packs import LONGEST, DataPack, read_pack
from models.errors import Refusal
from models.services import data_packs
from models.services.data_packs import PackPlan

HEAD, WIDTHS = ("处理", "内容", "现在", "改为"), (104, 280, 220, 200)
TYPES = "法规数据 (*.json)"
KEEPS = "本单位改过、删去的不动；导入是一次操作，可以撤销。"


class DataPackDialog(QDialog):
    """Version and source on top, what changes below."""

    def __init__(self, context: Context, plan: PackPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._plan = context, plan
        pack = plan.pack
        self.setWindowTitle(f"导入{pack.name}数据")
        fit(self, 900, 560)
        present = f"，本单位现有 {plan.present} 版" if plan.present else ""
        head = label(f"{pack.name}　{pack.version} 版（{pack.issued_on:%Y-%m-%d}）{present}", "title")
        self.table = plain_table(HEAD, WIDTHS)
        self._wrong = label(name="wrong", wrap=True, shown=False)
        line = QHBoxLayout()
        line.addStretch(1)
        self.go = button("导入", self.accept, "primary")
        line.addWidget(self.go)
        line.addWidget(button("取消", self.reject))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        for part in (
            head, label(f"依据：{pack.source}", wrap=True), label(f"校验值：{pack.sha256}", "muted", wrap=True),
            label(self._summary(), wrap=True),
        ):  # fmt: skip
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(label(KEEPS, "muted", wrap=True))
        column.addWidget(self._wrong)
        column.addLayout(line)
        self._fill()

    def _summary(self) -> str:
        counts: dict[str, int] = {}
        for one in self._plan.changes:
            counts[one.what] = counts.get(one.what, 0) + 1
        told = "，".join(f"{what} {number} 处" for what, number in counts.items())
        return f"{told}。" if told else "与现有的内容一致，没有变化。"

    def _fill(self) -> None:
        changes = self._plan.changes
        self.table.setRowCount(len(changes))
        for row, one in enumerate(changes):
            whole = not one.field
            put_row(self.table, row, (
                one.what, one.label, "" if whole else said(one.before), said(one.after) if one.field else "",
            ))  # fmt: skip

    def accept(self) -> None:
        """Take it in; what stands against it is said here."""
        pack = self._plan.pack
        take = Operation(lambda: data_packs.take(self._context.workspace, pack), self)
        if take.say_failure(partial(say, self._wrong)).run():
            self._context.status(f"已导入{pack.name}数据 {pack.version} 版，可用 Ctrl+Z 撤销。")
            super().accept()


def said(value: Any) -> str:
    """A value as a clerk reads it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    return "" if value is None else str(value)


def read_file(path: Path) -> DataPack:
    """The pack in a file.

    Raises:
        Refusal: it cannot be read, or is none.
    """
    try:
        with path.open("rb") as file:
            return read_pack(file.read(LONGEST + 1))
    except OSError as error:
        raise Refusal(f"“{path.name}”读不出来：{error.strerror}。") from error


def ask(context: Context, parent: QWidget) -> None:
    """Ask for the file, show what it changes, and take it in."""
    start = context.state.folder("attach")
    name, _ = QFileDialog.getOpenFileName(parent, "选择法规数据文件", str(start), TYPES)
    if name:
        context.state.use_folder("attach", Path(name).parent)
        Operation(lambda: show(context, Path(name), parent)).run()


def show(context: Context, path: Path, parent: QWidget | None) -> None:
    """Show what a file changes.

    Raises:
        Refusal: it is no pack, or of a newer program.
    """
    pack = read_file(path)
    with context.workspace.reading() as session:
        plan = data_packs.plan(session, pack)
    DataPackDialog(context, plan, parent).exec()
