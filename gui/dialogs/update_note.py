"""更新前后对照: totals this version counts otherwise, old and new, shown once after the update."""

from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from gui.core import theme
from gui.core.context import Context
from gui.core.plain_text import Label
from gui.core.screen_fit import fit
from gui.lists.filters import button
from gui.widgets.plain_table import plain_table, put_row
from models.queries import updates
from models.queries.whole_drafts import whole_drafts
from models.records import UpdateNote
from models.services import updates as deeds

HEAD = ("项目", "更新前", "更新后", "为什么")
WIDTHS = (110, 110, 170, 330)
ABOUT = "督查通已更新到 {version}。下面的数字换了算法，更新前后不同，录入的内容一条没有少。已印发的公文不变。"
DRAFTS = "有 {rows} 条草稿内容完整（{problems} 个问题），现在不计入问题数。请看一遍，该计入的送交办。"


class UpdateNotes(QDialog):
    """What changed, and a county's way to the drafts it has to decide on."""

    def __init__(self, context: Context, note: UpdateNote, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle("更新前后对照")
        fit(self, 900, 440)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.SMALL)
        about = Label(ABOUT.format(version=note.version))
        about.setWordWrap(True)
        layout.addWidget(about)
        self.table = plain_table(HEAD, WIDTHS)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setWordWrap(True)
        self.table.setRowCount(len(note.lines))
        for row, line in enumerate(note.lines):
            put_row(self.table, row, (line["name"], line["old"], line["new"], line["why"]))
        self.table.resizeRowsToContents()
        layout.addWidget(self.table, 1)
        self.drafts = Label()
        self.drafts.setWordWrap(True)
        layout.addWidget(self.drafts)
        row_of_buttons = QHBoxLayout()
        self.decide = button("查看这些草稿…", self._decide, "primary")
        row_of_buttons.addWidget(self.decide)
        row_of_buttons.addStretch(1)
        row_of_buttons.addWidget(button("知道了", self.accept))
        layout.addLayout(row_of_buttons)
        self._show_drafts()

    def _show_drafts(self) -> None:
        office = self._context.workspace.office()
        with self._context.workspace.reading() as session:
            found = whole_drafts(session) if office is not None and office.role == "county" else []
        self.drafts.setText(DRAFTS.format(rows=len(found), problems=sum(one.count for one in found)))
        for part in (self.drafts, self.decide):
            part.setVisible(bool(found))

    def _decide(self) -> None:
        from gui.dialogs import whole_drafts as dialog

        dialog.show(self._context, self)
        self._show_drafts()


def show_once(context: Context, parent: QWidget) -> None:
    """After an update that changed totals: show them, the first time only."""
    with context.workspace.reading() as session:
        note = updates.unseen(session)
    if note is not None:
        UpdateNotes(context, note, parent).exec()
        deeds.seen(context.workspace)


def show_again(context: Context, parent: QWidget) -> None:
    """The last update's totals, whenever the clerk asks."""
    with context.workspace.reading() as session:
        note = updates.latest(session)
    if note is None:
        context.status("更新没有改变本机构的数字。")
    else:
        UpdateNotes(context, note, parent).exec()
