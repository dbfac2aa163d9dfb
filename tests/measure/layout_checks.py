"""Paper, margins, lines a page and characters a line (5.1, 5.2)."""

import re
import statistics
from collections import Counter
from itertools import pairwise

from tests.measure.elements import Elements
from tests.measure.page import Line, Page
from tests.measure.report import Report
from tests.measure.standard import (
    BODY,
    BOTTOM,
    CELL,
    CHARACTERS,
    CLOSING,
    HAN,
    HEIGHT,
    LEFT,
    LINES,
    MM,
    OPENING,
    RIGHT,
    TOP,
    WIDTH,
    face,
    mm,
    near,
)


def check(elements: Elements, report: Report) -> None:
    """Measure the page and the text on it."""
    pages = elements.document.pages
    sizes = [(min(page.width, page.height), max(page.width, page.height)) for page in pages]
    got = f"{pages[0].width:.1f}x{pages[0].height:.1f} x{len(pages)}页"
    ok = all(near(short, 210, 1) and near(long, 297, 1) for short, long in sizes)
    report.check("page.a4", "5.1", "A4 纸 (每页)", "210x297mm", got, ok)
    _lines_a_page(elements, report)
    _characters_a_line(elements, report)
    _inside_the_area(elements, report)
    _line_ends(elements, report)
    _letters(elements, report)


def _lines_a_page(elements: Elements, report: Report) -> None:
    document = elements.document
    pitch = document.pitch
    counts = [found for page in document.upright[:-1] if (found := _rows_of_a_full_page(document.body_of(page), pitch))]
    later = [rows for page, rows in counts if page > 1] or [rows for _, rows in counts]
    if later:
        got = f"{max(later)} (各页 {','.join(map(str, later[:8]))})"
        ok = max(later) == LINES and min(later) >= 20
        report.check("grid.lines", "5.2.3", "每面行数 (实测满页)", "22", got, ok)
    elif pitch:
        capacity = int((HEIGHT + 0.02) / pitch)
        report.check("grid.lines", "5.2.3", "每面行数 (由行距推算,无满页)", "22", capacity, capacity == LINES)
    else:
        report.check("grid.lines", "5.2.3", "每面行数", "22", "-", False)
    points = pitch / MM if pitch else None
    # Rows of 28.95 pt fill 225 mm in Word; printers use 29.6 pt, whose ink fills them.
    ok = points is not None and (28.4 <= points <= 29.02 or 29.4 <= points <= 29.7)
    got = f"{points:.2f}pt" if points else "-"
    report.check("grid.pitch", "5.2.3", "行距 (22行撑满225mm: 28.4~29.0磅; 印刷体 29.6)", "28.4–29.0pt", got, ok)


def _rows_of_a_full_page(lines: list[Line], pitch: float | None) -> tuple[int, int] | None:
    """The page and its number of rows, where its text begins in the first row and reaches the last ones."""
    if len(lines) <= 5 or not pitch or lines[0].y - TOP >= pitch * 1.15:
        return None
    steps = [(line.y - lines[0].y) / pitch for line in lines]
    even = sum(abs(step - round(step)) < 0.12 for step in steps)
    if even < len(lines) * 0.9 or BOTTOM - lines[-1].bottom >= pitch * 2.5:
        return None
    return lines[0].page, round(steps[-1]) + 1


def _characters_a_line(elements: Elements, report: Report) -> None:
    full = [line for line in elements.document.body if line.right > RIGHT - CELL * 0.6 and abs(line.indent) < 1.2]
    if not full:
        report.check("grid.chars", "5.2.3", "每行字数", "28", "-", False)
        return
    pure = [line for line in full if _is_pure(line)]
    counts = Counter(len(line.text) for line in pure) if len(pure) >= 3 else Counter(round(line.cells) for line in full)
    usual, most = counts.most_common(1)[0][0], max(counts)
    got = f"{usual}/{most} {dict(counts.most_common(4))}"
    ok = usual == CHARACTERS and most <= CHARACTERS + 1
    report.check("grid.chars", "5.2.3", "每行字数 (满行,众数/最大)", "28/28", got, ok)
    left, right = statistics.median(line.left for line in full), statistics.median(line.right for line in full)
    report.check("area.ink_l", "5.2.1", "满行左缘", "28±1mm", mm(left, 2), near(left, LEFT, 1))
    report.check("area.ink_r", "5.2.1", "满行右缘 (撑满版心)", "184±1mm", mm(right, 2), near(right, RIGHT, 1))


