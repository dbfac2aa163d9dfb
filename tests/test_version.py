"""The version is said in two places, because a frozen program has no pyproject.toml: they must agree."""

import tomllib
from pathlib import Path

from gui.dialogs.about import VERSION

ROOT = Path(__file__).resolve().parents[1]


def test_the_window_says_the_released_version():
    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"] == VERSION


def test_the_release_notes_speak_of_it():
    assert f"## {VERSION}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
