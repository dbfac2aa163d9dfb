"""The letter format (信函格式, 10.1)."""

from itertools import zip_longest
from math import ceil

from exporters import standard
from exporters.docx.header import Mark, mark, number_of, rows_above
from exporters.docx.text import TAB, clean, paragraph, rule, run
from models.paper.elements import Fonts, Header

# Two single borders a rule: which side of a compound border is thick depends on the program.
_THICK, _THIN = 18, 6
_HAIR = 20
_BELOW_RULE = 85


def first_page_foot() -> str:
    """The double rule 20 mm above the foot of page 1, thin above thick, 170 mm long."""
    return _line(_THIN, _HAIR) + _line(_THICK, _HAIR)


def write(header: Header, fonts: Fonts) -> str:
    """The organ's name 30 mm from the top of the page, the double rule, the number at the right edge.

    The last of the blank rows brings the title back to the grid of rows.
    """
    name = _name(header)
    slack = _first_row(name) * standard.PITCH - _above(name)
    return "".join(
        (
            *(_name_line(name, n, fonts) for n in range(len(name.lines))),
            _line(_THICK, _to_rule(name)),
            _line(_THIN, _HAIR),
            _rows_below(header, fonts),
            paragraph(snap=False),
            paragraph(line=standard.PITCH + slack, snap=False),
        )
    )


def rows(header: Header) -> int:
    """How many of page 1's rows ``write`` takes."""
    return _first_row(_name(header)) + len(_rows(header, Fonts())) + 2


def _name(header: Header) -> Mark:
    # 10.1: a joint letter carries the lead organ's mark alone.
    return mark(clean("".join(header.organs[:1])) or " ")


def _above(name: Mark) -> int:
    """From the text area's top to the first row below the double rule, in twips."""
    return _to_rule(name) + _HAIR + (_THICK + _THIN) * 20 // 8 + _BELOW_RULE


def _first_row(name: Mark) -> int:
    return ceil(_above(name) / standard.PITCH)


def _name_line(name: Mark, number: int, fonts: Fonts) -> str:
    top = standard.LETTER_MARK_TOP - (0.8 * name.line - 0.86 * name.half * 10) + number * name.line
    frame = (
        f'<w:framePr w:w="{standard.TEXT_WIDTH}" w:h="{name.line}" w:hRule="exact" w:wrap="around" '
        f'w:vAnchor="page" w:hAnchor="margin" w:xAlign="center" w:y="{round(top)}"/>'
    )
    ink = run(name.lines[number], fonts.mark, name.half, tighten=0, color=standard.RED, scale=name.scale)
    return paragraph(ink, justify="center", line=name.line, frame=frame)


def _to_rule(name: Mark) -> int:
    """From the text area's top to 4 mm below the name, in twips; letters are 0.95 of their size high."""
    name_foot = standard.LETTER_MARK_TOP + (len(name.lines) - 1) * name.line + name.half * 9.5
    return max(_HAIR, round(name_foot + 4 * standard.MM - standard.TOP))


def _line(eighths: int, height: int) -> str:
    return paragraph(
        justify="left",
        line=height,
        left=-standard.LETTER_RULE_OUTSET,
        right=-standard.LETTER_RULE_OUTSET,
        borders=rule("bottom", eighths, standard.RED),
    )


def _rows(header: Header, fonts: Fonts) -> list[str]:
    """份号, 密级, 紧急程度 at the left and the number at the right, all from the first row on (10.1)."""
    number = [TAB + number_of(header, fonts)] if header.number else []
    return [left + right for left, right in zip_longest(rows_above(header, fonts), number, fillvalue="")]


def _rows_below(header: Header, fonts: Fonts) -> str:
    return "".join(
        paragraph(
            content,
            justify="left",
            before=0 if n else _BELOW_RULE,
            tabs=(("right", standard.TEXT_WIDTH),),
            snap=False,
        )
        for n, content in enumerate(_rows(header, fonts))
    )
