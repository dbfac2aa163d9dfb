"""收发情况 and 发任务包 at the county: who was sent what, who opened it, who owes a word, and the next package."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.core import error_reporting, theme
from gui.core.context import Cancelled, Context, Progress
from gui.core.drops import LineInput
from gui.core.operation import Operation
from gui.core.plain_text import Label, set_tip
from gui.core.save_file import ask_folder
from gui.core.screen_fit import fit
from gui.exchange import incoming
from gui.lists.filters import button
from gui.widgets.notice import Notice
from gui.widgets.plain_table import plain_table, put_row
from models.errors import Refusal

if TYPE_CHECKING:
    from models.queries.facts.exchange import UnitProgress

HEAD = ("单位", "待办结", "逾期", "未发出", "最近发出", "对方已收到", "最近收到反馈", "提示")
WIDTHS = (174, 64, 56, 64, 110, 90, 110, 290)
PLACE, NOTE = 0, 7


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of one unit's package: the file's name, or why there is none."""

    unit_id: int
    file: str
    refused: str = ""


def when(moment: dt.datetime | None) -> str:
    """A moment as the list shows it."""
    return f"{moment:%m-%d %H:%M}" if moment else ""


class Packages(QDialog):
    """The units by standing, each with a tick; what is ticked gets a package."""

    def __init__(self, context: Context, parent: QWidget | None = None, *, tick: bool = True) -> None:
        super().__init__(parent)
        self._context, self._tick = context, tick
        self.standings: list[UnitProgress] = []
        self.results: dict[int, Sent] = {}
        self.setWindowTitle("收发情况")
        fit(self, 1080, 620)
        self.notice = Notice()
        self.table = plain_table(HEAD, WIDTHS)
        self.table.itemChanged.connect(lambda _item: self._count())
        self.photos = QCheckBox("带上问题照片")
        self.photos.setChecked(bool(context.state.get("package.photos", True)))
        self.passphrase = LineInput(placeholderText="不填则不加口令")
        set_tip(self.passphrase, "加了口令的数据包，要在电话里把口令告诉对方")
        self.passphrase.setFixedWidth(220)
        self._build()
        self.table.setFocus()
        self.read()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.SMALL)
        top = QHBoxLayout()
        self._summary = Label("正在统计…")
        self._summary.setProperty("class", "title")
        top.addWidget(self._summary, 1)
        for text, do in (("选需要发的", self.tick_advised), ("全选", self.tick_all), ("全不选", self.tick_none)):
            top.addWidget(button(text, do))
        layout.addLayout(top)
        layout.addWidget(self.notice)
        layout.addWidget(self.table, 1)
        options = QHBoxLayout()
        options.setSpacing(theme.MEDIUM)
        options.addWidget(self.photos)
        options.addWidget(Label("口令"))
        options.addWidget(self.passphrase)
        options.addStretch(1)
        layout.addLayout(options)
        layout.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        self.send_button = button("发任务包", self.send, "primary")
        self.send_button.setDefault(True)
        self.sheet_button = button("发成 Excel 反馈表…", self.send_sheets)
        set_tip(self.sheet_button, "对方还没有装督查通时，发一张填写好就能导回来的表格")
        self.anew_button = button("重新配对", self.pair_anew)
        set_tip(self.anew_button, "对方换了电脑，或任务包可能落到别人手里时用；下一个任务包会带上新的配对信息")
        self.stop_button = button("停止", self._context.runner.cancel)
        self.stop_button.hide()
        for part in (self.send_button, self.sheet_button, self.anew_button, self.stop_button):
            line.addWidget(part)
        line.addStretch(1)
        self.open_button = button("打开所在文件夹", self._open_folder)
        self.open_button.hide()
        line.addWidget(self.open_button)
        line.addWidget(button("关闭", self.reject))
        return line

    # ---- what there is

    def read(self) -> None:
        """Read how things stand, in the background."""
        workspace = self._context.workspace

        def work() -> "list[UnitProgress]":
            from models.queries.facts.exchange import standings

            with workspace.reading() as session:
                return standings(session, workspace.today)

        self._context.runner.quietly(work, self._show)

    def _show(self, standings: "list[UnitProgress]") -> None:
        ticked = set(self.ticked()) if self.standings else None
        self.standings = standings
        self.table.blockSignals(True)
        self.table.setRowCount(len(standings))
        for row, one in enumerate(standings):
            self._put(row, one, ticked)
        self.table.blockSignals(False)
        late = sum(one.late for one in standings)
        owed = sum(bool(one.owed) for one in standings)
        self._summary.setText(
            f"{len(standings)} 个单位，{owed} 个有问题待办结，{late} 个问题逾期" if standings else "还没有已交办的问题"
        )
        self._count()

    def _put(self, row: int, one: "UnitProgress", ticked: "set[int] | None") -> None:
        opened = "" if one.opened is None else "是" if one.opened else "没有回执"
        came = self.results.get(one.unit_id)
        note = (came.refused or f"已写出：{came.file}") if came else one.advice
        numbers = tuple(str(n or "") for n in (one.owed, one.late, one.unsent))
        cells = put_row(self.table, row, (one.unit, *numbers, when(one.sent_at), opened, when(one.answered_at), note))
        on = self._tick and one.resend if ticked is None else one.unit_id in ticked
        cells[PLACE].setFlags(cells[PLACE].flags() | Qt.ItemFlag.ItemIsUserCheckable)
        cells[PLACE].setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        for cell in cells[1:4]:
            cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if one.late:
            cells[2].setForeground(QColor(theme.ACCENT))
        if came:
            cells[NOTE].setForeground(QColor(theme.ACCENT if came.refused else theme.GREEN))

    def _cell(self, row: int) -> QTableWidgetItem:
        cell = self.table.item(row, PLACE)
        assert cell is not None
        return cell

    def ticked(self) -> list[int]:
        """The ids of the ticked units."""
        on = Qt.CheckState.Checked
        return [one.unit_id for row, one in enumerate(self.standings) if self._cell(row).checkState() == on]

    def tick(self, unit_ids: "set[int]") -> None:
        """Tick these units and no other."""
        for row, one in enumerate(self.standings):
            on = one.unit_id in unit_ids
            self._cell(row).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def tick_advised(self) -> None:
        """Tick whom a package is due."""
        self.tick({one.unit_id for one in self.standings if one.resend})

    def tick_all(self) -> None:
        """Tick everyone."""
        self.tick({one.unit_id for one in self.standings})

    def tick_none(self) -> None:
        """Tick nobody."""
        self.tick(set())

    def _count(self) -> None:
        count = len(self.ticked())
        self.send_button.setText(f"给 {count} 个单位发任务包…" if count else "发任务包")
        for one in (self.send_button, self.sheet_button):
            one.setEnabled(bool(count))
        self.anew_button.setEnabled(count == 1)

    # ---- sending

    def _ask_folder(self) -> Path | None:
        start = self._context.state.folder("package")
        return ask_folder(self, "放到哪里（U 盘或文件夹）", start, self._context.folder)

    def send(self) -> None:
        """Ask where to, then write a package for each ticked unit."""
        folder = self._ask_folder()
        if folder is not None:
            self.send_to(folder)

    def send_sheets(self) -> None:
        """Ask where to, then write a sheet for each ticked unit."""
        folder = self._ask_folder()
        if folder is not None:
            self.send_to(folder, sheets=True)

    def send_to(self, folder: Path, *, sheets: bool = False) -> None:
        """Write one file for each ticked unit; one that is refused does not keep the others back."""
        units = [(one.unit_id, one.unit) for one in self.standings if one.unit_id in set(self.ticked())]
        workspace, word, photos = self._context.workspace, self.passphrase.text().strip(), self.photos.isChecked()
        self._context.state.use_folder("package", folder)
        self._context.state.set("package.photos", photos)
        left_out: list[str] = []

        def one_file(unit_id: int) -> str:
            incoming.must_be_there(folder)
            if sheets:
                from exporters.workbooks.answer_sheet import write_answer_sheet
                from models.exchange import answer_sheet

                return write_answer_sheet(answer_sheet.prepare(workspace, unit_id), folder).name
            from models.exchange import build

            built = build.task(workspace, unit_id, folder, passphrase=word, photos=photos)
            left_out.extend(f"“{name}”" for name in built.left_out)
            return built.path.name

        def work(progress: Progress) -> list[Sent]:
            sent: list[Sent] = []
            for done, (unit_id, name) in enumerate(units):
                try:
                    progress(f"正在写“{name}”的{'反馈表' if sheets else '任务包'}…", done, len(units))
                    sent.append(Sent(unit_id, one_file(unit_id)))
                except Refusal as refusal:
                    sent.append(Sent(unit_id, "", refusal.sentence))
                except Cancelled:
                    break
            return sent

        self._busy(on=True)
        told = partial(self._sent, folder, len(units), left_out)
        self._context.runner.run("正在写数据包…", work, told, self._failed)

    def _busy(self, *, on: bool) -> None:
        self.stop_button.setVisible(on)
        for one in (self.send_button, self.sheet_button, self.table):
            one.setEnabled(not on)

    def _failed(self, error: BaseException) -> None:
        self._busy(on=False)
        error_reporting.tell(error)
        self.read()

    def _sent(self, folder: Path, wanted: int, left_out: Sequence[str], sent: list[Sent]) -> None:
        self._busy(on=False)
        self.results.update({one.unit_id: one for one in sent})
        written = sum(bool(one.file) for one in sent)
        left = f"，{wanted - written} 个没有写出" if written < wanted else ""
        barred = f"附件{'、'.join(left_out)}是程序或文件名不安全，没有放入。" if left_out else ""
        told = f"已写出 {written} 个文件{left}：{folder}。请把文件发给各单位。{barred}"
        self.notice.say(told, grave=bool(left or barred))
        self._context.status(f"已写出 {written} 个文件。")
        self._folder = folder
        self.open_button.setVisible(bool(written))
        self.tick({one.unit_id for one in sent if one.refused})
        self.read()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def pair_anew(self) -> None:
        """Make a new key for the one ticked unit."""
        from models.exchange import pairing

        one = next(one for one in self.standings if one.unit_id == self.ticked()[0])
        if not one.peer_id:
            self.notice.say(f"“{one.unit}”还没有发过任务包，第一次发出时自动配对。")
            return
        what = "此后发出的任务包带新的配对信息，对方导入时要电话核实；对方还没有导入的旧包和旧反馈将不再被接受。"
        if error_reporting.ask(self, f"与“{one.unit}”重新配对？", "重新配对", "不配对", detail=what):
            told = f"已换新的配对信息，请给“{one.unit}”发一个任务包，并打电话告知。"
            write = partial(pairing.pair_anew, self._context.workspace, one.peer_id)
            Operation(write, self).on_success(lambda _: self.notice.say(told)).run()
