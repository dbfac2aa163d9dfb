"""Papers of other offices, read and checked: the same checks as before issue, but for those that need our records."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from models.paper.checks.before_issue import Notice, before_issue, places_of
from models.paper.checks.catalog import of_any_paper
from models.paper.checks.notices import NUMBER, Place
from models.paper.checks.spoken import spoken
from models.paper.elements import Paper
from models.paper.outside import Line, Outside, outside
from models.text_files.parts import parts_of

MOST: Final = 1_000
"""Notices that are told of one paper."""
BESIDE: Final = "beside"
"""Key of what stands in headers, footers and notes."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A notice of a paper that was read.

    Attributes:
        notice: what is wrong.
        where: its place in words.
        at: the paragraph of the file; -1 where it has no one place.
        text: what stands there.
    """

    notice: Notice
    where: str
    at: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """A paper of another office and what was found in it, errors first; ``more`` was found than is told."""

    paper: Paper
    remarks: tuple[Remark, ...]
    more: int = 0


def told_of(path: Path) -> Any:
    """Read a .docx and check it, within the reading process; told as plain data.

    Raises:
        Refusal: as ``parts.parts_of``.
    """
    return msgspec.to_builtins(of_parts(parts_of(path)))


def of_parts(told: dict[str, Any]) -> Review:
    """Check what a reading process told of a file."""
    found = outside([_line(one) for one in told["lines"]])
    beside = tuple(Place(f"{BESIDE}.{n}", text) for n, text in enumerate(told["beside"]))
    notices = before_issue(found.paper, checks=of_any_paper(), beside=beside)
    texts = {place.key: place.text for place in (*places_of(found.paper), *beside)}
    remarks = tuple(_remark(found, texts, notice) for notice in notices[:MOST])
    return Review(found.paper, remarks, max(len(notices) - MOST, 0))


def _line(told: dict[str, object]) -> Line:
    if "rows" in told:
        rows = tuple(tuple(map(str, row)) for row in told["rows"])  # type: ignore[attr-defined]
        return Line(at=int(str(told["at"])), rows=rows)
    return Line(str(told["text"]), int(str(told["at"])), bool(told["centered"]), bool(told["boxed"]))


def _remark(found: Outside, texts: Mapping[str, str], notice: Notice) -> Remark:
    key = notice.key
    where = "页眉、页脚或脚注" if key.startswith(BESIDE) else spoken(found.paper, notice)
    at = found.spots.get(key, found.spots.get(key.partition(".blocks")[0], -1))
    text = found.paper.header.number if key == NUMBER else texts.get(key, "")
    return Remark(notice, where, at, text)


def comments(found: Review) -> list[tuple[int, str]]:
    """What a marked copy says at which paragraph of the file."""
    levels = {"error": "须改正", "warning": "请核对"}
    return [
        (one.at, f"【{levels[one.notice.severity]}】{one.notice.sentence}" + _resting(one.notice))
        for one in found.remarks
    ]


def _resting(notice: Notice) -> str:
    return f"（{notice.clause}）" if notice.clause else ""
