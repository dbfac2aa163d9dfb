"""上报反馈 at the answering unit: what waits, one file for the county."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from gui.core import error_reporting, theme
from gui.core.context import Context, Progress
from gui.core.drops import LineInput
from gui.core.plain_text import Label
from gui.core.save_file import ask_folder
from gui.core.screen_fit import fit
from gui.exchange import incoming
from gui.lists.filters import button
from gui.widgets.notice import Notice
from models.errors import Refusal

if TYPE_CHECKING:
    from models.exchange.build import Built
    from models.queries.facts.exchange import Waiting


class ReportUp(QDialog):
    """Writes the return package."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._made: Path | None = None
        self.setWindowTitle("上报反馈")
        fit(self, 620, 280)
        self.notice = Notice()
        self._title, self._about = Label(), Label()
        self._title.setProperty("class", "title")
        self._about.setProperty("class", "muted")
        self._about.setWordWrap(True)
        self.passphrase = LineInput(placeholderText="一般不填；填了要在电话里告诉县里")
        self._build()
        self.read()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.LARGE)
        layout.setSpacing(theme.MEDIUM)
        for part in (self._title, self._about, self.notice):
            layout.addWidget(part)
        word = QHBoxLayout()
        word.addWidget(Label("口令"))
        word.addWidget(self.passphrase, 1)
        layout.addLayout(word)
        layout.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        self.do = button("写反馈包…", self.write, "primary")
        self.do.setDefault(True)
        self.open_button = button("打开所在文件夹", self._open_folder)
        self.open_button.hide()
        line.addWidget(self.do)
        line.addWidget(self.open_button)
        line.addStretch(1)
        line.addWidget(button("关闭", self.reject))
        layout.addLayout(line)

    def read(self) -> None:
        """How much waits."""
        from models.queries.facts.exchange import waiting

        with self._context.workspace.reading() as session:
            found = waiting(session)
        self._title.setText(_waits(found))
        self._about.setText(_explained(found))
        self.do.setEnabled(bool(found.unsent or found.plans or found.unconfirmed))

    def write(self) -> None:
        """Ask where to, then write the package."""
        start = self._context.state.folder("package")
        folder = ask_folder(self, "放到哪里（U 盘或文件夹）", start, self._context.folder)
        if folder is not None:
            self.write_to(folder)

    def write_to(self, folder: Path) -> None:
        """Write the package into the folder."""
        workspace, word = self._context.workspace, self.passphrase.text().strip()
        self._context.state.use_folder("package", folder)
        self.do.setEnabled(False)

        def work(progress: Progress) -> "Built":
            from models.exchange import build

            told = "正在写反馈包…"
            incoming.must_be_there(folder)
            return build.answer(
                workspace, folder, passphrase=word, progress=lambda done, total: progress(told, done, total)
            )

        self._context.runner.run("正在写反馈包…", work, self._written, self._failed)

    def _written(self, built: "Built") -> None:
        self._made = built.path
        self.read()
        place, name = built.path.parent, built.path.name
        self.notice.say(f"已写到 {place}：{name}。请交给“{built.peer}”。上报后不能再改，如需补充，另填一轮。")
        self._context.status(f"已写出反馈包：{built.path.name}")
        self.open_button.show()

    def _failed(self, error: BaseException) -> None:
        self.do.setEnabled(True)
        if isinstance(error, Refusal):
            self.notice.say(error.sentence, grave=True)
        else:
            error_reporting.tell(error)

    def _open_folder(self) -> None:
        if self._made is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made.parent)))


def _waits(found: "Waiting") -> str:
    counts = ((found.unsent, "反馈"), (found.plans, "整改计划"))
    said = "、".join(f"{count} 条{what}" for count, what in counts if count)
    return f"{said}还没有上报" if said else "没有新的反馈和计划"


def _explained(found: "Waiting") -> str:
    lines = []
    if found.unconfirmed:
        lines.append(f"有 {found.unconfirmed} 条反馈已报出，县里还没有回音，下次上报时再报一次，不会重复。")
    if found.last_sent_at is not None:
        lines.append(f"上次上报：{found.last_sent_at:%Y-%m-%d %H:%M}。")
    return "".join(lines) or "填写整改反馈后在这里写出反馈包，用 U 盘或工作群交给县里。"


def report_up(context: Context, parent: QWidget) -> None:
    """上报反馈, at an answering unit."""
    ReportUp(context, parent).exec()
