"""Laying out: a paper's elements become rows, its rows pages, each with its number."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from exporters import draft_stamp
from exporters.docx import estimate
from exporters.docx.body import addressees
from exporters.docx.breaking import DEFAULT, Habit
from exporters.pages import body, closing, header
from exporters.pages.application import ensure_application
from exporters.pages.fonts import FontBook
from exporters.pages.geometry import LANDSCAPE, MM, PORTRAIT, SMALL, TEXT_WIDTH, Frame
from exporters.pages.layout import Layout, Page
from exporters.pages.outline import label
from exporters.pages.paginate import Filled, Placed, fill
from exporters.pages.pictures import PhotoPath
from exporters.pages.rows import Row, begins, blank, text_rows
from exporters.pages.setting import Line, Piece, Setter, Shape
from exporters.pages.styles import HEI, NUMBER, TEXT
from exporters.pages.threads import per_thread
from models.paper.elements import Annex, Fonts, Paper

_Sheet = tuple[Frame, Filled]


def lay_out(
    paper: Paper,
    photo_path: PhotoPath | None = None,
    fonts: Fonts | None = None,
    *,
    habit: Habit = DEFAULT,
    stamp: str = "",
) -> Layout:
    """Lay a paper out as it will be printed.

    Args:
        paper: the document's elements.
        photo_path: the file of a picture by its hash; without it an empty frame stands for a picture.
        fonts: the fonts to use instead of the paper's own.
        habit: which program's line ends to have; ``breaking.DEFAULT`` says why the usual one.
        stamp: what stands in a red frame at the top right of every page, as 草稿 before issue.

    Returns:
        The pages. Text that comes again from one call to the next is not set again.
    """
    return next(filter(None, laying_out(paper, photo_path, fonts, habit=habit, stamp=stamp)))


def laying_out(
    paper: Paper,
    photo_path: PhotoPath | None = None,
    fonts: Fonts | None = None,
    *,
    habit: Habit = DEFAULT,
    stamp: str = "",
) -> Iterator[Layout | None]:
    """Lay a paper out page by page, so that a screen can do other things in between.

    Yields:
        None after each page, at last the layout; see ``lay_out``.
    """
    ensure_application()
    setter = _setter(fonts or paper.fonts, habit)
    sheets: list[_Sheet] = []
    for frame, rows in _sections(paper, setter, photo_path):
        for filled in fill(rows, frame):
            sheets.append((frame, filled))
            yield None
    sheets = sheets or [(PORTRAIT, [])]
    bare = _add_colophon(sheets, paper, setter)
    pages = tuple(
        Page(index, frame, tuple(filled), _number(paper, index, index not in bare, setter))
        for index, (frame, filled) in enumerate(sheets)
    )
    yield Layout(paper, pages, setter.book, photo_path, _stamp(stamp, setter))


def _stamp(words: str, setter: Setter) -> Line | None:
    """The words of a stamp, in the middle of its frame."""
    if not words:
        return None
    style = HEI._replace(size=draft_stamp.SIZE_POINTS, red=True)
    return setter.lines([Piece(words, style)], Shape(draft_stamp.WIDTH_MM * MM, align="center"))[0]


@per_thread
def _setter(fonts: Fonts, habit: Habit) -> Setter:
    return Setter(FontBook(fonts), habit)


def _sections(paper: Paper, setter: Setter, photo_path: PhotoPath | None) -> Iterator[tuple[Frame, Iterator[Row]]]:
    """The document and each attachment, each from a new page."""
    yield PORTRAIT, chain(_front(paper, setter), _text(paper, setter, photo_path))
    for place, annex in enumerate(paper.annexes):
        frame = LANDSCAPE if annex.landscape else PORTRAIT
        part = f"annexes.{place}"
        rows = [*_annex_head(annex, label(paper, place), part, setter, frame), *blank()]
        yield frame, chain(rows, body.blocks(annex.blocks, f"{part}.blocks", setter, frame, photo_path))


def _front(paper: Paper, setter: Setter) -> list[Row]:
    rows: list[Row] = []
    if paper.format == "general":
        rows = header.general(paper.header, setter)
    elif paper.format == "letter":
        rows = header.letter(paper.header, setter)
    rows += body.heading(paper, setter, TEXT_WIDTH)
    to = addressees(paper.addressees)
    if to and not estimate.moves_addressees(paper):
        shape = Shape(TEXT_WIDTH, align="left")
        rows += text_rows(setter.lines([Piece(to, TEXT)], shape), "addressees")
    return rows


def _text(paper: Paper, setter: Setter, photo_path: PhotoPath | None) -> Iterator[Row]:
    rows = body.blocks(estimate.parted(paper).blocks, "blocks", setter, PORTRAIT, photo_path)
    after = closing.after_text(paper, setter)
    yield from _last_kept(rows) if after else rows
    yield from after


def _last_kept(rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows, what is last of them kept with what follows: no page may hold the signature alone (7.3.5.5)."""
    last: list[Row] = []
    for row in rows:
        if row.marks and begins(row):
            yield from last
            last = []
        last.append(row)
    yield from (replace(row, keep=True) for row in last)


def _annex_head(annex: Annex, label: str, part: str, setter: Setter, frame: Frame) -> list[Row]:
    """附件N on the first row of a new page, its title on the third (7.3.7)."""
    shape = Shape(frame.text_width, align="left")
    rows = text_rows(setter.lines([Piece(label, HEI)], shape), part)
    return [*rows, *blank(), *body.title(annex.title, part, setter, frame.text_width)]


def _add_colophon(sheets: list[_Sheet], paper: Paper, setter: Setter) -> set[int]:
    """Put the colophon at the foot of the last page, or of a new one where it has no room (7.4.1).

    Returns:
        The indexes of pages without a number: a blank page and the colophon's page after it (7.5).
    """
    if paper.colophon is None or paper.format == "plain":
        return set()
    to = addressees(paper.addressees) if estimate.moves_addressees(paper) else ""
    row = closing.colophon(paper.colophon, setter, addressees=to, ruled=paper.format == "general")
    if row is None:
        return set()
    bare: set[int] = set()
    if not _has_room(sheets[-1], row):
        sheets.append((PORTRAIT, []))
    if paper.blank_before_colophon and len(sheets) % 2:
        sheets.append((PORTRAIT, []))
        if not sheets[-2][1]:
            bare = {len(sheets) - 2, len(sheets) - 1}
    sheets[-1][1].append(Placed(PORTRAIT.bottom - row.height, row))
    return bare


def _has_room(sheet: _Sheet, row: Row) -> bool:
    frame, filled = sheet
    used = filled[-1][0] + filled[-1][1].height if filled else frame.top
    return not frame.landscape and used + row.height <= frame.bottom


def _number(paper: Paper, index: int, shown: bool, setter: Setter) -> Line | None:
    """— N — in 4号 宋体, one character in at the right of odd and the left of even pages (7.5)."""
    if not shown or (paper.format == "letter" and index == 0):
        return None
    right = index % 2 == 0
    shape = Shape(TEXT_WIDTH, left=SMALL, right=SMALL, align="right" if right else "left")
    return setter.lines([Piece(f"— {index + 1} —", NUMBER)], shape)[0]
