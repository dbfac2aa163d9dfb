"""The letter format (信函格式, 10.1)."""

from itertools import zip_longest

from exporters.gongwen import page
from exporters.gongwen.header import mark, rows_above
from exporters.gongwen.text import blank, clean, paragraph, rule, run
from models.paper.elements import Fonts, Header

# Two single borders a rule: which side of a compound border is thick depends on the program.
_THICK, _THIN = 18, 6
_HAIR = 20


def first_page_foot() -> str:
    """The double rule 20 mm above the foot of page 1, thin above thick, 170 mm long."""
    return _line(_THIN, _HAIR) + _line(_THICK, _HAIR)


def write(header: Header, fonts: Fonts) -> str:
    """The organ's name 30 mm from the top of the page, the double rule, the number at the right edge."""
    name = mark(clean("".join(header.organs)) or " ")
    return "".join(
        (
            *(_name_line(name.lines[n], n, fonts) for n in range(len(name.lines))),
            # From the text area's top to 4 mm below the name.
            _line(_THICK, _to_rule(name.line * len(name.lines), name.half)),
            _line(_THIN, _HAIR),
            _rows_below(header, fonts),
            blank(2),
        )
    )


def _name_line(text: str, number: int, fonts: Fonts) -> str:
    name = mark(text)
    top = page.LETTER_MARK_TOP - (0.8 * name.line - 0.86 * name.half * 10) + number * name.line
    frame = (
        f'<w:framePr w:w="{page.TEXT_WIDTH}" w:h="{name.line}" w:hRule="exact" w:wrap="around" '
        f'w:vAnchor="page" w:hAnchor="margin" w:xAlign="center" w:y="{round(top)}"/>'
    )
    ink = run(text, fonts.mark, name.half, tighten=0, color=page.RED, scale=name.scale)
    return paragraph(ink, justify="center", line=name.line, frame=frame)


def _to_rule(height: int, half: int) -> int:
    ink_bottom = page.LETTER_MARK_TOP + height - half * 1.0
    return max(_HAIR, round(ink_bottom + 4 * page.MM - page.TOP))


def _line(eighths: int, height: int) -> str:
    return paragraph(
        justify="left",
        line=height,
        left=-page.LETTER_RULE_OUTSET,
        right=-page.LETTER_RULE_OUTSET,
        borders=rule("bottom", eighths, page.RED),
    )


def _rows_below(header: Header, fonts: Fonts) -> str:
    """份号, 密级, 紧急程度 at the left and the number at the right, all from the first row on (10.1)."""
    numbers = [run(header.number, fonts.body)] if header.number else []
    tab = "<w:r><w:tab/></w:r>"
    rows = zip_longest(rows_above(header, fonts), numbers, fillvalue="")
    return "".join(
        paragraph(
            left + (tab + right if right else ""),
            justify="left",
            before=85 if n == 0 else 0,
            tabs=(("right", page.TEXT_WIDTH),),
        )
        for n, (left, right) in enumerate(rows)
    )
