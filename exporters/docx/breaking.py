"""Breaking Chinese text into lines, on plain widths and without Qt.

The rules are those of GB/T 15834 and of the two programs that open our .docx: no line starts
with a closing mark or ends with an opening one, Western words and figures stay whole, a dash
(——) or an ellipsis (……) is never parted, and a gap stands between Chinese and Western text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from exporters import standard

NO_START = frozenset("，。、；：？！）》”’】〕〉」』］｝〗｠―·•～‖々′,.;:?!)]}'\"-、︰％%‰℃°")
NO_END = frozenset("（《“‘【〔〈「『［｛〖｟([{￥¥￡$")
_EITHER = frozenset("\"'")
"""Straight quotes open as well as close: after a space they open."""
HANGABLE = frozenset("，。、；：？！")
_STOPS = frozenset("、，。”’）》〉】〕」』·％")

_PAIRS = frozenset("—…")
_LETTER = "0-9A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff"
# Marks that belong to both scripts go with what stands before them.
_WESTERN = re.compile(f"[{_LETTER}][{_LETTER} -~\u00a0-\u2e7f]*")
_TOLERANCE = 0.01
GAP = 0.2
"""The gap between Chinese and Western text, in ems."""


class Habit(NamedTuple):
    """Where the programs that open our .docx differ: a stop that hangs, a line that ends before a Western word."""

    hangs: bool
    """Whether one stop or comma may stand outside the right edge."""
    parts: bool
    """Whether a line may end between a closing mark and a Western letter or digit."""


LIBREOFFICE = Habit(hangs=False, parts=False)
WORD = Habit(hangs=True, parts=True)
DEFAULT = LIBREOFFICE
"""The lines our preview, print and PDF have.

