"""取回改稿: what a leader changed in Word or WPS, each change beside what it was, taken over by a tick."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QTableWidgetItem, QVBoxLayout, QWidget

from exporters.returned.comes_back import ComeBack, come_back
from exporters.returned.comparing import Change
from exporters.returned.records import Offer
from gui.core import theme
from gui.core.context import Context
from gui.core.drops import TextInput
from gui.core.operation import Operation
from gui.core.screen_fit import fit
from gui.widgets.plain_table import plain_table, put_row
from gui.widgets.styled import button, label, say
from models.domain.documents.states import DocumentState
from models.domain.text.one_line import one_line
from models.paper.elements import Paper
from models.records import Document
from models.services import documents, returned_drafts
from models.storage import attachments

FILES = "Word 文档 (*.docx)"
_HEAD, _WIDTHS = ("取回", "改动", "位置", "原文", "改后"), (56, 120, 220, 220, 220)
_TICK = 0
_KINDS = {"text": "修改", "header": "修改", "added": "增加", "deleted": "删去", "moved": "移动", "comment": "批注"}
_OFFER_HEAD, _OFFER_WIDTHS = ("修改", "记录", "现在", "改为"), (56, 260, 240, 240)


@dataclass(frozen=True, slots=True)
class _Offered:
    """A record that may be changed too, and the change it follows from."""

    change: Change
    offer: Offer


def begin(context: Context, parent: QWidget) -> None:
    """Ask for the file, read it in the background, then show what was changed."""
    folder = str(context.state.folder("export"))
    name, _ = QFileDialog.getOpenFileName(parent, "选择领导改过的 Word 文档", folder, FILES)
    if name:
        show(context, Path(name), parent)


def show(context: Context, file: Path, parent: QWidget) -> None:
    """Show what was changed in a file; what cannot be read is said."""
    folder = context.folder

    def work(_progress: object) -> ComeBack:
        return come_back(folder, file, lambda sha256: attachments.path_of(folder, sha256))

    def shown(back: ComeBack) -> None:
        ReturnDraft(context, back, file, parent).exec()

    context.runner.run(f"正在读取 {file.name}…", work, shown)


class ReturnDraft(QDialog):
    """The changes above, the one that is chosen side by side below, records that say the same at the foot."""

    def __init__(self, context: Context, back: ComeBack, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._back, self._file = context, back, file
        self.document_id: int | None = None
        self.setWindowTitle("取回改稿")
        fit(self, 1000, 640)
        with context.workspace.reading() as session:
            document = returned_drafts.document_of(session, back.sent.document)
            self._document = document
            self._offers = [_Offered(one, offer) for one in back.changes for offer in back.offers(session, one)]
        self.table = plain_table(_HEAD, _WIDTHS)
        self.before, self.after = _side("原文"), _side("改后")
        self.records = plain_table(_OFFER_HEAD, _OFFER_WIDTHS)
        self._wrong = label(name="wrong", wrap=True, shown=False)
        self._build()
        self._fill()

    @property
    def _fixed(self) -> bool:
        return self._document is not None and self._document.state != DocumentState.DRAFT

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.SMALL)
        column.addWidget(label(self._told(), "muted", wrap=True))
        column.addWidget(self.table, 3)
        sides = QHBoxLayout()
        sides.setSpacing(theme.SMALL)
        for name, side in (("原文", self.before), ("改后", self.after)):
            one = QVBoxLayout()
            one.addWidget(label(name, "field"))
            one.addWidget(side)
            sides.addLayout(one)
        column.addLayout(sides, 2)
        if self._offers:
            column.addWidget(label("这些改动出自台账里的记录，打勾的同时改记录：", "field", wrap=True))
            column.addWidget(self.records, 1)
        column.addWidget(self._wrong)
        column.addLayout(self._buttons())
        self.table.currentCellChanged.connect(lambda row, *_: self._show(row))

    def _told(self) -> str:
        title = self._back.seen.title.replace("\n", "")
        count = len(self._back.changes)
        if not count:
            return f"《{title}》没有改动。"
        told = f"《{title}》有 {count} 处改动。打勾的取回到文稿，修订和批注按已接受的读出。"
        if self._fixed:
            assert self._document is not None
            return f"{told}这份公文是“{self._document.state}”，内容已经固定，只能查看。"
        return told

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self.all, self.none = button("全选"), button("全不选")
        self.all.clicked.connect(lambda: self._tick(Qt.CheckState.Checked))
        self.none.clicked.connect(lambda: self._tick(Qt.CheckState.Unchecked))
        self.go = button("取回选中的改动", "primary")
        self.go.clicked.connect(self.accept)
        self.go.setDefault(True)
        back = button("关闭")
        back.clicked.connect(self.reject)
        for one in (self.all, self.none, self.go):
            one.setEnabled(bool(self._back.changes) and not self._fixed)
        for one in (self.all, self.none):
            line.addWidget(one)
        line.addStretch(1)
        line.addWidget(self.go)
        line.addWidget(back)
        return line

    def _fill(self) -> None:
        self.table.setRowCount(len(self._back.changes))
        for at, change in enumerate(self._back.changes):
            by = f"（{change.by}）" if change.by else ""
            words = (one_line(change.before), one_line(change.after))
            tick, *_ = put_row(self.table, at, ("", _KINDS[change.kind] + by, self._back.where(change), *words))
            if change.kind != "comment" and not self._fixed:
                _checkable(tick, on=True)
        self.records.setRowCount(len(self._offers))
        for at, one in enumerate(self._offers):
            offer = one.offer
            tick, *_ = put_row(self.records, at, ("", offer.label, one_line(offer.before), one_line(offer.after)))
            if not self._fixed:
                _checkable(tick, on=False)
        if self._back.changes:
            self.table.setCurrentCell(0, 1)
            self._show(0)

    def _show(self, row: int) -> None:
        """The chosen change side by side, what differs in colour."""
        if not 0 <= row < len(self._back.changes):
            return
        change = self._back.changes[row]
        self.before.setPlainText(change.before)
        self.after.setPlainText(change.after)
        matcher = SequenceMatcher(None, change.before, change.after, autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag != "equal":
                _coloured(self.before, a, b, theme.ACCENT)
                _coloured(self.after, c, d, theme.GREEN)

    def _tick(self, state: Qt.CheckState) -> None:
        for at, change in enumerate(self._back.changes):
            item = self.table.item(at, _TICK)
            if item is not None and change.kind != "comment":
                item.setCheckState(state)

    def taken(self) -> list[Change]:
        """The changes that are ticked."""
        return [one for at, one in enumerate(self._back.changes) if _is_ticked(self.table.item(at, _TICK))]

    def accept(self) -> None:
        """Take the ticked changes over; what stands against it is said and nothing is lost."""
        if Operation(self._take, self).say_failure(partial(say, self._wrong)).run():
            super().accept()

    def _take(self) -> None:
        from gui.documents.window import open_document  # the pages take long to load

        now, id_ = self._now()
        paper, missed = self._back.applied(now, self.taken())
        workspace = self._context.workspace
        kept = returned_drafts.take_back(workspace, id_, paper, self._file, self._back.sent.options)
        self.document_id = kept.id
        self._back.kept_as(self._context.folder, kept.uuid)
        changed = self._change_records()
        told = f"已取回 {len(self.taken()) - len(missed)} 处改动"
        told += f"，同时修改了 {changed} 条记录" if changed else ""
        told += f"；{len(missed)} 处在文稿里也改过，没有取回，请手工核对" if missed else ""
        self._context.status(told)
        parent = self.parentWidget()
        open_document(self._context, kept.id, parent.window() if parent else None)

    def _now(self) -> tuple[Paper, int | None]:
        """The draft as it stands now, and its id."""
        if self._document is None:
            return self._back.sent.whole, None
        with self._context.workspace.reading() as session:
            document = session.get_one(Document, self._document.id)
            returned_drafts.refuse_unless_draft(document)
            return documents.paper_of(document), document.id

    def _change_records(self) -> int:
        ticked = [one.offer for at, one in enumerate(self._offers) if _is_ticked(self.records.item(at, _TICK))]
        for offer in ticked:
            values = {offer.field: offer.value}
            returned_drafts.change_record(self._context.workspace, offer.table, offer.id, offer.version, values)
        return len(ticked)


def _side(name: str) -> TextInput:
    side = TextInput()
    side.setReadOnly(True)
    side.setAccessibleName(name)
    side.setTabChangesFocus(True)
    return side


def _coloured(side: TextInput, start: int, end: int, colour: str) -> None:
    marked = QTextCharFormat()
    marked.setForeground(QColor(colour))
    marked.setFontUnderline(True)
    cursor = side.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.setCharFormat(marked)


def _checkable(item: QTableWidgetItem, *, on: bool) -> None:
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)


def _is_ticked(item: QTableWidgetItem | None) -> bool:
    return item is not None and item.checkState() == Qt.CheckState.Checked
