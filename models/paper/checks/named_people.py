"""Whether a paper names the parties of its cases: each one, each alike, and only those it may."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from models.domain.documents.mentions import times_named
from models.domain.text.naming import mask_name, surname
from models.paper.checks.notices import Facts, Notice, PersonFact, Place, Subject
from models.paper.elements import Paper
from models.paper.half_masked import half_masked


def people(subject: Subject) -> Iterator[Notice]:
    """A party that is lost, told as not dealt with, left out, or named differently in two places."""
    paper, places, facts = subject.paper, subject.places, subject.facts
    yield from _lost(paper, places, facts)
    known = {one.name for one in facts.people}
    for one in facts.people:
        place = _place(places, one.key)
        if place is not None and not one.settled and not one.left_out:
            sentence = f"“{one.name}”没有处理结果，也没有注明另行处理。"
            yield Notice("unsettled", sentence, place.key, one.ref, "warning", place.at)
        if len(one.name) == 3:
            yield from _near_names(one, places, known)


def _lost(paper: Paper, places: tuple[Place, ...], facts: Facts) -> Iterator[Notice]:
    """Parties of a printed case that its text does not name, and those that are left out of it."""
    by_hand = "".join(place.text for place in places if place.at >= 0 and paper.blocks[place.at].origin is None)
    for key in dict.fromkeys(one.key for one in facts.people):
        place = _place(places, key)
        if place is None:
            continue
        here = [one for one in facts.people if one.key == key]
        names = [name for one in here for name in (one.name, *one.also)]
        alike = Counter(one.name for one in here if not one.left_out)
        for one in here:
            named = _times(place.text + by_hand, one, names, paper)
            if one.left_out:
                yield _left_out(one, place, named > 0)
            elif named < alike[one.name]:
                sentence = f"这一起的“{one.name}”在正文里没有写到，请补写姓名，或在人员上填写“通报方式”。"
                yield Notice("name_missing", sentence, key, one.ref, "error", place.at)


def _left_out(one: PersonFact, place: Place, named: bool) -> Notice:
    if named:
        sentence = f"“{one.name}”按要求不写入通报，正文里还有这个名字，请核对。"
        return Notice("left_out_named", sentence, place.key, one.ref, "warning", place.at)
    sentence = f"“{one.name}”没有写入这一起，请核对是否确实不通报。"
    return Notice("left_out", sentence, place.key, one.ref, "warning", place.at)


def _times(text: str, one: PersonFact, names: list[str], paper: Paper) -> int:
    """How often a text names somebody, whole or masked."""
    masked = {mask.shown for mask in paper.masks if mask.name == one.name}
    if not paper.masks and not one.also:
        masked |= {mask_name(one.name), f"{surname(one.name)}某"}
    ways = {one.name, *one.also, *masked}
    return max(times_named(text, way, names) for way in ways if way)


def _place(places: Iterable[Place], key: str) -> Place | None:
    return next((place for place in places if place.key == key), None)


def _near_names(one: PersonFact, places: Iterable[Place], known: set[str]) -> Iterator[Notice]:
    """陈志远 here and 陈志源 there: names of three that differ in one of the given name's characters.

    免去陈志镇长职务 names 陈志, who is another one, and not 陈志镇.
    """
    family, second, third = tuple(one.name)
    pattern = re.compile(f"{family}(?:{second}[\u3400-\u9fff]|[\u3400-\u9fff]{third})")
    for place in places:
        for other in dict.fromkeys(pattern.findall(place.text)):
            if other not in known and other[:2] not in known and "某" not in other:
                sentence = f"“{other}”与“{one.name}”只差一个字，请核对姓名是否前后一致。"
                yield Notice("name_differs", sentence, place.key, one.ref, "warning", place.at)


def named_and_masked(subject: Subject) -> Iterator[Notice]:
    """A person masked in one part of the paper and named in full in another."""
    for name, shown, key, at, where in half_masked(subject.paper):
        sentence = f"“{name}”在别处隐去，写作“{shown}”，{where}里却是全名，公开前请核对。"
        yield Notice("half_masked", sentence, key, "", "warning", at)
