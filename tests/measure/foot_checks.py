"""The foot of a document: 版记 (7.4) and page numbers (7.5)."""

import re
from collections import Counter
from itertools import pairwise

from tests.measure.elements import Elements
from tests.measure.page import Line, Page, Rule
from tests.measure.report import Report
from tests.measure.standard import BOTTOM, LEFT, MM, RIGHT, SMALL, WIDTH, face, mm, near


def check(elements: Elements, report: Report) -> None:
    """Measure 版记, which a letter has none of, and the page numbers."""
    if not elements.document.is_letter:
        _colophon(elements, report)
    _page_numbers(elements, report)


def _colophon(elements: Elements, report: Report) -> None:
    first, pages = elements.colophon, elements.document.pages
    if not first:
        report.check("bj.page", "7.4", "版记 (抄送/印发)", "有", "缺", elements.document.required(None))
        return
    ok = first.page == len(pages)
    report.check("bj.page", "7.4", "版记在最后一面", f"p{len(pages)}", f"p{first.page}", ok)
    page = pages[first.page - 1]
    rules = [rule for rule in page.rules(red=False) if rule.top > first.y - 14]
    _colophon_rules(elements, rules, report)
    ok = near(first.size, SMALL, 0.4) and first.face == "仿宋"
    report.check("bj.font", "7.4.2", "版记 4号仿宋", "14pt 仿宋", f"{first.size}pt {first.face}", ok)
    if elements.copies:
        _copies(page, elements.copies, elements.printed, report)
    if printed := elements.printed:
        left, right = printed.indent, printed.rest
        report.check("bj.org_l", "7.4.3", "印发机关 左空一字", "4.9–5.6mm", mm(left), _is_cell(left))
        report.check("bj.date_r", "7.4.3", "印发日期 右空一字", "4.9–5.6mm", mm(right), _is_cell(right))
        ok = not re.search(r"年0|月0", printed.text)
        report.check("bj.date", "7.4.3", "印发日期写法", "YYYY年M月D日印发", printed.text[-14:], ok)
    over = [line for line in page.lines if line.y < first.y - 1 and rules and line.bottom > rules[0].top + 0.3]
    report.check("bj.clash", "-", "正文不压版记", "0", len(over), not over)


def _is_cell(length: float) -> bool:
    """Whether it is the width of one character, of 3号 or 4号."""
    return 4.3 <= length <= 6.2


def _colophon_rules(elements: Elements, rules: list[Rule], report: Report) -> None:
    wanted = 3 if elements.copies and elements.printed else 2
    ok = len(rules) >= wanted
    report.check("bj.rules", "7.4.1", "版记分隔线数", "≥2 (抄送+印发=3)", len(rules), ok)
    if len(rules) < 2:
        report.check("bj.bottom", "7.4.1", "末条分隔线与版心下边缘重合", "262±1mm", "缺线", False)
        return
    first, *between, last = (rule.thickness for rule in rules)
    ok = near(first, 0.35, 0.07) and near(last, 0.35, 0.07)
    report.check("bj.thick", "7.4.1", "首末粗线 (推荐0.35mm)", "0.35±0.07", f"{first:.2f}/{last:.2f}", ok)
    if between:
        got = " ".join(f"{thickness:.2f}" for thickness in between)
        ok = all(near(thickness, 0.25, 0.06) for thickness in between)
        report.check("bj.thin", "7.4.1", "中间细线 (推荐0.25mm)", "0.25±0.06", got, ok)
    got = " ".join(f"{rule.width:.1f}@{rule.left:.1f}" for rule in rules[:3])
    ok = all(near(rule.width, WIDTH, 1) and near(rule.left, LEFT, 1) for rule in rules)
    report.check("bj.width", "7.4.1", "版记线与版心等宽", "156±1 @28", got, ok)
    foot = rules[-1].bottom
    report.check("bj.bottom", "7.4.1", "末条分隔线与版心下边缘重合", "262±1mm", mm(foot, 2), near(foot, BOTTOM, 1))


def _copies(page: Page, copies: Line, printed: Line | None, report: Report) -> None:
    ok = _is_cell(copies.indent)
    report.check("bj.cc_l", "7.4.2", "抄送 左空一字", "4.9–5.6mm", mm(copies.indent), ok)
    end = min(BOTTOM, printed.y - 1 if printed else BOTTOM)
    turned = [line for line in page.lines if copies.y + 1 < line.y < end]
    last = turned[-1] if turned else copies
    got = last.text[-1] + copies.text[2]
    report.check("bj.cc_end", "7.4.2", "抄送末尾句号 全角冒号", "。", got, got == "。：")
    if turned:
        off = max(abs(line.left - copies.characters[3].left) for line in turned)
        report.check("bj.cc_wrap", "7.4.2", "抄送回行与冒号后首字对齐", "≤1.2mm", mm(off), off <= 1.2)


