"""Splitting one problem into several, and merging several into one."""

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import select

from gui.core import theme
from gui.core.context import Context
from gui.core.drops import TextInput
from gui.core.operation import Operation
from gui.core.plain_text import Label
from gui.lists.filters import button
from models.records import Finding
from models.services import split_merge


class _Reshape(QDialog):
    """A sentence on top, the content, and two buttons with verbs."""

    def __init__(self, title: str, told: str, verb: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(640)
        sentence = Label(told)
        sentence.setProperty("class", "muted")
        sentence.setWordWrap(True)
        self._said = Label()
        self._said.setProperty("class", "wrong")
        self._said.setWordWrap(True)
        self.content = QVBoxLayout()
        self.content.setSpacing(theme.SMALL)
        line = QHBoxLayout()
        line.addStretch(1)
        self.go = button(verb, self.accept, "primary")
        line.addWidget(self.go)
        line.addWidget(button("取消", self.reject))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.HUGE, theme.LARGE, theme.HUGE, theme.LARGE)
        layout.setSpacing(theme.MEDIUM)
        layout.addWidget(sentence)
        layout.addLayout(self.content)
        layout.addWidget(self._said)
        layout.addLayout(line)

    def deed(self) -> None:
        """What the verb does."""
        raise NotImplementedError

    def accept(self) -> None:
        """Do it; what stands against it is said here and nothing typed is lost."""
        if Operation(self.deed, self).say_failure(self._said.setText).run():
            super().accept()


class SplitDialog(_Reshape):
    """The facts of each part, and how many problems it counts."""

    def __init__(self, context: Context, finding: Finding, parent: QWidget | None = None) -> None:
        told = f"问题 {finding.serial} 写成几个分开的问题。第一个沿用原编号，其余另编新号，责任单位、时限等都沿用。"
        super().__init__("拆分问题", told, "拆分", parent)
        self._context, self._finding = context, finding
        self.rows: list[tuple[TextInput, QSpinBox]] = []
        self.content.addWidget(button("＋ 再加一个", self.add_part, "link"))
        self.add_part()
        self.add_part()
        self.rows[0][0].setPlainText(finding.fact)
        self.rows[0][1].setValue(max(finding.count - 1, 1))
        self.rows[1][0].setFocus()

    def add_part(self) -> None:
        """Room for one more problem."""
        frame = QFrame()
        frame.setProperty("class", "row")
        line = QHBoxLayout(frame)
        fact, count = TextInput(), QSpinBox()
        fact.setFixedHeight(72)
        fact.setTabChangesFocus(True)
        fact.setAccessibleName(f"第 {len(self.rows) + 1} 个问题的事实")
        count.setRange(1, 99_999)
        count.setSuffix(" 个")
        count.lineEdit().setAcceptDrops(False)
        line.addWidget(Label(f"{len(self.rows) + 1}"))
        line.addWidget(fact, 1)
        line.addWidget(count)
        self.rows.append((fact, count))
        self.content.insertWidget(self.content.count() - 1, frame)

    def deed(self) -> None:
        """Split it."""
        parts = [{"fact": fact.toPlainText().strip(), "count": count.value()} for fact, count in self.rows]
        split_merge.split(self._context.workspace, self._finding.id, parts, self._finding.version)


class MergeDialog(_Reshape):
    """Which problem stays, and how it is worded."""

    def __init__(self, context: Context, findings: list[Finding], parent: QWidget | None = None) -> None:
        told = f"{len(findings)} 个问题合写为一个，数量相加。其余的记为作废，注明并入哪一个，编号不再使用。"
        super().__init__("合并问题", told, "合并", parent)
        self._context, self._findings = context, findings
        self.kept = QComboBox()
        for finding in findings:
            self.kept.addItem(f"{finding.serial}　{finding.fact[:40]}", finding.id)
        self.fact = TextInput("；".join(one.fact.rstrip("。；") for one in findings) + "。")
        self.fact.setFixedHeight(140)
        self.fact.setTabChangesFocus(True)
        for label, field in (("保留哪一个编号", self.kept), ("合并后的问题事实", self.fact)):
            self.content.addWidget(Label(label))
            self.content.addWidget(field)

    def deed(self) -> None:
        """Merge them."""
        ids = [finding.id for finding in self._findings]
        split_merge.merge(self._context.workspace, ids, self.kept.currentData(), self.fact.toPlainText().strip())


def _read(context: Context, ids: list[int]) -> list[Finding]:
    with context.workspace.reading() as session:
        return list(session.scalars(select(Finding).where(Finding.id.in_(ids)).order_by(Finding.serial)))


def split(context: Context, id_: int, parent: QWidget | None) -> bool:
    """Ask how to split a problem, and do it."""
    return bool(SplitDialog(context, _read(context, [id_])[0], parent).exec())


def merge(context: Context, ids: list[int], parent: QWidget | None) -> bool:
    """Ask how to merge problems, and do it; a sentence where only one is chosen."""
    if len(ids) < 2:
        context.status("请先选中两个以上的问题再合并。")
        return False
    return bool(MergeDialog(context, _read(context, ids), parent).exec())
