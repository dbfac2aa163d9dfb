"""A row of pictures of a paper: put in, changed, taken out, ordered, each with its words."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from exporters.pages import decoding
from gui.core import theme
from gui.core.context import Context, Runner
from gui.core.icons import icon
from gui.core.plain_text import add_row
from gui.documents.undoable_fields import line_field, put_line
from gui.widgets.styled import drawn_tool
from models.errors import Refusal
from models.paper.elements import Photo, Photos
from models.storage.picture_metadata import format_of

SIDE = 120
"""Side of a picture in the row, px."""
MOST = 4
"""More pictures side by side than these are too small to see anything."""
TYPES = "照片 (*.jpg *.jpeg *.png *.webp *.bmp *.gif)"


def picture_list(name: str, side: int, around: tuple[int, int]) -> QListWidget:
    """A list that shows pictures with words below.

    Args:
        name: what it is called to a screen reader.
        side: of a picture, px.
        around: the room beside and below a picture, px.
    """
    made = QListWidget()
    made.setAccessibleName(name)
    made.setViewMode(QListView.ViewMode.IconMode)
    made.setMovement(QListView.Movement.Static)
    made.setResizeMode(QListView.ResizeMode.Adjust)
    made.setIconSize(QSize(side, side))
    made.setGridSize(QSize(side + around[0], side + around[1]))
    return made


def ask_pictures(context: Context, parent: QWidget, *, several: bool) -> list[Path]:
    """Ask for picture files, starting where the last ones lay.

    Raises:
        Refusal: none of them is a picture; one among others is told when it is kept.
    """
    start = str(context.state.folder("attach"))
    if several:
        names, _ = QFileDialog.getOpenFileNames(parent, "选择照片（可选多张）", start, TYPES)
    else:
        name, _ = QFileDialog.getOpenFileName(parent, "选择照片", start, TYPES)
        names = [name] if name else []
    paths = [Path(name) for name in names]
    if paths and not any(_is_picture(path) for path in paths):
        raise Refusal(f"“{paths[0].name}”不是能用的照片，请换一张。")
    if paths:
        context.state.use_folder("attach", paths[0].parent)
    return paths


def _is_picture(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return bool(format_of(file.read(64)))
    except OSError:
        return False


class PhotosEditor(QWidget):
    """Tells every edit as a new row of pictures.

    ``edited`` carries the deed's name, the row, and whether it was typed letter by letter;
    ``wanted`` asks for pictures: how many places are free, or 0 to change the chosen picture.
    """

    edited = Signal(str, object, bool)
    wanted = Signal(int)

    def __init__(self, path_of: Callable[[str], Path], runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path_of, self._runner = path_of, runner
        self._photos = Photos(())
        self._filling = False
        self._thumbs: dict[str, QIcon] = {}
        self.list = picture_list("照片", SIDE, (24, 32))
        self.list.currentRowChanged.connect(lambda _row: self._show_words())
        self.words = line_field("这张照片的说明", "如：整改前")
        self.words.textEdited.connect(self._words_typed)
        self.words.setEnabled(False)
        self.caption = line_field("这一排照片的说明", "如：惠民药店：未登记购药人信息")
        self.caption.textEdited.connect(self._caption_typed)
        form = QFormLayout()
        form.setSpacing(theme.SMALL)
        add_row(form, "这一张", self.words)
        add_row(form, "这一排", self.caption)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addLayout(self._bar())
        column.addWidget(self.list, 1)
        column.addLayout(form)

    def _bar(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(theme.TINY)
        self.tools = []
        for label, name, tip, do in (
            ("加照片…", "plus", "在这一排加照片（Ctrl+Enter）", self.add),
            ("换一张…", "photo", "换掉选中的照片", lambda: self.wanted.emit(0)),
            ("删去", "trash", "删去选中的照片（Ctrl+Delete）", self.drop),
            ("", "chevron-left", "往前移（Alt+↑）", lambda: self.move_photo(-1)),
            ("", "chevron-right", "往后移（Alt+↓）", lambda: self.move_photo(1)),
        ):
            one = drawn_tool(label, name, tip)
            one.clicked.connect(do)
            self.tools.append(one)
            line.addWidget(one)
        line.addStretch(1)
        return line

    # ---- showing

    def show_photos(self, photos: Photos, *, read_only: bool) -> None:
        """Show a row of pictures; the chosen place stays chosen."""
        at = max(self.list.currentRow(), 0)
        self._filling, self._photos = True, photos
        self.list.clear()
        for photo in photos.photos:
            self.list.addItem(QListWidgetItem(self._thumb(photo.sha256), photo.caption or "（没有说明）"))
        self.list.setCurrentRow(min(at, len(photos.photos) - 1))
        put_line(self.caption, photos.caption)
        for one in self.tools:
            one.setEnabled(not read_only)
        for field in (self.words, self.caption):
            field.setReadOnly(read_only)
        self._filling = False
        self._show_words()

    def _thumb(self, sha256: str) -> QIcon:
        """The picture, or nothing yet while it is read beside the screen's thread."""
        if sha256 not in self._thumbs:
            self._thumbs[sha256] = QIcon()
            work = partial(decoding.read, self._path_of(sha256), SIDE * 2)
            self._runner.beside(work, lambda image: self._read(sha256, image))
        return self._thumbs[sha256]

    def _read(self, sha256: str, image: QImage) -> None:
        shown = icon("alert-triangle", theme.AMBER) if image.isNull() else QIcon(QPixmap.fromImage(image))
        self._thumbs[sha256] = shown
        if isValid(self):
            for row, photo in enumerate(self._photos.photos[: self.list.count()]):
                if photo.sha256 == sha256:
                    self.list.item(row).setIcon(shown)

    @property
    def at(self) -> int:
        """The chosen picture, -1 where there is none."""
        return self.list.currentRow()

    def choose(self, at: int) -> None:
        """Choose a picture."""
        self.list.setCurrentRow(at)

    def _show_words(self) -> None:
        if self._filling:
            return
        chosen = 0 <= self.at < len(self._photos.photos)
        words = self._photos.photos[self.at].caption if chosen else ""
        self.words.setEnabled(chosen)
        put_line(self.words, words)

    # ---- editing

    def _tell(self, deed: str, photos: Sequence[Photo], *, typed: bool = False) -> None:
        self.edited.emit(deed, msgspec.structs.replace(self._photos, photos=tuple(photos)), typed)

    def _words_typed(self, text: str) -> None:
        photos = list(self._photos.photos)
        photos[self.at] = msgspec.structs.replace(photos[self.at], caption=text)
        self._tell("修改照片说明", photos, typed=True)

    def _caption_typed(self, text: str) -> None:
        self.edited.emit("修改照片说明", msgspec.structs.replace(self._photos, caption=text), True)

    def add(self) -> None:
        """Ask for more pictures, as many as still fit side by side."""
        if len(self._photos.photos) < MOST:
            self.wanted.emit(MOST - len(self._photos.photos))

    def take(self, photos: Sequence[Photo]) -> None:
        """Put pictures behind the chosen one."""
        at = self.at + 1
        self._tell("增加照片", [*self._photos.photos[:at], *photos, *self._photos.photos[at:]])
        self.choose(at)

    def exchange(self, photo: Photo) -> None:
        """Another picture in the place of the chosen one, under the same words."""
        photos = list(self._photos.photos)
        if 0 <= self.at < len(photos):
            photos[self.at] = msgspec.structs.replace(photo, caption=photos[self.at].caption)
            self._tell("换照片", photos)

    def drop(self) -> None:
        """The row without the chosen picture."""
        if self.at >= 0:
            self._tell("删去照片", [one for n, one in enumerate(self._photos.photos) if n != self.at])

    def move_photo(self, by: int) -> None:
        """The chosen picture to the left or to the right."""
        at, to = self.at, self.at + by
        photos = list(self._photos.photos)
        if at >= 0 and 0 <= to < len(photos):
            photos.insert(to, photos.pop(at))
            self._tell("移动照片", photos)
            self.choose(to)
