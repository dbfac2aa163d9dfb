"""Where a .docx puts things by its own XML, in millimetres: no renderer is asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

from exporters.docx.text import NAMESPACES

MM = 25.4 / 1440
WIDTH, ROW, CELL, SMALL_CELL = 156.0, 225 / 22, 156 / 28, 14 * 25.4 / 72
"""The type area, a row, a character of 3号 and of 4号 (GB/T 9704-2012, 5.2)."""


def read(xml: str) -> Any:
    """The elements of a piece of a document's body."""
    return etree.fromstring(f"<w:body {NAMESPACES}>{xml}</w:body>")


def paragraphs(element: Any) -> "list[Row]":
    """Every paragraph, those in tables too, in order."""
    return [Row(found) for found in element.iter(qn("w:p"))]


def said(element: Any, path: str, name: str = "val") -> str | None:
    """An attribute of the element a path of local names leads to."""
    for step in path.split("/"):
        element = element.find(qn(f"w:{step}")) if element is not None else None
    return element.get(qn(f"w:{name}")) if element is not None else None


def millimetres(element: Any, path: str, name: str) -> float:
    """A length of twips, 0 where it is not said."""
    return float(said(element, path, name) or 0) * MM


@dataclass
class Row:
    """One paragraph that takes one line."""

    element: Any

    @cached_property
    def text(self) -> str:
        return "".join(node.text or "" for node in self.element.iter(qn("w:t")))

    @cached_property
    def height(self) -> float:
        """Its exact line with the space before and after it."""
        assert said(self.element, "pPr/spacing", "lineRule") == "exact"
        return sum(millimetres(self.element, "pPr/spacing", name) for name in ("line", "before", "after"))

    @cached_property
    def line(self) -> float:
        return millimetres(self.element, "pPr/spacing", "line")

    @cached_property
    def before(self) -> float:
        return millimetres(self.element, "pPr/spacing", "before")

    @cached_property
    def left(self) -> float:
        """Where the lines after the first begin."""
        return millimetres(self.element, "pPr/ind", "left")

    @cached_property
    def start(self) -> float:
        """Where the first line begins."""
        first, hanging = (millimetres(self.element, "pPr/ind", name) for name in ("firstLine", "hanging"))
        return self.left + first - hanging

    @cached_property
    def right(self) -> float:
        """How far from the right edge its lines end."""
        return millimetres(self.element, "pPr/ind", "right")

    @property
    def justify(self) -> str | None:
        return said(self.element, "pPr/jc")

    @property
    def stays(self) -> bool:
        """Whether it stays on the page of what follows."""
        return self.element.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None

    @cached_property
    def tabs(self) -> list[tuple[str, float]]:
        """The tab stops: kind and place."""
        return [
            (tab.get(qn("w:val")), float(tab.get(qn("w:pos"))) * MM)
            for tab in self.element.iter(qn("w:tab"))
            if tab.get(qn("w:pos"))
        ]

    @cached_property
    def pieces(self) -> list[str]:
        """The text between the tabs."""
        found = [""]
        for node in self.element.iter(qn("w:t"), qn("w:tab")):
            if node.tag == qn("w:t"):
                found[-1] += node.text or ""
            elif not node.get(qn("w:pos")):
                found.append("")
        return found

    @cached_property
    def border(self) -> dict[str, str]:
        """The rule below it."""
        found = self.element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}/{qn('w:bottom')}")
        return {etree.QName(name).localname: value for name, value in found.attrib.items()} if found is not None else {}

    @cached_property
    def fonts(self) -> list[tuple[str, str]]:
        """Its runs: font and text."""
        return [
            (said(run, "rPr/rFonts", "eastAsia") or "", "".join(t.text or "" for t in run.iter(qn("w:t"))))
            for run in self.element.iter(qn("w:r"))
            if run.find(qn("w:t")) is not None
        ]

    @cached_property
    def size(self) -> float:
        """The size of its letters in points."""
        return float(said(self._first, "rPr/sz") or 0) / 2

    @cached_property
    def color(self) -> str | None:
        return said(self._first, "rPr/color")

    @cached_property
    def scale(self) -> float:
        """How much its letters are narrowed."""
        return int(said(self._first, "rPr/w") or 100) / 100

    @property
    def _first(self) -> Any:
        runs = (run for run in self.element.iter(qn("w:r")) if run.find(qn("w:t")) is not None)
        return next(runs, None)

    def width(self, text: str = "") -> float:
        """How wide its text is: Western letters are half a character, with a quarter between the scripts."""
        text = text or self.text
        narrow = len(re.findall(r"[\x21-\x7e]", text))
        changes = len(re.findall(r"(?<=[\x21-\x7e])(?=[^\x21-\x7e])|(?<=[^\x21-\x7e])(?=[\x21-\x7e])", text))
        return (len(text) - narrow / 2 + changes / 4) * CELL


def tops(rows: list[Row]) -> Iterator[tuple[Row, float]]:
    """Each row with where it begins below the first."""
    top = 0.0
    for row in rows:
        yield row, top
        top += row.height
