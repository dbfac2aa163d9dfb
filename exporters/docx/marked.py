"""A copy of somebody's .docx with a comment at each place a check speaks of; the file itself stays as it is.

The comments are written into the file's own parts, which are otherwise copied byte by byte. Source: ECMA-376-1,
17.13.4 (comments).
"""

import datetime as dt
import shutil
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from lxml import etree

from models.errors import Refusal
from models.text_files.numbering import W
from models.text_files.parts import paragraphs_of
from models.text_files.word import DOCUMENT

AUTHOR: Final = "督查通"
COMMENTS: Final = "word/comments.xml"
_RELATIONS: Final = "word/_rels/document.xml.rels"
_TYPES: Final = "[Content_Types].xml"
_PACKAGE: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_CONTENT: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_KIND: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_MEDIA: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_LARGEST: Final = 400 << 20
"""Bytes of all parts together, beyond which no copy is made."""


def write_marked(source: Path, target: Path, comments: Iterable[tuple[int, str]], at: dt.datetime) -> None:
    """Write the copy.

    Args:
        source: the .docx, which was read already.
        target: the copy; never the file itself.
        comments: the paragraph's place, -1 for the paper as a whole, and what is said there.
        at: the moment they carry.

    Raises:
        Refusal: the file is too large, or the copy cannot be written there.
    """
    if source.resolve() == target.resolve():
        raise Refusal("批注版不能写到原文件上，请换一个文件名。")
    try:
        with zipfile.ZipFile(source) as archive:
            if sum(info.file_size for info in archive.infolist()) > _LARGEST:
                raise Refusal(f"“{source.name}”解开后太大，不能做批注版。")
            parts = _parts(archive, list(comments), at)
            _copy(archive, target, parts)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, EOFError) as error:
        raise Refusal(f"“{source.name}”已损坏，不能做批注版，请用 Word 或 WPS 打开后另存为 .docx。") from error
    except OSError as error:
        raise Refusal(f"批注版没有写成：{target}，请检查磁盘空间，或先关闭打开着的同名文件。") from error


def _copy(archive: zipfile.ZipFile, target: Path, parts: Mapping[str, bytes]) -> None:
    """Write beside the target first, so that a copy that fails leaves nothing half done."""
    half = target.with_name(f".{target.name}.tmp")
    try:
        with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as copy:
            for info in archive.infolist():
                if info.filename not in parts:
                    with archive.open(info) as read, copy.open(info.filename, "w") as write:
                        shutil.copyfileobj(read, write, 1 << 16)
            for name, data in parts.items():
                copy.writestr(name, data)
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)


def _parts(archive: zipfile.ZipFile, comments: list[tuple[int, str]], at: dt.datetime) -> dict[str, bytes]:
    """The parts that change: the text, its comments, and what leads from one to the other."""
    document = _read(archive, DOCUMENT)
    names = archive.NameToInfo
    told = _read(archive, COMMENTS) if COMMENTS in names else etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})
    first = 1 + max((int(one.get(f"{W}id") or 0) for one in told.iter(f"{W}comment")), default=-1)
    paragraphs = list(paragraphs_of(document))
    places: dict[int, list[int]] = defaultdict(list)
    for number, (place, text) in enumerate(comments, first):
        told.append(_comment(number, text, at))
        places[place if 0 <= place < len(paragraphs) else _first(paragraphs)].append(number)
    for place, numbers in places.items():
        _anchor(paragraphs[place], numbers)
    found = {DOCUMENT: _bytes(document), COMMENTS: _bytes(told)}
    if COMMENTS not in names:
        found[_RELATIONS] = _bytes(_related(archive))
        found[_TYPES] = _bytes(_typed(archive))
    return found


def _first(paragraphs: list[Any]) -> int:
    """The first paragraph with words: where comments on the whole paper stand."""
    return next((n for n, one in enumerate(paragraphs) if any((t.text or "").strip() for t in one.iter(f"{W}t"))), 0)


def _comment(number: int, text: str, at: dt.datetime) -> Any:
    comment = etree.Element(f"{W}comment")
    moment = at.replace(microsecond=0, tzinfo=None).isoformat()
    for name, value in (("id", str(number)), ("author", AUTHOR), ("date", moment), ("initials", "督")):
        comment.set(f"{W}{name}", value)
    run = etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r")
    etree.SubElement(run, f"{W}t").text = "".join(char for char in text if char >= " ")
    return comment


def _anchor(paragraph: Any, numbers: list[int]) -> None:
    """Let comments span a paragraph's words."""
    properties = paragraph.find(f"{W}pPr")
    start = 0 if properties is None else list(paragraph).index(properties) + 1
    for shift, number in enumerate(numbers):
        mark = etree.Element(f"{W}commentRangeStart")
        mark.set(f"{W}id", str(number))
        paragraph.insert(start + shift, mark)
    for number in numbers:
        etree.SubElement(paragraph, f"{W}commentRangeEnd").set(f"{W}id", str(number))
        etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}commentReference").set(f"{W}id", str(number))


def _related(archive: zipfile.ZipFile) -> Any:
    if _RELATIONS in archive.NameToInfo:
        root = _read(archive, _RELATIONS)
    else:
        root = etree.fromstring(f'<Relationships xmlns="{_PACKAGE[1:-1]}"/>')
    taken = {one.get("Id") for one in root}
    one = etree.SubElement(root, f"{_PACKAGE}Relationship")
    one.set("Id", next(id_ for n in range(1, len(taken) + 2) if (id_ := f"rIdReview{n}") not in taken))
    one.set("Type", _KIND)
    one.set("Target", "comments.xml")
    return root


def _typed(archive: zipfile.ZipFile) -> Any:
    root = _read(archive, _TYPES)
    one = etree.SubElement(root, f"{_CONTENT}Override")
    one.set("PartName", f"/{COMMENTS}")
    one.set("ContentType", _MEDIA)
    return root


def _read(archive: zipfile.ZipFile, name: str) -> Any:
    return etree.fromstring(
        archive.read(name), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    )


def _bytes(root: Any) -> bytes:
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data