def _page_numbers(elements: Elements, report: Report) -> None:
    document = elements.document
    found = {page.number: number for page in document.pages if (number := _page_number(page))}
    if document.is_letter:
        got = found[1].text if 1 in found else "无"
        report.check("pn.first", "10.1", "信函首页不显示页码", "无", got, 1 not in found)
    if not found:
        report.check("pn.all", "7.5", "页码", "有", "缺", False)
        return
    _numbers_of_all_pages(elements, found, report)
    _form_of_numbers(list(found.values()), report)
    _place_of_numbers(elements, list(found.values()), report)


def _page_number(page: Page) -> Line | None:
    start = (BOTTOM if page.is_upright else page.height - 40) + 1
    form = r"(第)?[\W_]*\d+[\W_]*(页|/\d+|共\d+页)*"
    return next((line for line in page.lines if line.y > start and re.fullmatch(form, line.text)), None)


def _numbers_of_all_pages(elements: Elements, found: dict[int, Line], report: Report) -> None:
    count = len(elements.document.pages)
    wanted = count - 1 if elements.document.is_letter else count
    # A last page that holds 版记 only goes without.
    spared = elements.colophon and elements.colophon.page == count and count > 2 and count not in found
    ok = len(found) >= wanted - (1 if spared else 0)
    report.check("pn.all", "7.5", "每页有页码", wanted, len(found), ok)
    shown = [int(re.search(r"\d+", line.text)[0]) for line in found.values()]
    ok = all(b - a == 1 for a, b in pairwise(shown)) and shown[0] == next(iter(found))
    report.check("pn.seq", "7.5", "页码连续", "1..N", shown[:8], ok)


def _form_of_numbers(lines: list[Line], report: Report) -> None:
    first = lines[0]
    dashes = [c for c in first.characters if not c.text.isdigit()]
    got = f"{first.text} {'/'.join(f'U+{ord(c.text):04X}' for c in dashes)}"
    ok = all(re.fullmatch(r"[—─―]\d+[—─―]", line.text) for line in lines)
    report.check("pn.form", "7.5", "左右各一条一字线", "— 1 —", got, ok)
    lengths = [(c.right - c.left) / (c.size * MM) for c in dashes]
    got = " ".join(f"{length:.2f}" for length in lengths)
    ok = bool(lengths) and all(near(length, 1, 0.12) for length in lengths)
    report.check("pn.dash", "7.5", "一字线长一字", "1.0em", got, ok)
    ok = all(near(line.size, SMALL, 0.3) for line in lines)
    report.check("pn.size", "7.5", "页码4号", "14pt", first.size, ok)
    faces = Counter(face(c.font) for line in lines for c in line.characters if c.text.isdigit())
    ok = bool(faces) and set(faces) <= {"宋体", "小标宋"}
    report.check("pn.font", "7.5", "页码半角宋体", "宋体", dict(faces), ok)


def _place_of_numbers(elements: Elements, lines: list[Line], report: Report) -> None:
    document = elements.document
    pages = {page.number: page for page in document.upright}
    upright = [line for line in lines if line.page in pages]
    gaps = [gap for line in upright if (gap := _gap_above(pages[line.page], line)) is not None]
    got = " ".join(f"{gap:.2f}" for gap in gaps[:4])
    ok = bool(gaps) and all(near(gap, 7, 1) for gap in gaps)
    report.check("pn.y", "7.5", "一字线上距版心下边缘", "7±1mm", got, ok)
    odd = [RIGHT - line.right for line in upright if line.page % 2]
    even = [line.left - LEFT for line in upright if line.page % 2 == 0]
    if odd:
        ok = all(4.2 <= rest <= 6.3 for rest in odd)
        report.check("pn.odd", "7.5", "单页码居右空一字", "4.9–5.6mm", mm(odd[0], 2), ok)
    name = "双页码居左空一字"
    if even:
        ok = all(4.2 <= rest <= 6.3 for rest in even)
        report.check("pn.even", "7.5", name, "4.9–5.6mm", mm(even[0], 2), ok)
    else:
        word = document.word
        got = "只有1页" + (f"; evenAndOdd={word.evenodd}" if word else "")
        report.check("pn.even", "7.5", name, "4.9–5.6mm", got, word.evenodd if word else None)


def _gap_above(page: Page, line: Line) -> float | None:
    """From the foot of the type area down to the dash, or to the top of a digit where there is none."""
    first = line.characters[0]
    ink = page.ink(first.left + 0.2, first.right - 0.2, line.y - 4, line.y + 1.2)
    if not ink:
        return None
    return ((ink.top + ink.bottom) / 2 if first.text in "—-–─―－" else ink.top) - BOTTOM
