"""The wording of a composed document, every paragraph of it editable before export."""

from functools import partial

import msgspec
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from gui.core import theme
from gui.core.drops import TextInput
from gui.core.plain_text import Label
from models.domain.text.naming import masked_text
from models.paper.elements import Block, Paper, Paragraph, Table
from models.paper.masking import masks_at, names_at
from models.paper.numbering import ordinals


class GrowingText(TextInput):
    """As high as its text; the wheel scrolls the page, not the field."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTabChangesFocus(True)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def _grow(self, *_: object) -> None:
        lines = max(int(self.document().size().height()), 1)
        height = lines * self.fontMetrics().lineSpacing() + 2 * theme.MEDIUM
        if height != self.height():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower field is a higher one."""
        super().resizeEvent(event)
        self._grow()

    def sizeHint(self) -> QSize:
        """One line at least."""
        return QSize(320, self.fontMetrics().lineSpacing() + 2 * theme.MEDIUM)

    def wheelEvent(self, event: object) -> None:
        """Left to the page around it."""
        event.ignore()  # type: ignore[attr-defined]


class WordingEditor(QScrollArea):
    """Title, addressees and every paragraph in reading order; tables and pictures are only named."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, widgetResizable=True)
        self._paper: Paper | None = None
        self._fields: dict[str, GrowingText] = {}
        self._edits: dict[str, tuple[str, str]] = {}

    def show_paper(self, paper: Paper) -> None:
        """Show a composed paper; hand edits stay where the composed text is still the same."""
        self._keep_edits()
        self._paper, self._fields = paper, {}
        content = QFrame()
        content.setProperty("class", "paper")
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.LARGE)
        column.setSpacing(theme.TINY)
        self._add(column, "标题", "title", paper.title)
        if paper.addressees:
            self._add(column, "主送", "addressees", "、".join(paper.addressees))
        numbers = ordinals(paper.blocks)
        for place, (block, number) in enumerate(zip(paper.blocks, numbers, strict=True)):
            self._add_block(column, place, block, number)
        column.addStretch(1)
        self.setWidget(content)

    def follow(self, whole: Paper, *, public: bool) -> None:
        """Take the hand edits over into the other version: a name typed into the one is masked in the other."""
        self._keep_edits()
        self._fields = {}
        words = masks_at if public else names_at
        for key, (was, now) in self._edits.items():
            change = partial(masked_text, masks=words(whole, _block_key(key)), spaced=public)
            self._edits[key] = (change(was), change(now))

    def _add_block(self, column: QVBoxLayout, place: int, block: Block, number: str) -> None:
        if not isinstance(block, Paragraph):
            rows = f"表格，{len(block.rows)} 行" if isinstance(block, Table) else "图片"
            column.addWidget(_note(f"〔{rows}〕"))
            return
        key = block.origin.key if block.origin else f"block:{place}"
        if block.heading:
            self._add(column, f"标题 {number}".strip(), f"{key}#heading@{place}", block.heading)
        if block.text or not block.heading:
            self._add(column, "" if block.heading else number, f"{key}@{place}", block.text)

    def _add(self, column: QVBoxLayout, label: str, key: str, text: str) -> None:
        if label:
            column.addWidget(_note(label))
        was, now = self._edits.get(key, ("", ""))
        field = GrowingText(now if now and was == text else text)
        field.setAccessibleName(label or "正文")
        field.setProperty("composed", text)
        field.textChanged.connect(self.edited)
        self._fields[key] = field
        column.addWidget(field)

    def _keep_edits(self) -> None:
        for key, field in self._fields.items():
            composed, now = field.property("composed"), field.toPlainText()
            self._edits.pop(key, None)
            if composed != now:
                self._edits[key] = (composed, now)

    def paper(self) -> Paper:
        """The paper with the wording as it stands in the fields."""
        assert self._paper is not None
        paper = self._paper
        blocks = tuple(self._worded(place, block) for place, block in enumerate(paper.blocks))
        addressees = paper.addressees
        if "addressees" in self._fields and self._text("addressees") != "、".join(addressees):
            addressees = (self._text("addressees").rstrip("：:"),)
        return msgspec.structs.replace(paper, title=self._text("title"), addressees=addressees, blocks=blocks)

    def _worded(self, place: int, block: Block) -> Block:
        if not isinstance(block, Paragraph):
            return block
        key = block.origin.key if block.origin else f"block:{place}"
        heading, text = f"{key}#heading@{place}", f"{key}@{place}"
        return msgspec.structs.replace(
            block,
            heading=self._text(heading) if heading in self._fields else block.heading,
            text=self._text(text) if text in self._fields else block.text,
        )

    def _text(self, key: str) -> str:
        return self._fields[key].toPlainText().strip()


def _block_key(field: str) -> str:
    """The origin key of the block a field shows; empty for title and addressees."""
    return field.rpartition("@")[0].removesuffix("#heading")


def _note(text: str) -> QLabel:
    label = Label(text)
    label.setProperty("class", "note")
    return label
