"""The header (版头) of the general format: rows above the mark, the mark, the number, the red rule (7.2)."""

from dataclasses import dataclass
from math import ceil

from exporters import standard as page
from exporters.docx.marks import marked
from exporters.docx.text import TAB, Justify, blank, clean, paragraph, rule, run
from models.paper import marks
from models.paper.elements import Fonts, Header
from models.paper.titles import break_title


@dataclass(frozen=True, slots=True)
class Mark:
    """How the mark (发文机关标志) is set: its lines, size in half-points and width in percent."""

    lines: tuple[str, ...]
    half: int
    scale: int

    @property
    def line(self) -> int:
        """The exact line height in twips."""
        return round(self.half * 11)


def mark(text: str, width: int = page.TEXT_WIDTH) -> Mark:
    """Fit a mark into ``width`` twips: large, then narrower letters, then two lines.

    The standard gives no size, only that it be eye-catching (7.2.4). The usual mark is condensed
    rather than small, so letters narrow to 60 percent before the mark breaks by meaning.
    """
    room = width * 0.97 / 10
    one = page.ems(text)
    if room / one >= page.MARK_SMALLEST * page.MARK_NARROWEST / 100:
        broken: tuple[str, ...] = (text,)
    else:
        broken = break_title(text, max_width_em=ceil(one / 2) + 2)
    longest = max(page.ems(line) for line in broken)
    largest = page.MARK_LARGEST if len(broken) == 1 else page.MARK_SMALLEST + 8
    half = max(page.MARK_SMALLEST, min(largest, int(room / longest)))
    return Mark(broken, half, min(100, int(room / longest / half * 100)))


