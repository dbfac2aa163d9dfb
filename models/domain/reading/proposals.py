"""What a whole paper proposes: problems, cases, and the pieces that belong to neither."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.domain.reading.cases import Told, cases
from models.domain.reading.characters import alike, stripped
from models.domain.reading.findings import Found, findings

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Proposals:
    """What a paper proposes, each with its place, and what is left of the text."""

    findings: tuple[Found, ...]
    cases: tuple[Told, ...]
    rest: tuple[Place, ...]


def proposals(text: str, measures: Mapping[str, str], units: Sequence[str] = ()) -> Proposals:
    """Read a paper.

    Args:
        text: of the paper; places count its characters.
        measures: what a measure is called there, and its name in the catalogue.
        units: names of the office's own units.
    """
    told = cases(text, measures)
    found = tuple(one for one in findings(text, units) if not any(case.start <= one.start < case.end for case in told))
    taken = [(one.start, one.end) for one in found] + [(one.start, one.end) for one in told]
    return Proposals(found, told, tuple(_rest(alike(text), taken)))


def _rest(plain: str, taken: Iterable[Place]) -> Iterable[Place]:
    """The pieces of the text that nothing was proposed from."""
    at = 0
    for start, end in [*sorted(taken), (len(plain), len(plain))]:
        if start > at:
            piece = stripped(plain, at, start)
            if piece[0] < piece[1]:
                yield piece
        at = max(at, end)
