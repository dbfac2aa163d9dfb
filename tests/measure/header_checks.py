"""The head of a document and its title (7.2, 7.3.1, 7.3.2; a letter's 10.1)."""

import re
from itertools import pairwise

from tests.measure.elements import NUMBER, Elements
from tests.measure.page import Line, Rule
from tests.measure.report import Report
from tests.measure.standard import BODY, CELL, CENTRE, LEFT, MM, RIGHT, TITLE, TOP, WIDTH, face, mm, near


def check(elements: Elements, report: Report) -> None:
    """Measure what stands above the text."""
    _mark(elements, report)
    _above_the_mark(elements, report)
    _number(elements, report)
    if elements.document.is_letter:
        _letter_rules(elements, report)
    else:
        _red_rule(elements, report)
    _title(elements, report)
    _addressees(elements, report)


def _mark(elements: Elements, report: Report) -> None:
    mark, required = elements.mark, elements.document.required
    if elements.document.is_letter:
        top = mark.top if mark else None
        ok = required(near(top, 30, 1.5) if mark else None)
        report.check("mark.top", "10.1", "信函标志上边缘至上页边", "30±1.5mm", mm(top) if mark else "缺", ok)
    else:
        top = mark.top - TOP if mark else None
        ok = required(near(top, 35, 1.5) if mark else None)
        name = "发文机关标志上边缘至版心上边缘(字形)"
        report.check("mark.top", "7.2.4", name, "35±1.5mm", mm(top) if mark else "缺", ok)
    color = f"#{mark.lines[0].color:06x}" if mark else "缺"
    report.check("mark.red", "7.2.4", "标志为红色", "红", color, required(True if mark else None))
    found = mark.lines[0].face if mark else "缺"
    report.check("mark.font", "7.2.4", "标志字体", "小标宋", found, required(found == "小标宋" if mark else None))
    middle = (mark.left + mark.right) / 2 if mark else None
    ok = required(near(middle, CENTRE, 1.5) and mark.left > 27 and mark.right < 185 if mark else None)
    report.check("mark.center", "7.2.4", "标志居中", "106±1.5mm", mm(middle) if mark else "缺", ok)


def _above_the_mark(elements: Elements, report: Report) -> None:
    lines = elements.above_mark
    copy = _last(lines, r"\d{6}$")
    secret, urgent = _last(lines, "绝密|机密|秘密"), _last(lines, "特急|加急|特提|平急|急件")
    loose = _last(lines[::-1], r"(份号|编号|No|№)?[:： ]?\d{1,8}$")
    got = f"{copy.text} 左{copy.indent:.1f}mm {copy.size}pt y{copy.y:.0f}" if copy else loose.text if loose else "无"
    ok: bool | None = abs(copy.indent) < 1 and near(copy.size, BODY, 0.4) and copy.y < TOP + 10.5 if copy else None
    report.check("copyno", "7.2.1", "份号 6位3号 顶格第一行", "6位,左0,第1行", got, False if loose and not copy else ok)
    row = (secret.y - TOP) / elements.document.usual_pitch if secret else 0
    got = f"{secret.text} {secret.face} 左{secret.indent:.1f} 行{row:.1f}" if secret else "无"
    ok = _is_black_flush(secret) and 1 < row < 2.1 if secret else None
    report.check("secret", "7.2.2", "密级 3号黑体 顶格第二行", "黑体 左0", got, ok)
    got = f"{urgent.text} {urgent.face} 左{urgent.indent:.1f}" if urgent else "无"
    others = [line for line in (copy, secret) if line]
    ok = _is_black_flush(urgent) and all(urgent.y > other.y for other in others) if urgent else None
    report.check("urgent", "7.2.3", "紧急程度 3号黑体 顶格", "黑体 左0", got, ok)


def _last(lines: list[Line], pattern: str) -> Line | None:
    return next((line for line in reversed(lines) if re.match(pattern, line.text)), None)


def _is_black_flush(line: Line) -> bool:
    """Whether it is in 黑体, 3号, from the left edge."""
    return line.face == "黑体" and abs(line.indent) < 1 and near(line.size, BODY, 0.4)


