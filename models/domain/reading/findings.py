"""The problems a paper tells: one for each numbered point of prose, one for each site of a list of sites."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple, cast

from models.domain.reading.characters import alike, stripped
from models.domain.reading.labels import details_in
from models.domain.reading.outline import outline
from models.domain.reading.places import NOBODY, Subject, named_before, names_a_unit, subject_of, unit_in
from models.domain.reading.points import FIELD_OF, Point, points
from models.domain.reading.tone import problems_in


@dataclass(frozen=True, slots=True)
class Found:
    """One problem a paper tells.

    Attributes:
        fact: in the paper's own characters.
        start: where it stands in the text, ``end`` likewise.
        count: how many problems it speaks of; 0 where it does not say.
    """

    fact: str
    start: int
    end: int
    site: str = ""
    unit: str = ""
    team: str = ""
    count: int = 0
    aspect: str = ""
    advice: str = ""
    measures: str = ""
    situation: str = ""
    deadline_text: str = ""
    person: str = ""
    liable: str = ""


class _Piece(NamedTuple):
    """A part of a point with the sites it begins with."""

    start: int
    end: int
    subject: Subject


_WORDS: Final = (
    "site", "unit", "team", "aspect", "advice", "measures", "situation", "deadline_text", "person", "liable",
)  # fmt: skip
_ASPECT = re.compile(r"(?:在)?([^，。：；、]{2,12})方面(?=[：，。]|存在|$)")
_ASPECT_HEAD = re.compile(r"[^，。：；]{2,12}方面[：，。]")
_TEAM = re.compile(r"第[一二三四五六七八九十\d]{1,3}(?:督查|督导|检查|巡查|暗访|工作)组")
_LEAD = re.compile(
    r"^[^。；]{0,48}?(?:督查|督导|检查|走访|暗访|抽查|巡查|核查|现场)?[^。；，]{0,12}?(?:发现|查明|反映出|存在(?:的)?(?:主要|突出)?(?:问题|不足)(?:有|是)?)[：，]"
    r"|^[^。；]{0,60}?(?:发现|查出|存在)[^。；]{0,20}?，其中[：，]"
    r"|^第[一二三四五六七八九十\d]{1,3}(?:督查|督导|检查|巡查|暗访|工作)组(?:（[^（）]*）)?[：，](?!督查|督导|检查|走访|赴)"
    r"|^[^。；]{0,30}?(?:督查|督导|检查|走访|暗访|抽查|巡查)[^。；，]{0,12}，?发现(?=[^，：])"
)
_COUNT = re.compile(
    r"(?:问题|隐患|不足)(?:共计|共|合计)?(\d{1,5})(?:个|处|条|项|起|余[个条项])|(\d{1,5})(?:个|处|条|项)(?:突出|具体|一般)?(?:问题|隐患)"
)
_ADVICE = re.compile(
    r"(?<=[。；\n])(?:对此，?|为此，?|督查组|督导组|检查组|该组|我们)*(?:当场|现场|已)?(?:要求|建议|责令|责成|督促|提醒|下一?步)"
)
_SENTENCE = re.compile(r"[^。\n]+(?:[。\n]+(?:（[^（）]*）)?|$)")
_SOMEBODY = re.compile(r"个别|部分|有的|一些|少数|多数|大部分|各|全|第[一二三四五六七八九十\d]")
_PART = re.compile(r"[^；]+(?:；|$)")


def findings(text: str, units: Sequence[str] = ()) -> tuple[Found, ...]:
    """What a paper proposes as problems, in its order.

    Args:
        text: of the paper; places count its characters.
        units: names of the office's own units, looked for first.
    """
    plain = alike(text)
    found = [one for point in list(points(plain, outline(plain))) for one in _read(plain, point, units)]
    return tuple(_as_written(text, plain, one) for one in found)


def _as_written(text: str, plain: str, found: Found) -> Found:
    """The same in the paper's own characters."""
    words = {name: getattr(found, name) for name in _WORDS}
    places = {name: plain.find(said, max(0, found.start - len(said))) for name, said in words.items() if said}
    places = {name: at if at >= 0 else plain.find(words[name]) for name, at in places.items()}
    own = {name: text[at : at + len(words[name])] for name, at in places.items() if at >= 0}
    return replace(found, fact=text[found.start : found.end], **cast("dict[str, Any]", own))


def _read(text: str, point: Point, units: Sequence[str]) -> Iterator[Found]:
    """The problems of one point."""
    start, end = _cut(text, point)
    team = _TEAM.search(text[point.start : end]) or next(
        (hit for head in reversed(point.heads) if (hit := _TEAM.search(text[head.start : head.end]))), None
    )
    base = Found(
        "", start, end, team=team[0] if team else "", aspect=_aspect(text, point), site=_site_above(text, point)
    )
    base = replace(base, **cast("dict[str, Any]", point.details))
    lead = _lead(text, start, end)
    above = _unit_above(text, point, units)
    split = _pieces(text, lead, end, units) if point.numbered else _sentences(text, lead, end, units)
    for piece_start, piece_end, subject in split:
        yield from _one(text, base, _Piece(piece_start, piece_end, subject), above, units)


