"""Where the elements of a document stand, found by their text, size and colour as a reader finds them."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from tests.measure.document import Document
from tests.measure.page import Character, Line, Page, Rule
from tests.measure.standard import BOTTOM, MM

NUMBER = r"(\S*?)([〔\[［【(（])\s*(\d+)\s*([〕\]］】)）])(第?)\s*(\d+)\s*号"
_NUMBER_LINE = r"[〔\[［【(（]\s*\d{2,4}\s*[〕\]］】)）].{0,3}\d+\s*号"
_DATE = r"\d{4}年\d{1,2}月\d{1,2}日"


@dataclass(frozen=True)
class Mark:
    """The red name at the head (发文机关标志): its lines and the outline of its ink."""

    lines: list[Line]
    top: float
    bottom: float

    @property
    def left(self) -> float:
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.right for line in self.lines)


class Elements:
    """The elements of one document; each is None or empty where it has none."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.first: Page = document.pages[0]

    @cached_property
    def red_rules(self) -> list[Rule]:
        return self.first.rules(red=True)

    @cached_property
    def mark(self) -> Mark | None:
        red = [line for line in self.first.lines if line.is_red]
        if not red:
            return None
        largest = max(line.size for line in red)
        lines = [line for line in red if line.size > largest * 0.6]
        head, foot = lines[0], lines[-1]
        above = self.first.ink(10, 200, head.y - head.size * MM, head.y + head.size * MM * 0.25, red=True)
        start = foot.y - foot.size * MM
        below = self.first.ink(10, 200, start, foot.y + foot.size * MM * 0.3, red=True)
        if self.red_rules and below and below.bottom > self.red_rules[0].top - 0.2:
            # The rule is red ink too and is cut off.
            below = self.first.ink(10, 200, start, self.red_rules[0].top - 0.3, red=True)
        return Mark(lines, above.top if above else head.top, below.bottom if below else foot.bottom)

    @cached_property
    def above_mark(self) -> list[Line]:
        """The black lines above the mark: 份号, 密级, 紧急程度."""
        return [line for line in self.first.lines if self.mark and line.y < self.mark.lines[0].y and not line.is_red]

    @cached_property
    def number(self) -> Line | None:
        """The line of the document's number (发文字号)."""
        after = [line for line in self.first.lines if (not self.mark or line.y > self.mark.lines[0].y) and line.y < 200]
        return next((line for line in after if _is_number(line)), None)

    @cached_property
    def number_characters(self) -> list[Character]:
        """The number without the signer's name beside it."""
        if not self.number:
            return []
        cut = self.number.text.find("签发人")
        return self.number.characters[:cut] if cut > 0 else self.number.characters

    @cached_property
    def signer_characters(self) -> list[Character]:
        """签发人 and the name, where they stand beside the number."""
        return self.number.characters[len(self.number_characters) :] if self.number else []

    @cached_property
    def rule(self) -> Rule | None:
        """The red rule below the number; the lower one of the first two in a letter."""
        if self.document.is_letter:
            return self.letter_rules[0][1] if self.letter_rules else None
        above = self.number or (self.mark.lines[-1] if self.mark else None)
        below = [rule for rule in self.red_rules if not above or rule.top > above.y - 1]
        return next(iter(below or self.red_rules), None)

    @cached_property
    def letter_rules(self) -> list[tuple[Rule, Rule]]:
        """The two pairs of red rules of a letter; empty where they are not both there."""
        rules = self.red_rules
        pairs = [(a, b) for a, b in pairwise(rules) if b.top - a.bottom < 2.2]
        return [pairs[0], pairs[-1]] if len(pairs) >= 2 else []

    @cached_property
    def header_end(self) -> float:
        """Below this stands the title."""
        if self.rule:
            return self.rule.bottom + 0.2
        line = self.number or (self.mark.lines[0] if self.mark else None)
        return (line.y if line else 0) + 0.2

    @cached_property
    def title(self) -> list[Line]:
        found: list[Line] = []
        below = [line for line in self.first.lines if line.y > self.header_end]
        for line in [line for line in below if not line.is_red]:
            if line.size >= 19:
                found.append(line)
            elif found or len([other for other in below if other.y <= line.y]) > 3:
                break
        return found

    @cached_property
    def after_title(self) -> list[Line]:
        start = self.title[-1].y if self.title else self.header_end
        return [line for line in self.first.lines if start + 1 < line.y < BOTTOM + 2]

    @cached_property
    def addressees(self) -> list[Line]:
        """The lines of 主送机关: from the left edge, to the first colon at a line's end."""
        found: list[Line] = []
        for line in self.after_title[:8]:
            found.append(line)
            if abs(line.indent) > 1.2:
                break
            if line.text.endswith(("：", ":")):
                return found
        return []

    @cached_property
    def copies(self) -> Line | None:
        """The first line of 版记: 抄送, or 主送 moved there."""
        lines = [line for page in reversed(self.document.pages) for line in page.lines]
        moved = (line for line in lines if re.match(r"(抄送|主送)[：:]", line.text) and line.size < 15.5)
        return next(moved, None) or next((line for line in lines if re.match(r"抄送[：:]", line.text)), None)

    @cached_property
    def printed(self) -> Line | None:
        """The line of 印发机关 and 印发日期."""
        lines = [line for page in reversed(self.document.pages) for line in reversed(page.lines)]
        dated = (line for line in lines if re.search(_DATE + "印发", line.text))
        loose = (line for line in lines if re.search(r"印发$", line.text) and re.search(r"\d日", line.text))
        return next(dated, None) or next(loose, None)

    @cached_property
    def colophon(self) -> Line | None:
        """The first line of 版记, if it has one."""
        return self.copies or self.printed

    def is_before_colophon(self, line: Line) -> bool:
        return not self.colophon or line.place < (self.colophon.page, self.colophon.y - 8)

    @cached_property
    def annex_note(self) -> Line | None:
        """The first line of 附件说明."""
        found = [line for line in self.document.flow if re.match(r"附件[：:]", line.text)]
        return next((line for line in found if line.indent > 3), next(iter(found), None))

    @cached_property
    def date(self) -> Line | None:
        """The last line above 版记 that is a date and nothing else (成文日期)."""
        lines = (line for line in reversed(self.document.flow) if re.fullmatch(_DATE, line.text))
        return next((line for line in lines if self.is_before_colophon(line)), None)


def _is_number(line: Line) -> bool:
    if not re.search(_NUMBER_LINE, line.text) or len(line.text) >= 45 or line.is_red:
        return False
    return line.indent > 3 or bool(re.match(r"\S{1,12}〔\d{4}〕\d+号", line.text))
