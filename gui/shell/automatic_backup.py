"""What keeps the data safe without being asked: a snapshot every day and at closing, thinned, in the background."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from gui.core import error_reporting
from gui.core.context import Context, Progress
from gui.core.operation import Operation
from models.errors import Refusal

if TYPE_CHECKING:
    from models.storage.attachments import Lacking

FIRST_LOOK = 4_000
"""Milliseconds after the window stands; its first rows come first."""
LOOK = 10 * 60_000
"""Milliseconds between two looks whether a day has gone by."""
THINNED = 2
"""Snapshots that may be dropped between a start and its end."""
TITLE_LIMIT = "backup.lacking"
"""The lost attachments that were told of already."""
DAILY, AT_EXIT = "每日", "退出"


class AutomaticBackup(QObject):
    """Makes the automatic snapshots of one open data folder.

    ``kept`` tells how the last one went: a sentence where it failed, empty where it stands.
    ``damaged`` tells once that the live file was found broken, while it was copied or read; ``lacking`` once that
    attachments were found lost or damaged.
    """

    kept = Signal(str)
    damaged = Signal(str)
    lacking = Signal(str)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._changed = self._told = False
        self._dropped = 0
        self._start = self._newest()
        error_reporting.on_damage, error_reporting.looks_damaged = self.found_damage, self._is_damage
        context.workspace.listeners.append(self._wrote)
        self._timer = QTimer(self, interval=LOOK)
        self._timer.timeout.connect(self.look)
        self._first = QTimer(self, singleShot=True, interval=FIRST_LOOK)
        self._first.timeout.connect(self.look)

    def start(self) -> None:
        """Look a moment from now, and then every ten minutes."""
        self._first.start()
        self._timer.start()

    def stop(self) -> None:
        """Look no more."""
        self._rest()
        if error_reporting.on_damage == self.found_damage:
            error_reporting.on_damage = None

    def _is_damage(self, error: BaseException) -> bool:
        from models.storage import proof

        return proof.damage_behind(self._context.folder.database, error) is not None

    def _rest(self) -> None:
        self._first.stop()
        self._timer.stop()

    def found_damage(self, sentence: str) -> None:
        """Whoever met it: make no further snapshots, and ask the clerk once; later only say it."""
        self._rest()
        self._context.status(sentence)
        if not self._told:
            self._told = True
            self.damaged.emit(sentence)

    def _wrote(self, _done: Any) -> None:
        self._changed = True

    def look(self) -> None:
        """Make the day's snapshot where there is none yet."""
        from models.storage import backup

        if not self._context.runner.busy and backup.due_today(self._context.folder, self._context.workspace.today):
            self.back_up(DAILY)

    def back_up(self, reason: str) -> None:
        """Make a snapshot in the background; how it went comes by ``kept``."""
        folder, now, room = self._context.folder, self._context.workspace.now, self._room()

        def work(_progress: Progress) -> "tuple[int, tuple[Lacking, ...]]":
            from models.storage import archive, attachments, backup

            made = backup.snapshot(folder, reason, now)
            dropped = backup.thin(folder, now, room)
            return len(dropped), attachments.lost_today(folder, archive.names_of(made), now.date())

        self._changed = False
        self._context.runner.run("正在自动备份…", work, lambda found: self._kept(*found), self._failed)

    def _newest(self) -> int:
        from models.storage import backup

        return max((backup.read_name(path).number for path in backup.snapshots(self._context.folder)), default=0)

    def _room(self) -> int:
        """How many may still be dropped: besides ``THINNED``, one for each that an import of this session added."""
        from models.storage import backup

        names = (backup.read_name(path) for path in backup.snapshots(self._context.folder))
        added = sum(name.reason == backup.BEFORE_IMPORT and name.number > self._start for name in names)
        return THINNED + added - self._dropped

    def _kept(self, dropped: int, lacking: "tuple[Lacking, ...]") -> None:
        from models.storage import attachments

        self._dropped += dropped
        self.kept.emit("")
        told = self._context.state.get(TITLE_LIMIT, [])
        fresh = [one for one in lacking if one.sha256 not in told]
        if fresh:
            self._context.state.set(TITLE_LIMIT, [*told, *(one.sha256 for one in fresh)])
            words = attachments.in_words(fresh)
            self.lacking.emit(f"发现{words}。请从以前的备份或原件找回，重新添加；今后的备份都会缺这些附件。")

    def _failed(self, error: BaseException) -> None:
        from models.storage import schema

        self._changed = True
        if not isinstance(error, Refusal):
            error_reporting.tell(error)
            return
        self.kept.emit(error.sentence)
        if isinstance(error, schema.Damaged):
            self.found_damage(error.sentence)

    def close(self) -> None:
        """Make the last snapshot of the session, where anything was written since the one before."""
        from models.storage import backup

        self.stop()
        folder, now = self._context.folder, self._context.workspace.now
        due = self._changed or backup.due_today(folder, now.date())
        if due and Operation(lambda: backup.snapshot(folder, AT_EXIT, now)).run():
            backup.thin(folder, now, self._room())
