"""The clerk's manual: chapters in Markdown under resources/manual, opened at the page one is at."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QTextBrowser, QVBoxLayout, QWidget

from gui.core import theme
from gui.core.drops import LineInput
from gui.core.screen_fit import fit
from models.domain.catalogs import resources

ORDER = (
    "开始使用",
    "督查组",
    "督查问题",
    "问责通报",
    "整改反馈",
    "公文",
    "印发前检查",
    "导入导出",
    "收发数据包",
    "乡镇使用",
    "备份与恢复",
    "常见问题",
)


def folder() -> Path:
    """Where the chapters lie."""
    return resources() / "manual"


def chapters() -> list[str]:
    """The chapters' names in reading order; those not named above come last."""
    names = [path.stem for path in folder().glob("*.md")]
    return sorted(names, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name))


class Manual(QWidget):
    """A window beside the work: chapters on the left, text on the right, a search over all of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("督查通使用手册")
        fit(self, 900, 640)
        self.find_in = LineInput(placeholderText="在手册里查找", clearButtonEnabled=True)
        self.find_in.returnPressed.connect(self.search)
        self.list = QListWidget()
        self.list.addItems(chapters())
        self.list.setFixedWidth(180)
        self.list.currentTextChanged.connect(self._show)
        self.text = QTextBrowser(openExternalLinks=False, openLinks=False)
        self.text.anchorClicked.connect(self._follow)
        left = QVBoxLayout()
        left.addWidget(self.find_in)
        left.addWidget(self.list, 1)
        self.find_in.setFixedWidth(180)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        layout.addLayout(left)
        layout.addWidget(self.text, 1)

    def open_at(self, chapter: str) -> None:
        """Turn to a chapter; the first where there is none of that name."""
        found = self.list.findItems(chapter, Qt.MatchFlag.MatchExactly)
        self.list.setCurrentItem(found[0] if found else self.list.item(0))

    def _show(self, chapter: str) -> None:
        document = QTextDocument(self.text)
        document.setDefaultFont(self.text.font())
        document.setDocumentMargin(theme.LARGE)
        document.setMarkdown((folder() / f"{chapter}.md").read_text(encoding="utf-8"))
        _air(document)
        self.text.setDocument(document)

    def _follow(self, url: QUrl) -> None:
        self.open_at(url.toString().removesuffix(".md"))

    def search(self) -> None:
        """Go to the next place that holds the words, in this chapter or the ones after it."""
        words = self.find_in.text().strip()
        if not words or self.text.find(words):
            return
        row = self.list.currentRow()
        for step in range(1, self.list.count() + 1):
            at = (row + step) % self.list.count()
            if words in (folder() / f"{self.list.item(at).text()}.md").read_text(encoding="utf-8"):
                self.list.setCurrentRow(at)
                self.text.find(words)
                return


def _air(document: QTextDocument) -> None:
    """Give headings and paragraphs room; Markdown comes without."""
    block = document.begin()
    while block.isValid():
        form = block.blockFormat()
        heading = form.headingLevel()
        form.setTopMargin(theme.LARGE if heading else theme.TINY)
        form.setBottomMargin(theme.SMALL if heading else theme.TINY)
        form.setLineHeight(135, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        QTextCursor(block).setBlockFormat(form)
        block = block.next()
