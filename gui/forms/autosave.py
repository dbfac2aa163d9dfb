"""Keeps what is typed into a form from being lost: saved every few seconds, when a field is left, and when it hides."""

from collections.abc import Collection
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer

from gui.core.context import Context
from gui.core.operation import Operation
from gui.forms.form import Form

MARKS = "*carried"
"""Beside a new record's fields, what of it was taken over; no field is called so."""
ORIGIN = "*origin"
"""And where the record belongs that it was taken over from."""
PAUSE = 3000
"""Milliseconds between two savings while the clerk types."""


class DraftAutosave(QObject):
    """The draft of one form; which record it is about may change.

    Of a record only what was changed is kept, of a new one everything: what is proposed may be other values by then.
    Several new records may be unfinished at once; each has a draft of its own.
    """

    def __init__(self, context: Context, form: Form, key: str) -> None:
        super().__init__(form)
        self._context, self._form, self._form_key = context, form, key
        self._key = key
        self._record_id: int | None = None
        self._version: int | None = None
        self._kept = self._new = False
        self.restored = False
        """Whether the form shows what a draft kept."""
        self.origin: dict[str, Any] = {}
        """Where what the new record took over comes from, kept with its draft."""
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
        """The form now shows this record; None: what it shows has no id."""
        self._timer.stop()
        self._key, self._new = self._form_key, False
        self._record_id, self._version, self._kept = record_id, version, False
        self.restored = False

    def begin(self, *, take_up: bool, another: bool = False) -> None:
        """The form now shows a new record.

        Args:
            take_up: ``restore`` is to bring back an unfinished one; else those that wait stay as they are.
            another: not the one that was shown until now.
        """
        from models.services import form_drafts

        shown = self._key if another else ""
        self.about(None, None)
        self._new = True
        waiting = [key for key in form_drafts.waiting(self._context.workspace, self._form_key) if key != shown]
        self._key = waiting[0] if take_up and waiting else form_drafts.free(self._context.workspace, self._form_key)

    @property
    def others(self) -> int:
        """How many unfinished new records wait besides this one."""
        from models.services import form_drafts

        return sum(key != self._key for key in form_drafts.waiting(self._context.workspace, self._form_key))

    def restore(self, *, deciding: Collection[str] = ()) -> bool:
        """Put an earlier draft of this record back into the form; whether there was one.

        Args:
            deciding: of a step's form, the choices that do not come back once the record has moved on.
        """
        from models.services import form_drafts

        found = form_drafts.load(self._context.workspace, self._key, self._record_id)
        if found is None:
            return False
        left_out = deciding if found.seen_version != self._version else ()
        self._form.show_typed({name: raw for name, raw in found.values.items() if name not in left_out})
        self._form.mark_carried(found.values.get(MARKS, {}))
        self.origin = found.values.get(ORIGIN, {})
        if not deciding:
            self._version = found.seen_version
        self._kept = True
        self.restored = self._form.dirty
        return self.restored

    @property
    def version(self) -> int | None:
        """The record's version that what is typed was based on."""
        return self._version

    def keep(self) -> None:
        """Save what is typed now; nothing typed, nothing kept. What the disk will not take stays on the screen."""
        from models.services import form_drafts

        self._timer.stop()
        typed = self._form.typed()
        if not typed:
            self.drop()
            return
        beside = {MARKS: dict(self._form.carried), ORIGIN: self.origin}
        kept = {**self._form.raw(), **beside} if self._new else typed
        save = partial(form_drafts.save, self._context.workspace, self._key, self._record_id, self._version, kept)
        say = self._context.status
        if Operation(save).on_failure(lambda r: say(f"草稿没有保存，内容还在屏幕上。{r.sentence}")).run():
            self._kept = True
            self._context.drafted()

    def drop(self) -> None:
        """It was saved or given up."""
        from models.services import form_drafts

        self._timer.stop()
        if self._kept:
            form_drafts.discard(self._context.workspace, self._key, self._record_id)
            self._kept = False
