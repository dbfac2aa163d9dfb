"""The package around the text: python-docx keeps its parts, relations and properties (ECMA-376, part 2).

Its template is left out from the start: Letter paper, theme fonts and hundreds of styles would have to be taken
out again, and a tree of the text costs more than everything else; so the parts are given to it as text.
"""

import datetime as dt
from hashlib import sha256
from pathlib import Path
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from exporters import standard
from exporters.docx.text import NAMESPACES, clean, lines
from models.paper.elements import Fonts, Paper

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LONGEST_PROPERTY = 255
"""Characters python-docx takes in a property."""

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


class _Document(Part):
    """The main part; its text is known last."""

    text = ""

    @property
    def blob(self) -> bytes:
        return self.text.encode()


class Package:
    """The parts of one document; a footer or picture used twice is stored once."""

    def __init__(self) -> None:
        self._package = OpcPackage()
        self._document = _Document(PackURI("/word/document.xml"), CONTENT_TYPE.WML_DOCUMENT_MAIN)
        self._package.relate_to(self._document, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
        self._known: dict[str, str] = {}

    def footer(self, xml: str) -> str:
        """The relation of a footer with these paragraphs."""
        if xml not in self._known:
            part = f"{_HEAD}<w:ftr {NAMESPACES}>{xml}</w:ftr>".encode()
            name = f"footer{len(self._known) + 1}.xml"
            self._known[xml] = self._add(name, CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER, part)
        return self._known[xml]

    def header(self, xml: str) -> str:
        """The relation of a page header with these paragraphs."""
        if xml not in self._known:
            part = f"{_HEAD}<w:hdr {NAMESPACES}>{xml}</w:hdr>".encode()
            name = f"header{len(self._known) + 1}.xml"
            self._known[xml] = self._add(name, CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER, part)
        return self._known[xml]

    def picture(self, content: bytes, kind: str, suffix: str) -> str:
        """The relation of a picture of that content type and file suffix."""
        digest = sha256(content).hexdigest()
        if digest not in self._known:
            name = f"media/{digest[:16]}.{suffix}"
            self._known[digest] = self._add(name, kind, RELATIONSHIP_TYPE.IMAGE, content)
        return self._known[digest]

    def _add(self, name: str, kind: str, relation: str, content: bytes) -> str:
        part = Part(PackURI(f"/word/{name}"), kind, content)
        return self._document.relate_to(part, relation)

    def write(self, paper: Paper, content: str, target: Path, at: dt.datetime | None = None) -> None:
        """Zip everything, with ``content`` as the body of the document, into ``target``.

        Args:
            paper: whose fonts and properties it takes.
            content: the body's XML.
            target: the file to make.
            at: the moment it says it was made, now where None; with it the same paper gives the same bytes.
        """
        styles, settings = (_HEAD + _styles(paper.fonts)).encode(), (_HEAD + _SETTINGS).encode()
        self._add("styles.xml", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, styles)
        self._add("settings.xml", CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS, settings)
        self._document.text = f"{_HEAD}<w:document {NAMESPACES}><w:body>{content}</w:body></w:document>"
        self._describe(paper, at or dt.datetime.now(dt.UTC))
        self._package.save(str(target))
        if at is not None:
            _date_members(target, at)

    def _describe(self, paper: Paper, at: dt.datetime) -> None:
        organs = paper.header.organs or (paper.signature.organs if paper.signature else ())
        about = self._package.core_properties
        about.author = about.last_modified_by = _short("、".join(organs))
        about.title = _short("".join(lines(paper.title)))
        about.subject = _short(paper.header.number)
        about.language = "zh-CN"
        about.created = about.modified = at


def _date_members(target: Path, at: dt.datetime) -> None:
    """Give every member of a zip the same moment: python-docx gives each the moment it is written."""
    with ZipFile(target) as zipped:
        held = [(name, zipped.read(name)) for name in zipped.namelist()]
    with ZipFile(target, "w", ZIP_DEFLATED) as zipped:
        for name, content in held:
            member = ZipInfo(name, max(at, _ZIP_BEGINS).timetuple()[:6])
            member.compress_type = ZIP_DEFLATED
            zipped.writestr(member, content)


_ZIP_BEGINS = dt.datetime(1980, 1, 1)
"""The first moment a zip file can say."""


def _short(text: str) -> str:
    return clean(text)[:_LONGEST_PROPERTY]


def _styles(fonts: Fonts) -> str:
    name = quoteattr(clean(fonts.body))
    slots = " ".join(f"w:{slot}={name}" for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    return _STYLES.format(namespaces=NAMESPACES, fonts=f"<w:rFonts {slots}/>", half=standard.BODY, pitch=standard.PITCH)
