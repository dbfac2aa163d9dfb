"""What follows the text: 附件说明, 署名, 成文日期, 附注 and the attachments (7.3.4 to 7.3.7)."""

import re

from tests.measure.elements import Elements
from tests.measure.page import Line
from tests.measure.report import Report
from tests.measure.standard import BODY, CELL, CENTRE, RIGHT, TOP, mm, near


def check(elements: Elements, report: Report) -> None:
    """Measure what stands between the text and 版记."""
    if elements.annex_note:
        _annex_note(elements, elements.annex_note, report)
    if elements.date:
        _signature(elements, elements.date, report)
        _note(elements, elements.date, report)
    else:
        _no_date(elements, report)
    _annex_page(elements, report)


def _before(elements: Elements, line: Line) -> Line | None:
    """The line above it in the type area, on this page or the one before."""
    index = elements.document.flow.index(line)
    return elements.document.flow[index - 1] if index else None


def _annex_note(elements: Elements, first: Line, report: Report) -> None:
    pitch = elements.document.pitch
    above = _before(elements, first)
    rows = (first.y - above.y) / pitch if above and above.page == first.page and pitch else None
    indent = first.indent / CELL
    report.check("att.left", "7.3.4", "附件说明 左空二字", "2字", f"{indent:.2f}字", near(indent, 2, 0.25))
    got = f"{rows:.2f}" if rows else "换页"
    report.check("att.gap", "7.3.4", "正文下空一行", "2行距", got, near(rows, 2, 0.3) if rows else None)
    report.check("att.colon", "7.3.4", "附件后全角冒号", "：", first.text[2], first.text[2] == "：")
    lines = _annex_lines(elements, first)
    names = [line for line, after in zip(lines, (*lines[1:], None), strict=True) if not after or _is_numbered(after)]
    ended = [line for line in names if line.text[-1] in "。；，;,."]
    report.check("att.punct", "7.3.4", "附件名称后不加标点", "0", len(ended), not ended)
    label = re.match(r"附件：(\d[\.．])?", first.text)
    turned = [line for line in lines[1:] if not _is_numbered(line)]
    if turned and label and label.end() < len(first.characters):
        off = max(abs(line.left - first.characters[label.end()].left) for line in turned)
        report.check("att.wrap", "7.3.4", "附件名称回行与首字对齐", "≤1.5mm", mm(off), off <= 1.5)


def _is_numbered(line: Line) -> bool:
    return bool(re.match(r"\d+[\.．]", line.text))


def _annex_lines(elements: Elements, first: Line) -> list[Line]:
    """The lines of 附件说明."""
    found = [first]
    index = elements.document.flow.index(first)
    for line in elements.document.flow[index + 1 : index + 12]:
        is_near = line.page == first.page and line.y - found[-1].y < (elements.document.pitch or 10) * 1.3
        if not is_near or line.indent <= 4 * CELL or re.search(r"\d{4}年\d{1,2}月", line.text):
            break
        found.append(line)
    return found


def _signature(elements: Elements, date: Line, report: Report) -> None:
    ok = not re.search(r"年0|月0", date.text)
    report.check("date.form", "7.3.5.4", "成文日期 阿拉伯数字,不编虚位", "YYYY年M月D日", date.text, ok)
    document = elements.document
    organ = _before(elements, date)
    is_above = organ and organ.page == date.page and abs(date.y - organ.y - document.usual_pitch) < 2
    if not organ or not is_above or re.search(r"(附件|。$)", organ.text):
        got = f"未识别; 日期右空{date.rest / CELL:.1f}字"
        ok = None if document.is_letter else document.required(None)
        report.check("sign.pos", "7.3.5", "署名在日期之上一行", "有", got, ok)
        return
    kind = _kind(organ, date)
    wanted = "盖章:日期右空4且署名居中于日期; 不盖章:署名右空2,日期首字右移2"
    got = (
        f"{kind} 署名右空{organ.rest / CELL:.1f} 日期右空{date.rest / CELL:.1f} "
        f"首字差{(date.left - organ.left) / CELL:.1f} 中心差{organ.middle - date.middle:.1f}mm"
    )
    report.check("sign.pos", "7.3.5.1/2", "署名与日期位置", wanted, got, kind != "不合")
    _above_the_signature(elements, organ, kind, report)
    ok = near(organ.size, BODY, 0.4) and organ.face == "仿宋"
    report.check("sign.font", "5.2.2", "署名日期 3号仿宋", "16 仿宋", f"{organ.size} {organ.face}", ok)


