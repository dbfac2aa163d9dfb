"""The empty package around the text: python-docx's template without its Letter paper, theme fonts and styles."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from exporters.gongwen import page
from exporters.gongwen.text import NAMESPACES, clean, lines
from models.paper.elements import Fonts, Paper

if TYPE_CHECKING:
    from docx.document import Document

_STYLES = """<w:styles {namespaces}>
<w:docDefaults>
<w:rPrDefault><w:rPr>{fonts}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>
<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="{pitch}" w:lineRule="exact"/></w:pPr></w:pPrDefault>
</w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:qFormat/>
<w:pPr><w:widowControl w:val="0"/><w:jc w:val="both"/></w:pPr>
<w:rPr>{fonts}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr></w:style>
<w:style w:type="character" w:default="1" w:styleId="a0"><w:name w:val="Default Paragraph Font"/>
<w:uiPriority w:val="1"/><w:semiHidden/></w:style>
<w:style w:type="table" w:default="1" w:styleId="a1"><w:name w:val="Normal Table"/>
<w:uiPriority w:val="99"/><w:semiHidden/>
<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>
<w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>
<w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
</w:styles>"""
# Compatibility mode 15, or Word opens the document as one of an older version.
_SETTINGS = """<w:settings {namespaces}>
<w:zoom w:percent="100"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/>
<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>
</w:settings>"""


def new(paper: Paper) -> Document:
    """An empty document with the paper's fonts, the page's line pitch and the title and author filled in."""
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    _refill(document.styles.element, parse_xml(_styles(paper.fonts)))
    _refill(document.settings.element, parse_xml(_SETTINGS.format(namespaces=NAMESPACES)))
    _describe(document, paper)
    return document


def _styles(fonts: Fonts) -> str:
    name = clean(fonts.body).replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    slots = " ".join(f'w:{slot}="{name}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    return _STYLES.format(namespaces=NAMESPACES, fonts=f"<w:rFonts {slots}/>", half=page.BODY, pitch=page.PITCH)


def _refill(root: Any, filled: Any) -> None:
    for child in list(root):
        root.remove(child)
    root.extend(list(filled))


def _describe(document: Document, paper: Paper) -> None:
    known = document.core_properties
    organs = paper.header.organs or (paper.signature.organs if paper.signature else ())
    known.title = "".join(lines(paper.title))[:255]
    known.author = known.last_modified_by = clean("、".join(organs))[:255]
    known.subject = clean(paper.header.number)[:255]
    known.comments = known.keywords = known.category = ""
    known.language = "zh-CN"
    known.created = known.modified = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
