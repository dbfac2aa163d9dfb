"""The parts of a paper as a list, and the text of the one that is chosen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui import icons, theme
from gui.forms.parts import tool
from gui.preview.draft import Draft
from models.paper import editing
from models.paper.elements import Block, Paper, Paragraph, Photos, Table
from models.paper.numbering import ordinals

LEVELS = ("正文", "一、", "（一）", "1.", "（1）")
PART = Qt.ItemDataRole.UserRole


def place_of(part: str) -> tuple[int | None, int] | None:
    """Attachment and block a part names: "blocks.3", "annexes.0.blocks.2"; None for what is no block."""
    words = part.split(".")
    if words[0] == "blocks" and len(words) == 2:
        return None, int(words[1])
    if words[0] == "annexes" and len(words) == 4:
        return int(words[1]), int(words[3])
    return None


def part_of(annex: int | None, at: int) -> str:
    """The part's name for a block."""
    return f"blocks.{at}" if annex is None else f"annexes.{annex}.blocks.{at}"


class PartsEditor(QWidget):
    """Choose a part, change its text, move it, add one after it, drop it."""

    chosen = Signal(str)

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._filling = False
        self.list = QListWidget()
        self.list.setAccessibleName("文稿各段")
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentItemChanged.connect(lambda now, _before: self._choose(now))
        self.heading = QPlainTextEdit()
        self.heading.setAccessibleName("小标题")
        self.heading.setFixedHeight(64)
        self.heading.setTabChangesFocus(True)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("文字")
        self.text.setTabChangesFocus(True)
        self.table = QTableWidget()
        self.table.setAccessibleName("表格")
        self.heading.textChanged.connect(self._typed)
        self.text.textChanged.connect(self._typed)
        self.table.cellChanged.connect(self._typed_in_cell)
        self._build()
        draft.changed.connect(self._reload)
        self._reload()

    def _build(self) -> None:
        self.level = QComboBox()
        self.level.addItems(LEVELS)
        self.level.setToolTip("这一段的层次；序号自动重排")
        self.level.activated.connect(self._restyle)
        bar = QHBoxLayout()
        bar.setSpacing(theme.TINY)
        bar.addWidget(self.level)
        self._tools = []
        for label, name, do in (
            ("上移", "arrow-up", lambda: self._move(-1)), ("下移", "arrow-down", lambda: self._move(1)),
            ("在后面加一段", "plus", self._add), ("删去这一段", "trash", self._drop),
        ):  # fmt: skip
            one = tool("", "flat", label)
            one.setIcon(icons.icon(name))
            one.setAccessibleName(label)
            one.clicked.connect(do)
            self._tools.append(one)
            bar.addWidget(one)
        bar.addStretch(1)
        self._origin = QLabel()
        self._origin.setProperty("class", "note")
        bar.addWidget(self._origin)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, theme.SMALL, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addLayout(bar)
        for part in (self.heading, self.text, self.table):
            column.addWidget(part)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.list)
        split.addWidget(below)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        layout.addWidget(split)

    # ---- the list

    def _reload(self) -> None:
        """Show the parts as they are now; the chosen place stays chosen."""
        here = self.part
        rows = list(_rows(self._draft.paper))
        self._filling = True
        while self.list.count() > len(rows):
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(rows):
            self.list.addItem(QListWidgetItem())
        for at, (part, words, edited) in enumerate(rows):
            item = self.list.item(at)
            item.setText(words)
            item.setData(PART, part)
            item.setIcon(icons.icon("edit") if edited else icons.icon("minus", theme.PAPER))
            item.setToolTip("手工改过" if edited else "")
        self._filling = False
        self.choose(here or "title")

    @property
    def part(self) -> str:
        """The chosen part."""
        item = self.list.currentItem()
        return str(item.data(PART)) if item else ""

    def choose(self, part: str) -> None:
        """Choose a part, as by a click on the page."""
        items = (self.list.item(n) for n in range(self.list.count()))
        found = next((item for item in items if item.data(PART) == part), None)
        self._filling = True
        self.list.setCurrentItem(found or self.list.item(0))
        self._filling = False
        self._show()

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None and not self._filling:
            self._show()
            self.chosen.emit(self.part)

    # ---- the chosen part

    def _block(self) -> Block | None:
        place = place_of(self.part)
        return editing.blocks_of(self._draft.paper, place[0])[place[1]] if place else None

    def _show(self) -> None:
        self._filling = True
        block, paper = self._block(), self._draft.paper
        headed = isinstance(block, Paragraph) and bool(block.level or block.heading)
        self.table.setVisible(isinstance(block, Table))
        self.text.setVisible(not isinstance(block, Table))
        self.heading.setVisible(headed)
        self.level.setEnabled(isinstance(block, Paragraph) and not self._draft.read_only)
        if isinstance(block, Paragraph):
            self.level.setCurrentIndex(block.level)
            _put(self.heading, block.heading)
            _put(self.text, block.text)
        elif isinstance(block, Table):
            self._fill_table(block)
        elif isinstance(block, Photos):
            _put(self.text, block.caption)
        else:
            _put(self.text, paper.title if self.part == "title" else "、".join(paper.addressees))
        for one in self._tools:
            one.setEnabled(block is not None and not self._draft.read_only)
        for field in (self.text, self.heading):
            field.setReadOnly(self._draft.read_only)
        self._origin.setText("手工改过" if block is not None and editing.is_edited(block) else "")
        self._filling = False

    def _fill_table(self, table: Table) -> None:
        self.table.setRowCount(len(table.rows))
        self.table.setColumnCount(len(table.columns))
        self.table.setHorizontalHeaderLabels([column.title for column in table.columns])
        for row, cells in enumerate(table.rows):
            for column, words in enumerate(cells):
                self.table.setItem(row, column, QTableWidgetItem(words))

    def _typed(self) -> None:
        if self._filling:
            return
        place, paper, text = place_of(self.part), self._draft.paper, self.text.toPlainText()
        if place:
            heading = self.heading.toPlainText().replace("\n", "")
            paper = editing.replace_text(paper, place[1], text, heading, place[0])
        elif self.part == "title":
            paper = editing.with_fields(paper, {"title": text})
        else:
            given = (one.strip() for one in text.rstrip("：: ").replace("，", "、").split("、"))
            paper = editing.with_fields(paper, {"addressees": tuple(one for one in given if one)})
        self._edit(f"文字 {self.part}", paper)

    def _typed_in_cell(self, row: int, column: int) -> None:
        place, cell = place_of(self.part), self.table.item(row, column)
        if not self._filling and place and cell is not None:
            paper = editing.replace_cell(self._draft.paper, place[1], (row, column), cell.text(), place[0])
            self._edit(f"文字 {self.part} {row} {column}", paper)

    def _edit(self, label: str, paper: Paper) -> None:
        """Change the paper without touching the field that is being typed in."""
        self._filling = True
        self._draft.changed.disconnect(self._reload)
        self._draft.edit(label, paper)
        self._draft.changed.connect(self._reload)
        item = self.list.currentItem()
        row = next((r for r in _rows(self._draft.paper) if r[0] == self.part), None)
        if item is not None and row is not None:
            item.setText(row[1])
            item.setIcon(icons.icon("edit") if row[2] else icons.icon("minus", theme.PAPER))
        self._filling = False

    def _restyle(self, level: int) -> None:
        place = place_of(self.part)
        if place and isinstance(self._block(), Paragraph):
            self._draft.edit("改层次", editing.restyle(self._draft.paper, place[1], level, place[0]))

    def _move(self, by: int) -> None:
        place = place_of(self.part)
        if place is None:
            return
        annex, at = place
        to = at + by
        if 0 <= to < len(editing.blocks_of(self._draft.paper, annex)):
            paper = editing.move(self._draft.paper, at, to, annex)
            self._draft.edit("移动段落", paper)
            self._go(part_of(annex, to))

    def _add(self) -> None:
        place = place_of(self.part)
        if place is None:
            return
        annex, at = place
        block = self._block()
        level = block.level if isinstance(block, Paragraph) else 0
        self._draft.edit("增加一段", editing.add(self._draft.paper, at + 1, Paragraph("", level=level), annex))
        self._go(part_of(annex, at + 1))
        (self.heading if level else self.text).setFocus()

    def _drop(self) -> None:
        place = place_of(self.part)
        if place is not None:
            annex, at = place
            self._draft.edit("删去一段", editing.drop(self._draft.paper, at, annex))
            self._go(part_of(annex, max(at - 1, 0)))

    def _go(self, part: str) -> None:
        self.choose(part)
        self.chosen.emit(self.part)


