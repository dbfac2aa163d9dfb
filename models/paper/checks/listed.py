"""How many a text says there are, against what it lists: read from the words alone, so in papers of others too."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from models.paper.checks.counting import NUMBER, number_of
from models.paper.checks.notices import TITLE, Notice, Place, Subject
from models.paper.checks.sequences import ordinal_of
from models.paper.checks.texts import plain
from models.paper.elements import Paragraph

_THINGS = "个方面|方面|个问题|类问题|项问题|个|项|条|点|类|起|家|户|名|人|件|大"
_LISTS = re.compile(
    rf"(?:以下|下列|如下|主要有|存在|突出|做好|抓好|落实|提出|注意|把握|围绕|强化|分为|包括|有)?[^。；：，]{{0,8}}?{NUMBER}(?:{_THINGS})"
    r"[^。；：，]{0,12}"
)
_FIRST = re.compile(r"(?:^|(?<=[：:；;。，,\s]))一(?:是|要|来)(?=[\u3400-\u9fff“《\d])")
_NTH = re.compile(r"(?:^|(?<=[：:；;。，,\s]))([一二三四五六七八九十]{1,3})(?:是|要|来)(?=[\u3400-\u9fff“《\d])")
_FOLLOW = re.compile(
    rf"(?:以下|下列|如下)[^。；：，]{{0,4}}?{NUMBER}(?:{_THINGS})|{NUMBER}(?:{_THINGS})[^。；：，]{{0,10}}(?:如下|分别是)"
)
_HEAD = re.compile(
    rf"[（(](?:共|计)?{NUMBER}(?:个|项|条|起|家|件|类)?(?:问题|点位|案件|措施)?[）)]$|(?<![\d第]){NUMBER}(?:个|项|条|方面|类|大|点)[一-鿿]{{0,8}}$"
)
_FOUND = re.compile(
    rf"(?<=个[、，])问题{NUMBER}[个条项]|(?<!反馈)(?<!其中)(?:发现|存在|查出|查找出|排查出|梳理出|共有|仍有)(?:各类)?(?:的)?(?:突出)?问题{NUMBER}[个条项]"
    rf"|(?:发现|存在|查出|排查出|梳理出)(?:了)?(?:各类)?{NUMBER}[个条项](?:方面)?(?:的)?(?:突出)?问题"
)
_OWN = re.compile(rf"问题{NUMBER}[个条项]|{NUMBER}[个条项](?:方面)?(?:的)?问题|[（(](?:共|计)?{NUMBER}[个条项][，）)]")
_CASES = re.compile(rf"(?<!其中){NUMBER}起")
_CASE = re.compile(r"给予|诫勉|警告|记过|通报批评|批评教育|责令|问责|处分|处理|免职|约谈|检查|问题[。，]?")
_PARTLY = re.compile(r"主要|典型|部分|例如|比如|个别|普遍|有的|等|余|以上")
_ROUGHLY = re.compile(r"部分|等|余|以上|多个")
_ABOVE = re.compile(rf"上级(?:反馈|交办)(?:的)?问题{NUMBER}[个条项]")
"""Told apart from what was found, and listed with it."""
_SLIP: Final = 3
_LEADS: Final = 10
"""Paragraphs at the beginning that may say how many there are in all."""
_FAR: Final = 400
"""Paragraphs below an announcement that are gone through."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A paragraph with its level: of the ordinal it is composed or typed with; 0 for running text."""

    place: Place
    level: int


def enumerated(subject: Subject) -> Iterator[Notice]:
    """存在三个问题：一是…二是…, in one paragraph."""
    for place in subject.places:
        if place.at < 0:
            continue
        text = plain(place.text)
        for first in _FIRST.finditer(text):
            next_list = _FIRST.search(text, first.end())
            listed = text[first.start() : next_list.start() if next_list else len(text)]
            numbers = [number_of(one[1]) for one in _NTH.finditer(listed)]
            head = text[: first.start()]
            said = _said_before(head)
            if said is not None and numbers and max(numbers) != said and not _ROUGHLY.search(head[-24:]):
                words = f"前面写{said}项，后面列到第{max(numbers)}项，请核对。"
                yield Notice("count_listed", words, place.key, place.record, at=place.at)


def _said_before(head: str) -> int | None:
    """The number of things that the words right before a list announce."""
    tail = re.split("[。；]", head.rstrip("：:，,。 "))[-1]
    clause = re.split("[，,]", tail)[-1]
    found = list(_LISTS.finditer(clause))
    return number_of(found[-1][1]) if found else None


