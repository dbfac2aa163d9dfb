"""The version is said in one place, which the frozen program carries."""

import tomllib
from pathlib import Path

from models import program

ROOT = Path(__file__).resolve().parents[1]


def test_the_program_says_the_released_version():
    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"] == program.version()


def test_the_release_notes_speak_of_it():
    assert f"## {program.version()}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_a_frozen_program_reads_what_lies_in_its_folder(monkeypatch, tmp_path):
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "7.8.9"\n', "utf-8")
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert program.version.__wrapped__() == "7.8.9"


def test_the_frozen_program_carries_it():
    assert '"pyproject.toml")' in (ROOT / "packaging" / "installers" / "duchatong.spec").read_text("utf-8")
