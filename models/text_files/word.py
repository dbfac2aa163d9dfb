"""The text of a .docx as it stands on the page: paragraphs with their ordinals, rows of tables, no deleted text."""

import io
import zipfile
import zlib
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element, ParseError, XMLParser, fromstring

from models.errors import Refusal
from models.spreadsheets import limits
from models.text_files import numbering
from models.text_files.numbering import Numbering, W

DOCUMENT: Final = "word/document.xml"
NUMBERING: Final = "word/numbering.xml"
STYLES: Final = "word/styles.xml"
SKIPPED: Final = frozenset({
    f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}rPrChange", f"{W}pPrChange",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
})  # fmt: skip
UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, ParseError, EOFError, KeyError, ValueError, NotImplementedError, RecursionError,
)  # fmt: skip


def text_of(path: Path) -> str:
    """The text of a .docx.

    Raises:
        Refusal: damaged, locked, no document, or too large.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if DOCUMENT not in archive.NameToInfo:
                raise Refusal(f"“{path.name}”里没有正文，不是 Word 文档，请选择 .docx 文件。")
            if any(info.flag_bits & 1 for info in archive.infolist()):
                raise Refusal(f"“{path.name}”设有打开密码，请取消密码后另存再读取。")
            body = part(path, archive, DOCUMENT)
            numbers = numbering.of(part(path, archive, NUMBERING))
            styles = numbered_styles(part(path, archive, STYLES))
    except UNREADABLE as error:
        raise Refusal(f"“{path.name}”已损坏，读不出内容，请用 Word 或 WPS 打开后另存为 .docx 再读取。") from error
    return _Text(numbers, styles).of(body) if body is not None else ""


def part(path: Path, archive: zipfile.ZipFile, name: str) -> Element | None:
    """One part of the file, parsed; None where it has no such part.

    Raises:
        Refusal: it is too large.
        ValueError: it declares a document type, which no Word part does.
    """
    info = archive.NameToInfo.get(name)
    if info is None:
        return None
    with archive.open(info) as stream:
        data = stream.read(limits.MOST_UNPACKED + 1)
    if len(data) > limits.MOST_UNPACKED:
        raise Refusal(f"“{path.name}”的文字太多，超过能读取的限度，请分成几个文件。")
    if b"<!DOCTYPE" in data[:4096]:
        raise ValueError("a document type in a Word part")
    return fromstring(data, XMLParser())


def numbered_styles(root: Element | None) -> dict[str, tuple[str, int]]:
    """By style, the list and level its paragraphs belong to."""
    found: dict[str, tuple[str, int]] = {}
    for style in root.iter(f"{W}style") if root is not None else ():
        number = listed(style.find(f"{W}pPr"))
        if number:
            found[style.get(f"{W}styleId", "")] = number
    return found


def listed(properties: Element | None) -> tuple[str, int] | None:
    """List and level of a paragraph that Word numbers by itself."""
    number = None if properties is None else properties.find(f"{W}numPr")
    if number is None:
        return None
    id_, level = number.find(f"{W}numId"), number.find(f"{W}ilvl")
    named = "" if id_ is None else id_.get(f"{W}val", "")
    at = "0" if level is None else level.get(f"{W}val", "0")
    return (named, int(at) if at.isdecimal() else 0) if named else None


class _Text:
    """Writes a body's text line by line."""

    def __init__(self, numbers: Numbering, styles: dict[str, tuple[str, int]]) -> None:
        self._numbers, self._styles = numbers, styles

    def of(self, root: Element) -> str:
        out = io.StringIO()
        body = root.find(f"{W}body")
        self._blocks(root if body is None else body, out)
        return out.getvalue()

    def _blocks(self, parent: Element, out: io.StringIO) -> None:
        for one in parent:
            if one.tag == f"{W}p":
                out.write(self._paragraph(one) + "\n")
            elif one.tag == f"{W}tbl":
                for row in one.iter(f"{W}tr"):
                    out.write("\t".join(self._cell(cell) for cell in row.iter(f"{W}tc")) + "\n")
            elif one.tag not in SKIPPED:
                self._blocks(one, out)

    def _cell(self, cell: Element) -> str:
        return " ".join(filter(None, (self._paragraph(one).strip() for one in cell.iter(f"{W}p"))))

    def _paragraph(self, paragraph: Element) -> str:
        properties = paragraph.find(f"{W}pPr")
        style = None if properties is None else properties.find(f"{W}pStyle")
        number = listed(properties) or self._styles.get("" if style is None else style.get(f"{W}val", ""))
        text = _runs(paragraph)
        return (self._numbers.next(*number) if number and text.strip() else "") + text


def _runs(parent: Element) -> str:
    found: list[str] = []
    for one in parent:
        if one.tag in SKIPPED:
            continue
        if one.tag == f"{W}t":
            found.append(one.text or "")
        elif one.tag == f"{W}tab":
            found.append("\t")
        elif one.tag in (f"{W}br", f"{W}cr"):
            found.append("\n")
        elif one.tag == f"{W}noBreakHyphen":
            found.append("-")
        else:
            found.append(_runs(one))
    return "".join(found)
