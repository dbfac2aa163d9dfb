"""Records that belong to another one, each a line that opens into its form: members, parties, visits, plans."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy import select

from gui.core.context import Context
from gui.core.operation import Operation
from gui.forms.autosave import DraftAutosave
from gui.forms.carrying import Carrying, Start, start_of
from gui.forms.form import Form
from gui.forms.panels.row_head import RowHead
from gui.forms.sections import sections_of
from gui.widgets.notice import Notice
from gui.widgets.styled import button, restyle
from models.errors import Problem
from models.records import Record, fields_of
from models.services import records

Values = Mapping[str, Any]
Ensure = Callable[[], int | None]
"""Gives the parent's id, saving a new parent first; None where it cannot be saved."""


class SubRow(QFrame):
    """One record as a line; a click or Enter opens its form in place."""

    written = Signal(object)
    closed = Signal()

    def __init__(self, owner: "SubList", record: Record | None, start: Start) -> None:
        super().__init__()
        self.setProperty("class", "row")
        self.owner, self.record, self._start = owner, record, start
        self._preset = start.values
        self.given = False
        """Begun with values of its own: an unfinished one must not mix in."""
        self.form: Form | None = None
        self.drafts: DraftAutosave | None = None
        self.nested: SubList | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 6, 8, 6)
        self._column.setSpacing(8)
        self._head = RowHead(record is not None)
        self._head.pressed.connect(self.toggle)
        self._column.addWidget(self._head)
        self._content: QWidget | None = None
        self.show_head()

    def show_head(self) -> None:
        """Write the line anew."""
        name, detail = self.owner.describe(self.record) if self.record else (f"新增{self.owner.cls.noun}", "")
        self._head.say(name, detail)
        self._head.turn(is_open=self.form is not None)

    @property
    def dirty(self) -> bool:
        """Whether something is typed and not saved."""
        return self.form is not None and (self.form.dirty or (self.nested is not None and self.nested.dirty))

    def toggle(self) -> None:
        """Open or close."""
        if self.form is None:
            self.open()
        elif self.record is not None and not self.dirty:
            self.close_form()

    def open(self) -> None:
        """Show the form in place."""
        if self.form is not None:
            return
        self.form = form = self.owner.make_form()
        form.show_values(self._values())
        form.passed_over = frozenset(name for name, value in self._preset.items() if value)
        self.drafts = DraftAutosave(self.owner.context, form, self._draft_key())
        if self.record is not None:
            self.drafts.about(self.record.id, self.record.version)
        else:
            self.drafts.begin(take_up=not self.given)
        self.notice = Notice()
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(8)
        column.addWidget(self.notice)
        column.addWidget(form)
        self.owner.dress(self, column)
        column.addLayout(self._buttons())
        self._column.addWidget(self._content)
        carrying = Carrying(self.owner.context, form, self.owner.cls.__tablename__, within=True)
        if self.drafts.restore():
            self.notice.say("草稿已恢复，尚未保存。")
            carrying.resume()
        elif self.record is None:
            carrying.begin(self._start)
        form.edited.connect(self.owner.edited)
        form.finished.connect(self._save.setFocus)
        self.setProperty("open", True)
        restyle(self)
        self.show_head()

    def _draft_key(self) -> str:
        table = self.owner.cls.__tablename__
        return table if self.record else f"{table}@{self.owner.parent_id}"

    def _values(self) -> dict[str, Any]:
        if self.record is None:
            return {**records.defaults(self.owner.cls), **self._preset}
        return {name: getattr(self.record, name) for name in fields_of(self.owner.cls)}

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._save = button("保存", "primary", "保存；按 Ctrl+Enter 保存后接着新增")
        self._save.clicked.connect(lambda _on: self.save())
        back = button("收起" if self.record else "取消")
        back.clicked.connect(lambda _on: self.back_out())
        for part in (self._save, back):
            row.addWidget(part)
        row.addStretch()
        if self.record is not None:
            for verb, deed in self.owner.row_deeds(self.record):
                more = button(verb)
                more.clicked.connect(lambda _on, deed=deed: deed())
                row.addWidget(more)
            gone = button("删除")
            gone.clicked.connect(lambda _on: self.owner.remove(self))
            row.addWidget(gone)
        return row

    def put_by(self) -> None:
        """Keep what is typed as a draft."""
        if self.form is not None and self.form.dirty and self.drafts is not None:
            self.drafts.keep()
        if self.nested is not None:
            self.nested.put_by()

    def close_form(self) -> None:
        """Show the line only."""
        if self._content is not None:
            self._content.hide()
            self._content.deleteLater()
        self._content = self.form = self.drafts = self.nested = None
        self.setProperty("open", False)
        restyle(self)
        self.show_head()

    def back_out(self) -> None:
        """Give up what was typed."""
        if self.drafts is not None:
            self.drafts.drop()
        for row in [row for row in self.nested.rows if row.dirty] if self.nested else []:
            row.back_out()
        if self.record is None:
            self.closed.emit()
        else:
            self.close_form()
        self.owner.edited.emit()

    def save(self) -> bool:
        """Write it; whether it is written."""
        if self.form is None or (self.nested is not None and not self.nested.save()):
            return self.form is None
        if self.record is not None and not self.form.dirty:
            return True
        form, fresh = self.form, self.record is None
        write = Operation(lambda: self._write(form.read_values(changed=not fresh)), self)
        return write.on_success(self._after_write).on_failure(lambda r: self._complain(r.problems)).run()

    def _after_write(self, done: Any) -> None:
        assert self.drafts is not None
        self.drafts.drop()
        self.written.emit(done)

    def save_and_next(self) -> None:
        """Ctrl+Enter: write it and go on to the next."""
        fresh = self.record is None
        if self.save():
            self.owner.follow(fresh=fresh)

    def _write(self, values: dict[str, Any]) -> Any:
        workspace, cls = self.owner.context.workspace, self.owner.cls
        if self.record is None:
            hidden = {n: v for n, v in self._preset.items() if self.form and n not in self.form.cells}
            return records.create(workspace, cls, {**hidden, **values, self.owner.parent_field: self.owner.parent_id})
        assert self.drafts is not None
        return records.update(workspace, cls, self.record.id, self.drafts.version, values)

    def _complain(self, problems: list[Problem] | tuple[Problem, ...]) -> bool:
        assert self.form is not None
        homeless = self.form.complain(problems)
        if homeless:
            self.notice.say("".join(p.sentence for p in homeless), grave=True)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc backs out where nothing is typed."""
        if event.key() == Qt.Key.Key_Escape and self.form is not None and not self.dirty:
            self.back_out()
        else:
            super().keyPressEvent(event)


class SubList(QWidget):
    """All records of one class that belong to one parent. ``changed`` carries the ``ChangeSet``."""

    row_type: type[SubRow] = SubRow

    changed = Signal(object)
    edited = Signal()

    def __init__(
        self,
        context: Context,
        cls: type[Record],
        parent_field: str,
        ensure: Ensure,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.context, self.cls, self.parent_field, self._ensure = context, cls, parent_field, ensure
        self.parent_id: int | None = None
        self.rows: list[SubRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        column.addLayout(self._column)
        self.add_button = button(f"＋ 新增{cls.noun}", "link")
        self.add_button.clicked.connect(lambda _on: self.add())
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addStretch()
        column.addLayout(row)

    # ---- what a subclass may know better

    def describe(self, record: Record) -> tuple[str, str]:
        """A record's line: its name and what else is told."""
        return record.title, ""

    def make_form(self) -> Form:
        """The form of one record, without the parent it belongs to."""
        left_out = frozenset({self.parent_field, "position"})
        return Form(self.context, fields_of(self.cls), sections_of(self.cls, left_out))

    def dress(self, row: SubRow, column: QVBoxLayout) -> None:
        """Put more under a row's form."""

    def row_deeds(self, _record: Record) -> list[tuple[str, Callable[[], object]]]:
        """More buttons of a row."""
        return []

    def starting(self) -> Start:
        """What a new record starts with: what it takes over from the one before, of the same parent."""
        last = next((row.record for row in reversed(self.rows) if row.record), None)
        return start_of(self.context, self.cls, last, within=True)

    def order(self) -> tuple[Any, ...]:
        """How the rows are ordered."""
        position = getattr(self.cls, "position", None)
        return (position, self.cls.id) if position is not None else (self.cls.id,)

    # ---- showing

    def show_parent(self, parent_id: int | None) -> None:
        """Show what belongs to this parent; rows being typed into stay where the parent is the same."""
        if parent_id == self.parent_id and self.dirty:
            return
        self.put_by()
        self.parent_id = parent_id
        self.read()

    def put_by(self) -> None:
        """Keep what is typed into the rows as drafts."""
        for row in self.rows:
            row.put_by()

    def read(self) -> None:
        """Read the rows again; what is typed into one comes back as its draft."""
        self.put_by()
        opened = {row.record.id for row in self.rows if row.record and row.form is not None}
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        for record in self._records():
            row = self._row(record, Start())
            if record.id in opened:
                row.open()
        self._offer()
        if self.parent_id is not None and self._has_draft():
            self.add(focus=False)

    def may_add(self) -> bool:
        """Whether one more may be begun: not while a new one is open."""
        return all(row.record is not None for row in self.rows)

    def _offer(self) -> None:
        self.add_button.setVisible(self.may_add())

    def _records(self) -> list[Record]:
        if self.parent_id is None:
            return []
        where = (getattr(self.cls, self.parent_field) == self.parent_id, self.cls.deleted_at.is_(None))
        with self.context.workspace.reading() as session:
            found = list(session.scalars(select(self.cls).where(*where).order_by(*self.order())))
            self.gather(session, found)
        return found

    def gather(self, session: Any, found: list[Any]) -> None:
        """Read what ``describe`` needs of other records."""

    def _has_draft(self) -> bool:
        from models.services import form_drafts

        return bool(form_drafts.waiting(self.context.workspace, f"{self.cls.__tablename__}@{self.parent_id}"))

    def _row(self, record: Record | None, start: Start) -> SubRow:
        row = self.row_type(self, record, start)
        row.written.connect(partial(self._written, row))
        row.closed.connect(partial(self._drop, row))
        self.rows.append(row)
        self._column.addWidget(row)
        return row

    @property
    def focused(self) -> SubRow | None:
        """The open row that holds the cursor."""
        now = QApplication.focusWidget()
        rows = (row for row in self.rows if row.form is not None)
        return next((row for row in rows if now is not None and row.isAncestorOf(now)), None)

    def follow(self, *, fresh: bool) -> None:  # noqa: ARG002 - subclasses go on otherwise after a new one
        """Ctrl+Enter has written a row: open a new one."""
        self.add()

    @property
    def dirty(self) -> bool:
        """Whether a row holds something unsaved."""
        return any(row.dirty for row in self.rows)

    # ---- writing

    def add(self, values: Values | None = None, *, focus: bool = True) -> SubRow | None:
        """Open a new row, a new parent saved first; ``values`` go into no row that is being typed into."""
        parent_id = self._ensure()
        if parent_id is None:
            return None
        if parent_id != self.parent_id:
            self.show_parent(parent_id)
        self.put_by()
        fresh = next((row for row in self.rows if row.record is None and not (values and row.dirty)), None)
        row = fresh or self._row(None, self.starting())
        row.given = bool(values)
        row.open()
        self._offer()
        if values and row.form is not None:
            row.form.fill(values)
        if focus and row.form is not None:
            row.form.focus_first()
        return row

    def save(self) -> bool:
        """Write every row that is typed into; whether all are written."""
        return all(row.save() for row in list(self.rows) if row.dirty)

    def _written(self, row: SubRow, done: Any) -> None:
        row.form = None  # it is written; reading again must not open it
        self.context.status("已保存。")
        self.read()
        self.changed.emit(done)
        self.add_button.setFocus()

    def _drop(self, row: SubRow) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        self._offer()

    def remove(self, row: SubRow) -> None:
        """Move a row's record to the recycle bin."""
        assert row.record is not None
        record = row.record

        def show(done: Any) -> None:
            row.form = None
            self.read()
            self.changed.emit(done)
            self.context.status(f"已删除{self.cls.noun}“{record.title}”，可用 Ctrl+Z 撤销。")

        Operation(lambda: records.delete(self.context.workspace, self.cls, [record.id]), self).on_success(show).run()
