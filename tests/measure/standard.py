"""GB/T 9704-2012 in numbers, kept apart from the program's own numbers: the proof must not copy the proved.

Lengths are millimetres from the upper left corner of the page; sizes of letters are points.
"""

import re

MM = 25.4 / 72
"""Millimetres in a point."""
LEFT, TOP, WIDTH, HEIGHT = 28.0, 37.0, 156.0, 225.0
"""The type area, 版心 (5.2.1)."""
RIGHT, BOTTOM = LEFT + WIDTH, TOP + HEIGHT
CENTRE = LEFT + WIDTH / 2
LINES, CHARACTERS = 22, 28
"""Lines on a page, characters in a line (5.2.3)."""
CELL = WIDTH / CHARACTERS
"""The width of one character of the text."""
BODY, TITLE, SMALL = 16.0, 22.0, 14.0
"""3号, 2号 and 4号."""
USUAL_PITCH = 10.2
"""The distance of two lines where a paper is too short to measure it."""
OPENING, CLOSING = "（《“‘〔【(", "，。、；：？！）》”’〕】％%,.;:?!)"
HAN = 0x2E80
"""Characters from here on are Chinese ones or their punctuation."""

_FACES = (
    ("仿宋", r"fang|仿宋|FZFS|simfang"),
    ("楷体", r"kai|楷|FZKT|simkai"),
    (
        "小标宋",
        r"xiaobiaosong|小标宋|FZXBS|zhongsong|中宋|biaosong|大标宋|serif-?cjk.*(bold|black|semi)"
        r"|SourceHanSerif.*(Bold|Heavy|Semi)|FandolSong-Bold",
    ),
    ("黑体", r"hei|黑|FZHT|sans.?cjk|SourceHanSans|microhei|gothic"),
    ("宋体", r"simsun|song|宋|bousung|uming|serif-?cjk|SourceHanSerif|mincho"),
    ("Times", r"times|liberationserif|tinos|termes"),
)


def face(font: str) -> str:
    """Return which face of official documents a font stands for, or its own name after a question mark."""
    name = font.rpartition("+")[2]
    return next((known for known, pattern in _FACES if re.search(pattern, name, re.IGNORECASE)), "?" + name)


def near(value: float | None, wanted: float, tolerance: float) -> bool:
    """Tell whether a measured length is there and no further from the wanted one than allowed."""
    return value is not None and abs(value - wanted) <= tolerance


def mm(value: float | None, digits: int = 1) -> str:
    """Return a length as a report shows it."""
    return "-" if value is None else f"{value:.{digits}f}mm"
