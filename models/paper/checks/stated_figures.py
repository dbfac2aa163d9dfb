"""Figures a paper states, held against what it tells: recounts, impossible totals, numbers typed over."""

import re
from collections.abc import Iterator
from typing import Final

from models.paper.checks import counting
from models.paper.checks.counting import NUMBER, number_of
from models.paper.checks.notices import Facts, Notice, Place, Subject
from models.paper.editing import TITLE, key_of, records_of, text_of
from models.paper.elements import Block, Paper, Paragraph
from models.paper.figures import typed_over

_CASES = re.compile(rf"(?<!其中){NUMBER}起(?=[^，。；]*(?:问题|案件|案例|典型|通报))")
_OTHERS = "点位|单位|乡镇|街道|镇|乡|村|社区|督查组|组|部门|方面|工作日|月|小时"
"""What else is counted by 个 before the word 问题 comes."""
_PROBLEMS = re.compile(
    rf"(?<!反馈)(?<!其中)(?:发现|仍有|存在|、|涉及|共有|的)问题{NUMBER}个"
    rf"|(?<![同每哪某任逐中]){NUMBER}个(?!{_OTHERS})[^，。；、]{{0,20}}?问题"
)
_ABOVE = re.compile(rf"上级反馈问题{NUMBER}个")
_SOLVED = re.compile(rf"已(?:全部)?(?:解决|整改|完成)(?:问题)?{NUMBER}个")
_VISITED = re.compile(rf"走访(?:点位)?{NUMBER}个")
_FAULTY = re.compile(rf"(?:存在问题的|有问题的|问题)点位{NUMBER}个|其中存在问题的{NUMBER}个")
_FIGURE = re.compile(rf"([\u4e00-\u9fff“”]{{0,6}}?){NUMBER}(个|次|起|期|条|名|人|件)")
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”")
_STATED: Final = ("lead", "work", "left")


def stated(subject: Subject) -> Iterator[Notice]:
    """Numbers that stand over another number of cases or problems, cannot be, or were typed over."""
    paper, places, facts = subject.paper, subject.places, subject.facts
    yield from _cases(paper, places)
    for section in counting.sections(paper):
        yield from _problems(paper, places, facts, section)
    yield from _annexed(paper, facts)
    for place in places:
        yield from _impossible(place)
    yield from _typed(paper, places)
    yield from _typed_elsewhere(paper, places)


def _cases(paper: Paper, places: tuple[Place, ...]) -> Iterator[Notice]:
    cases = counting.cases(paper)
    for place in places:
        if not cases or not (place.key == TITLE or place.key.startswith("lead")):
            continue
        said = [number_of(found) for found in _CASES.findall(_plain(place.text))]
        if wrong := [number for number in said if number != cases]:
            sentence = f"{_where(place)}写{wrong[0]}起，正文有{cases}起，请核对。"
            yield Notice("count_cases", sentence, place.key, "", "error", place.at)


def _problems(paper: Paper, places: tuple[Place, ...], facts: Facts, section: counting.Section) -> Iterator[Notice]:
    """A number of problems in title, lead or heading that is not that of the items under it."""
    found, more = counting.told(paper, section.items, facts)
    if not found and not more and not counting.emptied(paper):
        return
    total = sum(one.count for one in found) + more
    place = next(p for p in places if (p.at == section.at if section.at >= 0 else p.key == TITLE))
    block = paper.blocks[section.at] if section.at >= 0 else None
    if block is not None and not key_of(block).startswith("lead"):
        yield from _heading(paper, section, place, block, total)
        return
    above = sum(one.count for one in found if one.above)
    if place.key == "lead:above":
        yield from _above(place, above)
        return
    if any(key_of(one) == _OWN for one in paper.blocks):
        # An answering unit tells what it found itself apart from what was fed back to it.
        found = [one for one in found if one.above != (place.key == _OWN)]
        total = sum(one.count for one in found) + more
        above = sum(one.count for one in found if one.above)
    said = _found(_PROBLEMS, _ABOVE_TOLD.sub("", _plain(place.text)))
    carried = opening(paper, place.key, _FOUND)
    if said and not {total + carried, total - above + carried} & set(said):
        sentence = f"{_where(place)}写问题{said[-1]}个，所列问题合计{total}个，请核对或重新生成。"
        yield Notice("count_problems", sentence, place.key, "", "error", place.at)
    solved = sum(one.solved for one in found if not one.above or total == above)
    told = _found(_SOLVED, _ABOVE_TOLD.sub("", _plain(place.text)))
    carried = opening(paper, place.key, _DONE)
    if told and not more and {solved + carried, sum(one.solved for one in found) + carried}.isdisjoint(told):
        sentence = f"{_where(place)}写已解决{told[0]}个，按现在的记录是{solved}个，请核对或重新生成。"
        yield Notice("count_solved", sentence, place.key, "", "warning", place.at)


_OWN: Final = "lead:self"
_FOUND: Final = "问题数"
_DONE: Final = "已整改数"


def opening(paper: Paper, key: str, name: str) -> int:
    """How much of a total that a part states was carried over (期初数): no item of the paper tells it."""
    return max((figure.opening for figure in paper.figures if (figure.key, figure.name) == (key, name)), default=0)


