"""Keeps what is typed into a form from being lost: saved every few seconds, when a field is left, and when it hides."""

from PySide6.QtCore import QObject, QTimer

from gui.context import Context
from gui.forms.form import Form
from models.errors import Refusal

PAUSE = 3000
"""Milliseconds between two savings while the clerk types."""


class DraftKeeper(QObject):
    """The draft of one form; which record it is about may change."""

    def __init__(self, context: Context, form: Form, key: str) -> None:
        super().__init__(form)
        self._context, self._form, self._key = context, form, key
        self._record_id: int | None = None
        self._version: int | None = None
        self._kept = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.keep)
        form.edited.connect(self._edited)
        form.left.connect(self._left)

    def _edited(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _left(self) -> None:
        if self._timer.isActive():
            self.keep()

    def about(self, record_id: int | None, version: int | None) -> None:
        """The form now shows this record (None: a new one)."""
        self._timer.stop()
        self._record_id, self._version, self._kept = record_id, version, False

    def restore(self) -> bool:
        """Put an earlier draft of this record back into the form; whether there was one."""
        from models.actions import drafts

        found = drafts.load(self._context.desk, self._key, self._record_id)
        if found is None:
            return False
        self._form.show_typed(found.values)
        self._version = found.seen_version
        self._kept = True
        return self._form.dirty

    @property
    def version(self) -> int | None:
        """The record's version that what is typed was based on."""
        return self._version

    def keep(self) -> None:
        """Save what is typed now; nothing typed, nothing kept. What the disk will not take stays on the screen."""
        from models.actions import drafts

        self._timer.stop()
        typed = self._form.typed()
        if not typed:
            self.drop()
            return
        try:
            drafts.save(self._context.desk, self._key, self._record_id, self._version, typed)
        except Refusal as refusal:
            self._context.status(f"草稿没有保存，内容还在屏幕上。{refusal.sentence}")
        else:
            self._kept = True
            self._context.drafted()

    def drop(self) -> None:
        """It was saved or given up."""
        from models.actions import drafts

        self._timer.stop()
        if self._kept:
            drafts.discard(self._context.desk, self._key, self._record_id)
            self._kept = False
