"""Titles broken by meaning into a trapezium or a diamond (GB/T 9704-2012, 7.3.1).

A line never ends inside a word, a number with its unit, “…”, 《》 or （）. Words are told apart by
the likeliest segmentation over a small list of words with their costs, ``resources/title_words.txt``.
"""

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import combinations, pairwise
from math import ceil, inf

from models.domain.catalogs import resources

_LONGEST_WORD = 4
_UNKNOWN = 18.0
# A number keeps its unit, a Western word or a decimal stays whole.
_WHOLE = re.compile(
    r"第?[0-9０-９]+(?:[.．:：/\-－—~～][0-9０-９]+)*[%％‰]?"
    r"(?:年度?|个?月份?|日|号|起|次|个|名|人|期|批|轮|处|项|条|家|例|天|时|点|分|周|季度|级|类|万元?|亿元?|元|镇|乡|村|楼|层)?"
    r"|第?[一二三四五六七八九十百]+(?:季度|批次?|轮|次|期|届|年|月份?|号|起|项|条|阶段)"
    r"|[A-Za-z][A-Za-z0-9.+\-]*"
    r"|——|……"
)
_PAIRS = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "(": ")", "〔": "〕", "【": "】"}
_NOT_FIRST = set("、，。；：！？”’》〉）)〕】％%·…—的了和与及暨等")
_NOT_LAST = set("“‘《〈（(〔【·在对为向从按将把被由和与及暨第")
_BAD_LAST_WORDS = {"关于", "有关", "对于", "以及", "进一步"}
# A lone one of these belongs to the name before it, as a number of things does to what follows.
_SUFFIXES = set("省市县区镇乡村街局委办站所院校厂组队")
_ENDS_TIME = set("年月日度份期号半季")
_INSIDE = 100.0
_LINE_PRICE = 8.0
_SHORTEST = 4.0
_STEP = 0.5


_ISSUE = re.compile(r"\n?（第([0-9]+)期）$")


def issue_of(title: str) -> int | None:
    """期号 at the end of a title, （第7期）; None where it has none."""
    found = _ISSUE.search(title)
    return int(found[1]) if found else None


def with_issue(title: str, issue: int | None) -> str:
    """The title with this 期号 at its end; 7.3.2 leaves no line for it between title and addressees."""
    bare = _ISSUE.sub("", title)
    return f"{bare}（第{issue}期）" if issue else bare


@lru_cache(maxsize=128)
def break_title(title: str, max_width_em: float = 19.5) -> tuple[str, ...]:
    """The lines of a title.

    Args:
        title: the title; a newline is a break the clerk asked for and stays.
        max_width_em: the widest line, in characters of the title; Western ones count half.

    Returns:
        One line where it fits, else as few as make a shape whose lines differ in width.
    """
    given = [line.strip() for line in title.split("\n") if line.strip()]
    return tuple(line for part in given for line in _break_line(part, max_width_em))


def break_name(name: str, widest: float) -> tuple[str, ...]:
    """The lines of an organ's name where it stands beside another: as few and as even as its words allow.

    Args:
        name: the name, on one line.
        widest: the widest line, in characters; Western ones count half.
    """
    fewest = ceil(width(name) / widest)
    for count in range(fewest, fewest + 2):
        shapes = (_parts(name, ends) for ends in combinations(sorted(_cuts(name)), count - 1))
        if fitting := [lines for lines in shapes if max(map(width, lines)) <= widest]:
            return min(fitting, key=lambda lines: sum(width(line) ** 2 for line in lines))
    return tuple(_fill(name, dict.fromkeys(range(1, len(name)), 0.0), widest))


def _parts(text: str, ends: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in pairwise((0, *ends, len(text))))


def words(text: str) -> list[str]:
    """The text cut into its likeliest words; numbers with units and Western words are one each."""
    found: list[str] = []
    at = 0
    for match in _WHOLE.finditer(text):
        found += _segment(text[at : match.start()])
        found.append(match.group())
        at = match.end()
    return found + _segment(text[at:])


def _segment(text: str) -> list[str]:
    """The cheapest path through all words of the list."""
    costs = _costs()
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(text) + 1):
        starts = range(max(0, end - _LONGEST_WORD), end)
        best.append(min((best[s][0] + _cost(text[s:end], costs), s) for s in starts))
    cut: list[str] = []
    end = len(text)
    while end:
        start = best[end][1]
        cut.append(text[start:end])
        end = start
    return cut[::-1]


def _cost(word: str, costs: dict[str, int]) -> float:
    return costs.get(word, _UNKNOWN if len(word) == 1 else inf)


@lru_cache(maxsize=1)
def _costs() -> dict[str, int]:
    lines = (resources() / "title_words.txt").read_text(encoding="utf-8").splitlines()
    costs: dict[str, int] = {}
    for line in lines:
        cost, *known = line.split()
        if cost != "#":
            costs.update(dict.fromkeys(known, int(cost)))
    return costs


