"""制作乡镇安装盘: a folder with the installers in, a folder for each township out."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from gui.core import error_reporting, theme
from gui.core.context import Context, Progress
from gui.core.drops import LineInput
from gui.core.plain_text import Label
from gui.core.save_file import ask_folder
from gui.core.screen_fit import fit
from gui.lists.filters import button
from gui.widgets.notice import Notice
from gui.widgets.plain_table import plain_table, put_row
from models.errors import Refusal

if TYPE_CHECKING:
    from models.exchange.handout import Folder

INSTALLERS = ("*-setup.exe", "*.exe", "*.deb", "SHA256SUMS")
GUIDE = "安装说明.pdf"
HINT = (
    "每个乡镇一个文件夹：安装程序、安装说明、首次运行的答案，已有交办问题的还有任务包。"
    "乡镇安装后打开就能用，不用再填写。文件夹里有配对信息，请当面交付，不要发到群里。"
)


def installers_in(folder: Path) -> list[Path]:
    """The installers of a folder."""
    found = {path for pattern in INSTALLERS for path in folder.glob(pattern) if path.is_file()}
    return sorted(found)


class HandOut(QDialog):
    """Asks for two folders and fills the second."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle("制作乡镇安装盘")
        fit(self, 760, 520)
        self.notice = Notice()
        self.source = LineInput(str(context.state.get("handout.source", "")), readOnly=True)
        self.target = LineInput(str(context.state.get("handout.target", "")), readOnly=True)
        self.photos = QCheckBox("任务包带上问题照片")
        self.photos.setChecked(bool(context.state.get("package.photos", True)))
        self.table = plain_table(("单位", "文件夹", "任务包"), (120, 220, 330))
        self._build()
        self._check()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.MEDIUM)
        hint = Label(HINT)
        hint.setProperty("class", "muted")
        hint.setWordWrap(True)
        layout.addWidget(hint)
        grid = QGridLayout()
        for row, (label, edit, key) in enumerate(
            (("安装程序所在文件夹", self.source, "source"), ("放到哪里", self.target, "target"))
        ):
            edit.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # to be read; the button beside it is what does something
            grid.addWidget(Label(label), row, 0)
            grid.addWidget(edit, row, 1)
            grid.addWidget(button("选择…", partial(self._choose, edit, key, label)), row, 2)
        layout.addLayout(grid)
        layout.addWidget(self.photos)
        layout.addWidget(self.notice)  # below what is still to be clicked, which must not move away
        layout.addWidget(self.table, 1)
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        self.do = button("制作", self.make, "primary")
        self.stop = button("停止", self._context.runner.cancel)
        self.stop.hide()
        self.open_button = button("打开文件夹", self._open)
        self.open_button.hide()
        for part in (self.do, self.stop, self.open_button):
            line.addWidget(part)
        line.addStretch(1)
        line.addWidget(button("关闭", self.reject))
        layout.addLayout(line)

    def _choose(self, edit: LineInput, key: str, title: str) -> None:
        folder = ask_folder(self, title, edit.text() or Path.home(), self._context.folder)
        if folder is not None:
            self.set_folder(key, folder)

    def set_folder(self, key: str, folder: Path) -> None:
        """Take a folder: ``source`` of the installers, or ``target``."""
        (self.source if key == "source" else self.target).setText(str(folder))
        self._context.state.set(f"handout.{key}", str(folder))
        self._check()

    def _check(self) -> None:
        """Say what is still wanted."""
        found = installers_in(Path(self.source.text())) if self.source.text() else []
        self.do.setEnabled(bool(found and self.target.text()))
        if self.source.text() and not found:
            self.notice.say("这个文件夹里没有安装程序（setup.exe 或 .deb），请另选。", grave=True)
        elif found:
            self.notice.say("将放入：" + "、".join(path.name for path in found))

    def make(self) -> None:
        """Fill the target in the background."""
        workspace, source, target = self._context.workspace, Path(self.source.text()), Path(self.target.text())
        files, guide, photos = installers_in(source), source / GUIDE, self.photos.isChecked()
        self._context.state.set("package.photos", photos)

        def work(progress: Progress) -> "list[Folder]":
            from models.exchange import handout

            told = "正在制作安装盘…"
            return handout.make(
                workspace, target, files, guide if guide.is_file() else None,
                progress=lambda done, total: progress(told, done, total), photos=photos,
            )  # fmt: skip

        self.do.setEnabled(False)
        self.stop.show()
        self._context.runner.run("正在制作安装盘…", work, self._made, self._failed)

    def _made(self, folders: "list[Folder]") -> None:
        self.do.setEnabled(True)
        self.stop.hide()
        self.open_button.show()
        self.table.setRowCount(len(folders))
        for row, one in enumerate(folders):
            put_row(self.table, row, (one.unit, one.path.name, one.task.name if one.task else "还没有交办的问题"))
        self.notice.say(f"已做好 {len(folders)} 个文件夹：{self.target.text()}。请分别交给各乡镇。")
        self._context.status(f"已做好 {len(folders)} 个乡镇的安装盘。")

    def _failed(self, error: BaseException) -> None:
        self.do.setEnabled(True)
        self.stop.hide()
        if isinstance(error, Refusal):
            self.notice.say(error.sentence, grave=True)
        else:
            error_reporting.tell(error)

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self.target.text()))
