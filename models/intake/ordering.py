"""The order rows are read in: what is named comes before what names it."""

from models.domain.text.entry import normalize_line
from models.intake.workbook import Line


def parents_first(lines: list[Line]) -> list[Line]:
    """Units in an order in which a unit's superior comes before it."""
    by_name = {_text(line, "name"): line for line in lines}
    ordered: dict[int, Line] = {}
    visiting: set[int] = set()

    def visit(line: Line) -> None:
        if id(line) in visiting:
            return
        visiting.add(id(line))
        for link in ("parent_id", "merged_into_id"):
            above = by_name.get(_text(line, link))
            if above is not None:
                visit(above)
        ordered[id(line)] = line

    for line in lines:
        visit(line)
    return list(ordered.values())


def _text(line: Line, name: str) -> str:
    cell = line.cells.get(name, "")
    return normalize_line(cell) if isinstance(cell, str) else ""