def width(text: str) -> float:
    """Width in characters; Western letters and digits are half as wide."""
    return sum(0.5 if ord(c) < 0x2000 and c != "·" else 1.0 for c in text)


def _break_line(text: str, widest: float) -> list[str]:
    if width(text) <= widest:
        return [text]
    fewest = ceil(width(text) / widest)
    every = _cuts(text)
    # A quotation or book title wider than a line has to break somewhere inside.
    outside = {at: price for at, price in every.items() if price < _INSIDE}
    for cuts in (outside, every):
        shapes = _Shapes(text, cuts, widest)
        price, lines = min(shapes.best(fewest + more, _LINE_PRICE * more) for more in range(3))
        if price < inf:
            return lines
    anywhere = dict.fromkeys(range(1, len(text)), 0.0)
    return _fill(text, every, widest) or _fill(text, anywhere, widest)


def _cuts(text: str) -> dict[int, float]:
    """Where a line may end, with the price of ending it there."""
    closing = ""
    cuts: dict[int, float] = {}
    at = 0
    found = words(text)
    for before, after in pairwise(found):
        at += len(before)
        closing = _closing(closing, before)
        if after[0] not in _NOT_FIRST and before[-1] not in _NOT_LAST:
            cuts[at] = _price(before, after) + (_INSIDE if closing else 0.0)
    return cuts


def _closing(closing: str, word: str) -> str:
    """The mark that closes the outermost pair still open after ``word``; empty outside of pairs."""
    for character in word:
        if not closing:
            closing = _PAIRS.get(character, "")
        elif character == closing:
            closing = ""
    return closing


def _price(before: str, after: str) -> float:
    if before in _BAD_LAST_WORDS:
        return 20.0
    if after in _SUFFIXES or (before[0].isdigit() and before[-1] not in _ENDS_TIME):
        return 15.0
    if after == "关于":
        return -8.0
    if before[-1] in "、，；：":
        return -4.0
    # A lone character is often the rest of a name or a word the list lacks.
    return 3.0 * (len(before) == 1 and before != "的") + 3.0 * (len(after) == 1)


class _Shapes:
    """The cheapest lines that only widen, only narrow, or widen and then narrow."""

    def __init__(self, text: str, cuts: dict[int, float], widest: float) -> None:
        self._text, self._cuts, self._widest = text, cuts, widest
        self._edges = [0, *sorted(cuts), len(text)]
        self._widths = [width(text[:edge]) for edge in self._edges]
        self._memo: dict[tuple[int, float, bool, int], tuple[float, tuple[int, ...]]] = {}

    def best(self, count: int, surcharge: float = 0.0) -> tuple[float, list[str]]:
        """Price and lines; an infinite price where no shape of ``count`` lines exists."""
        price, ends = self._rest(0, 0.0, False, count)
        starts = (0, *ends[:-1])
        return price + surcharge, [self._text[a:b] for a, b in zip(starts, ends, strict=False)]

    def _rest(self, start: int, last: float, narrowing: bool, count: int) -> tuple[float, tuple[int, ...]]:
        """Price and line ends from edge ``start`` on, in ``count`` lines after one ``last`` wide."""
        key = (start, last, narrowing, count)
        if key not in self._memo:
            goal = len(self._edges) - 1
            furthest = bisect_right(self._widths, self._widths[start] + self._widest)
            ends = (goal,) if count == 1 else range(start + 1, min(goal - count + 2, furthest))
            options = [self._line(start, end, last, narrowing, count) for end in ends]
            self._memo[key] = min(options, default=(inf, ()))
        return self._memo[key]

    def _line(self, start: int, end: int, last: float, narrowing: bool, count: int) -> tuple[float, tuple[int, ...]]:
        wide = self._widths[end] - self._widths[start]
        change = wide - last
        if not _SHORTEST <= wide <= self._widest or (last and abs(change) < _STEP) or (narrowing and change > 0):
            return inf, ()
        price = (abs(change) - 2) ** 2 if last else 0.0
        if count == 1:
            return price, (self._edges[end],)
        price += self._cuts[self._edges[end]]
        rest, ends = self._rest(end, wide, bool(last) and change < 0, count - 1)
        return price + rest, (self._edges[end], *ends)


def _fill(text: str, cuts: dict[int, float], widest: float) -> list[str]:
    """Lines as full as they go, where no shape can be had; empty where a stretch is too wide."""
    lines: list[str] = []
    start = 0
    for end, following in zip([*sorted(cuts), len(text)], [*sorted(cuts)[1:], len(text), len(text)], strict=False):
        if width(text[start:end]) > widest:
            return []
        if end == len(text) or width(text[start:following]) > widest:
            lines.append(text[start:end])
            start = end
    return [line for line in lines if line]
