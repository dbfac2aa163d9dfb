"""The package around the text: the few parts a .docx must have, zipped as text (ECMA-376, parts 1 and 2).

A template's Letter paper, theme fonts and hundreds of styles would have to be taken out again, and a
tree of the text costs more than everything else; so both are left out from the start.
"""

import datetime as dt
import zipfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from exporters.gongwen import page
from exporters.gongwen.text import NAMESPACES, clean, lines
from models.paper.elements import Fonts, Paper

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

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
_SETTINGS = f"""<w:settings {NAMESPACES}>
<w:zoom w:percent="100"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/>
<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>
</w:settings>"""
_CORE = """<cp:coreProperties xmlns:cp="{package}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject><dc:creator>{author}</dc:creator>
<cp:lastModifiedBy>{author}</cp:lastModifiedBy>
<dcterms:created xsi:type="dcterms:W3CDTF">{now}</dcterms:created>
<dcterms:modified xsi:type="dcterms:W3CDTF">{now}</dcterms:modified><dc:language>zh-CN</dc:language>
</cp:coreProperties>"""


class Package:
    """The parts of one document; a footer or picture used twice is stored once."""

    def __init__(self) -> None:
        self._parts: dict[str, str | bytes] = {}
        self._kinds: dict[str, str] = {}
        self._relations: dict[str, str] = {}
        self._known: dict[str, str] = {}

    def footer(self, xml: str) -> str:
        """The relation of a footer with these paragraphs."""
        if xml not in self._known:
            name = f"word/footer{len(self._relations) + 1}.xml"
            self._kinds[name] = f"{_WORD}.footer+xml"
            self._known[xml] = self._add(name, f"{_HEAD}<w:ftr {NAMESPACES}>{xml}</w:ftr>", "footer")
        return self._known[xml]

    def picture(self, content: bytes, kind: str, suffix: str) -> str:
        """The relation of a picture of that content type and file suffix."""
        digest = sha256(content).hexdigest()
        if digest not in self._known:
            name = f"word/media/{digest[:16]}.{suffix}"
            self._kinds[name] = kind
            self._known[digest] = self._add(name, content, "image")
        return self._known[digest]

    def _add(self, name: str, content: str | bytes, relation: str) -> str:
        self._parts[name] = content
        known = f"rId{len(self._relations) + 1}"
        self._relations[known] = _relation(known, f"{_OFFICE}/{relation}", name.removeprefix("word/"))
        return known

    def write(self, paper: Paper, content: str, target: Path) -> None:
        """Zip everything, with ``content`` as the body of the document, into ``target``."""
        for name in ("styles", "settings"):
            self._kinds[f"word/{name}.xml"] = f"{_WORD}.{name}+xml"
        self._add("word/styles.xml", _HEAD + _styles(paper.fonts), "styles")
        self._add("word/settings.xml", _HEAD + _SETTINGS, "settings")
        self._kinds["word/document.xml"] = f"{_WORD}.document.main+xml"
        self._kinds["docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
        parts = {
            "[Content_Types].xml": _content_types(self._kinds),
            "_rels/.rels": _relations(_ROOT),
            "docProps/core.xml": _HEAD + _core(paper),
            "word/document.xml": f"{_HEAD}<w:document {NAMESPACES}><w:body>{content}</w:body></w:document>",
            "word/_rels/document.xml.rels": _relations(self._relations.values()),
            **self._parts,
        }
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
            for name, part in parts.items():
                written.writestr(name, part)


def _relation(known: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{known}" Type="{kind}" Target="{target}"/>'


_ROOT = (
    _relation("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
    _relation("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
)


def _relations(given: Iterable[str]) -> str:
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(given)}</Relationships>'


def _content_types(kinds: dict[str, str]) -> str:
    named = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    relations = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    plain = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{relations}{plain}{named}</Types>'


def _styles(fonts: Fonts) -> str:
    name = quoteattr(clean(fonts.body))
    slots = " ".join(f"w:{slot}={name}" for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    return _STYLES.format(namespaces=NAMESPACES, fonts=f"<w:rFonts {slots}/>", half=page.BODY, pitch=page.PITCH)


def _core(paper: Paper) -> str:
    organs = paper.header.organs or (paper.signature.organs if paper.signature else ())
    return _CORE.format(
        package=_PACKAGE,
        title=escape("".join(lines(paper.title))),
        subject=escape(clean(paper.header.number)),
        author=escape(clean("、".join(organs))),
        now=dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
