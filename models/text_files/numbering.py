"""Ordinals that Word counts by itself (numbering.xml): they stand on the page and not in the paragraph's text."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NUMERALS: Final = "〇一二三四五六七八九"
_CHINESE: Final = frozenset({
    "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "ideographDigital", "koreanDigital2",
})  # fmt: skip
_CIRCLES: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MOST_LEVELS: Final = 9


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """Counts the numbered paragraphs of one document in their order."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _at: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def next(self, number: str, level: int) -> str:
        """The ordinal of the next paragraph of a list; "" for a bullet or a list nobody defined."""
        kinds = self.levels.get(number, {})
        if level not in kinds or kinds[level].form in ("bullet", "none"):
            return ""
        counts = self._at[number]
        counts[level] = counts.get(level, kinds[level].start - 1) + 1
        for deeper in range(level + 1, _MOST_LEVELS):
            counts.pop(deeper, None)
        text = kinds[level].text
        for at in range(level + 1):
            if at in kinds:
                text = text.replace(f"%{at + 1}", said(kinds[at].form, counts.get(at, kinds[at].start)))
        return text


def of(root: Element | None) -> Numbering:
    """The lists of a document's numbering part; none where it has no such part."""
    if root is None:
        return Numbering()
    abstract = {one.get(f"{W}abstractNumId", ""): _levels(one) for one in root.iter(f"{W}abstractNum")}
    found: dict[str, dict[int, _Level]] = {}
    for one in root.iter(f"{W}num"):
        named = one.find(f"{W}abstractNumId")
        kinds = dict(abstract.get(_value(named), {}))
        for override in one.iter(f"{W}lvlOverride"):
            kinds |= _levels(override)
        found[one.get(f"{W}numId", "")] = kinds
    return Numbering(found)


def _levels(of_: Element) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for one in of_.iter(f"{W}lvl"):
        start = _value(one.find(f"{W}start"))
        level = _Level(
            _value(one.find(f"{W}numFmt")), _value(one.find(f"{W}lvlText")), int(start) if start.isdecimal() else 1
        )
        found[int(one.get(f"{W}ilvl") or 0)] = level
    return found


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def said(form: str, number: int) -> str:
    """A number in one of Word's forms: 3, 三, ③."""
    if form in _CHINESE:
        return _chinese(number)
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= len(_CIRCLES):
        return _CIRCLES[number - 1]
    return str(number)


def _chinese(number: int) -> str:
    if number < 10:
        return _NUMERALS[number]
    tens, units = divmod(number, 10)
    return f"{_NUMERALS[tens] if tens > 1 else ''}十{_NUMERALS[units] if units else ''}" if tens < 10 else str(number)
