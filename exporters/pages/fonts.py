"""Which font draws which character: the office's fonts, and what stands in where one is missing."""

import struct
from collections.abc import Iterable
from functools import cache
from typing import Literal, NamedTuple

from PySide6.QtGui import QFont, QFontDatabase, QRawFont, QTextLayout

from exporters.pages.threads import per_thread
from models.errors import Refusal
from models.paper.elements import Fonts

Role = Literal["body", "kai", "hei", "mark", "song"]

_UNITS = 1000.0
_SEMIBOLD = "Noto Serif CJK SC SemiBold"
_STANDINS: dict[Role, tuple[str, ...]] = {
    "body": ("仿宋", "仿宋_GB2312", "华文仿宋", "方正仿宋_GBK", "FandolFang R"),
    "kai": ("楷体", "楷体_GB2312", "华文楷体", "方正楷体_GBK", "FandolKai"),
    "hei": ("黑体", "华文黑体", "方正黑体_GBK", "FandolHei", "Noto Sans CJK SC"),
    "mark": ("方正小标宋_GBK", "华文中宋", _SEMIBOLD, "宋体"),
    "song": ("宋体", "新宋体", "华文宋体", "AR PL SungtiL GB", "Noto Serif CJK SC"),
}
# A character the chosen font lacks is sought here before Qt chooses one itself.
_RARE = ("宋体", "SimSun-ExtB", "华文宋体", "Noto Serif CJK SC")


class Style(NamedTuple):
    """How a run of characters is set.

    ``size`` and ``spacing`` (added to every advance) are in points; ``stretch`` is the letters' width
    against their natural one.
    """

    role: Role = "body"
    size: float = 16.0
    spacing: float = 0.0
    red: bool = False
    stretch: float = 1.0


class Glyph(NamedTuple):
    """A character's picture: its font (a number ``sized`` knows), its code there, its advance in ems."""

    font: int
    code: int
    advance: float


class Face:
    """One role's font with a stand-in for each character it lacks.

    ``wanted`` is the family asked for, ``family`` the one that was found; ``missing`` names the font that
    draws each character ``family`` does not have.
    """

    def __init__(self, wanted: str, standins: Iterable[str]) -> None:
        self.wanted = wanted
        chain = (wanted, *standins)
        self._font, self.family = _first_present(chain)
        self._raw = _raw(self._font)
        self._number = _number(self._raw)
        self._chain = [name for name in (*chain, *_RARE) if _present(name)]
        self._glyphs: dict[str, Glyph] = {}
        self.missing: dict[str, str] = {}

    def glyph(self, char: str) -> Glyph:
        """The picture of a character."""
        found = self._glyphs.get(char)
        if found is None:
            found = self._glyphs[char] = self._find(char)
        return found

    def _find(self, char: str) -> Glyph:
        if not char.isprintable():
            return Glyph(self._number, 0, 0.0)
        indexes = self._raw.glyphIndexesForString(char)
        if len(indexes) == 1 and indexes[0]:
            return Glyph(self._number, indexes[0], _advance(self._raw, indexes[0]))
        raw, index = _substitute(char, self._chain)
        self.missing[char] = raw.familyName()
        return Glyph(_number(raw), index, _advance(raw, index))


class FontBook:
    """The faces of one paper's five fonts, with what had to be replaced.

    Raises:
        Refusal: the computer has no font at all.
    """

    def __init__(self, fonts: Fonts) -> None:
        if not QFontDatabase.families():
            raise Refusal("这台电脑上没有任何字体，不能排版。请先安装中文字体。")
        self.faces: dict[Role, Face] = {
            role: _face(getattr(fonts, role), standins) for role, standins in _STANDINS.items()
        }
        self._advances: dict[Style, _Advances] = {}

    def advances(self, text: str, style: Style) -> list[float]:
        """The width of each character in points."""
        table = self._advances.get(style)
        if table is None:
            table = self._advances[style] = _Advances(self.faces[style.role], style)
        return [table[char] for char in text]

    @property
    def missing_fonts(self) -> dict[str, str]:
        """Each font asked for that is not on this computer, and the one that stands in."""
        return {f.wanted: f.family for f in self.faces.values() if f.family != f.wanted}

    def missing_characters(self, text_by_role: dict[Role, set[str]]) -> dict[str, str]:
        """Each of these characters that its font lacks, and the font that stands in for it."""
        return {
            char: self.faces[role].missing[char]
            for role, chars in text_by_role.items()
            for char in sorted(chars)
            if char in self.faces[role].missing
        }

    def misnamed(self, text_by_role: dict[Role, set[str]]) -> dict[str, str]:
        """The characters by which a PDF of Qt's would name glyphs of this text, where it should be another.

        Returns:
            What it would say to what it should: ⺠, of the radicals, to 民. What the text itself has is left alone.
        """
        used = set().union(*text_by_role.values())
        named = {
            _first_shown(glyph.font).get(glyph.code, char): char
            for role, chars in text_by_role.items()
            for char in sorted(chars)
            for glyph in [self.faces[role].glyph(char)]
        }
        return {said: char for said, char in named.items() if said not in used}


