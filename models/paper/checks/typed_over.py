"""What the clerk's hand changed in a text composed of records: numbers, days, names of persons and units."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from models.paper.checks import counting
from models.paper.checks.notices import Notice, Place, Subject
from models.paper.editing import is_edited, text_of
from models.paper.elements import Block, Paragraph

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_STATED = ("lead", "work", "left")
_SIDE = 6


def typed_over(subject: Subject) -> Iterator[Notice]:
    """Numbers and days inside items, and names put in another's place, each with both values."""
    known = sorted(
        (name for name in subject.facts.organs | subject.facts.names if len(name) > 1), key=len, reverse=True
    )
    for place in subject.places:
        block = subject.paper.blocks[place.at] if place.at >= 0 else None
        if block is None or block.origin is None or not block.origin.records or not is_edited(block):
            continue
        before, now = block.origin.text, text_of(block)
        if not _is_stated(block):
            yield from _numbers(place, before, now)
        yield from _names(place, before, now, [name for name in known if name in before or name in now])


def _is_stated(block: Block) -> bool:
    """Whether its numbers are held against what was composed as figures already."""
    headed = isinstance(block, Paragraph) and counting.headed(block) is not None
    return headed or bool(block.origin and block.origin.key.startswith(_STATED))


def _numbers(place: Place, before: str, now: str) -> Iterator[Notice]:
    old, new = list(_NUMBER.finditer(before)), list(_NUMBER.finditer(now))
    matcher = SequenceMatcher(None, [one[0] for one in old], [one[0] for one in new], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "replace" or b - a != d - c:
            continue
        for one, other in zip(old[a:b], new[c:d], strict=True):
            if _side(before, one)[0][-2:] == _side(now, other)[0][-2:]:
                sentence = f"数字手工改过：生成时是“{_said(before, one)}”，现在写“{_said(now, other)}”，请核对。"
                yield Notice("number_typed", sentence, place.key, place.record, at=place.at)


def _side(text: str, found: re.Match[str]) -> tuple[str, str]:
    return text[max(found.start() - _SIDE, 0) : found.start()], text[found.end() : found.end() + 2]


def _said(text: str, found: re.Match[str]) -> str:
    before, after = _side(text, found)
    return f"{before}{found[0]}{after}".replace("\n", " ").replace("\t", " ").strip()


def _names(place: Place, before: str, now: str, names: list[str]) -> Iterator[Notice]:
    """A name that is gone where another came."""
    gone, came = _told(before, now, names), _told(now, before, names)
    for name, other in zip(gone, came, strict=False):
        sentence = f"名称手工改过：生成时是“{name}”，现在写“{other}”，请核对。"
        yield Notice("named_over", sentence, place.key, place.record, at=place.at)


def _told(text: str, other: str, names: list[str]) -> list[str]:
    """The known names that one text says and the other does not, longest first and none inside another."""
    found: list[str] = []
    for name in names:
        if name in text and name not in other and not any(name in longer for longer in found):
            found.append(name)
    return sorted(found, key=text.index)
