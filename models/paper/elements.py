"""An official document as plain data: what composing makes, issuing freezes and writers draw.

The parts carry the names of GB/T 9704-2012: header (版头), body (主体), colophon (版记).
Nothing here knows about Word, Qt or the database. A paper is stored as JSON when it is
issued, so a field may be added with a default but never renamed without raising ``SCHEMA``.
"""

import datetime as dt
from typing import Literal

import msgspec

SCHEMA = 1

Format = Literal["general", "letter", "plain"]
Align = Literal["left", "center", "right"]


class Fonts(msgspec.Struct, frozen=True):
    """Font family names as the office's Word knows them (official-format: Fonts)."""

    body: str = "仿宋_GB2312"
    kai: str = "楷体_GB2312"
    hei: str = "黑体"
    mark: str = "方正小标宋简体"
    song: str = "宋体"


class Origin(msgspec.Struct, frozen=True):
    """Where a block came from, so that hand edits survive when records change.

    ``key`` names the block's place in the composed text and is stable between two
    compositions ("lead", "finding:<uuid>"). ``records`` are "table:uuid" of the records
    whose facts it states. ``text`` is what was composed: a block whose own text differs
    from it was edited by hand.
    """

    key: str
    records: tuple[str, ...] = ()
    text: str = ""


class Paragraph(msgspec.Struct, frozen=True, tag="paragraph"):
    """One paragraph of the body, two characters in (7.3.3).

    ``level`` 0 is running text; 1 to 4 are 一、(黑体) （一）(楷体) 1. （1）(仿宋). The ordinal is
    computed by ``numbering.ordinals`` unless ``numbered`` is False, so that items can be moved.
    ``heading`` is set in the level's font; ``text`` follows it in the same paragraph.
    """

    text: str = ""
    heading: str = ""
    level: int = 0
    numbered: bool = True
    origin: Origin | None = None


class Column(msgspec.Struct, frozen=True):
    """A table column; ``width`` is a share of the text width, not a length."""

    title: str
    width: float = 1.0
    align: Align = "left"


class Table(msgspec.Struct, frozen=True, tag="table"):
    """A ruled table whose head row repeats on every page (clause 8).

    ``keys`` name the record each row states, "table:uuid", or "" for a row typed by hand; without
    any, the rows do not stand for single records.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    origin: Origin | None = None
    keys: tuple[str, ...] = ()


class Photo(msgspec.Struct, frozen=True):
    """A picture kept in the data folder by the hash of its bytes."""

    sha256: str
    caption: str = ""


class Photos(msgspec.Struct, frozen=True, tag="photos"):
    """Pictures side by side in one row, such as before and after rectification."""

    photos: tuple[Photo, ...]
    caption: str = ""
    origin: Origin | None = None


Block = Paragraph | Table | Photos


class Header(msgspec.Struct, frozen=True):
    """The header (版头, 7.2).

    ``organs`` are the issuing organs, the lead organ first; ``mark_suffix`` is what stands
    right of them (文件). ``number`` is the whole document number (发文字号). ``signers`` is
    filled for an upward document (上行文), which puts the number at the left.
    """

    organs: tuple[str, ...] = ()
    mark_suffix: str = "文件"
    number: str = ""
    signers: tuple[str, ...] = ()
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""

    @property
    def upward(self) -> bool:
        """Whether this is an upward document, which names its signer (7.2.6)."""
        return bool(self.signers)


class Signature(msgspec.Struct, frozen=True):
    """Signing organs and date (7.3.5); ``sealed`` leaves the space a seal needs."""

    organs: tuple[str, ...]
    date: dt.date
    sealed: bool = True


class Colophon(msgspec.Struct, frozen=True):
    """The colophon (版记, 7.4) at the foot of the last page."""

    copy_to: tuple[str, ...] = ()
    printer: str = ""
    print_date: dt.date | None = None


class Annex(msgspec.Struct, frozen=True):
    """An attachment (附件, 7.3.7): a new page, 附件N at the left edge, its title on row 3.

    Its ``origin`` keeps the title as composed; the clerk's own attachment has none.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    landscape: bool = False
    origin: Origin | None = None


class Mask(msgspec.Struct, frozen=True):
    """A name that the public version of a paper shows masked, 杨振华 as 杨某某.

    ``places`` are the beginnings of the origin keys of blocks it holds for, so that namesakes
    stay apart; without any it holds for the whole paper. Who agreed to be named is ``shown`` by the name itself.
    """

    name: str
    shown: str
    places: tuple[str, ...] = ()


class Figure(msgspec.Struct, frozen=True):
    """A number the paper states, and what stands behind it.

    ``name`` says what it counts (问题, 走访点位), ``key`` which part states it: a block's origin key or "title".
    ``shown`` is how it was written when composed (4, 一, 66.7%), beginning at character ``at`` of the part's
    composed text; the part may have been edited since (``models.paper.figures`` finds it again). ``records``
    are places in ``Paper.counted``, ``weights`` what each of them adds to the value; without weights they do not
    add up to it (a share, a number of distinct sites). ``printed`` tells a number of what the paper itself lists: it
    follows where an item is taken out. ``opening`` is the part that was carried over from before the office began.
    """

    name: str
    value: int | float
    key: str
    shown: str
    at: int = 0
    records: tuple[int, ...] = ()
    weights: tuple[int, ...] = ()
    printed: bool = False
    opening: int = 0


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A whole document.

    ``format`` general is 文件格式 with full header, letter is 信函格式 (10.1), plain is a working
    paper with page, body and page numbers only. A newline in ``title`` is a break the
    clerk asked for; otherwise ``titles.break_title`` breaks it by meaning.
    ``blank_before_colophon`` moves the colophon of an odd-paged document to an even page.
    ``masks`` say how ``masking.public`` changes it; writers print the text as it stands. ``consent`` says that
    they mask all who did not agree to be named, wherever they are named; in a paper of 1.0.0 they hold for
    those marked, each in its own places.
    ``approver`` and ``approved_on`` are not printed: who approved that units are named or dealt with, for the register.
    ``origins`` keep what was composed for title and addressees, ``dropped`` the keys of blocks the
    clerk took out (see ``editing``).
    ``figures`` are the numbers it states with what stands behind them, ``counted`` the records ("table:uuid") they
    name; a paper of before this was kept has none.
    """

    schema: int = SCHEMA
    kind: str = ""
    format: Format = "general"
    fonts: Fonts = Fonts()
    header: Header = Header()
    title: str = ""
    subtitle: str = ""
    addressees: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    signature: Signature | None = None
    note: str = ""
    annexes: tuple[Annex, ...] = ()
    colophon: Colophon | None = None
    blank_before_colophon: bool = False
    approver: str = ""
    approved_on: dt.date | None = None
    masks: tuple[Mask, ...] = ()
    consent: bool = False
    origins: tuple[Origin, ...] = ()
    dropped: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    counted: tuple[str, ...] = ()


def to_json(paper: Paper) -> bytes:
    """Freeze a paper; the same paper always gives the same bytes."""
    return msgspec.json.encode(paper, order="deterministic")


def from_json(data: bytes | str) -> Paper:
    """Thaw a frozen paper.

    Raises:
        msgspec.ValidationError: the data are not a paper of a schema known here.
    """
    paper = msgspec.json.decode(data, type=Paper)
    if paper.schema > SCHEMA:
        raise msgspec.ValidationError(f"paper schema {paper.schema} is newer than {SCHEMA}")
    return paper
