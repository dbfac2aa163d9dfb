"""The accountability cases a paper tells: title, facts, persons with posts, what was decided, by whom and when."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from models.domain.reading.characters import alike, stripped
from models.domain.reading.outline import Piece, outline, walk
from models.domain.reading.people import Person, names_in, people_in

_TITLE = re.compile(
    r"^[^。\n]{4,90}?(?:问题|案件|行为|案)[。：\n]|^[^。\n]{4,60}(?:不力|失职|失责|不到位|弄虚作假)[。\n]"
)
_CLAUSE = re.compile(r"[^。；\n]+")
_DAY = re.compile(r"(?:(?:19|20)\d{2}年)?\d{1,2}月(?:\d{1,2}日|[上中下]旬|底|初)?|当[日天]")
_ORGAN = re.compile(
    r"((?:中共)?[一-龥]{0,10}?(?:纪委监委|纪委|监委|监察委员会|党委|党工委|党组|党支部|支部|县委|区委|市委|组织部"
    r"|人民政府|政府|办事处|指挥部(?:办公室)?|管委会|公安局|[一-龥]{2,6}局))"
    r"(?:研究|会议|已|依法|依规|依纪|决定|按程序|立即|对其|对|给予|免去|责令|责成|撤销|约谈|将)"
)
_REMOVED = re.compile(r"(?:被)?(?:免去|免除|撤销)(?!党内职务)[^，。；]{0,40}?职务|被?免职")
_LIKEWISE: Final = ("均", "分别", "都", "一并")


@dataclass(frozen=True, slots=True)
class Decided:
    """One measure against a person, as told: day and organ in the paper's words, "" where it does not say."""

    measure: str
    organ: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Answerable:
    """One person of a case with what was decided."""

    name: str
    post: str
    unit: str
    measures: tuple[Decided, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """One case a paper tells; its place in the text."""

    title: str
    fact: str
    parties: tuple[Answerable, ...]
    start: int
    end: int


def cases(text: str, measures: Mapping[str, str]) -> tuple[Told, ...]:
    """What a paper proposes as cases, in its order.

    Args:
        text: of the paper; places count its characters.
        measures: what a measure is called there, and its name in the catalogue.
    """
    plain = alike(text)
    words = re.compile("|".join(map(re.escape, sorted(measures, key=len, reverse=True))) or r"(?!)")
    found: list[Told] = []
    for piece in walk(outline(plain)):
        start, end = stripped(plain, piece.start, _end(piece))
        if (found and start < found[-1].end) or not _is_case(plain[start:end], words):
            continue
        found.append(_told(text, plain, (start, end), words, measures))
    return tuple(found)


def _end(piece: Piece) -> int:
    return max([piece.end, *(child.end for child in piece.children if child.style is None)])


def _is_case(said: str, words: "re.Pattern[str]") -> bool:
    """A title that names a fault or a person, and a measure after it."""
    title = _TITLE.match(said)
    body = said[title.end() :] if title else ""
    return bool(title) and bool(people_in(said)) and bool(words.search(body) or _REMOVED.search(body))


def _told(text: str, plain: str, place: tuple[int, int], words: "re.Pattern[str]", measures: Mapping[str, str]) -> Told:
    start, end = place
    title = _TITLE.match(plain[start:end])
    assert title is not None
    people = people_in(plain[start:end])
    decided: dict[str, list[Decided]] = {one.name: [] for one in people}
    first = end
    for clause in _CLAUSE.finditer(plain, start + title.end(), end):
        found = tuple(_decided(clause[0], people, words, measures, decided))
        if found:
            first = min(first, clause.start())
        for name, one in found:
            decided[name].append(one)
    fact = stripped(plain, start + title.end(), first)
    parties = tuple(Answerable(one.name, one.post, one.unit, tuple(decided[one.name])) for one in people)
    head = stripped(plain, start, start + title.end(), "。：")
    return Told(text[head[0] : head[1]], text[fact[0] : fact[1]], parties, start, end)


def _decided(
    clause: str, people: Iterable[Person], words: "re.Pattern[str]", measures: Mapping[str, str],
    before: Mapping[str, list[Decided]],
) -> Iterable[tuple[str, Decided]]:  # fmt: skip
    """Who is dealt with in one clause: the persons named before the measure, 其 being the last one named."""
    hits = sorted([*words.finditer(clause), *_REMOVED.finditer(clause)], key=lambda hit: (hit.start(), -hit.end()))
    people = tuple(people)
    named, at = _main(people, before), 0
    last_day, last_organ = "", ""
    for hit in hits:
        if hit.start() < at:
            continue
        segment = clause[at : hit.end()]
        said = names_in(segment, people)
        if said:
            named = said if len(said) == 1 or any(one in segment for one in _LIKEWISE) else _nearest(segment, said)
        last_day = _last(_DAY, segment) or last_day
        last_organ = _organ(segment) or last_organ
        measure = measures.get(hit[0]) or ("撤销党内职务" if "撤销" in hit[0] and "党" in hit[0] else "免职")
        at = hit.end()
        for name in named:
            yield name, Decided(measure, last_organ, last_day)


def _main(people: tuple[Person, ...], before: Mapping[str, list[Decided]]) -> tuple[str, ...]:
    """Whom a clause without a name speaks of: the last one dealt with, else the first one of the case."""
    dealt = [name for name, measures in before.items() if measures]
    return (dealt[-1] if dealt else people[0].name,)


def _nearest(segment: str, said: tuple[str, ...]) -> tuple[str, ...]:
    """Of several persons those a list joins; else the first, who is the sentence's subject."""
    start, end = segment.index(said[0]), segment.index(said[-1])
    between = segment[start:end]
    return said if "，" not in between and re.search(r"[、和与及]", between) else said[:1]


def _last(pattern: "re.Pattern[str]", text: str) -> str:
    found = pattern.findall(text)
    return found[-1] if found else ""


def _organ(segment: str) -> str:
    named = _last(_ORGAN, segment)
    return re.sub(r"^(?:经|由|日|月|后|并|被|，)+", "", named)
