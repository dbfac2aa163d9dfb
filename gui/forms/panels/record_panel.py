"""The form beside a table: one record, in reading order, saved, drafted and never lost."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent
from PySide6.QtWidgets import (
    QApplication,
    QVBoxLayout,
    QWidget,
)

from gui.core.context import Context
from gui.core.operation import Operation, is_begun_by, show_problems
from gui.forms.autosave import DraftAutosave
from gui.forms.carrying import Carrying, Start, copy_of, start_of
from gui.forms.form import Form
from gui.forms.panels.panel_frame import PanelFrame
from gui.forms.panels.sublist import SubList
from gui.forms.sections import sections_of
from gui.widgets.notice import Notice
from models.errors import Problem
from models.queries.facts import history
from models.queries.lookups import pickers
from models.records import Record, fields_of
from models.services import cases, findings, records
from models.services.unit_of_work import ChangeSet

Values = Mapping[str, Any]
PREPARED_BY = (cases, findings)
"""Imported with every form: what happens to a case or a finding before it is written is registered there."""


class RecordPanel(PanelFrame):
    """Shows, edits and adds records of one class.

    ``saved`` carries the ``ChangeSet``; ``dirtyChanged`` says whether something is typed and not saved; ``moved``
    names the record of the list that the form has gone on to by itself.
    """

    saved = Signal(object)
    dirtyChanged = Signal(bool)
    moved = Signal(int)

    def __init__(self, context: Context, cls: type[Record], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.cls = context, cls
        self.record: Record | None = None
        self._preset: dict[str, Any] = {}
        self._was_dirty = False
        self._staying = False
        """Busy: a deed of this panel is being written, and its own broadcast must not read the form anew."""
        self.follows: int | None = None
        """With 连续新增, the record saved before the new one that is shown."""
        self.usable = False
        self.listed: Callable[[], Sequence[int]] = tuple
        """The records of the list beside the form, in its order."""
        self.sublists: list[SubList] = []
        self.scroller = self._scroller()
        self.form = Form(context, fields_of(cls), sections_of(cls, self.left_out()), self.scroller.widget())
        self.drafts = DraftAutosave(context, self.form, cls.__tablename__)
        self.notice, self.carry_line = Notice(), Notice()
        self.carrying = Carrying(context, self.form, cls.__tablename__, self.carry_line)
        self._build()
        self.form.edited.connect(self._tell_dirty)
        self.form.finished.connect(self.save_button.setFocus)
        QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]
        self.show_record(None)

    starts_at = ""
    """The field typing starts with once what comes before it is proposed."""

    def left_out(self) -> frozenset[str]:
        """Fields this panel shows elsewhere than in its form."""
        return frozenset()

    # ---- building

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.body.addWidget(self.form)
        self.add_parts()
        self.body.addStretch()
        self._top = self._header()
        column.addWidget(self._top)
        column.addWidget(self.notice)
        column.addWidget(self.carry_line)
        column.addWidget(self.scroller, 1)
        self.foot = QVBoxLayout()
        column.addLayout(self.foot)
        self._foot_row = self._buttons()
        column.addWidget(self._foot_row)
        self._hint = self._nothing()
        column.addWidget(self._hint, 1)

    def invitation(self) -> str:
        """What is said while no record is shown."""
        return f"在列表中选择一条{self.cls.noun}，在这里查看和修改"

    def add_parts(self) -> None:
        """Put what belongs to the record besides its fields under the form (``self.body``)."""

    def more_actions(self) -> list[QAction]:
        """What 更多 offers."""
        copy = QAction("复制上一条", self.more, toolTip="以最近录入的一条为样子新增")
        copy.triggered.connect(self.copy_last)
        duplicate = QAction("以本条为样子新增", self.more, enabled=self.record is not None)
        duplicate.triggered.connect(self._copy_this)
        back = QAction("放弃未保存的修改", self.more, enabled=self.dirty)
        back.triggered.connect(self.discard)
        return [copy, duplicate, back]

    # ---- what is shown

    @property
    def dirty(self) -> bool:
        """Whether something is typed and not saved, here or in what belongs to the record."""
        return self.form.dirty or any(one.dirty for one in self.sublists)

    def add_sublist(self, sublist: SubList) -> None:
        """Let 保存 and the unsaved mark count a sub-list's rows too."""
        self.sublists.append(sublist)
        sublist.edited.connect(self._tell_dirty)
        sublist.changed.connect(self._sub_written)

    def _sub_written(self, done: ChangeSet) -> None:
        self._tell_dirty()
        self.saved.emit(done)
        self.refresh_parts()

    def refresh_parts(self) -> None:
        """Something that belongs to the record was written."""

    @property
    def record_id(self) -> int | None:
        """The shown record's id; None for a new one or nothing."""
        return self.record.id if self.record else None

    def show_record(self, record_id: int | None) -> None:
        """Show a record, or nothing; an unfinished edit of the one before is kept as its draft."""
        self._put_by()
        self.record = self._load(record_id) if record_id is not None else None
        self.follows = None
        self._preset = {}
        self.form.passed_over = frozenset()
        self.carrying.stop()
        self.scroller.verticalScrollBar().setValue(0)
        self._show(enabled=self.record is not None)

    def new_record(self, values: Values | None = None) -> None:
        """Start a new record: something taken over and an unfinished one restored; with ``values`` neither mixes.

        ``values`` stand over what is proposed; an unfinished record waits then.
        """
        start = self.starting()
        start.values |= values or {}
        start.words = {name: word for name, word in start.words.items() if name not in (values or {})}
        self._begin(start, take_up=not values)
        self._start_typing()

    def next_record(self, after: int | None) -> None:
        """连续新增: an empty form after the record of that id; an unfinished one waits."""
        self._begin(self.starting(), take_up=False)
        self.follows = after
        self._start_typing()

    def take_up_draft(self) -> None:
        """Go on with an unfinished new record; the one that is shown waits in its place."""
        self._begin(self.starting(), take_up=True, another=True)
        self._start_typing()

    def _begin(self, start: Start, *, take_up: bool, another: bool = False) -> None:
        self._put_by()
        self.record, self.follows = None, None
        self._preset = start.values
        self.scroller.verticalScrollBar().setValue(0)
        self.drafts.begin(take_up=take_up, another=another)
        self._show(enabled=True)
        if self.drafts.restored:
            self.carrying.resume(self.drafts.origin, start.usual)
        else:
            self.carrying.begin(start)
        self.drafts.origin = self.carrying.origin

    def _start_typing(self) -> None:
        self.form.passed_over = frozenset(name for name, value in self._preset.items() if value) - {self.starts_at}
        if not self.form.start_typing(self.starts_at):
            self.form.focus_first()

    def starting(self) -> Start:
        """What a new record starts with: what it takes over from the one entered last, and the campaign of now."""
        with self.context.workspace.reading() as session:
            last = pickers.latest(session, self.cls)
        return start_of(self.context, self.cls, last)

    def focus_first(self) -> None:
        """Put the cursor where typing starts."""
        self.form.focus_first()

    def _load(self, record_id: int) -> Record | None:
        with self.context.workspace.reading() as session:
            return session.get(self.cls, record_id)

    def _show(self, *, enabled: bool) -> None:
        self.notice.clear()
        self.form.show_values(self._shown_values())
        if self.record is not None or not enabled:
            self.drafts.about(self.record_id, self.record.version if self.record else None)
        if enabled and self.drafts.restore():
            self.notice.say("草稿已恢复，尚未保存。", ("放弃草稿", self.discard))
        elif enabled and self.record is None and self.drafts.others:
            self.notice.say(f"另有没有保存的新增{self.cls.noun}，已留为草稿。", ("继续填写", self.take_up_draft))
        self.usable = enabled
        self.show_page(shown=enabled)
        self.save_button.setEnabled(enabled)
        self.again.setVisible(enabled and self.record is None)
        self.title_label.setText(self.heading() if enabled else "")
        self.show_parts()
        self._tell_dirty()

    def _shown_values(self) -> Values:
        if self.record is None:
            return {**records.defaults(self.cls), **self._preset}
        return {name: getattr(self.record, name) for name in self.form.cells}

    def heading(self) -> str:
        """The header's title."""
        return self.record.title if self.record else f"新增{self.cls.noun}"

    def show_parts(self) -> None:
        """Show what belongs to the record besides its fields."""

    def refresh(self) -> None:
        """Read the record again, as after it was written elsewhere; what is typed stays."""
        if self.record is not None and not self.dirty and not is_begun_by(self):
            self.record = self._load(self.record.id)
            self._show(enabled=self.record is not None)

    def _put_by(self) -> None:
        if self.form.dirty:
            self.drafts.keep()
        for one in self.sublists:
            one.put_by()

    def _tell_dirty(self) -> None:
        if self.dirty != self._was_dirty:
            self._was_dirty = self.dirty
            self.dirtyChanged.emit(self.dirty)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another tab: keep the draft."""
        self._put_by()
        super().hideEvent(event)

    # ---- writing

    def save(self) -> bool:
        """Write what is typed; whether it is written. What stands against it is shown at its field."""
        was_new = self.record is None
        if not all(one.save() for one in self.sublists):
            return False
        if not was_new and not self.form.dirty:
            self._tell_dirty()
            return True
        write = Operation(lambda: self.write(self.form.read_values(changed=not was_new)), self)
        write.on_success(lambda done: self._after(done, was_new=was_new))
        return write.on_stale(self._show_stale).on_failure(lambda refusal: self.complain(refusal.problems)).run()

    def next_step(self) -> None:
        """Ctrl+Enter: in a sub-list's row go on to the next row, on a new record to the next record, else save."""
        row = next((one.focused for one in self.sublists if one.focused is not None), None)
        if row is not None:
            row.save_and_next()
        elif self.usable and self.record is None:
            if self.save() and self.record is not None:
                self.next_record(self.record_id)
        elif self.usable:
            self.save()

    def write(self, values: Values) -> ChangeSet:
        """Add or change the record.

        Raises:
            Refusal: a value will not do.
            Stale: the record has moved on.
        """
        if self.record is None:
            hidden = {n: v for n, v in self._preset.items() if n not in self.form.cells}
            return records.create(self.context.workspace, self.cls, {**hidden, **values})
        return records.update(self.context.workspace, self.cls, self.record.id, self.drafts.version, values)

    def _after(self, done: ChangeSet, *, was_new: bool) -> None:
        self.drafts.drop()
        self.context.status("已保存。")
        id_ = next(t.id for t in done.touched if t.table == self.cls.__tablename__)
        self.form.show_values(self._shown_values())
        if was_new and self.again.isChecked() and not self._staying:
            self.saved.emit(done)
            self.next_record(id_)
            return
        self.show_record(id_)
        self.saved.emit(done)

    def ensure_saved(self) -> bool:
        """Save a new record before something is added to it, and stay with it: 连续新增 has to wait."""
        if self.record is not None:
            return True
        with self.staying():
            return self.save()

    @contextmanager
    def staying(self) -> Iterator[None]:
        """Within this, 保存 stays with the record even where 连续新增 is ticked."""
        self._staying = True
        try:
            yield
        finally:
            self._staying = False

    def complain(self, problems: tuple[Problem, ...] | list[Problem]) -> None:
        """Say what stands against the deed: under its field where there is one, else over the form."""
        show_problems(problems, self.form, self.notice)

    def _show_stale(self) -> None:
        """The record was changed elsewhere: say what, keep what was typed, let 保存 decide."""
        assert self.record is not None
        typed, old = self.form.typed(), self.record
        fresh = self._load(old.id)
        if fresh is None or fresh.deleted_at:
            self.notice.say("这条记录已被移入回收站，请先恢复再修改。", grave=True)
            return
        with self.context.workspace.reading() as session:
            told = history.differences(session, old, fresh)
        self.record = fresh
        self.form.show_values(self._shown_values())
        self.form.show_typed(typed)
        self.drafts.about(fresh.id, fresh.version)
        self.drafts.keep()
        what = "；".join(told) if told else "其他内容有变动"
        self.notice.say(
            f"您修改期间，这条记录已在别处修改：{what}。您填写的内容仍在表中，再次保存即以您填写的为准。",
            ("看最新内容", self.discard),
            grave=True,
        )

    def discard(self) -> None:
        """Give up what is typed and show the record as it is kept."""
        self.drafts.drop()
        self.form.show_values(self._shown_values())
        for row in [row for one in self.sublists for row in one.rows if row.dirty]:
            row.back_out()
        if self.record is not None:
            self.record = self._load(self.record.id)
        else:
            self.drafts.begin(take_up=False)
        self._show(enabled=True)

    def copy_last(self) -> None:
        """复制上一条: a new record like the one entered last."""
        with self.context.workspace.reading() as session:
            last = pickers.latest(session, self.cls)
        if last is None:
            self.context.status(f"还没有{self.cls.noun}可以复制。")
            return
        self.new_like(last)

    def _copy_this(self) -> None:
        if self.record is not None:
            self.new_like(self.record)

    def new_like(self, record: Record) -> None:
        """A new record that starts as a copy of one as it is kept: no draft mixes in, each waits to be taken up."""
        unsaved = self.record if self.dirty and self.record is not None else None
        self._begin(copy_of(self.context, record, records.copied(record)), take_up=False)
        if unsaved is not None:
            back = unsaved.id
            self.notice.say(
                f"“{unsaved.title}”有没有保存的修改，已留为草稿，没有复制过来。",
                ("回去修改", lambda: self.show_record(back)),
            )
        QTimer.singleShot(0, self, self.form.focus_first)
