"""What follows the text as rows: 附件说明, 署名 and 成文日期, 附注, 版记 (7.3.4–7.3.6, 7.4)."""

from dataclasses import replace

from exporters import standard
from exporters.docx.closing import SEAL_ROWS, SEAL_TO_SEAL, SPREAD_SLACK, annex_names, seal_rows, stays_whole
from exporters.docx.colophon import copies
from exporters.docx.text import clean
from exporters.pages.geometry import CELL, POINT, SMALL, SMALL_PITCH, TEXT_WIDTH, baseline
from exporters.pages.rows import Mark, Row, Rule, Text, blank, text_rows
from exporters.pages.setting import Line, Piece, Setter, Shape, spread
from exporters.pages.styles import SMALL_TEXT, TEXT
from models.paper.elements import Annex, Colophon, Paper, Signature
from models.paper.numbering import full_day

_THICK, _THIN = standard.THICK / 8, standard.THIN / 8


def after_text(paper: Paper, setter: Setter) -> list[Row]:
    """Everything between the text and the attachments."""
    rows = annex_note(paper.annexes, setter, whole=stays_whole(paper))
    if paper.signature:
        rows += signature(paper.signature, setter, keep=bool(paper.note))
    inner = clean(paper.note).strip().removeprefix("（").removesuffix("）")
    if inner:
        rows += text_rows(setter.lines([Piece(f"（{inner}）", TEXT)], Shape(TEXT_WIDTH, first=2 * CELL)), "note")
    return rows


def annex_note(annexes: tuple[Annex, ...], setter: Setter, *, whole: bool = True) -> list[Row]:
    """附件：X, or 附件：1. X and below it 2. Y; names wrap under their first character (7.3.4)."""
    rows = blank(keep=True) if annexes else []
    for number, name in enumerate(annex_names(annexes), 1):
        ordinal = f"{number}." if len(annexes) > 1 else ""
        label = ("附件：" if number == 1 else "") + ordinal
        left = 2 * CELL if number == 1 else 5 * CELL
        hanging = setter.width([Piece(label, TEXT)])
        shape = Shape(TEXT_WIDTH, first=-hanging, left=left + hanging)
        keep = whole or number == len(annexes)
        rows += text_rows(setter.lines([Piece(label + name, TEXT)], shape), f"annex_note.{number - 1}", keep=keep)
    return rows


def signature(signed: Signature, setter: Setter, *, keep: bool = False) -> list[Row]:
    """Organs and date, kept with the text before them (7.3.5) and, if ``keep``, with the note after them."""
    *rows, date = _sealed(signed, setter) if signed.sealed else _unsealed(signed, setter)
    return [*(replace(row, part="signature", keep=True) for row in rows), replace(date, part="signature", keep=keep)]


def _unsealed(signed: Signature, setter: Setter) -> list[Row]:
    """One blank row; organ two characters from the right, the date starting two further in (7.3.5.2)."""
    written = full_day(signed.date)
    widest = max(map(standard.twips, signed.organs)) / POINT
    organ_at = TEXT_WIDTH - 2 * CELL - widest
    latest = TEXT_WIDTH - 2 * CELL - standard.twips(written) / POINT
    date_at = min(organ_at + 2 * CELL, latest)
    organ_at = max(0.0, date_at - 2 * CELL)
    above, below = (Shape(TEXT_WIDTH, left=at, align="left") for at in (organ_at, date_at))
    wide = widest + SPREAD_SLACK / POINT if len(signed.organs) > 1 else 0.0
    organs = tuple(spread(_set(organ, above, setter), wide) for organ in signed.organs)
    return [*blank(), *text_rows(organs, "signature"), _line(written, below, setter)]


def _set(text: str, shape: Shape, setter: Setter) -> Line:
    return setter.lines([Piece(clean(text), TEXT)], shape)[0]


def _line(text: str, shape: Shape, setter: Setter) -> Row:
    return text_rows((_set(text, shape, setter),), "signature")[0]


