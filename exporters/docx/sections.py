"""Sections and page numbers (7.5), portrait and landscape (clause 8)."""

from typing import Literal

from exporters import draft_stamp, standard
from exporters.docx.package import Package
from exporters.docx.text import field, paragraph, rule, run
from models.paper.elements import Fonts

Side = Literal["right", "left"]
Break = Literal["nextPage", "evenPage"]
_EMU = 635


def page_number(side: Side, fonts: Fonts, before: int = 0, after: int = 0) -> str:
    """— N — in 4号 宋体, one character in at the right of odd and at the left of even pages."""
    dash = run("—", fonts.song, standard.SMALL, tighten=0)
    blank = run(" ", fonts.song, standard.SMALL, tighten=0)
    return paragraph(
        dash + blank + field("PAGE", "1", fonts.song, standard.SMALL) + blank + dash,
        justify=side,
        left=standard.SMALL_CELL if side == "left" else 0,
        right=standard.SMALL_CELL if side == "right" else 0,
        line=standard.FOOTER_LINE,
        before=before,
        after=after,
    )


def stamped(words: str, fonts: Fonts, text_width: int) -> str:
    """A page header with nothing but a stamp in a red frame, in line with the text's right edge."""
    # A text box would be simpler to place, but LibreOffice loses its words on a first page.
    wide, high = round(draft_stamp.WIDTH_MM * standard.MM), round(draft_stamp.HEIGHT_MM * standard.MM)
    said = run(words, fonts.hei, draft_stamp.SIZE_POINTS * 2, color=standard.RED, tighten=0)
    thick = round(draft_stamp.RULE_POINTS * 8)
    frame = "".join(rule(edge, thick, standard.RED) for edge in ("top", "left", "bottom", "right"))
    return paragraph(said, justify="center", left=text_width - wide, line=high, borders=frame, snap=False)


class Sections:
    """The sections of one document; with a stamp every page has it at its top right."""

    def __init__(self, package: Package, fonts: Fonts, stamp: str = "") -> None:
        self._package = package
        self._fonts = fonts
        self._stamp = stamp

    def portrait(self, starts: Break = "nextPage", *, first_foot: str = "", numbered: bool = True) -> str:
        """A portrait section; ``first_foot`` takes the page number's place on its first page."""
        footer = standard.LETTER_FOOTER if first_foot else standard.FOOTER
        # The footer reaches up to the text area, which LibreOffice would else lengthen on an even page.
        spaces = standard.BOTTOM - standard.FOOTER - standard.FOOTER_LINE, standard.FOOTER - footer
        sides: dict[str, Side] = {"default": "right", "even": "left"}
        feet = {
            kind: page_number(side, self._fonts, *spaces) if numbered else paragraph() for kind, side in sides.items()
        }
        if first_foot:
            feet["first"] = first_foot
        size = f'w:w="{standard.PAGE_WIDTH}" w:h="{standard.PAGE_HEIGHT}"'
        return self._section(feet, starts, size, (standard.TOP, standard.RIGHT, standard.BOTTOM, standard.LEFT), footer)

    def landscape(self) -> str:
        """A landscape section, to be turned so that its head lies at the left of the bound page.

        The head is then at the binding side on odd and at the cut side on even pages, and the
        number, turned, stands where it stands on every other page (clause 8).
        """
        feet = {"default": self._turned("right"), "even": self._turned("left")}
        size = f'w:w="{standard.PAGE_HEIGHT}" w:h="{standard.PAGE_WIDTH}" w:orient="landscape"'
        return self._section(
            feet, "nextPage", size, (standard.LEFT, standard.TOP, standard.RIGHT, standard.BOTTOM), standard.HEADER
        )

    def _section(
        self,
        feet: dict[str, str],
        starts: Break,
        size: str,
        margins: tuple[int, int, int, int],
        footer: int,
    ) -> str:
        references = "".join(
            f'<w:footerReference w:type="{kind}" r:id="{self._package.footer(xml)}"/>' for kind, xml in feet.items()
        )
        if self._stamp:
            width = standard.TEXT_HEIGHT if "landscape" in size else standard.TEXT_WIDTH
            head = self._package.header(stamped(self._stamp, self._fonts, width))
            references = "".join(f'<w:headerReference w:type="{kind}" r:id="{head}"/>' for kind in feet) + references
        edges = " ".join(
            f'w:{edge}="{at}"' for edge, at in zip(("top", "right", "bottom", "left"), margins, strict=True)
        )
        first = "<w:titlePg/>" if "first" in feet else ""
        return (
            f'<w:sectPr>{references}<w:type w:val="{starts}"/><w:pgSz {size}/><w:pgMar {edges} '
            f'w:header="{standard.HEADER}" w:footer="{footer}" w:gutter="0"/>{first}'
            f'<w:docGrid w:type="lines" w:linePitch="{standard.PITCH}"/></w:sectPr>'
        )

    def _turned(self, side: Side) -> str:
        """The page number in a text box at the sheet's left edge, turned a quarter clockwise."""
        number = page_number(side, self._fonts)
        high = standard.TEXT_WIDTH
        wide = 2 * standard.SMALL_CELL
        # The sheet's left edge is the bound page's foot: dash 7 mm outside the text area.
        left = standard.BOTTOM - round(7 * standard.MM) - wide // 2
        shape = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
        return paragraph(
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" '
            'distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" '
            'allowOverlap="1"><wp:simplePos x="0" y="0"/>'
            f'<wp:positionH relativeFrom="page"><wp:posOffset>{left * _EMU}</wp:posOffset></wp:positionH>'
            f'<wp:positionV relativeFrom="page"><wp:posOffset>{standard.LEFT * _EMU}</wp:posOffset></wp:positionV>'
            f'<wp:extent cx="{wide * _EMU}" cy="{high * _EMU}"/><wp:wrapNone/><wp:docPr id="90" name="页码"/>'
            f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{shape}"><wps:wsp><wps:cNvSpPr txBox="1"/>'
            f'<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide * _EMU}" cy="{high * _EMU}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
            f"<wps:txbx><w:txbxContent>{number}</w:txbxContent></wps:txbx>"
            '<wps:bodyPr vert="vert" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr">'
            "<a:noAutofit/></wps:bodyPr></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
            "</mc:Choice></mc:AlternateContent></w:r>",
            line=standard.FOOTER_LINE,
        )
