"""The parts of a paper as a list, and what the chosen one holds: text, table or pictures."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.core import theme
from gui.core.icons import icon
from gui.core.operation import Operation
from gui.core.plain_text import Label, set_tip
from gui.documents.block_list import Line, annex_of, lines, part_of, place_of
from gui.documents.draft_session import Draft
from gui.documents.figure_clicks import figure_in_text
from gui.documents.figure_picker import ask_figure
from gui.documents.picture_picker import Shot, ask_photos, rows_of
from gui.documents.picture_row import PhotosEditor
from gui.documents.table_editor import GridEditor
from gui.documents.undoable_fields import DocumentUndo, put, text_field
from gui.widgets.styled import CalmCombo, tool
from models.paper import editing, tables
from models.paper.elements import Annex, Block, Paper, Paragraph, Photos, Table
from models.paper.kinds import is_blank
from models.paper.typed_figures import with_figure
from models.paper.typed_text import with_lines

LEVELS = ("正文", "一、", "（一）", "1.", "（1）")
PART = Qt.ItemDataRole.UserRole
NEW_COLUMNS = (tables.PLACE, "项目", "内容")
_HEADING, _LEVEL = 64, 88


class PartsEditor(QWidget):
    """Choose a part, change it, move it, add one after it, drop it; by mouse or by keys alone."""

    chosen = Signal(str)
    figureAsked = Signal(object)

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._filling = False
        self._shown: list[Line] = []
        self._big, self._heights = False, {False: [300, 200], True: [150, 350]}
        self._marks = icon("edit"), icon("minus", "transparent")
        self._make()
        self._build()
        self._connect()
        self._reload()

    # ---- building

    def _make(self) -> None:
        self.list = QListWidget()
        self.list.setAccessibleName("文稿各段")
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.heading = text_field("小标题", "小标题，印在这一段开头")
        self.heading.setFixedHeight(_HEADING)
        self.text = text_field("文字")
        self.grid = GridEditor()
        self.photos = PhotosEditor(self._draft.photo, self._draft.context.runner)
        self.landscape = QCheckBox("横排（表格列多时用）")
        self.level = CalmCombo()
        self.level.addItems(LEVELS)
        self.level.setMinimumWidth(_LEVEL)
        self.level.setAccessibleName("层次")
        set_tip(self.level, "这一段的层次；序号自动重排")
        self._origin = Label()
        self._origin.setProperty("class", "note")
        self._undo = DocumentUndo(self)
        self._undo.lead(
            self.heading, self.text, self.grid.bar, self.grid.caption, self.photos.words, self.photos.caption
        )

    def _build(self) -> None:
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, theme.SMALL, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addLayout(self._bar())
        for part in (self.heading, self.text, self.landscape, self.grid, self.photos):
            column.addWidget(part)
        self._rest = QWidget()
        column.addWidget(self._rest, 1)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.list)
        self.split.addWidget(below)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        layout.addWidget(self.split)

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(theme.TINY)
        bar.addWidget(self.level)
        self._moving = [
            self._tool("上移（Alt+↑）", "arrow-up", partial(self._move, -1)),
            self._tool("下移（Alt+↓）", "arrow-down", partial(self._move, 1)),
        ]
        self.adding = self._adding()
        self._dropping = self._tool("删去这一段（Ctrl+Delete）", "trash", self._drop)
        for one in (*self._moving, self.adding, self._dropping):
            bar.addWidget(one)
        bar.addStretch(1)
        bar.addWidget(self._origin)
        return bar

    def _tool(self, tip: str, name: str, do: Callable[[], object]) -> QToolButton:
        one = tool("", "flat", tip)
        one.setIcon(icon(name))
        one.setAccessibleName(tip)
        one.clicked.connect(do)
        return one

    def _adding(self) -> QToolButton:
        one = tool("添加 ▾", "flat", "在这一段后面添加")
        one.setIcon(icon("plus"))
        one.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        one.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(one)
        for label, name, do in (
            ("段落\tCtrl+Enter", "file-text", self._add),
            ("表格", "columns-3", self._add_table),
            ("照片…", "photo", self._add_photos),
            ("附件", "paperclip", self._add_annex),
            *((("数字…", "list-check", self._add_figure),) if is_blank(self._draft.paper.kind) else ()),
        ):
            menu.addAction(icon(name), label).triggered.connect(lambda _checked=False, do=do: do())
        one.setMenu(menu)
        return one

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda now, _before: self._choose(now))
        self.list.installEventFilter(self)
        for field in (self.heading, self.text):
            field.textChanged.connect(self._typed)
            field.installEventFilter(self)
            field.viewport().installEventFilter(self)
        self.grid.edited.connect(self._held)
        self.photos.edited.connect(self._held)
        self.photos.wanted.connect(self._fetch)
        self.level.activated.connect(self._restyle)
        self.landscape.clicked.connect(self._turn)
        self._draft.changed.connect(self._reload)
        self._draft.stepped.connect(self._go)
        for keys, do in (
            ("Alt+Up", partial(self._keyed, "up")), ("Alt+Down", partial(self._keyed, "down")),
            ("Ctrl+Return", partial(self._keyed, "add")), ("Ctrl+Enter", partial(self._keyed, "add")),
            ("Ctrl+Del", partial(self._keyed, "drop")),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    def _keyed(self, verb: str) -> None:
        """A key means the row or picture where the cursor is in one, else the whole part."""
        if self._draft.read_only:
            return
        grid, photos = self.grid.isAncestorOf(self.focusWidget()), self.photos.isAncestorOf(self.focusWidget())
        deeds: dict[str, tuple[Callable[[], object], ...]] = {
            "up": (partial(self._move, -1), partial(self.grid.move_row, -1), partial(self.photos.move_photo, -1)),
            "down": (partial(self._move, 1), partial(self.grid.move_row, 1), partial(self.photos.move_photo, 1)),
            "add": (self._add, self.grid.add_row, self.photos.add),
            "drop": (self._drop, self.grid.drop_rows, self.photos.drop),
        }
        deeds[verb][1 if grid else 2 if photos else 0]()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the list Del drops and Enter goes into the text; Esc comes back; Ctrl and a click ask of a number."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            self._ask_of(watched, event)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if watched is self.list and key == Qt.Key.Key_Delete and not self._draft.read_only:
                self._drop()
                return True
            if watched is self.list and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
                self.enter()
                return True
            if watched is not self.list and key == Qt.Key.Key_Escape:
                self.list.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _ask_of(self, watched: QObject, event: QMouseEvent) -> None:
        """A click with Ctrl on a number in a text asks where it comes from."""
        for field in (self.heading, self.text):
            if watched is field.viewport() and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                at = field.cursorForPosition(event.position().toPoint()).position()
                before = len(self.heading.toPlainText()) if field is self.text and self.heading.isVisible() else 0
                if figure := figure_in_text(self._draft.paper, self.part, before + at):
                    self.figureAsked.emit(figure)

    # ---- the list

    def _reload(self) -> None:
        """Show the parts as they are now; the chosen place stays chosen."""
        here, now = self.part or "title", lines(self._draft.paper)
        self._filling = True
        while self.list.count() > len(now):
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(now):
            self.list.addItem(QListWidgetItem())
        before = [*self._shown, *[None] * len(now)]
        for at, line in enumerate(now):
            if line != before[at]:
                self._write(self.list.item(at), line)
        self._shown = now
        self._filling = False
        self.choose(here)

    def _write(self, item: QListWidgetItem, line: Line) -> None:
        item.setText(line.words)
        item.setData(PART, line.part)
        item.setIcon(self._marks[0 if line.edited else 1])
        set_tip(item, "手工改过" if line.edited else "")

    @property
    def part(self) -> str:
        """The chosen part."""
        item = self.list.currentItem()
        return str(item.data(PART)) if item else ""

    def choose(self, part: str) -> None:
        """Choose a part, as by a click on the page."""
        at = next((n for n, line in enumerate(self._shown) if line.part == part), 0)
        self._filling = True
        if self.list.currentRow() != at:
            self.list.setCurrentRow(at)
        self._filling = False
        self._show()

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None and not self._filling:
            self._show()
            self.chosen.emit(self.part)

    def enter(self) -> None:
        """Put the cursor into what the chosen part holds."""
        block = self._block()
        if isinstance(block, Table):
            self.grid.view.setFocus()
        elif isinstance(block, Photos):
            self.photos.list.setFocus()
        else:
            (self.heading if self.heading.isVisible() and not self.text.toPlainText() else self.text).setFocus()

    # ---- the chosen part

    def _block(self) -> Block | None:
        place = place_of(self.part)
        return editing.blocks_of(self._draft.paper, place[0])[place[1]] if place else None

    def _show(self) -> None:
        self._filling = True
        block, annex, fixed = self._block(), annex_of(self.part), self._draft.read_only
        written = not isinstance(block, Table | Photos)
        headed = isinstance(block, Paragraph) and bool(block.level or block.heading)
        for field, shown in (
            (self.text, written), (self.heading, headed), (self.landscape, annex is not None),
            (self.grid, isinstance(block, Table)), (self.photos, isinstance(block, Photos)),
            (self._rest, isinstance(block, type(None)) and annex is not None),
        ):  # fmt: skip
            field.setVisible(shown)
        if isinstance(block, Table):
            self.grid.show_table(block, read_only=fixed)
        elif isinstance(block, Photos):
            self.photos.show_photos(block, read_only=fixed)
        else:
            self._show_text(block, annex)
        movable = block is not None or annex is not None
        self._make_room(big=not written)
        self.level.setVisible(isinstance(block, Paragraph))
        self.level.setEnabled(not fixed)
        self.landscape.setEnabled(not fixed)
        self.adding.setEnabled(not fixed)
        for one in (*self._moving, self._dropping):
            one.setEnabled(movable and not fixed)
        for field in (self.text, self.heading):
            field.setReadOnly(fixed)
        self._origin.setText("手工改过" if block is not None and editing.is_edited(block) else "")
        self._filling = False

    def _make_room(self, *, big: bool) -> None:
        """A table and pictures need more of the height than text; each way is left as the clerk drew it."""
        if big != self._big:
            self._heights[self._big], self._big = self.split.sizes(), big
            self.split.setSizes(self._heights[big])
            QTimer.singleShot(0, self.list, lambda: self.list.scrollToItem(self.list.currentItem()))

    def _show_text(self, block: Block | None, annex: int | None) -> None:
        paper = self._draft.paper
        if isinstance(block, Paragraph):
            self.level.setCurrentIndex(block.level)
            put(self.heading, block.heading)
            put(self.text, block.text)
        elif annex is not None:
            put(self.text, paper.annexes[annex].title)
            self.landscape.setChecked(paper.annexes[annex].landscape)
        else:
            put(self.text, paper.title if self.part == "title" else "、".join(paper.addressees))

    # ---- editing what it holds

    def _typed(self) -> None:
        if self._filling:
            return
        place, annex, paper, text = place_of(self.part), annex_of(self.part), self._draft.paper, self.text.toPlainText()
        if place and "\n" in text and is_blank(paper.kind):
            paper, last = with_lines(paper, place[1], text.split("\n"), place[0])
            self._edit("分段", paper)
            self._go(part_of(place[0], last))
            return
        if place:
            heading = self.heading.toPlainText().replace("\n", "")
            paper = editing.replace_text(paper, place[1], text, heading, place[0])
        elif annex is not None:
            paper = editing.change_annex(paper, annex, title=text)
        elif self.part == "title":
            paper = editing.with_fields(paper, {"title": text})
        else:
            given = (one.strip() for one in text.rstrip("：: ").replace("，", "、").split("、"))
            paper = editing.with_fields(paper, {"addressees": tuple(one for one in given if one)})
        self._edit("修改文字", paper, typed=True)

    def _held(self, deed: str, block: Block, typed: bool) -> None:
        """The table or the pictures of the chosen part, edited."""
        place = place_of(self.part)
        if place and not self._filling:
            paper = editing.replace(self._draft.paper, place[1], block, place[0])
            self._draft.edit(deed, paper, self.part, typed=typed)

    def _edit(self, deed: str, paper: Paper, *, typed: bool = False) -> None:
        self._draft.edit(deed, paper, self.part, typed=typed)

    def _restyle(self, level: int) -> None:
        place = place_of(self.part)
        if place and isinstance(self._block(), Paragraph):
            self._edit("改层次", editing.restyle(self._draft.paper, place[1], level, place[0]))

    def _turn(self, landscape: bool) -> None:
        annex = annex_of(self.part)
        if annex is not None:
            self._edit("改附件方向", editing.change_annex(self._draft.paper, annex, landscape=landscape))

    # ---- moving, adding, dropping

    def _move(self, by: int) -> None:
        place, annex, paper = place_of(self.part), annex_of(self.part), self._draft.paper
        if annex is not None and 0 <= annex + by < len(paper.annexes):
            self._edit("移动附件", editing.move_annex(paper, annex, annex + by))
            self._go(f"annexes.{annex + by}")
        if place is not None and 0 <= place[1] + by < len(editing.blocks_of(paper, place[0])):
            self._edit("移动段落", editing.move(paper, place[1], place[1] + by, place[0]))
            self._go(part_of(place[0], place[1] + by))

    def _after(self) -> tuple[int | None, int]:
        """Where a new block goes: behind the chosen one, first below a head."""
        place = place_of(self.part)
        return (place[0], place[1] + 1) if place else (annex_of(self.part), 0)

    def _put_in(self, deed: str, *blocks: Block) -> None:
        annex, at = self._after()
        paper, here = self._draft.paper, self._block()
        if here == Paragraph("", level=getattr(here, "level", 0)) and blocks != (here,):
            # An empty paragraph waits for words or for what comes now.
            at, paper = at - 1, editing.drop(paper, at - 1, annex)
        for n, block in enumerate(blocks):
            paper = editing.add(paper, at + n, block, annex)
        self._draft.edit(deed, paper, self.part)
        self._go(part_of(annex, at))

    def _add(self) -> None:
        block = self._block()
        level = block.level if isinstance(block, Paragraph) else 0
        self._put_in("增加一段", Paragraph("", level=level))
        (self.heading if level else self.text).setFocus()

    def _add_table(self) -> None:
        self._put_in("增加表格", tables.blank(NEW_COLUMNS, 2))
        self.grid.choose(0, 1)
        self.grid.view.setFocus()

    def _add_photos(self) -> None:
        def put_in(shots: list[Shot]) -> None:
            if shots:
                self._put_in("增加照片", *rows_of(shots))

        Operation(lambda: ask_photos(self._draft, self, several=True), self).on_success(put_in).run()

    def _fetch(self, places: int) -> None:
        """Pictures for the row that is being edited."""

        def put_in(shots: list[Shot]) -> None:
            kept = [shot.photo for shot in shots[: max(places, 1)]]
            if kept and places:
                self.photos.take(kept)
            elif kept:
                self.photos.exchange(kept[0])

        Operation(lambda: ask_photos(self._draft, self, several=places > 1), self).on_success(put_in).run()

    def _add_figure(self) -> None:
        """A number of the records, put in at the cursor of a paragraph's text."""
        place, at = place_of(self.part), self.text.textCursor().position()
        if place is None or not isinstance(self._block(), Paragraph):
            self._draft.context.status("请先选中一段正文，再插入数字。")
        elif figure := ask_figure(self._draft.context, self):
            self._edit("插入数字", with_figure(self._draft.paper, place[1], at, figure, place[0]))
            cursor = self.text.textCursor()
            cursor.setPosition(at + len(figure.shown))
            self.text.setTextCursor(cursor)
            self.text.setFocus()

    def _add_annex(self) -> None:
        place = place_of(self.part)
        here = place[0] if place else annex_of(self.part)
        at = len(self._draft.paper.annexes) if here is None else here + 1
        annex = Annex("", (Paragraph(""),))
        self._draft.edit("增加附件", editing.add_annex(self._draft.paper, at, annex), self.part)
        self._go(f"annexes.{at}")
        self.text.setFocus()

    def _drop(self) -> None:
        place, annex, paper = place_of(self.part), annex_of(self.part), self._draft.paper
        if place is not None:
            self._edit("删去一段", editing.drop(paper, place[1], place[0]))
            left = len(editing.blocks_of(self._draft.paper, place[0]))
            above = f"annexes.{place[0]}" if place[0] is not None else "title"
            self._go(part_of(place[0], min(place[1], left - 1)) if left else above)
        elif annex is not None:
            self._edit("删去附件", editing.drop_annex(paper, annex))
            self._go(f"annexes.{max(annex - 1, 0)}" if self._draft.paper.annexes else "title")

    def _go(self, part: str) -> None:
        if part:
            self.choose(part)
            self.chosen.emit(self.part)
