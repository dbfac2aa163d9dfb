"""What follows the text: 附件说明, 署名 and 成文日期, 附注, and the attachments (7.3.4–7.3.7)."""

import zlib
from collections.abc import Iterator
from itertools import zip_longest

from exporters import standard
from exporters.docx.breaking import line_count
from exporters.docx.marks import marked
from exporters.docx.text import TAB, Justify, blank, clean, kept, paragraph, run
from models.paper import marks
from models.paper.elements import Annex, Fonts, Paper, Signature
from models.paper.numbering import full_day
from models.paper.titles import break_name

# A seal of 42 mm spans four rows: two rows between the text and the organ keep its top within one row.
SEAL_ROWS = 2
SEAL_TO_SEAL = 4
"""Blank rows between the names of two rows of seals, which may not touch."""
_ONE_LINE = 24
SPREAD_SLACK = standard.CELL // 8
"""What a name spread over its own width is given more, in twips, so that rounding cannot wrap it."""


def annex_note(annexes: tuple[Annex, ...], fonts: Fonts, *, whole: bool = True) -> str:
    """附件：X, or 附件：1. X and below it 2. Y; names wrap under their first character (7.3.4).

    ``whole`` keeps them on one page; else only the last one stays with what follows.
    """
    if not annexes:
        return ""
    several = len(annexes) > 1
    written = []
    for number, name in enumerate(annex_names(annexes), 1):
        ordinal = f"{number}." if several else ""
        label, left = ("附件：" + ordinal, 2) if number == 1 else (ordinal, 5)
        hanging = standard.twips(ordinal) + (3 * standard.CELL if number == 1 else 0)
        keep = whole or number == len(annexes)
        written.append(_hanging(label, name, left * standard.CELL, hanging, fonts, keep=keep))
    return blank(keep=True) + "".join(written)


def annex_names(annexes: tuple[Annex, ...]) -> list[str]:
    """The attachments' titles as the list names them: on one line, without a mark at the end (7.3.4)."""
    return [clean(annex.title).replace("\n", "").strip().rstrip("。；;，,.") for annex in annexes]


def annex_rows(annexes: tuple[Annex, ...]) -> int:
    """About how many rows ``annex_note`` takes."""
    room = standard.TEXT_WIDTH - (5 if len(annexes) == 1 else 6) * standard.CELL
    return sum(line_count(name, room) for name in annex_names(annexes)) + bool(annexes)


def stays_whole(paper: Paper) -> bool:
    """Whether the list of annexes fits the signature's page; a longer one parts between its names."""
    signed = signature_rows(paper.signature) if paper.signature else 0
    return annex_rows(paper.annexes) + signed < standard.LINES


def _hanging(label: str, name: str, left: int, hanging: int, fonts: Fonts, *, keep: bool) -> str:
    return paragraph(run(label + name, fonts.body), left=left + hanging, hanging=hanging, keep=keep)


def signature(signed: Signature, fonts: Fonts, *, keep: bool = False) -> str:
    """Organs and date, kept with the text before them (7.3.5) and, if ``keep``, with the note after them."""
    xml = "".join(_sealed(signed, fonts) if signed.sealed else _unsealed(signed, fonts))
    before, start, date = xml.rpartition("<w:p>")
    return f"{before}{kept(start + date)}" if keep else xml


def signature_rows(signed: Signature) -> int:
    """How many rows ``signature`` takes."""
    if not signed.sealed:
        return len(signed.organs) + 2
    rows = seal_rows(signed)
    return SEAL_ROWS + (len(rows) - 1) * SEAL_TO_SEAL + sum(map(len, rows)) + 1


def _center(signed: Signature) -> int:
    """The middle of a date that ends four characters from the right."""
    return standard.TEXT_WIDTH - 4 * standard.CELL - standard.twips(full_day(signed.date)) // 2