def _is_pure(line: Line) -> bool:
    """Whether it is of Chinese characters only and does not end with a mark, which may hang over."""
    return all(ord(c) > HAN for c in line.text) and line.text[-1] not in CLOSING + OPENING + "—…"


def _inside_the_area(elements: Elements, report: Report) -> None:
    document = elements.document
    upright = {page.number for page in document.upright}
    over = [line for line in document.lines if line.page in upright and _is_over_the_edge(line)]
    example = f" “{over[0].text[-8:]}”p{over[0].page}" if over else ""
    report.check("area.over", "5.2.1", "无文字越出版心右缘", "0", f"{len(over)}{example}", not over)
    low = [line for line in document.lines if _is_too_low(line)]
    example = f" “{low[0].text[:8]}”" if low else ""
    report.check("area.low", "5.2.1", "无正文越出版心下缘", "0", f"{len(low)}{example}", not low)
    clashes = sum(_clashes(page) for page in document.pages)
    report.check("area.clash", "-", "无行间重叠", "0", clashes, clashes == 0)


def _is_over_the_edge(line: Line) -> bool:
    """A closing mark may hang over by one character."""
    hangs = line.text[-1] in CLOSING and line.right < RIGHT + CELL * 1.05
    return line.right > RIGHT + 1.2 and TOP < line.y < BOTTOM + 1 and not hangs


def _is_too_low(line: Line) -> bool:
    is_page_number = re.fullmatch(r"[\W_]*\d+[\W_]*", line.text)
    return line.bottom > BOTTOM + 0.8 and line.y < BOTTOM + 5 and near(line.size, BODY, 7) and not is_page_number


def _clashes(page: Page) -> int:
    return sum(
        b.top < a.bottom - 1.2 and min(a.right, b.right) - max(a.left, b.left) > 3 and abs(a.y - b.y) > 0.6
        for a, b in pairwise(page.lines)
    )


def _line_ends(elements: Elements, report: Report) -> None:
    body = elements.document.body
    begun = [line for line in body if line.text[0] in CLOSING]
    long = [line for line in body if line.right > RIGHT - CELL * 1.3 and line.left < LEFT + 2.6 * CELL]
    ended = [line for line in long if line.text[-1] in OPENING]
    example = f" “{begun[0].text[:5]}”p{begun[0].page}" if begun else ""
    got = f"{len(begun)}+{len(ended)}{example}"
    report.check("kinsoku", "GB/T 15834", "避头尾", "0", got, not begun and not ended)


def _letters(elements: Elements, report: Report) -> None:
    document = elements.document
    sizes: Counter[float] = Counter()
    for line in document.flow:
        if len(line.text) >= 12 and not line.is_red:
            sizes[round(line.size * 2) / 2] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else None
    report.check("body.size", "5.2.2", "正文字号 3号", "16pt(15.75–16)", f"{size}pt", near(size, BODY, 0.3))
    faces = Counter(face(c.font) for line in document.body for c in line.characters if c.is_han)
    usual = faces.most_common(1)[0][0] if faces else "-"
    report.check("body.font", "5.2.2", "正文字体", "仿宋", f"{usual} {dict(faces.most_common(4))}", usual == "仿宋")
    colored = [line for line in document.lines if not line.is_red and max(line.channels) > 60]
    example = f" “{colored[0].text[:8]}”" if colored else ""
    report.check("color.black", "5.2.4", "非红要素均为黑色", "0 行", f"{len(colored)}{example}", not colored)


