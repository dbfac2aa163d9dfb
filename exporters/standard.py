"""The page of GB/T 9704-2012 in twips (1/20 pt, 1/1440 inch), half-points and characters.

Every number of the standard that the .docx writer uses is here, once.
"""

from itertools import pairwise

MM = 1440 / 25.4

# 5.1, 5.2.1: A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm.
PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
TOP, BOTTOM, LEFT, RIGHT = 2098, 1984, 1588, 1474
TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT
TEXT_HEIGHT = PAGE_HEIGHT - TOP - BOTTOM

# 5.2.3: 22 lines of 28 characters. 580 twips would give 21 lines, spacing −4 gives 27 characters.
LINES, CHARACTERS = 22, 28
PITCH = 579
TIGHTEN = -5

# 5.2.2: 3号 for the body, 2号 for the title, 4号 for the colophon and the page number; half-points.
BODY, TITLE, SMALL = 32, 44, 28
CELL = BODY * 10 + TIGHTEN
SMALL_CELL = SMALL * 10
SMALL_PITCH = 480

RED = "FF0000"
BLACK = "000000"

# 7.2.4: the mark's top edge 35 mm below the 版心's, under three rows that are always there (7.2.1–7.2.3).
MARK_TOP = 35 * MM
MARK_ROWS = 3
MARK_LARGEST, MARK_SMALLEST = 96, 56
MARK_NARROWEST = 60

# 7.2.7: the rule 4 mm below the document number: a border this many points under the exact line.
RULE_SPACE, RULE_EIGHTHS = 7, 12
# 7.4.1: 0.35 mm and 0.25 mm in eighths of a point.
THICK, THIN = 8, 6

# 7.5: the dash 7 mm below the 版心; the footer's own line is 14 pt high.
FOOTER, FOOTER_LINE = 1405, 280
HEADER = 850

# 10.1: rules 170 mm wide, so 7 mm wider than the 版心 at each side.
LETTER_MARK_TOP = 30 * MM
LETTER_RULE_OUTSET = round(7 * MM)
# The rule at the foot of page 1 ends 20 mm above the page's edge, the number on other pages keeps its place.
LETTER_FOOTER = round(20 * MM)


def ems(text: str) -> float:
    """The width of a text in characters; Western letters and digits are half a character wide in 仿宋."""
    return sum(0.5 if western(c) else 1 for c in text)


def twips(text: str) -> int:
    """The width of body text in twips, on the grid of 28 characters a line.

    Word, WPS and LibreOffice all put a quarter character between Chinese and digits.
    """
    narrow = BODY * 5 + TIGHTEN
    gaps = sum(western(a) != western(b) for a, b in pairwise(text))
    return sum(narrow if western(c) else CELL for c in text) + gaps * BODY * 10 // 4


def western(character: str) -> bool:
    """Whether a character is set half as wide as a Chinese one."""
    return character < "\u2000" and character != "·"
