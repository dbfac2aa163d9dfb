"""Files of a record: drop, paste or choose them; thumbnails, a viewer, the day a photo was taken."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
    QImageReader,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QFrame, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from gui import drops, icons, theme, trouble
from gui.context import Context
from gui.forms.flow import FlowLayout
from gui.forms.parts import button, label, restyle
from gui.forms.shrinking import shrunk
from models.paper.numbering import full_day
from models.records import Attachment, Record

THUMB = 96
"""Side of a thumbnail, px."""


def picture_of(context: Context, attachment: Attachment, side: int) -> QPixmap:
    """The picture scaled to fit a square; empty for what is no picture."""
    from models.store.attachments import path_of

    reader = QImageReader(str(path_of(context.folder, attachment.sha256)))
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid():
        return QPixmap()
    reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    return QPixmap.fromImage(reader.read())


class Thumb(QFrame):
    """One file: its picture or its name, its day below."""

    opened = Signal()
    menuAsked = Signal()

    def __init__(self, context: Context, attachment: Attachment) -> None:
        super().__init__()
        self.attachment = attachment
        self.setProperty("class", "thumb")
        self.setFixedSize(THUMB + 16, THUMB + 44)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip("\n".join(filter(None, (attachment.name, attachment.role, attachment.description))))
        self.setAccessibleName(attachment.name)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 4)
        column.setSpacing(2)
        face = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        picture = picture_of(context, attachment, THUMB * 2)
        if picture.isNull():
            picture = icons.picture("file-text", theme.MUTED, 40, 2.0)
        else:
            picture.setDevicePixelRatio(2.0)
        face.setPixmap(picture)
        column.addWidget(face, 1)
        metrics = self.fontMetrics()
        name = metrics.elidedText(attachment.name, Qt.TextElideMode.ElideMiddle, THUMB)
        day = full_day(attachment.taken_on) if attachment.taken_on else attachment.role or "未注明日期"
        for line in (name, day):
            row = label(line, "note")
            row.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            column.addWidget(row)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """A double click opens the viewer."""
        self.opened.emit()

    def contextMenuEvent(self, _event: object) -> None:
        """The right button offers what can be done."""
        self.menuAsked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Del takes away."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Menu:
            self.menuAsked.emit()
        else:
            super().keyPressEvent(event)


class FilesView(QFrame):
    """The files of a record. ``ensure`` saves a new record before the first file is added.

    ``changed`` after a file was added, changed or taken away.
    """

    changed = Signal(object)

    def __init__(self, context: Context, ensure: Callable[[], Record | None], role: str = "") -> None:
        super().__init__()
        self.context, self._ensure, self.role = context, ensure, role
        self.files: list[Attachment] = []
        self.setProperty("class", "drop")
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        self._box = QWidget()
        self._flow = FlowLayout(self._box, spacing=8)
        self._hint = label("把照片或文件拖到这里，或复制后在此粘贴（Ctrl+V）。", "note", wrap=True)
        row = QHBoxLayout()
        choose, paste = button("添加文件…"), button("粘贴")
        choose.clicked.connect(lambda _on: self.choose())
        paste.clicked.connect(lambda _on: self.paste())
        for part in (choose, paste):
            row.addWidget(part)
        row.addWidget(self._hint, 1)
        column.addWidget(self._box)
        column.addLayout(row)
        self._thumbs: list[Thumb] = []

    def show_files(self, files: Sequence[Attachment]) -> None:
        """Show these files."""
        for old in self._thumbs:
            old.hide()
            old.deleteLater()
        self._flow.clear()
        self.files = list(files)
        self._thumbs = [self._thumb(one) for one in self.files]
        self._box.setVisible(bool(files))
        self._box.updateGeometry()

    def _thumb(self, attachment: Attachment) -> Thumb:
        thumb = Thumb(self.context, attachment)
        thumb.setParent(self._box)
        thumb.opened.connect(partial(self.open, attachment))
        thumb.menuAsked.connect(partial(self._menu, attachment, thumb))
        self._flow.addWidget(thumb)
        thumb.show()
        return thumb

    # ---- taking in

    def choose(self) -> None:
        """Ask for files."""
        start = str(self.context.state.folder("attach"))
        names, _ = QFileDialog.getOpenFileNames(self, "添加附件", start)
        if names:
            self.context.state.use_folder("attach", Path(names[0]).parent)
            self.add([Path(name) for name in names])

    def paste(self) -> None:
        """Take what is on the clipboard: files or a picture."""
        if not self.take(QApplication.clipboard().mimeData()):
            self.context.status("剪贴板里没有图片或文件。")

    def take(self, data: QMimeData) -> bool:
        """Add dropped or pasted files and pictures; whether there were any."""
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            return self.add(paths)
        image = data.imageData()
        return isinstance(image, QImage) and not image.isNull() and self.add([_png(image)])

    def add(self, sources: Sequence[Path | bytes]) -> bool:
        """Keep files with the record; a Refusal is shown."""
        from models.actions import attachments

        owner = self._ensure()
        if owner is None:
            return False
        name = f"粘贴的图片 {self.context.desk.now:%H%M%S}.png"
        office = self.context.desk.office()
        scale = shrunk if office is not None and office.shrink_photos else None
        for source in sources:
            given = "" if isinstance(source, Path) else name

            def keep(source: Path | bytes = source, given: str = given) -> None:
                done = attachments.attach(self.context.desk, owner, source, given, role=self.role, scale=scale)
                self.changed.emit(done)

            if not trouble.guarded(keep):
                return False
        self.context.status(f"已添加 {len(sources)} 个附件。")
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures are welcome."""
        data = event.mimeData()
        if data.hasUrls() or data.hasImage():
            self._over(True)
            drops.accept(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """As where they came in."""
        drops.accept(event)

    def dragLeaveEvent(self, event: object) -> None:
        """They went away again."""
        self._over(False)
        super().dragLeaveEvent(event)  # type: ignore[arg-type]

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        self._over(False)
        if self.take(event.mimeData()):
            drops.accept(event)

    def _over(self, over: bool) -> None:
        self.setProperty("over", over)
        restyle(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V pastes."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    # ---- doing something with one

    def open(self, attachment: Attachment) -> None:
        """Show the picture, or open the file with its program."""
        from gui.dialogs.viewer import Viewer

        if attachment.media_type.startswith("image/"):
            pictures = [one for one in self.files if one.media_type.startswith("image/")]
            Viewer(self.context, pictures, pictures.index(attachment), self).exec()
        else:
            self._open_outside(attachment)

    def _open_outside(self, attachment: Attachment) -> None:
        from gui.dialogs.viewer import copy_out

        path = copy_out(self.context, attachment)
        if path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _menu(self, attachment: Attachment, thumb: QWidget) -> None:
        menu = QMenu(self)
        menu.addAction("打开", lambda: self.open(attachment))
        menu.addAction("修改取证日期和说明…", lambda: self.edit(attachment))
        menu.addAction("另存为…", lambda: self._save_as(attachment))
        menu.addSeparator()
        menu.addAction("移除", lambda: self.remove(attachment))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(thumb.mapToGlobal(thumb.rect().center()))

    def edit(self, attachment: Attachment) -> None:
        """Ask for its day, role and description."""
        from gui.dialogs.edit_record import edit_record

        done = edit_record(self.context, attachment, self)
        if done is not None:
            self.changed.emit(done)

    def _save_as(self, attachment: Attachment) -> None:
        from gui.dialogs.viewer import save_as

        save_as(self.context, attachment, self)

    def remove(self, attachment: Attachment) -> None:
        """Move it to the recycle bin; 撤销 brings it back."""
        from models.actions import records

        def go() -> None:
            self.changed.emit(records.delete(self.context.desk, Attachment, [attachment.id]))

        if trouble.guarded(go):
            self.context.status(f"已移除“{attachment.name}”，可用 Ctrl+Z 撤销。")


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