def _unsealed(signed: Signature, fonts: Fonts) -> Iterator[str]:
    """One blank row; organ two characters from the right, the date starting two further in (7.3.5.2).

    Left indents, so that the digits' width cannot shift the first characters. Several organs are spread to
    the width of the longest, so that each ends two characters from the right and begins where the others do.
    """
    written = full_day(signed.date)
    widest = max(map(standard.twips, signed.organs))
    organ_at = standard.TEXT_WIDTH - 2 * standard.CELL - widest
    latest = standard.TEXT_WIDTH - 2 * standard.CELL - standard.twips(written)
    date_at = min(organ_at + 2 * standard.CELL, latest)
    organ_at = max(0, date_at - 2 * standard.CELL)
    yield blank(keep=True)
    several = len(signed.organs) > 1
    right = standard.TEXT_WIDTH - organ_at - widest - SPREAD_SLACK if several else 0
    for organ in signed.organs:
        justify: Justify = "distribute" if several else "left"
        # A bookmark in a line that is spread over its width makes LibreOffice end it half a character too early.
        name = run(organ, fonts.body) if several else _organ(organ, fonts)
        yield paragraph(name, justify=justify, left=organ_at, right=right, keep=True)
    yield paragraph(_date(written, fonts), justify="left", left=date_at)


def _sealed(signed: Signature, fonts: Fonts) -> Iterator[str]:
    """Room for the seal; date four characters from the right, organ centred over it (7.3.5.1)."""
    written = full_day(signed.date)
    center = _center(signed)
    for number, row in enumerate(seal_rows(signed)):
        yield blank(SEAL_TO_SEAL if number else SEAL_ROWS, keep=True)
        for names in row:
            yield _pair(names, center, fonts) if len(names) == 2 else _over(names[0], center, fonts)
    yield paragraph(_date(written, fonts), justify="right", right=4 * standard.CELL)


def seal_rows(signed: Signature) -> list[list[tuple[str, ...]]]:
    """The names of the sealing organs in rows of lines: two organs a row, an odd last one over the date.

    Side by side in their order (7.3.5.1) the names and seals of four organs stay on one page with the
    annexes' list and the text's end. A name wider than its place breaks by meaning; two names end level.
    """
    center = _center(signed)
    over = 2 * (standard.TEXT_WIDTH - center)
    beside = min(over, 2 * center - standard.TEXT_WIDTH - standard.CELL)
    rows = [signed.organs[n : n + 2] for n in range(0, len(signed.organs), 2)]
    return [
        _level(*(_broken(organ, beside, beside) for organ in row))
        if len(row) == 2
        else [(line,) for line in _broken(row[0], _ONE_LINE * standard.CELL, over)]
        for row in rows
    ]


def _broken(organ: str, widest: int, width: int) -> tuple[str, ...]:
    """A name in one line up to ``widest`` twips, else broken into lines of ``width``."""
    return (organ,) if standard.twips(organ) <= widest else break_name(organ, width / standard.CELL)


def _level(left: tuple[str, ...], right: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The lines of two names side by side, level at the foot."""
    return [tuple(names) for names in zip_longest(left[::-1], right[::-1], fillvalue="")][::-1]


def _pair(names: tuple[str, ...], center: int, fonts: Fonts) -> str:
    tabs = (("center", standard.TEXT_WIDTH - center), ("center", center))
    content = "".join(TAB + _organ(name, fonts) for name in names)
    return paragraph(content, justify="left", tabs=tabs, keep=True)


def _over(name: str, center: int, fonts: Fonts) -> str:
    """Centred over the date; a name too wide for that ends at the right edge."""
    half = standard.TEXT_WIDTH - center
    if standard.twips(name) > 2 * half:
        return paragraph(_organ(name, fonts), justify="right", keep=True)
    return paragraph(_organ(name, fonts), justify="center", left=center - half, keep=True)


def _organ(name: str, fonts: Fonts) -> str:
    return marked(run(name, fonts.body), f"{marks.field('organ')}_{zlib.crc32(name.encode()):08x}")


def _date(written: str, fonts: Fonts) -> str:
    return marked(run(written, fonts.body), marks.field("date"))


def note(text: str, fonts: Fonts) -> str:
    """附注 in （）, two characters in, below the date (7.3.6)."""
    inner = text.strip().removeprefix("（").removesuffix("）")
    said = marked(run(f"（{inner}）", fonts.body), marks.field("note"))
    return paragraph(said, first=2 * standard.CELL) if inner else ""


def after_text(paper: Paper) -> str:
    """Everything between the text and the attachments."""
    signed = signature(paper.signature, paper.fonts, keep=bool(paper.note)) if paper.signature else ""
    note_ = annex_note(paper.annexes, paper.fonts, whole=stays_whole(paper))
    return note_ + signed + note(paper.note, paper.fonts)
