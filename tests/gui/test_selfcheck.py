"""The self-check as an installer's builder runs it: a process of its own, a Chinese path, an exit code."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def self_check(folder: Path) -> int:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    command = [sys.executable, str(ROOT / "main.py"), "--self-check", str(folder)]
    return subprocess.run(command, env=environment, check=False, timeout=300).returncode


def test_a_whole_program_passes_and_leaves_its_papers(tmp_path: Path) -> None:
    folder = tmp_path / "自检 一"
    assert self_check(folder) == 0
    names = {path.name for path in folder.iterdir()}
    assert names >= {"self-check.txt", "督查通报.docx", "督查通报.pdf", "问题整改台账.xlsx", "screenshots"}


def test_what_fails_is_said(tmp_path: Path) -> None:
    (tmp_path / "问题整改台账.xlsx").mkdir()
    assert self_check(tmp_path) == 3
    assert "问题整改台账.xlsx" in (tmp_path / "self-check.txt").read_text("utf-8")
