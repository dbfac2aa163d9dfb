"""What follows the text: 附件说明, 署名 and 成文日期, 附注, and the attachments (7.3.4–7.3.7)."""

import datetime as dt
from collections.abc import Iterator

from exporters.gongwen import page
from exporters.gongwen.text import TAB, blank, paragraph, run
from models.paper.elements import Annex, Fonts, Paper, Signature
from models.paper.titles import break_title

# A seal of 42 mm spans four rows: two rows between the text and the organ keep its top within one row.
_SEAL_ROWS = 2
_SEAL_TO_SEAL = 4
_ONE_LINE = 24


def day(date: dt.date) -> str:
    """2022年3月5日, without leading zeros (7.3.5.4)."""
    return f"{date.year}年{date.month}月{date.day}日"


def annex_note(annexes: tuple[Annex, ...], fonts: Fonts) -> str:
    """附件：X, or 附件：1. X and below it 2. Y; names wrap under their first character (7.3.4)."""
    if not annexes:
        return ""
    label = 4 * page.CELL - page.CELL
    names = [annex.title.replace("\n", "").strip().rstrip("。；;，,.") for annex in annexes]
    if len(names) == 1:
        return blank(keep=True) + _hanging("附件：", names[0], 2 * page.CELL, label, fonts)
    written = []
    for number, name in enumerate(names, 1):
        ordinal = f"{number}."
        width = page.twips(ordinal)
        if number == 1:
            written.append(_hanging(f"附件：{ordinal}", name, 2 * page.CELL, label + width, fonts))
        else:
            written.append(_hanging(ordinal, name, 2 * page.CELL + label, width, fonts))
    return blank(keep=True) + "".join(written)


def _hanging(label: str, name: str, left: int, hanging: int, fonts: Fonts) -> str:
    return paragraph(run(label + name, fonts.body), left=left + hanging, hanging=hanging, keep=True)


def signature(signed: Signature, fonts: Fonts) -> str:
    """Organs and date, kept with the text before them (7.3.5)."""
    return "".join(_sealed(signed, fonts) if signed.sealed else _unsealed(signed, fonts))


def signature_rows(signed: Signature) -> int:
    """How many rows ``signature`` takes."""
    if not signed.sealed:
        return len(signed.organs) + 2
    count = len(_seal_rows(signed.organs, _center(signed)))
    return _SEAL_ROWS + (count - 1) * _SEAL_TO_SEAL + count + 1


def _center(signed: Signature) -> int:
    """The middle of a date that ends four characters from the right."""
    return page.TEXT_WIDTH - 4 * page.CELL - page.twips(day(signed.date)) // 2


def _unsealed(signed: Signature, fonts: Fonts) -> Iterator[str]:
    """One blank row; organ two characters from the right, the date starting two further in (7.3.5.2).

    Left indents, so that the digits' width cannot shift the first characters.
    """
    written = day(signed.date)
    organ_at = page.TEXT_WIDTH - 2 * page.CELL - max(map(page.twips, signed.organs))
    latest = page.TEXT_WIDTH - 2 * page.CELL - page.twips(written)
    date_at = min(organ_at + 2 * page.CELL, latest)
    organ_at = max(0, date_at - 2 * page.CELL)
    yield blank(keep=True)
    for organ in signed.organs:
        yield paragraph(run(organ, fonts.body), justify="left", left=organ_at, keep=True)
    yield paragraph(run(written, fonts.body), justify="left", left=date_at)


def _sealed(signed: Signature, fonts: Fonts) -> Iterator[str]:
    """Room for the seal; date four characters from the right, organ centred over it (7.3.5.1)."""
    written = day(signed.date)
    center = _center(signed)
    rows = _seal_rows(signed.organs, center)
    for number, organs in enumerate(rows):
        yield blank(_SEAL_TO_SEAL if number else _SEAL_ROWS, keep=True)
        yield _pair(organs, center, fonts) if len(organs) == 2 else _over(organs[0], center, fonts)
    yield paragraph(run(written, fonts.body), justify="right", right=4 * page.CELL)


def _seal_rows(organs: tuple[str, ...], center: int) -> list[tuple[str, ...]]:
    """Two organs a row where names and seals fit beside each other, the last one over the date."""
    apart = 2 * center - page.TEXT_WIDTH
    fit = all(page.twips(organ) <= apart - page.CELL for organ in organs)
    step = 2 if fit else 1
    return [organs[n : n + step] for n in range(0, len(organs), step)]


def _pair(organs: tuple[str, ...], center: int, fonts: Fonts) -> str:
    tabs = (("center", page.TEXT_WIDTH - center), ("center", center))
    content = "".join(TAB + run(organ, fonts.body) for organ in organs)
    return paragraph(content, justify="left", tabs=tabs, keep=True)


def _over(organ: str, center: int, fonts: Fonts) -> str:
    """Centred over the date; a wider organ ends at the right edge, the widest breaks by meaning."""
    half = page.TEXT_WIDTH - center
    wide = page.twips(organ)
    if 2 * half < wide <= _ONE_LINE * page.CELL:
        return paragraph(run(organ, fonts.body), justify="right", keep=True)
    broken = (organ,) if wide <= 2 * half else break_title(organ, 2 * half // page.CELL)
    return "".join(paragraph(run(line, fonts.body), justify="center", left=center - half, keep=True) for line in broken)


def note(text: str, fonts: Fonts) -> str:
    """附注 in （）, two characters in, below the date (7.3.6)."""
    inner = text.strip().removeprefix("（").removesuffix("）")
    return paragraph(run(f"（{inner}）", fonts.body), first=2 * page.CELL) if inner else ""


def after_text(paper: Paper) -> str:
    """Everything between the text and the attachments."""
    signed = signature(paper.signature, paper.fonts) if paper.signature else ""
    return annex_note(paper.annexes, paper.fonts) + signed + note(paper.note, paper.fonts)