def write(header: Header, fonts: Fonts) -> str:
    """The whole header and the two blank rows below its red rule.

    Mark and rule are rounded to whole rows by stretching the blank rows around the number, so that
    the rest of page 1 stands on the same grid as every other page and fills its 22 rows (5.2.3).
    """
    set_as = mark_of(header)
    height = _height(set_as)
    slack = round(height / page.PITCH) * page.PITCH - height
    joint = len(header.organs) > 1
    stretched = [page.PITCH + slack // 2, page.PITCH + slack - slack // 2]
    return "".join(
        (
            _rows_above(header, fonts),
            _joint_mark(header, set_as, fonts) if joint else _single_mark(set_as, fonts),
            paragraph(snap=False),
            paragraph(line=stretched[0], snap=False),
            _upward_number(header, fonts) if header.upward else _number(header, fonts),
            paragraph(line=stretched[1], snap=False),
            blank(),
        )
    )


def rows(header: Header) -> int:
    """How many of page 1's rows ``write`` takes."""
    numbers = max(1, (len(header.signers) + 1) // 2)
    return page.MARK_ROWS + round(_height(mark_of(header)) / page.PITCH) + 2 + numbers + 2


def _height(set_as: Mark) -> int:
    """What the mark and the red rule take, in twips."""
    return space_above(set_as) + set_as.line * len(set_as.lines) + _RULE_HEIGHT


def mark_of(header: Header) -> Mark:
    """How the mark of a general header is set; several organs stand one below the other, 文件 beside them."""
    if len(header.organs) < 2:
        return mark(clean("".join(header.organs) + header.mark_suffix) or " ")
    longest = max(page.ems(organ) for organ in header.organs)
    room = page.TEXT_WIDTH * 0.97 / 10 / (longest + _SLACK + beside(header))
    half = max(_JOINT_SMALLEST, min(_JOINT_LARGEST, int(room)))
    return Mark(tuple(map(clean, header.organs)), half, min(100, int(room / half * 100)))


def joint_columns(header: Header) -> tuple[int, int]:
    """The widths in twips of the organs' names, which are spread over it, and of 文件 with the gap before it."""
    set_as = mark_of(header)
    em = set_as.half * 10 * set_as.scale / 100
    return round((max(map(page.ems, set_as.lines)) + _SLACK) * em), round(beside(header) * em)


def beside(header: Header) -> float:
    """The width of 文件 and the gap before it, in characters of the mark."""
    return page.ems(header.mark_suffix) + 0.5 if header.mark_suffix else 0


def rows_above(header: Header, fonts: Fonts) -> list[str]:
    """份号, 密级 and 紧急程度 as runs, in their order, those that are given (7.2.1–7.2.3)."""
    given = ((header.copy_number, fonts.body), (header.secrecy, fonts.hei), (header.urgency, fonts.hei))
    return [run(text, font) for text, font in given if text]


def _rows_above(header: Header, fonts: Fonts) -> str:
    rows = rows_above(header, fonts)
    # Always as many rows, so that the mark keeps its place.
    rows += [""] * (page.MARK_ROWS - len(rows))
    return "".join(paragraph(row, justify="left") for row in rows)


def _single_mark(set_as: Mark, fonts: Fonts) -> str:
    return "".join(
        _mark_line(text, "center", set_as, fonts, 0 if number else space_above(set_as))
        for number, text in enumerate(set_as.lines)
    )


def _mark_line(text: str, justify: Justify, set_as: Mark, fonts: Fonts, before: int = 0) -> str:
    ink = run(text, fonts.mark, set_as.half, tighten=0, color=page.RED, scale=set_as.scale)
    return paragraph(ink, justify=justify, line=set_as.line, before=before)


def space_above(set_as: Mark, top: float = page.MARK_TOP - page.MARK_ROWS * page.PITCH) -> int:
    """Space before the mark's line so that the ink begins ``top`` twips below where the line could.

    An exact line has its baseline at 80 percent; the letters of 小标宋 rise 0.85 of their size.
    """
    ink = 0.8 * set_as.line - 0.85 * set_as.half * 10
    return max(0, round(top - ink))


def _joint_mark(header: Header, set_as: Mark, fonts: Fonts) -> str:
    """Several organs, the lead organ first, 文件 to their right and centred vertically (7.2.4)."""
    left, right = joint_columns(header)
    names = "".join(_mark_line(name, "distribute", set_as, fonts) for name in set_as.lines)
    columns = [(left, names)]
    if right:
        columns.append((right, _mark_line(header.mark_suffix, "right", set_as, fonts)))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width, _ in columns)
    row = "".join(_cell(width, content) for width, content in columns)
    return (
        f'{paragraph(line=max(1, space_above(set_as)))}<w:tbl><w:tblPr><w:tblW w:w="{left + right}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>{_NO_MARGINS}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr>{row}</w:tr></w:tbl>"
    )


_NO_MARGINS = (
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
)


def _cell(width: int, content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'


_RULE = rule("bottom", page.RULE_EIGHTHS, page.RED, page.RULE_SPACE)
_RULE_HEIGHT = page.RULE_SPACE * 20 + page.RULE_EIGHTHS * 20 // 8
_JOINT_SMALLEST, _JOINT_LARGEST = 44, 64
_SLACK = 0.3
"""What narrowed letters may be wider than their share, in characters; a name as wide as its column would wrap."""


def number_of(header: Header, fonts: Fonts) -> str:
    """发文字号 as a run with its name."""
    return marked(run(header.number, fonts.body), marks.field("number"))


def _number(header: Header, fonts: Fonts) -> str:
    return paragraph(number_of(header, fonts), justify="center", borders=_RULE, snap=False)


def _upward_number(header: Header, fonts: Fonts) -> str:
    """The number one character in, level with the last of the signers, two to a row (7.2.5, 7.2.6).

    Tab stops place the names, since an indent would shorten the rule below.
    """
    widest = max(page.twips(name) for name in header.signers)
    columns = min(2, len(header.signers))
    name_at = [
        page.TEXT_WIDTH - page.CELL - widest * (columns - n) - page.CELL * (columns - n - 1) for n in range(columns)
    ]
    label_at = name_at[0] - 4 * page.CELL
    tabs = tuple(("left", at) for at in (page.CELL, label_at, *name_at))
    rows = [header.signers[n : n + columns] for n in range(0, len(header.signers), columns)]
    written = []
    for number, names in enumerate(rows):
        last = number == len(rows) - 1
        label = run("签发人：", fonts.body) if number == 0 else ""
        start = TAB + (number_of(header, fonts) if last else "") + TAB + label
        written.append(
            paragraph(
                start + "".join(TAB * (n > 0 or not label) + run(name, fonts.kai) for n, name in enumerate(names)),
                justify="left",
                tabs=tabs,
                borders=_RULE if last else "",
                snap=False,
            )
        )
    return "".join(written)
