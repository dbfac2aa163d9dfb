"""The status bar: counts, selection, drafts, backup, what Ctrl+Z takes back, and running work."""

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QProgressBar, QWidget

from gui.core.plain_text import Label, set_tip
from gui.lists.filters import button

if TYPE_CHECKING:
    from gui.core.context import Context
    from models.services.unit_of_work import ChangeSet

PATIENCE = 300
"""Milliseconds of work before its progress is shown."""


class Status(QObject):
    """Keeps the parts of the status bar up to date."""

    def __init__(self, window: QMainWindow, context: "Context", show_backups: Callable[[], object]) -> None:
        super().__init__(window)
        self._context = context
        self._rows, self._draft = Label(), Label()
        self._backup = button("", show_backups, "status")
        self._failure = ""
        self._undo = button("", context.navigator.undo, "status")
        set_tip(self._undo, "撤销最近一步操作 (Ctrl+Z)")
        self._build(window)
        self._slow = QTimer(self, singleShot=True, interval=PATIENCE)
        self._slow.timeout.connect(self._show_work)
        runner = context.runner
        runner.started.connect(self._started)
        runner.advanced.connect(self._advanced)
        runner.ended.connect(self._ended)
        self.refresh()

    def _build(self, window: QMainWindow) -> None:
        bar = window.statusBar()
        self._work = QWidget()
        line = QHBoxLayout(self._work)
        line.setContentsMargins(0, 0, 0, 0)
        self._what, self._gauge = Label(), QProgressBar()
        self._gauge.setFixedWidth(180)
        for part in (self._what, self._gauge, button("取消", self._context.runner.cancel, "status")):
            line.addWidget(part)
        self._work.hide()
        parts: tuple[QWidget, ...] = (self._work, self._undo, self._draft, self._backup, self._rows)
        for shown in parts:
            bar.addPermanentWidget(shown)

    def count(self, rows: int | None, selected: int, totals: Mapping[str, int] = MappingProxyType({})) -> None:
        """How many rows the front list has, their sums, and how many are selected; None where there is no list."""
        chosen = f" · 选中 {selected:,} 条" if selected > 1 else ""
        sums = "".join(f"，{name} {number:,} 个" for name, number in totals.items() if number)
        self._rows.setText("" if rows is None else f"共 {rows:,} 条{sums}{chosen}")

    def drafted(self, at: dt.datetime) -> None:
        """A draft was kept."""
        self._draft.setText(f"已自动保存 {at:%H:%M}")

    def written(self, _done: "ChangeSet") -> None:
        """Something was written: there is another operation to take back."""
        self.refresh()

    def refresh(self) -> None:
        """Read what Ctrl+Z would take back and whether there is a backup of today."""
        from models.services import undo

        with self._context.workspace.reading() as session:
            last = undo.latest(session)
        deed = last.deed if last else ""
        self._undo.setText(f"撤销：{deed if len(deed) <= 24 else deed[:23] + '…'}")
        self._undo.setVisible(last is not None)
        self._show_backup()

    def backed_up(self, failure: str = "") -> None:
        """A backup stands, or did not come about: why, in a sentence."""
        self._failure = failure
        self._show_backup()
        if failure:
            self._context.status(failure)

    def _show_backup(self) -> None:
        from models.storage.backup import due_today

        none = due_today(self._context.folder, self._context.workspace.today)
        self._backup.setText("备份没有成功" if self._failure else "今天还没有备份" if none else "今天备份过")
        set_tip(self._backup, self._failure or "备份与恢复")
        self._backup.setProperty("wrong", bool(self._failure))
        self._backup.style().polish(self._backup)

    def _started(self, title: str) -> None:
        self._what.setText(title)
        self._gauge.setRange(0, 0)
        self._slow.start()

    def _show_work(self) -> None:
        self._work.setVisible(self._context.runner.busy)

    def _advanced(self, text: str, done: int, total: int) -> None:
        if text:
            self._what.setText(text)
        self._gauge.setRange(0, total)
        self._gauge.setValue(done)

    def _ended(self) -> None:
        self._slow.stop()
        if not self._context.runner.busy:
            self._work.hide()