def below(subject: Subject) -> Iterator[Notice]:
    """存在以下四个问题： and （3个问题） over items of the paper."""
    items = list(_items(subject))
    for n, item in enumerate(items):
        said = _announced(item)
        if said is None or _PARTLY.search(item.place.text[-20:]) or _CASES.search(item.place.text):
            continue
        under = _under(items, n)
        if len(under) > 1 and len(under) != said and not _weighed(under):
            sentence = f"“{_short(item.place.text)}”写{said}，下面列了{len(under)}，请核对。"
            yield Notice("count_below", sentence, item.place.key, item.place.record, at=item.place.at)


def _announced(item: _Item) -> int | None:
    text = plain(item.place.text).rstrip("：:。 ")
    head = re.split("[。\n]", text)[0] if item.level else text
    ordinal = ordinal_of(head)
    bare = head[len(ordinal[2]) :] if ordinal else head
    found = _HEAD.search(bare.strip()) if item.level and len(bare) < 40 else None
    found = found or next(iter(list(_FOLLOW.finditer(re.split("。", text)[-1]))[-1:]), None)
    return number_of(next(filter(None, found.groups()))) if found else None


def _under(items: Sequence[_Item], n: int) -> list[_Item]:
    """The items that follow a paragraph and are of the first level below it, as far as the next one of its own."""
    level = items[n].level
    rest = []
    for item in items[n + 1 : n + 1 + _FAR]:
        if item.level and level and item.level <= level:
            break
        rest.append(item)
    levels = [item.level for item in rest if item.level]
    if not levels:
        return []
    first = levels[0]
    found = []
    for item in rest:
        if item.level and item.level < first:
            break
        if item.level == first:
            found.append(item)
    return found


def _weighed(items: Sequence[_Item]) -> bool:
    """Whether items say their own numbers, so that they are no longer counted one by one."""
    return any(_OWN.search(plain(item.place.text)) for item in items)


def totals(subject: Subject) -> Iterator[Notice]:
    """发现问题12个, and the parts say 5, 4 and 2."""
    items = list(_items(subject))
    leads = "".join(plain(item.place.text) for item in items[:_LEADS] if not item.level)
    above = sum(number_of(found[1]) for found in _ABOVE.finditer(leads))
    for n, item in enumerate(items[:_LEADS]):
        found = None if item.level else _FOUND.search(plain(item.place.text))
        if found is None or _PARTLY.search(found[0]) or item.place.records:
            continue
        said = number_of(next(filter(None, found.groups())))
        weights = _weights([one for one in items[n + 1 :] if one.level])
        sums = [sum(one) for one, _whole in weights]
        # A heading of one problem with a title of its own need not say that it is one.
        fit = {*sums, *(sum(one) + 1 for one, whole in weights if not whole)}
        if sums and not {said, said + above} & fit and (weights[0][1] or abs(sums[0] - said) <= _SLIP):
            sentence = f"写问题{said}个，各部分所写的合计{sums[0]}个，请核对。"
            yield Notice("count_parts", sentence, item.place.key, at=item.place.at)


def _weights(items: Sequence[_Item]) -> list[tuple[list[int], bool]]:
    """The numbers that the headings of one part say, part by part, and whether each of its headings says one."""
    groups: dict[tuple[int, int], list[_Item]] = {}
    parents = [0] * 5
    for n, item in enumerate(items):
        groups.setdefault((item.level, parents[item.level - 1]), []).append(item)
        parents[item.level :] = [n + 1] * (5 - item.level)
    found = []
    for here in groups.values():
        said = [_OWN.search(plain(re.split("[。\n]", one.place.text)[0])) for one in here]
        some = [number_of(next(filter(None, one.groups()))) for one in said if one]
        if len(some) > 1 and len(some) >= len(here) - 1:
            found.append((some, len(some) == len(here)))
    return found


def cases(subject: Subject) -> Iterator[Notice]:
    """通报3起问题, of which the text tells two; another number in the title than in the text."""
    leads = [p for p in subject.places if p.key == TITLE or (p.at >= 0 and p.at < 3)]
    said = [(place, number_of(found[1])) for place in leads for found in _CASES.finditer(plain(place.text))]
    told = [item for item in _items(subject) if item.level == 1 and _CASE.search(item.place.text)]
    if not said or any(block.origin for block in subject.paper.blocks):
        return
    for place, number in said:
        if len(told) > 1 and number != len(told):
            sentence = f"写{number}起，正文列了{len(told)}起，请核对。"
            yield Notice("count_told", sentence, place.key, at=place.at)
    first = said[0]
    for place, number in said[1:]:
        if number != first[1] and len(told) < 2:
            sentence = f"写{number}起，前面写{first[1]}起，请核对。"
            yield Notice("count_told", sentence, place.key, at=place.at)


def _items(subject: Subject) -> Iterator[_Item]:
    for place in subject.places:
        block = subject.paper.blocks[place.at] if place.at >= 0 else None
        if isinstance(block, Paragraph):
            typed = None if block.level and block.numbered else ordinal_of(place.text)
            yield _Item(place, typed[0] if typed else block.level)


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:18]}…"
