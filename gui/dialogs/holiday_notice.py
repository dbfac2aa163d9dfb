"""粘贴放假通知: the yearly notice as text, read and shown before it is kept."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from gui.core import theme
from gui.core.context import Context
from gui.core.drops import TextInput
from gui.core.operation import Operation
from gui.core.screen_fit import fit
from gui.lists.filters import button
from gui.widgets.plain_table import plain_table, put_row
from gui.widgets.styled import label, say
from models.domain.holiday_notice import HolidayNotice, NamedDay, read_notice
from models.services import holiday_notices
from models.services.holiday_notices import NoticePlan

HEAD = ("日期", "名称", "安排", "与现有的比较")
WIDTHS = (136, 112, 64, 96)
ABOUT = (
    "把国务院办公厅的放假通知全文粘贴在这里，程序读出放假和调休上班的日期，核对无误再存入。"
    "存入以后，工作日时限按它计算；原来标“暂定”的时限重新计算。"
)
_WEEK = "一二三四五六日"


class HolidayNoticeDialog(QDialog):
    """The text on the left, what was read on the right, and what it changes below."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.read: HolidayNotice | None = None
        self.plan: NoticePlan | None = None
        self.setWindowTitle("粘贴放假通知")
        fit(self, 1060, 640)
        self.text = TextInput()
        self.text.setAccessibleName("放假通知全文")
        self.text.setTabChangesFocus(True)
        self._later = QTimer(self, singleShot=True, interval=200)
        self._later.timeout.connect(self.show_read)
        self.text.textChanged.connect(self._later.start)
        self.table = plain_table(HEAD, WIDTHS)
        self.told = label(name="muted", wrap=True)
        self.wrong = label(name="wrong", wrap=True, shown=False)
        self._build()

    def _build(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(theme.MEDIUM)
        middle.addWidget(self.text, 1)
        middle.addWidget(self.table, 1)
        line = QHBoxLayout()
        line.addStretch(1)
        self.go = button("存入", self.accept, "primary")
        self.go.setEnabled(False)
        line.addWidget(self.go)
        line.addWidget(button("取消", self.reject))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        column.addWidget(label(ABOUT, "muted", wrap=True))
        column.addLayout(middle, 1)
        for part in (self.wrong, self.told):
            column.addWidget(part)
        column.addLayout(line)

    def show_read(self) -> None:
        """Read the text as it is now, and show what keeping it would change."""
        self._later.stop()
        text = self.text.toPlainText()
        self.read = read_notice(text)
        self.plan = None
        self.table.setRowCount(0)
        wrong = ""
        if self.read is None and text.strip():
            wrong = "没有读出放假安排，请粘贴通知全文，要有年份和“一、元旦：……放假”这样的各条。"
        if self.read is not None:
            wrong = "".join(self.read.problems)
            self._show_days(self.read)
        say(self.wrong, wrong)
        self.told.setText(self._changes())
        self.go.setEnabled(bool(self.read and self.read.days))

    def _show_days(self, notice: HolidayNotice) -> None:
        with self._context.workspace.reading() as session:
            self.plan = holiday_notices.plan(session, notice.days, notice.year)
        added = set(self.plan.added)
        changed = {one for _, one in self.plan.changed}
        self.table.setRowCount(len(notice.days))
        for row, one in enumerate(notice.days):
            compared = "新增" if one in added else "改" if one in changed else "已有"
            put_row(self.table, row, (said(one), one.name, "上班" if one.works else "放假", compared))

    def _changes(self) -> str:
        """What keeping it does, in one line."""
        if self.read is None or self.plan is None:
            return ""
        plan = self.plan
        moved = [one for one in plan.deadlines if one.day != one.before]
        parts = [f"{self.read.year}年：新增 {len(plan.added)} 天，改 {len(plan.changed)} 天，已有 {plan.same} 天"]
        if plan.besides:
            parts.append(f"本单位另记的 {len(plan.besides)} 天不变")
        if plan.deadlines:
            parts.append(f"{len(plan.deadlines)} 个问题的时限不再是暂定，其中 {len(moved)} 个改变")
        named = "、".join(f"{one.serial}（{one.before:%m-%d}→{one.day:%m-%d}）" for one in moved[:5])
        return "；".join(parts) + "。" + (f"改变的有：{named}{'等' if moved[5:] else ''}。" if named else "")

    def accept(self) -> None:
        """Keep it."""
        self.show_read()
        notice = self.read
        if notice is None:
            return
        keep = Operation(lambda: holiday_notices.keep(self._context.workspace, notice), self)
        if keep.say_failure(partial(say, self.wrong)).run():
            self._context.status(f"已存入{notice.year}年放假安排，可用 Ctrl+Z 撤销。")
            super().accept()


def said(one: NamedDay) -> str:
    """2027-02-05 周五."""
    return f"{one.day:%Y-%m-%d} 周{_WEEK[one.day.weekday()]}"


def ask(context: Context, parent: QWidget | None) -> None:
    """Ask for the notice."""
    HolidayNoticeDialog(context, parent).exec()