def _annexed(paper: Paper, facts: Facts) -> Iterator[Notice]:
    """Problems taken out of the text that an attachment still tells: its number is not the text's any more."""
    found, _more = counting.told(paper, counting.item_places(paper), facts)
    if paper.kind == "period_summary" or not (found or counting.emptied(paper)):
        return
    told = {one.ref for one in found}
    serials = {one.ref: one.serial for one in facts.findings if one.ref not in told}
    for number, annex in enumerate(paper.annexes):
        refs = dict.fromkeys(ref for block in annex.blocks for ref in records_of(block) if ref in serials)
        if refs:
            names = "、".join([serials[ref] for ref in refs][:_NAMED]) + ("等" if len(refs) > _NAMED else "")
            sentence = f"附件“{annex.title}”还列着正文里没有的{len(refs)}条问题（{names}），请从附件删去，或重新生成。"
            yield Notice("count_annex", sentence, f"annexes.{number}", next(iter(refs)), "error")


_NAMED: Final = 5


def _heading(paper: Paper, section: counting.Section, place: Place, block: Block, total: int) -> Iterator[Notice]:
    said = counting.headed(block)
    name = text_of(block).partition("（")[0]
    if said is not None and said != total:
        sentence = f"“{name}”写{said}个问题，所列问题合计{total}个，请核对或重新生成。"
        yield Notice("count_group", sentence, place.key, "", "error", place.at)
    elif said is not None and any(counting.grown(paper.blocks[at]) for at in section.items):
        sentence = f"“{name}”里手工增加了内容，标题仍写{said}个问题，请核对。"
        yield Notice("count_grown", sentence, place.key, "", "warning", place.at)


def _above(place: Place, above: int) -> Iterator[Notice]:
    said = _found(_ABOVE, place.text)
    if said and above not in said:
        sentence = f"写上级反馈问题{said[0]}个，所列上级反馈的问题合计{above}个，请核对或重新生成。"
        yield Notice("count_problems", sentence, place.key, "", "error", place.at)


def _impossible(place: Place) -> Iterator[Notice]:
    """More sites with a problem than sites visited, more problems solved than found."""
    text = _plain(place.text)
    pairs = (
        ("走访点位", _found(_VISITED, text), "问题点位", _found(_FAULTY, text)),
        ("问题", _found(_PROBLEMS, _ABOVE_TOLD.sub("", text)), "已解决", _found(_SOLVED, _ABOVE_TOLD.sub("", text))),
    )
    for whole, wholes, part, parts in pairs:
        if wholes and parts and max(parts) > max(wholes):
            sentence = f"{part}{max(parts)}个，多于{whole}{max(wholes)}个，请核对。"
            yield Notice("impossible", sentence, place.key, "", "error", place.at)


_ABOVE_TOLD = re.compile(r"上级(?:反馈|交办)问题[^。；]*")


def _typed(paper: Paper, places: tuple[Place, ...]) -> Iterator[Notice]:
    """Numbers of title, lead, figures and headings that the clerk typed over, with both values."""
    yield from _typed_over(places[0], counting.composed_title(paper), paper.title)
    for place in places:
        block = paper.blocks[place.at] if place.at >= 0 else None
        if not isinstance(block, Paragraph) or block.origin is None:
            continue
        if block.origin.key.startswith(_STATED):
            yield from _typed_over(place, block.origin.text, text_of(block))
        elif (said := counting.headed(block)) is not None:
            before = counting.headed(Paragraph(heading=block.origin.text))
            if before is not None and before != said:
                yield _over(place, f"{before}个问题", f"{said}个问题")


def _typed_elsewhere(paper: Paper, places: tuple[Place, ...]) -> Iterator[Notice]:
    """Numbers the clerk typed over in items and tables, by what was kept of them when the paper was composed."""
    for figure, now in typed_over(paper):
        place = next((place for place in places if place.key == figure.key), None)
        block = paper.blocks[place.at] if place and place.at >= 0 else None
        if place is None or place.key == TITLE or place.key.startswith(_STATED):
            continue
        if block is None or counting.headed(block) is None:
            yield _over(place, f"{figure.name}{figure.shown}", now)


def _typed_over(place: Place, before: str, now: str) -> Iterator[Notice]:
    old, new = _FIGURE.findall(_plain(before)), _FIGURE.findall(_plain(now))
    if before == now or [unit for _, _, unit in old] != [unit for _, _, unit in new]:
        return
    for (name, was, unit), (_, number, _) in zip(old, new, strict=True):
        if number_of(was) != number_of(number):
            yield _over(place, f"{name}{was}{unit}", f"{number}{unit}")


def _over(place: Place, before: str, now: str) -> Notice:
    sentence = f"数字手工改过：生成时是“{before}”，现在写“{now}”，请核对。"
    return Notice("count_typed", sentence, place.key, "", "warning", place.at)


def _found(pattern: re.Pattern[str], text: str) -> list[int]:
    return [number_of(next(filter(None, found.groups()))) for found in pattern.finditer(text)]


def _plain(text: str) -> str:
    """A text without what is quoted: names of papers and slogans count nothing."""
    return _QUOTED.sub("", text)


def _where(place: Place) -> str:
    return "标题" if place.key == TITLE else "开头"
