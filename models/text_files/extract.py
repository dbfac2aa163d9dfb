"""The text of one file by what it holds: Word, PDF with characters, plain text in the encodings offices use."""

import re
import zipfile
from pathlib import Path
from typing import Final

from models.errors import Refusal
from models.spreadsheets.kinds import OLE, ZIP, is_overgrown
from models.text_files import ENCODINGS, decoded, word

SUFFIXES: Final = (".docx", ".pdf", ".txt")
MOST_CHARACTERS: Final = 2_000_000
_MOST_PAGES: Final = 500
_LEAST_OF_A_PAGE: Final = 15
"""Characters on a page that is no picture of one."""
_NEW_LINE = re.compile(
    r"[。；：！？…]$|^\s*(?:[一二三四五六七八九十]{1,3}[、是]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[、.．](?!\d)|[①-⑳])"
)


def text_of(path: Path) -> str:
    """The text of a paper.

    Raises:
        Refusal: a kind that is not read, damaged, locked, a scan, or too long.
    """
    with path.open("rb") as file:
        head = file.read(8)
    if not head:
        raise Refusal(f"“{path.name}”是空文件，请核对是否选错了文件。")
    if head.startswith(b"%PDF"):
        text = _pdf(path)
    elif head.startswith(ZIP):
        if is_overgrown(path) or not zipfile.is_zipfile(path):
            raise Refusal(f"“{path.name}”已损坏，读不出内容，请用 Word 或 WPS 打开后另存为 .docx 再读取。")
        text = word.text_of(path)
    elif head.startswith(OLE):
        raise Refusal(f"“{path.name}”是旧格式（.doc、.wps）或设有打开密码，请用 Word 或 WPS 另存为 .docx 再读取。")
    else:
        text = _plain(path)
    if len(text) > MOST_CHARACTERS:
        raise Refusal(f"“{path.name}”的文字太多，超过能读取的限度，请分成几个文件。")
    if not text.strip():
        raise Refusal(f"“{path.name}”里没有文字，请核对是否选错了文件。")
    return text


def _plain(path: Path) -> str:
    if path.stat().st_size > MOST_CHARACTERS * 4:
        raise Refusal(f"“{path.name}”的文字太多，超过能读取的限度，请分成几个文件。")
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, ("utf-16",), path.name)
    if b"\0" in data:
        raise Refusal(f"“{path.name}”不是 Word、PDF 或文本文件，请选择 .docx、.pdf 或 .txt 文件。")
    return _decoded(data, ENCODINGS, path.name)


def _decoded(data: bytes, encodings: tuple[str, ...], name: str) -> str:
    text = decoded(data, encodings)
    if text is None:
        raise Refusal(f"“{name}”的文字编码不能识别，请用记事本另存为 UTF-8 再读取。")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _pdf(path: Path) -> str:
    from pypdf import PdfReader  # heavy: only where there is a PDF
    from pypdf.errors import PyPdfError  # heavy likewise

    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refusal(f"“{path.name}”设有打开密码，请取消密码后再读取。")
        pages = [page.extract_text() or "" for page in reader.pages[:_MOST_PAGES]]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError) as error:
        raise Refusal(f"“{path.name}”已损坏，读不出内容，请重新导出 PDF 再读取。") from error
    if sum(map(len, pages)) < _LEAST_OF_A_PAGE * max(1, len(pages)):
        raise Refusal(f"“{path.name}”是扫描件，没有文字可读，请用文字识别软件转成文字，或直接粘贴文字。")
    return "\n".join(paragraphs(page.splitlines()) for page in pages)


def paragraphs(lines: list[str]) -> str:
    """Lines of a page put together again: a line goes on unless it ends a sentence or the next one has an ordinal."""
    found: list[str] = []
    for line in (one.strip() for one in lines):
        if not line or re.fullmatch(r"[-—－–]?\s*\d{1,4}\s*[-—－–]?", line):
            continue
        if found and not _NEW_LINE.search(found[-1][-1:]) and not _NEW_LINE.match(line) and len(found[-1]) > 20:
            found[-1] += line
        else:
            found.append(line)
    return "\n".join(found)
