"""What a document leaves out and why: told in a line, listed in a dialog, and ticked there where that is allowed."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTableWidgetItem, QVBoxLayout, QWidget

from gui.core import theme
from gui.core.context import Context
from gui.core.drops import LineInput
from gui.core.operation import Operation
from gui.core.plain_text import set_tip
from gui.core.screen_fit import fit
from gui.dialogs.edit_record import open_ref
from gui.dialogs.party_mentions import PartyMentions
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.plain_table import plain_table, put_row
from gui.widgets.styled import button, emptied, label, say
from models.domain.documents.mentions import ticked_in
from models.domain.documents.selection import Answer, Trait
from models.queries.selection.choices import Judged, Selection
from models.services.attaching import attached

_HEAD, _WIDTHS = ("写入", "记录", "原因"), (92, 400, 200)
_TICK, _WHAT, _WHY = range(3)
_PEOPLE = "案件里没有处理、不写入的人员，几个之间用顿号，同名的写“案件编号:姓名”"


@dataclass(frozen=True, slots=True)
class Ticks:
    """What the clerk decided about records that are only asked about.

    Attributes:
        reasons: uuid of a record that was taken in, and why.
        approver: 批准人 of cases that are told without a decision.
        leave_out: names of parties that are left out of their case, alone or after its number (A003:张三).
    """

    reasons: dict[str, str] = field(default_factory=dict)
    approver: str = ""
    leave_out: tuple[str, ...] = ()


class LeftOutLine(QWidget):
    """One line: 未写入 4 件, each reason a link to its records; nothing where everything is written in."""

    asked = Signal(str)
    """The reason whose records are to be shown; empty for all."""

    def __init__(self) -> None:
        super().__init__()
        self.text = label(name="muted")
        self.open = button("查看、勾选…")
        self.open.clicked.connect(lambda: self.asked.emit(""))
        self.reasons = FlowLayout(spacing=theme.TINY)
        held = QWidget()
        held.setLayout(self.reasons)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.SMALL)
        line.addWidget(self.text)
        line.addWidget(held, 1)
        line.addWidget(self.open)
        self.hide()

    def show_selection(self, selection: Selection) -> None:
        """Tell what was left out, and how many were taken in by a tick."""
        ticked = sum(one.verdict.answer is Answer.ASK for one in selection.included)
        left = len(selection.left_out)
        told = (f"未写入 {left} 件" if left else "", f"经勾选写入 {ticked} 件" if ticked else "")
        self.text.setText("；".join(filter(None, told)) + ("：" if left else "。"))
        emptied(self.reasons)
        for short, number in selection.reasons:
            link = button(f"{short} {number} 件", "link")
            link.clicked.connect(lambda _on, short=short: self.asked.emit(short))
            self.reasons.addWidget(link)
        self.setVisible(any(told))


class LeftOut(QDialog):
    """Every record that is not simply in, with its reason; those only asked about have a box to tick."""

    def __init__(
        self, context: Context, selection: Selection, ticks: Ticks, reason: str, parent: QWidget | None = None,
        *, first: str = "",
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._context, self._first = context, first
        self._rows = _listed(selection)
        self.ticks = ticks
        self.setWindowTitle("未写入的记录")
        fit(self, 860, 520)
        told = "这些记录没有写入。打勾的写入公文，须写明理由；没有方框的不能写入。"
        self.table = plain_table(_HEAD, _WIDTHS)
        self.reason = _input("写入理由", reason)
        self.approver = _input("只通报问题、没有处理的案件由谁批准", ticks.approver)
        self.people = _input(_PEOPLE, "、".join(ticks.leave_out))
        set_tip(self.people, self._may_be_left_out())
        self._wrong = label(name="wrong", wrap=True, shown=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.SMALL)
        column.addWidget(label(told, "muted", wrap=True))
        column.addWidget(self.table, 1)
        self.mentions = PartyMentions(context, self._rows)
        column.addWidget(self.mentions)
        for name, field_, wanted in (
            ("写入理由", self.reason, self._asks()),
            ("批准人", self.approver, self._asks(Trait.FACTS_ONLY)),
            ("不写入的人员", self.people, self._asks(Trait.UNSETTLED)),
        ):
            if wanted:
                column.addLayout(_row(name, field_))
        column.addWidget(self._wrong)
        column.addLayout(self._buttons())
        self._fill()

    def _asks(self, trait: Trait | None = None) -> bool:
        """Whether any row may be ticked at all, or for this reason."""
        asked = [one for one in self._rows if one.verdict.answer is Answer.ASK]
        return any(trait is None or trait in one.verdict.reasons for one in asked)

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self.all = button("全部加入")
        self.all.clicked.connect(self.tick_all)
        self.show_record = button("打开记录")
        self.show_record.clicked.connect(self.open_record)
        self.table.itemDoubleClicked.connect(lambda _item: self.open_record())
        self.attach = button("归入督查活动", tip="把这个问题归入同一单位、同一天的督查活动，就能写入报告")
        self.attach.clicked.connect(self.attach_record)
        self.attach.setVisible(any(Trait.UNATTACHED in one.verdict.reasons for one in self._rows))
        self.go = button("按勾选写入", "primary")
        self.go.clicked.connect(self.accept)
        self.go.setDefault(True)
        back = button("取消")
        back.clicked.connect(self.reject)
        for one in (self.all, self.go):
            one.setEnabled(self._asks())
        line.addWidget(self.all)
        line.addWidget(self.show_record)
        line.addWidget(self.attach)
        line.addStretch(1)
        line.addWidget(self.go)
        line.addWidget(back)
        return line

    def _fill(self) -> None:
        self.table.setRowCount(len(self._rows))
        for at, one in enumerate(self._rows):
            why = one.words or f"{one.verdict.words}。"
            tick, *_ = put_row(self.table, at, ("", one.label, why.removesuffix("。")))
            if one.verdict.answer is Answer.ASK:
                tick.setFlags(tick.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                ticked = one.taken or one.uuid in self.ticks.reasons
                tick.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            else:
                tick.setText("不能写入")
                tick.setForeground(Qt.GlobalColor.gray)
        shown = next((at for at, one in enumerate(self._rows) if one.verdict.short == self._first), 0)
        if self._rows:
            self.table.setCurrentCell(shown, _WHAT)

    def _box(self, at: int) -> QTableWidgetItem | None:
        item = self.table.item(at, _TICK)
        return item if self._rows[at].verdict.answer is Answer.ASK else None

    def tick_all(self) -> None:
        """Take in everything that is only asked about, for one reason."""
        for at in range(len(self._rows)):
            if box := self._box(at):
                box.setCheckState(Qt.CheckState.Checked)
        self.reason.setFocus()

    def open_record(self) -> None:
        """Open the record of the row, to be looked at or completed."""
        if (at := self.table.currentRow()) >= 0:
            open_ref(self._context, f"{self._rows[at].table}:{self._rows[at].uuid}", self)

    def attach_record(self) -> None:
        """Put the problem of the row into the inspection of its unit and day; what it then is, is asked anew."""
        at = self.table.currentRow()
        if at < 0 or Trait.UNATTACHED not in self._rows[at].verdict.reasons:
            self._refuse("请先选一个“未归入督查活动”的问题。", self.table)
            return

        def done(said: str) -> None:
            self._refuse(said or "同一单位、同一天没有督查活动，或者不止一次，请打开记录填写“督查活动”。", self.table)
            self.table.setRowHidden(at, bool(said))

        put = Operation(lambda: attached(self._context.workspace, self._rows[at].id), self)
        put.on_success(done).say_failure(lambda said: self._refuse(said, self.table)).run()

    def accept(self) -> None:
        """Keep the ticks with their reason, which must be given."""
        reason = self.reason.text().strip()
        boxes = ((self._rows[at], self._box(at)) for at in range(len(self._rows)))
        chosen = [one for one, box in boxes if box is not None and box.checkState() is Qt.CheckState.Checked]
        people = tuple(part.strip() for part in self.people.text().replace("，", "、").split("、") if part.strip())
        if chosen and not reason:
            self._refuse("请填写“写入理由”。", self.reason)
            return
        if nobody := [one for one in people if not self._known(one)]:
            told = "、".join(f"“{one}”" for one in nobody)
            self._refuse(
                f"“不写入的人员”里的{told}不是所列案件里可以不写的人，请核对。{self._may_be_left_out()}", self.people
            )
            return
        if not Operation(self.mentions.keep, self).say_failure(lambda said: self._refuse(said, self.mentions)).run():
            return
        kept = self.ticks.reasons
        reasons = {one.uuid: kept.get(one.uuid) or reason for one in chosen}
        people = tuple(dict.fromkeys((*people, *self.mentions.left_out())))
        self.ticks = Ticks(reasons, self.approver.text().strip(), people)
        super().accept()

    def _refuse(self, sentence: str, where: QWidget) -> None:
        say(self._wrong, sentence)
        where.setFocus()

    def _known(self, typed: str) -> bool:
        """Whether a name is one that is asked about here, or was left out before."""
        if typed in self.ticks.leave_out:
            return True
        return any(name in ticked_in(one.label.split(" ")[0], (typed,)) for one in self._rows for name in one.people)

    def _may_be_left_out(self) -> str:
        names = list(dict.fromkeys(name for one in self._rows for name in one.people))
        return f"可以不写的：{'、'.join(names)}。" if names else ""


def _listed(selection: Selection) -> list[Judged]:
    """What was ticked, then what may be, then what is out."""
    ticked = [one for one in selection.included if one.verdict.answer is Answer.ASK]
    return [*ticked, *selection.left_out]


def _input(tip: str, text: str) -> LineInput:
    made = LineInput()
    made.setPlaceholderText(tip)
    made.setAccessibleName(tip)
    made.setText(text)
    return made


def _row(name: str, field_: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(theme.SMALL)
    head = label(name, "field")
    head.setFixedWidth(96)
    line.addWidget(head)
    line.addWidget(field_, 1)
    return line


def ask(
    context: Context, kind: str, selection: Selection, ticks: Ticks, parent: QWidget | None, *, first: str = ""
) -> Ticks | None:
    """List what is left out and take the clerk's ticks; None where nothing was decided.

    ``first`` is the reason whose records are shown first. The reason given last is proposed for the same kind.
    """
    key = f"export.{kind}.reason"
    dialog = LeftOut(context, selection, ticks, context.state.get(key) or "", parent, first=first)
    if not dialog.exec():
        return None
    if dialog.reason.text().strip():
        context.state.set(key, dialog.reason.text().strip())
    return dialog.ticks


def ticks_of(reasons: Iterable[tuple[str, str]], approver: str, leave_out: Iterable[str]) -> Ticks:
    """The ticks a draft keeps in its options."""
    return Ticks(dict(reasons), approver, tuple(leave_out))
