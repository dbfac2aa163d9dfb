"""What stands twice: paragraphs, sentences, words."""

import re
from collections.abc import Iterator
from typing import Final

from models.paper.checks.notices import Mend, Notice, Subject
from models.paper.checks.texts import around, plain, sentences
from models.paper.elements import Paragraph

_ORDINAL = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[一二三四五六七八九十]{1,2}是)\s*")
_SPARE = re.compile(r"[\s，。；：、！？,.;:!?]")
_WORD = re.compile(
    r"(的|了|在|和|与|及|将|把|被|由|是|对|为|以|有|请)\1(?=[一-鿿])|(?<!一)((?!一)[一-鿿]{2,6})\2(?![一-鿿]{0,1}\2)"
)
_RIGHT_TWICE = frozenset({"是是", "对对", "为为", "有有"})
_SHORT_PARAGRAPH: Final = 10
_SHORT_SENTENCE: Final = 10
_LONG_TEXT: Final = 20
_FAR_SENTENCE: Final = 30


def paragraphs(subject: Subject) -> Iterator[Notice]:
    """A paragraph of the body that stands there twice."""
    seen: dict[str, int] = {}
    for place in subject.places:
        block = subject.paper.blocks[place.at] if place.at >= 0 else None
        if not isinstance(block, Paragraph):
            continue
        text = _SPARE.sub("", _ORDINAL.sub("", place.text))
        below = _SPARE.sub("", block.text)
        if len(below) >= _LONG_TEXT:  # the same words under a heading of their own
            seen.setdefault(below, place.at)
        if (len(text) >= _SHORT_PARAGRAPH or text.startswith("特此")) and seen.get(text, place.at) != place.at:
            sentence = f"“{place.text.strip()[:20]}…”与前面第{seen[text] + 1}段相同，请删去一段。"
            yield Notice("repeated", sentence, place.key, place.record, at=place.at, mend=Mend(drop=True))
        seen.setdefault(text, place.at)


def said_again(subject: Subject) -> Iterator[Notice]:
    """A sentence that stands twice in a paragraph, or in two the clerk wrote."""
    far: dict[str, int] = {}
    for place in subject.places:
        block = subject.paper.blocks[place.at] if place.at >= 0 else None
        if not isinstance(block, Paragraph):
            continue
        here: set[str] = set()
        by_hand = block.origin is None and block.level == 0  # items of a list may have the same requirement
        for _start, sentence in sentences(place.text):
            text = _SPARE.sub("", _ORDINAL.sub("", sentence))
            again = text in here or (by_hand and len(text) >= _FAR_SENTENCE and far.get(text, place.at) != place.at)
            if len(text) >= _SHORT_SENTENCE and again and not _whole(far, text, place.text):
                words = f"“{sentence.strip()[:20]}…”写了两次，请删去一处。"
                yield Notice("sentence_twice", words, place.key, place.record, at=place.at)
            here.add(text)
            if by_hand:
                far.setdefault(text, place.at)


def _whole(far: dict[str, int], text: str, paragraph: str) -> bool:
    """Whether the sentence is all of its paragraph, which is told as a paragraph that stands twice."""
    return text in far and _SPARE.sub("", _ORDINAL.sub("", paragraph)) == text


def words(subject: Subject) -> Iterator[Notice]:
    """的的, 开展开展: a word typed twice."""
    for place in subject.places:
        for found in _WORD.finditer(plain(place.text)):
            if found[0] in _RIGHT_TWICE or _legal(found):
                continue
            one = found[1] or found[2]
            said = around(place.text, *found.span())
            sentence = f"“{said}”里“{one}”写了两次，请删去一处。"
            yield Notice("word_twice", sentence, place.key, place.record, at=place.at, mend=Mend(found[0], one))


def _legal(found: re.Match[str]) -> bool:
    """研究研究 is a word; 逐户逐户 and 层层 are said so."""
    word = found[2] or ""
    return word[:1] in "每逐层" or word in {"研究", "讨论", "商量", "考虑"}
