"""Figures of one sentence or one table against each other: parts and whole, percentages, totals."""

import re
from collections.abc import Iterator
from typing import Final

from models.paper.checks.counting import NUMBER, number_of
from models.paper.checks.notices import Notice, Place, Severity, Subject
from models.paper.checks.texts import plain, sentences
from models.paper.elements import Table

_UNITS = "个|名|人|起|家|条|件|次|处|项|户|份|辆|台|万元|元|公里"
_FIGURE = re.compile(
    r"(?P<label>[^，。；、：:（）()\d一二三四五六七八九十百]{0,40})"
    rf"{NUMBER}余?(?P<unit>{_UNITS})(?P<after>[一-鿿]{{0,6}})"
)
_NOUNS = re.compile(
    r"点位|问题|单位|案件|线索|乡镇|街道|村|社区|企业|建议|通报|场所|人员|干部|督查组|措施|隐患|药店|商超|学校|车辆|批次"
)
_AMONG = re.compile(r"其中|分别(?:是|为)?|包括")
_TOTAL = re.compile(r"共计?|合计|总计|累计")
_ROUGH = re.compile(r"余|多|近|约|左右|以上|超过|不足")
_SUM_ROW: Final = ("合计", "总计", "小计", "共计")
_NUMERIC = re.compile(r"\d+(?:\.\d+)?")
_SLIP: Final = 2


def parts(subject: Subject) -> Iterator[Notice]:
    """发现问题12个，其中甲类7个、乙类6个: parts that are more than the whole, or do not add up."""
    for place in subject.places:
        for _start, sentence in sentences(plain(place.text)):
            yield from _bracketed(place, sentence)
            bare = _BRACKET.sub("", sentence)
            among = _AMONG.search(bare)
            before = list(_FIGURE.finditer(bare, 0, among.start())) if among else []
            if among and before and not _ROUGH.search(bare):
                yield from _against(place, before[-1], bare[among.end() :], among[0])


_BRACKET = re.compile(r"（[^（）]*）")


def _bracketed(place: Place, sentence: str) -> Iterator[Notice]:
    """逾期9个（甲镇5个、乙镇3个、丙镇2个）."""
    for bracket in _BRACKET.finditer(sentence):
        whole = list(_FIGURE.finditer(sentence[: bracket.start()]))
        inner = list(_FIGURE.finditer(bracket[0]))
        rough = "等" in bracket[0] or _ROUGH.search(bracket[0])
        if not whole or whole[-1].end() < bracket.start() or len(inner) < 2 or rough:
            continue
        unit, total = whole[-1]["unit"], number_of(whole[-1][2])
        numbers = [number_of(one[2]) for one in inner if one["unit"] == unit]
        if len(numbers) == len(inner) and sum(numbers) != total and "其中" not in bracket[0]:
            said = f"“{whole[-1]['label'][-6:]}{whole[-1][2]}{unit}”"
            yield _wrong(place, "parts_differ", f"{said}括号里各项合计{sum(numbers)}{unit}，请核对。")


def _against(place: Place, whole: re.Match[str], rest: str, word: str) -> Iterator[Notice]:
    noun, unit, total = _noun(whole), whole["unit"], number_of(whole[2])
    numbers = []
    for found in _FIGURE.finditer(rest):
        other = _noun(found)
        if found["unit"] != unit or (other and noun and other != noun) or _TOTAL.search(found["label"]):
            break
        numbers.append(number_of(found[2]))
    said = f"{whole['label'][-6:]}{whole[2]}{unit}"
    if not numbers:
        return
    if max(numbers) > total or (len(numbers) > 1 and sum(numbers) > total):
        yield _wrong(place, "parts_exceed", f"“{said}”的各部分合计{sum(numbers)}{unit}，多于{total}{unit}，请核对。")
    elif len(numbers) > 1 and 0 < total - sum(numbers) <= _SLIP:
        yield _wrong(place, "parts_differ", f"“{said}”{word}的各部分合计{sum(numbers)}{unit}，请核对。")


def _noun(found: re.Match[str]) -> str:
    nouns = _NOUNS.findall(found["label"]) or _NOUNS.findall(found["after"])
    return str(nouns[-1]) if nouns else ""