def _one(text: str, base: Found, piece: _Piece, above: str, units: Sequence[str]) -> Iterator[Found]:
    """The problems of one piece: one for each of the sites it begins with."""
    start, end, subject = piece
    said = text[start:end]
    unit = subject.unit or unit_in(said, units) or above
    if unit.startswith("该"):
        unit = named_before(text[:start], unit, units) or unit
    counted = _COUNT.search(said)
    count = int(counted[1] or counted[2]) if counted else 0
    whole = stripped(text, start, end, "；" if subject.sites else "")
    if not subject.sites:
        yield replace(base, start=whole[0], end=whole[1], unit=unit, count=count)
        return
    fact = stripped(text, start + subject.end, end, "；。，：")
    if len(subject.sites) == 1 and fact[1] - fact[0] < (whole[1] - whole[0]) // 2:
        fact = whole  # without its subject it says too little
    for site in subject.sites:
        yield replace(base, start=fact[0], end=fact[1], unit=unit, site=site, count=count)


def _cut(text: str, point: Point) -> tuple[int, int]:
    """Where a point's fact ends: before its measures, its deadline or the advice given on it."""
    said = text[point.start : point.end]
    labels = details_in(said)
    advice = _ADVICE.search(said)
    ends = [labels[0][1]] if labels else []
    if advice and advice.start() > 0:
        ends.append(advice.start())
        point.details.setdefault("advice", said[advice.start() : labels[0][1] if labels else None].strip())
    for n, (name, _begin, after) in enumerate(labels):
        until = labels[n + 1][1] if n + 1 < len(labels) else len(said)
        key = FIELD_OF.get(name, name)
        point.details.setdefault(key, said[after:until].strip().rstrip("，；"))
    return stripped(text, point.start, point.start + min(ends, default=len(said)), "，")


def _lead(text: str, start: int, end: int) -> int:
    """Where a point's fact begins behind 督查发现， and the like."""
    aspect = _ASPECT_HEAD.match(text, start, end)
    if aspect:
        start = aspect.end()
    found = _LEAD.match(text[start:end])
    if found is None or found.end() >= end - start:
        return start
    return start + found.end() if problems_in(found[0][: found[0].rfind("发现")]) == 0 else start


def _pieces(text: str, start: int, end: int, units: Sequence[str]) -> Iterator[_Piece]:
    """A point by its sites and units, where it lists them; whole otherwise."""
    for pattern in (_PART, _SENTENCE):
        parts = [(start + hit.start(), start + hit.end()) for hit in pattern.finditer(text[start:end])]
        told = [subject_of(text[a:b].lstrip()) for a, b in parts]
        named = [
            bool(one.sites) or names_a_unit(text[a:b].lstrip(), units) for one, (a, b) in zip(told, parts, strict=True)
        ]
        sites = sum(bool(one.sites) for one in told)
        if pattern is _PART and len(parts) > 1 and all(_COUNT.search(text[a:b]) for a, b in parts):
            yield from (_Piece(*stripped(text, a, b), one) for (a, b), one in zip(parts, told, strict=True))
            return
        if sum(named) > 1 and sites and named[0] and (pattern is _PART or all(named)):
            yield from _joined(text, parts, told, named)
            return
    head = subject_of(text[start:end])
    yield _Piece(start, end, head if len(head.sites) > 1 or _only_site(text, start, end, head) else NOBODY)


def _sentences(text: str, start: int, end: int, units: Sequence[str]) -> Iterator[_Piece]:
    """A plain paragraph by those of its sentences that tell a problem of somebody."""
    found: list[tuple[int, int]] = []
    for hit in _SENTENCE.finditer(text[start:end]):
        begin = stripped(text, start + hit.start(), start + hit.end())[0]
        begin = _lead(text, begin, start + hit.end())
        said = text[begin : start + hit.end()]
        if not problems_in(said):
            continue
        if not found or subject_of(said).sites or names_a_unit(said, units) or _SOMEBODY.match(said):
            found.append((begin, start + hit.end()))
        else:
            found[-1] = (found[-1][0], start + hit.end())
    for one in found:
        yield from _pieces(text, *one, units)


def _only_site(text: str, start: int, end: int, head: Subject) -> bool:
    """Whether a point is one sentence about one site: the site need not be said in its fact."""
    if head.sites and text[start + head.end : start + head.end + 1] == "：":
        return True
    return bool(head.sites) and "。" not in text[start:end].rstrip("。 \n") and "；" not in text[start:end].rstrip("；")


def _joined(
    text: str, parts: Iterable[tuple[int, int]], told: Iterable[Subject], named: Iterable[bool]
) -> Iterator[_Piece]:
    """Parts that name nobody go on with the one before."""
    found: list[_Piece] = []
    for (start, end), subject, begins in zip(parts, told, named, strict=True):
        if begins or not found:
            found.append(_Piece(stripped(text, start, end)[0], end, subject))
        else:
            found[-1] = found[-1]._replace(end=end)
    yield from found


def _site_above(text: str, point: Point) -> str:
    """The one site of the sentence that a list inside a paragraph stands in (金鑫建材厂检查发现：①)."""
    for head in reversed(point.heads):
        said = text[head.start : head.end]
        found = subject_of(re.split(r"[。；]", said.rstrip("。；"))[-1].strip())
        if len(found.sites) == 1:
            return found.sites[0]
    return ""


def _aspect(text: str, point: Point) -> str:
    """What a point is about by its own or its nearest heading: 思想认识方面."""
    for start, end in ((point.start, point.end), *((head.start, head.end) for head in reversed(point.heads))):
        if (found := _ASPECT.match(text[start:end].lstrip())) is not None:
            return found[1]
    return ""


def _unit_above(text: str, point: Point, units: Sequence[str]) -> str:
    """The unit of the nearest heading that names one."""
    for head in reversed(point.heads):
        if found := unit_in(text[head.start : head.end], units):
            return found
    return ""
