"""The lines of a Word document with the bookmarks over them, tracked changes taken as made, comments beside.

Bookmarks survive Word, WPS and LibreOffice; where one was lost the line is still there, without a name.
"""

import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, ParseError, fromstring

from models.errors import Refusal
from models.paper import marks
from models.spreadsheets.kinds import is_overgrown

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DOCUMENT, _COMMENTS = "word/document.xml", "word/comments.xml"
_MOST: Final = 30 << 20
"""Bytes of one part; a paper of a hundred pages has two million."""
_GONE: Final = frozenset({f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{_MC}Fallback"})
_MADE: Final = frozenset({f"{W}ins", f"{W}moveTo"})
_UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, ParseError, EOFError, KeyError, ValueError, NotImplementedError, RecursionError,
    OSError,
)  # fmt: skip


@dataclass(slots=True)
class Line:
    """A paragraph, or a row of a table of ours.

    Attributes:
        mark: the bookmark over it; "" where there is none.
        text: as it reads with every tracked change made; the cells of a row apart by tabs.
        row: whether it is a row of a table.
        tracked: who changed it with changes tracked; "" where nobody did.
        comments: what was written beside it, each with its author.
    """

    mark: str = ""
    text: str = ""
    row: bool = False
    tracked: str = ""
    comments: list[tuple[str, str]] = field(default_factory=list)

    @property
    def cells(self) -> tuple[str, ...]:
        """Of a row."""
        return tuple(self.text.split("\t"))


@dataclass(frozen=True, slots=True)
class Returned:
    """A document that came back.

    Attributes:
        token: which paper it was made from; "" where the document says none.
    """

    lines: tuple[Line, ...]
    token: str = ""


def read(path: Path) -> Returned:
    """The lines of a .docx.

    Raises:
        Refusal: no .docx, damaged, locked or too large.
    """
    try:
        if not path.is_file():
            raise Refusal(f"没有找到文件“{path.name}”，请核对文件名和位置。")
        if not zipfile.is_zipfile(path) or is_overgrown(path):
            raise Refusal(f"“{path.name}”不是 .docx 文件，请用 Word 或 WPS 另存为 .docx 后再取回。")
        with zipfile.ZipFile(path) as archive:
            body = _part(path, archive, _DOCUMENT)
            comments = _part(path, archive, _COMMENTS)
    except _UNREADABLE as error:
        raise Refusal(f"“{path.name}”已损坏，读不出内容，请用 Word 或 WPS 打开后另存为 .docx 再取回。") from error
    if body is None:
        raise Refusal(f"“{path.name}”里没有正文，不是 Word 文档，请选择 .docx 文件。")
    reader = _Reader(_said(comments))
    reader.blocks(body.find(f"{W}body") or body)
    return Returned(tuple(reader.lines), reader.token)


def _part(path: Path, archive: zipfile.ZipFile, name: str) -> Element | None:
    info = archive.NameToInfo.get(name)
    if info is None:
        return None
    if info.flag_bits & 1:
        raise Refusal(f"“{path.name}”设有打开密码，请取消密码后另存再取回。")
    with archive.open(info) as stream:
        data = stream.read(_MOST + 1)
    if len(data) > _MOST:
        raise Refusal(f"“{path.name}”的文字太多，不像是一份公文，请核对是否选错了文件。")
    if b"<!DOCTYPE" in data[:4096]:
        raise ValueError("a document type in a Word part")
    return fromstring(data)


def _said(root: Element | None) -> dict[str, tuple[str, str]]:
    """Author and words of each comment by its id."""
    found: dict[str, tuple[str, str]] = {}
    for one in root.iter(f"{W}comment") if root is not None else ():
        words = "".join(text.text or "" for text in one.iter(f"{W}t"))
        found[one.get(f"{W}id", "")] = (one.get(f"{W}author", ""), words.strip())
    return found


class _Reader:
    """Goes through a body once, with the bookmarks that are open."""

    def __init__(self, comments: dict[str, tuple[str, str]]) -> None:
        self._comments = comments
        self._open: dict[str, str] = {}
        self.lines: list[Line] = []
        self.token = ""

    def blocks(self, parent: Element) -> None:
        """Paragraphs and tables one below the other."""
        for one in parent:
            if one.tag == f"{W}p":
                self._paragraph(one)
            elif one.tag == f"{W}tbl":
                self._table(one)
            elif one.tag in (f"{W}bookmarkStart", f"{W}bookmarkEnd"):
                self._bookmark(one)
            elif one.tag not in _GONE:
                self.blocks(one)

    def _table(self, table: Element) -> None:
        names = {one.get(f"{W}name", "") for one in table.iter(f"{W}bookmarkStart")}
        if not any(name.startswith((marks.ROW, marks.HEAD)) for name in names):
            self.blocks(table)
            return
        for row in table.iter(f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is None:
                self._row(row)

    def _row(self, row: Element) -> None:
        """The cells of one row, each as its paragraphs."""
        cells: list[str] = []
        line = Line(row=True)
        for cell in row.iter(f"{W}tc"):
            before = len(self.lines)
            self.blocks(cell)
            inner = self.lines[before:]
            del self.lines[before:]
            cells.append("\n".join(one.text for one in inner if one.text).replace("\t", " "))
            line.mark = line.mark or next((one.mark for one in inner if one.mark), "")
            line.tracked = line.tracked or next((one.tracked for one in inner if one.tracked), "")
            line.comments += [said for one in inner for said in one.comments]
        if row.find(f"{W}trPr/{W}ins") is not None:
            line.tracked = line.tracked or row.find(f"{W}trPr/{W}ins").get(f"{W}author", "")  # type: ignore[union-attr]
        line.text = "\t".join(cells)
        self.lines.append(line)

    def _paragraph(self, paragraph: Element) -> None:
        line = Line()
        self._runs(paragraph, line)
        # A paragraph whose mark is deleted runs on into the next one.
        gone = paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None
        joined = self.lines and self.lines[-1].text.endswith("\0")
        if joined:
            before = self.lines.pop()
            line.text = before.text[:-1] + line.text
            line.mark = before.mark or line.mark
            line.comments = before.comments + line.comments
        if gone:
            line.text += "\0"
        line.mark = line.mark or next(iter(self._open.values()), "")
        self.lines.append(line)

    def _runs(self, parent: Element, line: Line) -> None:
        for one in parent:
            if one.tag in _GONE:
                line.tracked = line.tracked or one.get(f"{W}author", "")
            elif one.tag in _MADE:
                line.tracked = line.tracked or one.get(f"{W}author", "")
                self._runs(one, line)
            elif one.tag in (f"{W}bookmarkStart", f"{W}bookmarkEnd"):
                self._bookmark(one)
            elif one.tag == f"{W}commentReference":
                line.comments += [self._comments[id_]] if (id_ := one.get(f"{W}id", "")) in self._comments else []
            else:
                self._text(one, line)

    def _text(self, one: Element, line: Line) -> None:
        said = {f"{W}t": one.text or "", f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
        if one.tag in said:
            line.text += said[one.tag]
            if said[one.tag].strip() and self._open:
                line.mark = line.mark or next(iter(self._open.values()))
        elif one.tag not in (f"{W}pPr", f"{W}rPr"):
            self._runs(one, line)

    def _bookmark(self, one: Element) -> None:
        id_, name = one.get(f"{W}id", ""), one.get(f"{W}name", "")
        if one.tag == f"{W}bookmarkEnd":
            self._open.pop(id_, None)
        elif name.startswith(marks.PAPER):
            self.token = name.removeprefix(marks.PAPER)
        elif name.startswith(marks.PREFIX):
            self._open[id_] = name
