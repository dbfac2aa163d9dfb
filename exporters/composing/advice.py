"""意见建议 with the unit it is for: what the teams advised, and what was advised on single problems."""

import re
from collections.abc import Iterable, Sequence

from exporters.composing.frame import Frame, heading, paragraph, points, references
from exporters.composing.grouping import unit_of
from exporters.composing.own_text import numbered as numbered_itself
from exporters.composing.own_text import own_paragraphs
from exporters.composing.wording import bare, clause, listed_shortly, retold, sentence, unique
from models.paper.elements import Block, Paragraph
from models.queries.facts.findings import FindingFacts
from models.records import Inspection, Record

_NAMED = re.compile(
    r"^(建议|请)?(由|各|该|你|全[县区市乡镇]|被督查|有关|相关|属地|行业|[县区市乡镇](直|委|政府|\w{1,6}[局委办部站]))"
)
"""How advice begins that names whom it is for, though by no unit's name."""


def advice(frame: Frame, inspections: Sequence[Inspection], facts: Sequence[FindingFacts]) -> list[Block]:
    """The section, each advice with its addressee; empty where nothing was advised.

    What a team wrote down stands whole with its own numbering. Advice on single problems that says what the team
    said already is not told again.
    """
    own = _own(frame, inspections)
    told = "".join(one.advice for one in inspections)
    single = [one for one in facts if clause(one.finding.advice) and not retold(told, one.finding.advice)]
    blocks = [*own, *_single(frame, single, numbered=not own)]
    return [heading("advice", "意见建议"), *blocks] if blocks else []


def _own(frame: Frame, inspections: Sequence[Inspection]) -> list[Block]:
    """The teams' own texts, one addressee after the other in the office's order."""
    by_text: dict[str, list[Inspection]] = {}
    for one in sorted(inspections, key=lambda one: frame.places.place(one.unit_id)):
        if bare(one.advice):
            by_text.setdefault(bare(one.advice), []).append(one)
    by_whom: dict[frozenset[int | None], list[list[Inspection]]] = {}
    for rows in by_text.values():
        by_whom.setdefault(frozenset(one.unit_id for one in rows), []).append(rows)
    several = len(by_whom) > 1
    blocks: list[Block] = []
    for number, (units, found) in enumerate(by_whom.items(), 1):
        whom = _whom(frame, units)
        if several:
            blocks.append(heading(f"advice:{number}", f"对{whom}的建议", 2))
        elif whom and not all(_names(frame, rows[0].advice, units) for rows in found):
            blocks.append(paragraph("advice:to", f"对{whom}提出以下意见建议。", found[0]))
        for n, rows in enumerate(found, 1):
            blocks += own_paragraphs(f"advice:{number}:{n}", rows[0].advice, rows, level=3 if several else 2)
    return blocks


def _whom(frame: Frame, units: Iterable[int | None]) -> str:
    """The units some advice is for, in the office's order."""
    ordered = sorted(units, key=frame.places.place)
    behind = references(frame.places.units.get(unit or 0) for unit in ordered)
    return listed_shortly((frame.places.called(unit) for unit in ordered), behind=behind)


def team_advice(frame: Frame, key: str, facts: Sequence[FindingFacts]) -> list[Block]:
    """What one team advised, right behind its problems: its own text, and what was advised on single problems."""
    trips = {one.inspection.id: one.inspection for one in facts if one.inspection}.values()
    blocks: list[Block] = []
    for trip in trips:
        if numbered_itself(trip.advice):
            whom = "" if _names(frame, trip.advice, [trip.unit_id]) else f"对{frame.places.called(trip.unit_id)}"
            blocks.append(paragraph(f"advice:{key}:{trip.uuid}", f"{whom}建议如下：", [trip]))
            blocks += own_paragraphs(f"advice:{key}:{trip.uuid}", trip.advice, [trip], level=3)
        elif bare(trip.advice):
            text = to_whom(frame, trip.advice, trip.unit_id)
            blocks.append(paragraph(f"advice:{key}:{trip.uuid}", text, [trip]))
    told = "".join(trip.advice for trip in trips)
    for one in facts:
        if clause(one.finding.advice) and not retold(told, one.finding.advice):
            told += one.finding.advice
            blocks.append(paragraph(f"advice:{key}:{one.finding.uuid}", addressed(frame, one), [one.finding]))
    return blocks


def _names(frame: Frame, text: str, units: Iterable[int | None]) -> bool:
    """Whether a text itself says whom it is for."""
    spellings = {name for unit in units for name in frame.places.spellings(unit)}
    return any(name in text for name in spellings)


def _single(frame: Frame, facts: Sequence[FindingFacts], *, numbered: bool) -> tuple[Paragraph, ...]:
    """The advice on single problems, like ones to one unit once, as 一是二是 or points."""
    rows: dict[str, list[Record | None]] = {}
    for one in facts:
        rows.setdefault(addressed(frame, one), []).append(one.finding)
    texts = unique(rows)
    if numbered and len(texts) > 1:
        return points("advice:single", [(text, rows[text]) for text in texts])
    return tuple(paragraph(f"advice:single:{n}", text, rows[text]) for n, text in enumerate(texts, 1))


def addressed(frame: Frame, one: FindingFacts) -> str:
    """建议柳河镇配备体温枪。: advice on one problem with whom it is for, where it does not say so itself."""
    return to_whom(frame, one.finding.advice, unit_of(one), one.finding.department_id)


def to_whom(frame: Frame, advice: str, unit_id: int | None, department_id: int | None = None) -> str:
    """Advice with the unit it is for, where it names none of the two itself."""
    text, whom = sentence(advice), frame.places.called(unit_id)
    names = (*frame.places.spellings(unit_id), *frame.places.spellings(department_id))
    if any(name in text for name in names) or _NAMED.match(text) or frame.places.begins_with_unit(text):
        return text if text.startswith(("建议", "请")) else f"建议{text}"
    if numbered_itself(text):
        return f"建议{whom}：{text}"
    if text.startswith("建议"):
        return f"建议{whom}{text.removeprefix('建议')}"
    return f"建议{whom}{text}"
