"""Headings and paragraphs of the text (7.3.3)."""

import re
import statistics
from collections import Counter
from itertools import pairwise

from tests.measure.elements import Elements
from tests.measure.page import Line
from tests.measure.report import Report
from tests.measure.standard import CELL, RIGHT, face, near

_LEVELS = {
    1: ("黑体", r"[一二三四五六七八九十]{1,3}、"),
    2: ("楷体", r"[（(][一二三四五六七八九十]{1,3}[）)]"),
    3: ("仿宋", r"\d{1,2}[\.．、](?!\d)"),
    4: ("仿宋", r"[（(]\d{1,2}[）)]"),
}


def check(elements: Elements, report: Report) -> None:
    """Measure headings and the beginnings of paragraphs."""
    headings = _headings(elements)
    for level, (wanted, _) in _LEVELS.items():
        indented = [line for line in headings[level] if near(line.indent / CELL, 2, 0.6)]
        faces = Counter(_face_of_the_heading(line) for line in indented)
        got = dict(faces) if faces else "无"
        ok = set(faces) == {wanted} if faces else None
        report.check(f"h{level}.font", "7.3.3", f"第{level}层标题字体", wanted, got, ok)
    odd = [line for line in headings[3] if re.match(r"\d+、", line.text)]
    odd += [line for line in headings[2] if re.match(r"[（(][一二三四五六七八九十]+[）)]、", line.text)]
    odd += [line for line in headings[2] + headings[4] if line.text[0] == "("]
    got = f"{len(odd)}处异常" + (f" “{odd[0].text[:6]}”" if odd else "")
    ok = not odd if any(headings.values()) else None
    report.check("h.form", "7.3.3", "序数写法 一、（一）1.（1）", "规范", got, ok)
    _paragraphs(elements, report)


def _headings(elements: Elements) -> dict[int, list[Line]]:
    """The lines that begin like a heading of each level, at the edge or two characters in."""
    found: dict[int, list[Line]] = {level: [] for level in _LEVELS}
    for line in elements.document.body:
        in_header = elements.mark and line.page == 1 and line.y < elements.header_end
        is_placed = abs(line.indent / CELL - 2) <= 0.6 or abs(line.indent) <= 1
        if in_header or not is_placed or not elements.is_before_colophon(line):
            continue
        if level := next((level for level, (_, form) in _LEVELS.items() if re.match(form, line.text)), None):
            found[level].append(line)
    return found


def _face_of_the_heading(line: Line) -> str:
    """The face of a line up to its first full stop, which ends a heading that runs on into the text."""
    end = line.text.find("。")
    head = line.characters[: end if 0 < end < 30 else 12]
    return Counter(face(c.font) for c in head if c.is_han).most_common(1)[0][0]


def _paragraphs(elements: Elements, report: Report) -> None:
    starts = [b for a, b in pairwise(elements.document.body) if _begins_a_paragraph(elements, a, b)]
    name, wanted = "段首左空二字", "全部"
    if not starts:
        report.check("para.indent", "7.3.3", name, wanted, "-", None)
        return
    right = [line for line in starts if near(line.indent / CELL, 2, 0.25)]
    usual = statistics.median(line.indent for line in starts)
    got = f"{len(right)}/{len(starts)} (例 {usual:.1f}mm)"
    report.check("para.indent", "7.3.3", name, wanted, got, len(right) >= 0.95 * len(starts))


def _begins_a_paragraph(elements: Elements, above: Line, line: Line) -> bool:
    """Whether it follows a clearly short line that ends a sentence, below the addressees."""
    if above.page != line.page or above.right >= RIGHT - 2.2 * CELL or not re.search(r"[。；！？：]$", above.text):
        return False
    if not elements.is_before_colophon(line) or line.y <= elements.header_end:
        return False
    if elements.addressees and line.page == 1 and line.y <= elements.addressees[-1].y:
        return False
    return not re.match(r"(附件|（此|\d{4}年)", line.text) and line.indent <= 5 * CELL