def _number(elements: Elements, report: Report) -> None:
    line, document = elements.number, elements.document
    if not line:
        name, wanted = "发文字号", "机关代字〔YYYY〕N号"
        report.check("docno.form", "7.2.5", name, wanted, "缺", document.required(None))
        return
    found = re.search(NUMBER, line.text)
    _, opening, year, closing, ordinal, count = found.groups()
    ok = opening + closing == "〔〕" and len(year) == 4 and not ordinal and not count.startswith("0")
    name = "发文字号 六角括号/年份全称/不编虚位/无第"
    report.check("docno.form", "7.2.5", name, "机关代字〔YYYY〕N号", found[0], ok)
    got = f"{line.size}pt {line.face}"
    ok = near(line.size, BODY, 0.4) and line.face == "仿宋"
    report.check("docno.font", "5.2.2", "发文字号 3号仿宋", "16pt 仿宋", got, ok)
    _number_place(elements, report)
    pitch = document.pitch
    if elements.mark and not document.is_letter and pitch:
        distance = line.top - elements.mark.bottom
        rows = (distance - (pitch - BODY * MM)) / pitch
        got = f"{rows:.2f}行 ({distance:.1f}mm)"
        report.check("docno.gap", "7.2.5", "标志与发文字号间 空二行", "2±0.4行", got, near(rows, 2, 0.4))


def _number_place(elements: Elements, report: Report) -> None:
    characters, signer = elements.number_characters, elements.signer_characters
    left, right = characters[0].left, characters[-1].right
    if elements.document.is_letter:
        ok = near(RIGHT - right, 0, 1)
        report.check("docno.pos", "10.1", "发文字号顶格居版心右边缘", "右0", mm(RIGHT - right), ok)
    elif signer:
        indent, rest = left - LEFT, RIGHT - signer[-1].right
        name = "上行文 发文字号居左空一字"
        report.check("docno.pos", "7.2.5", name, f"左{CELL:.1f}mm", mm(indent), near(indent, CELL, 1.2))
        report.check("signer.pos", "7.2.6", "签发人居右空一字", f"右{CELL:.1f}mm", mm(rest), near(rest, CELL, 1.2))
        label = face(signer[0].font)
        name = next((face(c.font) for c in signer if c.text not in "签发人：:"), "-")
        ok = label == "仿宋" and name == "楷体"
        report.check("signer.font", "7.2.6", "签发人 仿宋 / 姓名 楷体", "仿宋/楷体", f"{label}/{name}", ok)
    else:
        middle = (left + right) / 2
        ok = near(middle, CENTRE, 1.5)
        report.check("docno.pos", "7.2.5", "发文字号居中", "106±1.5mm", mm(middle), ok)


def _red_rule(elements: Elements, report: Report) -> None:
    rule, number = elements.rule, elements.number
    if not rule:
        report.check("rule.w", "7.2.7", "红色分隔线", "有", "缺", elements.document.required(None))
        return
    ok = near(rule.width, WIDTH, 1) and near(rule.left, LEFT, 1)
    got = f"{rule.width:.1f}mm @{rule.left:.1f}"
    report.check("rule.w", "7.2.7", "红色分隔线与版心等宽、居中", "156±1 @28", got, ok)
    if number:
        ink = elements.first.ink(number.left, number.right, number.y - 5, rule.top - 0.25, red=False)
        gap = rule.top - (ink.bottom if ink else number.bottom)
        from_cell = rule.top - (number.y + 0.14 * BODY * MM)
        ok = near(gap, 4, 0.8) or near(from_cell, 4, 0.6)
        got = f"{gap:.2f}mm(字形) {from_cell:.2f}(字框)"
        report.check("rule.gap", "7.2.7", "发文字号之下4mm 红线", "4±0.8mm", got, ok)


def _letter_rules(elements: Elements, report: Report) -> None:
    if not elements.letter_rules:
        rules = elements.red_rules
        count = sum(b.top - a.bottom < 2.2 for a, b in pairwise(rules))
        report.check("letter.rules", "10.1", "首页两条红色双线", "2", count, False)
        return
    (thick, thin), (lower_thin, lower_thick) = elements.letter_rules
    gap = thick.top - elements.mark.bottom if elements.mark else None
    report.check("letter.top", "10.1", "标志下4mm 红双线", "4±1mm", mm(gap), near(gap, 4, 1))
    got = f"{thick.thickness:.2f}/{thin.thickness:.2f}"
    ok = thick.thickness > thin.thickness * 1.3
    report.check("letter.topsh", "10.1", "上双线 上粗下细", "上>下", got, ok)
    rest = elements.first.height - lower_thick.bottom
    report.check("letter.bot", "10.1", "下双线距下页边20mm", "20±1mm", mm(rest), near(rest, 20, 1))
    got = f"{lower_thin.thickness:.2f}/{lower_thick.thickness:.2f}"
    ok = lower_thin.thickness * 1.3 < lower_thick.thickness
    report.check("letter.botsh", "10.1", "下双线 上细下粗", "上<下", got, ok)
    got = " ".join(mm(rule.width) for rule in (thick, lower_thin))
    ok = all(_is_letter_wide(rule) for rule in (thick, lower_thin))
    report.check("letter.len", "10.1", "双线长170mm 居中", "170±1.5", got, ok)