class _Advances(dict[str, float]):
    """Advances of one style, looked up once a character."""

    def __init__(self, face: Face, style: Style) -> None:
        super().__init__()
        self._face, self._style = face, style

    def __missing__(self, char: str) -> float:
        advance = self._face.glyph(char).advance
        width = advance * self._style.size * self._style.stretch + self._style.spacing if advance else 0.0
        self[char] = width
        return width


@per_thread
def sized(number: int, size: float) -> QRawFont:
    """The font of that number at a size in points."""
    font = QRawFont(_raws()[number])
    font.setPixelSize(size)
    return font


@per_thread
def _first_shown(number: int) -> dict[int, str]:
    """The first character that each glyph of a font shows, by the glyph's code; radicals and what comes after them."""
    chars = [chr(code) for code in range(_RADICALS, 0x10000) if not 0xD800 <= code < 0xE000]
    shown = zip(_raws()[number].glyphIndexesForString("".join(chars)), chars, strict=True)
    return {code: char for code, char in reversed([*shown]) if code}


_RADICALS = 0x2E80


@per_thread
def _raws() -> list[QRawFont]:
    """The fonts in use, by their number."""
    return []


@per_thread
def _numbers() -> dict[tuple[str, str, int], int]:
    return {}


def _number(raw: QRawFont) -> int:
    name, numbers = (raw.familyName(), raw.styleName(), raw.weight()), _numbers()
    if name not in numbers:
        numbers[name] = len(_raws())
        _raws().append(raw)
    return numbers[name]


@per_thread
def _face(wanted: str, standins: tuple[str, ...]) -> Face:
    return Face(wanted, standins)


def _first_present(chain: Iterable[str]) -> tuple[QFont, str]:
    for name in chain:
        if _present(name):
            return _font(name), name
    fallback = QFont()
    return fallback, _raw(fallback).familyName()


@cache
def _present(name: str) -> bool:
    """Whether a font really bears this name in any language; Qt would quietly give another."""
    return name.casefold() in _names(_raw(_font(name)))


def _font(name: str) -> QFont:
    # Qt knows the semi-bold only as a weight of its family.
    font = QFont(name.removesuffix(" SemiBold"))
    if name.endswith(" SemiBold"):
        font.setWeight(QFont.Weight.DemiBold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _raw(font: QFont) -> QRawFont:
    raw = QRawFont.fromFont(font)
    raw.setPixelSize(_UNITS)
    return raw


def _names(raw: QRawFont) -> set[str]:
    """The family and full names in a font's own name table (OpenType: name)."""
    table = bytes(raw.fontTable("name").data())
    if len(table) < 6:
        return set()
    count, strings = struct.unpack_from(">HH", table, 2)
    found = set()
    for at in range(count):
        platform, _, _, kind, length, offset = struct.unpack_from(">6H", table, 6 + 12 * at)
        if kind in (1, 4, 16):
            text = table[strings + offset : strings + offset + length]
            found.add(text.decode("utf-16-be" if platform in (0, 3) else "gb18030", "replace").casefold())
    return found


def _advance(raw: QRawFont, index: int) -> float:
    return raw.advancesForGlyphIndexes([index])[0].x() / _UNITS


def _substitute(char: str, families: list[str]) -> tuple[QRawFont, int]:
    """The font and glyph Qt takes for a character, from ``families`` first and then any font."""
    font = QFont(families or [QFont().family()])
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    layout = QTextLayout(char, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    run = layout.glyphRuns()[0]
    raw = QRawFont(run.rawFont())
    raw.setPixelSize(_UNITS)
    return raw, run.glyphIndexes()[0]