def totals(subject: Subject) -> Iterator[Notice]:
    """甲镇3个、乙镇4个，共8个."""
    for place in subject.places:
        for _start, sentence in sentences(plain(place.text)):
            found = re.search(rf"[，,]?(?:共计?|合计|总计)(?:[一-鿿]{{0,6}}?){NUMBER}({_UNITS})", sentence)
            if found is None or _ROUGH.search(sentence):
                continue
            head = [one for one in _FIGURE.finditer(sentence[: found.start()]) if one["unit"] == found[2]]
            numbers = [number_of(one[2]) for one in head]
            listed = len(numbers) > 1 and sentence[: found.start()].count("、") >= len(numbers) - 1
            if listed and not _AMONG.search(sentence) and 0 < abs(sum(numbers) - number_of(found[1])) <= _SLIP * 5:
                told = f"“{found[0].strip('，,')}”与前面各项合计的{sum(numbers)}{found[2]}不符，请核对。"
                yield _wrong(place, "sum_differs", told)


def percentages(subject: Subject) -> Iterator[Notice]:
    """发现问题40个，已整改30个，整改率80%; more than 100%."""
    for place in subject.places:
        for _start, sentence in sentences(plain(place.text)):
            for found in re.finditer(r"(\d{3,}(?:\.\d+)?)\s*[%％]", sentence):
                if float(found[1]) > 100 and re.search(r"率|占", sentence[: found.start()][-12:]):
                    yield _wrong(place, "percent", f"“{found[0]}”超过100%，请核对。")
            yield from _share(place, sentence)


def _share(place: Place, sentence: str) -> Iterator[Notice]:
    """A rate whose part and whole stand in the same sentence before it."""
    for found in _RATE.finditer(sentence):
        figures = list(_FIGURE.finditer(_BRACKET.sub(lambda one: "，" * len(one[0]), sentence[: found.start()])))
        if not figures or _ROUGH.search(sentence[: found.end()]):
            continue
        share = found[1] == "占"
        part = figures[-1] if share else next((one for one in reversed(figures) if _DONE.search(one["label"])), None)
        whole = next((one for one in figures if _WHOLE.search(one["label"])), None)
        if part is None or whole is None or part is whole or "其中" in part["label"] or part["unit"] != whole["unit"]:
            continue
        exact = 100 * number_of(part[2]) / max(number_of(whole[2]), 1)
        if abs(exact - float(found[2])) > 1:
            told = f"“{found[0]}”：{number_of(part[2])}与{number_of(whole[2])}之比应为{exact:.1f}%，请核对。"
            yield _wrong(place, "percent", told)


_RATE = re.compile(r"(占|率)(?:总数|全部|比)?(?:的|为|达到?|是)?\s*(\d{1,3}(?:\.\d+)?)\s*[%％]")
_DONE = re.compile(r"已|完成|整改|办结|销号|解决|合格|落实")
_WHOLE = re.compile(r"发现|共|存在|总|应|排查|交办|反馈|检查|抽查|涉及")


def table_totals(subject: Subject) -> Iterator[Notice]:
    """The row 合计 of a table against the rows above it."""
    for place, table in subject.tables():
        for at, row in enumerate(table.rows):
            if not any(cell.strip() in _SUM_ROW for cell in row[:2]):
                continue
            for column, title in enumerate(table.columns):
                said, found = _column(table, at, column)
                if said is not None and found is not None and abs(said - found) > 1e-6:
                    told = f"“{title.title}”一列合计写{row[column].strip()}，各行相加是{found:g}，请核对。"
                    yield _wrong(place, "table_total", told)
            break


def _column(table: Table, at: int, column: int) -> tuple[float | None, float | None]:
    """What the total's row says of a column, and what the rows above it add up to."""
    cells = [row[column].strip() if column < len(row) else "" for row in table.rows[: at + 1]]
    *above, said = cells
    if not _NUMERIC.fullmatch(said) or not all(not one or _NUMERIC.fullmatch(one) or one in "-—/" for one in above):
        return None, None
    if table.columns[column].title.strip() in ("序号", "编号", "排名", "名次"):
        return None, None
    numbers = [float(one) for one in above if _NUMERIC.fullmatch(one)]
    return (float(said), sum(numbers)) if len(numbers) > 1 else (None, None)


def _wrong(place: Place, code: str, sentence: str) -> Notice:
    level: Severity = "error" if code == "parts_exceed" else "warning"
    return Notice(code, sentence, place.key, place.record, level, place.at)
