"""关于 and 更新说明: version, what it can read, where the data lie, and whose work it stands on."""

import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from gui.core import theme
from gui.core.context import Context
from gui.core.drops import TextInput
from gui.core.plain_text import Label
from gui.core.screen_fit import fit
from gui.lists.filters import button
from models.domain.catalogs import resources
from models.program import home, version

QT = "qt"


def news() -> str:
    """The release notes, newest first."""
    path = home() / "CHANGELOG.md"
    return path.read_text(encoding="utf-8") if path.is_file() else "没有找到更新说明。"


def licences() -> dict[str, str]:
    """The licence texts of what is shipped, by component; the program's own first."""
    found = {"督查通": _text([home() / "LICENSE"]), "图标 Tabler Icons": _text([resources() / "icons" / "LICENSE"])}
    shipped = home() / "licenses"
    if not shipped.is_dir():
        shipped = home() / "packaging" / "licenses"
        found["Qt for Python"] = _text(sorted(shipped.glob("*.txt"), reverse=True))
    for folder in sorted(path for path in shipped.iterdir() if path.is_dir()) if shipped.is_dir() else ():
        name = "Qt for Python" if folder.name == QT else folder.name
        found[name] = _text(sorted((p for p in folder.rglob("*") if p.is_file()), reverse=True))
    return found


def _text(paths: list[Path]) -> str:
    return "\n\n".join(path.read_text(encoding="utf-8", errors="replace") for path in paths if path.is_file())


class About(QDialog):
    """Says what this is."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from models.exchange.container import FORMAT, SUFFIX
        from models.storage.schema import HEAD

        self.setWindowTitle("关于督查通")
        self.setMinimumWidth(480)
        title = Label(f"督查通 {version()}")
        title.setProperty("class", "title")
        text = Label(
            "督查、问责、整改台账和公文。\n\n"
            f"能读取的数据包（{SUFFIX}）：第 {FORMAT} 版及以前\n"
            f"数据版本：{HEAD}\n"
            f"数据文件夹：{context.folder.root}\n\n"
            "界面用 Qt（LGPL）和 Tabler 图标（MIT）制作，各组件的许可证见“许可证”。"
        )
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        line.addWidget(button("更新说明", lambda: News(self).exec()))
        line.addWidget(button("许可证", lambda: Licences(self).exec()))
        line.addStretch(1)
        line.addWidget(button("关闭", self.accept, "primary"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.LARGE)
        layout.setSpacing(theme.MEDIUM)
        for part in (title, text):
            layout.addWidget(part)
        layout.addLayout(line)


class News(QDialog):
    """更新说明."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("更新说明")
        fit(self, 640, 480)
        text = QTextBrowser(openLinks=False)
        text.document().setDocumentMargin(theme.LARGE)
        text.setMarkdown(re.sub(r"\A# .*\n", "", news()))
        _close_below(self, text)


class Licences(QDialog):
    """The licence texts, one component beside the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("许可证")
        fit(self, 820, 560)
        found = licences()
        self.list = QListWidget()
        self.list.addItems(list(found))
        self.list.setFixedWidth(200)
        self.text = TextInput(readOnly=True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.list.currentTextChanged.connect(lambda name: self.text.setPlainText(found[name]))
        self.list.setCurrentRow(0)
        both = QWidget()
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.list)
        line.addWidget(self.text, 1)
        _close_below(self, both)


def _close_below(dialog: QDialog, content: QWidget) -> None:
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
    layout.addWidget(content, 1)
    line = QHBoxLayout()
    line.addStretch(1)
    line.addWidget(button("关闭", dialog.accept, "primary"))
    layout.addLayout(line)
