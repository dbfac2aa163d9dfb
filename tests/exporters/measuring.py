"""A written paper held against GB/T 9704-2012, and cases in which many choices meet."""

from itertools import combinations, product
from pathlib import Path
from typing import Any

from models.paper.elements import Paper
from tests.measure.measuring import measure
from tests.measure.report import Report


def measured(paper: Paper, target: Path) -> Report:
    """What a written .docx or .pdf of ``paper`` looks like on its pages."""
    profile = "plain" if paper.format == "plain" else "full"
    return measure(target, profile, "letter" if paper.format == "letter" else "general")


def failures(paper: Paper, target: Path) -> dict[str, str]:
    """The items a written .docx or .pdf of ``paper`` fails, with what was measured instead."""
    return measured(paper, target).failures()


def pairwise(factors: dict[str, tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Few cases in which every two values of two factors meet; the same ones every time."""
    names = tuple(factors)
    sizes = {name: range(len(values)) for name, values in factors.items()}
    unmet = {(a, x, b, y) for a, b in combinations(names, 2) for x, y in product(sizes[a], sizes[b])}
    cases = []
    while unmet:
        a, x, b, y = min(unmet)
        case = {a: x, b: y}
        for name in (n for n in names if n not in case):
            case[name] = max(
                range(len(factors[name])), key=lambda v, name=name: (_met(case, name, v, unmet, names), -v)
            )
        unmet -= {(a, case[a], b, case[b]) for a, b in combinations(names, 2)}
        cases.append({name: factors[name][case[name]] for name in names})
    return cases


def _met(case: dict[str, int], name: str, value: int, unmet: set[Any], names: tuple[str, ...]) -> int:
    """How many new pairs the value makes with what is chosen already."""
    order = names.index(name)
    pairs = (
        (other, chosen, name, value) if names.index(other) < order else (name, value, other, chosen)
        for other, chosen in case.items()
    )
    return sum(pair in unmet for pair in pairs)
