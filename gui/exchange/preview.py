"""Importing a package: every record sorted before anything is written, conflicts decided by the clerk."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from gui.core import error_reporting, theme
from gui.core.context import Context, Progress
from gui.core.drops import LineInput
from gui.core.plain_text import Label
from gui.core.save_file import ask_folder
from gui.core.screen_fit import fit
from gui.exchange import incoming
from gui.exchange.incoming import IncomingPackage
from gui.exchange.items import SORTS, both_sides, order, said
from gui.lists.filters import button
from gui.widgets.notice import Notice
from gui.widgets.plain_table import plain_table, put_row
from gui.widgets.styled import emptied
from models.errors import Refusal

if TYPE_CHECKING:
    from models.exchange.merge import Choice, Taken
    from models.exchange.plan import Item

HEAD = ("结果", "种类", "记录", "说明")
WIDTHS = (110, 90, 230, 460)
RECEIPT = (640, 200)
"""A receipt by itself has nothing to list."""
COLOURS = {
    "new": theme.GREEN, "changed": theme.BLUE, "conflicting": theme.ACCENT, "foreign": theme.AMBER,
    "barred": theme.AMBER,
}  # fmt: skip


class PackagePreview(QDialog):
    """Takes one or many files; each is shown, decided and imported by itself."""

    def __init__(self, context: Context, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._paths, self._at = context, list(paths), 0
        self.parcel: IncomingPackage | None = None
        self.decisions: dict[str, Choice] = {}
        self.peers: dict[int, str] = {}
        self._pair_anew = False
        self._items: list[Item] = []
        fit(self, 1000, 640)
        self._build()
        self._begin()

    # ---- building

    def _build(self) -> None:
        self._title, self._about = Label(), Label()
        self._title.setProperty("class", "title")
        self._about.setProperty("class", "muted")
        self.notice = Notice()
        self._tabs, self._group = QHBoxLayout(), QButtonGroup(self)
        self._tabs.setSpacing(0)
        self.table = plain_table(HEAD, WIDTHS)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.itemSelectionChanged.connect(self._compare)
        self._sides = QFrame()
        self._sides.setProperty("class", "card")
        QVBoxLayout(self._sides).setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        self._sides.hide()
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self._sides)
        split.setStretchFactor(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.SMALL)
        for part in (self._title, self._about, self.notice, self._passphrase_line()):
            layout.addWidget(part)
        layout.addLayout(self._tabs)
        layout.addWidget(split, 1)
        layout.addLayout(self._buttons())

    def _passphrase_line(self) -> QWidget:
        self._locked = QWidget()
        line = QHBoxLayout(self._locked)
        line.setContentsMargins(0, 0, 0, 0)
        self.passphrase = LineInput(placeholderText="对方电话告知的口令")
        self.passphrase.setFixedWidth(280)
        self.passphrase.returnPressed.connect(self._read)
        line.addWidget(Label("口令"))
        line.addWidget(self.passphrase)
        line.addWidget(button("打开", self._read))
        line.addStretch(1)
        self._locked.hide()
        return self._locked

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        self.receipt = button("写回执…", self.write_receipts)
        self.receipt.hide()
        line.addWidget(self.receipt)
        line.addStretch(1)
        self.do = button("导入", self.take_in, "primary")
        self.do.setDefault(True)
        self.skip = button("跳过这个文件", self.next)
        self.shut = button("取消", self.reject)
        for part in (self.do, self.skip, self.shut):
            line.addWidget(part)
        return line

    # ---- opening

    @property
    def path(self) -> Path:
        """The file at hand."""
        return self._paths[self._at]

    def _begin(self) -> None:
        """Start with the file at hand."""
        of = f"（第 {self._at + 1} 个，共 {len(self._paths)} 个）" if len(self._paths) > 1 else ""
        self.setWindowTitle(f"导入数据包{of}")
        self.parcel, self.decisions, self._pair_anew = None, {}, False
        self.passphrase.clear()
        self.skip.setVisible(self._at + 1 < len(self._paths))
        self._clear(self.path.name)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        try:
            locked = incoming.wants_passphrase(self.path)
        except Refusal as refusal:
            self._refused(refusal)
            return
        self._locked.setVisible(locked)
        if locked:
            self.notice.say("这个数据包加了口令，请输入对方电话告知的口令。")
            self.passphrase.setFocus()
        else:
            self._read()

    def _clear(self, title: str) -> None:
        self._title.setText(title)
        self._tell_about("")
        self.notice.clear()
        self._locked.hide()
        self.table.hide()
        self._put([])
        for one in self._group.buttons():
            self._group.removeButton(one)
        emptied(self._tabs)
        self.do.setText("导入")
        self.do.setEnabled(False)

    def _tell_about(self, text: str) -> None:
        self._about.setText(text)
        self._about.setVisible(bool(text))

    def _read(self) -> None:
        workspace, path, word, anew = self._context.workspace, self.path, self.passphrase.text(), self._pair_anew

        def work(progress: Progress) -> IncomingPackage:
            progress(f"正在核对 {path.name}…")
            return incoming.open_package(workspace, path, passphrase=word, pair_anew=anew)

        self.notice.say("正在核对…")
        self._context.runner.run(f"正在核对 {path.name}…", work, self._show, self._refused)

    def _refused(self, error: BaseException) -> None:
        from models.exchange.plan import WantsPairing

        if not isinstance(error, Refusal):
            error_reporting.tell(error)
            return
        if isinstance(error, WantsPairing) and error_reporting.ask(self, error.sentence, "已电话核实，导入", "不导入"):
            self._pair_anew = True
            self._read()
        else:
            self.notice.say(error.sentence, grave=True)

    # ---- showing

    def _show(self, parcel: IncomingPackage) -> None:
        self.parcel = parcel
        self._locked.hide()
        self._title.setText(f"{parcel.sender}：{incoming.KINDS[parcel.kind]}")
        self._tell_about(parcel.about)
        self.notice.clear()
        clashes = parcel.counts.get("conflicting", 0)
        asked = (f"有 {clashes} 条两边填得不同，请逐条选定；不选的保留本机的。",) if clashes else ()
        if asked or parcel.notes:
            self.notice.say("\n".join((*asked, *parcel.notes)))
        self.table.setVisible(parcel.kind != "receipt")
        if parcel.kind != "receipt":
            self._list(parcel)
        elif len(self._paths) == 1:
            fit(self, *RECEIPT)
        self._count()
        self.do.setEnabled(True)
        self.do.setFocus()

    def _list(self, parcel: IncomingPackage) -> None:
        items = sorted(parcel.items, key=order)
        shown = [item for item in items if item.sort != "same"] or items
        self._add_tab(f"有变化的 {len(shown)}" if len(shown) < len(items) else f"全部 {len(items)}", shown)
        for sort, name in SORTS.items():
            if parcel.counts.get(sort):
                self._add_tab(f"{name} {parcel.counts[sort]}", [item for item in items if item.sort == sort])
        self._tabs.addStretch(1)
        self._group.buttons()[0].click()

    def _count(self) -> None:
        """Say on the button how many records will be written, as decided so far."""
        assert self.parcel is not None
        writes = sum(self.parcel.counts.get(sort, 0) for sort in ("new", "changed"))
        writes += sum(choice == "theirs" for choice in self.decisions.values())
        self.do.setText(f"导入 {writes} 条" if writes else "收下" if self.parcel.kind == "receipt" else "导入")

    def _add_tab(self, label: str, items: "list[Item]") -> None:
        one = QPushButton(label)
        one.setCheckable(True)
        one.setAutoDefault(False)
        one.setProperty("class", "segment")
        one.clicked.connect(lambda _on: self._put(items))
        self._group.addButton(one)
        self._tabs.addWidget(one)

    def _put(self, items: "list[Item]") -> None:
        from models.records import RECORDS

        self._items = items
        self.table.clearSelection()
        self.table.setRowCount(len(items))
        for row, item in enumerate(items):
            texts = (self._sort(item), RECORDS[item.row.table].noun, item.title, said(item))
            cells = put_row(self.table, row, texts)
            cells[0].setForeground(QColor(COLOURS.get(item.sort, theme.MUTED)))
        self._sides.hide()
        first = next((n for n, item in enumerate(items) if item.sort == "conflicting"), None)
        if first is not None:
            self.table.selectRow(first)

    def _sort(self, item: "Item") -> str:
        if item.sort != "conflicting":
            return SORTS[item.sort]
        return "冲突：用对方" if self.decisions.get(item.row.uuid) == "theirs" else "冲突：留本机"

    def _compare(self) -> None:
        """Both sides of the marked record, and the choice where they conflict."""
        row = self.table.currentRow()
        item = self._items[row] if self.table.selectedItems() and row < len(self._items) else None
        layout = emptied(self._sides.layout())
        self._sides.setVisible(item is not None and bool(item.differences))
        if item is None or not item.differences:
            return
        theirs = self.decisions.get(item.row.uuid) == "theirs"
        layout.addWidget(both_sides(item, partial(self._decide, item), theirs=theirs))

    def _decide(self, item: "Item", choice: "Choice") -> None:
        self.decisions[item.row.uuid] = choice
        cell = self.table.item(self._items.index(item), 0)
        if cell is not None:
            cell.setText(self._sort(item))
        self._count()

    # ---- taking in

    def take_in(self) -> None:
        """Write what is shown, then say what came of it."""
        if self.parcel is None:
            return
        parcel, workspace, decisions = self.parcel, self._context.workspace, dict(self.decisions)
        self.do.setEnabled(False)

        def work(progress: Progress) -> "Taken":
            told = f"正在导入 {parcel.path.name}…"
            return incoming.take_in(workspace, parcel, decisions, lambda done, total: progress(told, done, total))

        self._context.runner.run("正在导入…", work, self._taken, self._not_taken)

    def _not_taken(self, error: BaseException) -> None:
        self.do.setEnabled(True)
        if isinstance(error, Refusal):
            self.notice.say(f"{error.sentence}没有导入，数据没有改动。", grave=True)
        else:
            error_reporting.tell(error)

    def _taken(self, taken: "Taken") -> None:
        assert self.parcel is not None
        if self.parcel.kind in ("task", "return"):
            self.peers[taken.peer_id] = self.parcel.sender
        self._context.status(f"已导入“{self.parcel.sender}”的{incoming.KINDS[self.parcel.kind]}。可用 Ctrl+Z 撤销。")
        more = self._at + 1 < len(self._paths)
        if more and not taken.flagged:
            self.next()
            return
        counted = "，".join(f"{name} {taken.counts[sort]} 条" for sort, name in SORTS.items() if taken.counts.get(sort))
        receipt = self.parcel.kind == "receipt"
        self._title.setText(f"已收下：{self.parcel.sender}的回执" if receipt else f"已导入：{self.parcel.sender}")
        self._tell_about("" if receipt else counted or "没有新的内容")
        self.notice.clear()
        self._sides.hide()
        self.table.clearSelection()
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        if taken.flagged:
            self.notice.say("请留意：\n" + "\n".join(taken.flagged))
        self.parcel = None
        self.do.setText("看下一个文件")
        self.do.setVisible(more)
        self.do.setEnabled(more)
        if more:
            self.do.clicked.disconnect()
            self.do.clicked.connect(lambda _on: self._on())
        self._offer_receipt(last=not more)

    def _on(self) -> None:
        self.do.clicked.disconnect()
        self.do.clicked.connect(lambda _on: self.take_in())
        self.next()

    def _offer_receipt(self, *, last: bool) -> None:
        self.receipt.setVisible(last and bool(self.peers))
        self.skip.hide()
        self.shut.setText("完成" if last else "取消")

    def next(self) -> None:
        """Go on with the next file."""
        if self._at + 1 < len(self._paths):
            self._at += 1
            self._begin()

    def write_receipts(self) -> None:
        """Write a receipt for each sender into a folder, so that they know their package arrived."""
        start = self._context.state.folder("package", instead=self.path.parent)
        folder = ask_folder(self, "回执放到哪里", start, self._context.folder)
        if folder is not None:
            self.write_receipts_to(folder)

    def write_receipts_to(self, folder: Path) -> None:
        """Write the receipts into the folder."""
        workspace, peers = self._context.workspace, tuple(self.peers)

        def work(_progress: Progress) -> list[str]:
            from models.exchange import build

            incoming.must_be_there(folder)
            return [build.receipt(workspace, peer, folder).path.name for peer in peers]

        def done(names: list[str]) -> None:
            self.notice.say(f"回执已写到 {folder}：{'、'.join(names)}。请发给对方。")

        self._context.runner.run("正在写回执…", work, done)
