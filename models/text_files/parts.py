"""A .docx as its parts in the order of the page: lines, tables, and what stands in headers, footers and footnotes.

Each paragraph carries its place among all paragraphs of the document part, text boxes and tables included, so that
a copy of the file can be marked there.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element

from models.errors import Refusal
from models.spreadsheets.kinds import OLE, ZIP, is_overgrown
from models.text_files import numbering
from models.text_files.numbering import W
from models.text_files.word import DOCUMENT, NUMBERING, SKIPPED, STYLES, UNREADABLE, listed, numbered_styles, part

MOST_CHARACTERS: Final = 1_000_000
MOST_PARTS: Final = 50_000
_BOX: Final = f"{W}txbxContent"
_BESIDE: Final = ("word/header", "word/footer", "word/footnotes", "word/endnotes")
_BREAKS: Final = (f"{W}br", f"{W}cr")


def parts_of(path: Path) -> dict[str, Any]:
    """The parts of a .docx as plain data: ``lines`` in their order and ``beside`` of headers, footers and notes.

    Raises:
        Refusal: no Word document, damaged, locked, or too large.
    """
    _refuse_strangers(path)
    try:
        with zipfile.ZipFile(path) as archive:
            if DOCUMENT not in archive.NameToInfo:
                raise Refusal(f"“{path.name}”里没有正文，不是 Word 文档，请选择 .docx 文件。")
            if any(info.flag_bits & 1 for info in archive.infolist()):
                raise Refusal(f"“{path.name}”设有打开密码，请取消密码后另存再审读。")
            body = part(path, archive, DOCUMENT)
            numbers = numbering.of(part(path, archive, NUMBERING))
            styles = numbered_styles(part(path, archive, STYLES))
            named = sorted(name for name in archive.NameToInfo if name.startswith(_BESIDE) and name.endswith(".xml"))
            beside = [part(path, archive, name) for name in named[:40]]
        assert body is not None
        reader = _Parts(path.name, numbers, styles)
        lines = list(reader.of(body))
        texts = [text for root in beside if root is not None for text in reader.texts(root)]
    except UNREADABLE as error:
        raise Refusal(f"“{path.name}”已损坏，读不出内容，请用 Word 或 WPS 打开后另存为 .docx 再审读。") from error
    return {"lines": lines, "beside": texts}


def _refuse_strangers(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(8)
    if not head:
        raise Refusal(f"“{path.name}”是空文件，请核对是否选错了文件。")
    if head.startswith(OLE):
        raise Refusal(f"“{path.name}”是旧格式（.doc、.wps）或设有打开密码，请用 Word 或 WPS 另存为 .docx 再审读。")
    if not head.startswith(ZIP):
        raise Refusal(f"“{path.name}”不是 Word 文档，请选择 .docx 文件。")
    if is_overgrown(path) or not zipfile.is_zipfile(path):
        raise Refusal(f"“{path.name}”已损坏，读不出内容，请用 Word 或 WPS 打开后另存为 .docx 再审读。")


def paragraphs_of(root: Any) -> Iterator[Any]:
    """Every paragraph of a document part in document order, but for those that are only another form of one."""
    for one in root:
        if one.tag in SKIPPED or not isinstance(one.tag, str):
            continue
        if one.tag == f"{W}p":
            yield one
        yield from paragraphs_of(one)


class _Parts:
    """Tells a body part by part; stops where there is too much of it."""

    def __init__(self, name: str, numbers: numbering.Numbering, styles: dict[str, tuple[str, int]]) -> None:
        self._name, self._numbers, self._styles = name, numbers, styles
        self._at: dict[int, int] = {}
        self._left, self._characters = MOST_PARTS, MOST_CHARACTERS

    def of(self, root: Element) -> Iterator[dict[str, Any]]:
        found = root.find(f"{W}body")
        self._at = {id(one): n for n, one in enumerate(paragraphs_of(root))}
        yield from self._blocks(root if found is None else found, boxed=False)

    def texts(self, root: Element) -> Iterator[str]:
        """The lines of a header, a footer or the notes."""
        for one in paragraphs_of(root):
            if text := _runs(one).strip():
                yield text

    def _blocks(self, parent: Element, *, boxed: bool) -> Iterator[dict[str, Any]]:
        for one in parent:
            if one.tag == f"{W}p":
                yield from self._paragraph(one, boxed=boxed)
            elif one.tag == f"{W}tbl":
                yield self._table(one)
            elif one.tag not in SKIPPED:
                yield from self._blocks(one, boxed=boxed)

    def _paragraph(self, paragraph: Element, *, boxed: bool) -> Iterator[dict[str, Any]]:
        for box in _boxes(paragraph):
            yield from self._blocks(box, boxed=True)
        properties = paragraph.find(f"{W}pPr")
        style = None if properties is None else properties.find(f"{W}pStyle")
        number = listed(properties) or self._styles.get("" if style is None else style.get(f"{W}val", ""))
        text = _runs(paragraph)
        if number and text.strip():
            text = self._numbers.next(*number) + text
        aligned = None if properties is None else properties.find(f"{W}jc")
        centered = aligned is not None and aligned.get(f"{W}val") == "center"
        self._count(text)
        yield {"text": text, "at": self._at.get(id(paragraph), -1), "centered": centered, "boxed": boxed}

    def _table(self, table: Element) -> dict[str, Any]:
        first = next(iter(paragraphs_of(table)), None)
        rows = []
        for row in _children(table, f"{W}tr"):
            cells = [" ".join(filter(None, map(str.strip, self.texts(cell)))) for cell in _children(row, f"{W}tc")]
            self._count("".join(cells))
            rows.append(cells)
        return {"rows": rows, "at": self._at.get(id(first), -1)}

    def _count(self, text: str) -> None:
        self._left -= 1
        self._characters -= len(text)
        if self._left < 0 or self._characters < 0:
            raise Refusal(f"“{self._name}”的内容太多，超过能审读的限度，请分成几个文件。")


def _children(parent: Element, tag: str) -> Iterator[Element]:
    """Rows of a table, cells of a row: those within content controls and insertions too, not those of tables inside."""
    for one in parent:
        if one.tag == tag:
            yield one
        elif one.tag not in SKIPPED and one.tag != f"{W}tc":
            yield from _children(one, tag)


def _boxes(parent: Element) -> Iterator[Element]:
    for one in parent:
        if one.tag == _BOX:
            yield one
        elif one.tag not in SKIPPED:
            yield from _boxes(one)


def _runs(parent: Element) -> str:
    """The words of a paragraph without those of its text boxes."""
    found: list[str] = []
    for one in parent:
        if one.tag in SKIPPED or one.tag == _BOX:
            continue
        if one.tag == f"{W}t":
            found.append(one.text or "")
        elif one.tag == f"{W}tab":
            found.append("\t" if parent.tag == f"{W}r" else "")
        elif one.tag in _BREAKS:
            found.append("" if one.get(f"{W}type") == "page" else "\n")
        elif one.tag == f"{W}noBreakHyphen":
            found.append("-")
        elif one.tag == f"{W}sym":
            found.append("□")
        else:
            found.append(_runs(one))
    return "".join(found)
