"""The colophon (版记, 7.4): its last rule lies on the foot of the text area of the last page."""

from exporters import standard
from exporters.docx.marks import marked
from exporters.docx.text import TAB, clean, paragraph, rule, run, speck
from models.paper import marks
from models.paper.elements import Colophon, Fonts
from models.paper.numbering import full_day

# A floating table: it moves whole to the next page when this one is full, which a framed
# paragraph does not. Anchored to the page, since Word shifts a full-width one anchored to the margin.
_PLACE = (
    '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:topFromText="0" w:bottomFromText="0" '
    f'w:vertAnchor="margin" w:horzAnchor="page" w:tblpX="{standard.LEFT}" w:tblpYSpec="bottom"/>'
    '<w:tblOverlap w:val="never"/>'
)
_NO_MARGINS = "".join(f'<w:{edge} w:w="0" w:type="dxa"/>' for edge in ("top", "left", "bottom", "right"))


def write(given: Colophon, fonts: Fonts, *, addressees: str = "", ruled: bool = True) -> str:
    """The colophon and the paragraph it hangs on.

    Args:
        given: what it says; parts that are empty leave no row.
        fonts: the document's fonts.
        addressees: 主送 moved here because page 1 had no room for them (7.3.2, 7.4.2).
        ruled: False for a letter, which has neither rules nor printer (10.1).
    """
    sent = [(label, text) for label, text in (("主送：", _closed(addressees)), ("抄送：", copies(given))) if text]
    rows = ["".join(_sent(label, text, fonts) for label, text in sent)] if sent else []
    if ruled and (given.printer or given.print_date):
        rows.append(_printed(given, fonts))
    if not rows:
        return ""
    edges = [standard.THICK, *[standard.THIN] * (len(rows) - 1), standard.THICK] if ruled else [0] * (len(rows) + 1)
    drawn = "".join(_row(row, *edges[n : n + 2]) for n, row in enumerate(rows))
    return (
        f'<w:tbl><w:tblPr>{_PLACE}<w:tblW w:w="{standard.TEXT_WIDTH}" w:type="dxa"/>'
        f'<w:tblInd w:w="0" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>{_NO_MARGINS}'
        f'</w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="{standard.TEXT_WIDTH}"/></w:tblGrid>'
        f"{drawn}</w:tbl>{speck()}"
    )


def copies(given: Colophon) -> str:
    """抄送机关 as one text that ends with 。 (7.4.2)."""
    return _closed(clean("，".join(name.strip() for name in given.copy_to)))


def _closed(text: str) -> str:
    ended = text.strip().rstrip("。，；、：")
    return f"{ended}。" if ended else ""


_NAMES = {"主送：": "addressees", "抄送：": "copies"}


def _sent(label: str, text: str, fonts: Fonts) -> str:
    """One character in on both sides, wrapping after the ：."""
    hanging = 3 * standard.SMALL_CELL
    return paragraph(
        marked(run(label + text, fonts.body, standard.SMALL, tighten=0), marks.field(_NAMES[label])),
        left=standard.SMALL_CELL + hanging,
        right=standard.SMALL_CELL,
        hanging=hanging,
        line=standard.SMALL_PITCH,
    )


def _printed(given: Colophon, fonts: Fonts) -> str:
    """The printing organ at the left, 印发 with its date at the right (7.4.3)."""
    date = f"{full_day(given.print_date)}印发" if given.print_date else ""
    room = standard.TEXT_WIDTH - 2 * standard.SMALL_CELL - (standard.ems(date) + 1) * standard.SMALL_CELL
    wanted = max(1.0, standard.ems(given.printer) * standard.SMALL_CELL)
    printer = marked(
        run(given.printer, fonts.body, standard.SMALL, tighten=0, scale=min(100, int(100 * room / wanted))),
        marks.field("printer"),
    )
    return paragraph(
        printer + TAB + run(date, fonts.body, standard.SMALL, tighten=0),
        justify="left",
        left=standard.SMALL_CELL,
        line=standard.SMALL_PITCH,
        tabs=(("right", standard.TEXT_WIDTH - standard.SMALL_CELL),),
    )


def _row(content: str, above: int, below: int) -> str:
    borders = (rule("top", above) if above else "") + (rule("bottom", below) if below else "")
    return (
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{standard.TEXT_WIDTH}" w:type="dxa"/>'
        f"<w:tcBorders>{borders}</w:tcBorders></w:tcPr>{content}</w:tc></w:tr>"
    )
