"""The header (版头) as rows: general format with one or more organs (7.2), letter format (10.1)."""

from itertools import zip_longest

from exporters import standard
from exporters.docx import header as docx_header
from exporters.docx import letter as docx_letter
from exporters.docx.header import Mark as MarkSetting
from exporters.docx.header import joint_columns, mark, mark_of, space_above
from exporters.docx.text import clean
from exporters.pages.fonts import Style
from exporters.pages.geometry import CELL, MM, PITCH, POINT, PORTRAIT, SHEET_HEIGHT, TEXT_WIDTH, baseline
from exporters.pages.rows import Mark, Row, Rule, Text, blank, text_rows
from exporters.pages.setting import Alignment, Line, Piece, Setter, Shape, spread
from exporters.pages.styles import HEI, KAI, TEXT
from models.paper.elements import Header

_RULE = standard.RULE_EIGHTHS / 8
_OUTSET = standard.LETTER_RULE_OUTSET / POINT
_THICK, _THIN = 2.25, 0.75


def general(header: Header, setter: Setter) -> list[Row]:
    """Three rows above the mark, the mark, two blank rows, the number over the red rule, two blank rows.

    The blank rows around the number are stretched so that what follows stands on the page's grid.
    """
    above = [_left(piece, setter) for piece in _above(header)]
    marks = _joint_mark(header, setter) if len(header.organs) > 1 else _single_mark(header, setter)
    number = _upward_number(header, setter) if header.upward else _number(header, setter)
    rows = [*above, *blank(standard.MARK_ROWS - len(above)), *marks, *number]
    slack = (docx_header.rows(header) - 4) * PITCH - sum(row.height for row in rows)
    stretched = Row(PITCH + slack / 2)
    return [*rows[: -len(number)], *blank(), stretched, *number, stretched, *blank()]


def letter(header: Header, setter: Setter) -> list[Row]:
    """The organ's name 30 mm from the top of the page, the double rule, the number at the right edge.

    The page's lower double rule hangs on the first row too, since it is on page 1 alone.
    """
    # 10.1: a joint letter carries the lead organ's mark alone.
    name = mark(clean("".join(header.organs[:1])) or " ")
    size, pitch = name.half / 2, name.line / POINT
    top = standard.LETTER_MARK_TOP / POINT + 0.86 * size - PORTRAIT.rows_top
    marks: list[Mark] = [
        Text(_mark_line(text, "center", name, setter), top + number * pitch) for number, text in enumerate(name.lines)
    ]
    # Letters are 0.95 of their size high.
    name_foot = standard.LETTER_MARK_TOP / POINT + (len(name.lines) - 1) * pitch + 0.95 * size
    room = max(1.0, name_foot + 4 * MM - PORTRAIT.top)
    marks += [_double(room, _THICK), _double(room + _THICK + 1, _THIN)]
    foot = SHEET_HEIGHT - 20 * MM - PORTRAIT.rows_top
    marks += [_double(foot - _THICK, _THICK), _double(foot - _THICK - 1 - _THIN, _THIN)]
    rule = Row(room + _THICK + 1 + _THIN, tuple(marks), "header")
    rows = [rule, *_letter_rows(header, setter), *blank()]
    # The last blank row brings the title back to the grid.
    return [*rows, Row(docx_letter.rows(header) * PITCH - sum(row.height for row in rows))]


def _above(header: Header) -> list[Piece]:
    given = ((header.copy_number, TEXT), (header.secrecy, HEI), (header.urgency, HEI))
    return [Piece(clean(text), style) for text, style in given if text]


def _left(piece: Piece, setter: Setter) -> Row:
    return text_rows(setter.lines([piece], Shape(TEXT_WIDTH, align="left")), "header")[0]


def _text(pieces: list[Piece], shape: Shape, setter: Setter, y: float = 0.0) -> Text:
    return Text(setter.lines(pieces, shape)[0], y + baseline(PITCH))


def _single_mark(header: Header, setter: Setter) -> list[Row]:
    set_as = mark_of(header)
    rows = []
    for number, text in enumerate(set_as.lines):
        before = 0.0 if number else space_above(set_as) / POINT
        pitch = set_as.line / POINT
        line = _mark_line(text, "center", set_as, setter)
        rows.append(Row(before + pitch, (Text(line, before + baseline(pitch)),), "header"))
    return rows


