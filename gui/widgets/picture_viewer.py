"""The picture viewer: one photo large, ← and → to the others."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from gui.core.context import Context
from gui.core.file_opening import save_as
from gui.core.plain_text import Label
from gui.core.screen_fit import fit
from gui.widgets.picture_loading import load_picture
from gui.widgets.styled import button, label
from models.paper.numbering import full_day
from models.records import Attachment

LARGEST = 2400
"""Side a picture is read at, px; larger ones are scaled while reading."""


class Viewer(QDialog):
    """Walks through some pictures."""

    def __init__(
        self, context: Context, pictures: Sequence[Attachment], at: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._pictures, self.at = context, list(pictures), at
        fit(self, 960, 680)
        self._face = Label(centred=True)
        self._face.setMinimumSize(QSize(320, 160))
        self._words = label(wrap=True)
        column = QVBoxLayout(self)
        column.addWidget(self._face, 1)
        row = QHBoxLayout()
        row.addWidget(self._words, 1)
        for text, by in (("← 上一张", -1), ("下一张 →", 1)):
            step = button(text)
            step.setEnabled(len(self._pictures) > 1)
            step.clicked.connect(lambda _on, by=by: self.go(by))
            row.addWidget(step)
        save = button("另存为…")
        save.clicked.connect(lambda _on: save_as(context, self._pictures[self.at], self))
        row.addWidget(save)
        column.addLayout(row)
        self.go(0)

    def go(self, by: int) -> None:
        """Show the picture so many further on, round and round."""
        self.at = (self.at + by) % len(self._pictures)
        one = self._pictures[self.at]
        self._whole = QPixmap()
        self._face.setText("正在打开…")
        load_picture(self._context, one, LARGEST, self, lambda picture: self._show(one, picture))
        self.setWindowTitle(f"{one.name}（{self.at + 1}/{len(self._pictures)}）")
        # A scan of a document proves nothing by its day; a photo of a site does.
        without = "" if one.owner_table == "document" else "未注明取证日期"
        taken = f"取证日期 {full_day(one.taken_on)}" if one.taken_on else without
        self._words.setText("　".join(filter(None, (taken, one.role, one.description))))

    def _show(self, one: Attachment, picture: QPixmap) -> None:
        """Show a picture that was read, unless the clerk has gone on to another."""
        if one is not self._pictures[self.at]:
            return
        self._whole = picture
        if picture.isNull():
            self._face.setText("这张图片打不开，文件可能已损坏。")
        self._fit()

    def _fit(self) -> None:
        if self._whole.isNull():
            return
        ratio = self.devicePixelRatioF()
        size = self._face.size() * ratio
        way = Qt.TransformationMode.SmoothTransformation
        shown = self._whole.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, way)
        shown.setDevicePixelRatio(ratio)
        self._face.setPixmap(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit it into the new size."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """← and → walk."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.go(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)
