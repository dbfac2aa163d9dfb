"""Range bookmarks (ECMA-376, 17.13.6) over what a paragraph says."""

import zlib
from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

_PROPERTIES_END, _PARAGRAPH_END = "</w:pPr>", "</w:p>"


def marked(content: str, *names: str) -> str:
    """Runs inside the bookmarks of these names; nothing stays nothing."""
    if not content:
        return content
    for name in names:
        content = _start(name) + content + _end(name)
    return content


def around(paragraphs: Sequence[str], name: str) -> list[str]:
    """Paragraphs inside one bookmark, from the first one's text to the last one's."""
    if not paragraphs:
        return []
    written = list(paragraphs)
    head, end, tail = written[0].partition(_PROPERTIES_END)
    written[0] = f"{head}{end}{_start(name)}{tail}"
    head, end, tail = written[-1].rpartition(_PARAGRAPH_END)
    written[-1] = f"{head}{_end(name)}{end}{tail}"
    return written


def _start(name: str) -> str:
    return f'<w:bookmarkStart w:id="{_number(name)}" w:name={quoteattr(name)}/>'


def _end(name: str) -> str:
    return f'<w:bookmarkEnd w:id="{_number(name)}"/>'


def _number(name: str) -> int:
    """A document's bookmarks are numbered; by its name each has the same number every time."""
    return zlib.crc32(name.encode()) & 0x7FFFFFFF
