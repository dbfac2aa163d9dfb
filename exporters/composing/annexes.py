"""Attachments of a document about problems: their table, and pictures before and after side by side."""

from collections.abc import Sequence

from exporters.composing.duties import due_words
from exporters.composing.frame import Frame, references, table
from exporters.composing.grouping import said
from exporters.composing.stated import of_findings
from exporters.composing.wording import clause, tidy
from models.paper.editing import composed
from models.paper.elements import Annex, Block, Column, Photo, Photos, Table
from models.queries.facts.findings import AFTER, BEFORE, FindingFacts

_COLUMNS = (
    Column("序号", 0.6, "center"),
    Column("责任单位", 1.3),
    Column("点位", 1.5),
    Column("存在问题", 3.6),
    Column("问题数", 0.8, "center"),
    Column("整改要求", 2.2),
    Column("整改时限", 1.2, "center"),
)


def chosen(frame: Frame, facts: Sequence[FindingFacts]) -> tuple[Annex, ...]:
    """The attachments the clerk asked for that have something to show."""
    if not frame.options.annex_table:
        return pictures(frame, facts)
    return (Annex("问题清单", (problem_table(frame, facts),), landscape=True), *pictures(frame, facts))


def pictures(frame: Frame, facts: Sequence[FindingFacts]) -> tuple[Annex, ...]:
    """The attachment of pictures, where they are wanted and there are any."""
    pairs = photo_pairs(facts) if frame.options.photos else ()
    return (Annex("整改前后对比照片", pairs),) if pairs else ()


def problem_table(frame: Frame, facts: Sequence[FindingFacts]) -> Table:
    """Every problem with who answers for it, what is wanted and by when."""
    rows = tuple(_row(frame, number, one) for number, one in enumerate(facts, 1))
    return table("table:problems", Table(_COLUMNS, rows), [one.finding for one in facts])


def _row(frame: Frame, number: int, one: FindingFacts) -> tuple[str, ...]:
    finding = one.finding
    units = [frame.places.called(id_) for id_ in (finding.unit_id, finding.department_id) if id_]
    return (
        str(number),
        "、".join(dict.fromkeys(units)),
        one.site.name if one.site else "",
        said(one),
        str(of_findings("同类问题数", [one])),
        tidy(finding.requirement),
        due_words(frame, one),
    )


def photo_pairs(facts: Sequence[FindingFacts]) -> tuple[Block, ...]:
    """One row of pictures a finding: before at the left, after at the right."""
    found = []
    for one in facts:
        shots = [(role, photo) for role in (BEFORE, AFTER) if (photo := one.photo(role))]
        if shots:
            row = Photos(tuple(Photo(p.sha256, role) for role, p in shots), row_words(one))
            found.append(composed(row, f"photos:{one.finding.uuid}", references([one.finding])))
    return tuple(found)


def row_words(one: FindingFacts) -> str:
    """What stands below a finding's pictures: the place and what was found there."""
    place = one.site.name if one.site else one.finding.serial
    return f"{place}：{clause(one.finding.fact)}"
