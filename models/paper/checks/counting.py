"""What the parts of a paper count: cases and problems that it still tells after the clerk's edits.

A problem is told by the block that states its record, in the editor maybe no longer: a clause taken out of
running text takes its problem with it. A part added by hand counts as one, or as many as it says.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from models.paper.checks.notices import Facts, FindingFact
from models.paper.editing import TITLE, is_edited, key_of, records_of, text_of
from models.paper.elements import Block, Paper, Paragraph

NUMBER: Final = r"(\d+|[一二两三四五六七八九十百零〇]+)"
_DIGITS: Final = {"两": 2} | {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}
_NO_ITEM = re.compile(
    r"(lead|work|advice|next|measures|due|lessons|closing|requirement|overview|clean|left|problems)\b"
)
"""Parts that name records without listing them."""
_HEADED = re.compile(rf"（{NUMBER}个(?:问题)?[，）]")
_SAYS = re.compile(rf"（(?:计|共)?{NUMBER}个(?:问题)?）")
_CLAUSES = re.compile(r"[；。，、]")
_SENTENCES = re.compile(r"[；。]")
_ITEM_LEVEL: Final = 3
_GONE, _THERE = 0.3, 0.5


@dataclass(frozen=True, slots=True)
class Section:
    """Parts under one statement of how many there are.

    Attributes:
        at: index of the block that states it; -1 for the title.
        items: indexes of the blocks it is about, its own among them where it tells the problems itself.
    """

    at: int
    items: tuple[int, ...]


def number_of(text: str) -> int:
    """四 and 4, 十二 and 12."""
    if text.isdecimal():
        return int(text)
    hundreds, mark, rest = text.rpartition("百")
    tens, ten, ones = rest.lstrip("零〇").rpartition("十")
    found = 100 * _DIGITS.get(hundreds, 1) if mark else 0
    found += 10 * _DIGITS.get(tens, 1) if ten else 0
    return found + _DIGITS.get(ones.lstrip("零〇"), 0)


def cases(paper: Paper) -> int:
    """The cases of a bulletin: those composed, and those the clerk added as headings of their own."""
    return sum(
        isinstance(block, Paragraph)
        and block.level == 1
        and (key_of(block).startswith("case:") or block.heading.endswith("问题。"))
        for block in paper.blocks
    )


def item_places(paper: Paper) -> tuple[int, ...]:
    """The blocks that list problems, those added by hand between or right after them too."""
    listing = [at for at, block in enumerate(paper.blocks) if _lists(block)]
    if not listing:
        return ()
    end = listing[-1] + 1
    while end < len(paper.blocks) and _by_hand(paper.blocks[end]):
        end += 1
    return tuple(at for at in range(listing[0], end) if at in listing or _by_hand(paper.blocks[at]))


def _lists(block: Block) -> bool:
    return any(ref.startswith("finding:") for ref in records_of(block)) and not _NO_ITEM.match(key_of(block))


def _by_hand(block: Block) -> bool:
    """A paragraph the clerk added as an item: numbered, or headed and with a text of its own."""
    if block.origin is not None or not isinstance(block, Paragraph):
        return False
    return bool(text_of(block).strip()) and block.level >= _ITEM_LEVEL - (1 if block.heading and block.text else 0)


def sections(paper: Paper) -> list[Section]:
    """Every part that may state a number: title, leads, group headings, with the items under it."""
    items = item_places(paper)
    leads = [at for at, block in enumerate(paper.blocks) if key_of(block).startswith("lead")]
    found = [Section(-1, items)]
    for place, at in enumerate(leads):
        last = leads[place + 1] if paper.kind == "reminder" and place + 1 < len(leads) else len(paper.blocks)
        found.append(Section(at, tuple(n for n in items if paper.kind != "reminder" or at < n < last)))
    for at, block in enumerate(paper.blocks):
        if isinstance(block, Paragraph) and block.level and _HEADED.search(block.heading):
            found.append(Section(at, (at,) if at in items and block.text else _below(paper, at, items)))
    return found


def _below(paper: Paper, at: int, items: Sequence[int]) -> tuple[int, ...]:
    """The items under a heading, as far as the next one of its level or above."""
    level = getattr(paper.blocks[at], "level", 0)
    found = []
    for n in range(at + 1, len(paper.blocks)):
        block = paper.blocks[n]
        if isinstance(block, Paragraph) and 0 < block.level <= level:
            break
        if n in items:
            found.append(n)
    return tuple(found)


def emptied(paper: Paper) -> bool:
    """Whether problems were deleted, so that a number may stand over nothing at all."""
    return any(key.startswith(("finding:", "findings:", "group:")) for key in paper.dropped)


def headed(block: Block) -> int | None:
    """How many problems a group's heading states."""
    found = _HEADED.search(block.heading) if isinstance(block, Paragraph) else None
    return number_of(found[1]) if found else None


def told(paper: Paper, places: Iterable[int], facts: Facts) -> tuple[list[FindingFact], int]:
    """The findings that some blocks still tell, and how many problems the clerk's own blocks add."""
    known = {one.ref: one for one in facts.findings}
    found: dict[str, FindingFact] = {}
    more = 0
    for at in places:
        block = paper.blocks[at]
        if block.origin is None:
            says = _SAYS.search(text_of(block))
            more += number_of(says[1]) if says else 1
        for ref in records_of(block):
            if ref in known and (paper.kind == "period_summary" or still_told(block, known[ref])):
                found[ref] = known[ref]
    return list(found.values()), more


def still_told(block: Block, one: FindingFact) -> bool:
    """Whether an edited block still tells a problem.

    It does not where both site and fact have gone, or one of them and the text has fewer clauses; another
    wording of the same problem is no loss.
    """
    if not isinstance(block, Paragraph) or not is_edited(block) or block.origin is None:
        return True
    before, now = block.origin.text, text_of(block)
    fewer = len(_CLAUSES.split(now)) < len(_CLAUSES.split(before))
    fact = _share(one.fact, before) >= _THERE and _share(one.fact, now) < _GONE
    site = bool(one.site) and one.site in before and one.site not in now
    return not (fact and site) and not (fewer and (fact or site))


def grown(block: Block) -> bool:
    """Whether an edited text has more sentences than were composed, so that its number may be too small."""
    if not isinstance(block, Paragraph) or block.origin is None or not is_edited(block):
        return False
    return len(_SENTENCES.split(text_of(block))) > len(_SENTENCES.split(block.origin.text))


def composed_title(paper: Paper) -> str:
    """The title as composed; as it is where nothing is known of it."""
    return next((origin.text for origin in paper.origins if origin.key == TITLE), paper.title)


def _share(fact: str, text: str) -> float:
    """How much of a fact's pairs of characters a text has."""
    words, whole = re.sub(r"[\W_]+", "", fact), re.sub(r"[\W_]+", "", text)
    pairs = [words[n : n + 2] for n in range(len(words) - 1)] or [words]
    return sum(pair in whole for pair in pairs) / len(pairs)
