"""Runs and paragraphs as WordprocessingML text: the two bricks everything else is built of.

Text is joined and parsed once, which keeps a document of ten thousand items linear and within
three times of writing the same XML by hand; python-docx only supplies the package around it.
"""

import re
from functools import lru_cache
from itertools import groupby
from typing import Literal, TypedDict, Unpack
from xml.sax.saxutils import escape

from exporters import standard

Justify = Literal["left", "right", "center", "both", "distribute"]

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
BREAK = "<w:r><w:br/></w:r>"
TAB = "<w:r><w:tab/></w:r>"
SPECK = 10
_KEEP = "<w:keepNext/>"

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IDEOGRAPH = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# The GB2312 fonts lack 喆 玥 祎 垚; these are the same hands with the characters of GB 18030.
_WIDER_FONT = {"仿宋_GB2312": "仿宋", "楷体_GB2312": "楷体", "方正小标宋简体": "华文中宋"}


def clean(text: str) -> str:
    """Take out what XML cannot hold; a tab becomes a blank, every line end a newline."""
    if text.isprintable():
        return text
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _NOT_XML.sub("", plain)


def lines(text: str) -> list[str]:
    """The lines of a text that hold something."""
    return [line.strip() for line in clean(text).split("\n") if line.strip()]


def run(
    text: str,
    font: str,
    half: int = standard.BODY,
    *,
    tighten: int = standard.TIGHTEN,
    color: str = "",
    scale: int = 100,
) -> str:
    """Text in one font; ``half`` is its size in half-points, ``scale`` its width in percent.

    A character the font is known to lack is set in its wider sister.
    """
    plain = clean(text)
    wider = _WIDER_FONT.get(font, font)
    if wider == font or _common(plain):
        return _run(plain, font, half, tighten, color, scale) if plain else ""
    groups = groupby(plain, key=lambda c: wider if _rare(c) else font)
    return "".join(_run("".join(piece), family, half, tighten, color, scale) for family, piece in groups)


def field(instruction: str, shown: str, font: str, half: int) -> str:
    """A field such as PAGE with the text it shows until it is computed."""
    start = f"<w:r>{_run_properties(font, half, 0, '', 100)}"
    parts = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{shown}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return "".join(f"{start}{part}</w:r>" for part in parts)


class Shape(TypedDict, total=False):
    """What a paragraph may be given; lengths in twips."""

    justify: Justify
    first: int
    left: int
    right: int
    hanging: int
    line: int
    """The exact line height, 0 for a picture's own; another than the page's pitch leaves the grid of lines."""
    before: int
    after: int
    snap: bool
    """Off for larger letters, which would take two rows of the grid."""
    keep: bool
    """Stay on the page of the next paragraph."""
    new_page: bool
    frame: str
    borders: str
    tabs: tuple[tuple[str, int], ...]
    outline: int | None
    """0 is the highest level of the navigation pane."""


def paragraph(content: str = "", **shape: Unpack[Shape]) -> str:
    """One paragraph around its runs."""
    return f"<w:p>{_paragraph_properties(**shape)}{content}</w:p>"


def blank(count: int = 1, *, keep: bool = False) -> str:
    """Empty rows of the grid."""
    return paragraph(keep=keep) * count


def speck(*, new_page: bool = False) -> str:
    """A paragraph too small to be seen, for what must hang on a paragraph without a row of its own."""
    return paragraph(justify="left", line=SPECK, new_page=new_page)


def kept(xml: str) -> str:
    """The same with its last row, if it is a table, or its paragraphs on the page of what follows."""
    before, start, last = xml.rpartition("<w:tr>")
    return f"{before}{start}{last if _KEEP in last else last.replace('<w:pPr>', f'<w:pPr>{_KEEP}')}"


def closes_section(xml: str, section: str) -> str:
    """The same with its last paragraph ending a section."""
    head, end, tail = xml.rpartition("</w:pPr>")
    return f"{head}{section}{end}{tail}"


def rule(edge: str, eighths: int, color: str = standard.BLACK, space: int = 0) -> str:
    """A border at one edge of a paragraph; thickness in eighths of a point, distance in points."""
    return f'<w:{edge} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{color}"/>'


def _run(text: str, font: str, half: int, tighten: int, color: str, scale: int) -> str:  # noqa: PLR0917
    properties = _run_properties(font, half, tighten, color, scale)
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _common(text: str) -> bool:
    """Whether GB2312 holds it all; Python's codec lacks its — and ·."""
    try:
        text.replace("—", "").replace("·", "").encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=4096)
def _rare(character: str) -> bool:
    return bool(_IDEOGRAPH.match(character)) and not _common(character)


@lru_cache(maxsize=256)
def _run_properties(font: str, half: int, tighten: int, color: str, scale: int) -> str:
    name = escape(clean(font), {'"': "&quot;"})
    parts = [
        # Without the hint Word draws “ ” … — from the Western slot, often in Times New Roman.
        f'<w:rFonts w:hint="eastAsia" w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>',
        f'<w:color w:val="{color}"/>' if color else "",
        f'<w:spacing w:val="{tighten}"/>' if tighten else "",
        f'<w:w w:val="{scale}"/>' if scale != 100 else "",
        f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>',
    ]
    return f"<w:rPr>{''.join(parts)}</w:rPr>"


_PLAIN: Shape = {
    "justify": "both",
    "first": 0,
    "left": 0,
    "right": 0,
    "hanging": 0,
    "line": standard.PITCH,
    "before": 0,
    "after": 0,
    "snap": True,
    "keep": False,
    "new_page": False,
    "frame": "",
    "borders": "",
    "tabs": (),
    "outline": None,
}


@lru_cache(maxsize=256)
def _paragraph_properties(**shape: Unpack[Shape]) -> str:
    given: Shape = {**_PLAIN, **shape}
    snap = given["snap"] and given["line"] == standard.PITCH
    stops = "".join(f'<w:tab w:val="{kind}" w:pos="{at}"/>' for kind, at in given["tabs"])
    # The schema fixes this order.
    parts = [
        _KEEP if given["keep"] else "",
        "<w:pageBreakBefore/>" if given["new_page"] else "",
        given["frame"],
        '<w:widowControl w:val="0"/>',
        f"<w:pBdr>{given['borders']}</w:pBdr>" if given["borders"] else "",
        f"<w:tabs>{stops}</w:tabs>" if stops else "",
        # LibreOffice inverts overflowPunct and loses a hanging comma at 0.
        '<w:kinsoku w:val="1"/><w:overflowPunct w:val="1"/><w:adjustRightInd w:val="0"/>',
        "" if snap else '<w:snapToGrid w:val="0"/>',
        f'<w:spacing w:before="{given["before"]}" w:after="{given["after"]}" ',
        f'w:line="{given["line"]}" w:lineRule="exact"/>' if given["line"] else 'w:line="240" w:lineRule="auto"/>',
        _indent(given),
        f'<w:jc w:val="{given["justify"]}"/>',
        f'<w:outlineLvl w:val="{given["outline"]}"/>' if given["outline"] is not None else "",
    ]
    return f"<w:pPr>{''.join(parts)}</w:pPr>"


def _indent(given: Shape) -> str:
    first = f' w:firstLine="{given["first"]}"' if given["first"] else ""
    hanging = f' w:hanging="{given["hanging"]}"' if given["hanging"] else ""
    return f'<w:ind w:left="{given["left"]}" w:right="{given["right"]}"{first}{hanging}/>'