def _mark_style(set_as: MarkSetting) -> Style:
    return Style("mark", set_as.half / 2, red=True, stretch=set_as.scale / 100)


def _mark_line(text: str, align: Alignment, set_as: MarkSetting, setter: Setter) -> Line:
    return setter.lines([Piece(text, _mark_style(set_as))], Shape(TEXT_WIDTH, align=align))[0]


def _joint_mark(header: Header, setter: Setter) -> list[Row]:
    """Organs below each other, all as wide as the longest; the suffix right of them, centred (7.2.4)."""
    set_as = mark_of(header)
    em = set_as.half / 2 * set_as.scale / 100
    wide, right = (column / POINT for column in joint_columns(header))
    left = (TEXT_WIDTH - wide - right) / 2
    before, pitch = space_above(set_as) / POINT, set_as.line / POINT
    style = _mark_style(set_as)
    shape = Shape(TEXT_WIDTH, left=left, align="left")
    marks = [
        Text(spread(setter.lines([Piece(organ, style)], shape)[0], wide), before + n * pitch + baseline(pitch))
        for n, organ in enumerate(set_as.lines)
    ]
    if header.mark_suffix:
        beside = shape._replace(left=left + wide + 0.5 * em)
        line = setter.lines([Piece(clean(header.mark_suffix), style)], beside)[0]
        marks.append(Text(line, before + (len(header.organs) - 1) * pitch / 2 + baseline(pitch)))
    return [Row(before + len(header.organs) * pitch, tuple(marks), "header")]


def _number(header: Header, setter: Setter) -> list[Row]:
    text = _text([Piece(clean(header.number), TEXT)], Shape(TEXT_WIDTH, align="center"), setter)
    return [_ruled((text,))]


def _ruled(marks: tuple[Text, ...]) -> Row:
    """The row with the red rule below it (7.2.7)."""
    at = PITCH + standard.RULE_SPACE
    rule = Rule(0, at, TEXT_WIDTH, _RULE, red=True)
    return Row(at + _RULE, (*marks, rule), "header")


def _upward_number(header: Header, setter: Setter) -> list[Row]:
    """The number one character in, level with the last of the signers, two to a row (7.2.5, 7.2.6)."""
    widest = max(standard.twips(name) for name in header.signers) / POINT
    columns = min(2, len(header.signers))
    names_at = [TEXT_WIDTH - CELL - widest * (columns - n) - CELL * (columns - n - 1) for n in range(columns)]
    rows = [header.signers[n : n + columns] for n in range(0, len(header.signers), columns)]
    found = []
    for number, names in enumerate(rows):
        placed = [(at, Piece(clean(name), KAI)) for at, name in zip(names_at, names, strict=False)]
        if number == 0:
            placed.insert(0, (names_at[0] - 4 * CELL, Piece("签发人：", TEXT)))
        if number == len(rows) - 1:
            placed.insert(0, (CELL, Piece(clean(header.number), TEXT)))
        marks = tuple(_text([piece], Shape(TEXT_WIDTH, left=at, align="left"), setter) for at, piece in placed)
        found.append(_ruled(marks) if number == len(rows) - 1 else Row(PITCH, marks, "header"))
    return found


def _double(y: float, thickness: float) -> Rule:
    return Rule(-_OUTSET, y, TEXT_WIDTH + 2 * _OUTSET, thickness, red=True)


def _letter_rows(header: Header, setter: Setter) -> list[Row]:
    """份号, 密级, 紧急程度 at the left and the number at the right, all from the first row on."""
    numbers = [Piece(clean(header.number), TEXT)] if header.number else []
    rows = []
    for number, (left, right) in enumerate(zip_longest(_above(header), numbers)):
        before = 0.0 if number else 4.25
        marks = [_text([left], Shape(TEXT_WIDTH, align="left"), setter, before)] if left else []
        marks += [_text([right], Shape(TEXT_WIDTH, align="right"), setter, before)] if right else []
        rows.append(Row(before + PITCH, tuple(marks), "header"))
    return rows