def _sealed(signed: Signature, setter: Setter) -> list[Row]:
    """Room for the seal; date four characters from the right, organ centred over it (7.3.5.1)."""
    written = full_day(signed.date)
    center = TEXT_WIDTH - 4 * CELL - setter.width([Piece(written, TEXT)]) / 2
    rows: list[Row] = []
    for number, lines in enumerate(seal_rows(signed)):
        rows += blank(SEAL_TO_SEAL if number else SEAL_ROWS)
        rows += [
            _pair(names, center, setter) if len(names) == 2 else _over(names[0], center, setter) for names in lines
        ]
    return [*rows, _line(written, Shape(TEXT_WIDTH, right=4 * CELL, align="right"), setter)]


def _pair(names: tuple[str, ...], center: float, setter: Setter) -> Row:
    half = TEXT_WIDTH - center
    shapes = (Shape(2 * half, align="center"), Shape(TEXT_WIDTH, left=TEXT_WIDTH - 2 * half, align="center"))
    rows = [_line(name, shape, setter) for name, shape in zip(names, shapes, strict=True)]
    return replace(rows[0], marks=(*rows[0].marks, *rows[1].marks))


def _over(name: str, center: float, setter: Setter) -> Row:
    """Centred over the date; a name too wide for that ends at the right edge."""
    half = TEXT_WIDTH - center
    if standard.twips(name) / POINT > 2 * half:
        return _line(name, Shape(TEXT_WIDTH, align="right"), setter)
    return _line(name, Shape(TEXT_WIDTH, left=TEXT_WIDTH - 2 * half, align="center"), setter)


def colophon(given: Colophon, setter: Setter, *, addressees: str = "", ruled: bool = True) -> Row | None:
    """The colophon as one row that stays whole, or None where it says nothing.

    ``addressees`` are given where page 1 had no room for them (7.3.2). ``ruled`` is False for a letter,
    which has neither rules nor printer (10.1).
    """
    to = addressees.rstrip("：")
    sent = _sent(f"主送：{to}。", setter) if to else []
    copied = copies(given)
    sent += _sent(f"抄送：{copied}", setter) if copied else []
    parts = [sent] if sent else []
    if ruled and (given.printer or given.print_date):
        parts.append(_printed(given, setter))
    if not parts:
        return None
    edges = [_THICK, *[_THIN] * (len(parts) - 1), _THICK] if ruled else [0.0] * (len(parts) + 1)
    marks: list[Mark] = []
    y = 0.0
    for edge, rows in zip(edges, parts, strict=False):
        marks.append(Rule(0, y, TEXT_WIDTH, edge))
        y += edge
        for row in rows:
            marks += [Text(mark.line, mark.y + y) for mark in row.marks if isinstance(mark, Text)]
            y += row.height
    marks.append(Rule(0, y, TEXT_WIDTH, edges[-1]))
    return Row(y + edges[-1], tuple(mark for mark in marks if isinstance(mark, Text) or ruled), "colophon")


def _sent(text: str, setter: Setter) -> list[Row]:
    """One character in on both sides, wrapping after the ：."""
    shape = Shape(TEXT_WIDTH, first=-3 * SMALL, left=4 * SMALL, right=SMALL)
    return text_rows(setter.lines([Piece(text, SMALL_TEXT)], shape), "colophon", pitch=SMALL_PITCH)


def _printed(given: Colophon, setter: Setter) -> list[Row]:
    """The printing organ at the left, 印发 with its date at the right (7.4.3)."""
    date = f"{full_day(given.print_date)}印发" if given.print_date else ""
    room = TEXT_WIDTH - 2 * SMALL - (standard.ems(date) + 1) * SMALL
    wanted = max(1.0, standard.ems(given.printer) * SMALL)
    style = SMALL_TEXT._replace(stretch=min(100, int(100 * room / wanted)) / 100)
    shapes = (
        (Piece(clean(given.printer), style), Shape(TEXT_WIDTH, left=SMALL, align="left")),
        (Piece(date, SMALL_TEXT), Shape(TEXT_WIDTH, right=SMALL, align="right")),
    )
    marks = tuple(Text(setter.lines([piece], shape)[0], baseline(SMALL_PITCH)) for piece, shape in shapes if piece.text)
    return [Row(SMALL_PITCH, marks, "colophon")]