With overflowPunct, which our .docx carries, Word and WPS may set one stop outside the text extents (ECMA-376
part 1, 17.3.1.21, 允许标点溢出边界). LibreOffice reads the switch the other way round and loses such a stop where
it is off, so that one .docx cannot make both agree. 5.2.1 wants nothing outside the 版心, and only LibreOffice's
lines could be held against our own: over 200 papers WORD has as many pages in 184, and 92 % of the lines. What is
printed here is what was seen here; who prints from Word may find a stop hanging.
"""


class Measured(NamedTuple):
    """A paragraph's characters on one endless line: where each begins and ends, in points.

    A character ends where it would without being squeezed, as it does at the end of a line.
    """

    text: str
    left: Sequence[float]
    right: Sequence[float]


class Slice(NamedTuple):
    """One line: the characters ``start`` to ``end`` and whether the last one hangs outside."""

    start: int
    end: int
    hangs: bool = False
    closed: bool = False
    """Whether the line ends its paragraph (or a forced break does), so that it is not justified."""


def measure(text: str, advances: Sequence[float], loose: Sequence[float], gaps: Sequence[float]) -> Measured:
    """Put characters one after another.

    Args:
        text: the paragraph.
        advances: the width of each character, squeezed towards its neighbour.
        loose: what each character's width is without the squeeze, which ends with its script.
        gaps: the room each character leaves to a letter of the other script.
    """
    steps = list(advances)
    for at in _script_changes(text):
        steps[at - 1] = loose[at - 1]
        if text[at - 1].isalnum() and text[at].isalnum():
            steps[at - 1] += gaps[at - 1]
    left = [0.0, *accumulate(steps)][: len(text)]
    return Measured(text, left, [at + width for at, width in zip(left, loose, strict=True)])


def _script_changes(text: str) -> Iterator[int]:
    """The places between a Chinese and a Western character, in order."""
    for match in _WESTERN.finditer(text):
        if match.start():
            yield match.start()
        if match.end() < len(text):
            yield match.end()


def may_break(text: str, at: int, habit: Habit = DEFAULT) -> bool:
    """Whether a line may end before the character ``at``."""
    before, after = text[at - 1], text[at]
    if before == " ":
        return after != " " and (after in _EITHER or after not in NO_START)
    if after in NO_START or before in NO_END or after == " ":
        return False
    if before == after and before in _PAIRS:
        return not _odd_run(text, at)
    if _western(after):
        return _joint(text, at) if _western(before) else habit.parts or before not in _STOPS
    return True


def _odd_run(text: str, at: int) -> bool:
    start = at
    while start and text[start - 1] == text[at]:
        start -= 1
    return (at - start) % 2 == 1


def _joint(text: str, at: int) -> bool:
    """Whether a compound may be parted after its hyphen."""
    return at > 1 and text[at - 1] == "-" and text[at].isalnum() and text[at - 2].isalnum()


def _western(char: str) -> bool:
    return char < "\u2000" and char not in "·×÷"


def break_lines(measured: Measured, first: float, rest: float, habit: Habit = DEFAULT) -> list[Slice]:
    """Break a paragraph greedily.

    Args:
        measured: the paragraph on one endless line; a newline in it forces a break.
        first: the width of the first line.
        rest: the width of every other line.
        habit: which program's lines to have.

    Returns:
        The lines; an empty paragraph has one empty line.
    """
    lines: list[Slice] = []
    for start, end in _forced(measured.text):
        at = start
        while True:
            line = _line(measured, at, end, rest if lines else first, habit)
            lines.append(line)
            at = line.end
            if at >= end:
                break
    return lines


@lru_cache(maxsize=4096)
def line_count(text: str, width: float, first: float = 0.0, half: int = standard.BODY) -> int:
    """How many lines a text takes, in letters of their usual widths.

    Args:
        text: a paragraph.
        width: of a line, in twips.
        first: how much shorter the first line is, in twips.
        half: the letters' size in half-points; the body's are squeezed onto its 28 characters a line.
    """
    size = half * 10
    loose = [size / 2 if standard.western(char) else size for char in text]
    squeezed = [wide + standard.TIGHTEN for wide in loose] if half == standard.BODY else loose
    measured = measure(text, squeezed, loose, [GAP * size] * len(text))
    return len(break_lines(measured, width - first, width))


def _forced(text: str) -> list[tuple[int, int]]:
    parts: list[tuple[int, int]] = []
    start = 0
    for part in text.split("\n"):
        parts.append((start, start + len(part)))
        start += len(part) + 1
    return parts


def _line(measured: Measured, start: int, stop: int, width: float, habit: Habit) -> Slice:
    if start >= stop:
        return Slice(start, stop, closed=True)
    text, left, right = measured
    end = bisect_right(right, left[start] + width + _TOLERANCE, start, stop)
    while end < stop and text[end] == " ":
        end += 1
    if end >= stop:
        return Slice(start, stop, closed=True)
    if habit.hangs and end > start and _hangs(text, end, stop, habit):
        return Slice(start, end + 1, hangs=True, closed=end + 1 == stop)
    return Slice(start, _back(text, start, end, habit))


def _hangs(text: str, at: int, stop: int, habit: Habit) -> bool:
    """Whether the character may stand outside the edge and the line end after it."""
    if text[at] not in HANGABLE or text[at - 1] == " ":
        return False
    return at + 1 == stop or may_break(text, at + 1, habit)


def _back(text: str, start: int, end: int, habit: Habit) -> int:
    """The last place at or before ``end`` where the line may break; ``end`` itself if none."""
    for at in range(end, start, -1):
        if may_break(text, at, habit):
            return at
    return max(end, start + 1)


def positions(measured: Measured, line: Slice, width: float, justify: bool) -> list[float]:
    """Where each character of a line begins, from the line's own left edge.

    A justified line that does not end its paragraph is stretched to ``width`` between Chinese
    characters and at spaces, never inside a Western word.
    """
    text, left, right = measured
    origin = left[line.start] if line.start < line.end else 0.0
    xs = [left[at] - origin for at in range(line.start, line.end)]
    last = line.end - 1 - line.hangs
    while last > line.start and text[last] == " ":
        last -= 1
    if not justify or line.closed or last <= line.start:
        return xs
    joints = [at for at in range(line.start + 1, last + 1) if _stretches(text, at)]
    slack = width - (right[last] - origin)
    if not joints or slack <= 0:
        return xs
    share, moved, marks = slack / len(joints), 0.0, set(joints)
    for at in range(line.start, line.end):
        moved += share if at in marks else 0.0
        xs[at - line.start] += moved
    return xs


def _stretches(text: str, at: int) -> bool:
    return text[at - 1] == " " or not (_western(text[at - 1]) and _western(text[at]))
