"""Write the list of checks into the manual, as the program itself has it: run by `dev.py synopsis`."""

import re
from pathlib import Path

from models.paper.checks.catalog import CHECKS

CHAPTER = Path(__file__).resolve().parents[1] / "resources" / "manual" / "印发前检查.md"
PLACE = re.compile(r"(<!-- checks -->\n).*?(<!-- /checks -->)", re.DOTALL)
LEVELS = {"error": "红", "warning": "黄"}


def rows() -> str:
    """Every check with its number, its colour and what it rests on."""
    lines = []
    for number, check in enumerate(CHECKS, 1):
        clause = f"（{check.clause}）" if check.clause else ""
        lines.append(f"{number}. 【{LEVELS[check.level]}】{check.says}{clause}")
    return "\n".join(lines)


def with_list(text: str) -> str:
    """The chapter with today's list between its two marks.

    Raises:
        ValueError: the marks are missing.
    """
    if not PLACE.search(text):
        raise ValueError("no place for the list of checks")
    return PLACE.sub(lambda found: f"{found[1]}\n{rows()}\n\n{found[2]}", text)


if __name__ == "__main__":
    CHAPTER.write_text(with_list(CHAPTER.read_text("utf-8")), "utf-8")
