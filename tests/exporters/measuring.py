"""A written paper held against GB/T 9704-2012 by the measuring tool beside the repository."""

import json
import os
import shutil
import subprocess
import sys
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest

from models.paper.elements import Paper

MEASURE = Path(__file__).resolve().parents[3] / "shared" / "tools" / "gbt9704" / "measure.py"
FONTS = Path(os.environ.get("GBT9704_FONTCONF", Path.home() / ".cache" / "gbt9704-fonts" / "fonts.conf"))
NEEDED = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(not MEASURE.is_file(), reason="the measuring tool is not beside the repository"),
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice Writer is not installed"),
    pytest.mark.skipif(not FONTS.is_file(), reason="the free fonts are not set up"),
]


def failures(paper: Paper, target: Path) -> dict[str, str]:
    """The items a written .docx or .pdf of ``paper`` fails, with what was measured instead."""
    report = target.with_name(target.name + ".json")
    profile = "plain" if paper.format == "plain" else "full"
    form = "letter" if paper.format == "letter" else "general"
    command = [sys.executable, str(MEASURE), str(target), "--profile", profile, "--format", form]
    done = subprocess.run([*command, "--json", str(report)], capture_output=True, text=True, timeout=300, check=False)
    assert report.is_file(), done.stderr
    found = json.loads(report.read_text("utf-8"))
    return {item["id"]: item["got"] for item in found["items"] if item["verdict"] == "FAIL"}


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
