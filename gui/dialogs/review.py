"""审读文稿: what the check finds in a paper of another office, each at its place, and a copy with comments."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from gui.core import icons, theme
from gui.core.context import Context
from gui.core.drops import TextInput
from gui.core.operation import Operation
from gui.core.save_file import ask_file
from gui.core.screen_fit import fit
from gui.dialogs.export_done import Finished
from gui.widgets.plain_table import plain_table, put_row
from gui.widgets.styled import button, label
from models import clock
from models.text_files.review import Remark, Review, comments
from models.text_files.reviewing import review

FILES = "Word 文档 (*.docx)"
_HEAD, _WIDTHS = ("", "位置", "问题", "依据"), (96, 220, 410, 160)
_LEVELS = {"error": ("须改正", theme.ACCENT), "warning": ("请核对", theme.AMBER)}


def begin(context: Context, parent: QWidget) -> None:
    """Ask for the file, read it in the background, then show what was found."""
    folder = str(context.state.folder("export"))
    name, _ = QFileDialog.getOpenFileName(parent, "选择要审读的 Word 文档", folder, FILES)
    if name:
        show(context, Path(name), parent)


def show(context: Context, file: Path, parent: QWidget) -> None:
    """Show what was found in a file; what cannot be read is said."""

    def shown(found: Review) -> None:
        ReviewDialog(context, found, file, parent).exec()

    context.runner.run(f"正在审读 {file.name}…", lambda _progress: review(file), shown)


class ReviewDialog(QDialog):
    """The list above, the words of the chosen place below; the file itself stays as it is."""

    def __init__(self, context: Context, found: Review, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._found, self._file = context, found, file
        self.setWindowTitle("审读文稿")
        fit(self, 1000, 640)
        self.table = plain_table(_HEAD, _WIDTHS)
        self.words = TextInput(readOnly=True)
        self.words.setAccessibleName("所在段落")
        self._said = label(wrap=True)
        self._build()
        self._fill()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.SMALL)
        column.addWidget(label(self._told(), "muted", wrap=True))
        column.addWidget(self.table, 3)
        column.addWidget(label("所在段落", "field"))
        column.addWidget(self.words, 1)
        column.addWidget(self._said)
        line = QHBoxLayout()
        line.addWidget(label("需要本机构台账才能核对的（数字与记录是否一致、文号是否用过等）没有检查。", "muted"))
        line.addStretch(1)
        self.save = button("另存批注版…", "primary")
        self.save.setEnabled(bool(self._found.remarks))
        self.save.clicked.connect(self.save_marked)
        close = button("关闭")
        close.clicked.connect(self.reject)
        line.addWidget(self.save)
        line.addWidget(close)
        column.addLayout(line)
        self.table.currentCellChanged.connect(lambda row, *_: self._show(row))

    def _told(self) -> str:
        title = self._found.paper.title.replace("\n", "") or self._file.name
        red = sum(one.notice.severity == "error" for one in self._found.remarks)
        if not self._found.remarks:
            return f"《{title}》没有发现问题。"
        more = f"，其中必须改正的 {red} 处" if red else ""
        rest = f"另有 {self._found.more} 处没有列出。" if self._found.more else ""
        return f"《{title}》有 {len(self._found.remarks)} 处需要看一下{more}。{rest}原文件不改动。"

    def _fill(self) -> None:
        self.table.setRowCount(len(self._found.remarks))
        for at, one in enumerate(self._found.remarks):
            level, colour = _LEVELS[one.notice.severity]
            first, *_ = put_row(self.table, at, (level, one.where, one.notice.sentence, one.notice.clause))
            first.setIcon(icons.icon("alert-triangle", colour))
        if self._found.remarks:
            self.table.setCurrentCell(0, 1)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, row: int) -> None:
        if 0 <= row < len(self._found.remarks):
            self.words.setPlainText(_words(self._found.remarks[row]))

    def save_marked(self) -> None:
        """Write a copy with comments beside the file, and show it in the office's own program."""
        from exporters.docx.marked import write_marked  # lxml, only when a copy is asked for

        proposed = self._file.with_name(f"{self._file.stem}（批注）.docx")
        target = ask_file(self, "另存批注版", proposed, [".docx"], self._context.folder)
        if target is None:
            return

        def write() -> None:
            write_marked(self._file, target, comments(self._found), clock.now())

        if Operation(write, self).say_failure(self._said.setText).run():
            self._said.setText(f"批注版已写好：{target}")
            Finished(target, parent=self).exec()


def _words(one: Remark) -> str:
    return f"{one.notice.sentence}\n\n{one.text}" if one.text else one.notice.sentence
