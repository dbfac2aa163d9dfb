"""How well papers are read: proposals held against passages whose right split is written beside them.

`python3 packaging/dev.py readings [FILE]` prints recall, precision and the exact units, sites and counts.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.domain.reading.characters import bare
from models.domain.reading.findings import Found, findings

PASSAGES = Path(__file__).resolve().parents[1] / "data" / "passages.json"
EXACT = ("unit", "site", "count", "team", "aspect")
MOST, LEAST = 2.5, 0.5
"""How long a proposal may be that holds the right fact, how much of it one must hold that is a part of it."""


@dataclass(slots=True)
class Score:
    """Of one passage or of several together."""

    right: int = 0
    proposed: int = 0
    hit: int = 0
    exact: dict[str, list[int]] = field(default_factory=lambda: {name: [0, 0] for name in EXACT})
    missed: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of the problems that were proposed."""
        return self.hit / self.right if self.right else 1.0

    @property
    def precision(self) -> float:
        """Share of the proposals that are problems."""
        return self.hit / self.proposed if self.proposed else 1.0

    def add(self, other: "Score") -> None:
        """Take another one in."""
        self.right += other.right
        self.proposed += other.proposed
        self.hit += other.hit
        self.missed += other.missed
        for name, (same, of) in other.exact.items():
            self.exact[name][0] += same
            self.exact[name][1] += of


def matches(proposal: str, right: str) -> bool:
    """Whether a proposal is the problem: it holds the fact and not much more, or is most of it."""
    ours, theirs = bare(proposal), bare(right)
    if theirs in ours:
        return len(ours) < MOST * len(theirs)
    return ours in theirs and len(ours) > LEAST * len(theirs)


def score(passage: dict[str, Any], units: Sequence[str] = ()) -> Score:
    """One passage: ``{"name", "text", "findings": [{"fact", "unit"?, "site"?, …}]}``."""
    proposed = list(findings(passage["text"], units))
    found = Score(len(passage["findings"]), len(proposed))
    for right in passage["findings"]:
        fitting = [one for one in proposed if matches(one.fact, right["fact"])]
        if not fitting:
            found.missed.append(f"{passage['name']}: {right['fact'][:40]}")
            continue
        best = max(fitting, key=lambda one: sum(getattr(one, name) == right.get(name) for name in EXACT))
        proposed.remove(best)
        found.hit += 1
        _compare(found, best, right)
    found.missed += [f"{passage['name']}: + {one.fact[:40]}" for one in proposed]
    return found


def _compare(found: Score, ours: Found, right: dict[str, Any]) -> None:
    for name in EXACT:
        if right.get(name):
            found.exact[name][1] += 1
            found.exact[name][0] += getattr(ours, name) == right[name]


def passages(path: Path) -> list[dict[str, Any]]:
    """The passages of a .json list or of a .jsonl file."""
    text = path.read_text("utf-8")
    return json.loads(text) if text.startswith("[") else [json.loads(line) for line in text.splitlines() if line]


def main() -> None:
    """Print the score."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else PASSAGES
    total, lines = Score(), []
    for passage in passages(path):
        one = score(passage)
        total.add(one)
        lines.append(f"{one.hit}/{one.right} of {one.proposed} proposed  {passage['name']}")
    exact = "  ".join(f"{name} {same}/{of}" for name, (same, of) in total.exact.items() if of)
    lines += [*total.missed, f"recall {total.recall:.1%}  precision {total.precision:.1%}  {exact}"]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