def _is_letter_wide(rule: Rule) -> bool:
    return near(rule.width, 170, 1.5) and near((rule.left + rule.right) / 2, CENTRE, 1.5)


def _title(elements: Elements, report: Report) -> None:
    title, rule, pitch = elements.title, elements.rule, elements.document.pitch
    if not title:
        report.check("title.size", "7.3.1", "标题2号", "22pt", "未找到", False)
        return
    first = title[0]
    report.check("title.size", "7.3.1", "标题2号", "22pt", f"{first.size}pt", near(first.size, TITLE, 0.5))
    report.check("title.font", "7.3.1", "标题小标宋", "小标宋", first.face, first.face == "小标宋")
    off = max(abs(line.middle - CENTRE) for line in title)
    report.check("title.center", "7.3.1", "标题居中", "偏≤1.5mm", mm(off), off <= 1.5)
    if rule and pitch and not elements.document.is_letter:
        distance = first.top - rule.bottom
        rows = (distance - (pitch - TITLE * MM) / 2) / pitch
        got = f"{rows:.2f}行 ({distance:.1f}mm)"
        report.check("title.gap", "7.3.1", "红线下空二行", "2±0.45行", got, near(rows, 2, 0.45))
    shape = _shape([line.width for line in title])
    broken = any(_breaks_a_word(a.text, b.text) for a, b in pairwise(title))
    got = "/".join(str(len(line.text)) for line in title) + f" {shape}" + (" 断词" if broken else "")
    ok = shape != "非" and not broken
    report.check("title.shape", "7.3.1", "标题排列 梯形或菱形,词意完整", "梯/菱", got, ok)


def _shape(widths: list[float]) -> str:
    """What the lines of a title look like; steps below half a character are not seen as such."""
    if len(widths) == 1:
        return "一行"
    if _grows(widths):
        return "正梯"
    if _grows(widths[::-1]):
        return "倒梯"
    inner = range(1, len(widths) - 1)
    return "菱" if any(_grows(widths[: i + 1]) and _grows(widths[i:][::-1]) for i in inner) else "非"


def _grows(widths: list[float]) -> bool:
    return all(b - a > TITLE * MM * 0.4 for a, b in pairwise(widths))


def _breaks_a_word(above: str, below: str) -> bool:
    digits = above[-1].isdigit() and below[0].isdigit()
    return digits or bool(re.match(r"[的和与及、，。》”）年月日号]", below) or re.search(r"[《“（〔]$", above))


def _addressees(elements: Elements, report: Report) -> None:
    lines, document = elements.addressees, elements.document
    if lines:
        first, last = lines[0], lines[-1]
        off = max(abs(line.indent) for line in lines)
        report.check("to.left", "7.3.2", "主送机关 顶格 (回行仍顶格)", "左0", mm(off), off < 1)
        report.check("to.colon", "7.3.2", "主送机关 末尾全角冒号", "：", last.text[-1], last.text[-1] == "：")
        ok = near(first.size, BODY, 0.4) and first.face == "仿宋"
        report.check("to.font", "7.3.2", "主送机关 3号仿宋", "16 仿宋", f"{first.size} {first.face}", ok)
        if elements.title and document.pitch:
            rows = (first.y - elements.title[-1].y) / document.pitch
            report.check("to.gap", "7.3.2", "标题下空一行", "2行距±0.35", f"{rows:.2f}", near(rows, 2, 0.35))
    else:
        ok = None if document.is_letter else document.required(None)
        report.check("to.left", "7.3.2", "主送机关", "顶格…：", "未识别", ok)
    if elements.title:
        body = document.body_of(elements.first) if elements.first.is_upright else []
        after = [line for line in elements.after_title if line in body and (not lines or line.y > lines[-1].y + 1)]
        report.check("body.p1", "7.3.3", "首页显示正文", "≥1行", f"{len(after)}行", bool(after))
