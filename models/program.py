"""The program itself: where its own files lie, and which version it is."""

import sys
from functools import cache
from pathlib import Path


def home() -> Path:
    """The folder of the program's own files: inside the frozen program, or the checkout."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if bundle else Path(__file__).resolve().parents[1]


@cache
def version() -> str:
    """Three numbers, as ``pyproject.toml`` has them; the frozen program carries that file."""
    import tomllib

    return str(tomllib.loads((home() / "pyproject.toml").read_text("utf-8"))["project"]["version"])