def _kind(organ: Line, date: Line) -> str:
    """How organ and date stand to each other: as with a seal, as without, or neither."""
    rest, step = date.rest / CELL, (date.left - organ.left) / CELL
    is_centred = near(rest, 4, 0.5) and abs(organ.middle - date.middle) < CELL * 0.45
    is_long = near(rest, 4, 0.6) and organ.right <= RIGHT + 0.5 and organ.width > date.width + 8 * CELL
    if is_centred or is_long:
        return "盖章式"
    is_usual = near(organ.rest / CELL, 2, 0.4) and near(step, 2, 0.4)
    is_longer = near(rest, 2, 0.4) and near(step, 2, 0.5)
    return "不盖章式" if is_usual or is_longer else "不合"


def _above_the_signature(elements: Elements, organ: Line, kind: str, report: Report) -> None:
    """A signature stands one row below the text, two to four with a seal, and never alone on its page (7.3.5.5)."""
    above, pitch = _before(elements, organ), elements.document.pitch
    if not above or above.page != organ.page or not pitch:
        report.check("sign.alone", "7.3.5.5", "署名页有正文", "有", "无", False)
        return
    rows = round((organ.y - above.y) / pitch, 2) - 1
    ok = near(rows, 1, 0.3) if kind == "不盖章式" else 0.7 <= rows <= 4.5
    report.check("sign.gap", "7.3.5", "正文(附件说明)与署名间空行", "不盖章1; 盖章2–4", f"{rows:.2f}", ok)


def _note(elements: Elements, date: Line, report: Report) -> None:
    pitch = elements.document.usual_pitch
    flow = elements.document.flow
    after = next(iter(flow[flow.index(date) + 1 :]), None)
    if not after or after.page != date.page or after.text[0] not in "（(" or after.y - date.y >= pitch * 2.2:
        return
    indent = after.indent / CELL
    ok = after.text[0] == "（" and near(indent, 2, 0.25) and near((after.y - date.y) / pitch, 1, 0.2)
    report.check("note.pos", "7.3.6", "附注 左空二字 圆括号 日期下一行", "2字", f"{indent:.2f}字", ok)


def _no_date(elements: Elements, report: Report) -> None:
    chinese = r"[二〇○零一]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
    spelt = next((line for line in elements.document.flow if re.fullmatch(chinese, line.text)), None)
    ok = False if spelt else elements.document.required(None)
    report.check("date.form", "7.3.5.4", "成文日期", "YYYY年M月D日", spelt.text if spelt else "缺", ok)


def _annex_page(elements: Elements, report: Report) -> None:
    """The first page that begins with 附件."""
    pages = (page for page in elements.document.pages[1:] if page.lines)
    page = next((page for page in pages if re.fullmatch(r"附件[：:]?\s*\d*", page.lines[0].text)), None)
    if not page:
        return
    head, pitch = page.lines[0], elements.document.pitch
    got = f"{head.text} {head.face} 左{head.indent:.1f} y{head.y:.0f}"
    ok = head.face == "黑体" and abs(head.indent) < 1 and near(head.size, BODY, 0.4)
    ok = ok and head.y < TOP + 10.6 and not re.search("[：:]", head.text)
    report.check(f"attp{page.number}.head", "7.3.7", "附件页首行 3号黑体顶格", "黑体 左0 首行", got, ok)
    if len(page.lines) > 1 and pitch:
        title = page.lines[1]
        rows, off = (title.y - head.y) / pitch, abs(title.middle - CENTRE)
        got = f"行{rows + 1:.1f} 偏{off:.1f}mm"
        ok = near(rows, 2, 0.4) and off < 1.5
        report.check(f"attp{page.number}.title", "7.3.7", "附件标题居中于第三行", "第3行 居中", got, ok)