def _put(field: QPlainTextEdit, text: str) -> None:
    if field.toPlainText() != text:
        field.setPlainText(text)


def _rows(paper: Paper) -> "list[tuple[str, str, bool]]":
    """Part, its words in the list, and whether it was edited by hand."""
    rows = [("title", f"标题　{paper.title}".replace("\n", ""), False)]
    if paper.addressees:
        rows.append(("addressees", f"主送　{'、'.join(paper.addressees)}", False))
    rows += _block_rows(paper.blocks, None)
    for at, annex in enumerate(paper.annexes):
        rows += [(part, f"附件{at + 1}　{words}", edited) for part, words, edited in _block_rows(annex.blocks, at)]
    return rows


def _block_rows(blocks: tuple[Block, ...], annex: int | None) -> "list[tuple[str, str, bool]]":
    rows = []
    for at, (block, number) in enumerate(zip(blocks, ordinals(blocks), strict=True)):
        if isinstance(block, Table):
            words = f"表格　{len(block.rows)} 行"
        elif isinstance(block, Photos):
            words = f"图片　{len(block.photos)} 张"
        else:
            words = f"{'　' * max(block.level - 1, 0)}{number}{block.heading}{block.text}".replace("\n", " ")[:60]
        rows.append((part_of(annex, at), words or "（空）", editing.is_edited(block)))
    return rows