def check_word(elements: Elements, report: Report) -> None:
    """Measure what only the .docx says: its margins and what Word will make of its grid."""
    document = elements.document
    if not (word := document.word):
        return
    page = document.pages[0]
    margin = {key: (word.section[key] or 0) * 25.4 / 1440 for key in ("top", "bottom", "left", "right", "gutter")}
    height = page.height - margin["top"] - margin["bottom"]
    left = margin["left"] + margin["gutter"]
    width = page.width - left - margin["right"]
    line = word.lines.most_common(1)[0][0] if word.lines else None
    is_printers = bool(line) and line[1] == "exact" and 588 <= float(line[0]) <= 594 and near(margin["top"], 34.6, 0.7)
    ok = near(margin["top"], TOP, 1) or is_printers
    report.check("mar.top", "5.2.1", "天头 (页边距; 印刷法34.6+29.6磅)", "37±1mm", mm(margin["top"], 2), ok)
    report.check("mar.left", "5.2.1", "订口 (页边距+装订线)", "28±1mm", mm(left, 2), near(left, LEFT, 1))
    report.check("area.w", "5.2.1", "版心宽", "156±1mm", mm(width, 2), near(width, WIDTH, 1))
    ok = near(height, HEIGHT, 1) or (is_printers and near(height, 229.8, 1.2))
    report.check("area.h", "5.2.1", "版心高", "225±1mm", mm(height, 2), ok)
    grid = word.section["grid"]
    if line:
        step = _word_pitch(line, grid)
        rows = int((height / 25.4 * 1440 + 1) / step) if step else None
        got = f"{rows} ({line[1]} {line[0]}, 网格 {grid['type']} {grid['linePitch']})"
        report.check("x.linecap", "5.2.3", "行数容量 (按OOXML推算,Word侧)", "22", got, rows == LINES)
    if word.cells:
        size, spacing = word.cells.most_common(1)[0][0]
        cell = _word_cell(size, spacing, grid, word.normal_size)
        count = int((width / 25.4 * 1440 + 2) / cell)
        got = f"{count} (字{size}pt 字距{spacing / 20:+.2f}pt 网格{grid['type']} {grid['charSpace']})"
        report.check("x.charcap", "5.2.3", "字数容量 (按OOXML推算,Word侧)", "28", got, count == CHARACTERS)
    _word_text(elements, report)


def _word_pitch(line: tuple[str, str], grid: dict[str, str | None]) -> float | None:
    """Twips from line to line in Word: the exact height, else the grid's."""
    if line[1] == "exact":
        return float(line[0])
    snaps = grid["type"] in ("lines", "linesAndChars", "snapToChars")
    return float(grid["linePitch"]) if snaps and grid["linePitch"] else None


def _word_cell(size: float, spacing: float, grid: dict[str, str | None], normal: float) -> float:
    """Twips from character to character in Word."""
    if grid["type"] not in ("linesAndChars", "snapToChars"):
        return size * 20 + spacing
    larger = (size - normal) * 20 if grid["type"] == "linesAndChars" else 0
    return (normal + float(grid["charSpace"] or 0) / 4096) * 20 + spacing + larger


def _word_text(elements: Elements, report: Report) -> None:
    word = elements.document.word
    name = "w:lang eastAsia=zh-CN (kinsoku in LibreOffice)"
    report.check("x.lang", "-", name, "zh-CN", word.language, word.language == "zh-CN")
    got = f"{word.western_marks}/{word.marks} {word.example}"
    ok = word.western_marks == 0 if word.marks else None
    report.check("x.quotes", "5.2.2", "“”…— 不落入西文字体", "0", got, ok)
    printed = Counter("".join(line.text for line in elements.document.lines))
    missing = Counter(re.sub(r"\s", "", word.text)) - printed
    # Digits are in fields too; extraction from a PDF renames some symbols.
    lost = {c: n for c, n in missing.items() if not c.isdigit() and c not in "\u200b\u2060·•％～~／/"}
    count = sum(lost.values())
    got = f"{count} {dict(list(lost.items())[:5])}" if lost else "0"
    report.check("x.lost", "-", "渲染不丢字 (docx→PDF)", "0", got, count == 0)
