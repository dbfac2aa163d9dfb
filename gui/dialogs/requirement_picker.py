"""工作要求 of a document, picked from the office's own store; the picks of the last one of its kind are proposed."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from sqlalchemy import select

from gui.core import theme
from gui.core.context import Context
from gui.core.drops import LineInput
from gui.core.operation import Operation
from gui.core.plain_text import Label, set_tip
from gui.lists.filters import button
from models.records import Phrase
from models.services import records

SLOT: Final = "requirements"
_SHOWN: Final = 5
"""Rows of the list that are seen at once."""
_NAME: Final = 12
"""The longest name that is made of a new requirement's first words."""


class RequirementPicker(QWidget):
    """The store as a list to tick in the order of the document; ``edited`` when the clerk changed the picks."""

    edited = Signal()

    def __init__(self, context: Context, kind: str) -> None:
        super().__init__()
        self._context, self._kind = context, kind
        self._touched = False
        self.list = QListWidget()
        self.list.setAccessibleName("工作要求")
        self.list.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # the tool tip has the whole
        self.list.setFixedHeight(_SHOWN * theme.ROW + theme.SMALL)
        self.list.itemChanged.connect(lambda _item: self._touch())
        self.list.model().rowsMoved.connect(lambda *_: self._touch())
        self.field = _Line()
        self.field.setPlaceholderText("写一条新的要求，存入常用语")
        self.field.setAccessibleName("新的要求")
        self.field.returnPressed.connect(self.add)
        about = Label("要求（打勾的写入，拖动调整先后；先提出上一份选过的）")
        about.setProperty("class", "muted")
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        line.addWidget(self.field, 1)
        line.addWidget(button("加入", self.add))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(about)
        layout.addWidget(self.list)
        layout.addLayout(line)
        self._read(())

    def _read(self, picked: Sequence[int]) -> None:
        """The whole store, the picks first and in their order."""
        with self._context.workspace.reading() as session:
            here = (Phrase.document_kind == self._kind, Phrase.slot == SLOT, Phrase.deleted_at.is_(None))
            rows = session.execute(
                select(Phrase.id, Phrase.text).where(*here).order_by(Phrase.position, Phrase.id)
            ).tuples()
            texts = dict(rows.all())
        order = [id_ for id_ in picked if id_ in texts]
        with QSignalBlocker(self.list):
            self.list.clear()
            for id_ in (*order, *(one for one in texts if one not in order)):
                self.list.addItem(_item(id_, texts[id_], ticked=id_ in order))

    def show_picks(self, picked: Sequence[int]) -> None:
        """Tick what stands in the document as it was composed, till the clerk picks himself."""
        if not self._touched and tuple(picked) != self.ticked():
            self._read(picked)

    def ticked(self) -> tuple[int, ...]:
        """The picks in their order."""
        rows = (self.list.item(n) for n in range(self.list.count()))
        return tuple(row.data(Qt.ItemDataRole.UserRole) for row in rows if row.checkState() is Qt.CheckState.Checked)

    def picks(self) -> tuple[int, ...] | None:
        """What the clerk picked; None while the proposal stands."""
        return self.ticked() if self._touched else None

    def add(self) -> None:
        """Put what was typed into the store and tick it; what is in the store already is ticked there."""
        text = self.field.text().strip()
        if not text:
            self.field.setFocus()
            return
        for row in (self.list.item(n) for n in range(self.list.count())):
            if row.text() == text:
                row.setCheckState(Qt.CheckState.Checked)
                self.field.clear()
                return
        name = text.partition("。")[0].partition("，")[0][:_NAME]
        values = {"document_kind": self._kind, "slot": SLOT, "name": name, "text": text}
        workspace = self._context.workspace
        Operation(lambda: records.create(workspace, Phrase, values).id, self).on_success(self._added).run()

    def _added(self, id_: int) -> None:
        self.field.clear()
        self._read((*self.ticked(), id_))
        self._context.status("已存入常用语。")
        self._touch()

    def _touch(self) -> None:
        self._touched = True
        self.edited.emit()


class _Line(LineInput):
    """A line whose Enter adds the requirement, and does not press the dialog's button as well."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter to itself."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


def _item(id_: int, text: str, *, ticked: bool) -> QListWidgetItem:
    item = QListWidgetItem(text.replace("\n", " "))
    item.setData(Qt.ItemDataRole.UserRole, id_)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
    item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
    set_tip(item, text)
    return item
