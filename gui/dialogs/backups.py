"""备份与恢复: what there is to go back to, one click to a USB stick, and the way back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from gui.core import error_reporting, theme
from gui.core.context import Context, Progress, told_by
from gui.core.plain_text import Label
from gui.core.save_file import ask_folder
from gui.core.screen_fit import fit
from gui.dialogs.recovery import choose_backup
from gui.lists.filters import button
from gui.widgets.notice import Notice
from gui.widgets.plain_table import plain_table, put_row
from models.errors import Refusal
from models.storage import attachments, backup
from models.storage.backup import Contents

BY_HAND = "手动"
"""The reason in the name of a snapshot that the clerk asked for."""
HEAD = ("时间", "缘由", "大小", "里面有")
WIDTHS = (150, 90, 90, 420)
MOVING = "换电脑：在旧电脑上“备份到 U 盘”，在新电脑上安装后打开本窗口，选“从文件恢复”，数据、附件和设置就全部过来了。"
KINDS = (
    ("finding", "督查问题"), ("accountability_case", "问责案件"), ("feedback", "整改反馈"), ("document", "发文"),
    ("team", "督查组"), ("unit", "单位"), ("site", "点位"),
)  # fmt: skip
"""What the preview compares, by table."""


def sized(size: int) -> str:
    """Bytes as a clerk reads them."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1 << 20 else f"{max(1, size // 1024)} KB"


def named(path: Path) -> tuple[str, str]:
    """When and why a snapshot was made, by its name."""
    name = backup.read_name(path)
    return f"{name.made:%Y-%m-%d %H:%M}" if name.made else "", name.reason


def described(path: Path) -> "Contents | str":
    """What a backup holds, or the sentence why it holds nothing."""
    try:
        return backup.describe(path)
    except Refusal as refusal:
        return refusal.sentence


class Backups(QDialog):
    """The snapshots of this data folder; whoever opens it puts the chosen one in place."""

    made = Signal()
    """A snapshot was made by hand."""
    restoring = Signal(object)
    """The path of a backup that is to take the place of the data."""

    def __init__(self, context: Context, may_leave: Callable[[], bool], parent: QWidget | None = None) -> None:
        """``may_leave`` asks about whatever stands unsaved, before a restore."""
        super().__init__(parent)
        self._context, self._may_leave = context, may_leave
        self._paths: list[Path] = []
        self.setWindowTitle("备份与恢复")
        fit(self, 880, 560)
        self.notice = Notice()
        self._when = Label()
        self._when.setProperty("class", "title")
        self.table = plain_table(HEAD, WIDTHS)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._build()
        self.read()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.MEDIUM)
        layout.addWidget(self._when)
        layout.addWidget(self.notice)
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        self.out = button("", self.back_up_out, "primary")
        self.elsewhere = button("换个位置…", lambda: self.back_up_out(ask=True))
        for part in (self.out, self.elsewhere, button("在本机备份一次", self.back_up_here)):
            line.addWidget(part)
        line.addStretch(1)
        layout.addLayout(line)
        heading = Label("本机自动备份：每天、退出时、导入和升级前各一份，旧的逐渐减少")
        heading.setProperty("class", "muted")
        layout.addWidget(heading)
        layout.addWidget(self.table, 1)
        moving = Label(MOVING)
        moving.setProperty("class", "muted")
        moving.setWordWrap(True)
        layout.addWidget(moving)
        layout.addLayout(self._buttons())
        self._show_place()

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        self.restore_button = button("恢复选中的备份…", self.restore_selected)
        self.restore_button.setEnabled(False)
        self.table.itemSelectionChanged.connect(
            lambda: self.restore_button.setEnabled(bool(self.table.selectedItems()))
        )
        line.addWidget(self.restore_button)
        line.addWidget(button("从文件恢复…", self.restore_file))
        line.addStretch(1)
        line.addWidget(button("关闭", self.reject))
        return line

    # ---- what there is

    def read(self) -> None:
        """List the snapshots, newest first; what each holds follows from the background."""
        self._paths = backup.snapshots(self._context.folder)
        self.table.setRowCount(len(self._paths))
        for row, path in enumerate(self._paths):
            put_row(self.table, row, (*named(path), sized(path.stat().st_size), "…"))
        today = not backup.due_today(self._context.folder, self._context.workspace.today)
        self._when.setText("今天已经备份过" if today else "今天还没有备份")
        self._describe(0, tuple(self._paths))

    def _describe(self, row: int, paths: tuple[Path, ...]) -> None:
        """One after the other, so that a table's rows never wait for all of them."""
        if row < len(paths):
            self._context.runner.quietly(lambda: described(paths[row]), lambda held: self._show(row, paths, held))

    def _show(self, row: int, paths: tuple[Path, ...], held: "Contents | str") -> None:
        if not self.isVisible() or tuple(self._paths) != paths:
            return
        item = self.table.item(row, 3)
        if item is not None:
            item.setText(held if isinstance(held, str) else backup.in_words(held))
        self._describe(row + 1, paths)

    # ---- backing up

    def _place(self) -> Path | None:
        kept = str(self._context.state.get("backup.folder", ""))
        return Path(kept) if kept else None

    def _show_place(self) -> None:
        place = self._place()
        self.out.setText(f"备份到 {place}" if place else "备份到 U 盘…")
        self.elsewhere.setVisible(place is not None)

    def back_up_out(self, *, ask: bool = False) -> None:
        """Write the whole office as one file to the place used last, or to one asked for."""
        place = self._place()
        if ask or place is None:
            place = ask_folder(self, "选择 U 盘或文件夹", place or Path.home(), self._context.folder)
            if place is None:
                return
            self._context.state.set("backup.folder", str(place))
            self._show_place()
        folder, now = self._context.folder, self._context.workspace.now
        target = place / f"督查通备份_{now:%Y-%m-%d_%H%M%S}{backup.SUFFIX}"

        def work(progress: Progress) -> Contents:
            return backup.describe(backup.pack(folder, target, now, told_by(progress, "正在备份…")))

        self._busy(f"正在备份到 {place}…")
        self._context.runner.run("正在备份…", work, self._backed_up, self._not_done)

    def _backed_up(self, made: Contents) -> None:
        size = sized(made.path.stat().st_size)
        if made.lacking:
            missing = attachments.in_words(made.lacking)
            told = f"已备份，但不完整：{made.path}（{size}）。缺 {missing}，请从以前的备份或原件找回后再备份一次。"
        else:
            told = f"已备份并核对：{made.path}（{size}）。可以拔出 U 盘了，请先在系统里安全弹出。"
        self._free(told, grave=bool(made.lacking))
        self._context.status(f"已备份{'，但不完整' if made.lacking else ''}：{made.path}")

    def back_up_here(self) -> None:
        """Make a snapshot now."""
        folder, now = self._context.folder, self._context.workspace.now
        self._busy("正在备份…")
        self._context.runner.run(
            "正在备份…", lambda _p: backup.snapshot(folder, BY_HAND, now), lambda _path: self._kept(), self._not_done
        )

    def _kept(self) -> None:
        self._free("已在本机备份一次。")
        self.made.emit()
        self.read()

    def _busy(self, sentence: str) -> None:
        self.notice.say(sentence)
        for one in (self.out, self.elsewhere):
            one.setEnabled(False)

    def _free(self, sentence: str, *, grave: bool = False) -> None:
        self.notice.say(sentence, grave=grave)
        for one in (self.out, self.elsewhere):
            one.setEnabled(True)

    def _not_done(self, error: BaseException) -> None:
        if not isinstance(error, Refusal):
            self._free("没有备份成功。", grave=True)
            error_reporting.tell(error)
            return
        self._free(error.sentence, grave=True)

    # ---- restoring

    def restore_selected(self) -> None:
        """Preview the marked snapshot."""
        row = self.table.currentRow()
        if 0 <= row < len(self._paths):
            self.preview(self._paths[row])

    def restore_file(self) -> None:
        """Preview a backup from somewhere else, as from a USB stick."""
        path = choose_backup(self, self._place() or Path.home())
        if path is not None:
            self.preview(path)

    def preview(self, path: Path) -> None:
        """Read what the backup and the present data hold, then ask."""
        folder = self._context.folder
        self.notice.say("正在核对备份里的内容…")

        def work(progress: Progress) -> tuple[Contents, "Contents | str"]:
            held = backup.prove(folder, path, told_by(progress, "正在核对备份…"))
            return held, described(folder.database)

        self._context.runner.run("正在核对备份…", work, lambda found: self._ask(*found), self._not_readable)

    def _not_readable(self, error: BaseException) -> None:
        self.notice.clear()
        if isinstance(error, Refusal):
            self.notice.say(error.sentence, grave=True)
        else:
            error_reporting.tell(error)

    def _ask(self, held: Contents, present: "Contents | str") -> None:
        self.notice.clear()
        asked = RestorePreview(held, present, self)
        if asked.exec() != QDialog.DialogCode.Accepted or not self._may_leave():
            return
        self.accept()
        self.restoring.emit(held.path)


class RestorePreview(QDialog):
    """What the data are now and what they would be, side by side."""

    def __init__(self, held: Contents, present: "Contents | str", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("恢复备份")
        self.setMinimumWidth(520)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.LARGE)
        layout.setSpacing(theme.MEDIUM)
        title = Label(f"恢复到 {held.made_at:%Y-%m-%d %H:%M} 的数据？")
        title.setProperty("class", "title")
        office = Label(f"备份单位：{held.office or '（空）'}")
        for part in (title, office):
            layout.addWidget(part)
        layout.addLayout(_compared(held, present))
        if held.lacking:
            words = attachments.in_words(held.lacking)
            layout.addWidget(_line(f"这份备份不完整：缺 {words}，这些附件恢复不了。其余照常恢复。", "wrong"))
        if isinstance(present, Contents) and present.office and present.office != held.office:
            layout.addWidget(_line(f"注意：这份备份不是“{present.office}”的。", "wrong"))
        kept = "恢复后，现在的数据会另存为一份备份，随时可以再换回来。"
        if isinstance(present, str):
            kept = "现在的数据文件已损坏，会原样保留在数据文件夹里。"
        layout.addWidget(_line(f"{kept}窗口会重新打开。", "muted"))
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(button("恢复", self.accept))
        stay = button("不恢复", self.reject, "primary")
        stay.setDefault(True)
        line.addWidget(stay)
        layout.addLayout(line)


def _line(text: str, name: str) -> QLabel:
    made = Label(text)
    made.setProperty("class", name)
    made.setWordWrap(True)
    return made


def _compared(held: Contents, present: "Contents | str") -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.HUGE)
    grid.setVerticalSpacing(theme.TINY)
    grid.setColumnStretch(3, 1)
    now = present if isinstance(present, Contents) else None
    rows: list[tuple[str, Any, Any]] = [
        (label, now.counts.get(table, 0) if now else "读不出", held.counts.get(table, 0)) for table, label in KINDS
    ]
    rows.append(("附件", now.attachments if now else "读不出", held.attachments))
    for column, text in enumerate(("", "现在", "恢复后")):
        grid.addWidget(_line(text, "muted"), 0, column, Qt.AlignmentFlag.AlignRight)
    for row, (label, before, after) in enumerate(rows, start=1):
        grid.addWidget(Label(label), row, 0)
        for column, value in ((1, before), (2, after)):
            shown = Label(str(value))
            shown.setProperty("class", "heading" if before != after and column == 2 else "")
            grid.addWidget(shown, row, column, Qt.AlignmentFlag.AlignRight)
    return grid
