"""What a file is by its first bytes and its parts; its name may say anything."""

import struct
import zipfile
from collections.abc import Collection
from pathlib import Path

from models.errors import Refusal

OLE = b"\xd0\xcf\x11\xe0"
"""Start of the older Office formats, and of every Office file with a password."""
ZIP = b"PK"
WORKBOOK = "xl/workbook.xml"
WORD = "word/document.xml"
XLSX, BINARY, OPEN, OLDER, TEXT, PAGE, WORD_TABLES = "xlsx", "xlsb", "ods", "xls", "csv", "html", "docx"
"""What a table may be kept in."""
_SAVE_AS = "请用 Excel 或 WPS 打开后另存为 .xlsx 再导入"
_STRANGERS = (
    (b"%PDF", "是 PDF 文件"),
    (b"\x89PNG", "是图片"),
    (b"\xff\xd8\xff", "是图片"),
    (b"GIF8", "是图片"),
    (b"BM", "是图片"),
    (b"Rar!", "是压缩包，请先解压"),
    (b"7z\xbc\xaf", "是压缩包，请先解压"),
    (b"MZ", "是程序文件"),
)
_PARTS = ((WORKBOOK, XLSX), (WORD, WORD_TABLES), ("xl/workbook.bin", BINARY), ("content.xml", OPEN))
_END = b"PK\x05\x06"
_LONGEST_END = 22 + 0xFFFF
_LONGEST_LIST = 4 << 20
"""Bytes of an archive's list of parts: some forty thousand of them."""
_TEXTS = ("utf-8-sig", "gb18030")


def open_readable(path: Path) -> bytes:
    """The first bytes of a file.

    Raises:
        Refusal: it is not there, no file, empty, or cannot be read.
    """
    try:
        if not (path.is_file() or path.is_dir()) and path.exists():  # a pipe would be waited for without end
            raise Refusal(f"“{path.name}”是设备或管道，不是文件，请选择 .xlsx 文件。")
        with path.open("rb") as file:
            head = file.read(4096)
    except FileNotFoundError:
        raise Refusal(f"没有找到文件“{path}”，请核对文件名和位置。") from None
    except IsADirectoryError:
        raise Refusal(f"“{path.name}”是文件夹，请选择其中的 .xlsx 文件。") from None
    except PermissionError:
        if path.is_dir():  # Windows says so of a folder.
            raise Refusal(f"“{path.name}”是文件夹，请选择其中的 .xlsx 文件。") from None
        raise Refusal(f"“{path.name}”不能读取，可能正被其他程序打开，请先关闭它再导入。") from None
    except OSError as error:
        raise Refusal(f"“{path.name}”读取中断，请检查U盘、网络盘是否连接。") from error
    if not head:
        raise Refusal(f"“{path.name}”是空文件，请核对是否选错了文件。")
    return head


def kind_of(path: Path) -> str:
    """What a file holds its tables in, by what is in it.

    Raises:
        Refusal: no table of any kind, named by what it is.
    """
    head = open_readable(path)
    if head.startswith(ZIP):
        return _kind_of_archive(path)
    if head.startswith(OLE):
        return _older(path)
    for start, what in _STRANGERS:
        if head.startswith(start):
            raise Refusal(f"“{path.name}”{what}，不是表格，请选择 .xlsx 文件。")
    return _kind_of_text(path, head)


def _kind_of_archive(path: Path) -> str:
    if is_overgrown(path):
        return XLSX  # the scan says so
    try:
        with zipfile.ZipFile(path) as archive:
            names: Collection[str] = frozenset(archive.NameToInfo)
            if any(info.flag_bits & 1 for info in archive.infolist()):
                raise Refusal(f"“{path.name}”设有打开密码，请取消密码后另存再导入。")
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return XLSX  # damaged: the scan says so
    found = next((kind for part, kind in _PARTS if part in names), "")
    if found:
        return found
    if "ppt/presentation.xml" in names:
        raise Refusal(f"“{path.name}”是演示文稿，不是表格，请选择 .xlsx 文件。")
    raise Refusal(f"“{path.name}”不是 .xlsx 工作簿，{_SAVE_AS}。")


def _older(path: Path) -> str:
    with path.open("rb") as file:
        data = file.read(64 << 20)
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Refusal(f"“{path.name}”设有打开密码，请取消密码后另存再导入。")
    if "WordDocument".encode("utf-16-le") in data:
        raise Refusal(f"“{path.name}”是旧格式的 Word 文档，不是表格，请另存为 .docx 或 .xlsx 再导入。")
    return OLDER


def _kind_of_text(path: Path, head: bytes) -> str:
    lower = head.lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in lower and b"<html" not in lower:
        raise Refusal(f"“{path.name}”是 XML 表格，不是 Excel 工作簿，{_SAVE_AS}。")
    if b"<html" in lower or b"<table" in lower or b"<!doctype html" in lower:
        return PAGE
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return TEXT
    if b"\0" not in head and any(_decodes(head, encoding) for encoding in _TEXTS):
        return TEXT
    raise Refusal(f"“{path.name}”不是表格，请选择 .xlsx 文件。")


def _decodes(head: bytes, encoding: str) -> bool:
    """Whether the bytes are text in this encoding; the last character may be cut off."""
    for cut in range(4):
        try:
            head[: len(head) - cut].decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def is_overgrown(path: Path) -> bool:
    """Whether an archive lists more parts than any file of an office has; listing them alone would take minutes."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _LONGEST_END))
        end = file.read()
    at = end.rfind(_END)
    return at >= 0 and len(end) >= at + 16 and struct.unpack_from("<L", end, at + 12)[0] > _LONGEST_LIST
