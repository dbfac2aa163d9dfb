"""Files of a record: drop, paste or choose them; thumbnails, a viewer, the day a photo was taken."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget
from shiboken6 import isValid

from exporters.pages import decoding
from gui.core import drops, error_reporting, icons, theme
from gui.core.context import Context, Progress
from gui.core.operation import Operation
from gui.core.plain_text import Label, set_tip
from gui.forms.photo_scaling import scale_for
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.picture_loading import load_picture
from gui.widgets.picture_viewer import Viewer
from gui.widgets.styled import button, label, restyle
from models.errors import Refusal
from models.paper.numbering import full_day
from models.records import Attachment, Record

if TYPE_CHECKING:
    from models.services.attachments import Prepared, Scale

THUMB = 96
"""Side of a thumbnail, px."""


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
        set_tip(self, "\n".join(filter(None, (attachment.name, attachment.role, attachment.description))))
        self.setAccessibleName(attachment.name)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 4)
        column.setSpacing(2)
        self._face = Label(centred=True)
        self._face.setPixmap(icons.picture("file-text", theme.MUTED, 40, 2.0))
        column.addWidget(self._face, 1)
        if attachment.media_type.startswith("image/"):
            load_picture(context, attachment, THUMB * 2, self, self._show)
        metrics = self.fontMetrics()
        name = metrics.elidedText(attachment.name, Qt.TextElideMode.ElideMiddle, THUMB)
        day = full_day(attachment.taken_on) if attachment.taken_on else attachment.role or "未注明日期"
        for line in (name, day):
            row = label(line, "note")
            row.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            column.addWidget(row)

    def _show(self, picture: QPixmap) -> None:
        if picture.isNull():
            picture = icons.picture("alert-triangle", theme.AMBER, 40, 2.0)
            set_tip(self._face, "这张图片打不开，文件可能已损坏。")
        picture.setDevicePixelRatio(2.0)
        self._face.setPixmap(picture)

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
        return isinstance(image, QImage) and not image.isNull() and self.add([decoding.encoded(image, "PNG")])

    def add(self, sources: Sequence[Path | bytes]) -> bool:
        """Keep files with the record, read beside the screen's thread; whether there is a record to keep them with.

        What cannot be kept is told, file by file; the others are kept.
        """
        owner = self._ensure()
        if owner is None:
            return False
        name = f"粘贴的图片 {self.context.workspace.now:%H%M%S}.png"
        scale = scale_for(self.context.workspace.office())
        work = partial(_read_all, sources, name, scale)
        self.context.runner.run("添加附件", work, lambda found: self._keep(owner, *found))
        return True

    def _keep(self, owner: Record, ready: list["Prepared"], refused: list[Refusal]) -> None:
        from models.services import attachments

        def show(done: Any) -> None:
            more = f"，{len(refused)} 个没有添加" if refused else ""
            self.context.status(f"已添加 {len(ready)} 个附件{more}。")
            if isValid(self):
                self.changed.emit(done)

        if ready:
            write = partial(attachments.attach_all, self.context.workspace, owner, ready, role=self.role)
            Operation(write).on_success(show).run()  # the form may be gone by now
        if refused:
            error_reporting.refuse(Refusal(*(problem for one in refused for problem in one.problems)))

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
        if attachment.media_type.startswith("image/"):
            shown = [one for one in self.files if one.media_type.startswith("image/")]
            Viewer(self.context, shown, shown.index(attachment), self).exec()
        else:
            Operation(lambda: self._open_outside(attachment), self).run()

    def _open_outside(self, attachment: Attachment) -> None:
        from gui.core.file_opening import open_outside

        if told := open_outside(self.context, attachment, self):
            self.context.status(told)

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
        done = self.context.navigator.edit_record(attachment, self)
        if done is not None:
            self.changed.emit(done)

    def _save_as(self, attachment: Attachment) -> None:
        from gui.core.file_opening import save_as

        save_as(self.context, attachment, self)

    def remove(self, attachment: Attachment) -> None:
        """Move it to the recycle bin; 撤销 brings it back."""
        from models.services import records

        def show(done: Any) -> None:
            self.changed.emit(done)
            self.context.status(f"已移除“{attachment.name}”，可用 Ctrl+Z 撤销。")

        write = partial(records.delete, self.context.workspace, Attachment, [attachment.id])
        Operation(write, self).on_success(show).run()


def _read_all(
    sources: Sequence[Path | bytes], pasted: str, scale: "Scale", progress: Progress
) -> tuple[list["Prepared"], list[Refusal]]:
    """The files that can be kept, and why the others cannot."""
    from models.services import attachments

    ready, refused = [], []
    for number, source in enumerate(sources):
        progress("正在读取附件", number, len(sources))
        try:
            read = attachments.read(source, "" if isinstance(source, Path) else pasted)
            ready.append(attachments.prepared(*read, scale))
        except Refusal as refusal:
            refused.append(refusal)
    return ready, refused
