"""Punctuation marks: in pairs, full-width, once; a stop at a paragraph's end; no space between characters."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from models.paper.checks.notices import Mend, Notice, Place, Subject
from models.paper.checks.texts import around
from models.paper.elements import Paragraph

_PAIRS: Final = {
    "（": "）",
    "《": "》",
    "〈": "〉",
    "“": "”",
    "‘": "’",
    "【": "】",
    "〔": "〕",
    "「": "」",
    "(": ")",
    "[": "]",
}
_CLOSING: Final = {close: start for start, close in _PAIRS.items()}
_MARKER = re.compile(r"(?:^|(?<=[\s。；：，、]))[（(]?[\d一二三四五六七八九十]{1,3}[）)]")
_FULL: Final = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_HAN = "一-鿿"
_HALF = re.compile(
    rf"(?<=[{_HAN}）》”〕])[,;:?!](?=[{_HAN}（《“\d]|$)|(?<=[\dA-Za-z%])[,;:?!](?=[{_HAN}（《“])"
    rf"|\((?=[^()\n]*[{_HAN}])|(?<=[{_HAN}])\)|(?<=[{_HAN}])\((?=[^()\n]*\))"
)
_DOT = re.compile(rf"(?<=[{_HAN}）》”])\.(?=$|[{_HAN}\n])")
_STRAIGHT = re.compile(r'"([^"\n]*)"')
_TWICE = re.compile(r"[，。；：、？！]{2,}")
_SPACE = re.compile(rf"(?<=[{_HAN}，。；：、]) +(?=[{_HAN}，。；：、])")
_ENDS = re.compile(r"[。；：！？…：）”》』」.;:!?)—]$")
_NO_SENTENCE = re.compile(r"^(?:附件|附[：:]|联系|抄送|主送|电话|地址|签发|（联系)")
_LONG: Final = 20
_MOST: Final = 5
"""Marks without a partner that are told of one line."""


def unpaired(subject: Subject) -> Iterator[Notice]:
    """（ without ）, ” without “."""
    for place in subject.places:
        for line in place.text.split("\n"):
            for at in _alone(line)[:_MOST]:
                sentence = f"“{around(line, at, at + 1)}”里的“{line[at]}”没有配对，请补上或删去。"
                yield _at(place, "unpaired", sentence)


def _alone(line: str) -> list[int]:
    """Where marks stand that have no partner; the bracket of 1） is none."""
    markers = {found.end() - 1 for found in _MARKER.finditer(line) if found[0][0] not in "（("}
    open_: list[int] = []
    waiting: Counter[str] = Counter()
    alone = []
    for at, char in enumerate(line):
        if char in _PAIRS:
            open_.append(at)
            waiting[char] += 1
        elif char in _CLOSING and at not in markers:
            start = _CLOSING[char]
            if waiting[start]:
                while line[open_[-1]] != start:
                    alone.append(open_.pop())
                    waiting[line[alone[-1]]] -= 1
                open_.pop()
                waiting[start] -= 1
            elif char != "’" or not line[max(at - 1, 0)].isascii():
                alone.append(at)
    return sorted(alone + open_)


def half_width(subject: Subject) -> Iterator[Notice]:
    """Half-width marks between Chinese characters."""
    for place in subject.places:
        changes: dict[str, str] = {}
        for found in _HALF.finditer(place.text):
            _note(changes, place.text, found.start(), _FULL[found[0]])
        for found in _DOT.finditer(place.text):
            _note(changes, place.text, found.start(), "。")
        for found in _STRAIGHT.finditer(place.text):
            changes[found[0]] = f"“{found[1]}”"
        if changes:
            (old, new), *more = changes.items()
            marks = f"“{old}”" if len(changes) == 1 else f"“{old}”等{len(changes)}处"
            mend = Mend(old, new, more=tuple(more), label="改为全角标点")
            yield _at(place, "half_width", f"{marks}用了半角标点，应改为全角，如“{new}”。", mend)


def _note(changes: dict[str, str], text: str, at: int, mark: str) -> None:
    before, after = text[max(at - 2, 0) : at], text[at + 1 : at + 2].strip()
    changes[f"{before}{text[at]}{after}"] = f"{before}{mark}{after}"


def twice(subject: Subject) -> Iterator[Notice]:
    """Two marks where one is due, ，。 and 。。."""
    for place in subject.places:
        for found in _TWICE.finditer(place.text):
            right = "。" if "。" in found[0] else found[0][-1]
            if found[0] in ("？！", "！？"):
                continue
            said = around(place.text, *found.span())
            yield _at(place, "mark_twice", f"“{said}”里连用了标点“{found[0]}”，请改正。", Mend(found[0], right))


def spaces(subject: Subject) -> Iterator[Notice]:
    """A stray space between two characters of a sentence."""
    for place in subject.places:
        if place.at < 0 or not isinstance(subject.paper.blocks[place.at], Paragraph):
            continue
        found = _SPACE.search(place.text)
        if found and len(place.text) >= _LONG:
            said = around(place.text, *found.span())
            right = _SPACE.sub("", said)
            yield _at(place, "stray_space", f"“{said}”里有多余的空格。", Mend(said, right, label="删去空格"))


def no_stop(subject: Subject) -> Iterator[Notice]:
    """A paragraph of sentences that ends without a stop."""
    for place in subject.places:
        block = subject.paper.blocks[place.at] if place.at >= 0 else None
        if not isinstance(block, Paragraph) or not block.text.strip():
            continue
        text = block.text.rstrip()
        said = len(text) >= _LONG and ("，" in text or "。" in text) and not _NO_SENTENCE.match(place.text)
        if said and not _ENDS.search(text):
            tail = text[-12:]
            yield _at(place, "no_stop", f"“{tail}”后面没有句号。", Mend(tail, f"{tail}。", label="补上句号"))


def _at(place: Place, code: str, sentence: str, mend: Mend | None = None) -> Notice:
    return Notice(code, sentence, place.key, place.record, "warning", place.at, mend=mend)
