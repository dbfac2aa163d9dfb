"""What was measured, item by item, and whether it is as the standard asks."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Item:
    """One thing measured: where the standard speaks of it, what it asks, what the page shows."""

    id: str
    clause: str
    name: str
    wanted: str
    got: str
    verdict: str
    """PASS, FAIL or n/a: the document has no such element and needs none."""


@dataclass
class Report:
    """All items of one document."""

    pages: int = 0
    items: list[Item] = field(default_factory=list)

    def check(self, id: str, clause: str, name: str, wanted: str, got: Any, ok: bool | None) -> None:
        """Add an item; ``ok`` is None where the document has no such element and needs none."""
        verdict = "n/a" if ok is None else "PASS" if ok else "FAIL"
        self.items.append(Item(id, clause, name, wanted, str(got), verdict))

    def failures(self) -> dict[str, str]:
        """Return what fails, with what was measured instead."""
        return {item.id: item.got for item in self.items if item.verdict == "FAIL"}

    def text(self) -> str:
        """Return the report a line an item, with the totals below."""
        lines = [
            f"{i.verdict:5s} {i.id:12s} §{i.clause:9s} {i.name} | 要求 {i.wanted} | 实测 {i.got}" for i in self.items
        ]
        counts = {verdict: sum(i.verdict == verdict for i in self.items) for verdict in ("PASS", "FAIL", "n/a")}
        totals = f"{counts['PASS']} passed, {counts['FAIL']} failed, {counts['n/a']} n/a, {self.pages} pages"
        return "\n".join([*lines, totals])
