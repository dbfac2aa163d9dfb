"""The catalogs under ``resources/catalogs``: data the office may edit once it is in its own records."""

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any


def resources() -> Path:
    """The resources folder: inside the frozen program, or beside ``models`` in the source tree."""
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parents[2]
    return root / "resources"


@cache
def catalog(name: str) -> Any:
    """The parsed catalog of that name; one object for all callers, so not to be changed.

    Args:
        name: file name without ``.json``: measures, terms, phrases, holidays, pinyin.

    Raises:
        FileNotFoundError: no such catalog; the program is incomplete.
    """
    return json.loads((resources() / "catalogs" / f"{name}.json").read_text(encoding="utf-8"))
