"""After an export: the file's name, 打开, 打开所在文件夹, 打印."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from gui.core import theme
from gui.core.plain_text import Label
from gui.lists.filters import button


class Finished(QDialog):
    """Says where the file is and offers what comes next."""

    def __init__(self, target: Path, print_: Callable[[], object] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("已导出")
        self.setMinimumWidth(480)
        name = Label(target.name)
        name.setProperty("class", "heading")
        name.setWordWrap(True)
        folder = Label(str(target.parent))
        folder.setProperty("class", "muted")
        folder.setWordWrap(True)
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        opening = button("打开", lambda: self._open(target), "primary")
        line.addWidget(opening)
        line.addWidget(button("打开所在文件夹", lambda: self._open(target.parent)))
        if print_ is not None:
            line.addWidget(button("打印…", print_))
        line.addStretch(1)
        line.addWidget(button("关闭", self.accept))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.LARGE)
        layout.setSpacing(theme.SMALL)
        for part in (name, folder):
            layout.addWidget(part)
        layout.addSpacing(theme.SMALL)
        layout.addLayout(line)
        opening.setDefault(True)
        opening.setFocus()

    def _open(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        self.accept()
