"""关于: version, data folder, licences of what is shipped."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui import theme
from gui.context import Context
from gui.tables.filters import button

VERSION = "1.0.0"


class About(QDialog):
    """Says what this is."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("关于督查通")
        self.setMinimumWidth(440)
        title = QLabel(f"督查通 {VERSION}")
        title.setProperty("class", "title")
        text = QLabel(
            "督查、问责、整改台账和公文。\n\n"
            f"数据文件夹：{context.folder.root}\n\n"
            "界面用 Qt（LGPL）和 Tabler 图标（MIT）制作。"
        )
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(button("关闭", self.accept, "primary"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.HUGE, theme.HUGE, theme.HUGE, theme.LARGE)
        layout.setSpacing(theme.MEDIUM)
        for part in (title, text):
            layout.addWidget(part)
        layout.addLayout(line)
