"""What stands against issuing: each line leads to its place in the pages and to its record."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from gui.core import icons, theme
from gui.core.operation import Operation
from gui.core.plain_text import Label, set_tip
from gui.documents.block_list import part_of_key
from gui.documents.draft_session import Draft
from models.paper.checks.before_issue import Notice
from models.paper.mismatch import Mismatch

HOLD = Qt.ItemDataRole.UserRole
_LONGEST = 24
"""Characters of a mend on its button."""


class NoticeList(QWidget):
    """Errors first, then what may be passed over, then hand edits that the records have left behind.

    ``chosen`` names the part a line speaks of and the record behind it, where there is one; ``editWanted``
    asks to put the part right, after a double click or Enter; ``mended`` that the button 改正 did it.
    """

    chosen = Signal(str, str)
    recordWanted = Signal(str)
    editWanted = Signal(str)
    mended = Signal()

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._said = Label()
        self._said.setWordWrap(True)
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("印发前检查")
        self.list.currentItemChanged.connect(lambda now, _before: self._choose(now))
        self.list.itemActivated.connect(lambda item: self._edit(item.data(HOLD)))
        self._record = QPushButton("打开有关记录")
        self._record.clicked.connect(self._open)
        self._mend = QPushButton()
        self._mend.clicked.connect(self._put_right)
        self._keep = QPushButton("保留我的修改")
        self._keep.clicked.connect(lambda: self._settle(self._draft.accept))
        self._take = QPushButton("改用现在的记录")
        self._take.clicked.connect(lambda: self._settle(self._draft.take))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        layout.setSpacing(theme.SMALL)
        for part in (self._said, self.list, self._mend, self._record, self._keep, self._take):
            layout.addWidget(part)
        self.show_notices((), ())

    def show_notices(self, notices: Iterable[Notice], mismatches: Iterable[Mismatch]) -> None:
        """Show what the check and the last recomposing found."""
        self.list.clear()
        for notice in notices:
            name, colour = ("alert-triangle", theme.ACCENT if notice.severity == "error" else theme.AMBER)
            self._add(notice.sentence, name, colour, notice)
        for mismatch in mismatches:
            now = f"\n现在的记录：{mismatch.now}" if mismatch.now else ""
            self._add(mismatch.sentence + now, "edit", theme.BLUE, mismatch)
        self._count()
        self._choose(None)

    def _count(self) -> None:
        count = self.list.count()
        self._said.setText(f"有 {count} 处需要看一下：点一下看在哪里，双击去修改。" if count else "没有发现问题。")

    def _add(self, sentence: str, icon: str, colour: str, what: Notice | Mismatch) -> None:
        item = QListWidgetItem(icons.icon(icon, colour), sentence)
        item.setData(HOLD, what)
        if isinstance(what, Notice) and what.clause:
            set_tip(item, f"依据：{what.clause}")
        self.list.addItem(item)

    def _choose(self, item: QListWidgetItem | None) -> None:
        what = item.data(HOLD) if item is not None else None
        if what is None:
            for one in (self._mend, self._record, self._keep, self._take):
                one.setVisible(False)
            return
        mend = what.mend if isinstance(what, Notice) else None
        self._mend.setVisible(mend is not None)
        if mend is not None:
            words = mend.words if len(mend.words) <= _LONGEST else f"{mend.words[:_LONGEST]}…"
            self._mend.setText(words if mend.keep else f"改正：{words}")
        record = what.record if isinstance(what, Notice) else next(iter(what.records), "")
        self._record.setVisible(bool(record))
        self._record.setProperty("record", record)
        for one in (self._keep, self._take):
            one.setVisible(isinstance(what, Mismatch))
        self.chosen.emit(part_of_key(self._draft.paper, what.key), record)

    def _edit(self, what: Notice | Mismatch) -> None:
        self.editWanted.emit(part_of_key(self._draft.paper, what.key))

    def _put_right(self) -> None:
        """Do what the notice proposes; taking it back is one step."""
        what = self.list.currentItem().data(HOLD)
        if isinstance(what, Notice):
            part = part_of_key(self._draft.paper, what.key)
            mend = Operation(lambda: self._draft.mend(what, part), self).say_failure(self._said.setText)
            if mend.run():
                self.mended.emit()

    def _open(self) -> None:
        self.recordWanted.emit(str(self._record.property("record")))

    def _settle(self, deed: Callable[[Mismatch], None]) -> None:
        what = self.list.currentItem().data(HOLD)
        if isinstance(what, Mismatch):
            deed(what)
            self.list.takeItem(self.list.currentRow())
            self._count()
