"""The catalogs under ``resources/catalogs``: data the office may edit once it is in its own records."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from models.program import home


def resources() -> Path:
    """The resources folder of the program."""
    return home() / "resources"


@cache
def catalog(name: str) -> Any:
    """The parsed catalog of that name; one object for all callers, so not to be changed.

    Args:
        name: file name without ``.json``: measures, terms, phrases, holidays, pinyin.

    Raises:
        FileNotFoundError: no such catalog; the program is incomplete.
    """
    return json.loads((resources() / "catalogs" / f"{name}.json").read_text(encoding="utf-8"))
