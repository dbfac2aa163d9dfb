"""What a .docx itself says, for what Word and WPS will do with it and LibreOffice does not show."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from tests.measure.standard import HAN

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LONG = 30
"""A paragraph of more characters is one of the text."""
AMBIGUOUS = "“”‘’…—"
"""Word draws these with the Western font unless the run says eastAsia."""


@dataclass
class WordFacts:
    """What the checks need of a .docx."""

    text: str
    section: dict[str, Any]
    """Margins of the first section in twips, its gutter and its grid."""
    evenodd: bool
    """Whether even pages have a footer of their own."""
    language: str | None
    normal_size: float
    lines: Counter[Any] = field(default_factory=Counter)
    """Line heights of long paragraphs as (line, lineRule)."""
    cells: Counter[tuple[float, float]] = field(default_factory=Counter)
    """Sizes of letters in points with their spacing in twips, a count a character."""
    fonts: Counter[str | None] = field(default_factory=Counter)
    western_marks: int = 0
    """Punctuation marks that fall into a Western font."""
    marks: int = 0
    example: str = ""


def facts(path: Path) -> WordFacts:
    """Read a .docx."""
    with zipfile.ZipFile(path) as parts:
        body = etree.fromstring(parts.read("word/document.xml")).find(W + "body")
        styles = _Styles(etree.fromstring(parts.read("word/styles.xml")))
        settings = parts.read("word/settings.xml").decode() if "word/settings.xml" in parts.namelist() else ""
    found = WordFacts(
        text=_text(body),
        section=_section(next(body.iter(W + "sectPr"))),
        evenodd=bool(re.search(r'<w:evenAndOddHeaders(?![^>]*w:val="(0|false)")', settings)),
        language=styles.language,
        normal_size=styles.normal_size,
    )
    for paragraph in body.iter(W + "p"):
        _add_paragraph(found, paragraph, styles)
    return found


def _text(body: Any) -> str:
    """The visible text; what stands in a fallback for old programs is there twice."""
    return "".join(
        node.text or ""
        for node in body.iter(W + "t")
        if not any(parent.tag.endswith("}Fallback") for parent in node.iterancestors())
    )


def _section(section: Any) -> dict[str, Any]:
    margins = section.find(W + "pgMar")
    grid = section.find(W + "docGrid")
    found: dict[str, Any] = {
        key: int(float(margins.get(W + key))) if margins is not None and margins.get(W + key) else None
        for key in ("top", "bottom", "left", "right")
    }
    found["gutter"] = int(margins.get(W + "gutter") or 0) if margins is not None else 0
    found["grid"] = {key: grid.get(W + key) if grid is not None else None for key in ("type", "linePitch", "charSpace")}
    return found


class _Styles:
    """The styles part: what a run gets from its style, the styles that one is based on, and the defaults."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self.by_id = {style.get(W + "styleId"): style for style in root.findall(W + "style")}
        self.default = next((key for key, style in self.by_id.items() if _is_default(style)), None)
        self.default_fonts = root.find(f".//{W}rPrDefault//{W}rFonts")
        language = next(root.iter(W + "lang"), None)
        self.language = language.get(W + "eastAsia") if language is not None else None

    @property
    def normal_size(self) -> float:
        """The size of letters of the default style, in points."""
        size = self.by_id[self.default].find(f"{W}rPr/{W}sz") if self.default else None
        if size is None:
            size = self._root.find(f".//{W}rPrDefault//{W}sz")
        return float(size.get(W + "val")) / 2 if size is not None else 10.0

    def chain(self, paragraph: Any) -> list[Any]:
        """The paragraph's style and those it is based on, nearest first."""
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        key = named.get(W + "val") if named is not None else self.default
        found: list[str] = []
        while key in self.by_id and key not in found:
            found.append(key)
            base = self.by_id[key].find(W + "basedOn")
            key = base.get(W + "val") if base is not None else None
        return [self.by_id[key] for key in found]

    def line_height(self, paragraph: Any, chain: list[Any]) -> tuple[str, str] | None:
        """What ``w:spacing`` says of the lines of a paragraph: the number and its rule."""
        candidates = [source.find(f"{W}pPr/{W}spacing") for source in (paragraph, *chain)]
        said = [spacing for spacing in candidates if spacing is not None and spacing.get(W + "line")]
        spacing = said[0] if said else self._root.find(f".//{W}pPrDefault//{W}spacing")
        return None if spacing is None else (spacing.get(W + "line"), spacing.get(W + "lineRule", "auto"))

    def fonts(self, run: Any, chain: list[Any]) -> list[Any]:
        """Every ``w:rFonts`` that speaks for a run, nearest first."""
        named = run.find(f"{W}rPr/{W}rStyle")
        own = [self.by_id[named.get(W + "val")]] if named is not None and named.get(W + "val") in self.by_id else []
        found = [source.find(f"{W}rPr/{W}rFonts") for source in (run, *own, *chain)]
        return [fonts for fonts in (*found, self.default_fonts) if fonts is not None]


def _is_default(style: Any) -> bool:
    return style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true")


def _add_paragraph(found: WordFacts, paragraph: Any, styles: _Styles) -> None:
    chain = styles.chain(paragraph)
    is_long = len("".join(node.text or "" for node in paragraph.iter(W + "t"))) > LONG
    if is_long:
        found.lines[styles.line_height(paragraph, chain)] += 1
    for run in paragraph.iter(W + "r"):
        text = "".join(node.text or "" for node in run.findall(W + "t"))
        fonts = styles.fonts(run, chain)
        if han := sum(ord(c) > HAN for c in text):
            found.fonts[_font(fonts, "eastAsia")] += han
            if is_long:
                found.cells[_cell(run, chain, styles.normal_size)] += han
        _add_marks(found, text, fonts)


def _cell(run: Any, chain: list[Any], normal_size: float) -> tuple[float, float]:
    """The size of a run's letters in points, and the space between them in twips."""
    size, spacing = _property(run, chain, "sz"), _property(run, chain, "spacing")
    return normal_size if size is None else size / 2, spacing or 0


def _add_marks(found: WordFacts, text: str, fonts: list[Any]) -> None:
    """Count the ambiguous punctuation marks of a run, and those that Word draws with the Western font."""
    if not (count := sum(c in AMBIGUOUS for c in text)):
        return
    found.marks += count
    hint = next(_values(fonts, "hint"), None)
    western, eastern = _font(fonts, "hAnsi") or _font(fonts, "ascii"), _font(fonts, "eastAsia")
    if hint != "eastAsia" and western != eastern:
        found.western_marks += count
        found.example = f"{western} vs {eastern}"


def _font(fonts: list[Any], slot: str) -> str | None:
    """The font for one of Word's four slots; a theme's comes before a name of the same place."""
    for source in fonts:
        if theme := source.get(f"{W}{slot}Theme"):
            return f"theme:{theme}"
        if name := source.get(W + slot):
            return str(name)
    return None


def _values(sources: list[Any], name: str) -> Iterator[str]:
    return (source.get(W + name) for source in sources if source.get(W + name))


def _property(run: Any, chain: list[Any], name: str) -> float | None:
    """A number of a run's properties, its own or a style's."""
    found = (source.find(f"{W}rPr/{W}{name}") for source in (run, *chain))
    return next((float(node.get(W + "val")) for node in found if node is not None), None)
